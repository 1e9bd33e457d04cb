"""What the sources say beyond skills, for a terminal; shown with `analyze --facts`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from skillgap.report.model import (
    AskedRecord,
    BeyondRecord,
    ChoiceRecord,
    EducationRecord,
    FitReport,
    PayRecord,
    RungRecord,
    SaidRecord,
)
from skillgap.report.telling import cites

_FIELD = " (field)"  # how the taxonomy tells a field of study from the skill of that name
_ANSWERS = {
    "shown": "shown",
    "partly": "in part",
    "not_shown": "not shown",
    "open": "yours to say",
}
_BOTH = "both"
_MONTHS = 12
_COUNTRY_CODE = 2  # letters of "uk"


def beyond(report: FitReport) -> Iterator[RenderableType]:
    """Tell ladder, pay, market, education and the questions to choose a role by."""
    found = report.beyond
    if found is None:
        return
    yield Text("Beyond skills: what the sources say. No part of any score.", style="bold")
    yield from _ladders(found)
    yield from _pay(found)
    yield from _market(found)
    yield from _education(found)
    yield from _choices(found)


def _ladders(found: BeyondRecord) -> Iterator[RenderableType]:
    yield _title("Ladder", "by the years of dated jobs that show two things a role asks for")
    table = _table("", "years", "rung", "takes", "names, + is shown", "")
    for ladder in found.ladders:
        place = next((place for place, rung in enumerate(ladder.rungs) if rung.here), None)
        if place is None:
            yield Text(f"  {ladder.role.upper()}: no such job, so it stands on no rung")
            continue
        years = f"{(ladder.months or 0) / _MONTHS:.1f}"
        table.add_row(ladder.role.upper(), years, *_rung(ladder.rungs[place]))
        for rung in ladder.rungs[place + 1 : place + 2]:
            table.add_row("", "next", *_rung(rung))
    if table.row_count:
        yield Padding(table, (0, 0, 0, 2))
    yield from _notes(found, "ladder")


def _rung(rung: RungRecord) -> tuple[str, ...]:
    until = f"-{rung.max_years}" if rung.max_years is not None else "+"
    years = f"{rung.min_years}{until}" if rung.min_years is not None else ""
    return (rung.title, years, _marked(rung.skills), f"[{cites(rung.citations[:1])}]")


def _marked(asked: Iterable[AskedRecord]) -> str:
    """List skills, a plus before each that the resume shows."""
    return ", ".join(f"{'+' * one.shown}{one.label.removesuffix(_FIELD)}" for one in asked)


def _pay(found: BeyondRecord) -> Iterator[RenderableType]:
    yield _title("Pay", "measures that cannot be compared; < is the level of that rung")
    roles = [ladder.role for ladder in found.ladders]
    rows: dict[tuple[str, str], dict[str, PayRecord]] = {}
    for pay in found.pay:
        rows.setdefault((pay.measure, pay.label), {})[pay.role] = pay
    table = _table("", *(role.upper() for role in roles), "")
    measure = ""
    for (what, label), by_role in sorted(rows.items(), key=lambda row: row[0]):
        if what != measure and label:
            table.add_row(what)
        measure = what
        lines = [cite for pay in by_role.values() for cite in pay.citations]
        amounts = (_amount(by_role.get(role)) for role in roles)
        name = f"  {label}" if label else what
        table.add_row(name, *amounts, f"[{cites(dict.fromkeys(lines))}]")
    yield Padding(table, (0, 0, 0, 2))
    on_a_rung = any(rung.here for ladder in found.ladders for rung in ladder.rungs)
    if on_a_rung and not any(pay.here for pay in found.pay):
        yield Text("  No source gives pay for that rung.")
    yield from _notes(found, "pay")


def _amount(pay: PayRecord | None) -> str:
    if pay is None:
        return ""
    size = f" n={pay.n:,}" if pay.n is not None else ""
    return f"${pay.usd:,}{size}{' <' if pay.here else ''}"


def _market(found: BeyondRecord) -> Iterator[RenderableType]:
    counted = ", ".join(sorted({row.as_of for row in found.postings}))
    yield _title("Market", f"shares of the postings counted in {counted}")
    table = _table("", *(row.role.upper() for row in found.postings))
    table.add_row(
        "postings", *(f"{row.postings:,} [{cites(row.citations[:1])}]" for row in found.postings)
    )
    shares, others = _shares(found)
    for name, by_role in sorted(shares.items(), key=lambda row: (-len(row[1]), row[0])):
        table.add_row(name, *(_share(by_role.get(row.role)) for row in found.postings))
    yield Padding(table, (0, 0, 0, 2))
    if others:
        yield _grid(map(_said, others))
    yield from _notes(found, "market")


def _shares(found: BeyondRecord) -> tuple[dict[str, dict[str, SaidRecord]], list[SaidRecord]]:
    """Part the shares of counted postings, by name and role, from what else is said."""
    counts = {cited.source for row in found.postings for cited in row.citations}
    shares: dict[str, dict[str, SaidRecord]] = {}
    others = []
    for said in found.market:
        if said.role and said.share is not None and said.citations[0].source in counts:
            shares.setdefault(_name(said.id), {})[said.role] = said
        else:
            others.append(said)
    return shares, others


def _name(fact: str) -> str:
    """Name what a share is of by its id: `market.entry-level`, `market.uk`."""
    name = fact.partition(".")[2].replace("-", " ")
    return name.upper() if len(name) == _COUNTRY_CODE else name


def _share(said: SaidRecord | None) -> str:
    if said is None or said.share is None:
        return "-"
    return f"{100 * said.share:.3g}% [{cites(said.citations[:1])}]"


def _education(found: BeyondRecord) -> Iterator[RenderableType]:
    shown = ", ".join(name.removesuffix(_FIELD) for name in found.degrees)
    yield _title("Education", f"the resume shows: {shown or 'no degree that is known'}")
    yield _grid(_asked(row) for row in found.education)
    yield from _notes(found, "education")


def _asked(row: EducationRecord) -> Text:
    """Say what is asked of education, and what the resume shows of it."""
    text = _said(row)
    has = [one.label.removesuffix(_FIELD) for one in row.asked if one.shown]
    if has:
        text.append(f" Shown: {', '.join(has)}.", style="green")
    elif row.asked:
        text.append(" Not shown.", style="dim")
    if row.enough_years is not None:
        text.append(f" The years are {'there' if row.enough_years else 'not there yet'}.")
    return text


def _choices(found: BeyondRecord) -> Iterator[RenderableType]:
    yield _title("Which role?", "what the resume shows of each question; a wish it cannot show")
    for role, rows in _by_role(found.choices).items():
        answered = [row for row in rows if row.answer != "open"]
        yes = sum(row.answer in {"shown", "partly"} for row in answered)
        name = role.upper() if role != _BOTH else role
        how_far = f": {yes} of {len(answered)} shown, at least in part" if answered else ""
        yield Text(f"  Points to {name}{how_far}")
        table = _table("", "")
        for row in rows:
            table.add_row(_ANSWERS[row.answer], f"{row.text} [{cites(row.citations[:1])}]")
        yield Padding(table, (0, 0, 0, 4))
    yield from _notes(found, "choice")


def _by_role(choices: Sequence[ChoiceRecord]) -> Mapping[str, list[ChoiceRecord]]:
    by_role: dict[str, list[ChoiceRecord]] = {}
    for choice in choices:
        by_role.setdefault(choice.role or _BOTH, []).append(choice)
    return by_role


# --- parts ----------------------------------------------------------------------------------------


def _title(name: str, about: str) -> Text:
    return Text.assemble("\n", (name, "bold"), (f": {about}", "dim"))


def _table(*headings: str) -> Table:
    table = Table(
        box=None,
        padding=(0, 2, 0, 0),
        pad_edge=False,
        header_style="dim",
        show_header=any(headings),
    )
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _said(said: SaidRecord) -> Text:
    role = f"{said.role.upper()}: " if said.role is not None else ""
    return Text(f"{role}{said.text} [{cites(said.citations[:2])}]")


def _notes(found: BeyondRecord, about: str) -> Iterator[RenderableType]:
    notes = found.notes.get(about)
    if notes:
        yield _grid((_said(note) for note in notes), style="dim")


def _grid(points: Iterable[Text], style: str = "") -> RenderableType:
    """List points, each under itself where it is longer than a line."""
    grid = Table.grid(padding=(0, 1))
    for point in points:
        grid.add_row(Text("-"), point, style=style)
    return Padding(grid, (0, 0, 0, 2))
