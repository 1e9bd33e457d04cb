"""Who ran what on a batch: an append-only file in which each line vouches for the one before.

The log of `run.db` is `run.db.log`: one JSON object a line, with the hash of the line before it and
a hash of itself. A changed, removed, added or moved line is found by `verify`. What a chain of
hashes cannot find by itself is that lines are missing *at the end*, or that somebody wrote the
whole file anew: for that, note the hash of the last line (the *head*) elsewhere and give it to
`verify`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from skillgap.errors import StoreError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

BEGINNING = "0" * 64  # what the first line has for the hash of the line before it
# Longer lines are not read: 20 paths of the longest kind that file systems know are 80 KB.
_LINE_MAX = 1 << 20
_LOCKED_BYTE = 1 << 62  # on Windows a lock covers bytes; this one is never written


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """What was done to a run.

    Attributes:
        at: When, in UTC.
        user: Who, by the name that the system gives.
        command: Which command, as typed: `skillgap batch export`.
        event: What of it: `done`, or `begun` and `ended` of what takes long.
        options: What it was given, without passwords.
        run: The run's file.
        signature: Of the run: what made its scores.
        counts: How many files of each status there were.
        skillgap: The version of this package.
    """

    at: str
    user: str
    command: str
    event: str
    options: Mapping[str, Any]
    run: str
    signature: str
    counts: Mapping[str, int]
    skillgap: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a log.

    Attributes:
        number: From 1.
        entry: What it says; None when it cannot be read.
        fault: What is wrong with it, or empty.
        head: The hash of the line, which the next one has to hold.
    """

    number: int
    entry: LogEntry | None
    fault: str
    head: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at a whole log found.

    Attributes:
        lines: How many there are.
        head: The hash of the last one.
        fault: The first fault, with its line; empty for none.
        known_lines: The line whose hash was asked for; None when none was.
    """

    lines: int
    head: str
    fault: str
    known_lines: int | None = None


def log_of(path: Path) -> Path:
    """Return the log of a run; a log itself is its own.

    >>> log_of(Path("run.db")).name
    'run.db.log'
    """
    return path if path.suffix == ".log" else Path(f"{path}.log")


def written_at(moment: datetime) -> str:
    """Write a moment as logs do: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def append(path: Path, entry: LogEntry) -> str:
    """Write an entry behind the last one; it is on disk when this returns.

    Several processes may append at once: each waits for the others. A last line that was cut off
    while it was written (a full disk, a power cut) is ended and stays, for `verify` to tell.

    Returns:
        The new head.

    Raises:
        StoreError: The file cannot be written.
    """
    try:
        with path.open("a+b", buffering=0) as log, _locked(log.fileno()):
            before = _last_line(log.fileno())
            torn = bool(before) and not before.endswith(b"\n")
            line = _line(entry, _hash(before.removesuffix(b"\n")) if before else BEGINNING)
            data = b"\n" * torn + line + b"\n"
            if os.write(log.fileno(), data) != len(data):
                raise StoreError(path, "it could not be written whole; free some space")
            os.fsync(log.fileno())
    except OSError as error:
        raise StoreError(
            path, f"the log of who ran what cannot be written ({error.strerror}); mend that first"
        ) from error
    return _hash(line)


def read_log(path: Path) -> Iterator[LogLine]:
    """Yield each line with what is wrong with it.

    Raises:
        StoreError: The file cannot be read.
    """
    previous = BEGINNING
    try:
        with path.open("rb") as log:
            number = 0
            while line := log.readline(_LINE_MAX):
                number += 1
                content = line.removesuffix(b"\n")
                entry, fault = _checked(content, previous)
                if not fault and content == line:
                    fault = "was cut off, or something was written behind it"
                previous = _hash(content)
                yield LogLine(number, entry, fault, previous)
    except OSError as error:
        raise StoreError(path, f"cannot be read ({error.strerror}); check the name") from error


def verify(path: Path, head: str | None = None) -> Verdict:
    """Look whether a log is as it was written.

    Args:
        path: The log.
        head: The hash of a line, noted earlier: then lines that are missing at the end are found,
            and a log that was written anew.

    Raises:
        StoreError: The file cannot be read.
    """
    lines, last, fault, known = 0, BEGINNING, "", None
    for line in read_log(path):
        lines, last = line.number, line.head
        if line.fault and not fault:
            fault = f"line {line.number} {line.fault}"
        if head is not None and line.head == head.lower():
            known = line.number
    if head is not None and known is None and not fault:
        fault = "no line has the hash that was noted: lines were removed or written anew"
    return Verdict(lines, last, fault, known)


# --- one line -------------------------------------------------------------------------------------


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()


def _canonical(content: Mapping[str, Any]) -> bytes:
    """Write an object in the one way that counts: any other spelling is a change."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _line(entry: LogEntry, previous: str) -> bytes:
    content = {**asdict(entry), "previous": previous}
    return _canonical({**content, "sha256": _hash(_canonical(content))})


def _checked(line: bytes, previous: str) -> tuple[LogEntry | None, str]:
    """Return what a line says, and what is wrong with it."""
    try:
        content = json.loads(line)
        own = content.pop("sha256")
        stands_after = content.pop("previous")
        entry = LogEntry(**content)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return None, "is no line of a log"
    if not (isinstance(entry.counts, dict) and isinstance(entry.options, dict)):
        return None, "is no line of a log"
    if _line(entry, stands_after) != line or own != _hash(
        _canonical({**content, "previous": stands_after})
    ):
        return entry, "was changed: it does not fit its own hash"
    if stands_after != previous:
        return entry, "does not follow the line before: one was changed, removed, added or moved"
    return entry, ""


# --- the file -------------------------------------------------------------------------------------


def _last_line(descriptor: int) -> bytes:
    """Return the last line with its end, as far as a line may reach."""
    size = os.lseek(descriptor, 0, os.SEEK_END)
    os.lseek(descriptor, max(0, size - _LINE_MAX), os.SEEK_SET)
    tail = b""
    while chunk := os.read(descriptor, _LINE_MAX):
        tail += chunk
    return tail[tail.rfind(b"\n", 0, len(tail) - 1) + 1 :]


@contextmanager
def _locked(descriptor: int) -> Iterator[None]:
    """Hold the file for oneself; who comes second waits."""
    if sys.platform == "win32":
        # Waits ten seconds at most, then it is an OSError.
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
        try:
            yield
        finally:
            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
