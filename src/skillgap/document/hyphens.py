"""Words that a hyphen parts at the end of a line, put together again where they are one word.

"stake-" and "holders" are one word, "fine-" and "tuning" are two. Which of them a break is, the
rest of the file tells: the same word elsewhere, and whether it breaks words at all; and so does
the dictionary, where the rest alone is no word: "anno-" and "tated".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from skillgap.document.dictionary import english_words
from skillgap.document.rows import Row, Segment, is_bullet
from skillgap.document.words import PageWord

GOES_ON = "\xad"
"""Ends the first part of a mended word in place of the hyphen: the next word is its rest."""

# U+2010 is written by programs that break words; people type the other sign.
_SET_HYPHEN = "\u2010"
_HEAD = re.compile(rf"[^\W\d_]{{2,}}[-{_SET_HYPHEN}]")
_TAIL = re.compile(r"[^\W\d_]{2,}")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Lines of one paragraph are so many em apart at most, and of one size, to this ratio.
_LINE_EM = 2.0
_SAME_SIZE = 1.05
# Rests that are no words of their own: at most two consonants before an ending.
_ENDING = re.compile(
    r"[bcdfghjklmnpqrstvwxz]{0,2}(?:ings?|ed|ers?|ly|ies|i?ty|al(?:ly)?|[ts]ions?\w*|ments?\w*|ness"
    r"|[ae]nc(?:e|es|y)|[ai]bl[ey]|i[sz](?:ed?|es|ing|ation)|ic(?:al(?:ly)?|s)?|ous(?:ly)?"
    r"|ive(?:ly)?|ures?|ges?|logy|rithms?|tics?)"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# First and last parts of usual compounds.
_FIRST_PARTS = _words(
    """
        all anti back best class client co cost cross customer data decision deep domain early
        edge end event ever fast few fine first five four front full goal half hands hard high
        in industry key large long low machine market mid model multi near new non object off on
        one open out over peer post pre problem production real results risk second self semi
        service short single small solution state sub super task team test third three time to
        top two user value web well world zero
    """
)
_LAST_PARTS = _words(
    """
        aware based boosted bound building centric class commerce critical demand depth driven
        edge effective efficient end ended facing first focused fold free friendly functional
        going grade grained house learn learning led level like line long making mining of off
        on oriented paced party performance person platform quality ready related round scale
        scaling sensitive server set shot side site solving source specific stack stage
        supervised term test the time to tuned tuning up volume wide winning world year years
    """
)


class _Break(NamedTuple):
    """A hyphen at the end of a line: its page, the index of its row, and the parts of the word."""

    page: int
    row: int
    head: str
    tail: str
    is_set: bool

    @property
    def whole(self) -> str:
        return self.head + self.tail


def unbroken(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """Return the rows of the pages with broken words whole again, on the line they start on.

    Both parts keep their places; the first one ends in `GOES_ON`.

    Args:
        pages: The rows of each page, in reading order.
    """
    breaks = [found for page, rows in enumerate(pages) for found in _breaks(page, rows)]
    if not breaks:
        return [list(rows) for rows in pages]
    words = _words_elsewhere(pages, breaks)
    sure = {found for found in breaks if _is_surely_one(found, words)}
    mended = {
        (found.page, found.row)
        for found in breaks
        if found in sure or (sure and not _may_be_two(found, words))
    }
    return [
        list(_mended(rows, {row for at, row in mended if at == page}))
        for page, rows in enumerate(pages)
    ]


def _breaks(page: int, rows: Sequence[Row]) -> Iterator[_Break]:
    for index, (row, below) in enumerate(pairwise(rows)):
        last, first = row.segments[-1].words[-1], below.segments[0].words[0]
        if not (_HEAD.fullmatch(last.text) and first.text[0].islower()):
            continue
        tail = _TAIL.match(first.text)
        if tail and _is_next_line(row, below):
            yield _Break(
                page,
                index,
                last.text[:-1].casefold(),
                tail[0].casefold(),
                last.text[-1] == _SET_HYPHEN,
            )


def _is_next_line(row: Row, below: Row) -> bool:
    part, first = row.segments[-1], below.segments[0]
    return (
        0 < below.baseline - row.baseline <= _LINE_EM * row.size
        and max(part.size, first.size) <= _SAME_SIZE * min(part.size, first.size)
        and first.x0 < part.x1
        and first.words[0].ink.angle == part.words[0].ink.angle
        and not is_bullet(first.words[0].text)
    )


def _words_elsewhere(pages: Sequence[Sequence[Row]], breaks: Iterable[_Break]) -> set[str]:
    """The words of the file, but for the parts that breaks leave."""
    heads = {(found.page, found.row) for found in breaks}
    words: set[str] = set()
    for page, rows in enumerate(pages):
        for index, row in enumerate(rows):
            on_row = [word.text for segment in row.segments for word in segment.words]
            start = int((page, index - 1) in heads)
            end = len(on_row) - ((page, index) in heads)
            words.update(_WORD.findall(" ".join(on_row[start:end]).casefold()))
    return words


def _is_surely_one(found: _Break, words: set[str]) -> bool:
    if f"{found.head}-{found.tail}" in words:
        return False
    if found.is_set or found.whole in words:
        return True
    if _may_be_two(found, words):
        return False
    return _ENDING.fullmatch(found.tail) is not None or _is_rest(found)


def _is_rest(found: _Break) -> bool:
    """Whether the dictionary knows the whole word and does not know its rest alone."""
    return found.whole in english_words() and found.tail not in english_words()


def _may_be_two(found: _Break, words: set[str]) -> bool:
    """Whether a break may stand where two words meet, which the file shows or which is usual."""
    return (
        f"{found.head}-{found.tail}" in words
        or found.head in _FIRST_PARTS
        or found.tail in _LAST_PARTS
        or {found.head, found.tail} <= words
    )


def _mended(rows: Sequence[Row], broken: set[int]) -> Iterator[Row]:
    moved: PageWord | None = None  # the rest of a word, which stands on the row above now
    for index, row in enumerate(rows):
        kept = row if moved is None else _without_first_word(row)
        moved = rows[index + 1].segments[0].words[0] if index in broken else None
        if kept is None:
            moved = None
            continue
        yield kept if moved is None else _with_rest(kept, moved)


def _without_first_word(row: Row) -> Row | None:
    first, *others = row.segments
    if len(first.words) > 1:
        return row._replace(segments=(Segment.of(first.words[1:]), *others))
    return row._replace(segments=tuple(others)) if others else None


def _with_rest(row: Row, rest: PageWord) -> Row:
    *others, last = row.segments
    head = last.words[-1]
    words = (*last.words[:-1], head._replace(text=head.text[:-1] + GOES_ON), rest)
    return row._replace(segments=(*others, last._replace(words=words)))
