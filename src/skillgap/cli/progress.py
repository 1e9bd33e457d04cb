"""How far a long command is, on standard error: a bar on a terminal, lines elsewhere."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

_LINE_EVERY_S = 5.0
_MINUTE_S, _HOUR_S = 60, 3600


class Watch:
    """Counts files and tells about them.

    Attributes:
        total: How many there are; None while nobody knows.
        counts: By status.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.total: int | None = None
        self.counts: Counter[str] = Counter()
        self._clock = clock
        self._start: float | None = None  # when the first was done: loading is no part of the pace
        self._fresh = 0

    def add(self, status: str, *, fresh: bool) -> None:
        """Count a file.

        Args:
            status: How it ended.
            fresh: Whether it was done now; what was done before says nothing about the pace.
        """
        self.counts[status] += 1
        if fresh and self._start is None:
            self._start = self._clock()
        elif fresh:
            self._fresh += 1

    def line(self) -> str:
        """Tell how far it is, how fast, how long it will take, and how files ended."""
        done = self.counts.total()
        of = f" of {self.total:,}" if self.total is not None else ""
        parts = [f"{done:,}{of} files"]
        if self._start is not None and self._fresh:
            pace = self._fresh / max(self._clock() - self._start, 1e-9)
            parts.append(f"{pace:.1f} a second")
            if self.total is not None:
                parts.append(f"{_time(max(0, self.total - done) / pace)} left")
        return f"{', '.join(parts)}: {self.tally()}"

    def tally(self) -> str:
        """Tell how files ended."""
        ended = sorted(self.counts.items(), key=lambda item: (item[0] != "ok", item[0]))
        return ", ".join(f"{count:,} {status}" for status, count in ended)


def _time(seconds: float) -> str:
    if seconds < _MINUTE_S:
        return f"{seconds:.0f} s"
    if seconds < _HOUR_S:
        return f"{seconds / _MINUTE_S:.0f} min"
    return f"{seconds / _HOUR_S:.1f} h"


@contextlib.contextmanager
def watched(watch: Watch, console: Console) -> Iterator[Callable[[], None]]:
    """Give a function to call after each file, which tells what the watch says when it is time."""
    if not console.is_terminal:
        yield _lines(watch, console)
        return
    columns = (SpinnerColumn(), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)

        def show() -> None:
            progress.update(
                task,
                total=watch.total,
                completed=watch.counts.total(),
                description=watch.line().partition(" files")[2].lstrip(",: "),
            )

        yield show


def _lines(watch: Watch, console: Console) -> Callable[[], None]:
    told: float | None = None

    def show() -> None:
        nonlocal told
        if told is None:
            told = monotonic()
        if monotonic() - told >= _LINE_EVERY_S:
            told = monotonic()
            console.print(watch.line(), soft_wrap=True, markup=False, highlight=False)

    return show
