"""What was read from a file: told for people, for programs, and as JSON Resume."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.document.reader import read_document
from skillgap.errors import DocumentError
from skillgap.report.choice import ParseFormat
from skillgap.report.formats import render_parsed
from skillgap.report.parsed import ParsedResume, month_text, parsed
from skillgap.resume.model import Resume
from skillgap.resume.segment import segment

RESUME = """Avery Example
avery@example.com | +1 555 0100 | https://example.com/avery

Summary
Builds models that last.

Experience
Data Scientist, Example Ltd
Jan 2020 - Present
- Ran A/B tests in Python
- Told the board what they meant

Machine Learning Engineer, Sample Inc
Mar 2017 - Dec 2019
- Served models

Education
MSc Statistics, University of Example
2015 - 2017

Skills
Languages: Python, SQL
Tools: Docker
"""


def read(text: str, name: str = "resume.txt") -> Resume:
    """Read text as a resume."""
    return segment(read_document(text.encode(), name=name), as_of=date(2026, 1, 1))


def told(text: str, parse_format: ParseFormat) -> Any:
    """Return what was read, as a program sees it."""
    return json.loads(render_parsed(read(text), parse_format))


# --- for people -----------------------------------------------------------------------------------


def test_text_shows_sections_entries_and_every_line() -> None:
    """Whoever doubts a score sees what the program has seen."""
    shown = render_parsed(read(RESUME), ParseFormat.TEXT)

    assert "== experience: Experience, page 1" in shown
    assert "-- job: Data Scientist | Example Ltd | 2020-01 to present" in shown
    assert "-- job: Machine Learning Engineer | Sample Inc | 2017-03 to 2019-12" in shown
    for line in filter(None, RESUME.splitlines()):
        assert line in shown


def test_nothing_in_a_resume_commands_the_terminal() -> None:
    """Its words are shown, never obeyed."""
    shown = render_parsed(
        read("Skills\n\x1b[2JPython \u202e [bold]\n", "a\x1b[31m.txt"), ParseFormat.TEXT
    )

    assert all(c.isprintable() for line in shown.split("\n") for c in line)


# --- for programs ---------------------------------------------------------------------------------


def test_json_survives_and_its_spans_hold() -> None:
    """Headings and entries are found again in the text."""
    resume = read(RESUME)

    again = ParsedResume.model_validate_json(render_parsed(resume, ParseFormat.JSON))

    assert again == parsed(resume)
    for section in again.sections:
        assert (section.heading or "") in again.text[section.start : section.end]
    for entry in again.entries:
        assert (entry.title or "") in again.text[entry.start : entry.end]


def test_an_open_entry_has_no_last_month() -> None:
    """It goes on; when it was looked at is not a fact of the resume."""
    first, second = [e for e in told(RESUME, ParseFormat.JSON)["entries"] if e["kind"] == "job"]

    assert (first["first"], first["last"], first["current"]) == ("2020-01", None, True)
    assert (second["first"], second["last"], second["current"]) == ("2017-03", "2019-12", False)


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        pytest.param(2020 * 12, "2020-01", id="January"),
        pytest.param(2019 * 12 + 11, "2019-12", id="December"),
    ],
)
def test_month_text(month: int, expected: str) -> None:
    """Months are counted from 0 inside and from 1 outside."""
    assert month_text(month) == expected


# --- JSON Resume ----------------------------------------------------------------------------------


def test_jsonresume_has_the_basics_and_the_jobs() -> None:
    """Other programs read it; what is not known is left out."""
    content = told(RESUME, ParseFormat.JSON_RESUME)

    assert content["basics"] == {
        "name": "Avery Example",
        "email": "avery@example.com",
        "phone": "+1 555 0100",
        "url": "https://example.com/avery",
        "summary": "Builds models that last.",
    }
    assert content["work"] == [
        {
            "name": "Example Ltd",
            "position": "Data Scientist",
            "startDate": "2020-01",
            "highlights": ["Ran A/B tests in Python", "Told the board what they meant"],
        },
        {
            "name": "Sample Inc",
            "position": "Machine Learning Engineer",
            "startDate": "2017-03",
            "endDate": "2019-12",
            "highlights": ["Served models"],
        },
    ]
    assert content["skills"] == [
        {"name": "Languages", "keywords": ["Python", "SQL"]},
        {"name": "Tools", "keywords": ["Docker"]},
    ]


def test_what_is_written_as_json_resume_can_be_read_again() -> None:
    """The skills come back."""
    written = render_parsed(read(RESUME), ParseFormat.JSON_RESUME)

    again = read_document(written.encode(), name="resume.json")

    assert again.format == "jsonresume"
    for word in ("Avery Example", "Example Ltd", "Python", "Docker"):
        assert word in again.text


# --- any text -------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        "Experience",
        "Skills:",
        "Jan 2020 - Present",
        "2019",
        " | ",
        ", ",
        "\n",
        "\n- ",
        "a@example.com",
    ]
)


@settings(max_examples=50, deadline=None)
@given(pieces=st.lists(_PIECES | st.text(max_size=6), min_size=1, max_size=30))
def test_any_text_can_be_told(pieces: list[str]) -> None:
    """No text is too odd for any format, and dates stay dates."""
    try:
        resume = read("x" + "".join(pieces).encode(errors="replace").decode())
    except DocumentError:  # control characters make it look like no text at all
        return

    assert render_parsed(resume, ParseFormat.TEXT)
    json.loads(render_parsed(resume, ParseFormat.JSON))
    for job in json.loads(render_parsed(resume, ParseFormat.JSON_RESUME))["work"]:
        assert re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", job.get("startDate", "2000-01"))
