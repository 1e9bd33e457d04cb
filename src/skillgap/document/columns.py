"""Rows to reading order: columns, sidebars, labels in the margin and tables, told apart.

A gutter is looked for at each left edge: a run of rows with nothing across it. What stands on its
two sides says how the band is read: dates beside entries by rows, labels before the block they
stand by, anything else column by column. Each part is then treated in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from skillgap.document.rows import Row, Segment, is_bullet

# What is left of a gutter ends this many em before it; what is right may start a little early,
# as round letters and hanging bullets do.
_LEFT_CLEARANCE = 0.5
_RIGHT_EARLY = 0.3
# Gutters that are looked at closely, and how deep columns may lie in columns.
_CANDIDATES = 8
_MAX_DEPTH = 6
# The longest page of dense text has some 120 rows; thousands are a drawing, or an attack.
_MOST_ROWS = 600
# Rows on each side without which nothing is called a column.
_COLUMN_ROWS = 3
# From this share of dates a side is a date column.
_DATE_SHARE = 0.5
# A side with at most this share of the rows may be labels; it is when its clusters are short and
# this share of them starts where a block of the other side starts, or when it has few rows, all
# of them on baselines of the other side.
_MINOR_SHARE = 0.65
_ALIGNED_SHARE = 0.7
_FEW_ROWS = 8
_CLUSTER_ROWS = 2.5
# Tables of labels and values: short labels, longer values, not too many rows.
_LABEL_LETTERS = 24
_VALUE_RATIO = 1.8
_TABLE_ROWS = 14
# Rows of one cluster are this many em apart; single spacing is 1.2.
_CLUSTER_GAP = 1.7
# A block starts where a row is further from the one above than this share of the usual.
_BLOCK_GAP = 1.15
# The same for the sections that labels are set in the middle of.
_SECTION_GAP = 1.5
# A label stands by a row when their baselines, or their top edges, are this many em apart.
_BESIDE = 0.35
_ASCENT = 0.75
# A label is set in the middle of a section when the middles are this many em apart.
_CENTRED = 0.75
# A block of so many rows has a heading beside it; shorter ones are values of a table.
_HEADED_ROWS = 3
# A side of fewer rows than this may reach beyond the other only by accident; one of more rows
# only with so many at its head: a name and what belongs to it.
_TRIM_ROWS = 8
_HEAD_ROWS = 5
# Rows of a column share an edge, to so many points, this share of them at least.
_STRAIGHT_PT = 2.0
_STRAIGHT_SHARE = 0.5
# So much larger than its row's other text, a first segment is a heading.
_HEADING_RATIO = 1.15

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OPEN_END = re.compile(r"\W*(?:present|current|now|today|ongoing|heute|actual)\W*", re.IGNORECASE)
_DATE_LETTERS = 32
_DATE_WORDS = 5


class _Reading(Enum):
    """How a band with a gutter is read."""

    ROWS = auto()
    LABELS = auto()
    COLUMNS = auto()


class _Band(NamedTuple):
    """A run of rows, parted by a gutter; the sides keep their places in the run."""

    start: int
    end: int
    left: tuple[Row, ...]
    right: tuple[Row, ...]

    @property
    def support(self) -> int:
        return len(self.left) + len(self.right)


def in_reading_order(rows: Sequence[Row], depth: int = 0) -> list[Row]:
    """Return the rows in the order a person reads them, split where columns part them.

    Args:
        rows: From top to bottom.
        depth: How many columns these rows lie in already.
    """
    if depth <= _MAX_DEPTH and 1 < len(rows) <= _MOST_ROWS:
        for band, reading in _readings(rows):
            above = in_reading_order(rows[: band.start], depth + 1)
            below = in_reading_order(rows[band.end :], depth + 1)
            if reading is _Reading.LABELS:
                inside = _labelled(band, depth)
            else:
                inside = [
                    *in_reading_order(band.left, depth + 1),
                    *in_reading_order(band.right, depth + 1),
                ]
            return [*above, *inside, *below]
    return headings_apart(rows)


def _readings(rows: Sequence[Row]) -> Iterator[tuple[_Band, _Reading]]:
    """The bands that are not read by rows, the best first, and how they are read."""
    for wide_band in _bands(rows)[:_CANDIDATES]:
        band = _trimmed(wide_band, rows)
        reading = _reading(band)
        if reading is not _Reading.ROWS:
            yield band, reading
        else:
            for part in _dense_parts(band, rows):
                if _reading(part) is _Reading.COLUMNS:
                    yield part, _Reading.COLUMNS


def _dense_parts(band: _Band, rows: Sequence[Row]) -> Iterator[_Band]:
    """The parts of a band where rows of its smaller side follow each other closely.

    A grid of skills may share its gutter with a date further down the page.
    """
    minor = band.left if len(band.left) <= len(band.right) else band.right
    for cluster in _clusters(minor):
        if len(cluster) < _COLUMN_ROWS or len(cluster) == len(minor):
            continue
        top, bottom = cluster[0].baseline, cluster[-1].baseline
        inside = [i for i in range(band.start, band.end) if top <= rows[i].baseline <= bottom]
        left, right = (
            tuple(row for row in side if top <= row.baseline <= bottom)
            for side in (band.left, band.right)
        )
        if left and right:
            yield _Band(inside[0], inside[-1] + 1, left, right)


def is_date(text: str) -> bool:
    """Whether a piece of text is a date or a range of dates and little else.

    >>> is_date("Jan 2020 – present"), is_date("Led a team of 5 in 2020 and 2021 at Acme")
    (True, False)
    """
    if len(text) > _DATE_LETTERS:
        return False
    if _YEAR.search(text):
        return len(re.findall(r"[^\W\d_]+", text)) <= _DATE_WORDS
    return bool(_OPEN_END.fullmatch(text)) or not any(char.isalpha() for char in text)


def _bands(rows: Sequence[Row]) -> list[_Band]:
    """The runs of rows that a gutter parts, those with most rows on its sides first."""
    edges = sorted({round(segment.x0) for row in rows for segment in row.segments})
    bands = {
        (band.start, band.end, len(band.left), len(band.right)): band
        for edge in edges[1:]
        for band in _bands_at(rows, edge)
    }
    return sorted(bands.values(), key=lambda band: (-band.support, band.start))


def _bands_at(rows: Sequence[Row], edge: float) -> Iterator[_Band]:
    start = 0
    left: list[Row] = []
    right: list[Row] = []
    for index, row in enumerate(rows):
        sides = _sides(row, edge)
        if sides is None:
            yield from _band(start, index, left, right)
            start, left, right = index + 1, [], []
            continue
        if sides[0]:
            left.append(Row(tuple(sides[0]), row.baseline))
        if sides[1]:
            right.append(Row(tuple(sides[1]), row.baseline))
    yield from _band(start, len(rows), left, right)


def _sides(row: Row, edge: float) -> tuple[list[Segment], list[Segment]] | None:
    left: list[Segment] = []
    right: list[Segment] = []
    for segment in row.segments:
        if segment.x0 >= edge - _RIGHT_EARLY * segment.size - 0.5:
            right.append(segment)
        elif segment.x1 <= edge - _LEFT_CLEARANCE * segment.size:
            left.append(segment)
        else:
            return None
    return left, right


def _band(start: int, end: int, left: list[Row], right: list[Row]) -> Iterator[_Band]:
    if left and right:
        yield _Band(start, end, tuple(left), tuple(right))


def _trimmed(band: _Band, rows: Sequence[Row]) -> _Band:
    """Cut off what reaches beyond the other side only because nothing stands in its way.

    A name above two columns, or a heading below them, is on one side of the gutter by accident.
    """
    top = max(band.left[0].baseline, band.right[0].baseline)
    bottom = min(band.left[-1].baseline, band.right[-1].baseline)
    left, right = (_without_outliers(side, top, bottom) for side in (band.left, band.right))
    if not (left and right):
        return band
    first = min(left[0].baseline, right[0].baseline)
    last = max(left[-1].baseline, right[-1].baseline)
    inside = [i for i in range(band.start, band.end) if first <= rows[i].baseline <= last]
    return _Band(inside[0], inside[-1] + 1, left, right)


def _without_outliers(side: tuple[Row, ...], top: float, bottom: float) -> tuple[Row, ...]:
    gaps = sorted(row.baseline - side[index].baseline for index, row in enumerate(side[1:]))
    usual = gaps[len(gaps) // 4] if gaps else 0.0
    first, last = 0, len(side)
    for index, row in enumerate(side[1:], start=1):
        gap = row.baseline - side[index - 1].baseline
        if gap <= max(_SECTION_GAP * usual, _CLUSTER_GAP * row.size):
            continue
        if side[index - 1].baseline < top and (index <= _HEAD_ROWS or len(side) < _TRIM_ROWS):
            first = index
        elif row.baseline > bottom and len(side) < _TRIM_ROWS:
            last = index
            break
    return side[first:last]


def _reading(band: _Band) -> _Reading:
    left, right = band.left, band.right
    if _date_share(right) >= _DATE_SHARE:
        return _Reading.ROWS
    if _date_share(left) >= _DATE_SHARE:
        return _Reading.LABELS
    minor, major = (left, right) if len(left) <= len(right) else (right, left)
    if len(minor) <= _MINOR_SHARE * (band.end - band.start) and _stands_by(minor, major):
        return _Reading.LABELS if minor is left else _Reading.ROWS
    if _is_table(left, right):
        return _Reading.LABELS
    if all(len(side) >= _COLUMN_ROWS and _is_set_straight(side) for side in (left, right)):
        return _Reading.COLUMNS
    if len(right) >= _COLUMN_ROWS and len(_clusters(right)) == 1 and _is_set_straight(right):
        # A name, and a block of addresses beside it.
        return _Reading.COLUMNS
    return _Reading.ROWS


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


def _date_share(side: Sequence[Row]) -> float:
    return sum(is_date(row.text) for row in side) / len(side)


def _stands_by(minor: Sequence[Row], major: Sequence[Row]) -> bool:
    """Whether the smaller side comments on the larger one, piece by piece."""
    clusters = _clusters(minor)
    if len(minor) > _CLUSTER_ROWS * min(len(clusters), _runs(minor, major)):
        return False
    on_the_right = minor[0].segments[0].x0 > major[0].segments[0].x0
    baselines = {row.baseline for row in major}
    if on_the_right and len(minor) <= _FEW_ROWS and all(row.baseline in baselines for row in minor):
        return True
    if not _short(minor):
        return False
    starts = [block[0] for block in _blocks(major, _BLOCK_GAP)]
    sections = _blocks(major, _SECTION_GAP)
    aligned = sum(
        any(_beside(cluster[0], start) for start in starts)
        or any(_labels_alone(cluster, section, clusters) for section in sections)
        for cluster in clusters
    )
    return len(clusters) > 1 and aligned >= _ALIGNED_SHARE * len(clusters)


def _runs(minor: Sequence[Row], major: Sequence[Row]) -> int:
    """How often rows of the other side alone come between rows of this one, and once more."""
    here = {row.baseline for row in minor}
    merged = sorted(here | {row.baseline for row in major})
    inside = [baseline in here for baseline in merged]
    return sum(now and not before for before, now in zip([False, *inside], inside, strict=False))


def _short(side: Sequence[Row]) -> bool:
    return sum(len(row.text) <= _LABEL_LETTERS for row in side) >= _ALIGNED_SHARE * len(side)


def _middle(block: Sequence[Row]) -> float:
    return (block[0].baseline + block[-1].baseline) / 2


def _beside(label: Row, row: Row) -> bool:
    """Whether two rows stand side by side: on one baseline, or on one top edge."""
    down = label.baseline - row.baseline
    larger = _ASCENT * (label.size - row.size)
    return min(abs(down), abs(down - larger)) <= _BESIDE * row.size


def _centred(cluster: Sequence[Row], section: Sequence[Row]) -> bool:
    """Whether a label, which a date is not, is set in the middle of the section's height."""
    if len(section) <= len(cluster) or is_date(cluster[0].text):
        return False
    return abs(_middle(cluster) - _middle(section)) <= _CENTRED * section[0].size


def _labels_alone(
    cluster: Sequence[Row], section: Sequence[Row], clusters: Sequence[Sequence[Row]]
) -> bool:
    """Whether a label is set in the middle of a section that no other label stands by."""
    if not _centred(cluster, section):
        return False
    top, bottom = section[0].baseline, section[-1].baseline
    return not any(other is not cluster and top <= _middle(other) <= bottom for other in clusters)


def _clusters(side: Sequence[Row]) -> list[list[Row]]:
    clusters: list[list[Row]] = []
    for row in side:
        if clusters and row.baseline - clusters[-1][-1].baseline <= _CLUSTER_GAP * row.size:
            clusters[-1].append(row)
        else:
            clusters.append([row])
    return clusters


def _blocks(side: Sequence[Row], share: float) -> list[list[Row]]:
    """Part a side where a gap between rows is wider than this share of the usual one.

    The usual gap is the lower quartile, that of the lines of one paragraph: where many blocks are
    short, the median lies between.
    """
    gaps = [row.baseline - side[index].baseline for index, row in enumerate(side[1:])]
    usual = sorted(gaps)[len(gaps) // 4] if gaps else 0.0
    blocks = [[side[0]]]
    for row, gap in zip(side[1:], gaps, strict=True):
        if gap > share * usual:
            blocks.append([])
        blocks[-1].append(row)
    return blocks


def _is_table(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether the left side holds short labels and the right side their longer values."""
    if len(left) > _TABLE_ROWS or any(len(row.text) > _LABEL_LETTERS for row in left):
        return False
    if any(is_bullet(row.segments[0].words[0].text) for row in left):
        return False
    values = {row.baseline: row for row in right}
    _, left = _without_heads(left, values)
    if any(row.baseline not in values for row in left):
        return False
    if len(left) == len(right) and all(map(_is_bold, left)) and not any(map(_is_bold, right)):
        return True
    return _mean_letters(right) >= _VALUE_RATIO * _mean_letters(left)


def _is_bold(row: Row) -> bool:
    return all(word.ink.bold for segment in row.segments for word in segment.words)


def _mean_letters(side: Sequence[Row]) -> float:
    return sum(len(row.text) for row in side) / len(side)


def _labelled(band: _Band, depth: int) -> list[Row]:
    """Read labels on the left, each before the block it stands by.

    Dates and the labels of a table join the first row of their block; headings get a line of
    their own.
    """
    clusters = _label_clusters(band)
    starts = _starts_of_blocks(clusters, band.right)
    ends = [*starts[1:], len(band.right)]
    labels = list(
        zip(clusters, (band.right[a:b] for a, b in zip(starts, ends, strict=True)), strict=True)
    )
    headed = any(
        _rows_of_first_section(block) >= _HEADED_ROWS and not is_date(cluster[0].text)
        for cluster, block in labels
    )
    ordered = in_reading_order(band.right[: starts[0]], depth + 1)
    for cluster, block in labels:
        joins = is_date(cluster[0].text) or not headed
        if joins and block and cluster[0].baseline == block[0].baseline:
            ordered.append(Row.of((*cluster[0].segments, *block[0].segments)))
            ordered.extend(cluster[1:])
            ordered.extend(in_reading_order(block[1:], depth + 1))
        else:
            ordered.extend(cluster)
            ordered.extend(in_reading_order(block, depth + 1))
    return ordered


def _label_clusters(band: _Band) -> list[list[Row]]:
    """The labels, those of several lines together; rows of a table are labels of their own."""
    right = {row.baseline: row for row in band.right}
    clusters: list[list[Row]] = []
    for whole_cluster in _clusters(band.left):
        heads, cluster = _without_heads(whole_cluster, right)
        clusters.extend([head] for head in heads)
        if is_date(cluster[0].text):
            clusters.append(_whole_date(cluster))
        elif _are_table_labels(cluster, right):
            clusters.extend([label] for label in _whole_labels(cluster, right))
        else:
            clusters.append(list(cluster))
    return clusters


def _without_heads(
    cluster: Sequence[Row], right: Mapping[float, Row]
) -> tuple[Sequence[Row], Sequence[Row]]:
    """Part the heading of a table from its labels, which all have a value beside them."""
    start = next((i for i, row in enumerate(cluster) if row.baseline in right), 0)
    labels = cluster[start:]
    if len(labels) > 1 and all(row.baseline in right for row in labels):
        return cluster[:start], labels
    return (), cluster


def _whole_date(cluster: Sequence[Row]) -> list[Row]:
    """A range of dates that goes on in the next line, as one row."""
    first, *rest = cluster
    while rest and is_date(rest[0].text) and is_date(f"{first.text} {rest[0].text}"):
        first = _merged(first, rest.pop(0))
    return [first, *rest]


def _are_table_labels(cluster: Sequence[Row], right: Mapping[float, Row]) -> bool:
    """Whether the labels stand by values, and are not headings, which are larger."""
    if cluster[0].baseline not in right:
        return False
    values = (right.get(row.baseline) for row in cluster)
    return all(
        value is None or row.size <= value.size for row, value in zip(cluster, values, strict=True)
    )


def _whole_labels(cluster: Sequence[Row], right: Mapping[float, Row]) -> list[Row]:
    """The labels of a table, those that go on in a line without a value as one row."""
    labels: list[Row] = []
    for row in cluster:
        if row.baseline in right:
            labels.append(row)
        else:
            labels[-1] = _merged(labels[-1], row)
    return labels


def _merged(row: Row, other: Row) -> Row:
    """Two lines of one label as one segment."""
    words = [word for each in (row, other) for part in each.segments for word in part.words]
    return Row((Segment.of(words),), row.baseline)


def _rows_of_first_section(block: Sequence[Row]) -> int:
    if not block:
        return 0
    first = _blocks(block, _SECTION_GAP)[0]
    return sum(row.size < _HEADING_RATIO * first[0].size for row in first)


def _starts_of_blocks(clusters: Sequence[Sequence[Row]], side: Sequence[Row]) -> list[int]:
    """For each cluster of labels, the index of the row that its block starts with."""
    sections = _blocks(side, _SECTION_GAP) if side else []
    starts: list[int] = []
    for cluster in clusters:
        label = cluster[0]
        at = 0  # the first row of the section that is looked at
        start = None
        for section in sections:
            if _centred(cluster, section) and not _beside(label, section[0]):
                start = at
            at += len(section)
        if start is None or (starts and start <= starts[-1]):
            start = next(
                (
                    index
                    for index, row in enumerate(side)
                    if row.baseline >= label.baseline or _beside(label, row)
                ),
                len(side),
            )
        starts.append(start)
    return starts


def headings_apart(rows: Iterable[Row]) -> list[Row]:
    """Part headings from the text they share a row with: short, larger, and left of it."""
    parted: list[Row] = []
    for row in rows:
        first, *rest = row.segments
        if (
            rest
            and first.size >= _HEADING_RATIO * max(segment.size for segment in rest)
            and len(first.text) <= _LABEL_LETTERS
            and not is_date(rest[0].text)
        ):
            parted.extend((Row.of((first,)), Row.of(rest)))
        else:
            parted.append(row)
    return parted
