"""The report for a terminal: one screen that says how it stands and what to do first."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from skillgap.report import details
from skillgap.report.beyond_text import beyond
from skillgap.report.choice import FIRST_SCREEN, Detail
from skillgap.report.lines import WIDTH, uncoloured
from skillgap.report.model import FitRecord, FitReport, Notice
from skillgap.report.printable import plain
from skillgap.report.rows import gap_table
from skillgap.report.telling import duration, lean_words, masked_words, outlook, step_name
from skillgap.score.model import LeanWord

_BAR_WIDTH = 16
_FIRST = 3  # steps on the first screen
_WORD_STYLES = {"early": "red", "partial": "yellow", "strong": "green", "broad": "bold green"}


def render_text(report: FitReport, *, detail: Detail = FIRST_SCREEN, width: int = WIDTH) -> str:
    """Tell the report as plain text without colour, the same on every machine."""
    return uncoloured(renderable(report, detail=detail), width)


def renderable(report: FitReport, *, detail: Detail = FIRST_SCREEN) -> RenderableType:
    """Return the report as something Rich can print in colour."""
    parts: list[RenderableType] = [_head(report), "", _fits(report), _lean(report)]
    for fit in report.best_first:
        parts += ["", *_first(fit, report)]
    parts += ["", *_basis(report)]
    if detail.gaps:
        parts += ["", *details.gaps(report, detail.gaps)]
    if detail.plan:
        parts += ["", *details.plans(report)]
    if detail.facts:
        parts += ["", *beyond(report)]
    if detail.evidence:
        parts += ["", *details.evidence(report)]
    return Group(*parts)


# --- how it stands --------------------------------------------------------------------------------


def _head(report: FitReport) -> Text:
    document = report.document
    pages = f"{document.pages} page{'s' if document.pages != 1 else ''}"
    head = Text(plain(document.source), style="bold")
    head.append(
        f"\n{document.format.upper()}, {pages}, {_years(report.experience_months)}; "
        f"{report.held_count} skills held; as of {report.signature.as_of}",
        style="dim",
    )
    if report.blind is not None:
        head.append(f"\n{masked_words(report.blind)}", style="dim")
    if report.what_if is not None:
        head.append(f"\nWhat if it also showed {', '.join(report.what_if.labels)}:", style="bold")
    return head


def _years(months: int) -> str:
    return f"{duration(months)} of dated jobs" if months else "no dated jobs"


def _fits(report: FitReport) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("")
    table.add_column("fit", justify="right", style="bold")
    table.add_column("of 100")
    table.add_column("")
    table.add_column(f"{max(fit.level for fit in report.fits):.0%} likely", style="dim")
    before = report.scores_before
    for fit in report.fits:
        low, high = fit.interval
        now = f", was {before[fit.role]:.0f}" if fit.role in before else ""
        table.add_row(
            Text(f"{fit.label} ({fit.role.upper()})", style="bold"),
            f"{fit.score:.0f}",
            _bar(fit.score),
            Text(fit.word, style=_WORD_STYLES[fit.word]),
            f"{low:.0f}-{high:.0f}{now}",
        )
    return table


def _bar(score: float) -> Text:
    full = round(score / 100 * _BAR_WIDTH)
    return Text("█" * full + "░" * (_BAR_WIDTH - full))


def _lean(report: FitReport) -> Text:
    lean = report.lean
    first, second = (role.upper() for role in lean.towards)
    before = report.what_if.net_share_before if report.what_if is not None else None
    was = f", was {before:+.2f}" if before is not None else ""
    scale = f" ({lean.net_share:+.2f}{was}, from -1 {second} to +1 {first})"
    if lean.word is LeanWord.NONE:
        return Text(f"{lean_words(lean)}.")
    if lean.role is None:
        return Text(f"{lean_words(lean)}{scale}.")
    text = Text(lean_words(lean))
    text.highlight_words([lean.role.upper()], "bold")
    text.append(scale, style="dim")
    return text


# --- what to do first -----------------------------------------------------------------------------


def _first(fit: FitRecord, report: FitReport) -> Iterator[RenderableType]:
    """Say what to do first for a role, why, and where that leads."""
    yield Text.assemble((f"{fit.role.upper()}: ", "bold"), f"{fit.word}, {fit.meaning}.")
    plan = report.plan(fit.role)
    steps = plan.steps[:_FIRST]
    if not steps:
        yield Text("  nothing is missing")
        return
    gaps = {gap.requirement: gap for gap in fit.gaps}
    rows = [(step.gain, step_name(step), gaps[step.requirement]) for step in steps]
    yield Padding(gap_table(rows, report, "do first"), (0, 0, 0, 2))
    leads = outlook(plan, len(steps), where=" (--plan)")
    yield Text(f"  {leads[0].lower()}{leads[1:]}; all gaps: --gaps {len(fit.gaps)}", style="dim")


def _basis(report: FitReport) -> Iterator[RenderableType]:
    for notice in report.notices:
        yield _notice(notice)
    yield Text(
        "[D2:50] is source D2, line 50 (skillgap taxonomy sources); ~ is estimated. A fit is the "
        "share of all that postings of the role ask for: 100 is no target, what one real posting "
        "names is worth 33-39. Never checked against hiring outcomes.",
        style="dim",
    )


def _notice(notice: Notice) -> Text:
    text = Text("! ", style="yellow")
    text.append(plain(notice.message))
    return text
