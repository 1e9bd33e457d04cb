"""The log of who ran what: it grows, and nothing in it can be changed in silence."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta, timezone
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.batch.log import (
    BEGINNING,
    LogEntry,
    append,
    log_of,
    read_log,
    verify,
    written_at,
)
from skillgap.errors import StoreError

# Each example writes to a disk that may be busy.
patient = settings(deadline=None)


def entry(user: str = "ann", **counts: int) -> LogEntry:
    """Return something that was done."""
    return LogEntry(
        at="2026-01-02T03:04:05Z",
        user=user,
        command="skillgap batch run",
        event="done",
        options={"paths": ["in"], "timeout": 30.0, "strict": False, "as_of": None},
        run="run.db",
        signature="5" * 64,
        counts=counts or {"ok": 3},
        skillgap="0.1.0",
    )


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Return a log of five lines."""
    path = tmp_path / "run.db.log"
    for user in ("ann", "ben", "cyd", "ann", "dov"):
        append(path, entry(user))
    return path


# --- what it says ---------------------------------------------------------------------------------


def test_what_was_appended_is_read(log: Path) -> None:
    """In order, whole, and without a fault."""
    lines = list(read_log(log))

    assert [line.entry for line in lines] == [entry(u) for u in ("ann", "ben", "cyd", "ann", "dov")]
    assert [line.number for line in lines] == [1, 2, 3, 4, 5]
    assert not any(line.fault for line in lines)


def test_the_head_is_the_hash_of_the_last_line(log: Path) -> None:
    """`append` returns it, `verify` tells it."""
    head = append(log, entry("eve"))

    assert verify(log).head == head
    assert verify(log).lines == 6


def test_a_log_without_lines_is_whole(tmp_path: Path) -> None:
    """Nothing was done yet."""
    path = tmp_path / "run.db.log"
    path.touch()

    assert (verify(path).head, verify(path).fault) == (BEGINNING, "")


def test_lines_are_json_for_other_programs(log: Path) -> None:
    """Each holds the hash of the one before."""
    first, second, *_ = map(json.loads, log.read_text(encoding="ascii").splitlines())

    assert first["previous"] == BEGINNING
    assert len(second["previous"]) == 64
    assert second["user"] == "ben"


@patient
@given(st.text(max_size=20), st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=3))
def test_any_text_survives(user: str, options: dict[str, str]) -> None:
    """Line breaks, halves of letters and all."""
    whole = LogEntry(
        at="",
        user=user,
        command="",
        event="",
        options=options,
        run="",
        signature="",
        counts={},
        skillgap="",
    )
    with TemporaryDirectory() as folder:
        path = Path(folder, "x.log")
        append(path, whole)
        (line,) = read_log(path)

    assert line.entry == whole
    assert not line.fault


def test_the_log_lies_beside_its_run() -> None:
    """Both names mean the log."""
    assert log_of(Path("a/run.db")) == log_of(Path("a/run.db.log")) == Path("a/run.db.log")


def test_moments_are_written_in_utc() -> None:
    """Wherever the clock stands."""
    moment = datetime(2026, 1, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))

    assert written_at(moment) == "2025-12-31T23:30:00Z"


# --- what is found --------------------------------------------------------------------------------


def _tampered(change: Callable[[list[bytes]], list[bytes]]) -> str:
    """Return the fault that is found after a change of a log of five lines."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "x.log")
        for user in ("ann", "ben", "cyd", "ann", "dov"):
            append(path, entry(user))
        path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))
        return verify(path).fault


@patient
@given(st.data())
def test_any_changed_byte_is_found(data: st.DataObject) -> None:
    """In whichever line, the last one too, and its line or the next is named."""
    number = data.draw(st.integers(0, 4))

    def change(lines: list[bytes]) -> list[bytes]:
        line = bytearray(lines[number])
        at = data.draw(st.integers(0, len(line) - 1))
        line[at] ^= data.draw(st.integers(1, 255))
        return [*lines[:number], bytes(line), *lines[number + 1 :]]

    assert _tampered(change).startswith((f"line {number + 1} ", f"line {number + 2} "))


@patient
@given(st.integers(0, 4), st.binary(min_size=1, max_size=3), st.data())
def test_any_added_byte_is_found(number: int, added: bytes, data: st.DataObject) -> None:
    """White space too."""

    def change(lines: list[bytes]) -> list[bytes]:
        at = data.draw(st.integers(0, len(lines[number]) - 1))
        grown = lines[number][:at] + added + lines[number][at:]
        return [*lines[:number], grown, *lines[number + 1 :]]

    assert _tampered(change)


@patient
@given(st.integers(0, 3))
def test_a_removed_line_is_found(number: int) -> None:
    """The line that stands in its place does not follow."""

    def change(lines: list[bytes]) -> list[bytes]:
        return lines[:number] + lines[number + 1 :]

    assert _tampered(change).startswith(f"line {number + 1} does not follow")


@patient
@given(st.permutations(range(5)).filter(lambda order: list(order) != list(range(5))))
def test_moved_lines_are_found(order: list[int]) -> None:
    """Any order but the written one."""
    assert "does not follow" in _tampered(lambda lines: [lines[n] for n in order])


@patient
@given(st.integers(0, 4), st.integers(0, 5))
def test_a_line_that_was_put_in_twice_is_found(number: int, at: int) -> None:
    """It follows only once."""

    def change(lines: list[bytes]) -> list[bytes]:
        return [*lines[:at], lines[number], *lines[at:]]

    assert "does not follow" in _tampered(change)


@patient
@given(st.integers(1, 600))
def test_a_line_that_was_cut_off_is_found(length: int) -> None:
    """Cut anywhere but at its end."""
    fault = _tampered(lambda lines: [*lines[:4], lines[4][:-1][:length]])

    assert fault.startswith("line 5 ")


def test_lines_missing_at_the_end_are_found_by_the_noted_head(log: Path) -> None:
    """A chain alone cannot tell: what is left is whole."""
    head = verify(log).head
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:3]))

    assert not verify(log).fault
    assert "no line has the hash" in verify(log, head).fault


def test_a_log_written_anew_is_found_by_the_noted_head(log: Path) -> None:
    """Whoever can write the file can make a new chain; not one with the old head."""
    head = verify(log).head
    log.unlink()
    for user in ("ann", "ben", "cyd", "ann", "eve"):
        append(log, entry(user))

    assert not verify(log).fault
    assert "no line has the hash" in verify(log, head).fault


def test_a_log_may_grow_after_its_head_was_noted(log: Path) -> None:
    """All up to the noted line is as it was; capital letters are the same hash."""
    head = verify(log).head
    append(log, entry("eve"))

    found = verify(log, head.upper())

    assert (found.fault, found.known_lines, found.lines) == ("", 5, 6)


def test_only_the_first_fault_is_told(log: Path) -> None:
    """The others may follow from it."""
    log.write_bytes(b"x\n" + log.read_bytes() + b"y\n")

    assert verify(log).fault.startswith("line 1 ")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\n", id="empty line"),
        pytest.param(b"[]\n", id="list"),
        pytest.param(b"{}\n", id="no fields"),
        pytest.param(b"[" * 100_000 + b"\n", id="nested"),
        pytest.param(b"\xff\xfe\n", id="bytes"),
        pytest.param(b'{"at":' + b"1" * 5000 + b"}\n", id="huge number"),
        pytest.param(b"x" * (3 << 20), id="endless line"),
    ],
)
def test_what_is_no_log_is_a_fault(content: bytes, tmp_path: Path) -> None:
    """And no crash."""
    path = tmp_path / "x.log"
    path.write_bytes(content)

    assert verify(path).fault.startswith("line 1 is no line of a log")


# --- writing --------------------------------------------------------------------------------------


def test_a_line_that_was_cut_off_stays_and_is_told(log: Path) -> None:
    """The next entry stands on a line of its own, so nothing of it is lost."""
    log.write_bytes(log.read_bytes()[:-20])

    append(log, entry("eve"))

    lines = list(read_log(log))
    assert [bool(line.fault) for line in lines] == [False] * 4 + [True, False]
    assert lines[-1].entry == entry("eve")
    assert verify(log).fault.startswith("line 5 ")


def _append_many(path: Path, user: str) -> None:
    for number in range(25):
        append(path, entry(user, number=number))


def test_processes_may_append_at_once(tmp_path: Path) -> None:
    """Each waits for the others: no line is lost or torn, and the chain holds."""
    path = tmp_path / "run.db.log"

    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        list(pool.map(_append_many, [path] * 4, "abcd"))

    assert (verify(path).lines, verify(path).fault) == (100, "")


def test_a_log_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """With the name and what to do."""
    with pytest.raises(StoreError, match="cannot be written"):
        append(tmp_path / "missing" / "run.db.log", entry())


def test_a_log_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """It is not taken for an empty one."""
    with pytest.raises(StoreError, match="cannot be read"):
        verify(tmp_path / "run.db.log")
