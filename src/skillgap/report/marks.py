"""Where the mentions of a report stand: as places in the text, and as boxes on the pages."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from skillgap.document.model import Box, Document, Line, Span
from skillgap.extract.model import Stance
from skillgap.report.model import FitReport, MentionRecord, SkillRecord


class Place(NamedTuple):
    """A mention with its number in the report and the skill it is of."""

    number: int
    skill: SkillRecord
    mention: MentionRecord


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that one or more mentions cover.

    Attributes:
        number: From 1, in the order of the text.
        span: From the first to the last character of them.
        places: The mentions, in the order of the text.
    """

    number: int
    span: Span
    places: tuple[Place, ...]

    @property
    def counted(self) -> bool:
        """Whether any of the mentions counts as held."""
        return any(place.mention.stance is Stance.HELD for place in self.places)

    @property
    def label(self) -> str:
        """The skills it is a mark of."""
        return ", ".join(dict.fromkeys(place.skill.label for place in self.places))


class Piece(NamedTuple):
    """A part of a line: plain text, or marked.

    Attributes:
        text: The part.
        mark: What it is part of; None for plain text.
        first: Whether the mark starts here; a mark may go on over several lines.
    """

    text: str
    mark: Mark | None
    first: bool


def places(report: FitReport) -> tuple[Place, ...]:
    """Number all mentions of a report, skill by skill."""
    each = ((skill, mention) for skill in report.skills for mention in skill.mentions)
    return tuple(Place(n, skill, mention) for n, (skill, mention) in enumerate(each, start=1))


def marks(found: Sequence[Place]) -> tuple[Mark, ...]:
    """Join mentions that overlap, so that no mark stands in another."""
    groups: list[list[Place]] = []
    end = -1
    for place in sorted(found, key=lambda p: (p.mention.start, -p.mention.end, p.number)):
        if place.mention.start >= end:
            groups.append([])
        groups[-1].append(place)
        end = max(end, place.mention.end)
    return tuple(
        Mark(
            number,
            Span(group[0].mention.start, max(place.mention.end for place in group)),
            tuple(group),
        )
        for number, group in enumerate(groups, start=1)
    )


class Layout:
    """A document with marks: its lines in pieces, and the marks' boxes on its pages."""

    def __init__(self, document: Document, found: Sequence[Mark]) -> None:
        self._text = document.text
        self._lines = document.lines
        self._starts = [line.span.start for line in document.lines]
        self._by_line: dict[int, list[Mark]] = defaultdict(list)
        for mark in found:
            for number in self._lines_of(mark.span):
                self._by_line[number].append(mark)

    def _lines_of(self, span: Span) -> range:
        """Return the numbers of the lines that a span touches."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        return range(first, max(bisect_right(self._starts, max(span.end - 1, 0)), first + 1))

    def pieces(self, number: int) -> Iterator[Piece]:
        """Part a line, by its number from 0, at the marks in it."""
        line = self._lines[number].span
        at = line.start
        for mark in self._by_line.get(number, ()):
            start, end = max(mark.span.start, line.start), min(mark.span.end, line.end)
            if start >= end:
                continue
            if at < start:
                yield Piece(self._text[at:start], None, first=False)
            yield Piece(self._text[start:end], mark, first=start == mark.span.start)
            at = end
        if at < line.end:
            yield Piece(self._text[at : line.end], None, first=False)

    def boxes(self, page: int) -> dict[int, tuple[Mark, list[Box]]]:
        """Return the marks on a page by their numbers, each with a box for each line of it."""
        found: dict[int, tuple[Mark, list[Box]]] = {}
        for number, on_line in sorted(self._by_line.items()):
            line = self._lines[number]
            if line.page != page:
                continue
            for mark in on_line:
                box = _box_on(line, mark.span)
                if box is not None:
                    found.setdefault(mark.number, (mark, []))[1].append(box)
        return found


def _box_on(line: Line, span: Span) -> Box | None:
    """Return the box of a span's part on a line; within a word, letters count as equally wide."""
    boxes = [
        _part(word.box, word.span, span)
        for word in line.words
        if word.span.start < span.end and span.start < word.span.end
    ]
    if not boxes:
        return None
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def _part(box: Box, word: Span, span: Span) -> Box:
    width = (box.x1 - box.x0) / max(word.end - word.start, 1)
    start, end = max(span.start, word.start), min(span.end, word.end)
    return Box(
        box.x0 + (start - word.start) * width,
        box.top,
        box.x0 + (end - word.start) * width,
        box.bottom,
    )
