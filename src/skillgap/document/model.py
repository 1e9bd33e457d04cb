"""What the first step makes: the text of a file, and the way back from it to page and place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of offsets into `Document.text`, the only coordinate system there is."""

    start: int
    end: int


class Box(NamedTuple):
    """A rectangle on a page, in points (1/72 inch) from the page's top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


class Format(StrEnum):
    """The kinds of file that skillgap knows, by content and not by name."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    JSON_RESUME = "jsonresume"
    IMAGE = "image"


class WarningCode(StrEnum):
    """What can be odd about a file that could be read nevertheless."""

    SECOND_ENGINE = "second-engine"
    WRONG_EXTENSION = "wrong-extension"
    FEW_LETTERS = "few-letters"
    PAGES_WITHOUT_TEXT = "pages-without-text"
    PAGES_CUT = "pages-cut"
    HIDDEN_TEXT = "hidden-text"
    NO_HEADINGS = "no-headings"
    ODD_ENCODING = "odd-encoding"
    OCR = "ocr"
    MIXED_COLUMNS = "mixed-columns"
    ODD_ORDER = "odd-order"
    GARBLED_TEXT = "garbled-text"
    FEW_SPACES = "few-spaces"


class DocumentWarning(NamedTuple):
    """Something odd about the file, told to whoever reads the report."""

    code: WarningCode
    message: str


class Word(NamedTuple):
    """A word and where it stands on its page."""

    span: Span
    box: Box


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as a reader sees it.

    Attributes:
        span: Where the line's text stands in `Document.text`, without the line break.
        page: The page it is on, from 1.
        box: Its place on the page; None for formats without a page.
        size_pt: The size of most of its letters; None where the format does not say.
        bold: Whether most of its letters are bold.
        heading: Whether the format itself marks the line as a heading (a Word style, `# ` in
            Markdown).
        bullet: Whether the line starts an item of a list.
        segments: The parts of a line that wide gaps set apart (a title on the left, dates on
            the right), in reading order; the line's own span when there are none.
        words: Its words with their boxes; empty for formats without a page.
    """

    span: Span
    page: int = 1
    box: Box | None = None
    size_pt: float | None = None
    bold: bool = False
    heading: bool = False
    bullet: bool = False
    segments: tuple[Span, ...] = ()
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number from 1, its size in points, and its part of the text."""

    number: int
    span: Span
    width: float | None = None
    height: float | None = None


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Text in the file that no reader of the page could see; it is not in `Document.text`."""

    text: str
    kind: str
    page: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one file, in the order a person would read it.

    `text` is NFKC-normalised, its lines are parted by one line break each and carry no white
    space at their ends; pages are parted by a line break like any other. `lines` covers every
    non-empty line in order.
    """

    text: str
    lines: tuple[Line, ...]
    pages: tuple[Page, ...]
    source: str
    sha256: str
    format: Format
    engine: str
    warnings: tuple[DocumentWarning, ...] = ()
    hidden: tuple[HiddenText, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)

    def page_at(self, offset: int) -> int:
        """Return the number of the page that the offset is on."""
        for page in self.pages:
            if offset < page.span.end:
                return page.number
        return self.pages[-1].number if self.pages else 1
