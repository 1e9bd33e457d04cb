"""From drafted lines to a `Document`: the last step of every reader whose format has no pages.

A reader drafts one `Draft` for each line as a person sees it; `compose` cleans the text and
notes what stands where. Blank lines carry meaning (they part the jobs of a plain text file), so
one is kept between two lines wherever the file has one or more.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from skillgap.document.legibility import text_oddities
from skillgap.document.model import (
    Document,
    DocumentWarning,
    Format,
    HiddenText,
    Line,
    Page,
    Span,
    WarningCode,
)

GAP = "\t"
"""Stands in a draft for a wide gap: a tab stop, or the border between two cells."""

_GAP_SHOWN = "  "  # as the PDF layout parts the segments of a line

# Characters that take no room on the page: soft hyphens, joiners, marks of direction, variation
# selectors, fillers, control characters, lone surrogates. Inside a word they hide it from a search.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U000e0000-\U000e0fff]"
)
# Unicode tags mirror ASCII and are drawn by no font: a whole sentence fits between two letters.
# The flags of England, Scotland and Wales are spelt with them too, after a black flag.
_TAGS = re.compile("(?<!\U0001f3f4)[\U000e0020-\U000e007e]{2,}")
_TAG_OFFSET = 0xE0000
# The range in which Word keeps the letters of symbol fonts: at the start of a line a bullet.
_SYMBOL_BULLET = re.compile("^\\s*[\uf020-\uf0ff]+\\s*")
_PRIVATE = re.compile("[\ue000-\uf8ff\u2800\U000f0000-\U0010ffff]")  # icons; the blank of braille
_SPACES = re.compile(r"\s+")

_BULLET_GLYPHS = "•●▪■◾◦○‣⁃∙▸►▶➢➤➔❖◆◇✓✔✦★□❑❏·"
# A dash or a star starts an item only when a space and a word follow; "o" is the round bullet of
# Word's second level, kept as a letter by copying.
_BULLET = re.compile(
    rf"^\s*(?:(?P<sure>[{_BULLET_GLYPHS}])\s*(?=\S)"
    r"|(?P<dash>[-–—*+])\s+(?=[\w\"'“‘(\[$€£~])|(?P<letter>o)(?:\t|\s{2,})\s*(?=\w))"
)

_WORDS_TO_WARN = 3  # fewer hidden words are mostly stray spacers of a template


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text in one look.

    Attributes:
        text: As the file has it; a `GAP` in it is a wide gap.
        bold: Whether it is bold.
        size_pt: Its size, None where the format does not say.
        hidden: Why no reader of the page sees it, in one word; None when it can be seen.
    """

    text: str
    bold: bool = False
    size_pt: float | None = None
    hidden: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One line before cleaning; one without pieces is a blank line.

    Attributes:
        pieces: Its text.
        heading: Whether the format marks it as a heading.
        bullet: Whether it starts an item of a list.
        marker: What stands before the item and is not in its text: `•`, `3.`, or nothing.
        new_page: Whether a new page starts with it.
    """

    pieces: tuple[Piece, ...] = ()
    heading: bool = False
    bullet: bool = False
    marker: str = ""
    new_page: bool = False

    @property
    def text(self) -> str:
        """The text that can be seen, not yet cleaned."""
        return "".join(piece.text for piece in self.pieces if piece.hidden is None)


@dataclass(slots=True)
class _Sheet:
    """The text so far, and what is known of it."""

    max_characters: int
    parts: list[str] = field(default_factory=list)
    length: int = 0
    lines: list[Line] = field(default_factory=list)
    page_starts: list[int] = field(default_factory=lambda: [0])
    hidden: list[HiddenText] = field(default_factory=list)
    hidden_length: int = 0
    blank_wanted: bool = False
    full: bool = False

    def add(self, draft: Draft) -> None:
        if draft.new_page and self.lines and self.page_starts[-1] <= self.lines[-1].span.start:
            self.page_starts.append(self.length + 1)
            self.blank_wanted = False
        self._hide(draft)
        text, bullet = _marked(draft)
        if len(text) > self.max_characters:
            # Cut before it is cleaned, for a character can become eighteen.
            text, self.full = text[: self.max_characters], True
        segments = [part for part in map(clean, text.split(GAP)) if part]
        if segments:
            self._write(draft, segments, bullet=bullet or draft.bullet)
        elif not draft.pieces:
            self.blank_wanted = True

    def _write(self, draft: Draft, segments: Sequence[str], *, bullet: bool) -> None:
        at_page_start = self.page_starts[-1] > self.length
        before = "\n\n" if self.blank_wanted and not at_page_start else "\n"
        start = self.length + len(before) if self.lines else 0
        shown = _GAP_SHOWN.join(segments)
        if start + len(shown) > self.max_characters:
            self.full = True
            shown = shown[: max(self.max_characters - start, 0)].rstrip()
            if not shown:
                return
        if self.lines:
            self.parts.append(before)
        self.parts.append(shown)
        self.length = start + len(shown)
        self.blank_wanted = False
        bold, size_pt = _look(draft.pieces)
        self.lines.append(
            Line(
                span=Span(start, self.length),
                page=len(self.page_starts),
                size_pt=size_pt,
                bold=bold,
                heading=draft.heading,
                bullet=bullet,
                segments=_segment_spans(segments, start, self.length),
            )
        )

    def _hide(self, draft: Draft) -> None:
        for text, kind in _hidden_texts(draft.pieces):
            room = self.max_characters - self.hidden_length
            kept = clean(text[: self.max_characters])[:room]
            if any(letter.isalnum() for letter in kept):
                self.hidden_length += len(kept)
                self.hidden.append(HiddenText(kept, kind, len(self.page_starts)))

    def pages(self) -> tuple[Page, ...]:
        """Return the pages that have text, or one empty page."""
        starts = [start for start in self.page_starts if start <= self.length]
        ends = [start - 1 for start in starts[1:]] + [self.length]
        return tuple(
            Page(number, Span(start, end))
            for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
        )


def compose(
    drafts: Iterable[Draft],
    *,
    data: bytes,
    source: str,
    format: Format,  # noqa: A002  # the word of the model
    engine: str,
    max_characters: int,
    warnings: Iterable[DocumentWarning] = (),
    metadata: Mapping[str, str] | None = None,
) -> Document:
    """Make a document of drafted lines.

    The drafts are taken one by one and no more of them than fit, so a generator that parses as it
    goes does no work for text that would be cut.

    Args:
        drafts: The lines in reading order.
        data: The bytes of the file, for their sha256.
        source: The file's name for the document.
        format: What kind of file it is.
        engine: What read it.
        max_characters: Where the text is cut; the cut is a warning in the document.
        warnings: What the reader found odd.
        metadata: What the file says about itself.
    """
    sheet = _Sheet(max_characters)
    for draft in drafts:
        sheet.add(draft)
        if sheet.full:
            break
    found = tuple(warnings)
    text = "".join(sheet.parts)
    own = (*_own_warnings(sheet), *text_oddities(text))
    return Document(
        text=text,
        lines=tuple(sheet.lines),
        pages=sheet.pages(),
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        format=format,
        engine=engine,
        warnings=(*found, *(each for each in own if each.code not in dict(found))),
        hidden=tuple(sheet.hidden),
        metadata=dict(metadata or {}),
    )


def clean(text: str) -> str:
    r"""Return the text as it is searched: composed letters, single spaces, nothing invisible.

    >>> clean(" ﬁne\u00adtuning of  Py\u200btorch ")
    'finetuning of Pytorch'
    """
    text = _PRIVATE.sub(" ", _INVISIBLE.sub("", text))
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def join_row(cells: Sequence[Sequence[Draft]]) -> list[Draft]:
    """Return the lines of a table's row, its cells from left to right.

    A row of short cells is one line with gaps, as a reader sees it ("Data Scientist   2019-2021").
    A cell with a heading, an item of a list or more than one line stands for itself: such tables
    set columns, and to read across them would mix two texts.
    """
    # Two cells longer than this are prose side by side. Titles, places and dates are shorter.
    longest = 60
    filled = [lines for cell in cells if (lines := [draft for draft in cell if draft.text.strip()])]
    single = all(len(lines) == 1 and _may_join(lines[0]) for lines in filled)
    long = sum(len(lines[0].text) > longest for lines in filled)
    if len(filled) < 2 or not single or long > 1:
        return [draft for cell in cells for draft in cell]
    pieces: list[Piece] = []
    for cell in cells:
        if pieces:
            pieces.append(Piece(GAP))
        pieces.extend(piece for draft in cell for piece in draft.pieces)
    new_page = any(draft.new_page for draft in cells[0])
    return [Draft(tuple(pieces), new_page=new_page)]


def _may_join(draft: Draft) -> bool:
    return not (draft.heading or draft.bullet or _BULLET.match(draft.text))


def _marked(draft: Draft) -> tuple[str, bool]:
    """Return the line's text with its bullet in front, and whether a bullet stands in the text."""
    text = _SYMBOL_BULLET.sub("• ", _INVISIBLE.sub("", draft.text))
    found = _BULLET.match(text)
    if found:
        glyph = found["sure"] or found["dash"] or found["letter"]
        return f"{glyph} {text[found.end() :]}", True
    if draft.marker and text.strip():
        return f"{draft.marker} {text.lstrip()}", False
    return text, False


def _look(pieces: Iterable[Piece]) -> tuple[bool, float | None]:
    """Return whether most letters are bold, and the size that most letters have."""
    bold = total = 0
    letters_by_size: dict[float, int] = {}
    for piece in pieces:
        letters = 0 if piece.hidden else sum(map(str.isalnum, piece.text))
        total += letters
        bold += letters * piece.bold
        if piece.size_pt is not None and letters:
            letters_by_size[piece.size_pt] = letters_by_size.get(piece.size_pt, 0) + letters
    size_pt = max(letters_by_size, key=lambda size: (letters_by_size[size], size), default=None)
    return bold * 2 > total, size_pt


def _segment_spans(segments: Sequence[str], start: int, end: int) -> tuple[Span, ...]:
    if len(segments) == 1:
        return (Span(start, end),)
    spans = []
    for segment in segments:
        if start < end:  # the line may have been cut
            spans.append(Span(start, min(start + len(segment), end)))
        start += len(segment) + len(_GAP_SHOWN)
    return tuple(spans)


def _hidden_texts(pieces: Iterable[Piece]) -> list[tuple[str, str]]:
    """Return the hidden texts of a line with their kinds, neighbours of one kind joined."""
    found: list[tuple[str, str]] = []
    joinable = False
    for piece in pieces:
        found.extend((_spelt(tags), "zero-width") for tags in _TAGS.findall(piece.text))
        if piece.hidden is None:
            joinable = joinable and not piece.text.strip()
            continue
        if joinable and found[-1][1] == piece.hidden:
            found[-1] = (found[-1][0] + piece.text, piece.hidden)
        else:
            found.append((piece.text, piece.hidden))
        joinable = True
    return found


def _spelt(tags: str) -> str:
    return "".join(chr(ord(tag) - _TAG_OFFSET) for tag in tags)


def _own_warnings(sheet: _Sheet) -> list[DocumentWarning]:
    warnings = []
    if sheet.full:
        warnings.append(
            DocumentWarning(
                WarningCode.PAGES_CUT,
                f"only the first {sheet.max_characters:,} characters are read",
            )
        )
    words = sum(len(hidden.text.split()) for hidden in sheet.hidden)
    if words >= _WORDS_TO_WARN:
        kinds = ", ".join(sorted({hidden.kind for hidden in sheet.hidden}))
        warnings.append(
            DocumentWarning(
                WarningCode.HIDDEN_TEXT, f"{words} words that no reader sees are left out ({kinds})"
            )
        )
    return warnings
