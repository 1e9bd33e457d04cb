"""A batch past one machine: Ray hands out blocks of files, Parquet keeps what comes of them.

Each block is a task of Ray that runs the same isolated workers as a batch on one machine: a file
that hangs, dies or fills the memory costs its own result and never Ray's worker, which Ray would
start again for ever. The same call continues: what the output has is left out, by the hash of the
bytes and the signature of the scores.
"""

from __future__ import annotations

import logging
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from skillgap.batch.model import BatchOptions, BatchRow
from skillgap.batch.pool import Failure, work
from skillgap.batch.runner import How, check_signature, failed, hash_of, made_by, signature_of
from skillgap.batch.shards import INSTALL, SCHEME, FileRow, Known, Shards, open_filesystem
from skillgap.batch.sources import Source, find_sources, may_be_resume
from skillgap.batch.worker import Scored, Task, score
from skillgap.document.options import Limits
from skillgap.errors import StoreError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

_MAX_BYTES = Limits().max_bytes
# Files of a task: at 30 files a second half a minute, so that a lost machine costs little, and what
# a task costs besides its files (about a second) still less.
_BLOCK = 1_024
_BLOCKS_A_CORE = 4  # of fewer files: so many blocks that all cores end at about the same time
# Files known to the driver at a time; memory there does not grow with the batch.
_AHEAD = 1 << 19


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What every block is told."""

    options: BatchOptions
    signature: str
    shards: Shards
    run: int
    function: Callable[[Task], Scored]
    keep_reports: bool


def score_on_ray(
    paths: Iterable[str],
    out: str,
    options: BatchOptions,
    *,
    tell: Callable[[str, How, int], None] = lambda _status, _how, _count: None,
    function: Callable[[Task], Scored] = score,
    keep_reports: bool = True,
) -> Counter[str]:
    """Score files on a Ray cluster: that of `RAY_ADDRESS`, or one of this machine's own.

    Args:
        paths: Files and folders, here (then every machine has to see them at the same path) or
            by address (`s3://bucket/folder`). Archives are looked into only here.
        out: The folder of the output, a path or an address.
        options: `workers` is how many cores to use; all of the cluster when None.
        tell: Called with a status, how files came by it, and how many, when a block is done.
        function: What scores a file, in a worker.
        keep_reports: Whether whole reports are kept, or rows alone.

    Returns:
        How many of these files have each status, kept and copied ones included as `known`.

    Raises:
        UsageError: Ray is not installed, or there is no such file.
        StoreError: The output cannot be written, or other things made its scores.
    """
    ray = _ray()
    shards, options, signature = _output(out, options)
    plan = _Plan(
        options=replace(options, workers=1),
        signature=signature,
        shards=shards,
        run=shards.next_run(),
        function=function,
        keep_reports=keep_reports,
    )
    sources = _sources(paths)
    counts: Counter[str] = Counter()
    with _cluster(ray, options.workers):
        known = ray.put(shards.known(only_scored=options.retry_failed))
        cores = max(1, int(ray.cluster_resources().get("CPU", 1)))
        while ahead := list(islice(sources, _AHEAD)):
            size = min(_BLOCK, 1 + len(ahead) // (cores * _BLOCKS_A_CORE))
            blocks = [_table(ahead[at : at + size]) for at in range(0, len(ahead), size)]
            done = ray.data.from_arrow(blocks).map_batches(
                partial(_score_block, plan=plan, known=known),
                batch_size=None,
                batch_format="pyarrow",
                num_cpus=1,
            )
            for row in _told(ray, done, out):
                counts[row["status"]] += row["count"]
                tell(row["status"], How(row["how"]), row["count"])
    return counts


def _ray() -> Any:
    # Nothing is sent to anybody about what is run here.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise UsageError(f"--engine ray: Ray is not installed; {INSTALL}") from error
    return ray


@contextmanager
def _cluster(ray: Any, workers: int | None) -> Iterator[None]:
    """Join the cluster of `RAY_ADDRESS`, or start one on this machine for as long as it is used."""
    if ray.is_initialized():
        yield
        return
    if os.environ.get("RAY_ADDRESS"):
        ray.init(log_to_driver=False)
    else:
        ray.init(
            address="local",
            num_cpus=workers,
            include_dashboard=False,
            log_to_driver=False,
            logging_level="ERROR",
        )
    ray.data.DataContext.get_current().enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)  # it tells its plans on standard error
    try:
        yield
    finally:
        ray.shutdown()


def _told(ray: Any, done: Any, out: str) -> Iterator[dict[str, Any]]:
    """Yield what blocks counted; what went wrong in one is told as it would be here."""
    try:
        yield from done.iter_rows()
    except ray.exceptions.RayTaskError as error:
        cause = getattr(error, "cause", None)
        if isinstance(cause, StoreError):
            raise StoreError(out, cause.reason) from error
        raise


def _output(out: str, options: BatchOptions) -> tuple[Shards, BatchOptions, str]:
    """Open the output, to go on with it or to begin; a batch keeps the day it was begun."""
    settings = Shards(out).settings()
    if settings is not None and options.as_of is None:
        options = replace(options, as_of=date.fromisoformat(settings["as_of"]))
    options = replace(options, as_of=options.day)
    made = made_by(options)
    shards = Shards(out, made["roles"])
    signature = signature_of(made)
    if settings is None:
        shards.write_settings(
            {
                "made_by": made,
                "roles": made["roles"],
                "as_of": made["as_of"],
                "blind": options.blind is not None,
                "signature": signature,
            }
        )
    else:
        check_signature(out, settings["made_by"], made)
    return shards, replace(options, roles=shards.roles), signature


def _sources(paths: Iterable[str]) -> Iterator[Source]:
    for path in paths:
        if SCHEME in path:
            yield from _sources_far(path)
        else:
            yield from find_sources([path])


def _sources_far(address: str) -> Iterator[Source]:
    """Yield the files at an address, those in its folders included, sorted."""
    from pyarrow.fs import FileSelector, FileType

    files, path = open_filesystem(address)
    scheme = address.partition(SCHEME)[0]
    (info,) = files.get_file_info([path])
    if info.type is FileType.NotFound:
        raise UsageError(f"{address}: no such file or folder; check the address")
    if info.type is FileType.Directory:
        found = files.get_file_info(FileSelector(path, recursive=True))
        infos = sorted((i for i in found if _is_wanted(i, path)), key=lambda i: i.path)
    else:
        infos = [info]
    for info in infos:
        name = f"{scheme}{SCHEME}{info.path}"
        yield Source(path=name, file=name, size=info.size, mtime_ns=info.mtime_ns or 0)


def _is_wanted(info: Any, root: str) -> bool:
    parts = PurePosixPath(info.path.removeprefix(root)).parts
    hidden = any(part.startswith(".") for part in parts)
    return bool(info.is_file and not hidden and may_be_resume(info.base_name))


def _table(sources: list[Source]) -> pa.Table:
    import pyarrow as pa

    names = ("path", "file", "member", "size", "mtime_ns")
    text, number = pa.string(), pa.int64()
    return pa.table(
        {name: [getattr(source, name) for source in sources] for name in names},
        schema=pa.schema(list(zip(names, (text, text, number, number, number), strict=True))),
    )


# --- in a task of Ray -----------------------------------------------------------------------------


def _score_block(block: pa.Table, *, plan: _Plan, known: Any) -> pa.Table:
    """Score the files of a block and keep what came of them; return how many came to what."""
    import pyarrow as pa
    import ray

    with TemporaryDirectory(prefix="skillgap-") as folder, _no_main():
        state = _Block(plan, ray.get(known), Path(folder))
        sources = (Source(**row) for row in block.to_pylist())
        for task, outcome in work(plan.function, state.tasks(sources), plan.options):
            state.keep(task, outcome)
    plan.shards.write(plan.run, state.files, state.results, plan.signature)
    counted = [
        {"status": status, "how": how.value, "count": count}
        for (status, how), count in sorted(state.counts.items())
    ]
    schema = pa.schema([("status", pa.string()), ("how", pa.string()), ("count", pa.int64())])
    return pa.Table.from_pylist(counted, schema=schema)


@contextmanager
def _no_main() -> Iterator[None]:
    """Let new processes not run the program of Ray's worker: it takes a second and is not used."""
    main = sys.modules["__main__"]
    kept = {name: getattr(main, name, None) for name in ("__file__", "__spec__")}
    for name in kept:
        setattr(main, name, None)
    try:
        yield
    finally:
        for name, value in kept.items():
            setattr(main, name, value)


class _Block:
    """The files of one task, and what came of them."""

    def __init__(self, plan: _Plan, known: Known, folder: Path) -> None:
        self._plan = plan
        self._known = known
        self._folder = folder
        self._seen: set[str] = set()
        self.files: list[FileRow] = []
        self.results: list[tuple[BatchRow, bytes | None]] = []
        self.counts: Counter[tuple[str, How]] = Counter()

    def tasks(self, sources: Iterable[Source]) -> Iterator[Task | None]:
        """Yield what has to be scored, and None for what has a result."""
        for number, source in enumerate(sources):
            task = self._task(source, number)
            if task is None:
                continue
            file = FileRow(source.path, task.sha256, source.size, source.mtime_ns)
            listed = self._known.has_file(file)
            if not listed:
                self.files.append(file)
            if task.sha256 and (file.key in self._seen or self._known.has_content(file.key)):
                self.counts["known", How.KEPT if listed else How.COPY] += 1
                self._forget(task.source)
                yield None
            else:
                self._seen.add(file.key)
                yield task

    def _task(self, source: Source, number: int) -> Task | None:
        """Return the task that a file is, fetched to this machine; None when it cannot be had."""
        if SCHEME in source.file:
            try:
                source = _fetched(source, self._folder / str(number))
            except OSError as error:
                reason = f"cannot be read ({error}). Check that this machine may read it"
                self._add(BatchRow(source=source.path, status="error", reason=reason), None)
                return None
        return Task(source=source, sha256=hash_of(source), options=self._plan.options)

    def keep(self, task: Task, outcome: Scored | Failure) -> None:
        """Keep what came of a file."""
        if isinstance(outcome, Failure):
            self._add(failed(task, outcome), None)
        else:
            self._add(outcome.row, outcome.report if self._plan.keep_reports else None)
        self._forget(task.source)

    def _add(self, row: BatchRow, report: bytes | None) -> None:
        self.results.append((row, report))
        self.counts[row.status, How.SCORED] += 1

    def _forget(self, source: Source) -> None:
        path = Path(source.file)
        if path.is_relative_to(self._folder):
            path.unlink()


def _fetched(source: Source, place: Path) -> Source:
    """Copy a file from far away; of one that is too large, as much as shows that."""
    files, path = open_filesystem(source.file)
    place = place.with_suffix(PurePosixPath(path).suffix[:16])
    left = _MAX_BYTES + 1
    with files.open_input_stream(path) as stream, place.open("wb") as copy:
        while left > 0 and (chunk := stream.read(min(left, 1 << 20))):
            copy.write(chunk)
            left -= len(chunk)
    return replace(source, file=str(place), size=place.stat().st_size)
