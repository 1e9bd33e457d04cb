"""JSON Resume: printed as a person would print it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillgap.document.jsonresume import JsonResumeReader
from skillgap.document.model import Document
from skillgap.document.options import ReadOptions
from skillgap.errors import UnreadableDocumentError


def read(resume: object) -> Document:
    return JsonResumeReader().read(json.dumps(resume).encode(), "x", ReadOptions())


RESUME = {
    "basics": {
        "name": "Ann Example",
        "label": "Data Scientist",
        "email": "ann@example.com",
        "location": {"city": "Leeds", "region": ""},
        "profiles": [{"network": "GitHub", "username": "ann-example"}],
        "summary": "Builds models.",
    },
    "work": [
        {
            "name": "Blorptech",
            "position": "Analyst",
            "startDate": "2020-01-15",
            "highlights": ["Built churn models", "Cut cost\nby half"],
        },
        {"company": "Quux", "position": "Clerk", "startDate": "2017", "endDate": "2019-12"},
    ],
    "projects": [{"name": "Ballot", "startDate": "2018", "keywords": ["Stan", "R"]}],
    "education": [
        {"institution": "Nowhere", "studyType": "MSc", "area": "Statistics", "endDate": "2017"}
    ],
    "skills": [{"name": "Tools", "level": "Expert", "keywords": ["SQL", "R"]}, {"name": "Writing"}],
    "languages": [{"language": "English", "fluency": "Native"}],
    "references": [{"name": "Bob", "reference": "Good."}],
}
PRINTED = """\
Ann Example
Data Scientist
ann@example.com | Leeds
GitHub ann-example

Summary
Builds models.

Experience
Analyst  2020-01 – Present
Blorptech
• Built churn models
• Cut cost
by half

Clerk  2017 – 2019-12
Quux

Projects
Ballot  2018
Stan, R

Education
MSc Statistics  2017
Nowhere

Skills
• Tools (Expert): SQL, R
• Writing

Languages
• English (Native)

References
Bob
Good."""


def test_print() -> None:
    """Both versions of the schema are printed, with headings, entries and bullets."""
    document = read(RESUME)

    assert document.text == PRINTED
    assert [document.text[slice(*line.span)] for line in document.lines if line.heading] == [
        "Summary", "Experience", "Projects", "Education", "Skills", "Languages", "References",
    ]  # fmt: skip
    assert sum(line.bullet for line in document.lines) == 5


@pytest.mark.parametrize("data", [b"{", b"[]", b"[" * 100_000, b'"x"'])
def test_no_object(data: bytes) -> None:
    """What is no JSON object is refused."""
    with pytest.raises(UnreadableDocumentError, match="JSON"):
        JsonResumeReader().read(data, "x", ReadOptions())


_KEYS = st.sampled_from(
    [*sorted(RESUME), "name", "position", "highlights", "keywords", "startDate"]
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(_KEYS, children, max_size=5),
    max_leaves=20,
)


@given(resume=st.dictionaries(_KEYS, _JSON))
def test_any_values(resume: dict[str, object]) -> None:
    """Values of a wrong type are left out, whatever they are."""
    document = read(resume)

    assert all(line.span.start < line.span.end for line in document.lines)
