"""What the second step makes: a document with its sections, entries and dates."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from skillgap.document.model import Document, DocumentWarning, Span


class SectionKind(StrEnum):
    """What a part of a resume is about."""

    CONTACT = "contact"
    SUMMARY = "summary"
    OBJECTIVE = "objective"
    EXPERIENCE = "experience"
    PROJECTS = "projects"
    EDUCATION = "education"
    SKILLS = "skills"
    CERTIFICATES = "certificates"
    PUBLICATIONS = "publications"
    AWARDS = "awards"
    VOLUNTEER = "volunteer"
    LANGUAGES = "languages"
    INTERESTS = "interests"
    REFERENCES = "references"
    OTHER = "other"


class EntryKind(StrEnum):
    """What an entry is: the months of jobs and of studies are counted apart."""

    JOB = "job"
    PROJECT = "project"
    DEGREE = "degree"
    OTHER = "other"


class Personal(StrEnum):
    """What a piece of text tells of the person; each is its own label in a masked text."""

    NAME = "name"
    EMAIL = "e-mail"
    PHONE = "phone"
    LINK = "link"
    ADDRESS = "address"
    CONTACT = "contact"
    BIRTH = "birth"
    PHOTO = "photo"
    GENDER = "gendered"
    FAMILY = "family"
    MARITAL = "marital status"
    NATIONALITY = "nationality"
    ORIGIN = "origin"
    RELIGION = "religion"
    SCHOOL = "school"
    EMPLOYER = "employer"


class Found(NamedTuple):
    """A place that tells something of the person.

    Attributes:
        span: Where it stands.
        kind: What it tells.
        is_certain: Whether it stays personal when the words are a skill's as well: an e-mail
            address is, the word "Julia" on its own may be the language.
    """

    span: Span
    kind: Personal
    is_certain: bool = True


class MonthRange(NamedTuple):
    """The months from `first` to `last`, both included, each counted as year * 12 + month - 1."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all that stands under it.

    Attributes:
        kind: What it is about.
        span: All of it, the heading included.
        heading: The heading's own text; None for what stands before the first heading.
    """

    kind: SectionKind
    span: Span
    heading: Span | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One job, project or degree.

    Attributes:
        kind: Which of them.
        span: All of it, head and bullets.
        head: The lines that name it: title, organisation, place, dates.
        title: The job title, project name or degree; None when not told apart.
        organisation: The employer or school; None when not told apart.
        dates: The text of its dates; None when it has none.
        months: The months it covers; an open end is closed at the `as_of` month.
        current: Whether it goes on ("present").
        whole_years: Whether the first and the last date are years without a month; their months
            in `months` are then a convention and nothing the resume says.
    """

    kind: EntryKind
    span: Span
    head: Span
    title: Span | None = None
    organisation: Span | None = None
    dates: Span | None = None
    months: MonthRange | None = None
    current: bool = False
    whole_years: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, slots=True)
class Resume:
    """A document with its sections and entries, in the order of the text."""

    document: Document
    sections: tuple[Section, ...]
    entries: tuple[Entry, ...]
    warnings: tuple[DocumentWarning, ...] = ()

    def section_at(self, offset: int) -> Section | None:
        """Return the section that the offset lies in, None when it lies in none."""
        index = bisect_right(self.sections, offset, key=lambda section: section.span.start) - 1
        found = self.sections[index] if index >= 0 else None
        return found if found and offset < found.span.end else None

    def entry_at(self, offset: int) -> Entry | None:
        """Return the entry that the offset lies in, None when it lies in none."""
        number = self.entry_number_at(offset)
        return self.entries[number] if number is not None else None

    def entry_number_at(self, offset: int) -> int | None:
        """Return the number, in `entries`, of the entry that the offset lies in."""
        number = bisect_right(self.entries, offset, key=_start_of_entry) - 1
        return number if number >= 0 and offset < self.entries[number].span.end else None


def _start_of_entry(entry: Entry) -> int:
    return entry.span.start


def months_covered(ranges: Iterable[MonthRange]) -> int:
    """Count the months covered by at least one range.

    Two jobs held at once count once: a recruiter asks for how long a skill was used, not for
    how many contracts.

    Args:
        ranges: In any order; they may overlap, touch or repeat.

    Returns:
        The number of distinct months, 0 for no ranges.

    >>> months_covered([MonthRange(1, 6), MonthRange(4, 9)])
    9
    """
    covered = 0
    after_last = 0  # the first month not yet counted
    for first, last in sorted(ranges):
        covered += max(0, last + 1 - max(first, after_last))
        after_last = max(after_last, last + 1)
    return covered
