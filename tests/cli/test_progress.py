"""How far a batch is, told on standard error."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from skillgap.cli import progress
from skillgap.cli.progress import Watch, watched


class _Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    """Return a clock."""
    return _Clock()


@pytest.fixture
def watch(clock: _Clock) -> Watch:
    """Return a watch that goes by the clock."""
    return Watch(clock)


def test_the_line_tells_pace_and_time_left_and_how_files_ended(watch: Watch, clock: _Clock) -> None:
    """The pace is that of files scored now, from the first on: loading is no part of it."""
    watch.total = 1_234
    clock.now = 50.0
    for _ in range(100):
        watch.add("ok", fresh=False)
    for _ in range(20):
        watch.add("ok", fresh=True)
    watch.add("empty", fresh=True)
    watch.add("crashed", fresh=False)
    clock.now = 52.0

    assert watch.line() == (
        "122 of 1,234 files, 10.0 a second, 2 min left: 120 ok, 1 crashed, 1 empty"
    )


@pytest.mark.parametrize(
    ("total", "left"),
    [(3, "1 s left"), (61, "59 s left"), (63, "1 min left"), (7202, "2.0 h left"), (1, "0 s left")],
)
def test_the_time_left_has_one_unit(total: int, left: str, watch: Watch, clock: _Clock) -> None:
    """Nobody plans by the second what takes hours."""
    watch.total = total
    watch.add("ok", fresh=True)
    watch.add("ok", fresh=True)
    clock.now = 1.0

    assert left in watch.line()


def test_what_is_not_known_is_not_told(watch: Watch) -> None:
    """No total of a list that is still read, no pace of files that were done before."""
    watch.add("ok", fresh=False)

    assert watch.line() == "1 files: 1 ok"


def test_lines_where_there_is_no_terminal(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    """One now and then; nothing at all for what is done at once."""
    now = _Clock()
    monkeypatch.setattr(progress, "monotonic", now)
    out = StringIO()
    with watched(watch, Console(file=out)) as show:
        for second in (0, 1, 4, 6, 7, 12):
            now.now = second
            watch.add("ok", fresh=False)
            show()

    assert out.getvalue() == "4 files: 4 ok\n6 files: 6 ok\n"


def test_a_bar_on_a_terminal(watch: Watch) -> None:
    """It goes away when all is done."""
    out = StringIO()
    watch.total = 2
    with watched(watch, Console(file=out, force_terminal=True, width=100)) as show:
        watch.add("empty", fresh=False)
        show()

    assert "1/2" in out.getvalue()
    assert "1 empty" in out.getvalue()
    assert out.getvalue().endswith("\x1b[2K")
