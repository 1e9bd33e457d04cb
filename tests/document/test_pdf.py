"""Reading PDF files, from bytes to a document or an error, with both engines."""

from __future__ import annotations

import hashlib
import random
import time
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from skillgap.document import pdfium
from skillgap.document.model import Document, Format, WarningCode
from skillgap.document.options import Engine, Limits, ReadOptions
from skillgap.document.pdf import PdfReader
from skillgap.errors import (
    DocumentError,
    EmptyDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
    ScannedDocumentError,
    UnreadableDocumentError,
)
from tests.document.portable import HEIGHT, WIDTH, column, image, pdf, text

_LINES = ("Built models of churn", "Served them in the cloud", "Wrote reports for the board")
_PAGE = column(72, 100, _LINES)
_PASSWORD = "open sesame"  # noqa: S105


@pytest.fixture(params=[Engine.PDFIUM, Engine.PDFMINER])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn: what is read must not hang on it."""
    return request.param


def _read(data: bytes, engine: Engine = Engine.AUTO, **options: object) -> Document:
    return PdfReader().read(data, "resume.pdf", ReadOptions(engine=engine, **options))


def _lines(document: Document) -> list[str]:
    return [document.text[slice(*line.span)] for line in document.lines]


def test_a_page_of_lines(engine: Engine) -> None:
    """Each line of the page is a line of the text, and the document says where it is from."""
    data = pdf(_PAGE)

    document = _read(data, engine)

    assert document.text == "\n".join(_LINES)
    assert (document.format, document.engine) == (Format.PDF, engine)
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.metadata["Title"] == "A made-up resume"
    assert document.warnings == document.hidden == ()


def test_a_broken_title_is_no_matter(engine: Engine) -> None:
    """A title whose bytes are no text is left out or read as it can be, and the page is read."""
    document = _read(pdf(_PAGE, title="<FEFFD83D0041>"), engine)

    assert document.text == "\n".join(_LINES)


def test_every_span_covers_its_words(engine: Engine) -> None:
    """Lines, segments, words and pages lead back to their text, in order, without gaps."""
    page = text(72, 60, "Ann Example", size=20, bold=True) + text(400, 60, "ann@example.com")
    document = _read(pdf(page + _PAGE, _PAGE), engine)

    for line in document.lines:
        words = [document.text[slice(*word.span)] for word in line.words]
        assert " ".join(words) == document.text[slice(*line.span)].replace("  ", " ")
        segments = [document.text[slice(*segment)] for segment in line.segments]
        assert "  ".join(segments) == document.text[slice(*line.span)]
        assert document.page_at(line.span.start) == line.page
    assert "\n".join(_lines(document)) == document.text
    assert [page.span.start for page in document.pages] == [0, document.text.rindex("Built")]


def test_places_are_points_from_the_top_left_corner(engine: Engine) -> None:
    """A word's box holds its baseline and begins at its left edge."""
    document = _read(pdf(text(72, 100, "Built models", size=12)), engine)

    line = document.lines[0]
    first, second = (word.box for word in line.words)
    assert first.x0 == pytest.approx(72, abs=0.1)
    assert first.top < 100 < first.bottom
    assert first.bottom - first.top == pytest.approx(12, abs=0.5)
    assert second.x0 == pytest.approx(72 + 12 * 2.223, abs=0.5)  # widths of Helvetica
    assert line.box == (first.x0, first.top, second.x1, second.bottom)
    assert (document.pages[0].width, document.pages[0].height) == (WIDTH, HEIGHT)


def test_places_count_from_the_crop_box(engine: Engine) -> None:
    """What a page's crop box cuts off is subtracted from places and size."""
    document = _read(pdf(_PAGE, page="/CropBox [36 72 576 756]"), engine)

    assert document.lines[0].words[0].box.x0 == pytest.approx(36, abs=0.1)
    assert document.lines[0].box.top < 100 - 36 < document.lines[0].box.bottom
    assert (document.pages[0].width, document.pages[0].height) == (540, 684)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turned_pages_read_the_same(engine: Engine, degrees: int) -> None:
    """A page that is shown turned has the text of the page that is not."""
    document = _read(pdf(_PAGE, page=f"/Rotate {degrees}"), engine)

    assert document.text == "\n".join(_LINES)
    for line in document.lines:
        assert 0 < line.box.x0 < line.box.x1 < document.pages[0].width
        assert 0 < line.box.top < line.box.bottom < document.pages[0].height


def test_dense_pages_are_read_whole(engine: Engine) -> None:
    """A page with more letters than there is usually room for is read, and so is the next."""
    dense = [f"{number} " + "abcdefghij " * 6 for number in range(50)]
    page = column(72, 60, [line.strip() for line in dense])

    document = _read(pdf(page, _PAGE), engine)

    assert _lines(document) == [*(line.strip() for line in dense), *_LINES]


def test_turned_text_stands_after_the_rest(engine: Engine) -> None:
    """A label along the edge does not fall between the lines beside it."""
    label = text(30, 130, "Curriculum vitae", turned=True)

    document = _read(pdf(label + _PAGE), engine)

    assert _lines(document) == [*_LINES, "Curriculum vitae"]
    box = document.lines[-1].box
    assert box.bottom - box.top > box.x1 - box.x0


def test_size_weight_and_bullets_of_lines(engine: Engine) -> None:
    """A line knows the size of most of its letters, whether they are bold, and its bullet."""
    page = (
        text(72, 80, "Experience", size=14, bold=True)
        + text(72, 100, "\x02 Built models")
        + text(72, 112, "Acme", bold=True)
        + text(101, 112, "since the year of its founding")
    )

    lines = _read(pdf(page), engine).lines

    assert [line.size_pt for line in lines] == [14, 10, 10]
    assert [line.bold for line in lines] == [True, False, False]
    assert [line.bullet for line in lines] == [False, True, False]


@pytest.mark.parametrize(
    ("operators", "expected"),
    [
        pytest.param(text(72, 100, "S K I L L S"), "SKILLS", id="letters with spaces"),
        pytest.param(
            text(72, 100, "SKILLS AND TOOLS", before="3 Tc"), "SKILLS AND TOOLS", id="tracking"
        ),
        pytest.param(
            text(72, 100, "S", size=14) + text(82.6, 100, "KILLS", before="1 Tc"),
            "SKILLS",
            id="small capitals",
        ),
        pytest.param(text(72, 100, "A B testing of C"), "A B testing of C", id="single letters"),
        pytest.param(text(72, 100, "work\x01ow"), "workfiow", id="ligature"),
        pytest.param(
            text(72, 100, "Built") + text(100, 100, "models"), "Built models", id="no space written"
        ),
        pytest.param(
            text(72, 100, "Built") + text(72.2, 100, "Built"), "Built", id="printed twice"
        ),
        pytest.param(
            text(72, 100, "2020") + text(300, 100, "Analyst"), "2020  Analyst", id="wide gap"
        ),
    ],
)
def test_words_of_a_line(engine: Engine, operators: str, expected: str) -> None:
    """Words are what a reader sees, however the file spaces or paints their letters."""
    assert _read(pdf(operators), engine).text == expected


def test_signs_that_start_lines_are_bullets(engine: Engine) -> None:
    """The same odd sign in front of two lines is the bullet of a list."""
    page = "".join(
        text(72, y, "{") + text(80, y, words)
        for y, words in ((100, "Built models"), (112, "Served them"))
    )

    document = _read(pdf(page), engine)

    assert _lines(document) == ["• Built models", "• Served them"]
    assert all(line.bullet for line in document.lines)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        pytest.param(None, "it is protected by a password", id="none"),
        pytest.param("guess", "the password does not open it", id="wrong"),
    ],
)
def test_a_password_is_needed(engine: Engine, password: str | None, reason: str) -> None:
    """Without the right password the error says so, and the second engine is not asked."""
    with pytest.raises(EncryptedDocumentError) as caught:
        _read(pdf(_PAGE, user_password=_PASSWORD), engine, password=password)

    assert caught.value.reason == reason
    assert _PASSWORD not in str(caught.value)


@pytest.mark.parametrize(
    ("user_password", "given"),
    [pytest.param(_PASSWORD, _PASSWORD, id="right"), pytest.param("", None, id="owner's only")],
)
def test_encrypted_files_are_read(engine: Engine, user_password: str, given: str | None) -> None:
    """The right password opens a file; one that only restricts printing is not asked for."""
    data = pdf(_PAGE, user_password=user_password)

    assert _read(data, engine, password=given).text == "\n".join(_LINES)


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        pytest.param(
            pdf(image(0, 0, WIDTH, HEIGHT)), ScannedDocumentError, "pictures", id="a scan"
        ),
        pytest.param(pdf(""), EmptyDocumentError, "no text", id="an empty page"),
        pytest.param(pdf(text(72, 99, "   ")), EmptyDocumentError, "no text", id="spaces"),
        pytest.param(pdf(_PAGE)[:300], UnreadableDocumentError, "cut off", id="cut off"),
        pytest.param(b"%PDF-1.7\n" + b"?" * 99, UnreadableDocumentError, "broken", id="rubbish"),
        pytest.param(b"%PDF-1.7\n%%EOF", UnreadableDocumentError, "broken", id="no objects"),
    ],
)
@pytest.mark.parametrize("chosen", list(Engine))
def test_files_without_text(
    data: bytes, error: type[DocumentError], reason: str, chosen: Engine
) -> None:
    """Each way to have no text has its error, which says what to do."""
    with pytest.raises(error, match=reason) as caught:
        _read(data, chosen)

    assert caught.value.source == "resume.pdf"
    assert caught.value.advice


def test_foreign_exceptions_stay_behind_the_error(engine: Engine) -> None:
    """What the engine raised is kept as the cause, for whoever mends the reader."""
    with pytest.raises(UnreadableDocumentError) as caught:
        _read(b"%PDF-1.7\n" + b"?" * 99, engine)

    assert caught.value.__cause__ is not None


def test_pictures_among_pages_are_told(engine: Engine) -> None:
    """A page that is only a picture is named in a warning, and the others are read."""
    document = _read(pdf(_PAGE, image(0, 0, WIDTH, HEIGHT), ""), engine)

    assert document.text == "\n".join(_LINES)
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert [(w.code, w.message) for w in document.warnings] == [
        (WarningCode.PAGES_WITHOUT_TEXT, "page 2: pictures and no text")
    ]


def test_too_many_pages_are_cut(engine: Engine) -> None:
    """Pages over the limit are left out with a warning."""
    document = _read(pdf(*[_PAGE] * 4), engine, limits=Limits(max_pages=2))

    assert len(document.pages) == 2
    assert document.text.count("churn") == 2
    assert [(w.code, w.message) for w in document.warnings] == [
        (WarningCode.PAGES_CUT, "only the first 2 of 4 pages were read")
    ]


def test_too_much_text_is_cut_at_a_line(engine: Engine) -> None:
    """Text over the limit is left out with a warning, and no line is halved."""
    document = _read(pdf(_PAGE), engine, limits=Limits(max_characters=50))

    assert document.text == "\n".join(_LINES[:2])
    assert [w.code for w in document.warnings] == [WarningCode.PAGES_CUT]


@pytest.mark.parametrize(
    "limits", [pytest.param(Limits(max_bytes=99), id="size"), Limits(max_seconds=0.0)]
)
def test_limits_end_the_reading(engine: Engine, limits: Limits) -> None:
    """A file that is too large, or takes too long, is an error of its own."""
    with pytest.raises(LimitExceededError):
        _read(pdf(_PAGE), engine, limits=limits)


def test_the_second_engine_reads_what_the_first_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PDFium fails, pdfminer.six is asked, and a warning says so."""
    from skillgap.document import pdfium
    from skillgap.document.glyphs import EngineError

    def fail(*_: object) -> None:
        raise EngineError

    monkeypatch.setattr(pdfium, "read_glyphs", fail)

    document = _read(pdf(_PAGE))

    assert document.text == "\n".join(_LINES)
    assert document.engine == Engine.PDFMINER
    assert [warning.code for warning in document.warnings] == [WarningCode.SECOND_ENGINE]


def test_the_second_engine_reads_what_is_rubbish_to_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where PDFium finds signs without meaning, and pdfminer.six letters, the letters are taken."""
    from skillgap.document import pdfium
    from skillgap.document.glyphs import GlyphDocument, Glyphs

    read = pdfium.read_glyphs

    def rubbish(*arguments: Any) -> GlyphDocument:
        found = read(*arguments)
        pages = [
            replace(page, glyphs=Glyphs.of(g._replace(text="\ue000") for g in page.glyphs))
            for page in found.pages
        ]
        return replace(found, pages=tuple(pages))

    monkeypatch.setattr(pdfium, "read_glyphs", rubbish)

    document = _read(pdf(_PAGE))

    assert document.text == "\n".join(_LINES)
    assert [warning.code for warning in document.warnings] == [WarningCode.SECOND_ENGINE]


def test_the_second_engine_cannot_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    """A loop without end inside pdfminer.six ends when the time is over."""
    from pdfminer.pdfinterp import PDFPageInterpreter

    def spin(*_: object) -> None:
        while True:
            len("")

    monkeypatch.setattr(PDFPageInterpreter, "process_page", spin)

    with pytest.raises(LimitExceededError, match=r"took more than 0\.2 seconds"):
        _read(pdf(_PAGE), Engine.PDFMINER, limits=Limits(max_seconds=0.2))


@pytest.mark.parametrize("seed", range(8))
def test_broken_files_give_a_document_or_an_error(seed: int) -> None:
    """However a file is cut or its bytes are changed, nothing else comes out."""
    chance = random.Random(seed)  # noqa: S311
    whole = pdf(_PAGE, image(0, 0, 99, 99) + text(300, 99, "Skills", size=14))
    for _ in range(12):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 5, 40))):
            data[chance.randrange(9, len(data))] = chance.randrange(256)
        data = data[: chance.randrange(len(data) // 2, 2 * len(data))]
        try:
            document = _read(bytes(data), limits=Limits(max_seconds=5))
        except DocumentError:
            continue
        assert all(document.text[slice(*line.span)] for line in document.lines)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"%PDF-1.7 ...", True, id="header"),
        pytest.param(b"\xef\xbb\xbf\n%PDF-1.4", True, id="rubbish before it"),
        pytest.param(b"Portable %PDF-1.4".rjust(2000), False, id="far behind"),
        pytest.param(b"{}", False, id="something else"),
    ],
)
def test_can_read(data: bytes, expected: bool) -> None:
    """The content tells a PDF, whatever its name is."""
    assert PdfReader().can_read(data, "resume.docx") is expected


def test_painting_ends_in_time() -> None:
    """A page of endless shapes is given up between two of them when the time is over."""
    with pypdfium2.PdfDocument(pdf(_PAGE + "0 0 m 9 9 l S " * 1000)) as document:
        page = document[0]

        with pytest.raises(TimeoutError):
            pdfium._painted(page, 1, time.monotonic(), grey=True)
        page.close()
