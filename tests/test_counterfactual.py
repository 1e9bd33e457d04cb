"""The same resume of another person: who somebody is, and where, changes no score.

Each example is written as text from its source, once as it is and once with other particulars of
the person. What was shown of skills stays, so fits, leans and held skills have to stay as well.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from skillgap.analyzer import Analyzer
from skillgap.report.model import FitReport

_SOURCES = sorted((Path(__file__).parents[1] / "examples" / "sources").glob("*.toml"))
_AS_OF = date(2026, 1, 1)
# Of many origins; some are common words or bear the name of a skill.
_NAMES = (
    "Aaliyah Washington",
    "Anne-Marie O'Neill",
    "DeShawn Jackson",
    "Fatima al-Zahra",
    "Guadalupe Ruiz",
    "Hans-Jürgen Müller",
    "Ivan Petrov",
    "Julia Swift",
    "Mohammed Khan",
    "Nguyễn Thị Hoa",
    "Priya Nair",
    "Ruby Larkin",
    "Scala Rossi",
    "Wei Zhang",
    "王小明",
)
_EMPLOYERS = (
    "Acme Ltd",
    "First National Bank",
    "Ministry of Health",
    "Seoul Motors",
    "St Mary's Hospital",
    "Tata Steel",
    "Women in Shipping e.V.",
)
_SCHOOLS = (
    "Ivy League College",
    "Open University of the North",
    "Universidad de las Islas",
    "Women's College of Eastmere",
    "Historically Black College of Thornby",
)
_PLACES = ("Accra", "Compton, CA 90220", "Gaza", "Kyiv, Ukraine", "Lagos, Nigeria", "Zürich")
_PARTICULARS = (
    "Pronouns: she/her",
    "Pronouns: they/them",
    "Gender: male",
    "Nationality: Ghanaian",
    "Date of birth: 1 May 1961",
    "Marital status: married, two children",
    "Religion: none",
)

Content = dict[str, Any]
Change = Callable[[Content], Content]


@cache
def _analyzer() -> Analyzer:
    return Analyzer()


@cache
def _source(path: Path) -> Content:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _text(content: Content) -> str:
    return "\n".join(_lines(content))


def _lines(content: Content) -> Iterator[str]:
    yield content["name"]
    yield content["headline"]
    yield " | ".join(content["contact"])
    yield from content.get("particulars", ())
    for section in content["sections"]:
        yield from ("", section["heading"].upper(), "")
        if section.get("text"):
            yield section["text"]
        for entry in section.get("entries", ()):
            where = ", ".join(filter(None, [entry["organisation"], entry["place"]]))
            yield f"{entry['title']}, {where}"
            yield entry["dates"]
            yield from (f"- {bullet}" for bullet in entry.get("bullets", ()))
            yield ""
        yield from (f"{label}: {told}" for label, told in section.get("rows", ()))
        yield from (f"- {point}" for point in section.get("points", ()))


def _measured(content: Content) -> tuple[object, ...]:
    """Return what must not change of a report."""
    report = _analyzer().analyze_text(_text(content), as_of=_AS_OF)
    return _scores(report)


def _scores(report: FitReport) -> tuple[object, ...]:
    return (
        [(fit.role, fit.score, fit.interval, fit.word) for fit in report.fits],
        (report.lean.role, report.lean.net_share),
        sorted(skill.id for skill in report.held),
    )


def _entries(content: Content, *, studies: bool) -> Iterator[Content]:
    """Yield the degrees or the jobs; what a project stands under is no employer."""
    for section in content["sections"]:
        heading = section["heading"].lower()
        if heading.startswith("educat" if studies else ("experience", "employment", "work")):
            yield from section.get("entries", ())


def _named(name: str) -> Change:
    def change(content: Content) -> Content:
        user = re.sub(r"\W+", ".", name.lower()).strip(".")
        contact = [*content["contact"][:2], f"{user}@example.com", f"code.example.com/{user}"]
        return {**content, "name": name, "contact": contact}

    return change


def _placed(place: str) -> Change:
    def change(content: Content) -> Content:
        content["contact"][:2] = [place, "+44 20 7946 0018"]
        for studies in (True, False):
            for entry in _entries(content, studies=studies):
                if "." not in entry["place"]:  # a link of a project
                    entry["place"] = place
        return content

    return change


def _organised(name: str, *, studies: bool) -> Change:
    def change(content: Content) -> Content:
        for entry in _entries(content, studies=studies):
            if entry["organisation"] not in {"", "maintainer"}:
                entry["organisation"] = name
        return content

    return change


def _graduated(years: int) -> Change:
    def change(content: Content) -> Content:
        for entry in _entries(content, studies=True):
            entry["dates"] = re.sub(
                r"\b(?:19|20)\d\d\b", lambda year: str(int(year[0]) + years), entry["dates"]
            )
        return content

    return change


def _without_contact(content: Content) -> Content:
    return {**content, "contact": []}


def _told(line: str) -> Change:
    return lambda content: {**content, "particulars": [line]}


def _cases() -> Iterator[Any]:
    changes: list[tuple[str, Change]] = [
        *((f"name {name}", _named(name)) for name in _NAMES),
        *((f"place {place}", _placed(place)) for place in _PLACES),
        *((f"employer {name}", _organised(name, studies=False)) for name in _EMPLOYERS),
        *((f"school {name}", _organised(name, studies=True)) for name in _SCHOOLS),
        *((f"graduated {years:+}", _graduated(years)) for years in (-30, -10, 3)),
        *((line, _told(line)) for line in _PARTICULARS),
        ("no contact", _without_contact),
    ]
    for path in _SOURCES:
        for label, change in changes:
            yield pytest.param(path, change, id=f"{path.stem}: {label}")


@cache
def _as_it_is(path: Path) -> tuple[object, ...]:
    return _measured(_source(path))


@pytest.mark.parametrize(("path", "change"), list(_cases()))
def test_who_somebody_is_changes_no_score(path: Path, change: Change) -> None:
    """Fits, intervals, lean and held skills stay to the last digit."""
    other = change(deepcopy(_source(path)))

    if other == _source(path):
        pytest.skip("this example has no such particulars")
    assert _measured(other) == _as_it_is(path)


def test_a_name_of_two_skills_changes_no_score() -> None:
    """Ruby Flask, ruby.flask@example.com, shows nothing of web services by that."""
    path = next(path for path in _SOURCES if path.stem == "junior")

    assert _measured(_named("Ruby Flask")(deepcopy(_source(path)))) == _as_it_is(path)
