"""Whose resume it is."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from skillgap.document.reader import read_document
from skillgap.resume.person import WORD, find_person, folded
from skillgap.resume.segment import segment
from tests.resume.factories import document

DAY = date(2026, 1, 1)
SRC = Path(__file__).parents[2] / "examples" / "sources"
EXAMPLES = [
    pytest.param(path, source, id=path.name)
    for path in sorted(SRC.parent.iterdir())
    if (source := SRC / f"{path.stem}.toml").is_file()
]


def _found(text: str) -> str:
    read = document(text)
    spans = find_person(segment(read, as_of=DAY)).names
    return " ".join(read.text[slice(*span)] for span in spans)


@pytest.mark.parametrize(("path", "source"), EXAMPLES)
def test_the_name_of_an_example_is_found(path: Path, source: Path) -> None:
    """Whatever the layout, the name's words are found, and no others."""
    name = tomllib.loads(source.read_text(encoding="utf-8"))["name"]

    person = find_person(segment(read_document(path, name="resume"), as_of=DAY))

    assert set(person.parts) == {folded(word) for word in WORD.findall(name)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Ada Nobody\nData Scientist\nLeeds", "Ada Nobody", id="first line"),
        pytest.param("ADA NOBODY, PhD\nLeeds", "ADA NOBODY", id="capitals and a degree"),
        pytest.param("Dr. rer. nat. Ada Nobody\nada@example.com", "Ada Nobody", id="title"),
        pytest.param("CURRICULUM VITAE\nName: Ada Nobody\nPhone: 1", "Ada Nobody", id="label"),
        pytest.param(
            "Data Scientist | Ada Nobody | ada@example.com", "Ada Nobody", id="within a line"
        ),
        pytest.param(
            "Port Amberley\nData Scientist\nBo van Erdacht\nbo.erdacht@example.com",
            "Bo van Erdacht",
            id="below place and title",
        ),
        pytest.param("Ada\nNobody\nLeeds\nada.nobody@example.com", "Ada Nobody", id="two lines"),
        pytest.param(
            "joaquim semnome de faria\ndata scientist", "joaquim semnome de faria", id="small"
        ),
        pytest.param(
            'Wei-Ling "Wendy" Erfunden\nLeeds', 'Wei-Ling "Wendy" Erfunden', id="nickname"
        ),
        pytest.param("Machine Learning Engineer\nSkills\nPython, SQL", "", id="a title alone"),
        pytest.param("Experience\nBuilt a model in Python.", "", id="none"),
    ],
)
def test_where_a_name_stands(text: str, name: str) -> None:
    """Its place, label and the addresses tell a name from titles and places; nothing is guessed."""
    assert _found(text) == name


def test_small_words_name_nobody_but_as_first_names() -> None:
    """The "de" of a name is in every Spanish text; "Ben" is somebody."""
    person = find_person(segment(document("Ben de Faria\nben@example.com"), as_of=DAY))

    assert person.parts == ("ben", "faria")
    assert person.initials == "bf"
