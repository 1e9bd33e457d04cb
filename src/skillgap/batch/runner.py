"""The whole line once for each file: what is new is scored, in workers that may fail alone."""

from __future__ import annotations

import hashlib
import json
import re
import stat
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from skillgap.analyzer import Analyzer
from skillgap.batch.model import BatchOptions, BatchRow
from skillgap.batch.pool import Failure, work
from skillgap.batch.sources import Source, read_member
from skillgap.batch.store import Store, content_key
from skillgap.batch.worker import Scored, Task, score
from skillgap.document.options import Limits
from skillgap.errors import DocumentError, StoreError

_MAX_BYTES = Limits().max_bytes
_HASH_SHOWN = 16  # characters of the signature: enough to tell the few of one database apart
_BLIND = "blind"  # what is masked is no part of a score, yet of what is kept
_TOLD = re.compile(r"\((\w+): .*\)", re.DOTALL)  # what an error says, which may quote the resume
_MAX_COPIES_HELD = 10_000  # that wait for the one of them that is in work


class How(StrEnum):
    """How a file came by its result."""

    SCORED = "scored"
    COPY = "copy"  # of a file that has one
    KEPT = "kept"  # of an earlier run


@dataclass(frozen=True, slots=True)
class Done:
    """A file whose row is on disk."""

    path: str
    status: str
    how: How


def open_store(
    path: Path, options: BatchOptions, *, begun_with: Sequence[str] = ()
) -> tuple[Store, BatchOptions]:
    """Open the database of a batch to go on with it, or make a new one.

    Args:
        path: The database.
        options: How the batch runs.
        begun_with: Paths and options of the command, which a new database keeps to tell them.

    Returns:
        The database, and the options with the day that "present" means in it: a batch that is
        continued tomorrow goes on with the day it was started.

    Raises:
        StoreError: It cannot be used, or other things made its scores.
        TaxonomyError: The taxonomy cannot be loaded, or does not know a role.
    """
    if not path.exists():
        options = replace(options, as_of=options.day)  # one for all files, also after midnight
        made = made_by(options)
        settings = {
            "made_by": made,
            "roles": list(options.roles),
            "as_of": made["as_of"],
            "begun_with": list(begun_with),
        }
        return Store.create(path, settings, signature_of(made)), options
    store = Store.open(path, write=True)
    try:
        if options.as_of is None:
            options = replace(options, as_of=date.fromisoformat(store.options["as_of"]))
        check_signature(store.path, store.options["made_by"], made_by(options))
    except BaseException:
        store.close()
        raise
    return store, options


def made_by(options: BatchOptions) -> dict[str, Any]:
    """Return all that makes what a batch keeps, as JSON knows it.

    Raises:
        TaxonomyError: The taxonomy cannot be loaded, or does not know a role.
    """
    analyzer = Analyzer(options.taxonomy, roles=options.roles, policy=options.policy)
    for role in analyzer.roles:
        analyzer.taxonomy.role(role)  # a wrong one is told before any work
    signature = analyzer.signature(options.day).model_dump(mode="json")
    masked = {_BLIND: asdict(options.blind)} if options.blind is not None else {}
    return {"roles": list(analyzer.roles), **signature, **masked}


def signature_of(made: Mapping[str, Any]) -> str:
    """Return the hash of what `made_by` tells."""
    return hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()[:_HASH_SHOWN]


def check_signature(where: object, then: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Refuse to go on with scores that other things made.

    Raises:
        StoreError: They are not comparable; it says what changed.
    """
    if signature_of(now) == signature_of(then):
        return
    changed = sorted(key for key in {*then, *now} if then.get(key) != now.get(key))
    if changed == [_BLIND]:
        raise StoreError(
            where,
            "its reports are masked in another way; write to a new file, or give the --blind "
            "options that it was started with",
        )
    raise StoreError(
        where,
        f"its scores were made with other {', '.join(changed)}, and such scores are not "
        "comparable; write to a new file, or run with what made it",
    )


class Batch:
    """One run over files: what is known is passed over, what is new is scored and kept.

    Args:
        store: Where rows go.
        options: As `open_store` returned them.
        tell: Called with each file once its row is on disk.
        function: What scores a file, in a worker.
        keep_reports: Whether whole reports are kept, or rows alone.
    """

    def __init__(
        self,
        store: Store,
        options: BatchOptions,
        *,
        tell: Callable[[Done], None] = lambda _: None,
        function: Callable[[Task], Scored] = score,
        keep_reports: bool = True,
    ) -> None:
        self._store = store
        self._options = options
        self._tell = tell
        self._function = function
        self._keep_reports = keep_reports
        self._in_work: dict[str, list[Source]] = {}  # copies that wait, by the key of the content
        self._waiting = 0  # of them
        self._again: deque[Source] = deque()
        self._retried: set[str] = set()

    def run(self, sources: Iterable[Source]) -> None:
        """Score what is new, in whatever order it is done.

        Raises:
            StoreError: A row cannot be written; those before it are kept.
        """
        while True:
            for task, outcome in work(self._function, self._tasks(sources), self._options):
                self._keep(task, outcome)
            if not self._again:
                return
            sources, self._again = self._again, deque()

    def _tasks(self, sources: Iterable[Source]) -> Iterator[Task | None]:
        """Yield what has to be scored, and None for what has not."""
        for source in sources:
            yield self._task(source)
            while self._waiting >= _MAX_COPIES_HELD:
                yield None

    def _task(self, source: Source) -> Task | None:
        stamp = {"size": source.size, "mtime_ns": source.mtime_ns}
        status = self._store.known_file(source.path, **stamp)
        if status is not None and not self._is_due(status, source.path):
            self._tell(Done(source.path, status, How.KEPT))
            return None
        sha256 = hash_of(source)
        if not sha256:
            return Task(source=source, sha256="", options=self._options)
        key = content_key(sha256, source.path)
        if key in self._in_work:
            self._in_work[key].append(source)
            self._waiting += 1
            return None
        status = self._store.known(sha256, source.path)
        if status is not None and not self._is_due(status, key):
            self._store.add_copy(source.path, sha256, **stamp)
            self._tell(Done(source.path, status, How.COPY))
            return None
        if status is not None:
            self._retried.add(key)
        self._in_work[key] = []
        return Task(source=source, sha256=sha256, options=self._options)

    def _is_due(self, status: str, key: str) -> bool:
        """Tell whether a known result is to be made anew."""
        options = self._options
        opens = status == "encrypted" and options.password is not None
        return (opens or (options.retry_failed and status != "ok")) and key not in self._retried

    def _keep(self, task: Task, outcome: Scored | Failure) -> None:
        if isinstance(outcome, Failure):
            row, report = failed(task, outcome), None
        else:
            row, report = outcome.row, outcome.report
        source, changed = task.source, row.sha256 != task.sha256
        self._store.add(
            row,
            report if self._keep_reports else None,
            size=-1 if changed else source.size,  # changed meanwhile: to be looked at again
            mtime_ns=source.mtime_ns,
        )
        self._tell(Done(source.path, row.status, How.SCORED))
        copies = self._in_work.pop(content_key(task.sha256, source.path), [])
        self._waiting -= len(copies)
        for copy in copies:
            if changed:
                self._again.append(copy)
                continue
            self._store.add_copy(copy.path, task.sha256, size=copy.size, mtime_ns=copy.mtime_ns)
            self._tell(Done(copy.path, row.status, How.COPY))


def failed(task: Task, failure: Failure) -> BatchRow:
    """Return the row of a file whose worker gave no result."""
    reason = failure.reason
    if task.options.blind is not None:
        reason = _TOLD.sub(r"(\1)", reason)
    return BatchRow(
        source=task.source.path,
        status=failure.fault,
        reason=f"{reason}. {failure.advice}",
        sha256=task.sha256,
    )


def hash_of(source: Source) -> str:
    """Return the hash of the bytes; empty when they cannot be read, or are too many to be read.

    A worker will then say why, in the same words as `analyze`.
    """
    if not 0 <= source.size <= _MAX_BYTES:
        return ""
    try:
        if source.member is not None:
            return hashlib.sha256(read_member(source, _MAX_BYTES)).hexdigest()
        path = Path(source.file)
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for
            return ""
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError, DocumentError):
        return ""
