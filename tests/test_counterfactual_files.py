"""Who somebody is changes no score, in the text of every example file as it is read.

What `test_counterfactual.py` does with the content of the examples is done here with what comes
out of each PDF and Word file, where lines, columns and footers decide what is read as a name; and
with words that are names of skills, and resumes that speak of their writer as of somebody else.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from skillgap.analyzer import Analyzer
from skillgap.document.reader import read_document
from skillgap.report.model import FitReport
from tests.conftest import RESUMES

FILES = sorted(p for p in RESUMES.iterdir() if p.suffix in {".pdf", ".docx", ".txt", ".md"})
SCHOOLS = ("University", "College", "Institute")

# From many places, of one word and of five, with and without accents, in other scripts; two that
# hold the name of a skill.
NAMES = [
    "Emily Walsh",
    "Lakisha Washington",
    "Ngozi Adeyemi-Okafor",
    "José Luis García Márquez",
    "Mohammed Al-Farsi",
    "Nguyễn Thị Minh Khai",
    "田中 花子",
    "Julia Robinson",
    "Ruby Swift",
]
MAILS = ["a@example.org", "the.best.python.dev@example.com", "sql@example.com"]
PHONES = ["(555) 010-9999", "+44 20 7946 0000", "0555 010 999"]
PLACES = ["Lagos, Nigeria", "Springfield, IL 62704", "São Paulo", "12 Example Street, Leeds"]
LINKS = ["github.com/example-person", "linkedin.com/in/example", "https://sql.example.com/docker"]
EMPLOYERS = [
    "Zenith",
    "Bright & Sons GmbH",
    "42 North",
    "International Consolidated Holdings of Northumbria plc",
    "Tableau Software",
    "Swift Logistics",
    "Docker, Inc.",
]
SCHOOL_NAMES = [
    "Example State University",
    "École Polytechnique",
    "Technische Universität München",
    "Swift College",
    "Institute of Statistics",
]
SHIFTS = [-30, -5, 1]
PRONOUNS = ["she/her", "he/him", "they/them", "Pronouns: ze/hir"]


@dataclass(frozen=True)
class Person:
    """What an example says of its person, as its source has it."""

    name: str
    contact: tuple[str, ...]
    employers: tuple[str, ...]
    schools: tuple[str, ...]
    studied: tuple[str, ...]


@cache
def person(stem: str) -> Person:
    """Read the source of an example."""
    source: dict[str, Any] = tomllib.loads(
        (RESUMES.parent / "sources" / f"{stem}.toml").read_text("utf-8")
    )
    entries = [entry for section in source["sections"] for entry in section.get("entries", ())]
    names = {e["organisation"] for e in entries if e.get("organisation", "")[:1].isupper()}
    schools = {name for name in names if any(word in name for word in SCHOOLS)}
    return Person(
        name=source["name"],
        contact=tuple(source["contact"]),
        employers=tuple(sorted(names - schools)),
        schools=tuple(sorted(schools)),
        studied=tuple(e["dates"] for e in entries if e.get("organisation") in schools),
    )


def replaced(text: str, old: str, new: str) -> str:
    """Replace words wherever they stand, also broken over lines; in capitals if they are."""
    words = re.compile(r"\s+".join(map(re.escape, old.split())), re.IGNORECASE)
    return words.sub(lambda found: new.upper() if found.group().isupper() else new, text)


# --- what is changed ------------------------------------------------------------------------------

Change = Iterator[tuple[str, str]]  # what was changed, and the whole text with it


def other_names(text: str, who: Person) -> Change:
    """Change the name."""
    for name in NAMES:
        yield name, replaced(text, who.name, name)


def other_contact_data(text: str, who: Person) -> Change:
    """Change mail address, phone number, address and links; the town, not where jobs were."""
    for old in who.contact:
        if "@" in old:
            others = MAILS
        elif old.startswith("+"):
            others = PHONES
        else:
            others = LINKS if "." in old else PLACES
        for new in others:
            at = text.find(old)
            if at >= 0:
                yield f"{old} -> {new}", text[:at] + new + text[at + len(old) :]


def other_employers(text: str, who: Person) -> Change:
    """Change each employer, also to names with a skill in them."""
    for old in who.employers:
        for new in EMPLOYERS:
            yield f"{old} -> {new}", replaced(text, old, new)


def other_schools(text: str, who: Person) -> Change:
    """Change each school."""
    for old in who.schools:
        for new in SCHOOL_NAMES:
            yield f"{old} -> {new}", replaced(text, old, new)


def other_years_of_study(text: str, who: Person) -> Change:
    """Move the time of studies by years: who is older or younger."""
    for old in who.studied:
        for shift in SHIFTS:
            new = re.sub(r"(?:19|20)\d\d", lambda year, by=shift: str(int(year[0]) + by), old)  # type: ignore[misc]
            yield f"{old} -> {new}", replaced(text, old, new)


def pronouns(text: str, who: Person) -> Change:
    """Name pronouns beside or under the name."""
    for words in PRONOUNS:
        yield words, replaced(text, who.name, f"{who.name} ({words})")
        yield f"{words}, on a line", replaced(text, who.name, f"{who.name}\n{words}")


def essence(report: FitReport) -> Any:
    """Return all of a report that must stay the same."""
    return (
        [(f.role, f.score, f.interval, [g.requirement for g in f.gaps]) for f in report.fits],
        (report.lean.role, report.lean.net_share),
        [skill.id for skill in report.held],
    )


@pytest.mark.parametrize(
    "change",
    [
        other_names,
        other_contact_data,
        other_employers,
        other_schools,
        other_years_of_study,
        pronouns,
    ],
    ids=lambda change: change.__name__,
)
@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_who_it_is_changes_no_score(
    file: Path, change: Callable[[str, Person], Change], analyzer: Analyzer, as_of: date
) -> None:
    """Fits, intervals, gaps, lean and skills are those of the same resume of somebody else."""
    text = read_document(file).text
    expected = essence(analyzer.analyze_text(text, as_of=as_of))
    changes = list(change(text, person(file.stem)))

    changed = [
        what
        for what, other in changes
        if essence(analyzer.analyze_text(other, as_of=as_of)) != expected
    ]

    assert not changed
    assert all(other != text for _, other in changes)


# --- pronouns in sentences ------------------------------------------------------------------------

TOLD = """Avery Example
avery@example.com

Summary
{I} {am} an engineer. {I} designed ranking models with PyTorch; {my} teammates ask {me} for reviews.

Experience
Machine Learning Engineer, Example Ltd
Jan 2020 - Present
- {My} work on Kubernetes cut costs by half
- {I} deployed {my} models on AWS with Docker

Skills
Python, SQL
"""
VOICES = {
    "first person": ("I", "am", "me", "my"),
    "she": ("She", "is", "her", "her"),
    "he": ("He", "is", "him", "his"),
    "they": ("They", "are", "them", "their"),
}


def told(voice: str, analyzer: Analyzer, as_of: date) -> Any:
    """Analyze the resume told in a voice."""
    subject, verb, other, own = VOICES[voice]
    text = TOLD.format(I=subject, am=verb, me=other, my=own, My=own.capitalize())
    return essence(analyzer.analyze_text(text, as_of=as_of))


@pytest.mark.parametrize("voice", ["he", "they"])
def test_which_pronoun_tells_a_resume_changes_no_score(
    voice: str, analyzer: Analyzer, as_of: date
) -> None:
    """Somebody who writes about herself, himself or themself."""
    assert told(voice, analyzer, as_of) == told("she", analyzer, as_of)


def test_a_resume_in_the_third_person_is_no_worse(analyzer: Analyzer, as_of: date) -> None:
    """Biographies speak of the writer as of somebody else."""
    assert told("she", analyzer, as_of) == told("first person", analyzer, as_of)


# --- names that are skills, where no word beside them says what they are --------------------------


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param(
            "restaurant-manager.docx", "Harbour Flask Inn", "Oracle", id="an employer under a post"
        ),
        pytest.param(
            "ds-mid.docx", "University of Eastmere", "College of Computing and AI", id="a school"
        ),
        pytest.param(
            "applied-scientist.pdf", "Quenby Asterholt", "Sam Airflow", id="a name in a footer"
        ),
        pytest.param("ds-mid.docx", "Saltmarsh Quay", "Java, Indonesia", id="a place of work"),
    ],
)
def test_a_name_that_is_a_skill_changes_no_score(
    file: str, old: str, new: str, analyzer: Analyzer, as_of: date
) -> None:
    """Whoever works at Oracle need not know the database."""
    text = read_document(RESUMES / file).text
    expected = essence(analyzer.analyze_text(text, as_of=as_of))

    changed = analyzer.analyze_text(replaced(text, old, new), as_of=as_of)

    assert essence(changed) == expected
