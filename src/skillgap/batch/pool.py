"""Work in processes that may hang, die or fill the memory alone.

pebble's pool is the one that keeps every other result when a worker is killed by the system, by
the time limit or by a broken library. What this adds: workers that are forked from one warm
process, a memory limit, workers that end with their parent, and a bounded number of tasks ahead.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import chain, islice
from multiprocessing import connection, get_all_start_methods, get_context, parent_process
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Generic, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from skillgap.batch.model import BatchOptions
from skillgap.batch.worker import warm_up

T = TypeVar("T")
R = TypeVar("R")

_WARM = "skillgap.batch.warm"
_OUT_OF_MEMORY = 86  # the exit code of a worker that says so itself
_AHEAD = 4  # tasks for each worker, the one in work included: enough that none waits for the next
_HELD = 64  # the same with results that wait for an earlier one, when the order is kept
_TRIES = 3  # of a task whose pool broke under it; then it is held to have broken it
_TICK_S = 0.2  # how often the wait for a result is interrupted, for Ctrl-C on every system
_KILLED = 9  # the signal that nobody sends but the system, and pebble to what has its outcome
_TOLD_CHARACTERS = 200  # of a message that an unknown library wrote


class Fault(StrEnum):
    """How a worker ended instead of giving a result."""

    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class Failure:
    """No result: what happened to the worker, in a word and in words with what to do."""

    fault: Fault
    reason: str
    advice: str


def work(
    function: Callable[[T], R],
    tasks: Iterable[T | None],
    options: BatchOptions,
    *,
    keep_order: bool = False,
) -> Iterator[tuple[T, R | Failure]]:
    """Yield each task with its result, as they come, or in the order of the tasks.

    Tasks are taken only while there is room for them: there may be millions. What the function
    raises ends nothing, it is a `Failure`.

    Args:
        function: Of a module, so that workers can import it.
        tasks: What it is called with; None is no task but a pause, in which results are taken.
        options: Workers and limits.
        keep_order: Whether a result waits until those before it were yielded.
    """
    ahead = iter(tasks)
    first = list(islice(ahead, options.workers or os.cpu_count() or 1))
    if not first:
        return
    with _Pool(function, options, workers=len(first)) as pool:
        done: dict[int, tuple[T, R | Failure]] = {}
        given = 0
        for task in chain(first, ahead):
            if task is not None:
                pool.start(task)
            while pool.is_ready() or pool.is_full(len(done)):
                number, outcome = pool.next()
                done[number] = outcome
                while ready := done.pop(given if keep_order else number, None):
                    yield ready
                    given += 1
        while pool.waiting:
            number, outcome = pool.next()
            done[number] = outcome
            while ready := done.pop(given if keep_order else number, None):
                yield ready
                given += 1


class _Pool(Generic[T, R]):
    """pebble's pool, made anew when it breaks; results are taken as they come."""

    def __init__(self, function: Callable[[T], R], options: BatchOptions, *, workers: int) -> None:
        self._function = function
        self._options = options
        self._workers = workers
        self._started = 0
        self._tries: dict[int, int] = {}
        self.waiting: dict[int, T] = {}
        self._open()

    def _open(self) -> None:
        # What an earlier pool still says goes to a queue that nobody reads.
        self._ended: SimpleQueue[tuple[int, Any]] = SimpleQueue()
        self._pool = ProcessPool(
            max_workers=self._workers,
            max_tasks=self._options.recycle,
            initializer=prepare_worker,
            initargs=[self._options],
            context=_context(),
        )
        for number, task in self.waiting.items():
            self._schedule(number, task)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def _stop(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def start(self, task: T) -> None:
        """Hand out a task."""
        number, self._started = self._started, self._started + 1
        self.waiting[number] = task
        self._schedule(number, task)

    def _schedule(self, number: int, task: T) -> None:
        future = self._pool.schedule(
            _guarded, args=[self._function, task], timeout=self._options.timeout
        )
        future.add_done_callback(partial(_tell, self._ended, number))

    def is_full(self, held: int) -> bool:
        """Tell whether a result must be taken before another task is."""
        tasks = len(self.waiting)
        return tasks >= self._workers * _AHEAD or bool(
            tasks and tasks + held >= self._workers * _HELD
        )

    def is_ready(self) -> bool:
        """Tell whether a result can be taken without waiting."""
        return not self._ended.empty()

    def next(self) -> tuple[int, tuple[T, R | Failure]]:
        """Wait for the next result, whichever it is, and return it with its task's number."""
        while True:
            try:
                number, future = self._ended.get(timeout=_TICK_S)
            except Empty:
                if not self._pool.active:
                    self._mend()
                continue
            error = future.exception()
            if isinstance(error, BrokenProcessPool) and self._tries.get(number, 1) < _TRIES:
                self._mend()
                continue
            self._tries.pop(number, None)
            outcome = future.result() if error is None else self._failure(error)
            return number, (self.waiting.pop(number), outcome)

    def _mend(self) -> None:
        """Begin again with a new pool: a worker died in a moment in which pebble cannot go on."""
        for number in self.waiting:
            self._tries[number] = self._tries.get(number, 1) + 1
        self._stop()
        self._open()

    def _failure(self, error: BaseException) -> Failure:
        if isinstance(error, FutureTimeoutError):
            reason = f"took longer than {self._options.timeout:g} s"
            return Failure(Fault.TIMEOUT, reason, "Raise --timeout, or look at the file")
        code = error.exitcode if isinstance(error, ProcessExpired) else None
        if code == _OUT_OF_MEMORY:
            reason = f"took more than {self._options.max_memory / (1 << 20):,.0f} MB of memory"
            return Failure(Fault.MEMORY, reason, "Raise --max-memory, or look at the file")
        if code == -_KILLED:
            reason = "its worker was killed by the system, most likely for want of memory"
            return Failure(Fault.MEMORY, reason, "Use fewer --workers, or look at the file")
        told = f"its worker died ({_named(code)})"
        return Failure(Fault.CRASHED, told, "Look at the file")


def _tell(ended: SimpleQueue[tuple[int, Any]], number: int, future: Any) -> None:
    ended.put((number, future))


def _named(code: int | None) -> str:
    if code is None:
        return "and others with it"
    try:
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-code}"


def _context() -> Any:
    """Return how workers are made: forked from a warm process where the system can."""
    # Never forked from this process: it has threads, and forking a process with threads hangs.
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([_WARM])
    return context


# --- in the worker --------------------------------------------------------------------------------


def prepare_worker(options: BatchOptions) -> None:
    """Load what the first file would wait for, then set the limits."""
    _end_with_parent()
    if os.name == "posix":
        # Killed at once, also in a library's endless loop, where pebble's own handler never runs.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    warm_up(options)
    _limit_memory(options.max_memory)


def _guarded(function: Callable[[T], R], task: T) -> R | Failure:
    try:
        return function(task)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)  # what is left of this process is not worth keeping
    except BaseException as error:
        # A fault of ours, or an exit called by a library: neither may cost other files anything.
        told = f"{type(error).__name__}: {error}"[:_TOLD_CHARACTERS]
        return Failure(Fault.CRASHED, f"skillgap failed on it ({told})", "Please report this")


def _limit_memory(max_memory: int) -> None:
    """Let allocations fail that go beyond what the process has now by so many bytes."""
    if sys.platform != "linux":
        return  # no such limit, or one that the system does not keep
    import resource

    with open("/proc/self/statm", encoding="ascii") as counts:  # noqa: PTH123
        pages = int(counts.read().split()[0])
    limit = pages * resource.getpagesize() + max_memory
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _end_with_parent() -> None:
    """See to it that this process ends when its parent is killed."""
    parent = parent_process()
    if parent is None:
        return
    sentinel = parent.sentinel  # the end of a pipe whose other end only the parent has
    if sys.platform == "linux":
        import fcntl

        # The system itself ends this process when the pipe closes: a thread of ours would wait
        # for ever behind a library in an endless loop.
        signal.signal(signal.SIGIO, signal.SIG_DFL)
        fcntl.fcntl(sentinel, fcntl.F_SETOWN, os.getpid())
        flags = fcntl.fcntl(sentinel, fcntl.F_GETFL)
        fcntl.fcntl(sentinel, fcntl.F_SETFL, flags | os.O_ASYNC)
        if connection.wait([sentinel], timeout=0):  # it was killed before
            os._exit(1)
    else:
        Thread(target=_wait_and_end, args=[sentinel], daemon=True).start()


def _wait_and_end(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
