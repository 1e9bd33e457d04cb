"""The report as one HTML page that needs neither network nor script."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from skillgap.document.model import Box
from skillgap.extract.model import Stance
from skillgap.report.marks import Layout, Mark, Piece, Place, marks, places
from skillgap.report.model import (
    BeyondRecord,
    CitedLine,
    ContributionRecord,
    FitRecord,
    FitReport,
    GapRecord,
    MentionRecord,
    SkillRecord,
)
from skillgap.report.original import Original, PagePicture
from skillgap.report.printable import plain
from skillgap.report.telling import (
    duration,
    hidden_words,
    lean_words,
    masked_words,
    mention_remarks,
    now_words,
    outlook,
    provenance_words,
    reason_words,
    shown_words,
    step_name,
    target_name,
)

_TEMPLATES = Path(__file__).with_name("templates")
_FIRST = 3  # steps in the summary
_GAPS_SHOWN = 8  # of each role; the others open with one click
_MOST_MENTIONS = 40  # of one skill; nobody reads more, and a hostile file may have 100,000
_MOST_TEXT_LINES = 3_000  # 60 dense pages
_LINE_SHOWN = 2_000  # characters of one line
_BULLET = re.compile(r"^[•◦▪‣·*–-]\s+")


class Quote(NamedTuple):
    """A mention in its line: what stands before it, itself, and what stands behind it."""

    before: str
    text: str
    after: str


def render_html(report: FitReport, original: Original | None = None, *, index: str = "") -> str:
    """Tell a report as one HTML page: the same report and resume give the same text, always.

    Everything is in the page; it needs no network and no script, and a content security policy
    allows neither. Text of the resume is shown as it is written and never as markup.

    Args:
        report: What to tell.
        original: The resume the report is on, to show mentions where they stand. Without it the
            page holds all figures, and of the resume only what the report quotes.
        index: The address of the page that lists all candidates, for a page among many.

    Raises:
        ValueError: The report is on another resume, or on a masked one that the original shows
            unmasked.
    """
    if original is not None:
        _check_same(report, original)
    template = _environment().get_template("report.html")
    return template.render(report=report, view=_View(report, original), css=_css(), index=index)


def render_short_html(report: FitReport) -> str:
    """Tell the first screen of a report as a piece of HTML, for notebooks."""
    template = _environment().get_template("notebook.html")
    return template.render(report=report, view=_View(report, None))


def _check_same(report: FitReport, original: Original) -> None:
    document = original.document
    if document.sha256 != report.document.sha256:
        raise ValueError("the report is on another resume than the original")
    if report.blind is not None and (
        original.pictures or document.source != report.document.source
    ):
        raise ValueError("the report is blind, and the original would show what it masks")


@cache
def _css() -> str:
    return (_TEMPLATES / "report.css").read_text(encoding="utf-8")


def _css_hash(css: str) -> str:
    """Return the hash by which the content security policy knows the page's own style."""
    return base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"css_hash": _css_hash, "duration": duration}
    environment.globals |= {
        "hidden_words": hidden_words,
        "lean_words": lean_words,
        "masked_words": masked_words,
        "mention_remarks": mention_remarks,
        "now_words": now_words,
        "outlook": outlook,
        "provenance_words": provenance_words,
        "shown_words": shown_words,
        "reason_words": reason_words,
        "step_name": step_name,
        "target_name": target_name,
    }
    return environment


def _harmless(value: object) -> object:
    """Take control and reversing characters out of whatever a template shows.

    What templates themselves have written is of another type and stays.
    """
    if not isinstance(value, str) or hasattr(value, "__html__") or value.isprintable():
        return value
    return plain(value)


class _View:
    """What the templates ask of a report beside its fields: look-ups, and where mentions stand."""

    gaps_shown = _GAPS_SHOWN
    most_mentions = _MOST_MENTIONS

    def __init__(self, report: FitReport, original: Original | None) -> None:
        self._report = report
        self._original = original
        self._skills = {skill.id: skill for skill in report.skills}
        self._places = places(report)
        self._marks = marks(self._places)
        self._layout = Layout(original.document, self._marks) if original is not None else None

    # --- the first screen ---

    def colour(self, role: str) -> int:
        """Return the number of a role's colour: one role, one colour, wherever it is shown."""
        return [fit.role for fit in self._report.fits].index(role) % 2

    def first(self, fit: FitRecord) -> list[tuple[int, object, GapRecord]]:
        """Return the first steps for a role with their numbers and gaps."""
        gaps = {gap.requirement: gap for gap in fit.gaps}
        steps = self._report.plan(fit.role).steps[:_FIRST]
        return [(n, step, gaps[step.requirement]) for n, step in enumerate(steps, start=1)]

    def step_number(self, fit: FitRecord, gap: GapRecord) -> int | None:
        """Return which step of the plan is for a gap, from 1."""
        steps = self._report.plan(fit.role).steps
        return next(
            (n for n, step in enumerate(steps, start=1) if step.requirement == gap.requirement),
            None,
        )

    # --- what it is made of ---

    def told_for(self, requirement: str) -> str | None:
        """Return a role of which the page lists what a requirement adds; None for none."""
        return next(
            (
                fit.role
                for fit in self._report.fits
                for each in fit.contributions
                if each.requirement == requirement and each.met_by is not None
            ),
            None,
        )

    @cached_property
    def areas(self) -> list[tuple[str, str, list[tuple[float, float]]]]:
        """Each area: id, name, and points and possible points for each role; weightiest first."""
        labels: dict[str, str] = {}
        found: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
        for fit in self._report.fits:
            for area in fit.areas:
                labels[area.area] = area.label
                found[area.area][fit.role] = area.points, area.possible
        roles = [fit.role for fit in self._report.fits]
        rows = [
            (area, labels[area], [by_role.get(role, (0.0, 0.0)) for role in roles])
            for area, by_role in found.items()
        ]
        return sorted(rows, key=lambda row: (-max(possible for _, possible in row[2]), row[0]))

    def sums(self, fit: FitRecord) -> list[tuple[str, str, float, list[ContributionRecord]]]:
        """Return what adds to a fit by area: its id, name, points and contributions."""
        labels = {area.area: area.label for area in fit.areas}
        points = {area.area: area.points for area in fit.areas}
        found: dict[str, list[ContributionRecord]] = {area.area: [] for area in fit.areas}
        for contribution in fit.contributions:
            if contribution.met_by is not None:
                found.setdefault(contribution.area, []).append(contribution)
        return [
            (area, labels.get(area, "All"), points.get(area, fit.score), each)
            for area, each in found.items()
            if each
        ]

    @cached_property
    def largest_area(self) -> float:
        """The most points that any area could bring, 1 without areas."""
        return max((possible for _, _, row in self.areas for _, possible in row), default=1.0)

    # --- skills and mentions ---

    def label(self, skill: str) -> str:
        """Return a skill's name."""
        return self._report.labels.get(skill, skill)

    def is_told(self, skill: str | None) -> bool:
        """Tell whether the page has a place for the skill: whether the resume shows it."""
        return skill in self._skills

    def chain_to(self, skill: str) -> tuple[str, ...]:
        """Return the chain that implies a skill; empty when none does."""
        return self._skills[skill].implied_by if skill in self._skills else ()

    def mentions_of(self, skill: str) -> tuple[Place, ...]:
        """Return the mentions of a skill with their numbers."""
        return self._by_skill.get(skill, ())

    @cached_property
    def _by_skill(self) -> dict[str, tuple[Place, ...]]:
        found: dict[str, list[Place]] = defaultdict(list)
        for place in self._places:
            found[place.skill.id].append(place)
        return {skill: tuple(each) for skill, each in found.items()}

    @cached_property
    def held_by_area(self) -> list[tuple[str, list[SkillRecord]]]:
        """The held skills, by the name of their area."""
        found: dict[str, list[SkillRecord]] = defaultdict(list)
        for skill in self._report.held:
            found[skill.area_label or skill.area].append(skill)
        return [
            (area, sorted(each, key=lambda skill: skill.label.casefold()))
            for area, each in sorted(found.items())
        ]

    @cached_property
    def implied(self) -> list[SkillRecord]:
        """The skills that others imply."""
        return [skill for skill in self._report.skills if skill.implied_by]

    @cached_property
    def not_counted(self) -> list[SkillRecord]:
        """The skills that have mentions, none of which counts."""
        return [
            skill
            for skill in self._report.skills
            if skill.mentions and all(m.stance is not Stance.HELD for m in skill.mentions)
        ]

    def quote(self, mention: MentionRecord) -> Quote:
        """Return a mention in its line; alone where the report quotes none."""
        line, start, end = mention.quote, mention.quote_start, mention.quote_end
        if not line[start:end]:
            return Quote("", mention.text, "")
        return Quote(_BULLET.sub("", line[:start]), line[start:end], line[end:])

    def anchor(self, place: Place) -> str | None:
        """Return the id of the place where the page shows a mention on the resume."""
        mark = self._mark_of.get(place.number)
        if mark is None or self._layout is None:
            return None
        if mark.number in self._pictured:
            return f"p-{mark.number}"
        return f"t-{mark.number}" if mark.number in self._written else None

    @cached_property
    def _mark_of(self) -> dict[int, Mark]:
        return {place.number: mark for mark in self._marks for place in mark.places}

    def back(self, mark: Mark) -> str:
        """Return the id of the mention that a mark leads to: the first that the page lists."""
        listed = (place for place in mark.places if self.is_listed(place))
        place = next(listed, None)
        return f"m-{place.number}" if place is not None else f"skill-{mark.places[0].skill.id}"

    def is_listed(self, place: Place) -> bool:
        """Tell whether the page lists a mention, or only counts it among many others."""
        return place in self.mentions_of(place.skill.id)[:_MOST_MENTIONS]

    # --- the resume itself ---

    @cached_property
    def pictures(self) -> list[tuple[PagePicture, str, list[tuple[Mark, list[Box]]]]]:
        """The pages as pictures: as data for an address, with the marks on them."""
        if self._original is None or self._layout is None:
            return []
        return [
            (
                picture,
                base64.b64encode(picture.png).decode(),
                list(self._layout.boxes(picture.page).values()),
            )
            for picture in self._original.pictures
        ]

    @cached_property
    def _pictured(self) -> set[int]:
        """The numbers of the marks that stand on a picture."""
        return {mark.number for _, _, found in self.pictures for mark, _ in found}

    @cached_property
    def lines(self) -> list[tuple[int, bool, list[Piece]]]:
        """The lines of the text: page, whether it is a heading, and pieces."""
        if self._original is None or self._layout is None:
            return []
        return [
            (line.page, line.heading, _bounded(self._layout.pieces(number)))
            for number, line in enumerate(self._original.document.lines[:_MOST_TEXT_LINES])
        ]

    @cached_property
    def _written(self) -> set[int]:
        """The numbers of the marks that stand in the shown text."""
        return {
            piece.mark.number
            for _, _, pieces in self.lines
            for piece in pieces
            if piece.mark is not None and piece.first
        }

    @property
    def lines_left_out(self) -> int:
        """How many lines the text has beside those shown."""
        if self._original is None:
            return 0
        return max(len(self._original.document.lines) - _MOST_TEXT_LINES, 0)

    @property
    def hidden(self) -> Sequence[object]:
        """Text in the file that no reader of the page could see."""
        return self._original.document.hidden if self._original is not None else ()

    def hidden_boxes(self, page: int) -> list[Box]:
        """Return where hidden text stands on a page."""
        hidden = self._original.document.hidden if self._original is not None else ()
        return [each.box for each in hidden if each.page == page and each.box is not None]

    # --- sources ---

    @cached_property
    def sources(self) -> list[tuple[str, str, list[tuple[int, list[str]]]]]:
        """The cited sources: id, title, and the cited lines with what they bear out."""
        titles: dict[str, str] = {}
        lines: dict[tuple[str, int], dict[str, None]] = defaultdict(dict)
        for citations, what in _citing(self._report):
            for cited in citations:
                titles[cited.source] = cited.title
                lines[cited.source, cited.line][what] = None
        return [
            (
                source,
                title,
                [
                    (line, list(for_what))
                    for (s, line), for_what in sorted(lines.items())
                    if s == source
                ],
            )
            for source, title in sorted(titles.items())
        ]


def _citing(report: FitReport) -> Iterable[tuple[tuple[CitedLine, ...], str]]:
    """Name all citations of a report with what they bear out."""
    for fit in report.fits:
        for contribution in fit.contributions:
            yield contribution.citations, contribution.label
        for gap in fit.gaps:
            yield gap.citations, gap.label
            yield gap.ladder_citations, f"the career ladder ({fit.role.upper()})"
            if gap.salary is not None:
                yield gap.salary.citations, f"pay ({gap.label})"
    for plan in report.plans:
        for step in plan.steps:
            yield step.citations, step.label
    if report.crossing is not None:
        for advice in report.crossing.advice:
            yield advice.citations, "the way to the other role"
    if report.beyond is not None:
        yield from _citing_beyond(report.beyond)


def _citing_beyond(beyond: BeyondRecord) -> Iterable[tuple[tuple[CitedLine, ...], str]]:
    for ladder in beyond.ladders:
        for rung in ladder.rungs:
            yield rung.citations, f"the career ladder ({ladder.role.upper()})"
    for pay in beyond.pay:
        yield pay.citations, f"pay ({pay.role.upper()})"
    for counted in beyond.postings:
        yield counted.citations, f"postings counted ({counted.role.upper()})"
    for name, rows in (
        ("the market", beyond.market),
        ("education", beyond.education),
        ("the choice of a role", beyond.choices),
        *beyond.notes.items(),
    ):
        for row in rows:
            yield row.citations, name


def _bounded(pieces: Iterable[Piece]) -> list[Piece]:
    """Keep the first pieces of a line, so many characters in all."""
    kept: list[Piece] = []
    room = _LINE_SHOWN
    for piece in pieces:
        if len(piece.text) > room:
            kept.append(piece._replace(text=f"{piece.text[:room]} …"))
            break
        kept.append(piece)
        room -= len(piece.text)
    return kept
