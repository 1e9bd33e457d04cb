"""Commands that look at the log of a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillgap.cli.options import ExitCode
from skillgap.report.choice import ListingFormat

if TYPE_CHECKING:
    from skillgap.batch.log import LogLine

log_app = typer.Typer(
    help="Who ran what on a batch: `run.db.log` grows with each run, export and audit.",
    no_args_is_help=True,
)
LogFile = Annotated[Path, typer.Argument(metavar="FILE", help="`run.db`, or its `run.db.log`.")]


@log_app.command("verify")
def log_verify(
    file: LogFile,
    head: Annotated[
        str | None,
        typer.Option(help="The hash that was noted earlier: finds lines missing at the end too."),
    ] = None,
) -> None:
    """Check that no line of a log was changed, removed, added or moved; name the first that was.

    A log from which the last lines were cut off, or that was written anew, is whole in itself: note
    the head that this command tells, where others cannot change it, and give it back as --head.
    """
    from skillgap.batch.log import log_of, verify

    path = log_of(file)
    found = verify(path, head)
    if found.fault:
        typer.echo(f"{path}: {found.fault}")
        raise typer.Exit(ExitCode.FAULTS)
    since = "" if found.known_lines is None else f", the noted head is that of {found.known_lines}"
    typer.echo(f"{path}: {found.lines} lines, each as it was written{since}")
    typer.echo(f"head {found.head}")


@log_app.command("show")
def log_show(
    file: LogFile,
    report_format: Annotated[
        ListingFormat, typer.Option("--format", "-f", help="How to tell it.")
    ] = ListingFormat.TEXT,
) -> None:
    """Show a log, a line for each thing that was done; lines that are not as written are marked."""
    from skillgap.batch.log import log_of, read_log

    tell = _json_line if report_format is ListingFormat.JSON else _text_line
    broken = False
    for line in read_log(log_of(file)):
        broken = broken or bool(line.fault)
        typer.echo(tell(line))
    if broken:
        raise typer.Exit(ExitCode.FAULTS)


def _json_line(line: LogLine) -> str:
    import json
    from dataclasses import asdict

    return json.dumps(asdict(line), ensure_ascii=False)


def _text_line(line: LogLine) -> str:
    from skillgap.report.printable import plain

    told = f"{line.number:4}  "
    if line.entry is not None:
        entry = line.entry
        given = " ".join(
            f"{name}={_told(value)}"
            for name, value in entry.options.items()
            if value not in (None, False)
        )
        counts = ", ".join(f"{status} {count}" for status, count in entry.counts.items())
        told += f"{entry.at}  {entry.user}  {entry.command} {entry.event}  {given}  [{counts}]"
    if line.fault:
        told += f"  <- {line.fault}"
    return plain(told.rstrip())


def _told(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
