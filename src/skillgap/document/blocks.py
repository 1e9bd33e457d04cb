"""Rows that belong together: clusters, blocks and sections, and how labels stand by them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from skillgap.document.rows import Row, is_bullet

# Rows of one cluster are this many em apart; single spacing is 1.2.
CLUSTER_GAP = 1.7
# A block starts where a row is further from the one above than this share of the usual.
BLOCK_GAP = 1.15
# The same for the sections that labels are set in the middle of.
SECTION_GAP = 1.5
# A label stands by a row when their baselines, or their top edges, are this many em apart.
_BESIDE = 0.35
_ASCENT = 0.75
# A label is set in the middle of a section when the middles are this many em apart.
_CENTRED = 0.75
# Tables of labels and values: short labels, longer values, not too many rows.
LABEL_LETTERS = 24
# So much larger than its row's other text, a first segment is a heading.
HEADING_RATIO = 1.15
# What nothing but a heading says: "Languages" and "Skills" are labels of tables as well.
_SURE_HEADING = re.compile(
    r"(?:(?:work|professional|employment|career|research|relevant|selected|personal|executive|my)\s+)?"
    r"(?:experience|employment|history|education|summary|profile|objective|projects|publications)"
    r"(?:\s+history|\s+summary)?\s*:?",
    re.IGNORECASE,
)
_LIKELY_HEADING = re.compile(
    r"(?:(?:technical|core|key|soft|professional|other|additional)\s+)?"
    r"(?:skills|languages|interests|hobbies|certifications|certificates|awards|honou?rs|courses"
    r"|volunteering|activities|references|contact)\s*:?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OPEN_END = re.compile(r"\W*(?:present|current|now|today|ongoing|heute|actual)\W*", re.IGNORECASE)
# Rows of one column start this near to each other, in em: items hang by up to two.
_HANGING = 2.5
# A row that goes on is as large as the one it goes on from, to this ratio.
_SAME_SIZE = 1.05
_DATE_LETTERS = 32
_DATE_WORDS = 5


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


def is_sure_heading(text: str) -> bool:
    """Whether a text is the heading of a section and of nothing smaller.

    >>> is_sure_heading("WORK EXPERIENCE"), is_sure_heading("Experience with SQL")
    (True, False)
    """
    return len(text) <= LABEL_LETTERS and _SURE_HEADING.fullmatch(text) is not None


def may_be_headings(texts: Sequence[str]) -> bool:
    """Whether each of several labels is the name of a section, as not all of a table's are.

    >>> may_be_headings(["Skills", "Interests"]), may_be_headings(["Languages", "Tools"])
    (True, False)
    """
    return len(texts) > 1 and all(
        is_sure_heading(text) or _LIKELY_HEADING.fullmatch(text) for text in texts
    )


def goes_on(row: Row, behind: Row) -> bool:
    """Whether a row may go on from another one of its column.

    It starts in lower case, with a number that is no date, or as an item.
    """
    before, first = row.segments[0], behind.segments[0]
    word = first.words[0]
    start = word.text[0]
    return (
        (start.islower() or is_bullet(word.text) or (start.isdigit() and not is_date(behind.text)))
        and abs(before.x0 - first.x0) <= _HANGING * first.size
        and max(before.size, first.size) <= _SAME_SIZE * min(before.size, first.size)
        and before.words[0].ink.angle == word.ink.angle
    )


def clusters_of(side: Sequence[Row]) -> list[list[Row]]:
    """Gather rows that follow each other as lines of one paragraph do."""
    clusters: list[list[Row]] = []
    for row in side:
        if clusters and row.baseline - clusters[-1][-1].baseline <= CLUSTER_GAP * row.size:
            clusters[-1].append(row)
        else:
            clusters.append([row])
    return clusters


def usual_gap(side: Sequence[Row]) -> float:
    """Return the distance of the lines of one paragraph: the lower quartile of all distances.

    Where many blocks are short, the median lies between lines and blocks.
    """
    gaps = sorted(row.baseline - side[index].baseline for index, row in enumerate(side[1:]))
    return gaps[len(gaps) // 4] if gaps else 0.0


def blocks_of(side: Sequence[Row], share: float) -> list[list[Row]]:
    """Part a side where a gap between rows is wider than this share of the usual one."""
    gaps = [row.baseline - side[index].baseline for index, row in enumerate(side[1:])]
    usual = usual_gap(side)
    blocks = [[side[0]]]
    for row, gap in zip(side[1:], gaps, strict=True):
        if gap > share * usual:
            blocks.append([])
        blocks[-1].append(row)
    return blocks


def middle_of(block: Sequence[Row]) -> float:
    """Return the height of the middle of a block's first and last baseline."""
    return (block[0].baseline + block[-1].baseline) / 2


def is_beside(label: Row, row: Row) -> bool:
    """Whether two rows stand side by side: on one baseline, or on one top edge."""
    down = label.baseline - row.baseline
    larger = _ASCENT * (label.size - row.size)
    return min(abs(down), abs(down - larger)) <= _BESIDE * row.size


def is_centred(cluster: Sequence[Row], section: Sequence[Row]) -> bool:
    """Whether a label, which a date is not, is set in the middle of the section's height."""
    if len(section) <= len(cluster) or is_date(cluster[0].text):
        return False
    return abs(middle_of(cluster) - middle_of(section)) <= _CENTRED * section[0].size


def without_heads(
    cluster: Sequence[Row], right: Mapping[float, Row]
) -> tuple[Sequence[Row], Sequence[Row]]:
    """Part the heading of a table from its labels, which all have a value beside them."""
    start = next((i for i, row in enumerate(cluster) if row.baseline in right), 0)
    labels = cluster[start:]
    if len(labels) > 1 and all(row.baseline in right for row in labels):
        return cluster[:start], labels
    return (), cluster
