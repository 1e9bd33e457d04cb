"""The commands for many resumes: run a batch, then ask what it found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from skillgap.cli.loading import load_policy
from skillgap.cli.options import AsOf, ExitCode, PolicyFile, Role, RoleChoice, TaxonomyFile
from skillgap.cli.output import check_folder, opened
from skillgap.errors import UsageError

if TYPE_CHECKING:
    from skillgap.batch.model import BatchRow


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
    "at it. A folder with the name of a command is written `./status`.",
    no_args_is_help=True,
)


@batch_app.command(_RUN)
def run(
    paths: Annotated[list[Path], typer.Argument(help="Folders of resumes, or single files.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The table: a .csv or a .jsonl file.")
    ],
    role: Role = RoleChoice.BOTH,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; one for each core when not given.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds for one file.")] = 30.0,
    as_of: AsOf = None,
    taxonomy: TaxonomyFile = None,
    policy: PolicyFile = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 when any file cannot be read.")
    ] = False,
) -> None:
    """Score a folder of resumes: one ranked row a file, unreadable ones with their reason."""
    from skillgap.batch.model import BatchOptions
    from skillgap.batch.runner import find_files, score_files
    from skillgap.batch.table import ranked, table_format, write_table

    form = table_format(output)
    check_folder(output)  # before the work, which may take hours
    own = output.resolve()  # the table of an earlier run is no resume
    files = [file for file in find_files(paths) if file.resolve() != own]
    if not files:
        raise UsageError(f"{', '.join(map(str, paths))}: no file in it; name a folder of resumes")
    options = BatchOptions(
        roles=role.roles,
        workers=workers,
        timeout=timeout,
        as_of=as_of.date() if as_of is not None else None,
        taxonomy=taxonomy,
        policy=load_policy(policy),
    )
    rows = ranked(_watched(score_files(files, options), len(files)), role.roles)
    with opened(output) as out:
        write_table(rows, role.roles, form, out)
    read = sum(row.status == "ok" for row in rows)
    typer.echo(f"{read} of {len(rows)} files scored, written to {output}", err=True)
    if not read:
        raise typer.Exit(ExitCode.NOTHING_READ)
    if strict and read < len(rows):
        raise typer.Exit(ExitCode.FAULTS)


def _watched(rows: Iterable[BatchRow], total: int) -> Iterator[BatchRow]:
    """Pass rows on, with a progress bar on a terminal's standard error."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(
        rows,
        description="Scoring",
        total=total,
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )


RunFile = Annotated[Path, typer.Argument(metavar="RUN.db", help="What `batch --out` wrote.")]


@batch_app.command()
def status(run_file: RunFile) -> None:
    """Tell how many files of a batch are done, and how they ended; it may still be running."""
    from skillgap.batch.run import Run

    with Run(run_file) as batch_run:
        counts = batch_run.counts()
    typer.echo(f"{sum(counts.values())} files")
    for name, count in counts.items():
        typer.echo(f"{count:9} {name}")
