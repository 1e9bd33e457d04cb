"""Rows of gaps, which parts of the report for a terminal share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from skillgap.report.model import FitReport, GapRecord
from skillgap.report.telling import cites, now_words, reason_words

_LABEL_WIDTH = 26  # of a skill; longer ones end in an ellipsis
_ROOM = 68  # characters that the columns take before the last is cut to nothing
# Points, what to call it, and the gap it is about.
Row = tuple[float, str, GapRecord]


@dataclass(frozen=True, slots=True)
class _GapTable:
    """Rows of gaps, in columns where there is room for them, else beneath each other."""

    rows: Sequence[Row]
    report: FitReport
    heading: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        told = _columns if options.max_width >= _ROOM else _stacked
        yield told(self.rows, self.report, self.heading)


def gap_table(rows: Sequence[Row], report: FitReport, heading: str) -> RenderableType:
    """Return rows of gaps: the points, what it is, why it weighs that, what the resume shows."""
    return _GapTable(rows, report, heading)


def _stacked(rows: Sequence[Row], report: FitReport, heading: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("adds", justify="right", style="bold", no_wrap=True, min_width=5)
    table.add_column(f"{heading}, because, on the resume")
    for points, label, gap in rows:
        why = (f"\n{_cited_reason(gap)}; {now_words(gap, report.labels)}", "dim")
        table.add_row(Text(f"+{points:.1f}"), Text.assemble(label, why))
    return table


def _columns(rows: Sequence[Row], report: FitReport, heading: str) -> Table:
    reasons = [_cited_reason(gap) for _, _, gap in rows]
    width = min(_LABEL_WIDTH, max(len(heading), *(len(label) for _, label, _ in rows)))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("adds", justify="right", style="bold", no_wrap=True, min_width=5)
    table.add_column(heading, no_wrap=True, overflow="ellipsis", width=width)
    table.add_column("because", no_wrap=True, min_width=max(map(len, reasons)))
    table.add_column("on the resume", style="dim")  # the only one that may shrink, to an ellipsis
    for (points, label, gap), reason in zip(rows, reasons, strict=True):
        now = Text(now_words(gap, report.labels), no_wrap=True, overflow="ellipsis")
        table.add_row(Text(f"+{points:.1f}"), Text(label), Text(reason), now)
    return table


def _cited_reason(gap: GapRecord) -> str:
    """Say why the gap weighs what it weighs, and where that stands."""
    cited = cites(gap.citations[:1])
    return f"{reason_words(gap)} [{cited}]" if cited else reason_words(gap)
