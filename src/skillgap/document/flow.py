"""Text that goes on over the foot of a page: a column beside it must not come in between."""

from __future__ import annotations

from collections.abc import Sequence

from skillgap.document.blocks import goes_on
from skillgap.document.furniture import without_furniture
from skillgap.document.rows import Row

# What goes on stands in this share of the page's height, at its foot and at the next one's head.
_FOOT = 0.75
_HEAD = 0.25
# A column's first row may stand so much higher than that of the column beside it, in em.
_HIGHER = 1.0


def flowing(pages: Sequence[Sequence[Row]], heights: Sequence[float]) -> list[list[Row]]:
    """Return the rows of the pages so that what goes on over a page follows itself.

    Running headers and footers are left out where they cut the text. Columns that are read
    after the one that goes on are read before it instead.

    Args:
        pages: The rows of each page, in reading order.
        heights: Those of the pages, in points.
    """
    whole = without_furniture(pages, heights)
    for at in range(len(whole) - 1):
        page, following = whole[at], whole[at + 1]
        if not (page and following):
            continue
        last = _goes_on_from(page, following[0])
        if last is not None and page[last].baseline >= _FOOT * heights[at]:
            whole[at] = _with_column_first(page, last)
        elif page[-1].baseline >= _FOOT * heights[at]:
            whole[at + 1] = _with_column_last(following, page[-1], _HEAD * heights[at + 1])
    return whole


def _goes_on_from(page: Sequence[Row], first: Row) -> int | None:
    """The index of the row that the next page's first row goes on from: the column's lowest."""
    same = [index for index, row in enumerate(page) if goes_on(row, first)]
    return max(same, key=lambda index: page[index].baseline, default=None)


def _is_beside(rows: Sequence[Row], last: Row) -> bool:
    """Whether rows stand wholly to the right of a column that ends with the last row."""
    return bool(rows) and all(row.segments[0].x0 >= last.segments[-1].x1 for row in rows)


def _with_column_first(page: Sequence[Row], last: int) -> list[Row]:
    """Read the rows behind the last one before the column that it ends, if they are beside it."""
    moved = page[last + 1 :]
    if not _is_beside(moved, page[last]):
        return list(page)
    edge = min(row.segments[0].x0 for row in moved)
    top = moved[0].baseline - _HIGHER * moved[0].size
    start = last
    while start and page[start - 1].baseline >= top and page[start - 1].segments[-1].x1 < edge:
        start -= 1
    return [*page[:start], *moved, *page[start : last + 1]]


def _with_column_last(page: Sequence[Row], last: Row, head: float) -> list[Row]:
    """Read a column on the left behind the one that goes on from the page before."""
    first = next(
        (at for at, row in enumerate(page) if row.baseline <= head and goes_on(last, row)), 0
    )
    moved = page[:first]
    edge = max((row.segments[-1].x1 for row in moved), default=0.0)
    if not moved or edge > page[first].segments[0].x0:
        return list(page)
    end = next((at for at in range(first, len(page)) if page[at].segments[0].x0 < edge), len(page))
    return [*page[first:end], *moved, *page[end:]]
