"""What stands behind the first screen, for who asks: gaps, plans, the crossing, all evidence."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from skillgap.report.model import (
    AdviceRecord,
    CrossingRecord,
    FitReport,
    PlanRecord,
    SkillRecord,
)
from skillgap.report.printable import plain
from skillgap.report.rows import gap_table
from skillgap.report.telling import cites, stance_words, target_name

_CONTEXT = 28  # characters of a mention's text shown at most


def gaps(report: FitReport, most: int) -> Iterator[RenderableType]:
    """List the largest gaps of each role, each with what it adds by itself."""
    for fit in report.fits:
        shown = fit.gaps[:most]
        if not shown:
            yield Text(f"{fit.label}: nothing missing", style="bold")
            continue
        yield Text(f"{fit.label}: {len(shown)} of {len(fit.gaps)} gaps", style="bold")
        rows = [(gap.lift, gap.label, gap) for gap in shown]
        yield Padding(gap_table(rows, report, "missing"), (0, 0, 1, 2))


def plans(report: FitReport) -> Iterator[RenderableType]:
    """Tell every step of every plan, then the way to the other role."""
    for plan in report.plans:
        if plan.steps:
            yield Text(f"{report.fit(plan.role).label}: {_way(plan)}", style="bold")
            yield Padding(_steps(plan), (0, 0, 1, 2))
    if report.crossing is not None:
        yield from _crossing(report.crossing)


def _way(plan: PlanRecord) -> str:
    """Say what a plan is for, and how small it could be."""
    if plan.target is None:
        return "what adds most"
    name = target_name(plan)
    if not plan.needed:
        return f"{name} is reached; what adds most after that"
    steps = f"{plan.needed} step{'s' if plan.needed > 1 else ''}"
    least = f"{plan.at_least} at best" if plan.at_least < plan.needed else "no fewer can do it"
    return f"from {plan.start:.0f} to {name} in {steps} ({least})"


def _steps(plan: PlanRecord) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for name in ("", "gain", "fit"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("skill", overflow="fold")
    table.add_column("shows as well", overflow="fold", style="dim")
    for number, step in enumerate(plan.steps, start=1):
        table.add_row(
            str(number) if number <= plan.needed or plan.target is None else "+",
            f"+{step.gain:.1f}",
            f"{step.score:.0f}",
            f"{step.label} [{cites(step.citations[:1])}]",
            ", ".join(r.label for r in step.raises if r.requirement != step.requirement),
        )
    return table


def _crossing(crossing: CrossingRecord) -> Iterator[RenderableType]:
    start, to = crossing.start.upper(), crossing.to.upper()
    yield Text(f"From {start} to {to}", style="bold")
    if crossing.steps is None:
        yield Text(
            f"No set of skills makes this resume lean to {to}: what it shows for {start} stays. "
            f"The fit for {to} is what learning moves."
        )
    elif crossing.steps:
        names = ", ".join(step.label for step in crossing.steps)
        number = len(crossing.steps)
        many = f"these {number} skills" if number > 1 else "this skill"
        yield Text(f"The resume would lean to {to} with {many}: {names}.")
    yield from map(_advice, crossing.advice)


def _advice(advice: AdviceRecord) -> Text:
    return Text(f"- {advice.text} [{cites(advice.citations)}]")


def evidence(report: FitReport) -> Iterator[RenderableType]:
    """List every skill with the places that show it, or what implies it."""
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
            table.add_row(Text(skill.label), Text(_shown(skill, report.labels)))
        yield Padding(table, (0, 0, 1, 2))


def _shown(skill: SkillRecord, labels: dict[str, str]) -> str:
    if skill.implied_by:
        chain = " > ".join(labels.get(s, s) for s in skill.implied_by[:-1])
        return f"{chain} ({skill.strength:.2f})"
    places = dict.fromkeys(
        f"“{plain(m.text)[:_CONTEXT]}” p. {m.page}"
        + (f", {m.section}" if m.section else "")
        + ("" if m.stance == "held" else f", {stance_words(m.stance)}: {plain(m.cue)}")
        for m in skill.mentions
    )
    shown = list(places)[:3]
    return "; ".join(shown) + (f"; {len(places) - 3} more" if len(places) > 3 else "")
