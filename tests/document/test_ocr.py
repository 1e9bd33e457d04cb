"""Reading scans and pictures: with the extra, and what is said without it."""

from __future__ import annotations

import contextlib
import io
import struct
import zlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillgap.document import ocr
from skillgap.document.model import Document, Format, WarningCode
from skillgap.document.options import Limits, ReadOptions
from skillgap.document.reader import read_document
from skillgap.errors import (
    DocumentError,
    EmptyDocumentError,
    LimitExceededError,
    ScannedDocumentError,
    UnreadableDocumentError,
    UnsupportedFormatError,
)
from tests.document.portable import HEIGHT, WIDTH, column, image, pdf

if TYPE_CHECKING:
    from PIL.Image import Image

RESUMES = Path(__file__).parents[2] / "examples" / "resumes"
PNG_MARK = b"\x89PNG\r\n\x1a\n"
PICTURES = [
    pytest.param(PNG_MARK + b"\x00", "a PNG picture", id="png"),
    pytest.param(b"\xff\xd8\xff\xe0\x00", "a JPEG picture", id="jpeg"),
    pytest.param(b"II*\x00\x08\x00", "a TIFF picture", id="tiff"),
    pytest.param(b"RIFF\x10\x00\x00\x00WEBPVP8 ", "a WebP picture", id="webp"),
    pytest.param(b"BM" + bytes(12) + b"\x28\x00\x00\x00" + bytes(40), "a BMP picture", id="bmp"),
]


@pytest.fixture
def no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text recognition is not installed."""
    monkeypatch.setattr(ocr, "find_spec", lambda _: None)


@pytest.fixture
def extra() -> None:
    """Text recognition is installed; without it there is nothing to test."""
    pytest.importorskip("rapidocr", reason="needs the extra: pip install 'skillgap[ocr]'")
    pytest.importorskip("onnxruntime", reason="needs the extra: pip install 'skillgap[ocr]'")


@pytest.fixture(scope="module")
def page() -> Image:
    """The first page of a resume as a scanner at 100 dpi would give it."""
    pytest.importorskip("PIL", reason="needs the extra: pip install 'skillgap[ocr]'")
    return _painted(RESUMES / "junior.pdf")


@pytest.fixture(scope="module")
def part(page: Image) -> Image:
    """The upper part of the page, for what need not be shown on a whole one."""
    return page.crop((0, 0, page.width, page.height * 2 // 5))


def _painted(path: Path, dpi: int = 100) -> Image:
    document = pypdfium2.PdfDocument(path)
    picture: Image = document[0].render(scale=dpi / 72).to_pil().convert("RGB")
    document.close()
    return picture


def _saved(picture: Image, kind: str = "PNG", **options: Any) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def _read(data: bytes, **limits: Any) -> Document:
    return read_document(data, options=ReadOptions(limits=Limits(**limits)))


def _words(text: str) -> set[str]:
    return {word.strip(".,;:()•–-").lower() for word in text.split()} - {""}


def _share_found(document: Document, truth: str) -> float:
    wanted = _words(truth)
    return len(wanted & _words(document.text)) / len(wanted)


def _share_right(document: Document, truth: str) -> float:
    read = _words(document.text)
    return len(read & _words(truth)) / len(read)


def _page_text(name: str) -> str:
    document = read_document(RESUMES / name)
    return document.text[slice(*document.pages[0].span)]


@pytest.mark.usefixtures("no_extra")
@pytest.mark.parametrize(("data", "kind"), PICTURES)
def test_a_picture_without_the_extra(data: bytes, kind: str) -> None:
    """The error says what the file is, and the one line that installs the extra."""
    with pytest.raises(UnsupportedFormatError) as caught:
        read_document(data)

    assert kind in caught.value.reason
    assert "OCR" in caught.value.reason
    assert "pip install 'skillgap[ocr]'" in caught.value.advice


@pytest.mark.usefixtures("no_extra")
def test_a_scanned_pdf_without_the_extra() -> None:
    """A PDF of pictures is a scan, and the advice names the extra."""
    with pytest.raises(ScannedDocumentError, match=r"pip install 'skillgap\[ocr\]'"):
        read_document(pdf(image(0, 0, WIDTH, HEIGHT)))


@pytest.mark.usefixtures("no_extra")
def test_pages_of_pictures_without_the_extra() -> None:
    """Among pages of text, a page that is a picture is left out with a warning, as before."""
    document = read_document(pdf(column(72, 100, ["Ann Example"]), image(0, 0, WIDTH, HEIGHT)))

    assert document.engine == "pdfium"
    assert [warning.code for warning in document.warnings] == [WarningCode.PAGES_WITHOUT_TEXT]


@pytest.mark.parametrize(
    "text", ["BMX and other sports\nAnn Example", "II* is no mark", "RIFF and rhythm"]
)
def test_text_that_starts_like_a_picture(text: str) -> None:
    """Letters that happen to be a picture's first bytes make no picture of a text."""
    assert read_document(text.encode()).format is Format.TEXT


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "BMP"])
def test_pictures_are_read(part: Image, kind: str) -> None:
    """Each kind of picture gives nearly all words, the engine's name and a warning."""
    document = _read(_saved(part, kind))

    assert _share_right(document, _page_text("junior.pdf")) > 0.9
    assert (document.format, document.engine) == (Format.IMAGE, "rapidocr")
    assert [warning.code for warning in document.warnings] == [WarningCode.OCR]
    assert "OCR" in document.warnings[0].message
    assert "% sure" in document.warnings[0].message


@pytest.mark.usefixtures("extra")
def test_a_scanned_pdf_is_read(page: Image) -> None:
    """A PDF of a picture is read in its lines, each word with its place on the page."""
    document = _read(_saved(page, "PDF", resolution=100))

    assert _share_found(document, _page_text("junior.pdf")) > 0.9
    assert (document.format, document.engine) == (Format.PDF, "rapidocr")
    assert [warning.code for warning in document.warnings] == [WarningCode.OCR]
    assert document.pages[0].width == pytest.approx(page.width * 0.72, abs=1)
    for line in document.lines:
        assert " ".join(document.text[slice(*word.span)] for word in line.words).split() == (
            document.text[slice(*line.span)].split()
        )


@pytest.mark.usefixtures("extra")
def test_places_are_those_of_the_pdf(page: Image) -> None:
    """Words are where the PDF itself has them, and letters as large."""
    truth = read_document(RESUMES / "junior.pdf")
    document = _read(_saved(page, "PDF", resolution=100))

    for heading in ("Education", "Projects"):
        there, here = (_line(each, heading) for each in (truth, document))
        assert here.box is not None
        assert there.box is not None
        assert here.box.x0 == pytest.approx(there.box.x0, abs=4)
        assert here.box.bottom == pytest.approx(there.box.bottom, abs=6)
        assert here.size_pt == pytest.approx(there.size_pt, rel=0.15)


def _line(document: Document, text: str) -> Any:
    return next(
        line
        for line in document.lines
        if document.text[slice(*line.span)].lower().startswith(text.lower())
    )


@pytest.mark.usefixtures("extra")
def test_columns_are_kept_apart() -> None:
    """A sidebar is read for itself, as in a PDF with text."""
    truth = read_document(RESUMES / "mle-sidebar.pdf")
    document = _read(_saved(_painted(RESUMES / "mle-sidebar.pdf", 120)))

    found, wanted = (_compact(each) for each in (document, truth))
    assert len(found & wanted) > 0.8 * len(wanted)


def _compact(document: Document) -> set[str]:
    lines = (document.text[slice(*line.span)].lower() for line in document.lines)
    return {"".join(filter(str.isalnum, line)) for line in lines}


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize("degrees", [90, 180, 270, 1.5, -2])
def test_turned_pictures_are_read(part: Image, degrees: float) -> None:
    """A picture that is askew, on its side or on its head gives the same text."""
    turned = part.rotate(degrees, expand=True, fillcolor="white", resample=3)

    document = _read(_saved(turned))

    assert _share_right(document, _page_text("junior.pdf")) > 0.9
    assert document.text.split("\n")[0] == _page_text("junior.pdf").split("\n")[0]
    for line in document.lines:
        assert line.box is not None
        assert -9 < line.box.x0 < line.box.x1 < (document.pages[0].width or 0) + 9
        assert -9 < line.box.top < line.box.bottom < (document.pages[0].height or 0) + 9


@pytest.mark.usefixtures("extra")
def test_a_mixed_pdf(part: Image) -> None:
    """Text pages are read as text and picture pages by recognition, and the engine says both."""
    mixed = pypdfium2.PdfDocument.new()
    for data in ((RESUMES / "ds-mid.pdf").read_bytes(), _saved(part, "PDF", resolution=100)):
        mixed.import_pages(pypdfium2.PdfDocument(data))
    stream = io.BytesIO()
    mixed.save(stream)

    document = _read(stream.getvalue())

    assert document.engine == "pdfium+rapidocr"
    last = document.pages[-1]
    assert (
        document.text[slice(*last.span)].split("\n")[0] == _page_text("junior.pdf").split("\n")[0]
    )
    assert _page_text("ds-mid.pdf") in document.text[: last.span.start]
    assert [warning.code for warning in document.warnings] == [WarningCode.OCR]
    assert f"page {last.number} read" in document.warnings[0].message


@pytest.mark.usefixtures("extra")
def test_each_picture_of_a_tiff_is_a_page(page: Image) -> None:
    """A fax of two pages has two; those over the limit are cut with a warning."""
    small = page.resize((page.width // 2, page.height // 2))
    data = _saved(page, "TIFF", save_all=True, append_images=[small, small])

    document = _read(data, max_pages=1)

    assert [each.number for each in document.pages] == [1]
    assert [each.code for each in document.warnings] == [WarningCode.OCR, WarningCode.PAGES_CUT]


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "CMYK", "I;16"])
def test_all_kinds_of_colours(page: Image, mode: str) -> None:
    """Black on white, palettes, transparent grounds and 16 bits are read alike."""
    import PIL.Image

    line = page.crop((0, 0, page.width, page.height // 5))
    if mode == "RGBA":  # black ink on nothing
        black = PIL.Image.new("L", line.size, 0)
        converted = PIL.Image.merge(
            "RGBA", (black, black, black, line.convert("L").point(lambda grey: 255 - grey))
        )
    elif mode == "I;16":
        converted = PIL.Image.frombytes(
            mode, line.size, b"".join(bytes((0, grey)) for grey in line.convert("L").tobytes())
        )
    else:
        converted = line.convert(mode)

    document = _read(_saved(converted, "TIFF" if mode == "CMYK" else "PNG"))

    assert document.text.split("\n")[0] == _page_text("junior.pdf").split("\n")[0]


def _huge_png(side: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1_000), 9)
    return PNG_MARK + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        pytest.param(_huge_png(8_000), LimitExceededError, "64,000,000|8,000 x", id="large"),
        pytest.param(_huge_png(60_000), LimitExceededError, "pixels", id="a bomb"),
        pytest.param(_huge_png(2_000), UnreadableDocumentError, "a PNG picture", id="cut off"),
        pytest.param(PNG_MARK + b"\x00", UnreadableDocumentError, "broken", id="only a mark"),
    ],
)
def test_refused_pictures(data: bytes, error: type[DocumentError], words: str) -> None:
    """Pictures too large are refused from their head alone; broken ones are called so."""
    with pytest.raises(error, match=words):
        _read(data)


@pytest.mark.usefixtures("extra")
def test_a_picture_without_words(page: Image) -> None:
    """A picture in which nothing can be read is empty, a PDF of one a scan."""
    blank = page.point(lambda _: 255)

    with pytest.raises(EmptyDocumentError, match="no words"):
        _read(_saved(blank))
    with pytest.raises(ScannedDocumentError, match="no words"):
        _read(_saved(blank, "PDF"))


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize("kind", ["PNG", "PDF"])
def test_recognition_has_a_time_limit(page: Image, kind: str) -> None:
    """Recognition has its own limit, because it takes a hundred times as long as reading."""
    with pytest.raises(LimitExceededError, match="0 seconds"):
        _read(_saved(page, kind), max_ocr_seconds=0.0)


@pytest.mark.usefixtures("extra")
def test_the_same_picture_gives_the_same_document(page: Image) -> None:
    """Recognition is deterministic."""
    data = _saved(page.crop((0, 0, page.width, page.height // 4)))

    assert _read(data) == _read(data)


@pytest.mark.usefixtures("extra")
def test_nothing_is_fetched() -> None:
    """The engine is told of models on the disk; only one without a path would be downloaded."""
    models = ocr._models()

    assert models.keys() == {"Det.model_path", "Rec.model_path"}
    assert all(Path(model).is_file() for model in models.values())


@pytest.mark.usefixtures("extra")
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kind=st.sampled_from(["PNG", "JPEG", "TIFF", "WEBP", "BMP"]),
    edits=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=6),
    cut=st.integers(1, 400),
)
def test_damaged_pictures(kind: str, edits: list[tuple[int, int]], cut: int) -> None:
    """Whatever the bytes, a picture gives a document or one of the package's errors."""
    import PIL.Image

    data = bytearray(_saved(PIL.Image.new("RGB", (40, 30), "white"), kind)[: cut + 20])
    for place, value in edits:
        data[place % len(data)] = value

    with contextlib.suppress(DocumentError):
        read_document(bytes(data))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        pytest.param("Bl", "BI", id="two letters"),
        pytest.param("Cl/CD", "CI/CD", id="before a slash"),
        pytest.param("APls", "APIs", id="plural"),
        pytest.param("FastAPl", "FastAPI", id="at the end of a name"),
        pytest.param("lBM", "IBM", id="first"),
        pytest.param("MlOps", "MlOps", id="within"),
        pytest.param("Julia", "Julia", id="a real l"),
        pytest.param("SQL，", "SQL,", id="a wide comma"),
    ],
)
def test_known_slips_are_corrected(read: str, meant: str) -> None:
    """A capital I that was read as a small l is one again, where no word could have an l."""
    assert ocr.corrected(read) == meant


def test_sizes_that_differ_by_measuring_are_one() -> None:
    """Sizes near the one that most letters have become that; headings stay larger."""
    common = ocr.common_sizes(Counter({9.8: 40, 10.1: 90, 10.4: 30, 12.0: 9, 12.3: 12}))

    assert common == {9.8: 10.1, 10.1: 10.1, 10.4: 10.1, 12.0: 12.3, 12.3: 12.3}
