"""The functions that tell reports, and parsed resumes, in a format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from pydantic import TypeAdapter

from skillgap.errors import UsageError
from skillgap.report.choice import FIRST_SCREEN, Detail, ParseFormat, ReportFormat
from skillgap.report.jsonresume import jsonresume_json
from skillgap.report.markdown import render_markdown
from skillgap.report.model import FitReport
from skillgap.report.parsed import parsed_json, parsed_text
from skillgap.report.table import render_csv
from skillgap.report.text import render_text
from skillgap.resume.model import Resume

_REPORTS = TypeAdapter(tuple[FitReport, ...])


def render(
    reports: Sequence[FitReport],
    report_format: ReportFormat,
    *,
    detail: Detail = FIRST_SCREEN,
    as_list: bool | None = None,
) -> str:
    """Tell the reports in a format; the same reports give the same text, always.

    Args:
        reports: One or more.
        report_format: How to tell them.
        detail: What text tells besides the first screen; JSON always holds all of it.
        as_list: Whether JSON is a list; when None, it is one for several reports, and one report
            is a document. Who asked for several files wants a list though only one was read.

    Raises:
        UsageError: HTML was asked for several reports; a page is on one.
    """
    match report_format:
        case ReportFormat.TEXT:
            return "\n".join(render_text(report, detail=detail) for report in reports)
        case ReportFormat.JSON:
            return render_json(reports, as_list=as_list)
        case ReportFormat.HTML:
            return _html(reports)
        case ReportFormat.MARKDOWN:
            return "\n".join(map(render_markdown, reports))
        case ReportFormat.CSV:
            return render_csv(reports)
    assert_never(report_format)


def _html(reports: Sequence[FitReport]) -> str:
    """Tell one report as a page, without the resume it is on; see `render_html` for both."""
    from skillgap.report.html import render_html  # templates are loaded for who asks for them

    if len(reports) != 1:
        raise UsageError(f"{len(reports)} reports: an HTML page is on one")
    return render_html(reports[0])


def render_json(reports: Sequence[FitReport], *, as_list: bool | None = None) -> str:
    """Tell the reports as JSON, see `render`."""
    if as_list is None:
        as_list = len(reports) != 1
    # pydantic writes in a tenth of the time that json.dumps takes with an indent.
    if not as_list:
        return reports[0].model_dump_json(indent=2) + "\n"
    return _REPORTS.dump_json(tuple(reports), indent=2).decode() + "\n"


def render_parsed(resume: Resume, parse_format: ParseFormat) -> str:
    """Tell what was read of a resume in a format."""
    match parse_format:
        case ParseFormat.TEXT:
            return parsed_text(resume)
        case ParseFormat.JSON:
            return parsed_json(resume)
        case ParseFormat.JSON_RESUME:
            return jsonresume_json(resume)
    assert_never(parse_format)
