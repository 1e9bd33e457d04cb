"""The commands for many resumes: run a batch, then ask what it found."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from skillgap.cli.far import BatchEngine, gather, run_far
from skillgap.cli.loading import load_policy
from skillgap.cli.options import (
    BOTH,
    STDIN,
    AsOf,
    Blind,
    BlindEmployers,
    BlindSchools,
    ExitCode,
    Password,
    PolicyFile,
    Role,
    Strict,
    TaxonomyFile,
    blind_options,
    chosen_day,
    role_ids,
)
from skillgap.cli.output import check_folder, opened_bytes
from skillgap.cli.ranking import export, rank, show, status, table_format
from skillgap.cli.recorded import record
from skillgap.errors import UsageError

if TYPE_CHECKING:
    from skillgap.batch.choice import TableFormat
    from skillgap.batch.model import BatchOptions
    from skillgap.batch.sources import Source
    from skillgap.batch.store import Store
    from skillgap.cli.progress import Watch


_HELP = ("-h", "--help")
_RUN = "run"


class _RunByDefault(TyperGroup):
    """Runs a batch when the first word is none of the commands but a path or an option."""

    # Any: newer versions of Typer bring a click of their own.
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in _HELP:
            args = [_RUN, *args]
        return super().parse_args(ctx, args)


batch_app = typer.Typer(
    cls=_RunByDefault,
    help="Score many resumes: `skillgap batch FOLDER --out run.db` runs a batch, the commands look "
    "at it, and `skillgap batch run --help` tells its options. A folder with the name of a command "
    "is written `./status`.",
    no_args_is_help=True,
)


@batch_app.command(_RUN)
def run(
    context: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(help="Folders, files, zip archives, patterns; - for a list of paths."),
    ],
    role: Role = BOTH,
    out: Annotated[
        str | None,
        typer.Option(
            help="Keep rows and reports in this file (for ray: this folder or address); the same "
            "command continues it."
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write a ranked table: .csv, .xlsx, .jsonl, .parquet."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; one for each core when not given.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds for one file.")] = 30.0,
    max_memory: Annotated[
        str, typer.Option(metavar="SIZE", help="Memory for one file, such as 500M or 2G.")
    ] = "2G",
    blind: Blind = False,
    blind_employers: BlindEmployers = False,
    blind_schools: BlindSchools = False,
    password: Password = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try files again that were not scored before.")
    ] = False,
    as_of: AsOf = None,
    taxonomy: TaxonomyFile = None,
    policy: PolicyFile = None,
    strict: Strict = False,
    engine: Annotated[
        BatchEngine, typer.Option(help="What runs it: this machine, or a Ray cluster.")
    ] = BatchEngine.LOCAL,
) -> None:
    """Score resumes: one row a file, unreadable ones with their reason."""
    from skillgap.batch.model import BatchOptions

    if out is None and output is None:
        raise UsageError("where to? Give --out run.db to keep everything, or -o scores.csv")
    options = BatchOptions(
        roles=role_ids(role),
        workers=workers,
        timeout=timeout,
        max_memory=_bytes(max_memory),
        as_of=chosen_day(as_of),
        taxonomy=taxonomy,
        policy=load_policy(policy),
        retry_failed=retry_failed,
        blind=blind_options(blind=blind, employers=blind_employers, schools=blind_schools),
        password=password,
    )
    if engine is BatchEngine.RAY:
        if out is None or output is not None:
            raise UsageError("--engine ray writes Parquet: give --out FOLDER, and no --output")
        counts: Mapping[str, int] = run_far(paths, options, out)
    else:
        counts = _run(paths, options, Path(out) if out is not None else None, output, context)
    if not counts.get("ok"):
        raise typer.Exit(ExitCode.NOTHING_READ)
    if strict and len(counts) > 1:
        raise typer.Exit(ExitCode.FAULTS)


def _run(
    paths: list[str],
    options: BatchOptions,
    out: Path | None,
    output: Path | None,
    context: typer.Context,
) -> dict[str, int]:
    """Run the batch, write the table if one is asked for, and count the files of each status."""
    from skillgap.batch.runner import open_store
    from skillgap.batch.sources import check_paths

    form = table_format(output) if output is not None else None
    for file in (file for file in (out, output) if file is not None):
        if file.is_dir():
            raise UsageError(f"{file}: this is a folder; name a file, such as run.db")
        check_folder(file)  # before the work, which may take hours
    check_paths(paths)
    with contextlib.ExitStack() as stack:
        kept = out
        if kept is None:  # rows go through a file all the same: memory does not grow with them
            folder = stack.enter_context(TemporaryDirectory(prefix="skillgap-"))
            kept = Path(folder) / "run.db"
        sources = _sources(paths, kept, output)
        store, options = open_store(kept, options, begun_with=_begun_with(context, paths, options))
        stack.enter_context(store)
        if out is not None:
            record(context, out, event="begun", signature=store.signature, counts=store.counts())
            # Also when it is stopped; of one that is killed only the line before tells.
            stack.callback(_record_end, context, store)
        _score(store, options, sources, paths, out)
        if form is not None and output is not None:
            _write_table(kept, output, form)
        counts = store.counts()
    files = sum(counts.values())
    places = [f"kept in {out}"] * (out is not None) + [f"written to {output}"] * bool(output)
    said = f"{counts.get('ok', 0)} of {files} files scored, {' and '.join(places)}"
    then = f"; `skillgap batch rank {out}` ranks them" if out is not None and files else ""
    typer.echo(f"{said}{then}", err=True)
    return counts


# What the results hang on. The day is kept in the run, and a password nowhere.
_CONTINUING = frozenset(
    [
        "role",
        "timeout",
        "max_memory",
        "blind",
        "blind_employers",
        "blind_schools",
        "taxonomy",
        "policy",
    ]
)


def _begun_with(context: typer.Context, paths: list[str], options: BatchOptions) -> list[str]:
    """Return the paths and options that continue the batch; a blind one keeps no path."""
    given = ["PATH..."] if options.blind is not None else list(paths)
    for parameter in context.command.params:
        value = context.params.get(parameter.name or "")
        if parameter.name not in _CONTINUING or value == parameter.default:
            continue
        given.append(parameter.opts[0])
        if value is not True:
            given.append(str(value))
    return given


def _write_table(run_file: Path, output: Path, form: TableFormat) -> None:
    from skillgap.batch.export import write_table
    from skillgap.batch.run import Run

    with Run(run_file) as batch_run, opened_bytes(output) as out:
        write_table(batch_run.table(batch_run.rank()), form, out)


def _record_end(context: typer.Context, store: Store) -> None:
    record(context, store.path, event="ended", signature=store.signature, counts=store.counts())


def _sources(paths: list[str], kept: Path, output: Path | None) -> Iterator[Source]:
    """Yield the files to score.

    Raises:
        UsageError: There is none: most likely another folder was meant.
    """
    from skillgap.batch.sources import find_sources, lines_of

    own = [Path(f"{kept}{end}") for end in ("", "-wal", "-shm", ".log")]
    if output is not None:
        own.append(output)  # the table of an earlier run is no resume
    found = find_sources(paths, leave_out=own, stdin=lines_of(sys.stdin))
    first = next(found, None)
    if first is None:
        raise UsageError(f"{', '.join(paths)}: no file in it; name a folder of resumes")
    return chain([first], found)


def _score(
    store: Store,
    options: BatchOptions,
    sources: Iterator[Source],
    paths: list[str],
    out: Path | None,
) -> None:
    """Score the files, telling how far it is; Ctrl-C ends it with what to do to continue."""
    from rich.console import Console

    from skillgap.batch.runner import Batch, Done, How
    from skillgap.cli.progress import Watch, watched

    watch = Watch()
    if STDIN not in paths:
        Thread(target=_count, args=[watch, paths], daemon=True).start()
    with watched(watch, Console(stderr=True)) as show:

        def tell(done: Done) -> None:
            watch.add(done.status, fresh=done.how is How.SCORED)
            show()

        batch = Batch(store, options, tell=tell, keep_reports=out is not None)
        try:
            batch.run(sources)
        except KeyboardInterrupt:
            told = "the same command continues" if out is not None else "nothing is kept"
            typer.echo(f"skillgap: stopped after {watch.counts.total():,} files; {told}", err=True)
            raise typer.Exit(ExitCode.INTERRUPTED) from None


def _count(watch: Watch, paths: list[str]) -> None:
    """Count the files while the first are scored: for how long it will take."""
    from skillgap.batch.sources import find_sources

    watch.total = sum(1 for _ in find_sources(paths))


_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
_LEAST_MEMORY = 50 << 20  # less is not enough for any PDF


def _bytes(size: str) -> int:
    """Return a size in bytes.

    >>> _bytes("1.5G") == 3 << 29
    True
    """
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?", size.strip(), re.IGNORECASE)
    if found is None:
        raise UsageError(f"--max-memory {size}: what size? Write it as 500M or 2G")
    count = int(float(found[1]) * _UNITS[found[2].upper()])
    if count < _LEAST_MEMORY:
        raise UsageError(f"--max-memory {size}: too little to read any resume; give 50M or more")
    return count


for command in (status, rank, export, show, gather):
    batch_app.command()(command)
