"""Gutters between rows, and what stands on their two sides.

A gutter is looked for at each left edge: a run of rows with nothing across it. What stands on its
sides says how the band is read: dates beside entries by rows, labels before the block they stand
by, anything else column by column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from itertools import groupby
from math import inf
from operator import itemgetter
from typing import NamedTuple

from skillgap.document.blocks import (
    BLOCK_GAP,
    CLUSTER_GAP,
    HEADING_RATIO,
    LABEL_LETTERS,
    SECTION_GAP,
    blocks_of,
    clusters_of,
    goes_on,
    is_beside,
    is_centred,
    is_date,
    middle_of,
    usual_gap,
    without_heads,
)
from skillgap.document.rows import Row, Segment, is_bullet

# What is left of a gutter ends this many em before it; what is right may start a little early,
# as round letters and hanging bullets do.
_LEFT_CLEARANCE = 0.5
_RIGHT_EARLY = 0.3
# Gutters that are looked at closely.
_CANDIDATES = 8
# Rows on each side without which nothing is called a column.
_COLUMN_ROWS = 3
# From this share of dates a side is a date column.
_DATE_SHARE = 0.5
# So many rows torn from the ones they go on from are no accident.
_TORN_ROWS = 2
# A side with at most this share of the rows may be labels; it is when its clusters are short and
# this share of them starts where a block of the other side starts, or when it has few rows, all
# of them on baselines of the other side.
_MINOR_SHARE = 0.65
_ALIGNED_SHARE = 0.7
_FEW_ROWS = 8
_CLUSTER_ROWS = 2.5
# Tables of labels and values: the values are so much longer, and the rows not too many.
_VALUE_RATIO = 1.8
_TABLE_ROWS = 14
# A side of fewer rows than this may reach beyond the other only by accident; one of more rows
# only with so many at its head: a name and what belongs to it.
_TRIM_ROWS = 8
_HEAD_ROWS = 5
# Rows of a column share an edge, to so many points, this share of them at least.
_STRAIGHT_PT = 2.0
_STRAIGHT_SHARE = 0.5


class Reading(Enum):
    """How a band with a gutter is read."""

    ROWS = auto()
    LABELS = auto()
    COLUMNS = auto()


class Band(NamedTuple):
    """A run of rows, parted by a gutter; the sides keep their places in the run."""

    start: int
    end: int
    left: tuple[Row, ...]
    right: tuple[Row, ...]

    @property
    def support(self) -> float:
        """How many rows on its sides speak for the gutter.

        A row that does not start at the gutter speaks half for it: dates that end before a
        sidebar have a ragged edge of their own.
        """
        edge = min(row.segments[0].x0 for row in self.right)
        straight = sum(row.segments[0].x0 - edge <= _STRAIGHT_PT for row in self.right)
        return len(self.left) + (len(self.right) + straight) / 2


def readings(rows: Sequence[Row]) -> Iterator[tuple[Band, Reading]]:
    """Yield the bands that are not read by rows, the best first, and how they are read."""
    for wide_band in _bands(rows)[:_CANDIDATES]:
        band = _trimmed(wide_band, rows)
        reading = _reading(band)
        if reading is Reading.COLUMNS:
            yield from ((part, Reading.LABELS) for part in _dated_parts(band, rows))
        if reading is not Reading.ROWS:
            yield band, reading
        else:
            for part in _dense_parts(band, rows):
                if _reading(part) is Reading.COLUMNS:
                    yield part, Reading.COLUMNS


def _bands(rows: Sequence[Row]) -> list[Band]:
    """The runs of rows that a gutter parts, those with most rows on its sides first."""
    edges = sorted({round(segment.x0) for row in rows for segment in row.segments})
    bands = {
        (band.start, band.end, len(band.left), len(band.right)): band
        for edge in edges[1:]
        for band in _bands_at(rows, edge)
    }
    return sorted(bands.values(), key=lambda band: (-band.support, band.start))


def _bands_at(rows: Sequence[Row], edge: float) -> Iterator[Band]:
    start = 0
    left: list[Row] = []
    right: list[Row] = []
    for index, row in enumerate(rows):
        sides = _sides(row, edge)
        if sides is None:
            yield from _band(start, index, left, right)
            start, left, right = index + 1, [], []
            continue
        if not sides[1]:
            left.append(row)
        elif not sides[0]:
            right.append(row)
        else:
            left.append(Row(tuple(sides[0]), row.baseline))
            right.append(Row(tuple(sides[1]), row.baseline))
    yield from _band(start, len(rows), left, right)


def _sides(row: Row, edge: float) -> tuple[list[Segment], list[Segment]] | None:
    left: list[Segment] = []
    right: list[Segment] = []
    for segment in row.segments:
        _, x0, x1, _, size = segment
        if x0 >= edge - _RIGHT_EARLY * size - 0.5:
            right.append(segment)
        elif x1 <= edge - _LEFT_CLEARANCE * size:
            left.append(segment)
        else:
            return None
    return left, right


def _band(start: int, end: int, left: list[Row], right: list[Row]) -> Iterator[Band]:
    if left and right:
        yield Band(start, end, tuple(left), tuple(right))


def _trimmed(band: Band, rows: Sequence[Row]) -> Band:
    """Cut off what reaches beyond the other side only because nothing stands in its way.

    A name above two columns, or a heading below them, is on one side of the gutter by accident.
    """
    band = _without_dates(band)
    top = max(band.left[0].baseline, band.right[0].baseline)
    bottom = min(band.left[-1].baseline, band.right[-1].baseline)
    left, right = (_without_outliers(side, top, bottom) for side in (band.left, band.right))
    if not (left and right):
        return band
    first = min(left[0].baseline, right[0].baseline)
    last = max(left[-1].baseline, right[-1].baseline)
    inside = [i for i in range(band.start, band.end) if first <= rows[i].baseline <= last]
    return Band(inside[0], inside[-1] + 1, left, right)


def _without_dates(band: Band) -> Band:
    """Cut off the end of a band where dates stand on the right: they belong to entries.

    So do places below them, when all stand beside rows on the left.
    """
    clusters = clusters_of(band.right)
    edge = min(row.segments[0].x0 for row in band.right)
    beside = {row.baseline for row in band.left}
    while len(clusters) > 1 and is_date(clusters[-1][0].text):
        short = len(band.right) < _TRIM_ROWS
        if not (short and all(is_date(row.text) for row in clusters[-1])) and not all(
            row.baseline in beside and (short or row.segments[0].x0 - edge > _STRAIGHT_PT)
            for row in clusters[-1]
        ):
            break
        end = clusters.pop()[0].baseline
        left = tuple(row for row in band.left if row.baseline < end)
        if not left:
            break
        right = tuple(row for row in band.right if row.baseline < end)
        band = band._replace(left=left, right=right)
    return band


def _without_outliers(side: tuple[Row, ...], top: float, bottom: float) -> tuple[Row, ...]:
    usual = usual_gap(side)
    first, last = 0, len(side)
    for index, row in enumerate(side[1:], start=1):
        gap = row.baseline - side[index - 1].baseline
        if gap <= max(SECTION_GAP * usual, CLUSTER_GAP * row.size):
            continue
        if side[index - 1].baseline < top and (index <= _HEAD_ROWS or len(side) < _TRIM_ROWS):
            first = index
        elif row.baseline > bottom and len(side) < _TRIM_ROWS:
            last = index
            break
    return side[first:last]


def _dense_parts(band: Band, rows: Sequence[Row]) -> Iterator[Band]:
    """The parts of a band where rows of its smaller side follow each other closely.

    A grid of skills may share its gutter with a date further down the page.
    """
    minor = band.left if len(band.left) <= len(band.right) else band.right
    for cluster in clusters_of(minor):
        if len(cluster) < _COLUMN_ROWS or len(cluster) == len(minor):
            continue
        top, bottom = cluster[0].baseline, cluster[-1].baseline
        inside = [i for i in range(band.start, band.end) if top <= rows[i].baseline <= bottom]
        left, right = (
            tuple(row for row in side if top <= row.baseline <= bottom)
            for side in (band.left, band.right)
        )
        if left and right:
            yield Band(inside[0], inside[-1] + 1, left, right)


def _dated_parts(band: Band, rows: Sequence[Row]) -> Iterator[Band]:
    """The parts of a band where the left side holds the dates of the entries on the right.

    What stands above and below them, headings and lists, may share their gutter.
    """
    starts = [block[0] for block in blocks_of(band.right, BLOCK_GAP)]
    clusters = clusters_of(band.left)
    dated = [
        is_date(cluster[0].text)
        and len(cluster) <= _CLUSTER_ROWS
        and any(is_beside(cluster[0], start) for start in starts)
        for cluster in clusters
    ]
    for is_dated, run in groupby(range(len(clusters)), key=dated.__getitem__):
        indices = list(run)
        if is_dated and len(indices) > 1:
            top = clusters[indices[0]][0].baseline
            behind = clusters[indices[-1] + 1 :][:1]
            part = _between(band, rows, top, behind[0][0].baseline if behind else inf)
            if part:
                yield part


def _between(band: Band, rows: Sequence[Row], top: float, bottom: float) -> Band | None:
    """The part of a band from one baseline up to another."""
    left, right = (
        tuple(row for row in side if top <= row.baseline < bottom)
        for side in (band.left, band.right)
    )
    inside = [i for i in range(band.start, band.end) if top <= rows[i].baseline < bottom]
    return Band(inside[0], inside[-1] + 1, left, right) if left and right else None


def _reading(band: Band) -> Reading:
    left, right = band.left, band.right
    if _date_share(right) >= _DATE_SHARE:
        return Reading.ROWS
    if _date_share(left) >= _DATE_SHARE:
        return Reading.LABELS
    if _have_headings(left, right):
        return Reading.COLUMNS
    minor, major = (left, right) if len(left) <= len(right) else (right, left)
    if len(minor) <= _MINOR_SHARE * (band.end - band.start) and _stands_by(minor, major):
        return Reading.LABELS if minor is left else Reading.ROWS
    if _is_table(left, right):
        return Reading.LABELS
    if all(len(side) >= _COLUMN_ROWS and _is_set_straight(side) for side in (left, right)):
        return Reading.COLUMNS
    if len(right) >= _COLUMN_ROWS and len(clusters_of(right)) == 1 and _is_set_straight(right):
        # A name, and a block of addresses beside it.
        return Reading.COLUMNS
    if _are_cut_by_rows(left, right):
        return Reading.COLUMNS
    return Reading.ROWS


def _are_cut_by_rows(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether reading by rows would tear lines of a paragraph apart, and join none."""
    if len(left) < _TORN_ROWS or len(right) < _TORN_ROWS:
        return False
    if {row.baseline for row in left} & {row.baseline for row in right}:
        return False
    merged = sorted(
        ((row.baseline, at, row) for at, side in enumerate((left, right)) for row in side),
        key=itemgetter(0),
    )
    torn = 0
    for index, (_, side, row) in enumerate(merged[:-2]):
        behind, then = merged[index + 1], merged[index + 2]
        torn += behind[1] != side and then[1] == side and goes_on(row, then[2])
    return torn >= _TORN_ROWS


def _have_headings(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether both sides start with a heading, larger than what stands below it, on one line."""
    return left[0].baseline == right[0].baseline and all(
        len(side) > 1
        and all(
            len(part.text) <= LABEL_LETTERS and part.size >= HEADING_RATIO * side[1].size
            for part in side[0].segments
        )
        for side in (left, right)
    )


def _date_share(side: Sequence[Row]) -> float:
    return sum(is_date(row.text) for row in side) / len(side)


def _is_set_straight(side: Sequence[Row]) -> bool:
    """Whether enough rows of a side share an edge or a middle; of many rows nobody asks it."""
    if len(side) >= _TRIM_ROWS:
        return True
    starts = [row.segments[0].x0 for row in side]
    ends = [row.segments[-1].x1 for row in side]
    middles = [(start + end) / 2 for start, end in zip(starts, ends, strict=True)]
    return any(
        max(sum(abs(place - other) <= _STRAIGHT_PT for other in places) for place in places)
        >= _STRAIGHT_SHARE * len(side)
        for places in (starts, ends, middles)
    )


def _stands_by(minor: Sequence[Row], major: Sequence[Row]) -> bool:
    """Whether the smaller side comments on the larger one, piece by piece."""
    clusters = clusters_of(minor)
    if len(minor) > _CLUSTER_ROWS * min(len(clusters), _runs(minor, major)):
        return False
    on_the_right = minor[0].segments[0].x0 > major[0].segments[0].x0
    baselines = {row.baseline for row in major}
    if on_the_right and len(minor) <= _FEW_ROWS and all(row.baseline in baselines for row in minor):
        return True
    if not _short(minor):
        return False
    starts = [block[0] for block in blocks_of(major, BLOCK_GAP)]
    sections = blocks_of(major, SECTION_GAP)
    # A date under a label stands where the label leaves room for it, beside nothing.
    labels = [c for c in clusters if not is_date(c[0].text)] or clusters
    aligned = sum(
        any(is_beside(cluster[0], start) for start in starts)
        or any(_labels_alone(cluster, section, clusters) for section in sections)
        for cluster in labels
    )
    return len(clusters) > 1 and aligned >= _ALIGNED_SHARE * len(labels)


def _runs(minor: Sequence[Row], major: Sequence[Row]) -> int:
    """How often rows of the other side alone come between rows of this one, and once more."""
    here = {row.baseline for row in minor}
    merged = sorted(here | {row.baseline for row in major})
    inside = [baseline in here for baseline in merged]
    return sum(now and not before for before, now in zip([False, *inside], inside, strict=False))


def _short(side: Sequence[Row]) -> bool:
    return sum(len(row.text) <= LABEL_LETTERS for row in side) >= _ALIGNED_SHARE * len(side)


def _labels_alone(
    cluster: Sequence[Row], section: Sequence[Row], clusters: Sequence[Sequence[Row]]
) -> bool:
    """Whether a label is set in the middle of a section that no other label stands by."""
    if not is_centred(cluster, section):
        return False
    top, bottom = section[0].baseline, section[-1].baseline
    return not any(other is not cluster and top <= middle_of(other) <= bottom for other in clusters)


def _is_table(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether the left side holds short labels and the right side their longer values."""
    if len(left) > _TABLE_ROWS or any(len(row.text) > LABEL_LETTERS for row in left):
        return False
    if any(is_bullet(row.segments[0].words[0].text) for row in left):
        return False
    values = {row.baseline: row for row in right}
    _, left = without_heads(left, values)
    if any(row.baseline not in values for row in left):
        return False
    if len(left) == len(right) and all(map(_is_bold, left)) and not any(map(_is_bold, right)):
        return True
    return _mean_letters(right) >= _VALUE_RATIO * _mean_letters(left)


def _is_bold(row: Row) -> bool:
    return all(word.ink.bold for segment in row.segments for word in segment.words)


def _mean_letters(side: Sequence[Row]) -> float:
    return sum(len(row.text) for row in side) / len(side)
