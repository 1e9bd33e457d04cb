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
        "Once a Perl programmer; since 2013 mainly Python",
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
        ("Ph.D., Biology", "Université de Nulle Part", "2018 – 2023"),
    ]
    assert {entry.kind for entry in found.entries} == {EntryKind.DEGREE}


def test_projects_need_no_dates():
    """A short line between the bullets of two projects heads a project."""
    found = resume("Projects\nSpam Filter\n• Built it\nPoem Maker (2023)\n• Trained it")

    assert [words(found, entry) for entry in found.entries] == [
        ("Spam Filter", None, None),
        ("Poem Maker", None, "2023"),
    ]


@pytest.mark.parametrize(
    ("head", "title", "organisation"),
    [
        pytest.param(
            "Acme Analytics, Inc.  Austin, TX\nAnalyst  2019 – 2021",
            "Analyst",
            "Acme Analytics, Inc.",
            id="legal form after a comma",
        ),
        pytest.param(
            "Analyst — Hay, Moss & Partners\n2019 – 2021",
            "Analyst",
            "Hay, Moss & Partners",
            id="firm of several names",
        ),
        pytest.param(
            "Analyst (2019 to 2021)\nBlorp Asset Partners, Leith",
            "Analyst",
            "Blorp Asset Partners",
            id="firm that ends like a title",
        ),
        pytest.param(
            "Consultant | Self-employed | 2019 – 2021",
            "Consultant",
            "Self-employed",
            id="no employer but oneself",
        ),
        pytest.param(
            "2019 – 2021    Consultant\nBeispiel & Partner, Stuttgart",
            "Consultant",
            "Beispiel & Partner",
            id="firm that ends in a title",
        ),
        pytest.param(
            "2019 – 2021    Intern, Data Team, Blorp, Leith",
            "Intern",
            "Blorp",
            id="department before the firm",
        ),
        pytest.param(
            "VP, Data | Blorp Airlines    2019 – 2021",
            "VP",
            "Blorp Airlines",
            id="title of 2 letters",
        ),
        pytest.param(
            "Lecturer, University of Nowhere at Leith    2019 – 2021",
            "Lecturer",
            "University of Nowhere at Leith",
            id="university with its town",
        ),
        pytest.param(
            "Analyst @ Blorp Agency, Leith\n(Nov 2019 - May 2021, part-time)",
            "Analyst",
            "Blorp Agency",
            id="remark behind the dates",
        ),
    ],
)
def test_names_of_employers(head, title, organisation):
    """An employer's name is whole, whatever words and commas it is made of."""
    found = resume(f"Experience\n{head}\n• Wrote reports")

    assert [words(found, entry)[:2] for entry in found.entries] == [(title, organisation)]


def test_an_employer_over_its_posts_is_no_job_of_its_own():
    """Its years are those of the posts; its name and line belong to the first of them."""
    found = resume(
        "Experience\nBLORPTECH, Leeds    2014 – Present"
        "\nLead Engineer (Jan 2020 – Present)\n• led\nEngineer (Mar 2014 – Dec 2019)\n• built"
    )

    assert [words(found, entry)[:2] for entry in found.entries] == [
        ("Lead Engineer", "BLORPTECH"),
        ("Engineer", "BLORPTECH"),
    ]
    assert found.document.text[found.entries[0].head.start :].startswith("BLORPTECH")


def test_an_employer_with_years_that_no_post_tells_is_kept():
    """Years at an employer count, although only the last post is told."""
    found = resume(
        "Experience\nBLORPTECH, Leeds    2010 – 2020\nLead Engineer (Jan 2018 – Dec 2019)\n• led"
    )

    assert len(found.entries) == 2


def test_degrees_among_jobs_are_degrees():
    """In one list of work and studies the names tell which is which."""
    found = resume(
        "Education and Experience\nAnalyst, Acme Ltd\n2021 – 2023\nReports.\n"
        "PhD in Physics, University of Nowhere\n2016 – 2020\nNoise.\n"
        "Research Fellow, Nowhere Institute\n2015 – 2016\nSimulations."
    )

    assert [entry.kind for entry in found.entries] == [
        EntryKind.JOB,
        EntryKind.DEGREE,
        EntryKind.JOB,
    ]


@pytest.mark.parametrize("words_of_break", ["Parental leave", "Career Break", "Sabbatical, Asia"])
def test_breaks_are_no_jobs(words_of_break):
    """Time between jobs is told and counts as none."""
    found = resume(
        f"Experience\nAnalyst, Acme    2021 – 2023\n• a\n{words_of_break}    2020 – 2021\n"
        "Clerk, Bolt    2017 – 2019\n• b"
    )

    assert [entry.kind for entry in found.entries] == [
        EntryKind.JOB,
        EntryKind.OTHER,
        EntryKind.JOB,
    ]


def test_courses_taught_are_no_jobs():
    """Under "Teaching" a post has a title; a course that was given has none."""
    found = resume(
        "Teaching\n2021 – 2022    Introduction to Probability (first year)\n"
        "2019 – 2021    Teaching Assistant, Nowhere University"
    )

    assert [entry.kind for entry in found.entries] == [EntryKind.OTHER, EntryKind.JOB]


def test_jobs_without_a_heading_are_found():
    """Lines that say title, employer and dates are jobs, also in a resume without headings."""
    found = resume(
        "Ann Example\nann@example.com\nSenior ML Engineer at Blorptech (Feb 2022 - now)\n"
        "Models of arrival times.\nML Engineer at Acme (Nov 2019 - Jan 2022)\nPipelines."
    )

    assert [words(found, entry)[:2] for entry in found.entries] == [
        ("Senior ML Engineer", "Blorptech"),
        ("ML Engineer", "Acme"),
    ]


@pytest.mark.parametrize(
    ("line", "title", "school"),
    [
        pytest.param("BA, Physics — Nowhere College", "BA, Physics", "Nowhere College", id="BA"),
        pytest.param(
            "Bachelor of Science, Information Technology, Nowhere University",
            "Bachelor of Science, Information Technology",
            "Nowhere University",
            id="field that could name a firm",
        ),
        pytest.param(
            "Brightpath Academy — Data Bootcamp", "Data Bootcamp", "Brightpath Academy", id="course"
        ),
        pytest.param("MBA, Nowhere School, 2008", "MBA", "Nowhere School", id="no field"),
    ],
)
def test_degrees_have_their_field(line, title, school):
    """The field that follows a bare degree belongs to it."""
    found = resume(f"Education\n{line}    2015 – 2019")

    assert [words(found, entry)[:2] for entry in found.entries] == [(title, school)]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            "Peek – a viewer for Parquet files\nHawker: a map of all the stalls", id="lines"
        ),
        pytest.param("• Peek – a viewer for files\n• Hawker – a map of stalls", id="items"),
        pytest.param(
            "Peek\nA viewer for large Parquet files that runs in every terminal.\n"
            "Hawker\nA map of hawker stalls, drawn from open data of the city.",
            id="paragraphs",
        ),
    ],
)
def test_projects_told_in_prose(body):
    """A project is named by the words before a dash, or on a line above a paragraph."""
    found = resume(f"Projects\n{body}")

    assert [words(found, entry)[0] for entry in found.entries] == ["Peek", "Hawker"]


def test_a_post_may_be_told_as_a_sentence():
    """A list of sentences "Worked as ... in ... from ... to ..." is a list of jobs."""
    found = resume(
        "Work Summary:\n• Working as Senior Data Engineer in Blorp Pvt Ltd, Pune from Aug 2021 to "
        "till date.\n• Worked as Data Engineer in Zanzibar, Pune from June 2018 to July 2021."
    )

    assert [words(found, entry)[:2] for entry in found.entries] == [
        ("Senior Data Engineer", "Blorp Pvt Ltd"),
        ("Data Engineer", "Zanzibar"),
    ]


def test_an_employer_above_the_length_of_the_stay_is_that_of_the_posts():
    """Profiles name an employer, the years there, and then each post with its dates."""
    found = resume(
        "Experience\nData Scientist\nAcme · Full-time\nMar 2022 - Present · 4 yrs\nRisk models.\n"
        "Blorp Group Nine\n3 yrs 1 mo\nLeith\nSenior Analyst\nFull-time\nFeb 2021 - Mar 2022\n"
        "Dashboards.\nAnalyst\nFull-time\nMar 2019 - Feb 2021\nReports."
    )

    assert [words(found, entry)[:2] for entry in found.entries] == [
        ("Data Scientist", "Acme"),
        ("Senior Analyst", "Blorp Group Nine"),
        ("Analyst", "Blorp Group Nine"),
    ]


def test_projects_of_a_form_are_named_by_their_label():
    """Client and role above the dates do not hide the name of a project."""
    found = resume(
        "Projects\nProject #1: Claims Lake\nClient: Acme Insurance Co\nRole: Data Engineer\n"
        "Duration: Jan 2022 – till date\n• Built it"
    )

    assert [words(found, entry)[0] for entry in found.entries] == ["Claims Lake"]


def test_a_job_without_a_heading_may_stand_in_two_columns():
    """Its dates may stand on the line below title and employer; the contact block ends above."""
    found = resume(
        "Ann Example\nann@example.com\nMachine Learning Engineer    Andes Pay\n"
        "January 2023 – present    Lima, Peru\nFraud scoring in real time, for all of the shops.\n"
        "Skills\nPython"
    )

    assert [words(found, entry)[:2] for entry in found.entries] == [
        ("Machine Learning Engineer", "Andes Pay")
    ]


def test_years_without_months_are_told_apart():
    """Which dates are whole years is known, so that no month need be made up."""
    found = resume("Experience\nAnalyst, Acme    Mar 2018 – 2020\n• a\nClerk, Bolt    since 2015")

    assert [entry.whole_years for entry in found.entries] == [(False, True), (True, False)]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        pytest.param("Chef de Partie", "Chef de Partie", id="a title in French"),
        pytest.param(
            "Chef de Partie, then Shift Leader", "Chef de Partie, then Shift Leader", id="two posts"
        ),
        pytest.param("Analyst, Night Team", "Analyst", id="a team"),
    ],
)
def test_the_line_below_the_dates_is_the_employer_where_the_others_have_it(head, title):
    """No word need tell that a name is an employer's when it stands where theirs stand."""
    first = "Manager    2015 – 2019\nHarbour Inn, Leeds\n• Ran it"
    second = "Assistant Manager    2013 – 2015\nQuill & Sons, Leeds\n• Ran that"

    found = resume(f"Experience\n{first}\n{second}\n{head}    2010 – 2013\nOracle, Leeds\n• Cooked")

    assert words(found, found.entries[-1])[:2] == (title, "Oracle")
