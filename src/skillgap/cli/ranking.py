"""The commands that look at a batch: its state, its ranking, tables of it, single reports."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, assert_never

import typer

from skillgap.batch.choice import RankFormat, TableFormat
from skillgap.cli.options import (
    BOTH,
    Evidence,
    Facts,
    Gaps,
    Output,
    Plan,
    TaxonomyFile,
    split_names,
)
from skillgap.cli.output import (
    check_folder,
    chosen_format,
    keep_apart,
    opened_bytes,
    write,
)
from skillgap.cli.recorded import record
from skillgap.cli.resumes import tell
from skillgap.report.choice import Detail, ReportFormat

if TYPE_CHECKING:
    from skillgap.batch.rank import Ranked
    from skillgap.batch.run import Run

RunFile = Annotated[Path, typer.Argument(metavar="RUN.db", help="What `batch --out` wrote.")]
RankRole = Annotated[
    str,
    typer.Option(
        "--role",
        metavar="mle|ds|both",
        help="The role to rank by; of both, the one that each fits best.",
    ),
]
Must = Annotated[
    list[str] | None,
    typer.Option(help="Skills, with commas between: files that lack one come after all others."),
]
MinFit = Annotated[
    float | None, typer.Option(min=0, max=100, help="Only files with this fit or more.")
]
Has = Annotated[
    list[str] | None, typer.Option(help="Only files that show all these skills: docker,sql.")
]
Lacks = Annotated[
    list[str] | None, typer.Option(help="Only scored files that show none of these skills.")
]
Statuses = Annotated[
    list[str] | None,
    typer.Option("--status", help="Only files of these: ok, encrypted, empty, timeout, ..."),
]
Lean = Annotated[str, typer.Option(help="Only files that lean so: mle, ds, balanced or none.")]
Top = Annotated[
    int | None, typer.Option(min=1, help="The best so many people, with all who share a rank.")
]

_RANK_DIGITS = 9  # a longer number is no rank


def status(run_file: RunFile) -> None:
    """Tell how many files of a batch are done, how they ended and why, and how to go on.

    The batch may still be running.
    """
    from skillgap.batch.rank_text import status_text
    from skillgap.batch.run import Run

    with Run(run_file) as run:
        told = status_text(
            run.counts(),
            run.reasons(),
            made_by=run.made_by,
            run=str(run_file),
            begun_with=run.begun_with,
        )
    write(told, None)


def rank(
    run_file: RunFile,
    role: RankRole = BOTH,
    top: Top = None,
    must: Must = None,
    min_fit: MinFit = None,
    has: Has = None,
    lacks: Lacks = None,
    statuses: Statuses = None,
    lean: Lean = "",
    rank_format: Annotated[
        RankFormat | None,
        typer.Option("--format", "-f", help="How to tell it; by default as -o ends."),
    ] = None,
    output: Output = None,
    taxonomy: TaxonomyFile = None,
) -> None:
    """Rank the files of a batch by fit: the best first, with how sure that is.

    Filters hide files; ranks stay those in the whole batch.
    """
    from skillgap.batch.run import Run

    keep_apart([str(run_file)], output)
    form = chosen_format(rank_format, output, RankFormat)
    with Run(run_file, taxonomy=taxonomy) as run:
        rows = run.rank(
            role=_role_of(run, role),
            top=top,
            must=split_names(must),
            min_fit=min_fit,
            has=split_names(has),
            lacks=split_names(lacks),
            statuses=split_names(statuses),
            lean=lean,
        )
        told = _told(run, rows, form, role=_role_of(run, role))
    write(told, output)


def _told(run: Run, rows: tuple[Ranked, ...], form: RankFormat, *, role: str | None) -> str:
    from skillgap.batch.export import write_table
    from skillgap.batch.rank_text import rank_json, rank_text

    match form:
        case RankFormat.TEXT:
            return rank_text(rows, run.counts(), role=role, run=str(run.path))
        case RankFormat.JSON:
            return rank_json(run.table(rows), run=str(run.path))
        case RankFormat.CSV:
            out = BytesIO()
            write_table(run.table(rows), TableFormat.CSV, out, bom=False)
            return out.getvalue().decode()
    assert_never(form)


def export(
    context: typer.Context,
    run_file: RunFile,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            help="A .csv, .xlsx, .jsonl or .parquet file; pages/ or a .zip for HTML pages.",
        ),
    ],
    role: RankRole = BOTH,
    top: Top = None,
    must: Must = None,
    min_fit: MinFit = None,
    has: Has = None,
    lacks: Lacks = None,
    statuses: Statuses = None,
    lean: Lean = "",
    bom: Annotated[
        bool, typer.Option("--bom/--no-bom", help="Begin CSV with the mark that Excel needs.")
    ] = True,
    taxonomy: TaxonomyFile = None,
) -> None:
    """Write the ranking: a table with every column and what made it, or pages for a browser."""
    from skillgap.batch.run import Run

    as_pages = not output.suffix or output.suffix.lower() == ".zip"
    form = None if as_pages else table_format(output, pages=True)
    check_folder(output)
    keep_apart([str(run_file)], output)
    with Run(run_file, taxonomy=taxonomy) as run:
        rows = run.rank(
            role=_role_of(run, role),
            top=top,
            must=split_names(must),
            min_fit=min_fit,
            has=split_names(has),
            lacks=split_names(lacks),
            statuses=split_names(statuses),
            lean=lean,
        )
        record(context, run_file, signature=run.signature, counts=run.counts())
        if form is None:
            _write_pages(run, rows, output)
        else:
            _write_table(run, rows, output, form, bom=bom)
    typer.echo(f"{len(rows)} files written to {output}", err=True)


def table_format(output: Path, *, pages: bool = False) -> TableFormat:
    """Return the format that a table's name asks for; refuse one that cannot be written.

    Args:
        output: The file.
        pages: Whether the command writes pages too, which a refusal tells.
    """
    from skillgap.batch.export import check_installed, format_of

    form = format_of(output, pages=pages)
    check_installed(form)
    return form


def _write_table(
    run: Run, rows: tuple[Ranked, ...], output: Path, form: TableFormat, *, bom: bool
) -> None:
    from skillgap.batch.export import write_table

    with opened_bytes(output) as out:
        write_table(run.table(rows), form, out, bom=bom)


def _write_pages(run: Run, rows: tuple[Ranked, ...], output: Path) -> None:
    from skillgap.batch.pages import write_pages

    write_pages(rows, run.roles, lambda ranked: run.report(ranked.row.source), output)


def show(
    run_file: RunFile,
    which: Annotated[
        str, typer.Argument(metavar="FILE", help="Its path, name, begin of its name, or rank.")
    ],
    role: RankRole = BOTH,
    report_format: Annotated[
        ReportFormat | None,
        typer.Option("--format", "-f", help="How to tell the report; by default as -o ends."),
    ] = None,
    output: Output = None,
    plan: Plan = False,
    facts: Facts = False,
    gaps: Gaps = 0,
    evidence: Evidence = False,
) -> None:
    """Show the whole report on one file of a batch, as `analyze` tells it."""
    from skillgap.batch.run import Run

    keep_apart([str(run_file)], output)
    form = chosen_format(report_format, output, ReportFormat)
    with Run(run_file) as run:
        place = int(which) if which.isdecimal() and len(which) <= _RANK_DIGITS else None
        if place is not None and not run.knows(which):
            report = run.at_rank(place, role=_role_of(run, role))
        else:
            report = run.report(which)
    detail = Detail(evidence=evidence, gaps=gaps, plan=plan, facts=facts)
    tell([report], form, output, detail=detail, as_list=False)


def _role_of(run: Run, role: str) -> str | None:
    """Return the role to rank by; None for the better of several."""
    asked = run.roles if role == BOTH else (role,)
    return asked[0] if len(asked) == 1 else None
