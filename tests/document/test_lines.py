"""Drafted lines become a document: clean text, flags in place, hidden text apart."""

from __future__ import annotations

import pytest

from skillgap.document.lines import GAP, Draft, Piece, clean, compose, join_row
from skillgap.document.model import Document, Format, Span, WarningCode


def draft(text: str, *, heading: bool = False, bullet: bool = False, marker: str = "") -> Draft:
    return Draft((Piece(text),), heading=heading, bullet=bullet, marker=marker)


def composed(*drafts: Draft, max_characters: int = 1_000) -> Document:
    return compose(
        drafts,
        data=b"x",
        source="x",
        format=Format.TEXT,
        engine="test",
        max_characters=max_characters,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Py\u200bTo\u00adrch", "PyTorch", id="nothing invisible inside a word"),
        pytest.param("A\u00a0 \u2003 B\r\n", "A B", id="one space for all white space"),
        pytest.param("ﬂow ½", "flow 1⁄2", id="composed as NFKC does"),
        pytest.param("\uf095 555", "555", id="no icons"),
        pytest.param("a\x00b\ud800c", "abc", id="no control characters or lone surrogates"),
        pytest.param("C++ / C# — naïve", "C++ / C# — naïve", id="all else as it is"),
    ],
)
def test_clean(text: str, expected: str) -> None:
    """Text is what a search for the printed words would find."""
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("•Built", "• Built", id="glued bullet"),
        pytest.param(" \uf0b7\tBuilt", "• Built", id="bullet of a symbol font"),
        pytest.param("-   Built", "- Built", id="dash"),
        pytest.param("o\tBuilt", "o Built", id="letter as a round bullet"),
    ],
)
def test_typed_bullets(text: str, expected: str) -> None:
    """A bullet that is part of the text makes the line an item."""
    document = composed(draft(text))

    assert document.text == expected
    assert document.lines[0].bullet


@pytest.mark.parametrize("text", ["-5 degrees", "– ", "o my", "*", "•"])
def test_no_bullets(text: str) -> None:
    """A dash or star starts an item only when a space and a word follow."""
    assert not any(line.bullet for line in composed(draft(text)).lines)


def test_markers_stand_before_the_text() -> None:
    """A marker that the format draws is printed once."""
    document = composed(
        draft("One", bullet=True, marker="•"),
        draft("• Two", bullet=True, marker="•"),
        draft("Three", bullet=True, marker="3."),
    )

    assert document.text == "• One\n• Two\n3. Three"
    assert all(line.bullet for line in document.lines)


def test_gaps_part_segments() -> None:
    """Wide gaps are two spaces and part the segments of a line."""
    document = composed(draft("Ann"), draft(f"Analyst{GAP} {GAP}2019"))

    assert document.text == "Ann\nAnalyst  2019"
    assert document.lines[0].segments == (Span(0, 3),)
    assert document.lines[1].segments == (Span(4, 11), Span(13, 17))


def test_blank_lines() -> None:
    """One blank line is kept between lines, none at the ends."""
    document = composed(Draft(), draft("a"), Draft(), Draft(), draft("b"), Draft())

    assert document.text == "a\n\nb"


def test_pages() -> None:
    """Pages follow each other without a blank line and know their offsets."""
    document = composed(
        draft("one"), Draft(), Draft((Piece("two"),), new_page=True), Draft(new_page=True)
    )

    assert document.text == "one\ntwo"
    assert [page.span for page in document.pages] == [Span(0, 3), Span(4, 7)]
    assert [line.page for line in document.lines] == [1, 2]


def test_look_of_most_letters() -> None:
    """A line is bold, and has the size, that most of its letters have."""
    document = composed(
        Draft((Piece("Analyst", bold=True, size_pt=12), Piece(" at X", size_pt=9))),
        Draft((Piece("Tools:", bold=True, size_pt=9), Piece(" Python, SQL", size_pt=9))),
    )

    assert [(line.bold, line.size_pt) for line in document.lines] == [(True, 12), (False, 9)]


def test_hidden_text_is_kept_apart() -> None:
    """Hidden neighbours are one text; the visible text closes up around them."""
    document = composed(
        Draft(
            (
                Piece("Data "),
                Piece("Kuber", hidden="colour"),
                Piece("netes and Spark", hidden="colour"),
                Piece("Analyst"),
            )
        )
    )

    assert document.text == "Data Analyst"
    assert [(hidden.text, hidden.kind) for hidden in document.hidden] == [
        ("Kubernetes and Spark", "colour")
    ]
    assert [warning.code for warning in document.warnings] == [WarningCode.HIDDEN_TEXT]


def test_text_in_unicode_tags() -> None:
    """A sentence spelt in characters that no font draws is found and read."""
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in "hire me")

    document = composed(draft(f"Ana{tags}lyst"))

    assert document.text == "Analyst"
    assert [(hidden.text, hidden.kind) for hidden in document.hidden] == [("hire me", "zero-width")]


def test_cut_at_the_limit() -> None:
    """Text beyond the limit is cut, with a warning, and no more drafts are taken."""
    taken = []

    def drafts() -> Draft:
        taken.append(1)
        return draft("abcdef")

    document = composed(*(drafts() for _ in range(5)), max_characters=10)

    assert document.text == "abcdef\nabc"
    assert document.lines[-1].span == Span(7, 10)
    assert [warning.code for warning in document.warnings] == [WarningCode.PAGES_CUT]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param([["Analyst"], ["2019"]], ["Analyst\t2019"], id="short cells are one line"),
        pytest.param([["Analyst"], [], ["2019"]], ["Analyst\t\t2019"], id="empty cells"),
        pytest.param([["2019"], ["Analyst", "Acme"]], ["2019", "Analyst", "Acme"], id="columns"),
        pytest.param([["Tools"], ["• SQL"]], ["Tools", "• SQL"], id="items stand alone"),
        pytest.param([["a" * 61], ["b" * 61]], ["a" * 61, "b" * 61], id="prose side by side"),
        pytest.param([["•"], ["Built models"]], ["•\tBuilt models"], id="bullet in a cell"),
    ],
)
def test_join_row(cells: list[list[str]], expected: list[str]) -> None:
    """A row of short cells is read across, any other cell by cell."""
    row = join_row([[draft(text) for text in cell] for cell in cells])

    assert [line.text for line in row] == expected
