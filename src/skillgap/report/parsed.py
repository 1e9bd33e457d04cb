"""What was read from a file, before any skill is looked for: sections, entries, dates, hidden text.

A poor score may come from a poor parse; this is the place to look.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict

from skillgap.document.model import Document, Format, Span
from skillgap.report.model import Notice
from skillgap.report.printable import plain
from skillgap.resume.model import Entry, EntryKind, Resume, SectionKind
from skillgap.resume.segment import experience_months


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SectionRecord(_Record):
    """A heading and the span of all that stands under it."""

    kind: SectionKind
    heading: str | None
    start: int
    end: int
    page: int


class EntryRecord(_Record):
    """One job, project or degree; months as `2019-01`."""

    kind: EntryKind
    title: str | None
    organisation: str | None
    dates: str | None
    first: str | None
    last: str | None
    current: bool
    start: int
    end: int
    page: int


class HiddenRecord(_Record):
    """Text that no reader of the page could see."""

    text: str
    kind: str
    page: int


class ParsedResume(_Record):
    """A file as it was read."""

    source: str
    sha256: str
    format: Format
    engine: str
    pages: int
    text: str
    experience_months: int
    sections: tuple[SectionRecord, ...]
    entries: tuple[EntryRecord, ...]
    hidden: tuple[HiddenRecord, ...]
    warnings: tuple[Notice, ...]


def parsed(resume: Resume) -> ParsedResume:
    """Return what was read of a resume as a record of its own."""
    document = resume.document
    warnings = (*document.warnings, *resume.warnings)
    return ParsedResume(
        source=document.source,
        sha256=document.sha256,
        format=document.format,
        engine=document.engine,
        pages=len(document.pages),
        text=document.text,
        experience_months=experience_months(resume),
        sections=tuple(
            SectionRecord(
                kind=section.kind,
                heading=_text(document, section.heading),
                start=section.span.start,
                end=section.span.end,
                page=document.page_at(section.span.start),
            )
            for section in resume.sections
        ),
        entries=tuple(_entry(document, entry) for entry in resume.entries),
        hidden=tuple(HiddenRecord(text=h.text, kind=h.kind, page=h.page) for h in document.hidden),
        warnings=tuple(Notice(code=w.code, message=w.message) for w in warnings),
    )


def parsed_json(resume: Resume) -> str:
    """Tell what was read as JSON."""
    content = parsed(resume).model_dump(mode="json")
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def parsed_text(resume: Resume) -> str:
    """Tell what was read in lines for people: each section with its entries and its text."""
    return "\n".join(_lines(parsed(resume))) + "\n"


def _text(document: Document, span: Span | None) -> str | None:
    return document.text[span.start : span.end] if span is not None else None


def _entry(document: Document, entry: Entry) -> EntryRecord:
    months = entry.months
    return EntryRecord(
        kind=entry.kind,
        title=_text(document, entry.title),
        organisation=_text(document, entry.organisation),
        dates=_text(document, entry.dates),
        first=month_text(months.first) if months is not None else None,
        last=month_text(months.last) if months is not None and not entry.current else None,
        current=entry.current,
        start=entry.span.start,
        end=entry.span.end,
        page=document.page_at(entry.span.start),
    )


def month_text(month: int) -> str:
    """Return a month, counted as in `MonthRange`, as `2019-01`."""
    year, rest = divmod(month, 12)
    return f"{year:04}-{rest + 1:02}"


def _lines(read: ParsedResume) -> Iterator[str]:
    yield plain(read.source)
    yield (
        f"{read.format} read with {read.engine}, {read.pages} pages, {len(read.text)} characters, "
        f"{read.experience_months} months of dated jobs"
    )
    for warning in read.warnings:
        yield f"! {plain(warning.message)}"
    for hidden in read.hidden:
        yield f"hidden ({hidden.kind}), page {hidden.page}: {plain(hidden.text)}"
    for section in read.sections:
        yield ""
        yield f"== {section.kind}: {plain(section.heading or '(no heading)')}, page {section.page}"
        inside = [e for e in read.entries if section.start <= e.start < section.end]
        for entry in inside:
            yield f"-- {entry.kind}: {_named(entry)}"
        yield from map(plain, read.text[section.start : section.end].splitlines())


def _named(entry: EntryRecord) -> str:
    last = "present" if entry.current else entry.last
    months = f"{entry.first} to {last}" if entry.first else "no dates"
    return " | ".join(plain(part or "?") for part in (entry.title, entry.organisation, months))
