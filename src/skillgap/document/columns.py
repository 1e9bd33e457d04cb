"""Rows to reading order: columns, sidebars, labels in the margin and tables.

Where a gutter parts rows, what it parts is put in order, and each part is treated in the same
way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from skillgap.document.blocks import (
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
    is_sure_heading,
    may_be_headings,
    without_heads,
)
from skillgap.document.gutters import Band, Reading, readings
from skillgap.document.rows import Row, Segment

_MAX_DEPTH = 6
# The longest page of dense text has some 120 rows; thousands are a drawing, or an attack.
_MOST_ROWS = 600
# A block of so many rows has a heading beside it; shorter ones are values of a table.
_HEADED_ROWS = 3
# Labels in capitals are headings from so many letters on: AWS and SQL are values.
_CAPITALS = 5


def in_reading_order(rows: Sequence[Row], depth: int = 0) -> list[Row]:
    """Return the rows in the order a person reads them, split where columns part them.

    Args:
        rows: From top to bottom.
        depth: How many columns these rows lie in already.
    """
    if depth <= _MAX_DEPTH and 1 < len(rows) <= _MOST_ROWS:
        for band, reading in readings(rows):
            above = in_reading_order(rows[: band.start], depth + 1)
            below = in_reading_order(rows[band.end :], depth + 1)
            if reading is Reading.LABELS:
                inside = _labelled(band, depth)
            else:
                first, second = _columns_in_order(band, rows)
                inside = [
                    *in_reading_order(first, depth + 1),
                    *in_reading_order(second, depth + 1),
                ]
            return [*above, *inside, *below]
    return headings_apart(rows)


def _columns_in_order(band: Band, rows: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The two columns from left to right, unless text goes on beyond one of them.

    Beside a box that ends higher up, the left column goes on below it; the right one may go on
    from the text above.
    """
    above, below = rows[: band.start][-1:], rows[band.end :][:1]
    on_the_left = any(_follows(band.left[-1], row) for row in below)
    on_the_right = any(
        _follows(row, band.right[0]) and not _follows(row, band.left[0]) for row in above
    )
    if on_the_left or on_the_right:
        return band.right, band.left
    return band.left, band.right


def _follows(row: Row, behind: Row) -> bool:
    return goes_on(row, behind) and behind.baseline - row.baseline <= CLUSTER_GAP * behind.size


def headings_apart(rows: Iterable[Row]) -> list[Row]:
    """Part headings from the text they share a row with: left of it, larger or named so."""
    parted: list[Row] = []
    for row in rows:
        first, *rest = row.segments
        if (
            rest
            and len(first.text) <= LABEL_LETTERS
            and not is_date(rest[0].text)
            and (
                is_sure_heading(first.text)
                or first.size >= HEADING_RATIO * max(segment.size for segment in rest)
            )
        ):
            parted.extend((Row.of((first,)), Row.of(rest)))
        else:
            parted.append(row)
    return parted


def _labelled(band: Band, depth: int) -> list[Row]:
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
    headed = _are_headings(labels)
    if headed:
        labels = [(_whole_heading(cluster), block) for cluster, block in labels]
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


def _are_headings(labels: Sequence[tuple[list[Row], Sequence[Row]]]) -> bool:
    """Whether labels are headings: by what one says, by what it stands beside, or by capitals."""
    undated = [(cluster, block) for cluster, block in labels if not is_date(cluster[0].text)]
    texts = [" ".join(row.text for row in cluster) for cluster, _ in undated]
    return (
        any(map(is_sure_heading, texts))
        or may_be_headings(texts)
        or any(_rows_of_first_section(block) >= _HEADED_ROWS for _, block in undated)
        or (bool(texts) and all(text.isupper() and len(text) >= _CAPITALS for text in texts))
    )


def _whole_heading(cluster: list[Row]) -> list[Row]:
    """A heading that goes on in a second line of the same look, as one row."""
    if len(cluster) != 2 or any(len(row.segments) > 1 for row in cluster):
        return cluster
    first, second = (row.segments[0].words[0].ink for row in cluster)
    text = f"{cluster[0].text} {cluster[1].text}"
    alike = (first.size_pt, first.bold, first.rgba) == (second.size_pt, second.bold, second.rgba)
    stands_out = first.bold or text.isupper() or is_sure_heading(text)
    return [_merged(*cluster)] if alike and stands_out and not is_date(text) else cluster


def _label_clusters(band: Band) -> list[list[Row]]:
    """The labels, those of several lines together; rows of a table are labels of their own."""
    right = {row.baseline: row for row in band.right}
    clusters: list[list[Row]] = []
    for whole_cluster in clusters_of(band.left):
        heads, cluster = without_heads(whole_cluster, right)
        clusters.extend([head] for head in heads)
        if is_date(cluster[0].text):
            clusters.append(_whole_date(cluster))
        elif is_sure_heading(" ".join(row.text for row in cluster)):
            clusters.append(_whole_heading(list(cluster)))
        elif _are_table_labels(cluster, right):
            clusters.extend([label] for label in _whole_labels(cluster, right))
        else:
            clusters.append(list(cluster))
    return clusters


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
    first = blocks_of(block, SECTION_GAP)[0]
    return sum(row.size < HEADING_RATIO * first[0].size for row in first)


def _starts_of_blocks(clusters: Sequence[Sequence[Row]], side: Sequence[Row]) -> list[int]:
    """For each cluster of labels, the index of the row that its block starts with."""
    sections = blocks_of(side, SECTION_GAP) if side else []
    starts: list[int] = []
    for cluster in clusters:
        label = cluster[0]
        at = 0  # the first row of the section that is looked at
        start = None
        for section in sections:
            if is_centred(cluster, section) and not is_beside(label, section[0]):
                start = at
            at += len(section)
        if start is None or (starts and start <= starts[-1]):
            start = next(
                (
                    index
                    for index, row in enumerate(side)
                    if row.baseline >= label.baseline or is_beside(label, row)
                ),
                len(side),
            )
        starts.append(start)
    return starts
