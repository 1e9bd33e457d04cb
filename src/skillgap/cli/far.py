"""The commands for a batch past one machine."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillgap.cli.options import ExitCode
from skillgap.cli.output import check_folder
from skillgap.cli.recorded import record
from skillgap.errors import StoreError, UsageError

if TYPE_CHECKING:
    from collections import Counter

    from skillgap.batch.model import BatchOptions
    from skillgap.batch.runner import How


class BatchEngine(StrEnum):
    """What runs a batch."""

    LOCAL = "local"
    RAY = "ray"


def run_far(paths: list[str], options: BatchOptions, out: str) -> Counter[str]:
    """Run a batch on Ray and tell each block on standard error; return the files of each status."""
    from skillgap.batch.ray import score_on_ray

    done = 0

    def tell(status: str, how: How, count: int) -> None:
        nonlocal done
        done += count
        typer.echo(f"{done:,} files done, now {count:,} {status} ({how})", err=True)

    try:
        counts = score_on_ray(paths, out, options, tell=tell)
    except KeyboardInterrupt:
        said = f"skillgap: stopped after {done:,} files; the same command continues"
        typer.echo(said, err=True)
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    if not counts:
        raise UsageError(f"{', '.join(paths)}: no file in it; name a folder of resumes")
    told = ", ".join(f"{status} {count:,}" for status, count in sorted(counts.items()))
    typer.echo(f"{counts.total():,} files ({told}), kept in {out}", err=True)
    return counts


def gather(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="OUT", help="What `--engine ray` wrote to.")],
    run_file: Annotated[Path, typer.Argument(metavar="RUN.db", help="The database to make.")],
) -> None:
    """Put what a batch on Ray wrote into a database, to rank, export and audit it."""
    from skillgap.batch.shards import Shards
    from skillgap.batch.store import Store

    check_folder(run_file)
    settings = Shards(folder).settings()
    if settings is None:
        raise StoreError(folder, "there is no run.json in it; name the --out of a batch on Ray")
    with Store.create(run_file, settings, settings["signature"]) as store:
        Shards(folder, settings["roles"]).copy_to(store)
        counts = store.counts()
        record(context, run_file, signature=store.signature, counts=counts)
    typer.echo(f"{sum(counts.values()):,} files in {run_file}", err=True)
