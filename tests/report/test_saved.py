"""Reports that were kept as JSON: read again as they were, or refused with what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from skillgap.errors import UnreadableDocumentError
from skillgap.report.formats import render_json
from skillgap.report.model import FitReport
from skillgap.report.saved import saved_report

RESUME = "Skills\nPython, SQL\n"


@pytest.fixture
def report(analyze: Callable[..., FitReport]) -> FitReport:
    """Return a report."""
    return analyze(RESUME)


@pytest.mark.parametrize("as_list", [True, False], ids=["in a list", "alone"])
def test_a_kept_report_is_the_report(report: FitReport, as_list: bool) -> None:
    """To the last field."""
    assert saved_report(render_json([report], as_list=as_list).encode(), "x.json") == report


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"Skills\nPython", id="text"),
        pytest.param(b'{"basics": {"name": "Ada Example"}}', id="JSON Resume"),
        pytest.param(b"[1, 2]", id="a list"),
        pytest.param(b"[" * 100_000, id="too deep"),
        pytest.param(b"\xff\xfe\x00", id="no text"),
    ],
)
def test_what_is_no_report_is_left_to_the_readers(content: bytes) -> None:
    """A resume may be JSON too."""
    assert saved_report(content, "x.json") is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"format_version": "1.0"}, "format 1.0", id="older"),
        pytest.param({"fits": [{}]}, "fits.0", id="broken"),
        pytest.param({"surprise": 1}, "surprise", id="more"),
    ],
)
def test_what_is_no_whole_report_is_refused(
    report: FitReport, change: dict[str, Any], said: str
) -> None:
    """In one line that says where, and what to do."""
    content = {**report.model_dump(mode="json"), **change}

    with pytest.raises(UnreadableDocumentError, match=said) as caught:
        saved_report(json.dumps(content).encode(), "x.json")

    assert "x.json" in str(caught.value)
    assert "Analyze the resume again" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_several_reports_are_refused(report: FitReport) -> None:
    """Which one is meant nobody can tell."""
    with pytest.raises(UnreadableDocumentError, match="holds 2 reports"):
        saved_report(render_json([report, report]).encode(), "x.json")
