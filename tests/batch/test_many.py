"""Many files for a program: reports in the order of the paths, whatever each file does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from skillgap.analyzer import Analyzer
from skillgap.batch.many import analyze_many
from skillgap.errors import UnknownNameError
from skillgap.report.model import FitReport, Skipped


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return paths of resumes and of what is none, in no order."""
    folder = tmp_path_factory.mktemp("resumes")
    paths = [folder / f"{number:02}.txt" for number in range(12)]
    for number, path in enumerate(paths):
        path.write_text(f"Skills: {'Python, SQL' * (number % 2)} R\n{number}", encoding="utf-8")
    paths[3].write_bytes(b"")
    paths[7].unlink()
    return paths[::-1]


@pytest.mark.parametrize("workers", [1, 2])
def test_each_report_is_that_of_analyze_in_the_order_of_the_paths(
    workers: int, paths: list[Path], as_of: date
) -> None:
    """However many workers there are; a path twice is a report twice."""
    analyzer = Analyzer()
    asked = [*paths, paths[0]]

    found = list(analyze_many(asked, workers=workers, as_of=as_of))

    assert len(found) == len(asked)
    for path, report in zip(asked, found, strict=True):
        if isinstance(report, Skipped):
            assert report.source == str(path)
        else:
            expected = analyzer.analyze(path, as_of=as_of)
            assert report.model_dump_json() == expected.model_dump_json()
    assert [(Path(r.source).stem, r.status) for r in found if isinstance(r, Skipped)] == [
        ("07", "error"),
        ("03", "empty"),
    ]


def test_paths_are_taken_as_they_are_needed(paths: list[Path], as_of: date) -> None:
    """There may be millions; and whoever has seen enough may stop."""
    taken = 0

    def endless() -> Iterator[Path]:
        nonlocal taken
        while True:
            taken += 1
            yield paths[0]

    found = analyze_many(endless(), workers=1, as_of=as_of)

    assert isinstance(next(found), FitReport)
    assert taken < 100
    found.close()  # type: ignore[attr-defined]


def test_a_wrong_role_is_told_at_the_call(paths: list[Path]) -> None:
    """Not when the first report is taken."""
    with pytest.raises(UnknownNameError, match="did you mean mle"):
        analyze_many(paths, roles=["mel"])


@pytest.mark.parametrize("kind", [str, Path])
def test_one_path_is_one_file(paths: list[Path], kind: type, as_of: date) -> None:
    """A text is a path, and no row of letters."""
    assert len(list(analyze_many(kind(paths[0]), workers=1, as_of=as_of))) == 1
