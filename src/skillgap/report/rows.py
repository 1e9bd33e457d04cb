"""What the parts of the report for a terminal share: rows of gaps, and how things are named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, assert_never

from rich.table import Table
from rich.text import Text

from skillgap.report.model import CitedLine, FitReport, GapRecord, PlanRecord
from skillgap.score.model import Now
from skillgap.taxonomy.model import Provenance, Tier

_LABEL_WIDTH = 26  # of a skill; longer ones end in an ellipsis
_TIERS = {
    Tier.CRITICAL: "critical",
    Tier.IMPORTANT: "important",
    Tier.MODERATE: "moderate",
    Tier.LESS_CRITICAL: "less critical",
}
_NOW = {
    Now.MISSING: "not shown",
    Now.NEGATED: "said not to be held",
    Now.ASPIRED: "being learned",
    Now.OF_OTHERS: "named, of others",
    Now.IMPLIED: "only implied",
    Now.WEAK: "shown weakly",
}
# Points, what to call it, and the gap it is about.
Row = tuple[float, str, GapRecord]


def cites(citations: Iterable[CitedLine]) -> str:
    """Write citations as the data do: D2:50."""
    return ", ".join(f"{citation.source}:{citation.line}" for citation in citations)


def target_name(plan: PlanRecord) -> str:
    """Name the target of a plan that has one: 60 (strong)."""
    return f"{plan.target:.4g} ({plan.target_word})"


def gap_table(rows: Sequence[Row], report: FitReport, heading: str) -> Table:
    """Return rows of gaps: the points, what it is, why it weighs that, what the resume shows."""
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


class Weighed(Protocol):
    """A requirement that weighs something, and why."""

    @property
    def weight(self) -> float:
        """The share of postings that ask for it, or what stands in for that."""

    @property
    def provenance(self) -> Provenance:
        """How the weight came about."""

    @property
    def tier(self) -> Tier | None:
        """The role's tier for it."""


def reason_words(gap: Weighed) -> str:
    """Say why a requirement weighs what it weighs."""
    match gap.provenance:
        case Provenance.MEASURED:
            return f"{gap.weight:.0%} of postings"
        case Provenance.IMPLIED:
            return f"~{gap.weight:.0%} of postings"
        case Provenance.TIER:
            return f"rated {_TIERS[gap.tier]}" if gap.tier is not None else "rated"
        case Provenance.TAIL:
            return "listed for the role"
    assert_never(gap.provenance)


def _cited_reason(gap: GapRecord) -> str:
    """Say why the gap weighs what it weighs, and where that stands."""
    cited = cites(gap.citations[:1])
    return f"{reason_words(gap)} [{cited}]" if cited else reason_words(gap)


def now_words(gap: GapRecord, labels: Mapping[str, str]) -> str:
    """Say what the resume shows of it, or what it shows that stands near."""
    if gap.now is Now.MISSING and gap.nearest is not None:
        return f"has {labels.get(gap.nearest, gap.nearest)}"
    return _NOW[gap.now]
