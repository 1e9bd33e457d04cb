"""Workers that may fail alone: order, what is taken ahead, and a pool that breaks."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from skillgap.batch.model import BatchOptions
from skillgap.batch.pool import Failure, Fault, _Pool, work

OPTIONS = BatchOptions(workers=2, timeout=30)


def double(number: int) -> int:
    """Return twice the number."""
    return 2 * number


def wait_for_turn(task: tuple[Path, int]) -> int:
    """Wait until the tasks behind this one are done, where each leaves a file."""
    folder, number = task
    while number == 0 and not (folder / "3").exists():
        pass
    (folder / str(number)).touch()
    return number


def pid_of(_: int) -> int:
    """Return the worker's own number."""
    return os.getpid()


def kill_itself(_: int) -> int:
    """End as the system ends a process that takes too much memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


@pytest.mark.parametrize("keep_order", [False, True])
def test_every_task_has_its_result(keep_order: bool) -> None:
    """None is no task."""
    tasks = [*range(30), None, 30, None]

    found = list(work(double, tasks, OPTIONS, keep_order=keep_order))

    assert sorted(found) == [(number, 2 * number) for number in range(31)]


def test_results_come_in_order_when_asked(tmp_path: Path) -> None:
    """Also when the first is done last."""
    tasks = [(tmp_path, number) for number in range(4)]

    kept = [task[1] for task, _ in work(wait_for_turn, tasks, OPTIONS, keep_order=True)]
    (tmp_path / "3").unlink()
    loose = [task[1] for task, _ in work(wait_for_turn, tasks, OPTIONS)]

    assert kept == [0, 1, 2, 3]
    assert loose[-1] == 0


def test_few_tasks_are_taken_ahead() -> None:
    """However many there are."""
    taken = 0

    def tasks() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    results = work(double, tasks(), OPTIONS)

    for given in range(20):
        next(results)
        assert taken <= given + 20
    results.close()  # type: ignore[attr-defined]


def test_workers_are_replaced() -> None:
    """After so many tasks."""
    options = BatchOptions(workers=1, recycle=2)

    pids = [pid for _, pid in work(pid_of, range(6), options)]

    assert len(set(pids)) == 3


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_a_worker_that_the_system_kills_lacked_memory() -> None:
    """Nobody else sends that signal."""
    ((_, failure),) = work(kill_itself, [0], OPTIONS)

    assert isinstance(failure, Failure)
    assert failure.fault is Fault.MEMORY
    assert "killed by the system" in failure.reason


def test_a_pool_that_breaks_is_made_anew() -> None:
    """Its tasks are done by the next one."""
    with _Pool(double, OPTIONS, workers=2) as pool:
        for number in range(6):
            pool.start(number)
        pool._mend()
        found = [pool.next()[1] for _ in range(6)]

    assert sorted(found) == [(number, 2 * number) for number in range(6)]  # type: ignore[type-var]
    assert not pool.waiting
