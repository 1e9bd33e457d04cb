"""Words to rows and segments: the second step of the layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from skillgap.document.words import BULLETS, PageWord

# Words belong to one row when their baselines differ by less than this share of their size.
_BASELINE_SHARE = 0.35
# A gap of this many em parts the segments of a row; word gaps are at most 0.6 em.
_SEGMENT_GAP = 1.0
# The same after a lone bullet, which stands further from its text.
_BULLET_GAP = 3.0
# An edge that so many rows start at parts a segment of another row, at gaps of so many em; spaces
# of justified text grow to 0.5 em.
_EDGE_ROWS = 3
_EDGE_GAP = 0.55
# Words printed over their neighbours by this many em, more than so many or this share of all
# words: the page's parts overlap, and only the order of the file makes sense.
_OVERLAP = 0.35
_OVERLAPS = 2
_OVERLAP_SHARE = 0.01

_SIZE_OF = attrgetter("size_pt")


class Segment(NamedTuple):
    """Words of one row that no wide gap parts, from left to right.

    `size` is that of its largest letters; `baseline` that of its first word.
    """

    words: tuple[PageWord, ...]
    x0: float
    x1: float
    baseline: float
    size: float

    @classmethod
    def of(cls, words: Sequence[PageWord]) -> Segment:
        """Make a segment of words that stand from left to right."""
        _, x0s, x1s, baselines, inks = zip(*words, strict=True)
        return cls(tuple(words), x0s[0], max(x1s), baselines[0], max(map(_SIZE_OF, inks)))

    @property
    def text(self) -> str:
        """Its words with one space between them."""
        return " ".join([word.text for word in self.words])


class Row(NamedTuple):
    """Segments that share a baseline, from left to right."""

    segments: tuple[Segment, ...]
    baseline: float

    @classmethod
    def of(cls, segments: Sequence[Segment]) -> Row:
        """Make a row of segments that stand from left to right."""
        return cls(tuple(segments), segments[0].baseline)

    @property
    def size(self) -> float:
        """The size of its largest letters, in points."""
        if len(self.segments) == 1:
            return self.segments[0].size
        return max([segment.size for segment in self.segments])

    @property
    def text(self) -> str:
        """Its segments with two spaces between them."""
        if len(self.segments) == 1:  # as most rows do, and layout asks often
            return self.segments[0].text
        return "  ".join([segment.text for segment in self.segments])


def is_bullet(text: str) -> bool:
    """Whether a word is the sign that starts an item of a list.

    A lone `o` is what Word's second level shows in a font that has no circle.
    """
    return text in BULLETS or text == "o"


def rows_of(words: Iterable[PageWord]) -> list[Row]:
    """Gather words into rows from top to bottom, each parted into segments."""
    rows: list[list[list[PageWord]]] = []
    for piece in sorted(_pieces(words), key=_place_of_first):
        if rows and _shares_row(rows[-1][0][0], piece[0]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return _split_at_edges([Row.of(_segments(_in_a_row(pieces))) for pieces in rows])


def _place_of_first(piece: Sequence[PageWord]) -> tuple[float, float]:
    _, x0, _, baseline, _ = piece[0]
    return baseline, x0


def _split_at_edges(rows: Sequence[Row]) -> list[Row]:
    """Part segments where a word stands on an edge that other rows start at.

    Dates and labels in a margin often stand so close to their text that only the edge tells.
    """
    starts = Counter(round(row.segments[0].x0) for row in rows)
    edges = {edge for edge, count in starts.items() if count >= _EDGE_ROWS}
    if not edges:
        return list(rows)
    return [
        row._replace(segments=tuple(part for each in row.segments for part in _parts(each, edges)))
        for row in rows
    ]


def _parts(segment: Segment, edges: set[int]) -> Iterator[Segment]:
    words, start = segment.words, 0
    for index in range(1, len(words)):
        before, word = words[index - 1], words[index]
        if (
            round(word.x0) in edges
            and word.x0 - before.x1 > _EDGE_GAP * word.size
            and not (index - 1 == start and is_bullet(before.text))
        ):
            yield Segment.of(words[start:index])
            start = index
    yield segment if start == 0 else Segment.of(words[start:])


def _pieces(words: Iterable[PageWord]) -> list[list[PageWord]]:
    """Words that follow each other both in the file and on a line of the page.

    They stay together when rows are formed: where two columns stand side by side, half a line's
    height apart, words taken one by one would fall into different rows.
    """
    pieces: list[list[PageWord]] = []
    last_x1 = last_baseline = last_size = 0.0
    for word in words:
        _, x0, x1, baseline, ink = word
        size = min(last_size, ink.size_pt)
        if (
            pieces
            and abs(baseline - last_baseline) <= _BASELINE_SHARE * size
            and -_OVERLAP * size <= x0 - last_x1 <= _SEGMENT_GAP * size
        ):
            pieces[-1].append(word)
        else:
            pieces.append([word])
        last_x1, last_baseline, last_size = x1, baseline, ink.size_pt
    return pieces


def _in_a_row(pieces: Sequence[Sequence[PageWord]]) -> list[PageWord]:
    words = [word for piece in pieces for word in piece]
    if len(pieces) == 1:
        return words
    return _without_doubles(sorted(words, key=lambda word: word.x0))


def rows_as_written(words: Iterable[PageWord]) -> list[Row]:
    """Gather words into rows in the order of the file, for pages whose parts overlap."""
    rows: list[list[PageWord]] = []
    for word in words:
        if rows and _shares_row(rows[-1][-1], word) and word.x0 >= rows[-1][-1].x0:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [Row.of(_segments(row)) for row in rows]


def overlapping(rows: Iterable[Row]) -> bool:
    """Whether so many words stand on each other that places say nothing about order."""
    count = overlaps = 0
    for row in rows:
        words = [word for segment in row.segments for word in segment.words]
        count += len(words)
        overlaps += sum(
            1
            for index, word in enumerate(words[1:])
            if words[index].x1 - word.x0 > _OVERLAP * word.size
        )
    return overlaps > max(_OVERLAPS, _OVERLAP_SHARE * count)


def _shares_row(first: PageWord, word: PageWord) -> bool:
    return abs(word.baseline - first.baseline) <= _BASELINE_SHARE * min(first.size, word.size)


def _without_doubles(words: Sequence[PageWord]) -> list[PageWord]:
    """Drop words printed twice at one place, which is how some programs make text bold."""
    kept: list[PageWord] = []
    for word in words:
        if not any(
            word.text == other.text and abs(word.x0 - other.x0) < _BASELINE_SHARE * word.size
            for other in kept[-2:]
        ):
            kept.append(word)
    return kept


def _segments(words: Sequence[PageWord]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    start = 0
    for index in range(1, len(words)):
        before, word = words[index - 1], words[index]
        gap, em = word.x0 - before.x1, (before.ink.size_pt + word.ink.size_pt) / 2
        # Few gaps are wide, and only those are worth a look at what stands before them.
        if gap > _SEGMENT_GAP * em and not (
            gap <= _BULLET_GAP * em and index - 1 == start and is_bullet(before.text)
        ):
            segments.append(Segment.of(words[start:index]))
            start = index
    segments.append(Segment.of(words[start:]))
    return tuple(segments)
