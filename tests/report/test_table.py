"""The report as CSV: it adds up, and nothing in it is a formula."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO
from math import fsum
from pathlib import Path

from skillgap.analyzer import Analyzer
from skillgap.report.model import FitReport
from skillgap.report.table import COLUMNS, render_csv

RESUME = "Skills\nPython, SQL, PyTorch, no Spark, Docker\n"


def _rows(told: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(told)))


def test_there_is_a_row_for_each_role_and_requirement(analyze: Callable[..., FitReport]) -> None:
    """In the order of the report, with what made the numbers in every row."""
    report = analyze(RESUME)

    rows = _rows(render_csv([report]))

    assert [(row["role"], row["requirement"]) for row in rows] == [
        (fit.role, c.requirement) for fit in report.fits for c in fit.contributions
    ]
    assert {row["taxonomy"] for row in rows} == {report.signature.taxonomy}
    assert {row["as_of"] for row in rows} == {"2026-01-01"}


def test_the_points_of_a_role_add_up_to_its_fit(analyze: Callable[..., FitReport]) -> None:
    """To the last digit; what is met and what is missing together are 100."""
    report = analyze(RESUME)

    rows = _rows(render_csv([report]))

    for fit in report.fits:
        own = [row for row in rows if row["role"] == fit.role]
        assert fsum(float(row["points"]) for row in own) == fit.score
        assert {float(row["fit"]) for row in own} == {fit.score}
        assert abs(fsum(float(r["points"]) + float(r["lift"]) for r in own) - 100) < 1e-9


def test_several_reports_are_one_table(analyze: Callable[..., FitReport]) -> None:
    """With one head."""
    one, two = analyze(RESUME, "a.txt"), analyze(RESUME, "b.txt")

    rows = _rows(render_csv([one, two]))

    assert {row["source"] for row in rows} == {"a.txt", "b.txt"}
    assert len(rows) == 2 * len(_rows(render_csv([one])))


def test_the_name_of_a_file_is_no_formula(analyze: Callable[..., FitReport]) -> None:
    """A spreadsheet would run it."""
    rows = _rows(render_csv([analyze(RESUME, '=HYPERLINK("x")\n.txt')]))

    assert rows[0]["source"].startswith("'=")
    assert "\n" not in rows[0]["source"]


def test_the_table_of_an_example(
    resumes: Path, analyzer: Analyzer, as_of: date, golden: Callable[[str, str], None]
) -> None:
    """Cell for cell, save what made the numbers."""
    report = analyzer.analyze(resumes / "ds-mid.docx", name="ds-mid.docx", as_of=as_of)
    out = StringIO()
    shown = COLUMNS[: COLUMNS.index("sha256")]

    writer = csv.DictWriter(out, shown, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in _rows(render_csv([report])):
        numbers = {
            k: f"{float(row[k]):.6f}" for k in ("fit", "weight", "strength", "points", "lift")
        }
        writer.writerow({**row, **numbers})

    golden("ds-mid.docx.csv", out.getvalue())
