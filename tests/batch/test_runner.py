"""Many files in workers: nothing that one file does costs another its row."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pebble import ProcessExpired

from skillgap.analyzer import Analyzer
from skillgap.batch.model import BatchOptions, BatchRow
from skillgap.batch.runner import _outcome, find_files, row_of, score_files
from skillgap.errors import TaxonomyError, UnknownNameError, UsageError
from tests.files import BROKEN_PDF, PICTURE, encrypted_pdf

OPTIONS = BatchOptions(as_of=date(2026, 1, 1), workers=1, timeout=60)
needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")


# --- finding files --------------------------------------------------------------------------------


def _touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")


def test_files_are_found_at_every_depth_sorted_and_once(tmp_path: Path) -> None:
    """A folder named twice, or beside its own file, changes nothing."""
    _touch(tmp_path, "b.pdf", "a/c.pdf", "a/b/d.pdf")

    found = find_files([tmp_path / "b.pdf", tmp_path, tmp_path / "a"])

    assert [str(path.relative_to(tmp_path)) for path in found] == ["a/b/d.pdf", "a/c.pdf", "b.pdf"]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    """What systems and editors leave behind is no resume; a file named itself is taken."""
    _touch(tmp_path, ".DS_Store", ".git/config", "a.pdf")

    assert find_files([tmp_path]) == (tmp_path / "a.pdf",)
    assert find_files([tmp_path / ".DS_Store"]) == (tmp_path / ".DS_Store",)


def test_in_a_folder_programs_tables_and_settings_are_left_out(tmp_path: Path) -> None:
    """They are text and would be scored; what is named itself is taken, what is odd is told."""
    _touch(tmp_path, "build.py", "Scores.CSV", "settings.toml", "a.pdf", "photo.heic", "resume")

    found = find_files([tmp_path])

    assert [path.name for path in found] == ["a.pdf", "photo.heic", "resume"]
    assert find_files([tmp_path / "build.py"]) == (tmp_path / "build.py",)


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    """A link to the folder it is in would never end."""
    _touch(tmp_path, "a.pdf")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)

    assert tmp_path / "a.pdf" in find_files([tmp_path])
    assert len(find_files([tmp_path])) == 1


def test_a_missing_path_is_wrong_usage(tmp_path: Path) -> None:
    """Nothing is scored before a typing mistake is told."""
    with pytest.raises(UsageError, match="no such file or folder"):
        find_files([tmp_path, tmp_path / "nothing"])


# --- workers --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of three resumes and a file of every kind of trouble."""
    folder = tmp_path_factory.mktemp("resumes")
    (folder / "a.txt").write_text("Skills\nPython, SQL, PyTorch\n", encoding="utf-8")
    (folder / "k.txt").write_text("Skills\nTableau, R, SQL\n", encoding="utf-8")
    (folder / "z.txt").write_text("Skills\nDocker, Kubernetes, C++\n", encoding="utf-8")
    (folder / "b-broken.pdf").write_bytes(BROKEN_PDF)
    (folder / "c-empty.pdf").write_bytes(b"")
    (folder / "d-locked.pdf").write_bytes(encrypted_pdf())
    (folder / "e-photo.png").write_bytes(PICTURE)
    return folder


@pytest.fixture(scope="module")
def rows(folder: Path) -> list[BatchRow]:
    """Return the rows of the folder."""
    return list(score_files(find_files([folder]), OPTIONS))


def test_every_file_has_a_row_in_the_order_of_the_files(folder: Path, rows: list[BatchRow]) -> None:
    """Good or bad, nothing is lost."""
    assert [row.source for row in rows] == [str(path) for path in find_files([folder])]


def test_each_bad_file_has_its_status_and_a_reason(rows: list[BatchRow]) -> None:
    """A table can be sorted by what is wrong, and says what to do."""
    bad = {Path(row.source).name: row for row in rows if row.status != "ok"}

    assert {name: row.status for name, row in bad.items()} == {
        "b-broken.pdf": "error",
        "c-empty.pdf": "empty",
        "d-locked.pdf": "encrypted",
        "e-photo.png": "unsupported",
    }
    assert all(row.reason and not row.results for row in bad.values())


def test_a_row_is_the_report_in_short(folder: Path, rows: list[BatchRow], as_of: date) -> None:
    """A batch and a single look give the same numbers."""
    report = Analyzer().analyze(folder / "a.txt", as_of=as_of)

    row = next(row for row in rows if row.source.endswith("a.txt"))

    assert row == row_of(report)
    assert row.results["mle"].score == report.fit("mle").score
    assert row.results["mle"].gaps[0] == report.fit("mle").gaps[0].label
    assert (row.skills, row.sha256) == (len(report.held), report.document.sha256)


def test_the_number_of_workers_changes_nothing(folder: Path, rows: list[BatchRow]) -> None:
    """Two workers give the rows of one, in the same order."""
    two = replace(OPTIONS, workers=2, window=1, recycle=2)

    assert list(score_files(find_files([folder]), two)) == rows


def test_no_files_are_no_rows() -> None:
    """No worker is started for nothing."""
    assert list(score_files([], OPTIONS)) == []


def test_an_unknown_role_ends_the_batch(folder: Path) -> None:
    """It would be the same for every file: it is told, not repeated in each row."""
    with pytest.raises(UnknownNameError, match="did you mean mle"):
        list(score_files(find_files([folder]), replace(OPTIONS, roles=("mel",))))


@needs_pipes
def test_a_file_that_hangs_is_a_row_and_the_next_gets_a_new_worker(tmp_path: Path) -> None:
    """Reading a pipe that nobody writes to never ends; the time limit does."""
    os.mkfifo(tmp_path / "a-pipe.pdf")
    (tmp_path / "b.txt").write_text("Skills\nPython, SQL\n", encoding="utf-8")

    hung, good = score_files(find_files([tmp_path]), replace(OPTIONS, timeout=6))

    assert hung.status == "timeout"
    assert hung.reason.startswith("took longer than 6 s")
    assert (good.status, good.skills) == ("ok", 2)


# --- what a worker may come back with -------------------------------------------------------------


class _Future:
    """Stands in for the pool's: its result is an exception."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def result(self) -> BatchRow:
        raise self.error


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        pytest.param(FutureTimeoutError(), "timeout", "longer than 60 s", id="too slow"),
        pytest.param(ProcessExpired("gone", code=-11), "crashed", "exit code -11", id="killed"),
        pytest.param(MemoryError(), "memory", "more memory", id="too large"),
        pytest.param(KeyError("x"), "crashed", "KeyError: 'x'", id="a fault of ours"),
    ],
)
def test_whatever_ends_a_worker_is_a_row(error: Exception, status: str, said: str) -> None:
    """One file cannot end the batch, not even by a fault in this package."""
    future: Any = _Future(error)

    row = _outcome(Path("a.pdf"), future, OPTIONS)

    assert (row.source, row.status) == ("a.pdf", status)
    assert said in row.reason


@pytest.mark.parametrize("error", [TaxonomyError("no data"), KeyboardInterrupt()], ids=type)
def test_what_concerns_every_file_ends_the_batch(error: BaseException) -> None:
    """A taxonomy that cannot be loaded is no property of a file."""
    future: Any = _Future(error)

    with pytest.raises(type(error)):
        _outcome(Path("a.pdf"), future, OPTIONS)


# --- interruption ---------------------------------------------------------------------------------


def _wait_for(get: Callable[[], int | None]) -> int:
    """Ask until there is an answer."""
    deadline = time.monotonic() + 60
    while (answer := get()) is None:
        assert time.monotonic() < deadline, "nothing happened"
        time.sleep(0.05)
    return answer


def _writer(pipe: Path) -> int | None:
    """Open the pipe once a worker reads from it: that worker now waits for ever."""
    try:
        return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        return None


def _gone(group: int) -> int | None:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return group
    return None


@needs_pipes
def test_ctrl_c_ends_quietly_without_half_a_table(tmp_path: Path) -> None:
    """Nothing is left that looks like a result, and no worker stays behind."""
    (tmp_path / "resumes").mkdir()
    pipe = tmp_path / "resumes" / "a-pipe.pdf"
    os.mkfifo(pipe)
    table = tmp_path / "scores.csv"
    command = [sys.executable, "-m", "skillgap", "batch", str(pipe.parent), "-o", str(table)]
    with subprocess.Popen(
        [*command, "--workers", "1"], stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stderr is not None
        hung = _wait_for(lambda: _writer(pipe) if process.poll() is None else -1)

        os.killpg(process.pid, signal.SIGINT)
        told = process.stderr.read()
    os.close(hung)

    assert process.returncode == 130
    assert b"Traceback" not in told
    assert not table.exists()
    _wait_for(lambda: _gone(process.pid))
