"""`batch --engine ray` and `batch gather`: what they refuse, and what they say without Ray."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from skillgap.batch.log import read_log
from skillgap.cli import ExitCode, main
from tests.batch.rows import scored

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """Return a folder with a resume."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Skills\nPython, SQL\n", encoding="utf-8")
    return str(tmp_path / "in")


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(["-o", "scores.csv"], id="no folder"),
        pytest.param(["--out", "out", "-o", "scores.csv"], id="a table"),
    ],
)
def test_ray_writes_to_a_folder(options: list[str], folder: str, capsys: Captured) -> None:
    """Anything else is refused before any work."""
    assert main(["batch", folder, "--engine", "ray", *options]) == ExitCode.USAGE
    assert "give --out FOLDER" in capsys.readouterr().err


def test_without_ray_the_extra_is_named(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """One line, and nothing is written."""
    monkeypatch.setitem(sys.modules, "ray", None)

    code = main(["batch", folder, "--engine", "ray", "--out", str(tmp_path / "out")])

    assert code == ExitCode.USAGE
    assert "pip install 'skillgap[ray]'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_without_pyarrow_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """Gathering needs it as well."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    assert main(["batch", "gather", "out", str(tmp_path / "run.db")]) == ExitCode.USAGE
    assert "pip install 'skillgap[ray]'" in capsys.readouterr().err


def test_what_was_written_is_gathered(tmp_path: Path, capsys: Captured) -> None:
    """Into a new database, with a line in its log."""
    pytest.importorskip("pyarrow", reason="comes with the extra ray")
    from skillgap.batch.shards import FileRow, Shards

    row = replace(scored("in/ann.pdf", 40), lean_word="slight")
    output = Shards(str(tmp_path / "out"), ("mle", "ds"))
    output.write_settings({"roles": ["mle", "ds"], "signature": "5" * 16})
    output.write(1, [FileRow(row.source, row.sha256, 1, 1)], [(row, None)], "5" * 16)

    code = main(["batch", "gather", str(tmp_path / "out"), str(tmp_path / "run.db")])

    assert code == ExitCode.DONE
    assert "1 files in" in capsys.readouterr().err
    (line,) = read_log(tmp_path / "run.db.log")
    assert line.entry is not None
    assert line.entry.counts == {"ok": 1}


def test_a_folder_of_something_else_is_refused(tmp_path: Path, capsys: Captured) -> None:
    """And no database is left behind."""
    pytest.importorskip("pyarrow", reason="comes with the extra ray")

    assert main(["batch", "gather", str(tmp_path), str(tmp_path / "run.db")]) == ExitCode.USAGE
    assert "no run.json" in capsys.readouterr().err
    assert not (tmp_path / "run.db").exists()
