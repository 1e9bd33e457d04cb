"""Cut a document into sections and dated entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from skillgap.document.model import Document, DocumentWarning, Span, WarningCode
from skillgap.resume.contact import contact_rows, is_prose
from skillgap.resume.entries import begins_entry, find_entries, first_row_of_entry
from skillgap.resume.headings import find_headings, part_rows
from skillgap.resume.model import Entry, EntryKind, Resume, Section, SectionKind, months_covered
from skillgap.resume.rows import Row, read_rows


class _Part(NamedTuple):
    """A section to be: its first row, its kind, and its heading."""

    row: int
    kind: SectionKind
    heading: Span | None


def segment(document: Document, *, as_of: date) -> Resume:
    """Find the sections and entries of a resume.

    A section runs from its heading to the next one. What stands before the first heading is the
    contact block and, after it, a summary. Jobs that follow without a heading make a section of
    their own. Any text gives a resume: one without headings carries a warning.

    Args:
        document: What was read from a file.
        as_of: The date that "present" stands for; later ends are clipped to it.
    """
    rows = part_rows(read_rows(document))
    headings = find_headings(rows)
    parts = _front_parts(rows, headings[0].row if headings else len(rows))
    parts += [_Part(h.row, h.kind, h.span) for h in headings]
    parts = _split_off_entries(rows, parts)
    sections: list[Section] = []
    entries: list[Entry] = []
    for number, part in enumerate(parts):
        stop_row = parts[number + 1].row if number + 1 < len(parts) else len(rows)
        span = _section_span(document, rows, part, stop_row)
        sections.append(Section(part.kind, span, part.heading))
        body = _body(rows, part, stop_row)
        entries += find_entries(
            document.text,
            body,
            part.kind,
            end=span.end,
            as_of=as_of,
            titled=_is_teaching(part, document),
        )
    return Resume(
        document, tuple(sections), tuple(entries), _warnings(rows, has_headings=bool(headings))
    )


def experience_months(resume: Resume) -> int:
    """Count the months in which at least one job was held; studies and projects do not count."""
    return months_covered(
        entry.months for entry in resume.entries if entry.kind == EntryKind.JOB and entry.months
    )


def _warnings(rows: Sequence[Row], *, has_headings: bool) -> tuple[DocumentWarning, ...]:
    if has_headings or not rows:
        return ()
    message = "no section headings were found; sections are guessed from what the lines say"
    return (DocumentWarning(WarningCode.NO_HEADINGS, message),)


def _front_parts(rows: Sequence[Row], stop: int) -> list[_Part]:
    """Part what stands before the first heading into contact block and summary."""
    front = rows[:stop]
    if not front:
        return []
    count = contact_rows(front)
    parts = [_Part(0, SectionKind.CONTACT, None)] if count else []
    if count < stop:
        free = stop < len(rows) or is_prose(rows[count])
        parts.append(_Part(count, SectionKind.SUMMARY if free else SectionKind.OTHER, None))
    return parts


_WITHOUT_ENTRIES = frozenset({SectionKind.SUMMARY, SectionKind.OBJECTIVE, SectionKind.CONTACT})
_SECTION_BY_ENTRY = {
    EntryKind.JOB: SectionKind.EXPERIENCE,
    EntryKind.DEGREE: SectionKind.EDUCATION,
}


def _split_off_entries(rows: Sequence[Row], parts: Sequence[_Part]) -> list[_Part]:
    """Give jobs and degrees under a summary, or under no heading, sections of their own."""
    split: list[_Part] = []
    for number, part in enumerate(parts):
        split.append(part)
        own = part.heading is None and part.kind != SectionKind.CONTACT
        if part.kind not in _WITHOUT_ENTRIES and not (part.kind == SectionKind.OTHER and own):
            continue
        stop = parts[number + 1].row if number + 1 < len(parts) else len(rows)
        floor = part.row if own else part.row + 1
        for index in range(floor, stop):
            begun = begins_entry(rows, index, floor) if rows[index].dates else None
            kind = _SECTION_BY_ENTRY.get(begun) if begun else None
            if kind and kind != split[-1].kind:
                first = first_row_of_entry(rows, index, floor)
                if first == split[-1].row:
                    split.pop()
                split.append(_Part(first, kind, None))
    return split


def _is_teaching(part: _Part, document: Document) -> bool:
    """Tell whether a heading names teaching, which may be a list of courses and no posts."""
    words = document.text[slice(*part.heading)].casefold() if part.heading else ""
    return "teaching" in words and "experience" not in words


def _section_span(document: Document, rows: Sequence[Row], part: _Part, stop_row: int) -> Span:
    """Return a section's part of the text: up to where the next one begins."""
    start = rows[part.row].line.span.start if part.row else 0
    end = rows[stop_row].line.span.start if stop_row < len(rows) else len(document.text)
    return Span(start, end)


def _body(rows: Sequence[Row], part: _Part, stop_row: int) -> Sequence[Row]:
    """Return a section's rows without its heading; what stands beside a heading stays."""
    if part.heading is None:
        return rows[part.row : stop_row]
    first = rows[part.row].after(part.heading.end)
    rest = rows[part.row + 1 : stop_row]
    return [first, *rest] if first else rest
