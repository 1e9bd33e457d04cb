"""What a hostile file or a broken library can do to the process that reads it, for real.

Files that begin with one of these words do it; all others are scored as ever.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from pathlib import Path

from skillgap.batch.worker import Scored, Task, score


class Unpicklable(Exception):  # noqa: N818
    """An error that cannot be sent to another process."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first, second, lambda: None)


def _hold_the_interpreter() -> None:
    """Loop without end where no other thread and no handler of a signal can run."""
    re.fullmatch(r"(a|a)*b", "a" * 64)


def _fill_the_memory() -> None:
    hoard = []
    while True:
        hoard.append(bytes(1 << 26))  # the system counts it before it is written to


def _fault() -> None:
    raise Unpicklable("a", "b")


ACTIONS = {
    b"SEGFAULT": lambda: ctypes.string_at(0),
    b"ABORT": os.abort,
    b"EXIT": lambda: os._exit(3),
    b"SYSEXIT": lambda: sys.exit("a library ends the program"),
    b"LOOP": _hold_the_interpreter,
    b"BOMB": _fill_the_memory,
    b"FAULT": _fault,
}
"""By the word that a file begins with."""


WAIT = "WAIT"
"""Begins a file that names another one: the process is noted there, then never ends."""


def score_or_suffer(task: Task) -> Scored:
    """Score a file unless it begins with a word of `ACTIONS`."""
    if task.source.member is None:
        word, _, rest = Path(task.source.file).read_bytes().partition(b" ")
        if word == WAIT.encode():
            Path(rest.decode()).write_text(str(os.getpid()), encoding="utf-8")
            _hold_the_interpreter()
        ACTIONS.get(word, lambda: None)()
    return score(task)
