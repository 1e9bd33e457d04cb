"""Reads JSON Resume: printed as a person would, with headings, entries and bullets.

The schema of version 1 and the names it replaced (`company`, `website`, `picture`) are both
known. What stands under other keys is not printed: the schema lets anyone add some, and they are
mostly settings of themes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from skillgap.document import sniff
from skillgap.document.encoding import decode_text
from skillgap.document.lines import GAP, Draft, Piece, compose
from skillgap.document.model import Document, Format
from skillgap.document.options import ReadOptions
from skillgap.document.plain import encoding_warnings
from skillgap.errors import UnreadableDocumentError

_Item = Mapping[str, Any]

# The sections in the order in which most themes print them: the key, the heading, the keys that
# name an entry, and where it was.
_SECTIONS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("work", "Experience", ("position",), ("name", "company", "location")),
    ("volunteer", "Volunteering", ("position",), ("organization", "location")),
    ("projects", "Projects", ("name",), ("entity",)),
    ("education", "Education", ("studyType", "area"), ("institution",)),
    ("certificates", "Certificates", ("name",), ("issuer",)),
    ("publications", "Publications", ("name",), ("publisher",)),
    ("awards", "Awards", ("title",), ("awarder",)),
)
_ONGOING = frozenset({"work", "volunteer"})
# Under an entry: texts first, then lists whose items are bullets, then lists in one line.
_TEXTS = ("description", "summary")
_BULLETS = ("highlights", "courses")
_IN_LINE = (("keywords", ""), ("roles", "Roles: "))
_SIMPLE_SECTIONS = (
    ("skills", "Skills", ("name",), "level"),
    ("languages", "Languages", ("language", "name"), "fluency"),
    ("interests", "Interests", ("name",), ""),
)

_DATE_MONTHS = len("2021-05")


class JsonResumeReader:
    """Reads JSON Resume, version 1 and before."""

    format: ClassVar[Format] = Format.JSON_RESUME

    def can_read(self, data: bytes, name: str) -> bool:
        """Tell whether the bytes are a JSON object with the keys of JSON Resume."""
        return sniff.is_json_resume(data, name)

    def read(self, data: bytes, source: str, options: ReadOptions) -> Document:
        """Read the file.

        Raises:
            UnreadableDocumentError: It is not a JSON object.
        """
        decoded = decode_text(data)
        try:
            resume = json.loads(decoded.text)
        except (ValueError, RecursionError) as error:
            raise _broken(source, str(error)) from error
        if not isinstance(resume, dict):
            raise _broken(source, "not an object")
        return compose(
            _drafts(resume),
            data=data,
            source=source,
            format=self.format,
            engine="json",
            max_characters=options.limits.max_characters,
            warnings=encoding_warnings(decoded),
        )


def _broken(source: str, detail: str) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        source, f"the JSON cannot be read ({detail})", "Check it against the JSON Resume schema"
    )


def _drafts(resume: _Item) -> Iterator[Draft]:
    yield from _basics(_mapping(resume.get("basics")))
    for key, heading, names, places in _SECTIONS:
        entries = _mappings(resume.get(key))
        if entries:
            yield from _heading(heading)
        for number, entry in enumerate(entries):
            if number:
                yield Draft()
            yield from _entry(entry, names, places, ongoing=key in _ONGOING)
    for key, heading, names, detail in _SIMPLE_SECTIONS:
        yield from _simple_section(resume.get(key), heading, names, detail)
    references = _mappings(resume.get("references"))
    if references:
        yield from _heading("References")
    for reference in references:
        yield from _lines(_texts(reference, ("name", "reference")))


def _basics(basics: _Item) -> Iterator[Draft]:
    for name in _texts(basics, ("name",)):
        yield Draft((Piece(name, bold=True),))
    yield from _lines(_texts(basics, ("label",)))
    contact = _texts(basics, ("email", "phone", "url", "website"))
    place = _texts(_mapping(basics.get("location")), ("address", "postalCode", "city", "region"))
    yield from _lines([" | ".join([*contact, *([", ".join(place)] if place else [])])])
    for profile in _mappings(basics.get("profiles")):
        yield from _lines([" ".join(_texts(profile, ("network", "username", "url")))])
    summary = _texts(basics, ("summary",))
    if summary:
        yield from _heading("Summary")
        yield from _lines(summary)


def _entry(
    entry: _Item, names: tuple[str, ...], places: tuple[str, ...], *, ongoing: bool
) -> Iterator[Draft]:
    title, where = " ".join(_texts(entry, names)), ", ".join(_texts(entry, places))
    dates = _dates(entry, ongoing=ongoing)
    head = title or where
    if head or dates:
        pieces = [Piece(head, bold=True)] if head else []
        yield Draft((*pieces, *([Piece(GAP + dates, bold=True)] if dates else ())))
    if title and where:
        yield from _lines([where])
    yield from _lines(_texts(entry, ("score", "gpa")))
    yield from _lines(_texts(entry, _TEXTS))
    for key in _BULLETS:
        for text in _strings(entry.get(key)):
            yield from _lines([text], bullet=True)
    for key, label in _IN_LINE:
        items = _strings(entry.get(key))
        if items:
            yield from _lines([label + ", ".join(items)])


def _simple_section(
    value: object, heading: str, names: tuple[str, ...], detail: str
) -> Iterator[Draft]:
    """Draft a section of one-line items: "Statistics (Master): Regression, Time Series"."""
    items = _mappings(value)
    lines = [_simple_item(item, names, detail) for item in items] or [*_strings(value)]
    if any(lines):
        yield from _heading(heading)
        for line in lines:
            yield from _lines([line], bullet=True)


def _simple_item(item: _Item, names: tuple[str, ...], detail: str) -> str:
    head = " ".join(_texts(item, names)[:1])
    details = _texts(item, (detail,))
    if head and details:
        head = f"{head} ({details[0]})"
    keywords = ", ".join(_strings(item.get("keywords")))
    return ": ".join(part for part in (head, keywords) if part)


def _dates(entry: _Item, *, ongoing: bool) -> str:
    """Return the dates as printed: "2020-01 – Present", "2017", or nothing.

    Args:
        entry: A job, a degree or the like.
        ongoing: Whether one without an end goes on. A project is mostly just not dated to its end.
    """
    start, end = _date(entry.get("startDate")), _date(entry.get("endDate"))
    if start:
        last = end or ("Present" if ongoing else "")
        return f"{start} – {last}" if last else start
    return end or _date(entry.get("date")) or _date(entry.get("releaseDate"))


def _date(value: object) -> str:
    return " ".join(_strings([value]))[:_DATE_MONTHS]


def _heading(text: str) -> Iterator[Draft]:
    yield Draft()
    yield Draft((Piece(text, bold=True),), heading=True)


def _lines(texts: Sequence[str], *, bullet: bool = False) -> Iterator[Draft]:
    for text in texts:
        marker = "•" if bullet else ""
        for line in text.splitlines():
            if line.strip():
                yield Draft((Piece(line),), bullet=bullet and bool(marker), marker=marker)
                marker = ""


def _texts(item: _Item, keys: Sequence[str]) -> list[str]:
    """Return the texts under the keys, those that are empty or no text left out."""
    return _strings([item.get(key) for key in keys])


def _strings(value: object) -> list[str]:
    """Return the texts in a list; numbers count as text, a text alone as a list of one."""
    items = value if isinstance(value, list) else [value]
    numbers = int | float
    texts = [
        item if isinstance(item, str) else f"{item:g}"
        for item in items
        if isinstance(item, str | numbers) and not isinstance(item, bool)
    ]
    return [text for text in texts if text.strip()]


def _mapping(value: object) -> _Item:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> list[_Item]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
