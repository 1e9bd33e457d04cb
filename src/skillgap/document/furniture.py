"""Page numbers and running headers and footers, which belong to the pages and not to the text.

Left where they stand they cut through an item that goes on over the page. Of a line that repeats
the one that interrupts nothing is kept: a header on its first page, a footer on its last.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from skillgap.document.rows import Row

# Headers and footers stand in this share of the page's height, at its top and bottom.
_MARGIN_SHARE = 0.1
# A running line stands at the same height on all its pages, to so many points.
_SAME_HEIGHT_PT = 3
# So many rows at the head of the first page may hold the name that later pages repeat.
_NAME_ROWS = 3
_NUMBER = re.compile(
    r"(?:(?:page|pg\.?|seite|página|pagina|p\.)\s*)?[-–—]?\s*(\d{1,3})\s*[-–—]?"
    r"(?:\s*(?:of|/|\||von|de|sur|di)\s*\d{1,3})?",
    re.IGNORECASE,
)
_NUMBER_INSIDE = re.compile(
    r"\b(?:page|pg\.?|seite|página|pagina|p\.)\s*\d{1,3}(?:\s*(?:of|/|von|de|sur|di)\s*\d{1,3})?"
    r"|\b\d{1,3}\s*(?:of|/)\s*\d{1,3}\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\b(?:curriculum vitae|r[ée]sum[ée]|cv)\b", re.IGNORECASE)


class _Place(NamedTuple):
    """A row in the margin: the indices of its page and of the row there, at top or bottom."""

    page: int
    row: int
    at_top: bool


def without_furniture(pages: Sequence[Sequence[Row]], heights: Sequence[float]) -> list[list[Row]]:
    """Return the rows of the pages without the running headers and footers that cut the text.

    Args:
        pages: The rows of each page, in reading order.
        heights: Those of the pages, in points.
    """
    if len(pages) < 2:
        return [list(rows) for rows in pages]
    places = [place for at, rows in enumerate(pages) for place in _margin(at, rows, heights[at])]
    dropped = _repeated(pages, places) | _numbers(pages, places) | _names(pages, places)
    kept = [
        [row for index, row in enumerate(rows) if (at, index) not in dropped]
        for at, rows in enumerate(pages)
    ]
    return kept if any(kept) else [list(rows) for rows in pages]


def _margin(page: int, rows: Sequence[Row], height: float) -> Iterator[_Place]:
    """The rows at the page's edges: turned text has no edge here."""
    for index, row in enumerate(rows):
        if row.segments[0].words[0].ink.angle:
            continue
        if row.baseline <= _MARGIN_SHARE * height:
            yield _Place(page, index, at_top=True)
        elif row.baseline >= (1 - _MARGIN_SHARE) * height:
            yield _Place(page, index, at_top=False)


def _repeated(pages: Sequence[Sequence[Row]], places: Sequence[_Place]) -> set[tuple[int, int]]:
    """Lines at one height of several pages, but for the one that interrupts nothing."""
    alike: dict[tuple[str, bool], list[_Place]] = defaultdict(list)
    for place in places:
        alike[_without_number(pages[place.page][place.row].text), place.at_top].append(place)
    dropped: set[tuple[int, int]] = set()
    for (_, at_top), same in alike.items():
        kept = same[0 if at_top else -1]
        height = pages[kept.page][kept.row].baseline
        dropped.update(
            (place.page, place.row)
            for place in same
            if place.page != kept.page
            and abs(pages[place.page][place.row].baseline - height) <= _SAME_HEIGHT_PT
        )
    return dropped


def _numbers(pages: Sequence[Sequence[Row]], places: Sequence[_Place]) -> set[tuple[int, int]]:
    """Rows that hold the number of their page and nothing else."""
    dropped = set()
    for place in places:
        found = _NUMBER.fullmatch(pages[place.page][place.row].text.strip())
        if found and int(found[1]) == place.page + 1:
            dropped.add((place.page, place.row))
    return dropped


def _names(pages: Sequence[Sequence[Row]], places: Sequence[_Place]) -> set[tuple[int, int]]:
    """Headers of later pages that repeat the name from the head of the first."""
    heads = {_letters(row.text) for row in pages[0][:_NAME_ROWS]} - {""}
    return {
        (place.page, place.row)
        for place in places
        if place.page and _letters(_without_number(pages[place.page][place.row].text)) in heads
    }


def _without_number(text: str) -> str:
    """The text without the number of the page, which may stand far from the rest."""
    return _NUMBER_INSIDE.sub("", text).strip(" |·•-–—") or "#"


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, _TITLE.sub("", text))).casefold()
