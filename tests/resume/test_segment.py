"""A document cut into sections and entries, and the laws that hold for any text."""

from __future__ import annotations

import dataclasses
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillgap.document.model import Box, Document, WarningCode
from skillgap.resume.model import EntryKind, Resume, SectionKind, months_covered
from skillgap.resume.segment import experience_months, segment
from tests.resume.factories import document

AS_OF = date(2026, 11, 1)
WHOLE = """\
Ann Example
Machine Learning Engineer
Leeds, UK | ann@example.com | +44 0000 000000

Nine years in software, the last five spent putting models in front of customers. I like tea.

EXPERIENCE
Blorptech Ltd, Leeds    Mar 2021 – now
Senior ML Engineer
- Own the pricing service
Quux Systems    2018 – 2021
Engineer
- Wrote the classifier

TECH STACK
Python, SQL

EDUCATION
BSc Mathematics, Nowhere University    2015 – 2018
"""


def resume(text: str) -> Resume:
    return segment(document(text), as_of=AS_OF)


def outline(of: Resume) -> list[tuple[SectionKind, str | None]]:
    text = of.document.text
    return [
        (s.kind, text[s.heading.start : s.heading.end] if s.heading else None) for s in of.sections
    ]


def test_a_resume_is_cut_at_its_headings():
    """Contact block, free words and each heading make a section, in order."""
    assert outline(resume(WHOLE)) == [
        (SectionKind.CONTACT, None),
        (SectionKind.SUMMARY, None),
        (SectionKind.EXPERIENCE, "EXPERIENCE"),
        (SectionKind.SKILLS, "TECH STACK"),
        (SectionKind.EDUCATION, "EDUCATION"),
    ]


def test_experience_counts_jobs_alone():
    """The months of jobs are joined; those of studies do not count."""
    found = resume(WHOLE)

    kinds = [entry.kind for entry in found.entries]

    assert kinds == [EntryKind.JOB, EntryKind.JOB, EntryKind.DEGREE]
    assert experience_months(found) == 36 - 4 + 69  # Jul 2018 - Jun 2021 and Mar 2021 - Nov 2026


def test_later_dates_count_less_experience():
    """The same resume read as of an earlier day has fewer months of the current job."""
    earlier = segment(document(WHOLE), as_of=date(2025, 11, 30))

    assert experience_months(resume(WHOLE)) - experience_months(earlier) == 12


def test_jobs_under_no_heading_make_a_section():
    """Jobs that follow a summary directly are found."""
    found = resume(
        "Ann Example\nann@example.com\nAbout\nI help teams decide.\nBlorptech    2019 – now"
        "\nData Scientist\nKept the score.\nEducation\nBSc"
    )

    assert (SectionKind.EXPERIENCE, None) in outline(found)
    assert [entry.kind for entry in found.entries][:1] == [EntryKind.JOB]


def test_a_resume_without_headings_has_sections_and_a_warning():
    """Contact, jobs and degrees are told by what the lines say."""
    found = resume(
        "Ann Example\nann@example.com\nData Scientist, Blorptech Ltd, 2019 – 2022\nDid a lot."
        "\nBSc Mathematics, Nowhere University, 2015 – 2018"
    )

    assert [kind for kind, _ in outline(found)] == [
        SectionKind.CONTACT,
        SectionKind.EXPERIENCE,
        SectionKind.EDUCATION,
    ]
    assert [warning.code for warning in found.warnings] == [WarningCode.NO_HEADINGS]


def test_a_resume_may_begin_with_a_job():
    """Neither its items nor their links are the contact block, and a remark below is no job."""
    found = resume(
        "Build engineer, 2019-2023\n- Wrote https://example.com/pipelines\n- Moved them to Docker"
        "\nOnce a Perl programmer; since 2013 mainly Python"
    )

    assert outline(found) == [(SectionKind.EXPERIENCE, None)]
    assert [entry.kind for entry in found.entries] == [EntryKind.JOB]


def test_a_resume_with_headings_has_no_warning():
    """What could be read as usual is not warned about."""
    assert resume(WHOLE).warnings == ()


def test_a_contact_section_in_a_sidebar():
    """Contact details under a heading of their own are a section wherever they stand."""
    found = resume("Ann Example\nSkills\nPython\nContact\nann@example.com\nExperience\nx")

    assert (SectionKind.CONTACT, "Contact") in outline(found)


def test_dates_without_names_or_words_are_no_entry():
    """A date that a column left at the end of a section is not a job."""
    found = resume(
        "Experience\nAnalyst, Acme    2019 – 2021\n- did\nJan 2018 – May 2018\nProjects\nx"
    )

    assert len(found.entries) == 1


@pytest.mark.parametrize("text", ["", "\n \n", "Ann Example", "2019 – 2021", "•", "Skills", "\x0c"])
def test_short_texts_can_be_cut(text):
    """A text of a word or none gives a resume."""
    found = resume(text)

    assert found.document.text == document(text).text


USUAL = """\
Experience|SKILLS|Education|Projects:|Languages|Contact|2019 – 2021|Jan 2020 -|Present|• in 2019
Data Scientist, Acme Ltd, 2019 – now|Acme Ltd    Mar 2018 – 12/2020|- Python, SQL|Tools: Docker
BSc Maths, Nowhere University, 2015|ann@example.com|S K I L L S|2017-08–2019-|12 more|(2022 – )
References: on request|Acme Ltd|Data Scientist|Experience    Acme    2019""".replace(
    "\n", "|"
).split("|")
LINES = st.lists(
    st.one_of(
        st.sampled_from(USUAL),
        st.text(max_size=40),
        st.text(alphabet="Ab 12-–/.,;:()|•'\t", max_size=40),
    ),
    max_size=25,
)


@st.composite
def documents(draw) -> Document:
    """Documents of any lines, with any look."""
    made = document("\n".join(draw(LINES)))
    seed = draw(st.randoms(use_true_random=False))
    lines = tuple(
        dataclasses.replace(
            line,
            heading=seed.random() < 0.1,
            bold=seed.random() < 0.3,
            bullet=seed.random() < 0.2,
            size_pt=seed.choice([None, 10.0, 14.0]),
            page=seed.choice([1, 2]),
            box=seed.choice([None, Box(50, 20, 200, 30), Box(90, 40, 200, 50)]),
        )
        for line in made.lines
    )
    return dataclasses.replace(made, lines=lines)


@given(documents())
def test_sections_are_in_order_and_cover_the_text(made):
    """Any text is parted into sections without gap or overlap, each with its heading inside."""
    sections = segment(made, as_of=AS_OF).sections

    assert all(one.span.end == other.span.start for one, other in pairwise(sections))
    if made.lines:
        assert sections[0].span.start == 0
        assert sections[-1].span.end == len(made.text)
    for section in sections:
        assert section.span.start < section.span.end
        if section.heading:
            assert section.span.start <= section.heading.start < section.heading.end
            assert section.heading.end <= section.span.end


@given(documents())
def test_entries_lie_in_sections_and_names_in_heads(made):
    """Entries follow each other inside their sections; what names them is inside their span."""
    found = segment(made, as_of=AS_OF)

    spans = [entry.span for entry in found.entries]
    assert all(one.end <= other.start for one, other in pairwise(spans))
    for entry in found.entries:
        section = found.section_at(entry.span.start)
        assert section is not None
        assert entry.span.end <= section.span.end
        assert entry.span.start <= entry.head.start < entry.head.end <= entry.span.end
        for part in filter(None, (entry.title, entry.dates)):
            assert entry.span.start <= part.start < part.end <= entry.span.end
        assert entry.title is None or entry.title != entry.organisation


@given(documents())
def test_experience_is_the_union_of_jobs(made):
    """The months of experience are those of the jobs, each counted once."""
    found = segment(made, as_of=AS_OF)

    months = [entry.months for entry in found.entries if entry.kind == EntryKind.JOB]

    assert experience_months(found) == months_covered(filter(None, months))
