"""The front door: any source, the format by content, and errors that help."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from skillgap.document.model import Document, Format, WarningCode
from skillgap.document.options import Limits, ReadOptions
from skillgap.document.plain import PlainReader
from skillgap.document.reader import READERS, read_document
from skillgap.errors import (
    DocumentError,
    EmptyDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
    UnreadableDocumentError,
    UnsupportedFormatError,
)
from tests.document.office import docx, odt, packed, paragraph

TEXT = b"Ann Example\nData Scientist\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


class Trickle(io.RawIOBase):
    """A pipe that gives three bytes at a time."""

    def __init__(self, data: bytes) -> None:
        self._stream = io.BytesIO(data)

    def read(self, size: int = -1, /) -> bytes:
        """Read at most three bytes."""
        return self._stream.read(min(size, 3))


def test_sources(tmp_path: Path) -> None:
    """A path as text or Path, bytes, a stream and a pipe give the same document."""
    path = tmp_path / "ann.txt"
    path.write_bytes(TEXT)

    with path.open("rb") as stream:
        opened = read_document(stream)
    documents = [
        opened,
        read_document(path),
        read_document(str(path)),
        read_document(TEXT, name=str(path)),
        read_document(io.BytesIO(TEXT), name=str(path)),
        read_document(Trickle(TEXT), name=str(path)),
    ]

    assert documents == [documents[0]] * 6
    assert documents[0].source == str(path)
    assert documents[0].sha256 == hashlib.sha256(TEXT).hexdigest()


def test_standard_input() -> None:
    """The name given for a stream is the document's; it promises no format."""
    document = read_document(io.BytesIO(TEXT), name="-")

    assert (document.source, document.warnings) == ("-", ())


def test_text_stream_is_a_programming_error() -> None:
    """A stream opened as text is told to be opened in binary mode."""
    with pytest.raises(TypeError, match="binary mode"):
        read_document(io.StringIO("Ann"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(docx(paragraph("Ann")), Format.DOCX, id="docx"),
        pytest.param(odt("<text:p>Ann</text:p>"), Format.ODT, id="odt"),
        pytest.param(rb"{\rtf1 Ann}", Format.RTF, id="rtf"),
        pytest.param(b"<!DOCTYPE html><p>Ann", Format.HTML, id="html"),
        pytest.param(b"<!-- saved --><div>Ann</div>", Format.HTML, id="a piece of html"),
        pytest.param(b"# Ann\n\n## Work\n", Format.MARKDOWN, id="markdown"),
        pytest.param(b"# Ann\nnot much of a heading", Format.TEXT, id="one heading"),
        pytest.param(b'{"basics": {"name": "Ann"}}', Format.JSON_RESUME, id="json resume"),
        pytest.param("Ann {json} <b>".encode("utf-16"), Format.TEXT, id="text in UTF-16"),
        pytest.param(b"{Ann} Example", Format.TEXT, id="text with braces"),
    ],
)
def test_format_by_content(data: bytes, expected: Format) -> None:
    """The format comes from the bytes."""
    assert read_document(data, name="-").format is expected


@pytest.mark.parametrize(
    ("name", "odd"),
    [("a.txt", False), ("a.md", False), ("a.pdf", True), ("a.DOC", True), ("a", False)],
)
def test_wrong_extension(name: str, odd: bool) -> None:
    """A name that promises another format is a warning, not an error."""
    codes = [warning.code for warning in read_document(TEXT, name=name).warnings]

    assert codes == [WarningCode.WRONG_EXTENSION] * odd


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        pytest.param(b"", EmptyDocumentError, "empty", id="empty"),
        pytest.param(b" \n\x00", EmptyDocumentError, "empty", id="blank"),
        pytest.param(b"1 2 3 ---", EmptyDocumentError, "no letter", id="no letters"),
        pytest.param(
            docx(paragraph("Ann", run="<w:vanish/>")), EmptyDocumentError, "hidden", id="hidden"
        ),
        pytest.param(b"MZ\x90\x00", UnsupportedFormatError, "program", id="exe"),
        pytest.param(
            OLE + "WordDocument".encode("utf-16-le"), UnsupportedFormatError, "DOCX", id="doc"
        ),
        pytest.param(OLE, UnsupportedFormatError, "DOCX", id="other ole"),
        pytest.param(
            OLE + "EncryptedPackage".encode("utf-16-le"),
            EncryptedDocumentError,
            "without the password",
            id="encrypted docx",
        ),
        pytest.param(packed({"a.txt": "x"}), UnsupportedFormatError, "Unpack", id="zip"),
        pytest.param(packed({"xl/a.xml": "x"}), UnsupportedFormatError, "Excel", id="xlsx"),
        pytest.param(packed({"ppt/a.xml": "x"}), UnsupportedFormatError, "PowerPoint", id="pptx"),
        pytest.param(b'<?xml version="1.0"?><cv/>', UnsupportedFormatError, "XML", id="xml"),
        pytest.param(b'{"a": 1}', UnsupportedFormatError, "JSON Resume", id="other json"),
        pytest.param(bytes(range(256)) * 9, UnsupportedFormatError, "binary", id="binary"),
    ],
)
def test_refusals(data: bytes, error: type[DocumentError], words: str) -> None:
    """What cannot be read is refused with what it is and what to do."""
    with pytest.raises(error, match=words) as caught:
        read_document(data, name="cv")

    assert caught.value.source == "cv"


def test_missing_file(tmp_path: Path) -> None:
    """A missing file, a folder and an impossible path say so."""
    with pytest.raises(UnreadableDocumentError, match="no such file"):
        read_document(tmp_path / "none.pdf")
    with pytest.raises(UnreadableDocumentError, match="folder"):
        read_document(tmp_path)
    with pytest.raises(UnreadableDocumentError):
        read_document("a\0b")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Avery Example\nPython", id="two lines"),
        pytest.param("\n", id="a line break"),
        pytest.param("Python and SQL " * 30, id="one long line"),
    ],
)
def test_a_text_in_the_place_of_a_path(text: str) -> None:
    """The error says what text is for, in one line and without all of the text."""
    with pytest.raises(UnreadableDocumentError, match="analyze_text") as caught:
        read_document(text)

    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 250


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be opened says so."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    (tmp_path / "a.txt").write_bytes(TEXT)
    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(UnreadableDocumentError, match="permission"):
        read_document(tmp_path / "a.txt")


def test_size_limit(tmp_path: Path) -> None:
    """A file over the limit is refused before it is read, a stream one byte after."""
    options = ReadOptions(limits=Limits(max_bytes=10))
    (tmp_path / "a.txt").write_bytes(TEXT)
    stream = io.BytesIO(TEXT)

    for source in (TEXT, tmp_path / "a.txt", stream):
        with pytest.raises(LimitExceededError, match="10 bytes"):
            read_document(source, options=options)
    assert stream.tell() == 11


def test_other_readers() -> None:
    """A caller's reader comes first and may read what nobody else does."""

    class Shouting(PlainReader):
        def can_read(self, data: bytes, name: str) -> bool:  # noqa: ARG002
            return data.startswith(b"\x89PNG")

        def read(self, data: bytes, source: str, options: ReadOptions) -> Document:
            return super().read(data[4:], source, options)

    document = read_document(b"\x89PNGAnn", readers=(Shouting(), *READERS))

    assert document.text == "Ann"


def test_one_reader_for_each_format() -> None:
    """Every format has exactly one reader, and it says the same of itself."""
    assert sorted(reader.format for reader in READERS) == sorted(Format)
    for reader in READERS:
        assert reader.load().format is reader.format  # type: ignore[attr-defined]


def test_libraries_on_first_use() -> None:
    """Importing the front door imports no library that reads files."""
    heavy = ["pypdfium2", "pdfminer", "zipfile", "defusedxml", "markdown_it", "html.parser"]
    code = (
        "import json, sys, skillgap.document.reader;"
        f"print(json.dumps([name for name in {heavy} if name in sys.modules]))"
    )

    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert json.loads(printed.stdout) == []
