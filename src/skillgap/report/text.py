"""The report for a terminal: one screen that answers, more on demand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from skillgap.report.model import (
    CitedLine,
    FitRecord,
    FitReport,
    GapRecord,
    LeanRecord,
    Notice,
    SkillRecord,
)
from skillgap.score.model import LeanWord, Now
from skillgap.taxonomy.model import Provenance, Tier

WIDTH = 80
_BAR_WIDTH = 24
_GAPS_SHOWN = 6
_LABEL_WIDTH = 26  # of a requirement; longer ones end in an ellipsis
_CONTEXT = 28  # characters of a mention's text shown at most
_WORD_STYLES = {"early": "red", "partial": "yellow", "strong": "green", "broad": "bold green"}
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
}


def render_text(report: FitReport, *, evidence: bool = False, width: int = WIDTH) -> str:
    """Tell the report as plain text without colour, the same on every machine."""
    out = StringIO()
    console = Console(file=out, width=width, color_system=None, legacy_windows=False)
    console.print(renderable(report, evidence=evidence))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def renderable(report: FitReport, *, evidence: bool = False) -> RenderableType:
    """Return the report as something Rich can print in colour."""
    parts: list[RenderableType] = [_head(report), "", _fits(report), _lean(report.lean)]
    for fit in sorted(report.fits, key=lambda fit: -fit.score):
        parts += ["", *_gaps(fit, report)]
    parts += ["", *_basis(report)]
    if evidence:
        parts += ["", *_evidence(report)]
    return Group(*parts)


def plain(text: str) -> str:
    """Return text without control characters: resume text must not command a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


# --- the first screen ---------------------------------------------------------------------------


def _head(report: FitReport) -> Text:
    document = report.document
    pages = f"{document.pages} page{'s' if document.pages != 1 else ''}"
    head = Text(plain(document.source), style="bold")
    head.append(
        f"\n{document.format.upper()}, {pages}, {_years(report.experience_months)}; "
        f"{len(report.held)} skills held; as of {report.signature.as_of}",
        style="dim",
    )
    return head


def _years(months: int) -> str:
    if not months:
        return "no dated jobs"
    years, rest = divmod(months, 12)
    parts = [f"{years} y" * bool(years), f"{rest} m" * bool(rest)]
    return " ".join(filter(None, parts)) + " of dated jobs"


def _fits(report: FitReport) -> Table:
    table = Table.grid(padding=(0, 2))
    for fit in report.fits:
        low, high = fit.interval
        table.add_row(
            Text(fit.label, style="bold"),
            Text(f"{fit.score:.0f}", style="bold", justify="right"),
            _bar(fit.score),
            Text(fit.word, style=_WORD_STYLES[fit.word]),
            Text(f"{low:.0f}-{high:.0f} likely", style="dim"),
        )
    return table


def _bar(score: float) -> Text:
    full = round(score / 100 * _BAR_WIDTH)
    return Text("█" * full + "░" * (_BAR_WIDTH - full))


def _lean(lean: LeanRecord) -> Text:
    first, second = (role.upper() for role in lean.towards)
    scale = f"{lean.net_share:+.2f}, from -1 {second} to +1 {first}"
    if lean.word is LeanWord.NONE:
        return Text("Leans to neither role: it shows nothing that tells them apart.")
    if lean.role is None:
        return Text(f"Balanced between {first} and {second} ({scale}).")
    text = Text("Leans to ")
    text.append(lean.role.upper(), style="bold")
    text.append(f", {lean.word}ly" if lean.word is not LeanWord.SLIGHT else ", slightly")
    text.append(f" ({scale})", style="dim")
    return text


def _gaps(fit: FitRecord, report: FitReport) -> Iterator[RenderableType]:
    if not fit.gaps:
        yield Text(f"{fit.label}: nothing missing", style="bold")
        return
    more = len(fit.gaps) - _GAPS_SHOWN
    yield Text.assemble((fit.label, "bold"), f": {fit.word}; it {fit.meaning}.")
    yield Text("Missing first, with the points each would add:")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    shown = fit.gaps[:_GAPS_SHOWN]
    table.add_column(justify="right", style="bold", no_wrap=True, min_width=5)
    table.add_column(no_wrap=True, overflow="ellipsis", width=_width(gap.label for gap in shown))
    table.add_column(no_wrap=True, min_width=max(len(_reason(gap)) for gap in shown))
    table.add_column(style="dim")  # the only one that may shrink, and then ends in an ellipsis
    labels = {skill.id: skill.label for skill in report.skills}
    for gap in shown:
        now = Text(_now(gap, labels), no_wrap=True, overflow="ellipsis")
        table.add_row(Text(f"+{gap.lift:.1f}"), Text(gap.label), Text(_reason(gap)), now)
    yield Padding(table, (0, 0, 0, 2))
    if more > 0:
        yield Text(f"  and {more} smaller ones (-f json lists all)", style="dim")


def _width(labels: Iterable[str]) -> int:
    return min(_LABEL_WIDTH, max(map(len, labels)))


def _reason(gap: GapRecord) -> str:
    """Say why the gap weighs what it weighs, and where that stands."""
    match gap.provenance:
        case Provenance.MEASURED:
            reason = f"{gap.weight:.0%} of postings"
        case Provenance.IMPLIED:
            reason = f"~{gap.weight:.0%} of postings"
        case Provenance.TIER:
            reason = f"rated {_TIERS[gap.tier]}" if gap.tier is not None else "rated"
        case Provenance.TAIL:
            reason = "listed for the role"
    cited = _cited(gap.citations[:1])
    return f"{reason} [{cited}]" if cited else reason


def _now(gap: GapRecord, labels: dict[str, str]) -> str:
    """Say what the resume shows of it, or what it shows that stands near."""
    if gap.now is Now.MISSING and gap.nearest is not None:
        return f"has {labels.get(gap.nearest, gap.nearest)}"
    return _NOW[gap.now]


def _cited(citations: Iterable[CitedLine]) -> str:
    return ", ".join(f"{citation.source}:{citation.line}" for citation in citations)


def _basis(report: FitReport) -> Iterator[RenderableType]:
    for notice in report.notices:
        yield _notice(notice)
    yield Text(
        "A fit is the share of what postings of the role ask for that the resume shows; a person "
        "shaped like one real posting scores 33-39. It was never checked against hiring outcomes.",
        style="dim",
    )


def _notice(notice: Notice) -> Text:
    text = Text("! ", style="yellow")
    text.append(plain(notice.message))
    return text


# --- on demand ----------------------------------------------------------------------------------


def _evidence(report: FitReport) -> Iterator[RenderableType]:
    labels = {skill.id: skill.label for skill in report.skills}
    for title, skills in (
        ("Held", [s for s in report.skills if s.held]),
        ("Implied by what is held", [s for s in report.skills if s.implied_by]),
        ("Mentioned, not counted", [s for s in report.skills if not s.strength]),
    ):
        if not skills:
            continue
        yield Text(f"{title} ({len(skills)})", style="bold")
        table = Table.grid(padding=(0, 2))
        for skill in skills:
            table.add_row(Text(skill.label), Text(_shown(skill, labels)))
        yield Padding(table, (0, 0, 1, 2))


def _shown(skill: SkillRecord, labels: dict[str, str]) -> str:
    if skill.implied_by:
        chain = " > ".join(labels.get(s, s) for s in skill.implied_by[:-1])
        return f"{chain} ({skill.strength:.2f})"
    places = dict.fromkeys(
        f"“{plain(m.text)[:_CONTEXT]}” p. {m.page}"
        + (f", {m.section}" if m.section else "")
        + ("" if m.stance == "held" else f", {m.stance.replace('_', ' ')}: {plain(m.cue)}")
        for m in skill.mentions
    )
    shown = list(places)[:3]
    return "; ".join(shown) + (f"; {len(places) - 3} more" if len(places) > 3 else "")
