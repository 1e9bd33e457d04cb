"""What was read from a file as JSON Resume 1.0, for other programs (https://jsonresume.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from skillgap.document.model import Span
from skillgap.report.parsed import month_text
from skillgap.resume.model import Entry, EntryKind, Resume, Section, SectionKind

_SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+?\(?\d[\d ().-]{6,}\d")
_URL = re.compile(r"(?:https?://|www\.)[^\s|,;]+")
_BULLET = re.compile(r"^\W{1,3}\s+(?=\S)")
_ROW = re.compile(r"^\W*(?P<name>[^:,;]{2,40}):\s*(?P<keywords>.+)$")
_PARTING = re.compile(r"\s*[,;|•·]\s*|\s{2,}")


def jsonresume_json(resume: Resume) -> str:
    """Tell a resume as JSON Resume; what was not told apart when reading is left out."""
    content: dict[str, Any] = {"$schema": _SCHEMA, "basics": _basics(resume)}
    content["work"] = [_work(resume, e) for e in _entries(resume, EntryKind.JOB)]
    content["education"] = [_education(resume, e) for e in _entries(resume, EntryKind.DEGREE)]
    content["projects"] = [_project(resume, e) for e in _entries(resume, EntryKind.PROJECT)]
    content["skills"] = [
        row
        for section in resume.sections
        if section.kind is SectionKind.SKILLS
        for row in _skills(resume, section)
    ]
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _entries(resume: Resume, kind: EntryKind) -> Iterator[Entry]:
    return (entry for entry in resume.entries if entry.kind is kind)


def _text(resume: Resume, span: Span | None) -> str:
    return resume.document.text[span.start : span.end].strip() if span is not None else ""


def _filled(**fields: object) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def _basics(resume: Resume) -> dict[str, Any]:
    contact = "\n".join(
        _text(resume, section.span)
        for section in resume.sections
        if section.kind is SectionKind.CONTACT
    )
    summary = next((s for s in resume.sections if s.kind is SectionKind.SUMMARY), None)
    first_line = resume.document.text.lstrip().split("\n", 1)[0].strip()
    found = {
        name: match.group() if (match := pattern.search(contact)) else ""
        for name, pattern in (("email", _EMAIL), ("phone", _PHONE), ("url", _URL))
    }
    is_name = bool(contact) and not _EMAIL.search(first_line) and not _PHONE.search(first_line)
    return _filled(
        name=first_line if is_name else "",
        summary=" ".join(_body(resume, summary.heading, summary.span)) if summary else "",
        **found,
    )


def _work(resume: Resume, entry: Entry) -> dict[str, Any]:
    return _filled(
        name=_text(resume, entry.organisation),
        position=_text(resume, entry.title),
        **_dates(entry),
        highlights=_body(resume, entry.head, entry.span),
    )


def _education(resume: Resume, entry: Entry) -> dict[str, Any]:
    return _filled(
        institution=_text(resume, entry.organisation),
        studyType=_text(resume, entry.title),
        **_dates(entry),
        courses=_body(resume, entry.head, entry.span),
    )


def _project(resume: Resume, entry: Entry) -> dict[str, Any]:
    return _filled(
        name=_text(resume, entry.title) or _text(resume, entry.head).split("\n")[0],
        entity=_text(resume, entry.organisation),
        **_dates(entry),
        highlights=_body(resume, entry.head, entry.span),
    )


def _dates(entry: Entry) -> dict[str, str]:
    if entry.months is None:
        return {}
    last = "" if entry.current else month_text(entry.months.last)
    return {"startDate": month_text(entry.months.first), "endDate": last}


def _body(resume: Resume, head: Span | None, span: Span) -> list[str]:
    """Return what stands under a head, an item for each bullet or paragraph."""
    start = head.end if head is not None else span.start
    items: list[str] = []
    for line in resume.document.text[start : span.end].split("\n"):
        bare = line.strip()
        if not bare:
            continue
        if _BULLET.match(bare) or not items:
            items.append(_BULLET.sub("", bare))
        else:
            items[-1] = f"{items[-1]} {bare}"
    return items


def _skills(resume: Resume, section: Section) -> Iterator[dict[str, Any]]:
    loose: list[str] = []
    for item in _body_lines(resume, section):
        if row := _ROW.match(item):
            yield {"name": row["name"].strip(), "keywords": _keywords(row["keywords"])}
        else:
            loose += _keywords(_BULLET.sub("", item))
    if loose:
        yield {"name": _text(resume, section.heading) or "Skills", "keywords": loose}


def _body_lines(resume: Resume, section: Section) -> list[str]:
    start = section.heading.end if section.heading is not None else section.span.start
    lines = resume.document.text[start : section.span.end].split("\n")
    return [line.strip() for line in lines if line.strip()]


def _keywords(text: str) -> list[str]:
    return [part for part in _PARTING.split(text.strip(" .")) if part]
