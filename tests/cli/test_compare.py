"""`skillgap compare`: files, reports that were kept, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skillgap.cli import ExitCode, main

Captured = pytest.CaptureFixture[str]
DAY = "--as-of=2026-01-01"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Return the paths of two versions of a resume."""
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text("Ada Example\nSkills\nPython, SQL\n", encoding="utf-8")
    new.write_text("Ada Example\nSkills\nPython, SQL, Docker\n", encoding="utf-8")
    return str(old), str(new)


def test_compare_tells_what_changed(files: tuple[str, str], capsys: Captured) -> None:
    """For the role that was asked for."""
    assert main(["compare", *files, "--role", "mle", DAY]) == ExitCode.DONE

    told = capsys.readouterr().out
    assert "MLE: where the +" in told
    assert "DS fit" not in told
    assert "»Docker«" in told


def test_kept_reports_give_the_same(
    files: tuple[str, str], tmp_path: Path, capsys: Captured
) -> None:
    """Either side may be the JSON of a report; the resume is not needed any more."""
    main(["compare", *files, DAY])
    expected = capsys.readouterr().out
    kept = []
    for file in files:
        kept.append(str(tmp_path / f"{Path(file).stem}.json"))
        main(["analyze", file, DAY, "-o", kept[-1]])

    main(["compare", *kept, DAY])
    of_both = capsys.readouterr().out
    main(["compare", files[0], kept[1], DAY])

    assert of_both == expected
    assert capsys.readouterr().out == expected


def test_compare_as_json(files: tuple[str, str], capsys: Captured) -> None:
    """For programs."""
    main(["compare", *files, DAY, "-f", "json"])

    told = json.loads(capsys.readouterr().out)

    assert [change["skill"] for change in told["gained"]] == ["docker"]


def test_a_kept_report_is_not_blind_by_itself(
    files: tuple[str, str], tmp_path: Path, capsys: Captured
) -> None:
    """What it holds cannot be masked afterwards."""
    kept = str(tmp_path / "kept.json")
    main(["analyze", files[0], DAY, "-o", kept])

    assert main(["compare", kept, files[1], "--blind", DAY]) == ExitCode.USAGE

    assert "--blind" in capsys.readouterr().err


def test_blind_shows_codes(files: tuple[str, str], capsys: Captured) -> None:
    """Names of files may be names of people."""
    main(["compare", *files, "--blind", DAY])

    told = capsys.readouterr().out
    assert "old.txt" not in told
    assert told.startswith("A  C-")


def test_standing_in_for_both_is_refused(capsys: Captured) -> None:
    """Standard input can be read once."""
    assert main(["compare", "-", "-"]) == ExitCode.USAGE

    assert "standard input" in capsys.readouterr().err
