"""Opens DOCX and ODT: zip files with XML inside, unpacked within limits and into memory only.

Zip bombs, XML entities and outside references are refused here, so that the readers above may
trust what they get. Names of members are keys, never paths of files.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from skillgap.document.options import Limits
from skillgap.errors import (
    EncryptedDocumentError,
    LimitExceededError,
    UnreadableDocumentError,
)

# Namespaces by the prefix that the standards themselves use; OOXML has two for each, "strict" and
# "transitional". A tag is then written as a CSS selector writes it, `w|p`: ElementTree would look
# a colon's prefix up.
_PREFIXES_BY_NAMESPACE = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "http://purl.org/dc/elements/1.1/": "dc",
}

_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
    OverflowError,
)
# LookupError: an encoding that Python does not know. ValueError: one that expat cannot use.
_XML_ERRORS = (ParseError, LookupError, ValueError)

_ENCRYPTED_FLAG = 0x1
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # all that the standards allow

# Deflate reaches 1,000 to 1; Word's XML 10 to 1, with much repetition 60.
_MAX_RATIO = 200
_SMALL_BYTES = 1_000_000  # a member below this costs nothing, however well it packs
# A long CV has some 50,000 elements; each costs about 200 bytes of memory.
_MAX_ELEMENTS = 500_000


class Package:
    """The members of a zip file, read on demand and within limits."""

    def __init__(self, data: bytes, source: str, limits: Limits) -> None:
        """Open the file and check what its directory promises.

        Raises:
            UnreadableDocumentError: It is no zip file, or a damaged one.
            LimitExceededError: It has too many members or would unpack to too much.
        """
        self._source = source
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_ERRORS as error:
            raise self.damaged(str(error)) from error
        members = self._zip.infolist()
        if len(members) > limits.max_members:
            raise self._beyond(f"it packs {len(members):,} files; {limits.max_members:,} are read")
        unpacked = sum(member.file_size for member in members)
        if unpacked > limits.max_unpacked_bytes:
            raise self._beyond(f"it unpacks to more than {limits.max_unpacked_bytes:,} bytes")
        self._members_by_name = {member.filename.lstrip("/"): member for member in members}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members, in the order of the directory."""
        return tuple(self._members_by_name)

    def read(self, name: str) -> bytes | None:
        """Return a member's bytes, None if there is no such member."""
        member = self._members_by_name.get(name)
        if member is None:
            return None
        if member.flag_bits & _ENCRYPTED_FLAG:
            raise EncryptedDocumentError(
                self._source, "it needs a password", "Save it without the password"
            )
        if member.compress_type not in _COMPRESSIONS:
            raise self.damaged(f"{name} is packed in an unknown way")
        if member.file_size > max(_SMALL_BYTES, member.compress_size * _MAX_RATIO):
            raise self._beyond(f"{name} unpacks to {member.file_size:,} bytes: a zip bomb")
        try:
            return self._zip.read(member)
        except _ZIP_ERRORS as error:
            raise self.damaged(str(error)) from error

    def xml(self, name: str) -> Element | None:
        """Return the root of an XML member with short names (`w|p`), None if there is none."""
        data = self.read(name)
        if data is None:
            return None
        target = _BoundedBuilder(self._limits.max_depth)
        try:
            parser = _Parser(target=target, forbid_dtd=True)
            parser.feed(data)
            root: Element = parser.close()
        except _TooMuchError as error:
            raise self._beyond(f"{name} has {error}") from error
        except DefusedXmlException as error:
            raise UnreadableDocumentError(
                self._source,
                f"{name} declares XML entities, which no word processor writes",
                "Do not trust this file",
            ) from error
        except _XML_ERRORS as error:
            raise self.damaged(f"{name}: {error}") from error
        return root

    def damaged(self, detail: str) -> UnreadableDocumentError:
        """Return the error for a file that is not as it should be."""
        return UnreadableDocumentError(
            self._source,
            f"the file is damaged ({detail or 'unexpected end'})",
            "Open it in a word processor and save it again",
        )

    def _beyond(self, reason: str) -> LimitExceededError:
        return LimitExceededError(
            self._source, reason, "Give a smaller file, or raise the limit if you trust this one"
        )


class _TooMuchError(Exception):
    """Elements nest too deep, or there are too many."""


class _Parser(DefusedXMLParser):  # type: ignore[misc]  # the library has no types
    """Refuses declarations, but not the mere name of a DTD, which old ODT files carry."""

    def defused_start_doctype_decl(
        self, name: str, sysid: str | None, pubid: str | None, has_internal_subset: int
    ) -> None:
        if has_internal_subset:
            super().defused_start_doctype_decl(name, sysid, pubid, has_internal_subset)


class _ShortNames(dict[str, str]):
    """Short names by full names, each worked out once."""

    def __missing__(self, name: str) -> str:
        namespace, _, local = name.rpartition("}")
        prefix = _PREFIXES_BY_NAMESPACE.get(namespace[1:])
        short = self[name] = f"{prefix}|{local}" if prefix else name
        return short


class _BoundedBuilder:
    """Builds the tree with short names, and gives up on what no document needs."""

    def __init__(self, max_depth: int) -> None:
        self._builder = TreeBuilder()
        self._max_depth = max_depth
        self._depth = 0
        self._elements = 0
        self._short_names = _ShortNames()
        self.data = self._builder.data
        self.close = self._builder.close

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > self._max_depth:
            raise _TooMuchError(f"more than {self._max_depth:,} levels of elements")
        if self._elements > _MAX_ELEMENTS:
            raise _TooMuchError(f"more than {_MAX_ELEMENTS:,} elements")
        short = self._short_names
        named = {short[name]: value for name, value in attributes.items()}
        self._builder.start(short[tag], named)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._builder.end(self._short_names[tag])
