"""Jobs, projects and degrees, however their heads are laid out."""

from __future__ import annotations

from datetime import date

import pytest

from skillgap.resume.model import Entry, EntryKind, MonthRange, Resume
from skillgap.resume.segment import segment
from tests.resume.factories import document

AS_OF = date(2026, 11, 1)
JOBS = [
    ("Senior Data Scientist", "Blorptech", "Jan 2021 – Present"),
    ("Machine Learning Engineer", "Zanzibar Nine Ltd", "03/2018 - 12/2020"),
    ("Analyst", "Quill & Sons", "2015 – 2018"),
]
BODIES = {
    "bullets": "• Built churn models in Python\n• Moved it to AWS, cutting cost by 30%",
    "prose": "Led a team of four who built the pricing service of the company.\nCut cost by half.",
}
HEADS = [
    "{t}, {o}, Leeds, UK ({d})",
    "{o} — {t}\n{d} | Leeds",
    "{t} | {o} | {d}",
    "{d}: {t}, {o}",
    "{t} at {o} ({d})",
    "{o}\nLeeds, UK\n{t}\n{d}",
    "{t}\n{o}\n{d} | Leeds",
    "{d}\n{o}\n{t}",
    "{o}    {d}\n{t}    Leeds, UK",
    "{t} @ {o}, {d}",
    "{o}: {t}, {d}",
    "{t}, {o}    {d}",
    "{o}, Leeds    {d}\n{t}",
    "{d}    {t}\n{o}, Leeds, UK",
    "{t} – {o} – Leeds – {d}",
    "{t}    {o}    {d}",
    "{o}    Leeds, UK\n{t}    {d}",
    "{o} | {t} | Leeds | {d}",
    "{t}, {d}\n{o}, Leeds",
    "{t} · {o} · {d} · Leeds",
    "{t}\n{o} · Full-time\n{d} · 2 yrs 3 mos\nLeeds, England, United Kingdom",
    "{o} ({d}) – {t}",
    "{t} [{d}]\n{o}, Remote",
    "Company: {o}\nDesignation: {t}\nDuration: {d}",
    "{t}\n{d}\n{o}\nLeeds",
    "{o}, {t}, {d}",
    "{d} {t}, {o}, Leeds",
    "{o}\nLeeds\nhttps://example.com\n{d}\n{t}",
]


def resume(text: str) -> Resume:
    return segment(document(text), as_of=AS_OF)


def words(of: Resume, entry: Entry) -> tuple[str | None, ...]:
    spans = (entry.title, entry.organisation, entry.dates)
    return tuple(of.document.text[s.start : s.end] if s else None for s in spans)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("head", HEADS)
def test_heads_name_title_employer_and_dates(head, body):
    """Title, employer and dates are told apart in any order, on one to four lines."""
    jobs = "\n".join(f"{head.format(t=t, o=o, d=d)}\n{body}" for t, o, d in JOBS)

    found = resume(f"Ann Example\nann@example.com\nExperience\n{jobs}\nEducation\nBSc Maths, 2015")

    assert [words(found, e) for e in found.entries if e.kind == EntryKind.JOB] == JOBS


def test_a_body_belongs_to_its_entry():
    """An entry runs from its head to the next head; its head holds the naming lines alone."""
    found = resume(
        "Experience\nAnalyst, Acme    2019 – 2021\n- one\nClerk, Bolt    2017 – 2019\n- two"
    )
    text = found.document.text

    first, second = found.entries

    assert text[first.span.start : first.span.end].split("\n")[1] == "- one"
    assert text[first.head.start : first.head.end] == "Analyst, Acme    2019 – 2021"
    assert first.span.end == second.span.start


def test_several_posts_at_one_employer_share_it():
    """Posts within the years of an employer, named once above them, are at that employer."""
    found = resume(
        "Experience\nBLORPTECH AI, LEEDS 2014 – PRESENT\nBlorptech makes assistants for firms."
        "\nPrincipal Engineer, Platform (2020 – )\n• led"
        "\nStaff Engineer, Search (2014 – 2020)\n• built"
    )

    assert [words(found, entry)[:2] for entry in found.entries] == [
        (None, "BLORPTECH AI"),
        ("Principal Engineer", "BLORPTECH AI"),
        ("Staff Engineer", "BLORPTECH AI"),
    ]


def test_a_later_post_takes_the_employer_over():
    """A post without an employer line is at the employer of the entry above."""
    found = resume(
        "Experience\nBlorptech\nML Engineer (internal transfer)    Aug 2024 – Present\n• led"
        "\nSoftware Engineer, Dispatch    Mar 2020 – Jul 2024\n• built"
    )

    assert [words(found, entry)[1] for entry in found.entries] == ["Blorptech", "Blorptech"]


@pytest.mark.parametrize(
    "line",
    [
        "• Grew revenue from 2019 to 2021 by a third",
        "We launched it in 2019 and it ran on until the end of 2021 without one bad day for us.",
        "Principal (before: senior analyst to 10/2019)",
    ],
)
def test_dates_in_a_body_begin_no_entry(line):
    """Dates told in a sentence, a list item or a remark belong to the text."""
    found = resume(f"Experience\nAnalyst, Acme    2018 – 2022\n{line}\n• more")

    assert len(found.entries) == 1


def test_dates_over_two_lines():
    """A range that a narrow margin breaks is one range."""
    found = resume(
        "Experience\n2020-01– Data Scientist, Acme Ltd\nPresent Growth of sales.\n• a\n"
        "2017-08–2019- Data Analyst, Bolt Ltd\n12 Cleaned data\n• b"
    )

    assert [entry.months for entry in found.entries] == [
        MonthRange(2020 * 12, 2026 * 12 + 10),
        MonthRange(2017 * 12 + 7, 2019 * 12 + 11),
    ]
    assert [entry.current for entry in found.entries] == [True, False]


def test_degrees():
    """Degrees have a title, a school and years, or a single year."""
    found = resume(
        "Education\nM.S. Computer Science, Nowhere State University, 2009 (thesis on queues)\n"
        "Ph.D., Biology    2018 – 2023\nUniversité de Nulle Part\nThesis: Sparse counts."
    )

    assert [words(found, entry) for entry in found.entries] == [
        ("M.S. Computer Science", "Nowhere State University", "2009"),
        ("Ph.D.", "Université de Nulle Part", "2018 – 2023"),
    ]
    assert {entry.kind for entry in found.entries} == {EntryKind.DEGREE}


def test_projects_need_no_dates():
    """A short line between the bullets of two projects heads a project."""
    found = resume("Projects\nSpam Filter\n• Built it\nPoem Maker (2023)\n• Trained it")

    assert [words(found, entry) for entry in found.entries] == [
        ("Spam Filter", None, None),
        ("Poem Maker", None, "2023"),
    ]
