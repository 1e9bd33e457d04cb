"""What kind of file some bytes are, told from the bytes: cheap looks, no parsing."""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import NamedTuple

from skillgap.document.encoding import decode_text, is_text
from skillgap.document.model import Format
from skillgap.errors import (
    DocumentError,
    EncryptedDocumentError,
    UnsupportedFormatError,
)

_FORMATS_BY_SUFFIX = {
    ".pdf": frozenset({Format.PDF}),
    ".docx": frozenset({Format.DOCX}),
    ".docm": frozenset({Format.DOCX}),
    ".dotx": frozenset({Format.DOCX}),
    ".doc": frozenset[Format](),
    ".odt": frozenset({Format.ODT}),
    ".ott": frozenset({Format.ODT}),
    ".rtf": frozenset({Format.RTF}),
    ".html": frozenset({Format.HTML}),
    ".htm": frozenset({Format.HTML}),
    ".xhtml": frozenset({Format.HTML}),
    ".md": frozenset({Format.MARKDOWN}),
    ".markdown": frozenset({Format.MARKDOWN}),
    ".txt": frozenset({Format.TEXT, Format.MARKDOWN}),
    ".text": frozenset({Format.TEXT, Format.MARKDOWN}),
    ".json": frozenset({Format.JSON_RESUME}),
    **dict.fromkeys(
        (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp"), frozenset({Format.IMAGE})
    ),
}
_MARKDOWN_SUFFIXES = (".md", ".markdown")

_PDF_HEAD = 1024  # the mark may stand behind junk; readers look this far
_TEXT_HEAD = 65_536  # bytes looked at to tell one kind of text from another

_ZIP = b"PK\x03\x04"
_ZIP_NAME = re.compile(rb"PK\x03\x04.{22}(.)\x00..([\x20-\x7e]{1,255})", re.DOTALL)
_ODT_MIME = b"application/vnd.oasis.opendocument.text"

_IMAGE = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|II\*\x00|MM\x00\*|RIFF.{4}WEBP"
    # "BM" may start a text; the size of the header behind it is one of five.
    rb"|BM.{12}[\x0c\x28\x40\x6c\x7c]\x00\x00\x00",
    re.DOTALL,
)

_HTML_START = re.compile(
    # The comments in one atomic group: what follows them is looked for once.
    r"\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)"
    r"<(?:!doctype\s+html|html|head|body|title|meta|style|div|section|main|article|header|table"
    r"|center|font|span|p|h[1-6]|ul|ol)\b",
    re.IGNORECASE | re.DOTALL,
)
_ATX_HEADING = re.compile(r"^#{1,6}[ \t]+\w", re.MULTILINE)
_MARKDOWN_HEADINGS = 2  # one line that starts with "# " may be anything

_RESUME_KEYS = frozenset({"basics", "work", "education", "skills", "projects", "volunteer"})


def is_pdf(data: bytes, name: str) -> bool:  # noqa: ARG001  # every look has the same shape
    """Tell whether the bytes are a PDF."""
    return b"%PDF-" in data[:_PDF_HEAD]


def is_docx(data: bytes, name: str) -> bool:  # noqa: ARG001
    """Tell whether the bytes are a DOCX, whole or damaged."""
    return _zip_kind(data) == "word"


def is_odt(data: bytes, name: str) -> bool:  # noqa: ARG001
    """Tell whether the bytes are an ODT, whole or damaged."""
    return data.startswith(_ZIP) and _ODT_MIME in data[:200]


def is_rtf(data: bytes, name: str) -> bool:  # noqa: ARG001
    """Tell whether the bytes are RTF."""
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def is_image(data: bytes, name: str) -> bool:  # noqa: ARG001
    """Tell whether the bytes are a picture of a kind that text recognition is tried on."""
    return _IMAGE.match(data) is not None


def is_html(data: bytes, name: str) -> bool:  # noqa: ARG001
    """Tell whether the bytes are HTML, a whole page or a piece of one."""
    return is_text(data) and _HTML_START.match(_head(data)) is not None


def is_json_resume(data: bytes, name: str) -> bool:  # noqa: ARG001
    """Tell whether the bytes are a JSON object with the keys of JSON Resume."""
    content = _json(data)
    return isinstance(content, dict) and not _RESUME_KEYS.isdisjoint(content)


def is_markdown(data: bytes, name: str) -> bool:
    """Tell whether the bytes are Markdown: text that is named so, or has headings marked so."""
    if not is_plain(data, name):
        return False
    named = PurePath(name).suffix.lower() in _MARKDOWN_SUFFIXES
    return named or len(_ATX_HEADING.findall(_head(data))) >= _MARKDOWN_HEADINGS


def is_plain(data: bytes, name: str) -> bool:  # noqa: ARG001
    """Tell whether the bytes are text for people, in no format that has a reader of its own."""
    return is_text(data) and _text_refusal(data) is None


def suffix_disagrees(name: str, found: Format) -> bool:
    """Tell whether the file's name promises another format than the one found."""
    formats = _FORMATS_BY_SUFFIX.get(PurePath(name).suffix.lower())
    return formats is not None and found not in formats


class _Refusal(NamedTuple):
    what: str
    advice: str


_AS_DOCUMENT = "Save it as PDF or DOCX and try again"
_PICTURE = "Give the original file, or run text recognition (OCR) over it and save a PDF with text"
_UNPACK = "Unpack it and give the resume inside"

_BINARY_SIGNATURES = (
    (b"\x89PNG\r\n", _Refusal("a PNG picture", _PICTURE)),
    (b"\xff\xd8\xff", _Refusal("a JPEG picture", _PICTURE)),
    (b"II*\x00", _Refusal("a TIFF picture", _PICTURE)),
    (b"MM\x00*", _Refusal("a TIFF picture", _PICTURE)),
    (b"GIF8", _Refusal("a GIF picture", _PICTURE)),
    (b"BM", _Refusal("a BMP picture", _PICTURE)),
    (b"RIFF", _Refusal("a WebP picture or a recording", _PICTURE)),
    (b"\x00\x00\x00\x18ftyp", _Refusal("a photo or a video", _PICTURE)),
    (b"\x00\x00\x00\x1cftyp", _Refusal("a photo or a video", _PICTURE)),
    (b"\x00\x00\x00\x20ftyp", _Refusal("a photo or a video", _PICTURE)),
    (b"\x00\x00\x00\x24ftyp", _Refusal("a photo or a video", _PICTURE)),
    (b"MZ", _Refusal("a Windows program", "Give the resume itself")),
    (b"\x7fELF", _Refusal("a program", "Give the resume itself")),
    (b"\x1f\x8b", _Refusal("a gzip archive", _UNPACK)),
    (b"7z\xbc\xaf", _Refusal("a 7z archive", _UNPACK)),
    (b"Rar!", _Refusal("a RAR archive", _UNPACK)),
    (b"BZh", _Refusal("a bzip2 archive", _UNPACK)),
    (b"\xfd7zXZ", _Refusal("an xz archive", _UNPACK)),
    (b"\xffWPC", _Refusal("a WordPerfect document", _AS_DOCUMENT)),
)
_TEXT_SIGNATURES = (
    (re.compile(r"%!PS"), _Refusal("PostScript", _AS_DOCUMENT)),
    (re.compile(r"MIME-Version:", re.I), _Refusal("an e-mail or web archive", _AS_DOCUMENT)),
    (re.compile(r"\s*<(?:\?xml|svg)\b", re.I), _Refusal("XML", _AS_DOCUMENT)),
)
_NOT_A_RESUME = _Refusal(
    "JSON, but not in the JSON Resume format",
    "Give a file with the JSON Resume keys (basics, work, education, skills), or a PDF or DOCX",
)
_ZIP_REFUSALS = {
    "xl": _Refusal("an Excel workbook", _AS_DOCUMENT),
    "ppt": _Refusal("a PowerPoint presentation", _AS_DOCUMENT),
    "Index": _Refusal("an Apple Pages or iWork document", _AS_DOCUMENT),
}
_ZIP_OTHER = _Refusal("a zip archive", _UNPACK)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("WordDocument", _Refusal("a Word document of the old kind (.doc)", _AS_DOCUMENT)),
    ("Workbook", _Refusal("an Excel workbook of the old kind (.xls)", _AS_DOCUMENT)),
    ("PowerPoint Document", _Refusal("a presentation of the old kind (.ppt)", _AS_DOCUMENT)),
    ("__properties_version1.0", _Refusal("an Outlook message (.msg)", _AS_DOCUMENT)),
)
_OLE_OTHER = _Refusal("an Office document of the old kind", _AS_DOCUMENT)


def explain_refusal(data: bytes, source: str) -> DocumentError:
    """Return the error for a file that no reader takes: what it is, and what to give instead."""
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        return EncryptedDocumentError(
            source, "an Office document with a password", "Save it without the password"
        )
    refusal = _refusal(data)
    return UnsupportedFormatError(
        source, f"this is {refusal.what}, which skillgap does not read", refusal.advice
    )


def picture_kind(data: bytes) -> str:
    """Say what kind of picture the bytes are, as in "a PNG picture"."""
    return "a WebP picture" if data.startswith(b"RIFF") else _refusal(data).what


def _refusal(data: bytes) -> _Refusal:
    if data.startswith(_OLE):
        return _first_ole_stream(data)
    if data.startswith(_ZIP):
        return _ZIP_REFUSALS.get(_zip_kind(data), _ZIP_OTHER)
    for signature, refusal in _BINARY_SIGNATURES:
        if data.startswith(signature):
            return refusal
    found = _text_refusal(data) if is_text(data) else None
    return found or _Refusal("binary data of an unknown kind", _AS_DOCUMENT)


def _first_ole_stream(data: bytes) -> _Refusal:
    for stream, refusal in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return refusal
    return _OLE_OTHER


def _text_refusal(data: bytes) -> _Refusal | None:
    head = _head(data)
    for pattern, refusal in _TEXT_SIGNATURES:
        if pattern.match(head):
            return None if _HTML_START.match(head) else refusal
    if isinstance(_json(data), dict | list):
        return _NOT_A_RESUME
    return None


def _head(data: bytes) -> str:
    # Cutting at an even number of bytes keeps UTF-16 whole; a cut UTF-8 letter would look like
    # Windows-1252, which reads ASCII the same.
    return decode_text(data[:_TEXT_HEAD]).text


def _json(data: bytes) -> object:
    if not _head(data).lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(decode_text(data).text)
    except (ValueError, RecursionError):
        return None


def _zip_kind(data: bytes) -> str:
    """Return the folder by which Office zips are told apart, `""` for any other file."""
    if not data.startswith(_ZIP):
        return ""
    # The names in the local headers, because the directory at the end is lost in a cut file.
    folders = [name.split(b"/")[0].decode() for _, name in _ZIP_NAME.findall(data) if b"/" in name]
    return next((folder for folder in folders if folder in {"word", "xl", "ppt", "Index"}), "")
