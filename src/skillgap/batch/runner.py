"""Many files, each scored in a worker process that may hang or die alone.

pebble's pool is the one that keeps every other file's result when a worker is killed by the
system, by the time limit or by a broken library.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from skillgap.analyzer import Analyzer
from skillgap.batch.model import BatchOptions, BatchRow, RoleResult
from skillgap.errors import DocumentError, SkillgapError, UsageError
from skillgap.report.model import FitReport

_GAPS_SHOWN = 5
# Endings of files that lie in folders of resumes and are none; text readers would take them.
_NO_RESUMES = frozenset(
    [
        ".bak",
        ".cfg",
        ".css",
        ".csv",
        ".db",
        ".ini",
        ".jsonl",
        ".js",
        ".lock",
        ".log",
        ".py",
        ".sh",
        ".sql",
        ".sqlite",
        ".tmp",
        ".toml",
        ".ts",
        ".tsv",
        ".typ",
        ".yaml",
        ".yml",
    ]
)


def find_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files that the paths name, those in folders included, sorted, each once.

    In a folder, what is no resume by its name is left out: hidden files, programs, tables and
    settings. A file that is named itself is always taken.

    Raises:
        UsageError: A path does not exist.
    """
    found: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder; check the name")
        if path.is_dir():
            found.update(_files_in(path))
        else:
            found.add(path)
    return tuple(sorted(found))


def _files_in(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if not name.startswith(".") and Path(name).suffix.lower() not in _NO_RESUMES:
                yield Path(parent) / name


def score_files(files: Sequence[Path], options: BatchOptions) -> Iterator[BatchRow]:
    """Score each file in a worker process and yield its row, in the order of the files.

    A file whose worker runs out of time, or dies, is a row like any other; the next file gets a
    new worker.

    Raises:
        TaxonomyError: The taxonomy cannot be loaded, or does not know a role.
    """
    if options.as_of is None:  # one day for all files, also when midnight passes
        options = replace(options, as_of=datetime.now(tz=UTC).date())
    workers = min(options.workers or os.cpu_count() or 1, len(files) or 1)
    context = get_context("spawn")  # the pool has threads, and forking a process with threads hangs
    ahead = iter(files)
    with ProcessPool(max_workers=workers, max_tasks=options.recycle, context=context) as pool:

        def schedule(path: Path) -> tuple[Path, ProcessFuture[BatchRow]]:
            return path, pool.schedule(_score, args=[path, options], timeout=options.timeout)

        waiting = deque(schedule(path) for path in islice(ahead, workers * options.window))
        try:
            while waiting:
                path, future = waiting.popleft()
                yield _outcome(path, future, options)
                waiting.extend(schedule(path) for path in islice(ahead, 1))
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _outcome(path: Path, future: ProcessFuture[BatchRow], options: BatchOptions) -> BatchRow:
    source = str(path)
    try:
        row: BatchRow = future.result()
    except FutureTimeoutError:
        reason = f"took longer than {options.timeout:g} s. Raise --timeout, or look at the file"
        return BatchRow(source=source, status="timeout", reason=reason)
    except ProcessExpired as error:
        reason = f"its worker died (exit code {error.exitcode}). Look at the file"
        return BatchRow(source=source, status="crashed", reason=reason)
    except MemoryError:
        return BatchRow(source=source, status="memory", reason="took more memory than there is")
    except SkillgapError:
        raise
    except Exception as error:  # a fault of ours: it must not cost the other files their rows
        reason = f"skillgap failed on it ({type(error).__name__}: {error}). Please report this"
        return BatchRow(source=source, status="crashed", reason=reason)
    return row


@cache
def _analyzer(options: BatchOptions) -> Analyzer:
    return Analyzer(options.taxonomy, roles=options.roles, policy=options.policy)


def _score(path: Path, options: BatchOptions) -> BatchRow:
    """Score one file; runs in a worker."""
    try:
        report = _analyzer(options).analyze(path, as_of=options.as_of)
    except DocumentError as error:
        reason = f"{error.reason}. {error.advice}"
        return BatchRow(source=str(path), status=error.status, reason=reason)
    return row_of(report)


def row_of(report: FitReport) -> BatchRow:
    """Return the row that a report is shortened to."""
    return BatchRow(
        source=report.document.source,
        status="ok",
        sha256=report.document.sha256,
        results={
            fit.role: RoleResult(
                score=fit.score,
                low=fit.interval[0],
                high=fit.interval[1],
                word=fit.word,
                gaps=tuple(gap.label for gap in fit.gaps[:_GAPS_SHOWN]),
            )
            for fit in report.fits
        },
        lean=report.lean.role or "",
        lean_word=report.lean.word,
        net_share=report.lean.net_share,
        skills=len(report.held),
        held=tuple(skill.id for skill in report.held),
        notices=tuple(notice.code for notice in report.notices),
    )
