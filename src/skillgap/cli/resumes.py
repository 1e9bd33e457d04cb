"""Commands for single resumes: analyze, parse, extract."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from skillgap.cli.loading import load_policy
from skillgap.cli.options import (
    STDIN,
    AsOf,
    Blind,
    BlindEmployers,
    BlindSchools,
    ExitCode,
    Output,
    Password,
    PdfEngine,
    PolicyFile,
    Role,
    RoleChoice,
    TaxonomyFile,
    blind_options,
)
from skillgap.cli.output import REPORT_ENDINGS, complain, format_by_name, keep_apart, write
from skillgap.document.options import Engine
from skillgap.errors import DocumentError, UsageError
from skillgap.report.choice import Detail, ListingFormat, ParseFormat, ReportFormat

if TYPE_CHECKING:
    from skillgap.report.model import FitReport


def analyze(
    files: Annotated[list[str], typer.Argument(help="Resumes; - reads one from standard input.")],
    role: Role = RoleChoice.BOTH,
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
    plan: Annotated[
        bool, typer.Option("--plan", help="Also show all steps, and the way to the other role.")
    ] = False,
    facts: Annotated[
        bool, typer.Option("--facts", help="Also show ladder, pay, market, education, choice.")
    ] = False,
    gaps: Annotated[int, typer.Option(min=0, help="Also show so many gaps of each role.")] = 0,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Also show where each skill was found.")
    ] = False,
    blind: Blind = False,
    blind_employers: BlindEmployers = False,
    blind_schools: BlindSchools = False,
    taxonomy: TaxonomyFile = None,
    policy: PolicyFile = None,
    engine: PdfEngine = Engine.AUTO,
    password: Password = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 when any file cannot be read.")
    ] = False,
) -> None:
    """Say how well resumes fit, what is missing first, and why."""
    from skillgap.analyzer import Analyzer
    from skillgap.document.options import ReadOptions

    analyzer = Analyzer(
        taxonomy,
        roles=role.roles,
        policy=load_policy(policy),
        options=ReadOptions(engine=engine, password=password),
    )
    keep_apart(files, output)
    day = as_of.date() if as_of is not None else None
    masked = blind_options(blind=blind, employers=blind_employers, schools=blind_schools)
    assumed = [name for names in assume or () for name in names.split(",") if name.strip()]
    form = report_format or format_by_name(output, REPORT_ENDINGS, ReportFormat.TEXT)
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
                    _source(file), name=file, as_of=day, assume=assumed, target=target, blind=masked
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


def _source(file: str) -> str | BinaryIO:
    return sys.stdin.buffer if file == STDIN else file


def _only(files: Sequence[str]) -> str | BinaryIO:
    """Return the one file that a page is on."""
    if len(files) > 1:
        raise UsageError(f"{len(files)} files: an HTML report is on one; run it once for each")
    return _source(files[0])


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
        ParseFormat, typer.Option("--format", "-f", help="How to tell what was read.")
    ] = ParseFormat.TEXT,
    output: Output = None,
    as_of: AsOf = None,
    engine: PdfEngine = Engine.AUTO,
    password: Password = None,
) -> None:
    """Show what is read from a file: sections, entries, dates, hidden text."""
    from skillgap.document.options import ReadOptions
    from skillgap.document.reader import read_document
    from skillgap.report.formats import render_parsed
    from skillgap.resume.segment import segment

    keep_apart([file], output)
    source = sys.stdin.buffer if file == STDIN else file
    options = ReadOptions(engine=engine, password=password)
    document = read_document(source, name=file, options=options)
    day = as_of.date() if as_of is not None else datetime.now(tz=UTC).date()
    write(render_parsed(segment(document, as_of=day), parse_format), output)


def extract(
    file: Annotated[str, typer.Argument(help="A resume; - reads standard input.")],
    mention_format: Annotated[
        ListingFormat, typer.Option("--format", "-f", help="How to tell what was found.")
    ] = ListingFormat.TEXT,
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
    from skillgap.resume.segment import segment

    keep_apart([file], output)
    options = ReadOptions(engine=engine, password=password)
    source = sys.stdin.buffer if file == STDIN else file
    document = read_document(source, name=file, options=options)
    resume = segment(document, as_of=datetime.now(tz=UTC).date())
    extractor = Analyzer(taxonomy).extractor
    mentions = extractor.extract(resume)
    if mention_format is ListingFormat.JSON:
        write(mentions_json(resume, mentions, extractor.taxonomy), output)
    else:
        write(mentions_text(mentions, extractor.taxonomy), output)
