"""`skillgap log`, and what commands write into it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skillgap.batch.log import append, read_log, verify
from skillgap.batch.store import Store
from skillgap.cli import ExitCode, main
from tests.batch.rows import scored, unscored
from tests.batch.test_log import entry

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def run_file(tmp_path: Path) -> Path:
    """Return a run of two files."""
    path = tmp_path / "run.db"
    with Store.create(path, {"roles": ["mle", "ds"]}, "5" * 64) as store:
        store.add(scored("a.pdf", 10))
        store.add(unscored("b.pdf"))
    return path


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Return a log of three lines."""
    path = tmp_path / "run.db.log"
    for user in ("ann", "ben", "cyd"):
        append(path, entry(user))
    return path


def _change(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="ascii").replace(old, new), encoding="ascii")


def test_an_audit_leaves_a_trace(run_file: Path, tmp_path: Path) -> None:
    """Who, which command with which options, on which run with which files."""
    groups = tmp_path / "groups.csv"
    groups.write_text("file,sex\na.pdf,female\n", encoding="utf-8")

    main(["audit", str(run_file), "--groups", str(groups), "--top", "1"])

    (line,) = read_log(tmp_path / "run.db.log")
    assert line.entry is not None
    assert line.entry.user
    assert line.entry.command == "skillgap audit"
    assert line.entry.options["top"] == 1
    assert line.entry.options["groups"] == str(groups)
    assert (line.entry.counts, line.entry.signature) == ({"ok": 1, "encrypted": 1}, "5" * 64)
    assert line.entry.at.endswith("Z")


def test_a_batch_leaves_a_trace(tmp_path: Path) -> None:
    """When it begins and when it ends, and again when it goes on."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Skills\nPython, SQL\n", encoding="utf-8")
    command = ["batch", str(tmp_path / "in"), "--out", str(tmp_path / "run.db"), "--workers", "1"]

    main(command)
    main(command)

    entries = [line.entry for line in read_log(tmp_path / "run.db.log") if line.entry]
    assert [(entry.event, dict(entry.counts)) for entry in entries] == [
        ("begun", {}),
        ("ended", {"ok": 1}),
        ("begun", {"ok": 1}),
        ("ended", {"ok": 1}),
    ]
    assert not verify(tmp_path / "run.db.log").fault


def test_a_whole_log_is_verified(log: Path, capsys: Captured) -> None:
    """By its own name or its run's; the head is told."""
    for name in (log, log.with_suffix("")):
        assert main(["log", "verify", str(name)]) == ExitCode.DONE
        out = capsys.readouterr().out
        assert "3 lines, each as it was written" in out
        assert f"head {verify(log).head}" in out


def test_the_first_broken_line_is_named(log: Path, capsys: Captured) -> None:
    """And the command fails."""
    _change(log, '"user":"ben"', '"user":"bob"')

    assert main(["log", "verify", str(log)]) == ExitCode.FAULTS
    assert "line 2 was changed" in capsys.readouterr().out


def test_a_noted_head_finds_what_is_missing(log: Path, capsys: Captured) -> None:
    """The last line was cut off: only the head tells."""
    head = verify(log).head
    assert main(["log", "verify", str(log), "--head", head]) == ExitCode.DONE
    assert "the noted head is that of 3" in capsys.readouterr().out
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:2]))

    assert main(["log", "verify", str(log)]) == ExitCode.DONE
    assert main(["log", "verify", str(log), "--head", head]) == ExitCode.FAULTS


def test_a_log_is_shown(log: Path, capsys: Captured) -> None:
    """A line for each thing that was done."""
    assert main(["log", "show", str(log)]) == ExitCode.DONE

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert "ben  skillgap batch run done  paths=in timeout=30.0  [ok 3]" in lines[1]


def test_broken_lines_are_shown_with_a_mark(log: Path, capsys: Captured) -> None:
    """What can still be read of them too; in JSON the same."""
    _change(log, '"user":"ben"', '"user":"bob"')

    assert main(["log", "show", str(log)]) == ExitCode.FAULTS
    assert "bob" in capsys.readouterr().out.splitlines()[1]
    assert main(["log", "show", str(log), "-f", "json"]) == ExitCode.FAULTS
    faults = [json.loads(line)["fault"] for line in capsys.readouterr().out.splitlines()]
    assert [bool(fault) for fault in faults] == [False, True, True]


def test_a_log_cannot_command_a_terminal(log: Path, capsys: Captured) -> None:
    """Names of files may hold anything."""
    append(log, entry("eve\x1b[2J\nann"))

    main(["log", "show", str(log)])

    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert len(out.splitlines()) == 4


def test_a_missing_log_is_an_error(tmp_path: Path, capsys: Captured) -> None:
    """In one line."""
    assert main(["log", "verify", str(tmp_path / "run.db")]) == ExitCode.USAGE
    assert "run.db.log: cannot be read" in capsys.readouterr().err
