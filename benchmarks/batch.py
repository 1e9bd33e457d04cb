"""What a batch costs beside the scoring itself: speed, memory, and what poison files cost others.

    python benchmarks/batch.py speed FOLDER [--files N] [--rounds N]
    python benchmarks/batch.py memory [--files N ...]
    python benchmarks/batch.py poison FOLDER [--files N] [--timeout S]

`speed` scores files made of the PDFs in the folder, each with bytes of its own, end to end: found,
hashed, read, scored, row and report on disk. Beside it a bare `ProcessPoolExecutor` of equally warm
workers runs the same scoring and keeps nothing. Rounds take turns; medians are printed. Processor
time is what counts on a machine that others use.
`memory` runs with a function that scores nothing over as many small files as are asked for, and
prints the peak of the parent. `poison` puts files that end, stop or fill a worker among good ones.
"""

from __future__ import annotations

import argparse
import ctypes
import itertools
import os
import re
import resource
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from skillgap.batch.model import BatchOptions, BatchRow
from skillgap.batch.runner import Batch, open_store
from skillgap.batch.sources import Source, find_sources
from skillgap.batch.store import Store
from skillgap.batch.worker import Scored, Task, score, warm_up

OPTIONS = BatchOptions(as_of=date(2026, 11, 1))
POISON = {
    b"SEGFAULT": ("crashed", lambda: ctypes.string_at(0)),
    b"LOOP": ("timeout", lambda: re.fullmatch(r"(a|a)*b", "a" * 64)),
    b"BOMB": ("memory", lambda: [bytes(1 << 26) for _ in itertools.count()]),
    b"FAULT": ("crashed", lambda: {}["a fault"]),
    b"EXIT": ("crashed", lambda: os._exit(3)),
}


def score_or_suffer(task: Task) -> Scored:
    """Score a file, or do what its first word says."""
    with Path(task.source.file).open("rb") as file:
        word = file.read(16).split(b" ")[0]
    if word in POISON:
        POISON[word][1]()
    return score(task)


def score_timed(task: Task) -> Scored:
    """Score a file, and note the processor time of that where reasons stand."""
    start = process_time()
    scored = score(task)
    return replace(scored, row=replace(scored.row, reason=str(process_time() - start)))


def score_nothing(task: Task) -> Scored:
    """Stand in for scoring, to see what the rest costs."""
    return Scored(BatchRow(source=task.source.path, status="ok", sha256=task.sha256))


# --- files ----------------------------------------------------------------------------------------


def make_files(folder: Path, into: Path, count: int) -> None:
    """Write so many PDFs, in turn those of the folder, each with bytes of its own at its end."""
    found = sorted(path for path in folder.rglob("*.pdf") if "scan" not in path.name)
    if not found:
        sys.exit(f"{folder}: no PDF in it")
    contents = [path.read_bytes() for path in found]
    for number, content in zip(range(count), itertools.cycle(contents)):
        (into / f"{number:06}.pdf").write_bytes(content + b"\n%% %d\n" % number)


def make_poison(into: Path) -> dict[str, str]:
    """Write twenty bad files and return the status that each must have."""
    expected = {}
    for number, word in zip(range(17), itertools.cycle(POISON)):
        name = f"00{number * 57:04}-{word.decode().lower()}.txt"
        (into / name).write_bytes(b"%s %d" % (word, number))
        expected[name] = POISON[word][0]
    (into / "000100-empty.pdf").write_bytes(b"")
    with zipfile.ZipFile(into / "000200-bomb.docx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        bomb.writestr("word/document.xml", b" " * 300_000_000)
    (into / "000300-broken.pdf").write_bytes(b"%PDF-1.7\nnothing that a PDF is made of")
    return expected | {
        "000100-empty.pdf": "empty",
        "000200-bomb.docx": "limit",
        "000300-broken.pdf": "error",
    }


# --- measures -------------------------------------------------------------------------------------


def run_batch(
    folder: Path,
    workers: int,
    function: Callable[[Task], Scored] = score,
    timeout: float = 30,
    column: str = "status",
) -> tuple[float, dict[str, str]]:
    """Score a folder into a new database; return the seconds, and a column of the rows by name."""
    options = replace(OPTIONS, workers=workers, timeout=timeout, max_memory=500 << 20)
    with tempfile.TemporaryDirectory() as scratch:
        start = perf_counter()
        store, options = open_store(Path(scratch) / "run.db", options)
        with store:
            Batch(store, options, function=function).run(find_sources([str(folder)]))
            seconds = perf_counter() - start
            rows = list(store.rows())
    return seconds, {Path(row.source).name: getattr(row, column) for row in rows}


def run_bare(folder: Path, workers: int) -> tuple[float, int]:
    """Score a folder in a bare pool; return the seconds and how many were scored."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["skillgap.batch.warm"])
    start = perf_counter()
    tasks = [
        Task(source=Source(path=str(path), file=str(path)), sha256="", options=OPTIONS)
        for path in sorted(folder.iterdir())
    ]
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=partial(warm_up, OPTIONS)
    ) as pool:
        count = sum(scored.report is not None for scored in pool.map(score, tasks))
    return perf_counter() - start, count


def measure_speed(folder: Path, files: int, rounds: int) -> None:
    """Print files a second for one and two workers, beside a bare pool."""
    with tempfile.TemporaryDirectory() as scratch:
        into = Path(scratch)
        make_files(folder, into, files)
        run_bare(into, 1)  # the warm process is there for all
        times: dict[str, list[float]] = {}
        for _ in range(rounds):
            for workers in (1, 2):
                times.setdefault(f"bare pool, {workers}", []).append(run_bare(into, workers)[0])
                times.setdefault(f"batch, {workers}", []).append(run_batch(into, workers)[0])
        start = process_time()
        _, reasons = run_batch(into, 1, score_timed, column="reason")
        parent = process_time() - start
    worker = sum(map(float, reasons.values()))
    print(f"processor time a file: worker {1000 * worker / files:.1f} ms, ", end="")
    print(f"parent {1000 * parent / files:.2f} ms; {files / (worker + parent):.1f} files a second")
    print(f"{'workers':16} {'files/s':>8} {'of bare':>8} {'of one':>7}")
    middle = {name: median(seconds) for name, seconds in times.items()}
    for name, seconds in middle.items():
        kind, _, workers = name.partition(", ")
        bare, one = middle[f"bare pool, {workers}"], middle[f"{kind}, 1"]
        print(f"{name:16} {files / seconds:8.1f} {bare / seconds:8.2f} {one / seconds:7.2f}")


def measure_memory(counts: list[int]) -> None:
    """Print the peak memory of the parent over so many paths, each in a process of its own."""
    print(f"{'paths':>9} {'peak MB':>8} {'seconds':>8} {'ms/file':>8}")
    for count in counts:
        with tempfile.TemporaryDirectory() as scratch:
            for number in range(count):
                part = Path(scratch) / f"{number // 1000:04}"
                part.mkdir(exist_ok=True)
                (part / f"{number:07}.txt").write_bytes(b"Skills: Python %d" % number)
            command = [sys.executable, __file__, "one", scratch]
            done = subprocess.run(command, capture_output=True, encoding="ascii", check=True)
        seconds, peak_kb, rows = done.stdout.split()
        if int(rows) != count:
            sys.exit(f"{rows} rows for {count} files")
        each = 1000 * float(seconds) / count
        print(f"{count:9,} {int(peak_kb) / 1024:8.1f} {float(seconds):8.1f} {each:8.2f}")


def print_one(folder: Path) -> None:
    """Print seconds, peak memory in KB and rows of one run that scores nothing."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "run.db"
        start = perf_counter()
        store, options = open_store(path, replace(OPTIONS, workers=2))
        with store:
            Batch(store, options, function=score_nothing).run(find_sources([str(folder)]))
        seconds = perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with Store.open(path) as store:
            print(seconds, peak, sum(store.counts().values()))


def measure_poison(folder: Path, files: int, timeout: float) -> None:
    """Print what twenty poison files among good ones cost, and whether each row is right."""
    with tempfile.TemporaryDirectory() as scratch:
        into = Path(scratch)
        make_files(folder, into, files - 20)
        run_bare(into, 1)
        bare, scored = run_bare(into, 2)
        clean, _ = run_batch(into, 2, score_or_suffer, timeout)
        expected = {path.name: "ok" for path in into.iterdir()} | make_poison(into)
        poisoned, found = run_batch(into, 2, score_or_suffer, timeout)
    wrong = {name: found.get(name) for name in expected if found.get(name) != expected[name]}
    waited = Counter(expected.values())["timeout"] * timeout / 2
    print(f"bare pool, {scored} good files      {bare:7.1f} s")
    print(f"batch, the same files          {clean:7.1f} s   {bare / clean:.2f} of the bare pool")
    print(f"batch, with 20 poison files    {poisoned:7.1f} s   {waited:.1f} s of it time limits")
    print(f"rows {len(found)} of {len(expected)}, wrong ones: {wrong or 'none'}")


def main() -> None:
    """Parse the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    speed = commands.add_parser("speed")
    speed.add_argument("folder", type=Path)
    speed.add_argument("--files", type=int, default=400)
    speed.add_argument("--rounds", type=int, default=3)
    memory = commands.add_parser("memory")
    memory.add_argument("--files", type=int, nargs="+", default=[1_000, 100_000])
    poison = commands.add_parser("poison")
    poison.add_argument("folder", type=Path)
    poison.add_argument("--files", type=int, default=1_000)
    poison.add_argument("--timeout", type=float, default=10)
    commands.add_parser("one").add_argument("folder", type=Path)
    arguments = parser.parse_args()
    match arguments.command:
        case "speed":
            measure_speed(arguments.folder, arguments.files, arguments.rounds)
        case "memory":
            measure_memory(arguments.files)
        case "poison":
            measure_poison(arguments.folder, arguments.files, arguments.timeout)
        case _:
            print_one(arguments.folder)


if __name__ == "__main__":
    main()
