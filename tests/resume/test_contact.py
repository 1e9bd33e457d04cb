"""Where the contact block at the top ends."""

from __future__ import annotations

import pytest

from skillgap.resume.contact import contact_rows, is_contact
from skillgap.resume.rows import read_rows
from tests.resume.factories import document


@pytest.mark.parametrize(
    "text",
    [
        "ann@example.com",
        "Leeds, UK | ann@example.com",
        "+44 0000 000000",
        "(555) 010-0144",
        "555-010-0144",
        "linkedin: /in/ann-example",
        "https://example.com/ann",
        "ann.example.com",
        "Tel. 000 000 0000",
        "Address: 7 Nowhere Terrace",
        "Nationality: Irish",
    ],
)
def test_contact_details_are_told(text):
    """Addresses, numbers, links and personal facts are contact details."""
    assert is_contact(text)


@pytest.mark.parametrize(
    "text", ["Data Scientist", "Nine years in software.", "Cut p99 from 340 to 85 ms", ""]
)
def test_other_lines_are_no_contact_details(text):
    """Titles and sentences are not."""
    assert not is_contact(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("Ann Example", 1, id="name"),
        pytest.param("Ann\nExample\nData Scientist,\nVision", 4, id="all short"),
        pytest.param("Ann Example\nann@example.com\nData Scientist", 3, id="title below"),
        pytest.param(
            "Ann Example\nann@example.com\nI help teams decide what to build next.", 2, id="summary"
        ),
        pytest.param(
            "Ann Example\nI help teams decide what to build next.\nann@example.com", 1, id="prose"
        ),
        pytest.param("Ann Example\nLeeds\nann@example.com\n- Built it", 3, id="list"),
        pytest.param("Build engineer, 2019-2023\n- Built it", 0, id="a job"),
        pytest.param(
            "Build engineer at Acme Ltd, 2019 - 2023\n- Built https://example.com/it\n- Ran it",
            0,
            id="a link in an item of a job",
        ),
        pytest.param(
            "Ann Example\nBuild Engineer (2019 - 2023)\n- Built https://example.com/it",
            1,
            id="a name over a job",
        ),
        pytest.param("", 0, id="nothing"),
    ],
)
def test_the_block_ends_where_sentences_begin(text, count):
    """Name, title, place and details belong to the block, sentences and lists do not."""
    assert contact_rows(read_rows(document(text))) == count
