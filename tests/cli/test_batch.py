"""The batch from the shell: where results go, how it is stopped, killed and continued."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from skillgap.batch.run import Run
from skillgap.cli import main
from skillgap.cli.options import ExitCode
from tests.batch.poison import WAIT
from tests.document.portable import pdf, text

_PASSWORD = "correct-horse-example"  # noqa: S105 made up
DAY = "--as-of=2026-01-01"
SRC = Path(__file__).parents[2]
Captured = pytest.CaptureFixture[str]
needs_groups = pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs groups of processes")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of three resumes and an empty file."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, skills in {"a": "Python, SQL", "b": "R", "c": "Docker"}.items():
        (folder / f"{name}.txt").write_text(f"Skills: {skills}", encoding="utf-8")
    (folder / "d.pdf").write_bytes(b"")
    return folder


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Return the path of a database."""
    return tmp_path / "run.db"


def batch(*arguments: object) -> int:
    """Run the command with one worker."""
    return main(["batch", *map(str, arguments), "--workers", "1", DAY])


def counts(db: Path) -> dict[str, int]:
    """Return how many files of each status there are."""
    with Run(db) as run:
        return run.counts()


@pytest.mark.parametrize("blind", [[], ["--blind"]], ids=["open", "blind"])
def test_a_password_opens_files_and_is_kept_nowhere(
    tmp_path: Path, db: Path, blind: list[str]
) -> None:
    """Files that were refused for want of it are tried again; neither run nor log has it."""
    page = text(72, 99, "Skills: Python, SQL, Docker")
    (tmp_path / "locked.pdf").write_bytes(pdf(page, user_password=_PASSWORD))
    pattern = tmp_path / "*.pdf"

    without = batch(pattern, "--out", db, *blind)
    refused = counts(db)
    given = batch(pattern, "--out", db, *blind, "--password", _PASSWORD)

    assert (without, refused) == (ExitCode.NOTHING_READ, {"encrypted": 1})
    assert (given, counts(db)) == (0, {"ok": 1})
    kept = [file.read_bytes() for file in tmp_path.glob("run.db*")]
    assert len(kept) > 1  # run and log
    assert not any(_PASSWORD.encode() in data for data in kept)


def test_both_kept_and_written(folder: Path, db: Path, capsys: Captured) -> None:
    """Everything in the database, and the table beside it."""
    table = db.with_name("scores.csv")

    code = batch(folder, "--out", db, "-o", table)

    out, err = capsys.readouterr()
    assert code == ExitCode.DONE
    assert counts(db) == {"ok": 3, "empty": 1}
    assert len(list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))) == 4
    said = f"3 of 4 files scored, kept in {db} and written to {table}"
    assert err.splitlines()[-1] == f"{said}; `skillgap batch rank {db}` ranks them"
    assert not out


def test_the_same_command_continues(folder: Path, db: Path) -> None:
    """With a file more it does that file; the database stays one."""
    batch(folder, "--out", db)
    before = json.dumps(counts(db))
    (folder / "e.txt").write_text("Skills: SQL", encoding="utf-8")

    batch(folder, "--out", db)

    assert before == '{"ok": 3, "empty": 1}'
    assert counts(db) == {"ok": 4, "empty": 1}


def test_other_roles_are_told_before_any_work(folder: Path, db: Path, capsys: Captured) -> None:
    """Scores of one database are comparable."""
    batch(folder, "--out", db)
    capsys.readouterr()

    code = batch(folder, "--out", db, "--role", "mle")

    assert code == ExitCode.USAGE
    assert "its scores were made with other roles" in capsys.readouterr().err


def test_a_list_comes_from_standard_input(
    folder: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One path a line; a missing one is a row."""
    listed = f"{folder}/a.txt\n{folder}/gone.txt\n".encode()
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(listed)))

    code = batch("-", "--out", db, "--strict")

    assert code == ExitCode.FAULTS
    assert counts(db) == {"ok": 1, "error": 1}


def test_a_database_in_the_folder_is_no_resume(folder: Path) -> None:
    """However it is named."""
    db = folder / "kept"

    assert batch(folder, "--out", db) == batch(folder, "--out", db) == ExitCode.DONE
    assert counts(db) == {"ok": 3, "empty": 1}


def test_status_counts(folder: Path, db: Path, capsys: Captured) -> None:
    """How many there are, and how they ended."""
    batch(folder, "--out", db)
    capsys.readouterr()

    assert main(["batch", "status", str(db)]) == ExitCode.DONE
    head, *lines = capsys.readouterr().out.splitlines()
    assert head == f"{db}: 4 files"
    assert lines[:2] == ["        3 ok", "        1 empty"]


def test_status_tells_the_command_that_continues(folder: Path, db: Path, capsys: Captured) -> None:
    """With the paths and options that were given; a blind batch keeps no path."""
    blind = db.with_name("blind.db")
    batch(folder, "--out", db, "--role", "mle", "--timeout", "20")
    batch(folder, "--out", blind, "--blind")
    capsys.readouterr()

    told = []
    for file in (db, blind):
        assert main(["batch", "status", str(file)]) == ExitCode.DONE
        told.append(capsys.readouterr().out.splitlines()[-1])

    begin = f"  skillgap batch {folder} --role mle --timeout 20.0"
    assert told[0] == f"{begin} --out {db}"
    assert told[1] == f"  skillgap batch PATH... --blind --out {blind}"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param([], "Give --out run.db to keep everything, or -o scores.csv", id="no place"),
        pytest.param(["--out", "no/run.db"], "its folder does not exist", id="no folder"),
        pytest.param(["--out", "in/a.txt"], "no database of a batch", id="no database"),
        pytest.param(["--out", "x.db", "--max-memory", "much"], "500M or 2G", id="no size"),
        pytest.param(["--out", "x.db", "--max-memory", "1K"], "too little", id="small size"),
    ],
)
def test_wrong_usage_is_told_in_one_line(
    options: list[str], said: str, folder: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before any work, and nothing is made."""
    monkeypatch.chdir(folder.parent)

    code = batch("in", *options)

    err = capsys.readouterr().err
    assert code == ExitCode.USAGE
    assert said in err
    assert err.count("\n") == 1
    assert not Path("x.db").exists()


# --- interruption ---------------------------------------------------------------------------------

# As the command, with a function in the workers that waits where a file says so.
_COMMAND = f"""
import signal
import sys
from skillgap.batch import runner
from skillgap.cli import main
from tests.batch.poison import score_or_suffer
# Tests that a shell runs in the background inherit that it is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
if __name__ == "__main__":
    runner.Batch.__init__.__kwdefaults__["function"] = score_or_suffer
    sys.exit(main(["batch", *sys.argv[1:], "--workers", "1", "{DAY}"]))
"""


def _wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline, "nothing happened"
        time.sleep(0.05)


def _gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return _is_dead(pid)


def _is_dead(pid: int) -> bool:
    """Tell whether a process is but an entry that its parent did not clear away yet."""
    try:
        return "State:\tZ" in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return True


@pytest.fixture
def stopped_in_the_middle(folder: Path, db: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Yield a run in which three files are done and a worker never ends with the fourth."""
    stuck = folder.parent / "stuck.txt"
    stuck.write_text(f"{WAIT} {folder.parent}/pid", encoding="utf-8")
    script = folder.parent / "command.py"
    script.write_text(_COMMAND, encoding="utf-8")
    done = [folder / "a.txt", folder / "b.txt", folder / "d.pdf"]
    arguments = [sys.executable, script, *done, stuck, folder / "c.txt", "--out", db]
    path = os.pathsep.join([str(SRC / "src"), str(SRC)])
    with subprocess.Popen(
        list(map(str, arguments)),
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": path},
    ) as process:
        _wait_for(lambda: (folder.parent / "pid").exists() or process.poll() is not None)
        _wait_for(lambda: db.exists() and sum(counts(db).values()) == 3)
        yield process
        process.kill()


@needs_groups
def test_ctrl_c_ends_quietly_and_says_how_to_go_on(
    stopped_in_the_middle: subprocess.Popen[bytes], folder: Path, db: Path
) -> None:
    """What is done is kept, no worker stays behind, and the same command finishes it."""
    process = stopped_in_the_middle
    assert process.stderr is not None
    worker = int((folder.parent / "pid").read_text(encoding="utf-8"))

    os.killpg(process.pid, signal.SIGINT)
    told = process.stderr.read().decode()

    assert process.wait() == ExitCode.INTERRUPTED
    assert told.splitlines()[-1] == "skillgap: stopped after 3 files; the same command continues"
    assert "Traceback" not in told
    _wait_for(lambda: _gone(worker))
    assert counts(db) == {"ok": 2, "empty": 1}
    assert batch(folder, "--out", db) == ExitCode.DONE
    assert counts(db) == {"ok": 3, "empty": 1}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a thread has to notice it")
def test_a_killed_run_leaves_no_worker_and_loses_nothing(
    stopped_in_the_middle: subprocess.Popen[bytes], folder: Path, db: Path
) -> None:
    """Not even a worker that holds the interpreter; nothing is done twice."""
    worker = int((folder.parent / "pid").read_text(encoding="utf-8"))

    stopped_in_the_middle.kill()
    stopped_in_the_middle.wait()

    _wait_for(lambda: _gone(worker))
    assert counts(db) == {"ok": 2, "empty": 1}
    for name in "ab":  # were they read again, they would end as something else
        with (folder / f"{name}.txt").open("r+b") as file:
            time_of = os.fstat(file.fileno()).st_mtime_ns
            file.write(b"\0" * 6)
        os.utime(folder / f"{name}.txt", ns=(time_of, time_of))
    assert batch(folder, "--out", db) == ExitCode.DONE
    assert counts(db) == {"ok": 3, "empty": 1}
