"""Lines with what the second step asks about them, worked out once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from skillgap.document.model import Document, Line, Span
from skillgap.resume.dates import FoundDates, find_dates, may_hold_dates

_BULLET = re.compile(
    r"(?:[•∙◦▪▫●○■□▸►▶‣⁃∙⚫⬤➢➤✓✔❖◆◇★*»›{o\uf0b7\uf0a7\uf0d8]|[-–—](?!\s*(?:present|now)\b)"
    r"|\d{1,2}[.)](?=\s+[^\W\d_]))\s+",
    re.IGNORECASE,
)
# Longer lines and items of lists are body text, whose dates say nothing about an entry.
_MAX_DATED = 240
_MAX_DATED_ITEM = 100
_LETTERS = re.compile(r"[^\W\d_]+")
_CLOSED = (".", "!", "?", ":", ";")


@dataclass(frozen=True)
class Row:
    """One line of a document.

    Attributes:
        line: The line itself.
        text: Its text, without the bullet that may begin it.
        span: Where that text stands.
        bullet: Whether it begins an item of a list.
        dates: The dates in it; none are looked for in a line too long to head an entry.
    """

    line: Line
    text: str
    span: Span
    bullet: bool
    dates: tuple[FoundDates, ...]

    @property
    def is_lower(self) -> bool:
        """Whether it goes on in lower case, as a wrapped line does."""
        return self.text[:1].islower()

    @property
    def is_upper(self) -> bool:
        """Whether all its letters are capitals."""
        return self.text.isupper()

    @property
    def word_count(self) -> int:
        """How many words of letters it has."""
        return len(_LETTERS.findall(self.text))

    @property
    def is_closed(self) -> bool:
        """Whether a sentence or item ends with it."""
        return self.text.endswith(_CLOSED)

    @property
    def has_range(self) -> bool:
        """Whether it holds a range of dates."""
        return any(dates.is_range for dates in self.dates)

    def in_remark(self, span: Span) -> bool:
        """Tell whether a span stands in brackets with other words: "(analyst to 10/2019)"."""
        before = self.text[: span.start - self.span.start]
        after = self.text[span.end - self.span.start :]
        opened = before.rfind("(")
        if opened <= before.rfind(")") or ")" not in after:
            return False
        if opened == len(before) - 1 and after[:1] in {",", ";"}:
            return False  # "(2019 – 2021, part-time)"
        return len(f"{before[opened + 1 :]} {after[: after.index(')')]}".split()) > 1

    @property
    def segments(self) -> tuple[Span, ...]:
        """Its parts between wide gaps, at least one."""
        parts = self.line.segments
        if len(parts) < 2:
            return (self.span,)
        return (Span(max(parts[0].start, self.span.start), parts[0].end), *parts[1:])

    @property
    def parted_text(self) -> str:
        """Its text with a mark where wide gaps are."""
        return " | ".join(self.words(segment) for segment in self.segments)

    def words(self, span: Span) -> str:
        """Return the words of a span inside the row."""
        return self.text[span.start - self.span.start : span.end - self.span.start]

    def split(self, offset: int) -> tuple[Row, Row]:
        """Part the row in two at the start of one of its segments."""
        before = [segment for segment in self.segments if segment.end <= offset]
        return self._part(self.span.start, before[-1].end), self._part(offset, self.span.end)

    def after(self, offset: int) -> Row | None:
        """Return the row from an offset on, None when only marks are left."""
        if offset <= self.span.start:
            return self
        bare = self.text[offset - self.span.start :].lstrip(" \t:|-–—：")
        return self._part(self.span.end - len(bare), self.span.end) if bare else None

    def _part(self, start: int, end: int) -> Row:
        """Return the row between two offsets."""
        span = Span(start, end)
        inside = [Span(max(s.start, start), min(s.end, end)) for s in self.line.segments]
        segments = tuple(segment for segment in inside if segment.start < segment.end)
        dates = tuple(d for d in self.dates if start <= d.span.start and d.span.end <= end)
        line = replace(self.line, span=span, segments=segments)
        bullet = self.bullet and start == self.span.start
        return Row(line, self.words(span), span, bullet, dates)


def read_rows(document: Document) -> tuple[Row, ...]:
    """Look at each line of a document."""
    return tuple(_rows(document))


def _rows(document: Document) -> Iterator[Row]:
    text = document.text
    for line in document.lines:
        start, end = line.span
        mark = _BULLET.match(text, start, end)
        body = Span(mark.end() if mark else start, end)
        words = text[body.start : end]
        bullet = line.bullet or mark is not None
        worth = len(words) <= (_MAX_DATED_ITEM if bullet else _MAX_DATED) and may_hold_dates(words)
        yield Row(line, words, body, bullet, find_dates(text, body) if worth else ())
