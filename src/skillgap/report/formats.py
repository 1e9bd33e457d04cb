"""The functions that tell reports, and parsed resumes, in a format."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import assert_never

from skillgap.report.choice import FIRST_SCREEN, Detail, ParseFormat, ReportFormat
from skillgap.report.jsonresume import jsonresume_json
from skillgap.report.model import FitReport
from skillgap.report.parsed import parsed_json, parsed_text
from skillgap.report.text import render_text
from skillgap.resume.model import Resume


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
    """
    match report_format:
        case ReportFormat.TEXT:
            return "\n".join(render_text(report, detail=detail) for report in reports)
        case ReportFormat.JSON:
            return render_json(reports, as_list=as_list)
    assert_never(report_format)


def render_json(reports: Sequence[FitReport], *, as_list: bool | None = None) -> str:
    """Tell the reports as JSON, see `render`."""
    dumped = [report.model_dump(mode="json") for report in reports]
    if as_list is None:
        as_list = len(dumped) != 1
    content = dumped if as_list else dumped[0]
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


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
