"""Where the contact block at the top of a resume ends and its free words begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from skillgap.resume.naming import names_title
from skillgap.resume.rows import Row

_CONTACT = re.compile(
    r"@\s?[\w-]+\.\w|https?://|www\.|linkedin|github|gitlab|orcid|\+\d[\d ()-]{6,}"
    r"|\(?\b\d{3,5}\)?[ .-]?\d{3}[ .-]?\d{3,4}\b|\b(?:e-?mail|tel(?:ephone)?|phone|mobile|address"
    r"|nationality|date\sof\sbirth|driving\slicen[cs]e|marital|gender|location)\s?[.:]"
    r"|\b[\w-]+\.(?:com|org|net|io|dev|me)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^[^\d.!?]{2,30},\s?[^\d.!?]{2,30}(?:,[^.!?]{2,20})?\s*\d{0,6}$|\b\d{4,6}\b|\b[A-Z]{2}\s\d{5}\b"
)
# Words with capitals, initials, and the small words of names: "Ada M. van der Berg, PhD".
_NAME = re.compile(
    r"(?:(?:[^\W\d_a-zß-öø-ÿ][\w.'’-]*|[\"“(]\w+[\"”)]|van|der|de[nrl]?|da|di|do|dos|du|la|le|von|zu|bin|"
    r"ibn|el|al|y|e)\s*){1,6}(?:,\s*\w[\w.]{0,6}){0,4}"
)
_EDGE = " \t,;:.|–—-·•()[]"
# A contact block of more lines than this is no contact block; the longest, one fact a line,
# have about a dozen.
_MAX_LINES = 14


def is_contact(text: str) -> bool:
    """Tell whether a line holds an address, a number or a link of the person.

    >>> is_contact("Leeds | a.person@example.com")
    True
    """
    return _CONTACT.search(text) is not None


def is_prose(row: Row) -> bool:
    """Tell whether a row reads as running text."""
    return row.word_count >= 9 or (row.word_count >= 6 and row.text.endswith("."))


def contact_rows(rows: Sequence[Row]) -> int:
    """Count the rows at the top of a resume that say who and where the person is.

    The first row is the name. Rows follow up to the last one with an address, number or link,
    and short ones after it that state a title or place; all of a few short rows do.

    No row from the first dated title on is one of them: there a job begins, and a link in its
    items is not the person's address.

    Args:
        rows: What stands before the first heading.
    """
    rows = rows[: next((n for n, row in enumerate(rows) if _begins_job(row)), len(rows))]
    top = rows[:_MAX_LINES]
    if not top or not (_is_name(top[0]) or any(is_contact(row.text) for row in top)):
        return 0
    if len(rows) <= _MAX_LINES and all(_is_short_fact(row) for row in rows):
        return len(rows)
    count = 1
    for index, row in enumerate(top):
        if is_contact(row.text):
            count = index + 1
        elif is_prose(row) or row.bullet:
            break
    while count < min(len(rows), _MAX_LINES) and _states_fact(rows[count]):
        if count + 1 < len(rows) and rows[count + 1].has_range:
            break  # the title of a job without a heading
        count += 1
    return count


def _begins_job(row: Row) -> bool:
    """Tell whether a row holds the title of a job and its time."""
    dates = next((dates for dates in row.dates if dates.is_range), None)
    if dates is None or row.bullet or (is_prose(row) and row.is_closed):
        return False
    return names_title(row.text[: dates.span.start - row.span.start].strip(_EDGE))


def _is_name(row: Row) -> bool:
    """Tell whether a row reads like the name of a person."""
    return _NAME.fullmatch(row.text.strip()) is not None


def _is_short_fact(row: Row) -> bool:
    """Tell whether a row is no sentence, list item or dated line."""
    return not (row.bullet or row.dates) and (is_contact(row.text) or not is_prose(row))


def _states_fact(row: Row) -> bool:
    """Tell whether a short row after the contact lines still belongs to them."""
    if not _is_short_fact(row):
        return False
    if row.word_count <= 6 and names_title(row.text):
        return True
    return row.word_count <= 5 and _PLACE.search(row.text) is not None
