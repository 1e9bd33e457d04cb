"""Which line is a heading, and of which kind of section."""

from __future__ import annotations

import pytest

from skillgap.resume.headings import find_headings, heading_kind
from skillgap.resume.model import SectionKind as Kind
from skillgap.resume.rows import read_rows
from tests.resume.factories import document

HEADINGS = {
    Kind.CONTACT: "Contact|CONTACT DETAILS|Personal details|Personal Information:|Links",
    Kind.SUMMARY: "Summary|PROFILE|About me|Professional Summary|Executive summary"
    "|Personal statement|Summary of Qualifications|Career Highlights|About|Who I am"
    "|Profile summary:",
    Kind.OBJECTIVE: "Objective|Career objective|CAREER OBJECTIVE:|Career Goals|Looking for",
    Kind.EXPERIENCE: "Experience|Work Experience|PROFESSIONAL EXPERIENCE|Work History|Employment"
    "|Employment History|Career History|Relevant experience|Internships|Industry experience|Work"
    "|Research Experience|Selected Experience|Previous positions|Experience:|EXPERIENCE (5 YEARS)"
    "|💼 Work experience|1. Experience|— Experience —|E X P E R I E N C E|W O R K  H I S T O R Y"
    "|Professional & Academic Experience"
    "|Education and Experience|[ EXPERIENCE ]|Civilian experience"
    "|Other roles|work experience|Academic appointments|before that",
    Kind.PROJECTS: "Projects|Selected projects|Personal Projects|SIDE PROJECTS|Open Source"
    "|Portfolio|Projects & Hackathons|Key Projects|Academic projects|Project experience",
    Kind.EDUCATION: "Education|EDUCATION|Academic background|Academic Qualifications|Coursework"
    "|Education and Training|Relevant coursework|Studies|Educational Qualification|Edu"
    "|Qualifications|Where I learned it|What I've studied|E ducation|EDUCATION & CERTIFICATIONS",
    Kind.SKILLS: "Skills|Technical Skills|SKILLS & TOOLS|Skills and Technologies|Tech stack|STACK"
    "|Technical Proficiencies|Core competencies|Key Skills|Tools|Technologies|S K I L L S"
    "|S K I L L S  &  T O O L S|Areas of expertise|Computer skills|Technical|Programming languages"
    "|Project Management|K E Y   S K I L L S"
    "|Languages & frameworks|Toolbox|Skills / Tools|★ Skills ★|Expertise|what i use",
    Kind.CERTIFICATES: "Certifications|Certificates|Licenses & Certifications|Licences|Courses"
    "|Professional development|Training|Certs|Short courses",
    Kind.PUBLICATIONS: "Publications|Talks & publications|Selected Publications (3 of 17)|Papers"
    "|Patents|Conference presentations|Selected talks",
    Kind.AWARDS: "Awards|Honours and Awards|HONORS & AWARDS|Achievements|Scholarships"
    "|Accomplishments|Awards and Decorations",
    Kind.VOLUNTEER: "Volunteering|Volunteer Experience|Community|Extracurricular activities"
    "|Leadership|Board and voluntary roles|Positions of responsibility",
    Kind.LANGUAGES: "Languages|Spoken languages|LANGUAGES:|Language skills|Languages known",
    Kind.INTERESTS: "Interests|Hobbies|Hobbies & interests|HOBBIES AND INTERESTS"
    "|Personal interests",
    Kind.REFERENCES: "References|Referees|References available on request|REF'S",
    Kind.OTHER: "Other|Additional information|Miscellaneous|Memberships|Declaration|Service",
}
CASES = [(text, kind) for kind, texts in HEADINGS.items() for text in texts.split("|")]


@pytest.mark.parametrize(("text", "kind"), CASES)
def test_headings_are_known_by_their_words(text, kind):
    """Whatever the case, spacing, numbers, icons and combinations, the kind is told."""
    assert heading_kind(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Five years of experience",
        "Professional working proficiency",
        "Experience with Python and SQL",
        "Senior Data Scientist",
        "Experience Designer",
        "Project Manager",
        "Skills: Python",
        "Education Consultant",
        "Roles & Responsibilities:",
        "Responsibilities",
        "Environment: Python, Flask",
        "Volunteered at the shelter",
        "Acme Ltd",
        "References to our papers were counted by the team",
        "Python",
        "2019 – 2021",
        "•",
        "",
        "a" * 500,
    ],
)
def test_other_lines_are_no_headings(text):
    """A title, sentence or label that merely contains a heading's word is none."""
    assert heading_kind(text) is None


def kinds_in(text: str) -> list[tuple[str, Kind]]:
    rows = read_rows(made := document(text))
    return [(made.text[h.span.start : h.span.end], h.kind) for h in find_headings(rows)]


def test_programming_languages_are_skills():
    """The heading "Languages" is of skills when programming languages stand below it."""
    assert kinds_in("Languages\nPython, R, SQL\nLanguages\nEnglish, French") == [
        ("Languages", Kind.SKILLS),
        ("Languages", Kind.LANGUAGES),
    ]


def test_labels_inside_a_section_are_no_headings():
    """Labels before a list of skills do not part a section."""
    text = "Skills\nLanguages: Python, R, SQL\nTools - Docker, Git\nTools    Airflow, dbt"

    assert kinds_in(text) == [("Skills", Kind.SKILLS)]


def test_labels_inside_a_job_are_no_headings():
    """A label in an entry that does not look like the other headings is none."""
    text = (
        "EXPERIENCE\nAnalyst, Acme 2019 – 2021\nAchievements:\n- won\nTools:\n- SQL\nEDUCATION\nBSc"
    )

    assert [words for words, _ in kinds_in(text)] == ["EXPERIENCE", "EDUCATION"]


def test_the_last_words_of_a_paragraph_are_no_heading():
    """A paragraph that breaks before its last word, which is a heading's, stays whole."""
    text = (
        "Summary\n" + "Engineer who has put many models in front of paying people, with much\n" * 3
    )
    text += "experience\nEducation\nBSc"

    assert [words for words, _ in kinds_in(text)] == ["Summary", "Education"]


def test_a_heading_in_the_margin():
    """A heading may stand in the margin beside the first line of its section."""
    text = "Experience    Data Scientist, Acme    2019 – 2021\nbody\nEducation    BSc, Acme    2018"

    assert [words for words, _ in kinds_in(text)] == ["Experience", "Education"]


def test_a_line_that_looks_like_the_headings_is_one():
    """Unknown words in the look of the known headings make a section of kind OTHER."""
    text = "EXPERIENCE\nx\nEDUCATION\ny\nMY WAY HERE\nA long walk it was, from there to here."

    assert kinds_in(text)[-1] == ("MY WAY HERE", Kind.OTHER)


def test_employers_in_capitals_are_no_headings():
    """Capitals alone do not make a heading of an employer or title above dates."""
    text = (
        "EXPERIENCE\nBLORPTECH\nAnalyst    2019 – 2021\n- did\nQUUX\nAnalyst    2017 – 2019\n- did"
        "\nHEAD OF DATA\nEDUCATION\nBSc"
    )

    assert [words for words, _ in kinds_in(text)] == ["EXPERIENCE", "EDUCATION"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("REFEREES: Available on request", Kind.REFERENCES),
        ("Hobbies : Chess, carrom", Kind.INTERESTS),
        ("Languages: English, Mandarin", Kind.LANGUAGES),
    ],
)
def test_a_section_of_one_line(line, kind):
    """A label with its content on one line may be a section of its own."""
    headings = kinds_in(f"Skills\nPython\n{line}")

    assert headings[1:] == [(line.split(":")[0].strip(), kind)]
