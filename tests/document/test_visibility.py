"""Text that no reader of a PDF can see."""

from __future__ import annotations

import pytest

from skillgap.document import pdfium
from skillgap.document.glyphs import EngineError
from skillgap.document.model import Document, WarningCode
from skillgap.document.options import Engine, ReadOptions
from skillgap.document.pdf import PdfReader
from tests.document.portable import HEIGHT, PLAIN, WIDTH, box, column, image, pdf, text

_SEEN = ("Built models of churn", "Served them in the cloud", "Wrote reports for the board")
_PAGE = column(72, 100, _SEEN)
_WORDS = "python spark kafka docker kubernetes"
_BLUE = "0.2 0.4 0.8"
_WHITE = "1 1 1"
# The ways in which a public program for hiding words in a resume writes them.
_STUFFED = {
    "white line on top": text(0.2 * WIDTH, 0.05 * HEIGHT, _WORDS, size=8, colour=_WHITE),
    "specks all over": "".join(
        text(100 + 70 * index, 600 - 97 * index, word, size=0.1, colour=_WHITE)
        for index, word in enumerate(_WORDS.split())
    ),
    "down the margins": "".join(
        text(28 if index < 3 else WIDTH - 100, 110 + 30 * index, word, size=6, colour=_WHITE)
        for index, word in enumerate(_WORDS.split())
    ),
    "behind the text": "/Faint gs "
    + "".join(
        text(x, HEIGHT - y, _WORDS, size=4, colour=_WHITE)
        for x, y in ((50, 50), (200, 100), (100, 300), (400, 400))
    ),
    "nearly transparent": "/Pale gs "
    + "".join(text(150 + 90 * i, 50 * i, word) for i, word in enumerate(_WORDS.split())),
}


def _read(page: str, pixels: bytes | None = PLAIN) -> Document:
    return PdfReader().read(pdf(page, pixels=pixels), "resume.pdf", ReadOptions())


@pytest.mark.parametrize(
    ("trick", "kind"),
    [
        pytest.param(text(72, 300, _WORDS, colour="1 1 1"), "colour", id="white"),
        pytest.param(text(72, 300, _WORDS, colour=".985 .985 .985"), "colour", id="off-white"),
        pytest.param(text(72, 100, _WORDS, colour="1 1 1"), "colour", id="white over text"),
        pytest.param(
            box(70, 280, 300, 30, _BLUE) + text(72, 300, _WORDS, colour=_BLUE),
            "colour",
            id="colour of its box",
        ),
        pytest.param(text(72, 300, _WORDS, size=0.5), "tiny", id="half a point"),
        pytest.param(text(72, 300, _WORDS, before="3 Tr"), "invisible", id="mode 3"),
        pytest.param(text(72, 100, _WORDS, before="3 Tr"), "invisible", id="mode 3 over text"),
        pytest.param(text(72, 300, _WORDS, before="7 Tr"), "invisible", id="mode 7"),
        pytest.param("/Clear gs " + text(72, 300, _WORDS), "transparent", id="alpha 0"),
        pytest.param("/Faint gs " + text(72, 300, _WORDS), "transparent", id="alpha .02"),
        pytest.param(text(-400, 300, _WORDS), "off-page", id="left of the page"),
        pytest.param(text(72, 900, _WORDS), "off-page", id="below the page"),
        pytest.param(
            text(72, 300, _WORDS) + box(70, 280, 300, 30, "1 1 1"), "covered", id="white box over"
        ),
        pytest.param(
            text(72, 300, _WORDS) + box(70, 280, 300, 30, _BLUE), "covered", id="dark box over"
        ),
        pytest.param(text(72, 300, _WORDS) + image(70, 280, 300, 30), "covered", id="picture over"),
        pytest.param("q 0 0 10 10 re W n " + text(72, 300, _WORDS) + "Q ", "covered", id="clipped"),
    ],
)
def test_tricks_are_seen_through(trick: str, kind: str) -> None:
    """Words that leave no mark on the page are told apart, with the reason, and left out."""
    document = _read(_PAGE + trick)

    assert document.text == "\n".join(_SEEN)
    assert [(hidden.text, hidden.kind, hidden.page) for hidden in document.hidden] == [
        (_WORDS, kind, 1)
    ]
    assert [(w.code, w.message) for w in document.warnings] == [
        (
            WarningCode.HIDDEN_TEXT,
            f"5 words that no reader can see were left out ({kind})",
        )
    ]


@pytest.mark.parametrize("words", _STUFFED.values(), ids=_STUFFED)
def test_every_stuffed_word_is_found(words: str) -> None:
    """Of words strewn over a resume for machines alone, each is told and none is read."""
    document = _read(_PAGE + words)

    assert document.text == "\n".join(_SEEN)
    found = " ".join(hidden.text for hidden in document.hidden).split()
    assert set(found) == set(_WORDS.split())
    assert len(found) == words.count("Tj") * (5 if _WORDS in words else 1)


@pytest.mark.parametrize(
    "operators",
    [
        pytest.param(
            box(70, 280, 300, 30, _BLUE) + text(72, 300, _WORDS, colour="1 1 1"), id="white on dark"
        ),
        pytest.param(text(72, 300, _WORDS, colour=".8 .8 .8"), id="light grey"),
        pytest.param(text(72, 300, _WORDS, size=5), id="five points"),
        pytest.param(
            text(72, 300, _WORDS, colour="1 1 1", before="1 Tr"), id="white letters with an outline"
        ),
        pytest.param(text(72, 300, _WORDS, colour="1 0 0"), id="red"),
        pytest.param(image(70, 280, 300, 30) + text(72, 300, _WORDS), id="black on a picture"),
    ],
)
def test_what_can_be_seen_is_read(operators: str) -> None:
    """Unusual but legible text is text like any other."""
    document = _read(_PAGE + operators)

    assert document.text == "\n".join((*_SEEN, _WORDS))
    assert document.hidden == document.warnings == ()


@pytest.mark.parametrize(
    ("trick", "told"),
    [
        pytest.param(text(72, 300, _WORDS, colour="1 1 1"), False, id="white"),
        pytest.param(text(72, 300, _WORDS) + image(70, 280, 300, 30), False, id="picture over"),
        pytest.param(text(72, 300, _WORDS, before="3 Tr"), True, id="mode 3"),
        pytest.param(text(-400, 300, _WORDS), True, id="off-page"),
    ],
)
def test_without_a_look_only_ink_and_place_tell(trick: str, told: bool) -> None:
    """Who does not ask for a look at the page still hears of what no page could show."""
    document = PdfReader().read(
        pdf(_PAGE + trick, pixels=PLAIN), "resume.pdf", ReadOptions(look_at_page=False)
    )

    assert bool(document.hidden) is told
    assert (_WORDS in document.text) is not told


@pytest.mark.parametrize(
    "trick",
    [
        pytest.param(text(72, 300, _WORDS, colour=_WHITE), id="white"),
        pytest.param(text(72, 300, _WORDS) + box(70, 280, 300, 30, _WHITE), id="white box over"),
        pytest.param("/Clear gs " + text(72, 300, _WORDS), id="alpha 0"),
    ],
)
def test_what_pdfminer_reads_is_looked_at_too(trick: str) -> None:
    """pdfminer.six cannot paint; PDFium paints the pages that it has read."""
    document = PdfReader().read(
        pdf(_PAGE + trick), "resume.pdf", ReadOptions(engine=Engine.PDFMINER)
    )

    assert document.text == "\n".join(_SEEN)
    assert [hidden.text for hidden in document.hidden] == [_WORDS]


def test_pages_that_cannot_be_painted_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody could look at a page, a warning says what may be among its text."""

    def fail(*_: object, **__: object) -> None:
        raise EngineError

    monkeypatch.setattr(pdfium, "paint_pages", fail)

    document = PdfReader().read(
        pdf(_PAGE + text(72, 300, _WORDS, colour=_WHITE)),
        "resume.pdf",
        ReadOptions(engine=Engine.PDFMINER),
    )

    assert document.text == "\n".join((*_SEEN, _WORDS))
    assert [warning.code for warning in document.warnings] == [WarningCode.SECOND_ENGINE]
    assert "page 1: PDFium could not paint" in document.warnings[0].message


def test_two_hidden_words_are_nothing() -> None:
    """Fewer than three hidden words in a file are leftovers, not worth a notice."""
    document = _read(_PAGE + text(72, 300, "python spark", colour="1 1 1"))

    assert document.text.endswith("python spark")
    assert document.hidden == document.warnings == ()


def test_the_text_layer_of_a_scan_is_text() -> None:
    """Invisible words over a picture with marks under them are what OCR found there."""
    layer = "".join(
        text(72, 100 + 12 * index, line, before="3 Tr") for index, line in enumerate(_SEEN)
    )

    document = _read(image(0, 0, WIDTH, HEIGHT) + layer, pixels=None)

    assert document.text == "\n".join(_SEEN)
    assert document.hidden == ()


def test_invisible_words_over_an_empty_picture_are_hidden() -> None:
    """A background picture without letters does not make invisible words a text layer."""
    page = image(0, 0, WIDTH, HEIGHT) + text(72, 300, _WORDS, before="3 Tr") + _PAGE

    document = _read(page)

    assert document.text == "\n".join(_SEEN)
    assert [hidden.kind for hidden in document.hidden] == ["invisible"]
