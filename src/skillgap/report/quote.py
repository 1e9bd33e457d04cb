"""What stands around a mention: the lines of the resume that a reader would look at."""

from __future__ import annotations

from typing import NamedTuple

from skillgap.document.model import Span

LONGEST = 200  # characters of a quote, without the ellipses: two lines of a resume
_ELLIPSIS = "…"


class Quote(NamedTuple):
    """Words of a resume, and where in them the mention stands: `text[start:end]`."""

    text: str
    start: int
    end: int


def quote(text: str, span: Span, longest: int = LONGEST) -> Quote:
    r"""Quote the line or lines that a mention stands on, as one line.

    White space is collapsed, so the quoted mention may differ from `text[span]` in that. Of long
    lines what is nearest to the mention is kept, cut between words; a mention that is longer
    than a quote may be is cut too.

    >>> quote("Skills\nPython,  SQL", Span(16, 19))
    Quote(text='Python, SQL', start=8, end=11)
    """
    first = text.rfind("\n", 0, span.start) + 1
    last = text.find("\n", span.end)
    before = _collapsed(text[first : span.start]).lstrip()
    mention = _collapsed(text[span.start : span.end])[:longest]
    after = _collapsed(text[span.end : last if last >= 0 else len(text)]).rstrip()
    if len(before) + len(mention) + len(after) > longest:
        room = longest - len(mention)
        # Half for either side, and what one side does not need for the other.
        left = max(room // 2, room - len(after))
        before = _end_of(before, left)
        after = _begin_of(after, max(room - room // 2, room - len(before)))
    start = len(before)
    return Quote(before + mention + after, start, start + len(mention))


def _collapsed(text: str) -> str:
    """Make one blank of each white space, also at the ends, where the mention may follow."""
    words = " ".join(text.split())
    if not words:
        return " " * bool(text)
    return f"{' ' * text[0].isspace()}{words}{' ' * text[-1].isspace()}"


def _end_of(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    kept = text[len(text) - most :]
    blank = kept.find(" ")
    if 0 <= blank < len(kept) - 1:
        kept = kept[blank + 1 :]
    return _ELLIPSIS + kept


def _begin_of(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    kept = text[:most]
    blank = kept.rfind(" ")
    if blank > 0:
        kept = kept[:blank]
    return kept + _ELLIPSIS
