"""`skillgap audit`: which files it takes, what it refuses, where it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skillgap.batch.store import Store
from skillgap.cli import ExitCode, main
from tests.batch.rows import scored, unscored

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def run_file(tmp_path: Path) -> str:
    """Return a run of six files, one of them not scored."""
    path = tmp_path / "run.db"
    with Store.create(path, {"roles": ["mle", "ds"]}, "5" * 64) as store:
        for number in range(5):
            store.add(scored(f"in/{number}.pdf", 10 * number))
        store.add(unscored("in/5.pdf"))
    return str(path)


@pytest.fixture
def groups(tmp_path: Path) -> str:
    """Return a table of categories for it."""
    path = tmp_path / "groups.csv"
    lines = ["file,sex", "0.pdf,female", "1.pdf,female", "2.pdf,male", "3.pdf,male", "5.pdf,male"]
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def test_a_run_is_counted_by_category(run_file: str, groups: str, capsys: Captured) -> None:
    """All roles of the run, on standard output."""
    assert main(["audit", run_file, "--groups", groups, "--top", "2"]) == ExitCode.DONE

    out, err = capsys.readouterr()
    assert "not the independent bias audit" in out
    assert "mle: 5 applicants, median score 20.0, 2 selected (from 30.0)" in out
    assert "ds: 5 applicants" in out
    assert not err


def test_one_role_as_json(run_file: str, groups: str, tmp_path: Path) -> None:
    """Into a file, with the run's signature."""
    output = tmp_path / "audit.json"
    options = ["--role", "ds", "--min-fit", "60", "-f", "json", "-o", str(output)]

    assert main(["audit", run_file, "--groups", groups, *options]) == ExitCode.DONE

    told = json.loads(output.read_text(encoding="utf-8"))
    assert [role["role"] for role in told["roles"]] == ["ds"]
    assert told["signature"] == "5" * 64
    assert told["selected"] == "a fit of at least 60"


def test_the_same_run_gives_the_same_bytes(run_file: str, groups: str, capsys: Captured) -> None:
    """In each format."""
    for form in ("text", "json", "csv"):
        told = []
        for _ in range(2):
            main(["audit", run_file, "--groups", groups, "-f", form])
            told.append(capsys.readouterr().out)
        assert told[0] == told[1]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param(["--top", "2", "--min-fit", "60"], "give one of them", id="two rules"),
        pytest.param(["-o", "{groups}"], "name another file", id="over the groups"),
        pytest.param(["-o", "{run}"], "name another file", id="over the run"),
    ],
)
def test_what_does_not_fit_together_is_refused(
    options: list[str], said: str, run_file: str, groups: str, capsys: Captured
) -> None:
    """In one line, and nothing is overwritten."""
    before = Path(run_file).read_bytes(), Path(groups).read_bytes()
    filled = [option.format(run=run_file, groups=groups) for option in options]

    assert main(["audit", run_file, "--groups", groups, *filled]) == ExitCode.USAGE

    out, err = capsys.readouterr()
    assert said in err
    assert err.count("\n") == 1
    assert not out
    assert (Path(run_file).read_bytes(), Path(groups).read_bytes()) == before


def test_a_role_that_was_not_scored_is_refused(
    groups: str, tmp_path: Path, capsys: Captured
) -> None:
    """The run says which were."""
    path = tmp_path / "mle.db"
    Store.create(path, {"roles": ["mle"]}, "5" * 64).close()

    code = main(["audit", str(path), "--groups", groups, "--role", "ds"])

    assert code == ExitCode.USAGE
    assert "scores only mle" in capsys.readouterr().err
