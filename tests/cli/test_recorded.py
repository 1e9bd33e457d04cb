"""Options as a log keeps them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from skillgap.cli.recorded import _plain
from skillgap.report.choice import ReportFormat


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (30.0, 30.0),
        (ReportFormat.JSON, "json"),
        (Path("in/a.pdf"), str(Path("in/a.pdf"))),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2), "2026-01-02T00:00:00"),
        ([Path("a"), Path("b")], ["a", "b"]),
        (["x"] * 25, [*["x"] * 20, "and 5 more"]),
    ],
)
def test_options_are_written_as_json_knows_them(value: object, expected: object) -> None:
    """Long lists of paths are cut, with their number."""
    assert _plain(value) == expected
