"""Commands for single resumes: analyze, parse, extract."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from skillgap.cli.loading import load_analyzer, source_of
from skillgap.cli.options import (
    BOTH,
    AsOf,
    Blind,
    BlindEmployers,
    BlindSchools,
    Evidence,
    ExitCode,
    Facts,
    Gaps,
    Output,
    Password,
    PdfEngine,
    Plan,
    PolicyFile,
    Role,
    Strict,
    TaxonomyFile,
    blind_options,
    chosen_day,
    split_names,
)
from skillgap.cli.output import chosen_format, complain, keep_apart, write
from skillgap.document.options import Engine
from skillgap.errors import DocumentError, UsageError
from skillgap.report.choice import Detail, ListingFormat, ParseFormat, ReportFormat

if TYPE_CHECKING:
    from skillgap.report.model import FitReport


def analyze(
    files: Annotated[list[str], typer.Argument(help="Resumes; - reads one from standard input.")],
    role: Role = BOTH,
    report_format: Annotated[
        ReportFormat | None,
        typer.Option("--format", "-f", help="How to tell the report; by default as -o ends."),
    ] = None,
    output: Output = None,
    as_of: AsOf = None,
    assume: Annotated[
        list[str] | None,
        typer.Option("--with", help="What if it showed these too: skills, with commas between."),
    ] = None,
    target: Annotated[
        float | None, typer.Option(min=0, max=100, help="The fit to plan for, e.g. 60.")
    ] = None,
    plan: Plan = False,
    facts: Facts = False,
    gaps: Gaps = 0,
    evidence: Evidence = False,
    blind: Blind = False,
    blind_employers: BlindEmployers = False,
    blind_schools: BlindSchools = False,
    taxonomy: TaxonomyFile = None,
    policy: PolicyFile = None,
    engine: PdfEngine = Engine.AUTO,
    password: Password = None,
    strict: Strict = False,
) -> None:
    """Say how well resumes fit, what is missing first, and why."""
    analyzer = load_analyzer(
        role, taxonomy=taxonomy, policy=policy, engine=engine, password=password
    )
    keep_apart(files, output)
    day = chosen_day(as_of)
    masked = blind_options(blind=blind, employers=blind_employers, schools=blind_schools)
    assumed = split_names(assume)
    form = chosen_format(report_format, output, ReportFormat)
    if form is ReportFormat.HTML:
        page = analyzer.analyze_html(
            _only(files), name=files[0], as_of=day, assume=assumed, target=target, blind=masked
        )
        write(page, output)
        return
    reports: list[FitReport] = []
    failed = 0
    for file in files:
        try:
            reports.append(
                analyzer.analyze(
                    source_of(file),
                    name=file,
                    as_of=day,
                    assume=assumed,
                    target=target,
                    blind=masked,
                )
            )
        except DocumentError as error:
            complain(error)
            failed += 1
    if not reports:
        raise typer.Exit(ExitCode.NOTHING_READ)
    detail = Detail(evidence=evidence, gaps=gaps, plan=plan, facts=facts)
    tell(reports, form, output, detail=detail, as_list=len(files) > 1)
    if failed and strict:
        raise typer.Exit(ExitCode.FAULTS)


def _only(files: Sequence[str]) -> str | BinaryIO:
    """Return the one file that a page is on."""
    if len(files) > 1:
        raise UsageError(f"{len(files)} files: an HTML report is on one; run it once for each")
    return source_of(files[0])


def tell(
    reports: Sequence[FitReport],
    report_format: ReportFormat,
    output: Path | None,
    *,
    detail: Detail,
    as_list: bool,
) -> None:
    """Write reports to a file or to the screen, in colour where there is some."""
    from skillgap.report.formats import render

    if report_format is ReportFormat.TEXT and output is None and _has_colour():
        from rich.console import Console

        from skillgap.report.lines import WIDTH
        from skillgap.report.text import renderable

        console = Console(width=min(Console().width, max(WIDTH, 100)), highlight=False)
        for report in reports:
            console.print(renderable(report, detail=detail))
        return
    write(render(reports, report_format, detail=detail, as_list=as_list), output)


def _has_colour() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def parse(
    file: Annotated[str, typer.Argument(help="A resume; - reads standard input.")],
    parse_format: Annotated[
        ParseFormat | None,
        typer.Option("--format", "-f", help="How to tell what was read; by default as -o ends."),
    ] = None,
    output: Output = None,
    as_of: AsOf = None,
    engine: PdfEngine = Engine.AUTO,
    password: Password = None,
) -> None:
    """Show what is read from a file: sections, entries, dates, hidden text."""
    from skillgap.document.options import ReadOptions
    from skillgap.document.reader import read_document
    from skillgap.report.formats import render_parsed
    from skillgap.resume.clock import day_of
    from skillgap.resume.segment import segment

    keep_apart([file], output)
    form = chosen_format(parse_format, output, ParseFormat)
    options = ReadOptions(engine=engine, password=password)
    document = read_document(source_of(file), name=file, options=options)
    resume = segment(document, as_of=day_of(chosen_day(as_of)))
    write(render_parsed(resume, form), output)


def extract(
    file: Annotated[str, typer.Argument(help="A resume; - reads standard input.")],
    mention_format: Annotated[
        ListingFormat | None,
        typer.Option("--format", "-f", help="How to tell what was found; by default as -o ends."),
    ] = None,
    output: Output = None,
    taxonomy: TaxonomyFile = None,
    engine: PdfEngine = Engine.AUTO,
    password: Password = None,
) -> None:
    """List every mention of a skill: where it stands, and how it was read."""
    from skillgap.analyzer import Analyzer
    from skillgap.document.options import ReadOptions
    from skillgap.document.reader import read_document
    from skillgap.report.mentions import mentions_json, mentions_text
    from skillgap.resume.clock import day_of
    from skillgap.resume.segment import segment

    keep_apart([file], output)
    form = chosen_format(mention_format, output, ListingFormat)
    options = ReadOptions(engine=engine, password=password)
    document = read_document(source_of(file), name=file, options=options)
    resume = segment(document, as_of=day_of(None))
    extractor = Analyzer(taxonomy).extractor
    mentions = extractor.extract(resume)
    if form is ListingFormat.JSON:
        write(mentions_json(resume, mentions, extractor.taxonomy), output)
    else:
        write(mentions_text(mentions, extractor.taxonomy), output)
