"""Words broken at the end of a line are whole in the text, and keep their places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillgap.document.glyphs import Ink
from skillgap.document.hyphens import unbroken
from skillgap.document.model import Document
from skillgap.document.options import Engine, ReadOptions
from skillgap.document.paging import row_text
from skillgap.document.pdf import PdfReader
from skillgap.document.rows import Row, Segment
from skillgap.document.words import PageWord
from tests.document.portable import column, pdf

_PIECES = (
    "pric-",
    "ing",
    "ing-",
    "stake-",
    "holders",
    "stakeholders",
    "Fine-",
    "tuning,",
    "\u2022",
)
_INK = Ink(10, 7, 2)


def _letters(rows: list[Row]) -> str:
    return "".join(filter(str.isalpha, "".join(row_text(row) for row in rows)))


def _read(*lines: str, engine: Engine = Engine.PDFIUM) -> Document:
    page = column(50, 100, ["Experience at the company, in a row of words", "", *lines])
    return PdfReader().read(pdf(page), "resume.pdf", ReadOptions(engine=engine))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ["Wrote to all stake-", "holders every month", "and met stakeholders"],
            ["Wrote to all stakeholders", "every month", "and met stakeholders"],
            id="a word that stands whole elsewhere",
        ),
        pytest.param(
            ["Models of pric-", "ing, and services on Kuber-", "netes in the cloud"],
            ["Models of pricing,", "and services on Kubernetes", "in the cloud"],
            id="a rest that is no word, and what else such a file breaks",
        ),
        pytest.param(
            ["Models and their fine-", "tuning for a year"],
            ["Models and their fine-", "tuning for a year"],
            id="a compound",
        ),
        pytest.param(
            ["Models of pric-", "ing and of fine-", "tuning for a year"],
            ["Models of pricing", "and of fine-", "tuning for a year"],
            id="a compound in a file that breaks words",
        ),
        pytest.param(
            ["Trees and gradient-", "boosted models", "with gradient-boosted trees"],
            ["Trees and gradient-", "boosted models", "with gradient-boosted trees"],
            id="a compound that stands elsewhere",
        ),
        pytest.param(
            ["A pipeline from end-to-", "end for the team"],
            ["A pipeline from end-to-", "end for the team"],
            id="a compound of three",
        ),
        pytest.param(
            ["Worked on some pric-", "\x02 ing and more"],
            ["Worked on some pric-", "• ing and more"],
            id="the next line is an item",
        ),
        pytest.param(
            ["Many kinds of pric-", "ing"], ["Many kinds of pricing"], id="a rest alone on its line"
        ),
        pytest.param(
            ["Many kinds of pric-", "ing-", "ers to set"],
            ["Many kinds of pricing-", "ers to set"],
            id="two breaks in a row: nothing is lost",
        ),
    ],
)
@pytest.mark.parametrize("engine", [Engine.PDFIUM, Engine.PDFMINER])
def test_broken_words_are_whole(lines: list[str], expected: list[str], engine: Engine) -> None:
    """A hyphen at the end of a line goes where it only breaks a word, and stays otherwise."""
    assert _read(*lines, engine=engine).text.split("\n")[1:] == expected


@given(st.lists(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=3), max_size=6))
def test_no_letter_is_lost(lines: list[list[str]]) -> None:
    """Whatever is mended, all letters stay in their order."""
    rows = [
        Row.of(
            [
                Segment.of([PageWord(w, 50 + 30 * n, 75 + 30 * n, 12.0 * at, _INK)])
                for n, w in enumerate(line)
            ]
        )
        for at, line in enumerate(lines)
    ]

    mended = unbroken([rows])

    assert _letters(mended[0]) == _letters(rows)


def test_both_parts_keep_their_places() -> None:
    """Each part of a mended word has its own span and its box on its own line."""
    document = _read("Models of pric-", "ing, and more")

    line, below = document.lines[1:]
    head, tail = line.words[-2:]

    assert [document.text[slice(*word.span)] for word in line.words] == [
        *("Models", "of", "pric", "ing,")
    ]
    assert head.span.end == tail.span.start
    assert tail.box.top > head.box.top
    assert tail.box.x0 < head.box.x0
    assert line.box is not None
    assert line.box.bottom == head.box.bottom
    assert document.text[slice(*below.span)] == "and more"
