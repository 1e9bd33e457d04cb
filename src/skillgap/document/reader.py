"""The front door of the first step: a path, bytes or a stream in, a `Document` out.

What a file is comes from its bytes and not from its name. Each format has one reader; the
libraries it needs are imported when the first file of that format is read.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from skillgap.document import sniff
from skillgap.document.model import Document, DocumentWarning, Format, WarningCode
from skillgap.document.options import ReadOptions
from skillgap.errors import (
    EmptyDocumentError,
    LimitExceededError,
    UnreadableDocumentError,
)

_DEFAULT_OPTIONS = ReadOptions()
_UNNAMED = "<data>"
_LONGEST_PATH = 200  # characters; what is longer and no file is likely a text
_SHOWN = 60  # characters of such a text
_PROSE = (
    "there is no such file, and it looks like the text of a resume, not like a path",
    "For text use analyze_text, or analyze with its bytes",
)


class Reader(Protocol):
    """Reads one format."""

    @property
    def format(self) -> Format:
        """The format it reads."""
        ...

    def can_read(self, data: bytes, name: str) -> bool:
        """Tell from the bytes whether they are in this format, cheaply and without parsing.

        Args:
            data: The whole file.
            name: The file's name, for formats that no byte gives away.
        """
        ...

    def read(self, data: bytes, source: str, options: ReadOptions) -> Document:
        """Read the file.

        Args:
            data: The whole file.
            source: The file's name for the document and for errors.
            options: How to read it.

        Raises:
            DocumentError: One of its kinds, and nothing else, for any bytes whatever.
        """
        ...


@dataclass(frozen=True, slots=True)
class LazyReader:
    """A reader whose module is imported when it is first asked to read.

    Attributes:
        format: The format it reads.
        looks_like: The cheap look at the bytes, see `Reader.can_read`.
        load: Imports the module and makes the reader.
    """

    format: Format
    looks_like: Callable[[bytes, str], bool]
    load: Callable[[], Reader]

    def can_read(self, data: bytes, name: str) -> bool:
        """Tell from the bytes whether they are in this format."""
        return self.looks_like(data, name)

    def read(self, data: bytes, source: str, options: ReadOptions) -> Document:
        """Read the file."""
        return self.load().read(data, source, options)


def _pdf() -> Reader:
    from skillgap.document.pdf import PdfReader

    return PdfReader()


def _docx() -> Reader:
    from skillgap.document.docx import DocxReader

    return DocxReader()


def _odt() -> Reader:
    from skillgap.document.odt import OdtReader

    return OdtReader()


def _rtf() -> Reader:
    from skillgap.document.rtf import RtfReader

    return RtfReader()


def _image() -> Reader:
    from skillgap.document.image import ImageReader

    return ImageReader()


def _html() -> Reader:
    from skillgap.document.html import HtmlReader

    return HtmlReader()


def _json_resume() -> Reader:
    from skillgap.document.jsonresume import JsonResumeReader

    return JsonResumeReader()


def _markdown() -> Reader:
    from skillgap.document.markdown import MarkdownReader

    return MarkdownReader()


def _text() -> Reader:
    from skillgap.document.plain import PlainReader

    return PlainReader()


READERS: tuple[Reader, ...] = (
    LazyReader(Format.PDF, sniff.is_pdf, _pdf),
    LazyReader(Format.DOCX, sniff.is_docx, _docx),
    LazyReader(Format.ODT, sniff.is_odt, _odt),
    LazyReader(Format.RTF, sniff.is_rtf, _rtf),
    LazyReader(Format.IMAGE, sniff.is_image, _image),
    LazyReader(Format.JSON_RESUME, sniff.is_json_resume, _json_resume),
    LazyReader(Format.HTML, sniff.is_html, _html),
    LazyReader(Format.MARKDOWN, sniff.is_markdown, _markdown),
    LazyReader(Format.TEXT, sniff.is_plain, _text),
)
"""One reader for each format, asked in this order; plain text takes what the others leave."""


def read_document(
    source: str | os.PathLike[str] | bytes | BinaryIO,
    *,
    name: str | None = None,
    options: ReadOptions = _DEFAULT_OPTIONS,
    readers: Iterable[Reader] = READERS,
) -> Document:
    """Read a resume: a path, the bytes of a file, or an open binary stream.

    The size limit is checked before a file is read whole. Nothing is written, nothing is fetched:
    links and outside references in the file are never followed.

    Args:
        source: Where the file is, or the file itself.
        name: What to call it in the document and in errors; the path by default. Its suffix is
            compared with what the bytes say.
        options: Engine, password and limits.
        readers: Asked in order, the first that can read the bytes does; pass others to read
            more formats.

    Raises:
        DocumentError: The file cannot be read; the message says why and what to do about it.
        TypeError: The source is none of these, or the stream gives text instead of bytes.
    """
    called, data = load_file(source, name=name, options=options)
    if not data.strip(b"\x00 \t\r\n\f\v"):
        raise EmptyDocumentError(called, "the file is empty", "Check that it was saved whole")
    reader = next((reader for reader in readers if reader.can_read(data, called)), None)
    if reader is None:
        raise sniff.explain_refusal(data, called)
    document = reader.read(data, called, options)
    if not any(map(str.isalpha, document.text)):
        raise _without_letters(document)
    return dataclasses.replace(
        document,
        sha256=hashlib.sha256(data).hexdigest(),
        warnings=(*_name_warnings(called, document.format), *document.warnings),
    )


def load_file(
    source: str | os.PathLike[str] | bytes | BinaryIO,
    *,
    name: str | None = None,
    options: ReadOptions = _DEFAULT_OPTIONS,
) -> tuple[str, bytes]:
    """Return what to call a file, and its bytes; for the arguments see `read_document`.

    Raises:
        DocumentError: It cannot be opened, or is larger than the limit.
        TypeError: The source is none of these, or the stream gives text instead of bytes.
    """
    if not (isinstance(source, str | os.PathLike | bytes) or hasattr(source, "read")):
        raise TypeError(
            "a resume is a path (str or PathLike), bytes or an open binary file, not "
            f"{type(source).__name__}; for its text use analyze_text"
        )
    called = _called(source, name)
    return called, _load(source, called, options.limits.max_bytes)


def _called(source: str | os.PathLike[str] | bytes | BinaryIO, name: str | None) -> str:
    if name is not None:
        return name
    if isinstance(source, str | os.PathLike):
        return os.fspath(source)
    stream_name = getattr(source, "name", None)  # an int for a pipe opened by its number
    return stream_name if isinstance(stream_name, str) else _UNNAMED


def _load(source: str | os.PathLike[str] | bytes | BinaryIO, called: str, max_bytes: int) -> bytes:
    if isinstance(source, bytes):
        _check_size(len(source), called, max_bytes)
        return source
    try:
        if isinstance(source, str | os.PathLike):
            return _load_path(Path(source), called, max_bytes)
        return _load_stream(source, called, max_bytes)
    except (OSError, ValueError) as error:  # ValueError: a closed stream, a zero in the path
        if isinstance(source, str) and _is_prose(source):
            name = called if called != source else _beginning(source)
            raise UnreadableDocumentError(name, *_PROSE) from error
        raise UnreadableDocumentError(called, *_why_unread(error)) from error


def _why_unread(error: OSError | ValueError) -> tuple[str, str]:
    """Say why a file could not be read, and what to do about it."""
    match error:
        case FileNotFoundError():
            return "there is no such file", "Check the path for typing mistakes"
        case IsADirectoryError():
            return "this is a folder", "Give a file; `skillgap batch` reads folders"
        case PermissionError():
            return "it may not be opened", "Ask for permission to read it, or close other programs"
    return f"it could not be read ({error})", "Copy it to this machine and try again"


def _is_prose(path: str) -> bool:
    """Tell whether what was given as a path looks like the text of a resume."""
    return len(path) > _LONGEST_PATH or "\n" in path or "\r" in path


def _beginning(text: str) -> str:
    return f"{text.strip()[:_SHOWN].splitlines()[0]}…" if text.strip() else _UNNAMED


def _load_path(path: Path, called: str, max_bytes: int) -> bytes:
    if path.is_dir():  # opening one fails with another error on every system
        raise IsADirectoryError(path)
    _check_size(path.stat().st_size, called, max_bytes)
    with path.open("rb") as stream:
        return _load_stream(stream, called, max_bytes)


def _load_stream(stream: BinaryIO, called: str, max_bytes: int) -> bytes:
    """Read to the end or to one byte past the limit; a pipe gives its bytes in parts."""
    parts: list[bytes] = []
    size = 0
    while size <= max_bytes and (part := stream.read(max_bytes + 1 - size)):
        if not isinstance(part, bytes):
            raise TypeError("the stream gives text: open the file in binary mode ('rb')")
        parts.append(part)
        size += len(part)
    _check_size(size, called, max_bytes)
    return b"".join(parts)


def _check_size(size: int, called: str, max_bytes: int) -> None:
    if size > max_bytes:
        raise LimitExceededError(
            called,
            f"the file is larger than {max_bytes:,} bytes",
            "Give a smaller file, or raise max_bytes if this really is a resume",
        )


def _without_letters(document: Document) -> EmptyDocumentError:
    if document.hidden:
        return EmptyDocumentError(
            document.source,
            "all of its text is hidden from whoever looks at it",
            "Open it, make the text visible and save it again",
        )
    return EmptyDocumentError(
        document.source, "there is no letter in it", "Check that this is the right file"
    )


def _name_warnings(called: str, found: Format) -> tuple[DocumentWarning, ...]:
    if not sniff.suffix_disagrees(called, found):
        return ()
    suffix = Path(called).suffix
    message = f"named {suffix}, but the content is {found.value}; it was read as that"
    return (DocumentWarning(WarningCode.WRONG_EXTENSION, message),)
