"""The report as a table for spreadsheets and data frames: a row a role and requirement."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from skillgap.report.cells import harmless, joined
from skillgap.report.model import CitedLine, ContributionRecord, FitRecord, FitReport, GapRecord
from skillgap.report.telling import cites

COLUMNS = (
    "source",
    "role",
    "fit",
    "requirement",
    "label",
    "skills",
    "weight",
    "provenance",
    "met_by",
    "via",
    "strength",
    "points",
    "lift",
    "now",
    "nearest",
    "citations",
    "sha256",
    "as_of",
    "skillgap",
    "taxonomy",
    "policy",
    "format_version",
)


def render_csv(reports: Iterable[FitReport]) -> str:
    """Tell reports as CSV: a row for each role and requirement, heaviest first.

    Numbers are written in full, so that the points of a role add up to its fit. Nothing in a cell
    is a formula for a spreadsheet, whatever the file is called.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for report in reports:
        for fit in report.fits:
            writer.writerows(map(_written, _rows(report, fit)))
    return out.getvalue()


def _rows(report: FitReport, fit: FitRecord) -> Iterator[tuple[object, ...]]:
    gaps = {gap.requirement: gap for gap in fit.gaps}
    signature = report.signature
    for contribution in fit.contributions:
        yield (
            report.document.source,
            fit.role,
            fit.score,
            *_requirement(contribution, gaps.get(contribution.requirement)),
            report.document.sha256,
            signature.as_of,
            signature.skillgap,
            signature.taxonomy,
            signature.policy,
            report.format_version,
        )


def _requirement(contribution: ContributionRecord, gap: GapRecord | None) -> Iterator[object]:
    yield contribution.requirement
    yield contribution.label
    yield contribution.skills
    yield contribution.weight
    yield contribution.provenance
    yield contribution.met_by or ""
    yield contribution.via
    yield contribution.strength
    yield contribution.points
    yield gap.lift if gap is not None else 0.0
    yield gap.now if gap is not None else "met"
    yield gap.nearest or "" if gap is not None else ""
    yield _cited(contribution.citations)


def _cited(citations: Iterable[CitedLine]) -> tuple[str, ...]:
    return tuple(cites([citation]) for citation in citations)


def _written(row: Iterable[object]) -> list[str]:
    return [harmless(joined(value)) for value in row]
