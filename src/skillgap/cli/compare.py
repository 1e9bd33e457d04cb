"""Commands that hold two reports against each other: compare."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillgap.cli.loading import load_analyzer, source_of
from skillgap.cli.options import (
    BOTH,
    STDIN,
    AsOf,
    Blind,
    BlindEmployers,
    BlindSchools,
    Output,
    Password,
    PdfEngine,
    PolicyFile,
    Role,
    TaxonomyFile,
    blind_options,
    chosen_day,
)
from skillgap.cli.output import chosen_format, keep_apart, write
from skillgap.document.options import Engine
from skillgap.errors import UsageError
from skillgap.report.choice import BlindOptions, ListingFormat

if TYPE_CHECKING:
    from skillgap.analyzer import Analyzer
    from skillgap.report.model import FitReport


def compare(
    first: Annotated[str, typer.Argument(help="A resume, or its report as JSON (analyze -o).")],
    second: Annotated[str, typer.Argument(help="Another one, or a newer version of it.")],
    role: Role = BOTH,
    compare_format: Annotated[
        ListingFormat | None,
        typer.Option("--format", "-f", help="How to tell it; by default as -o ends."),
    ] = None,
    output: Output = None,
    as_of: AsOf = None,
    blind: Blind = False,
    blind_employers: BlindEmployers = False,
    blind_schools: BlindSchools = False,
    taxonomy: TaxonomyFile = None,
    policy: PolicyFile = None,
    engine: PdfEngine = Engine.AUTO,
    password: Password = None,
    any_signature: Annotated[
        bool,
        typer.Option("--any-signature", help="Also compare what other data or rules scored."),
    ] = False,
) -> None:
    """Compare two candidates, or two versions of a resume: what each point comes from."""
    from skillgap.report.compare import compare as compare_reports
    from skillgap.report.compare_text import comparison_json, comparison_text

    keep_apart([first, second], output)
    form = chosen_format(compare_format, output, ListingFormat)
    if first == second == STDIN:
        raise UsageError("standard input holds one resume only: name a file for the other")
    analyzer = load_analyzer(
        role, taxonomy=taxonomy, policy=policy, engine=engine, password=password
    )
    day = chosen_day(as_of)
    masked = blind_options(blind=blind, employers=blind_employers, schools=blind_schools)
    one, other = (_report(file, analyzer, day, masked) for file in (first, second))
    comparison = compare_reports(one, other, any_signature=any_signature)
    tell = comparison_json if form is ListingFormat.JSON else comparison_text
    write(tell(comparison), output)


def _report(
    file: str, analyzer: Analyzer, day: date | None, masked: BlindOptions | None
) -> FitReport:
    """Return the report that a file holds, or that on the resume in it."""
    from skillgap.document.reader import load_file
    from skillgap.report.saved import saved_report

    name, data = load_file(source_of(file), name=file, options=analyzer.options)
    saved = saved_report(data, name) if Path(file).suffix.lower() == ".json" else None
    if saved is None:
        return analyzer.analyze(data, name=name, as_of=day, blind=masked)
    if masked is not None and saved.blind is None:
        raise UsageError(f"{file}: this report shows all; analyze the resume with --blind")
    fits = tuple(fit for fit in saved.fits if fit.role in analyzer.roles)
    return saved.model_copy(update={"fits": fits})
