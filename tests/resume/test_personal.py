"""What a resume tells of the person, and what only looks like it."""

from __future__ import annotations

from datetime import date

import pytest

from skillgap.resume.gendered import GENDERED, find_gendered
from skillgap.resume.model import Personal
from skillgap.resume.person import find_person
from skillgap.resume.personal import find_in_text, find_personal
from skillgap.resume.segment import segment
from tests.resume.factories import document

TOP = "Ada Nobody\nada.nobody@example.com\n"


def _found(text: str, kind: Personal) -> list[str]:
    resume = segment(document(text), as_of=date(2026, 1, 1))
    read = resume.document.text
    found = find_personal(resume, find_person(resume))
    return sorted({read[slice(*each.span)] for each in found if each.kind is kind})


def _found_below(text: str, kind: Personal) -> list[str]:
    """Look under the contact block, where only what says so itself is personal."""
    found = _found(f"{TOP}Summary\n{text}", kind)
    return [words for words in found if words in text]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Write to ada@post.example.com.", Personal.EMAIL, "ada@post.example.com"),
        ("ada [at] example [dot] com", Personal.EMAIL, "ada [at] example [dot] com"),
        ("Tel. 000 000 0000", Personal.PHONE, "000 000 0000"),
        ("call +44 0000 000000", Personal.PHONE, "+44 0000 000000"),
        ("or (555) 010-0144", Personal.PHONE, "(555) 010-0144"),
        ("see https://example.com/ada", Personal.LINK, "https://example.com/ada"),
        ("see code.example.com/ada", Personal.LINK, "code.example.com/ada"),
        ("linkedin: /in/an-example", Personal.LINK, "/in/an-example"),
        ("Date of birth: 3 May 1990", Personal.BIRTH, "3 May 1990"),
        ("DOB 03/05/1990", Personal.BIRTH, "03/05/1990"),
        ("Leeds · born 1987 · open to travel", Personal.BIRTH, "born 1987"),
        ("I am 34 years old.", Personal.BIRTH, "34 years old"),
        ("Age: 34", Personal.BIRTH, "34"),
        ("Marital status: married", Personal.MARITAL, "married"),
        ("Married, with two children", Personal.MARITAL, "Married, with two children"),
        ("Nationality: Irish", Personal.NATIONALITY, "Irish"),
        ("I am a British citizen", Personal.NATIONALITY, "British citizen"),
        ("Visa status: sponsored", Personal.NATIONALITY, "sponsored"),
        ("Religion: none", Personal.RELIGION, "none"),
        ("Ethnicity: not said", Personal.ORIGIN, "not said"),
        ("Gender: F", Personal.GENDER, "F"),
        ("Father's name: X. Nobody", Personal.FAMILY, "X. Nobody"),
        ("Permanent address: 7 Nowhere Terrace", Personal.ADDRESS, "7 Nowhere Terrace"),
        ("Photo: attached", Personal.PHOTO, "attached"),
        ("A. Nobody, “On nothing”, 2020", Personal.NAME, "Nobody"),
        ("Ada's models", Personal.NAME, "Ada"),
        ("npm packages by adanobody", Personal.NAME, "adanobody"),
        ("file anobody_2024", Personal.NAME, "anobody_2024"),
        ("by ada-nobody-ada", Personal.NAME, "ada-nobody-ada"),
    ],
)  # fmt: skip
def test_what_is_personal_is_found_below_the_contact_block_too(
    text: str, kind: Personal, words: str
) -> None:
    """By its label, its form, or the person's own name."""
    assert words in _found_below(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mar 2019 - 05/2021, 2019 - 2021, 2020-01 to 2021-06", Personal.PHONE),
        ("(2022 – 2024) 1,400,000 rows, 38 000 000 requests, $410,000", Personal.PHONE),
        ("ASP.NET, Node.js, Booking.com, e.g. scikit-learn, B.Sc.", Personal.LINK),
        ("Models of age, race and marital outcomes", Personal.BIRTH),
        ("Race conditions in threads", Personal.ORIGIN),
        ("A status page; the team's status: green", Personal.RELIGION),
        ("Adapted nobody's code", Personal.NAME),
    ],
)
def test_what_only_looks_personal_is_left(text: str, kind: Personal) -> None:
    """Dates, sums, products and ordinary words stay."""
    assert not _found_below(text, kind)


def test_all_of_a_contact_block_is_personal_but_the_title() -> None:
    """Places and whatever else stands there tell who it is; what the person does is wanted."""
    text = "Ada Nobody\nData Scientist | Leeds, UK | ada@example.com\n\nSummary\nModels."

    assert _found(text, Personal.CONTACT) == ["Leeds"]
    assert _found(text, Personal.ADDRESS) == ["UK"]


def test_a_month_is_no_name_before_a_year() -> None:
    """April and May are people, and months."""
    text = "May Nobody\nmay@example.com\nExperience\nAnalyst, Acme, May 2019 - Jun 2020\nMay led"
    resume = segment(document(text), as_of=date(2026, 1, 1))
    found = find_in_text(resume.document.text, find_person(resume))

    places = [each.span.start for each in found if each.kind is Personal.NAME]

    assert resume.document.text.index("May 2019") not in places
    assert resume.document.text.index("May led") in places


def test_employers_and_schools_are_found_wherever_they_are_named() -> None:
    """Also by the word of the name that is no other word of the resume."""
    text = (
        f"{TOP}Experience\nData Scientist, Hollowbrook Insurance Ltd\nJan 2020 - Dec 2021\n"
        "- Led data work at Hollowbrook\nEducation\nBSc Physics, University of Eastmere, 2015"
    )

    assert _found(text, Personal.EMPLOYER) == ["Hollowbrook", "Hollowbrook Insurance Ltd"]
    assert "University of Eastmere" in _found(text, Personal.SCHOOL)


# --- gendered words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("she/her", ["she/her"]),
        ("He led it himself", ["He", "himself"]),
        ("Ms. Nobody", ["Ms."]),
        ("Mother of two", ["Mother"]),
        ("chairman of the society", ["chairman"]),
        ("Society of Women Engineers", ["Women"]),
        ("captain of the men's team", ["men's"]),
        ("Alpha Phi Omega fraternity", ["Alpha Phi Omega", "fraternity"]),
        ("Girl Guides leader", ["Girl"]),
        ("on maternity leave", ["maternity"]),
        ("alumna of the school", ["alumna"]),
    ],
)
def test_gendered_words_are_found(text: str, words: list[str]) -> None:
    """Pronouns, forms of address, kin, offices, societies."""
    assert [text[start:end] for start, end in find_gendered(text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "MS in Statistics, 85 ms, cache miss rate, MR reviews, HE sector, SHE audits",
        "40 man-hours, a man-in-the-middle attack, man pages",
        "the chair, a spokesperson, human resources, manual tests, mentor, emails",
        "Moss & Sons, mother tongue, JSON, alpha, beta, Alpha-Beta search",
        "Master of Science, sirens, broadcast, message, themes, ushers, shell",
    ],
)
def test_words_that_tell_no_gender_are_left(text: str) -> None:
    """Degrees, units, abbreviations, terms of trades, and words that contain such a word."""
    assert find_gendered(text) == []


def test_every_group_says_why() -> None:
    """The table is data that a reader can dispute."""
    assert all(group.reason for group in GENDERED)
