"""Reads RTF: one pass over its control words, which keeps what is bold, hidden, listed, tabled.

Where the specification leaves room, Word is followed: unknown destinations are skipped, and a
group that is never closed ends with the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from skillgap.document import sniff
from skillgap.document.deadline import Deadline
from skillgap.document.lines import GAP, Draft, Piece, compose, join_row
from skillgap.document.looks import UNKNOWN_GROUND, Look
from skillgap.document.model import Document, Format
from skillgap.document.options import Limits, ReadOptions
from skillgap.document.rtf_head import decode, read_head
from skillgap.errors import LimitExceededError

# Bytes are read as Latin-1, so that an offset is a byte and every byte a character.
_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})? ?"
    r"|\\'(?P<byte>[0-9a-fA-F]{2})"
    r"|\\(?P<symbol>[^a-zA-Z])"
    r"|(?P<brace>[{}])"
    r"|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)

# Destinations that are no part of the page, besides those marked with \* . Drawings are marked
# with it and hold the text boxes; their copy for old programs (shprslt) is skipped instead.
_UNPRINTED = frozenset(
    {"fonttbl", "colortbl", "stylesheet", "info", "pict", "ftnsep", "ftnsepc", "aftnsep"}
    | {"aftnsepc", "xe", "tc", "rxe", "txe", "sp", "shprslt", "nonshppict", "nonesttables"}
    | {"fldinst", "filetbl", "listtable", "listoverridetable", "private", "comment"}
)
_PRINTED_THOUGH_STARRED = frozenset({"shpinst"})
_STORIES_BY_WORD = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
    **dict.fromkeys(("listtext", "pntext"), "mark"),
    "footnote": "note",
}
_PRINTED = ("header", "body", "note", "footer")  # the stories in the order of reading

_CHARACTERS = {
    "tab": GAP,
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
_SYMBOLS = {"~": " ", "_": "-", "\\": "\\", "{": "{", "}": "}", "\t": GAP}
_LINE_ENDS = frozenset({"par", "line", "sect", "nestcell"})

_HALF_POINTS = 2
_PLAIN = Look(size_pt=12)  # the size where none is given, says the specification
_BODY_LEVEL = 9  # the outline level of ordinary text


class RtfReader:
    """Reads RTF as Word, WordPad, TextEdit and LibreOffice write it."""

    format: ClassVar[Format] = Format.RTF

    def can_read(self, data: bytes, name: str) -> bool:
        """Tell whether the bytes are RTF."""
        return sniff.is_rtf(data, name)

    def read(self, data: bytes, source: str, options: ReadOptions) -> Document:
        """Read the file.

        Raises:
            LimitExceededError: Its groups nest too deep.
        """
        return compose(
            _Parser(data.decode("latin-1"), source, options.limits).drafts(),
            data=data,
            source=source,
            format=self.format,
            engine="rtf",
            max_characters=options.limits.max_characters,
        )


@dataclass(slots=True)
class _Story:
    """The lines of the body, the headers, the footers or the notes, and the line at hand."""

    drafts: list[Draft] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    length: int = 0  # of the line at hand
    mark: str | None = None  # what stands before the item that the line starts
    heading: bool = False
    new_page: bool = False
    in_table: bool = False
    row: list[list[Draft]] = field(default_factory=list)
    cell: list[Draft] = field(default_factory=list)

    def end_line(self) -> None:
        """Finish the line at hand, empty or not."""
        mark = (self.mark or "").strip()
        numbered = len(mark) > 1 and any(map(str.isalnum, mark))  # "o" is a round bullet
        bullet = self.mark is not None and not self.heading
        draft = Draft(
            tuple(self.pieces),
            heading=self.heading,
            bullet=bullet,
            marker="" if not bullet else mark if numbered else "•",
            new_page=self.new_page,
        )
        (self.cell if self.in_table else self.drafts).append(draft)
        self.pieces, self.mark, self.new_page, self.length = [], None, False, 0

    def end_cell(self) -> None:
        """Finish a cell of a table."""
        self.in_table = True
        if self.length:
            self.end_line()
        self.row.append(self.cell)
        self.cell = []

    def end_row(self) -> None:
        """Finish a row of a table."""
        if self.cell:
            self.end_cell()
        self.drafts.extend(join_row(self.row))
        self.row = []

    def end(self) -> None:
        """Finish the story with whatever is still open."""
        if self.length:
            self.end_line()
        self.end_row()


@dataclass(frozen=True, slots=True)
class _State:
    """What holds in a group; a group inside it starts with the same."""

    codec: str
    story: str = "body"  # one of _PRINTED, the `mark` of a list item, or `none`
    look: Look = _PLAIN
    deleted: bool = False
    stand_ins: int = 1  # characters behind \u, for programs without Unicode


class _Parser:
    def __init__(self, text: str, source: str, limits: Limits) -> None:
        self._text = text
        self._source = source
        self._limits = limits
        self._head = read_head(text)
        self._state = _State(self._head.codec)
        self._stack: list[_State] = []
        self._stories = {name: _Story() for name in _PRINTED}
        self._bytes = bytearray()  # text of one look, not yet decoded
        self._mark = ""
        self._high = ""  # the first half of a character that \u gives in two
        self._to_skip = 0  # stand-ins still to come
        self._starred = False

    def drafts(self) -> Iterator[Draft]:
        """Draft the lines: headers, body, notes, footers."""
        deadline = Deadline(self._source, self._limits.max_seconds)
        body = self._stories["body"]
        position = 0
        while found := _TOKEN.search(self._text, position):
            deadline.check()
            position = found.end() + self._take(found)
            if found["brace"] and not self._stack:
                break
            if len(body.drafts) > 1:
                yield from self._taken("header")  # headers are written before the body
                yield from self._taken("body")
        self._flush()
        for name in _PRINTED:
            self._stories[name].end()
            yield from self._taken(name)

    def _taken(self, name: str) -> list[Draft]:
        story = self._stories[name]
        drafts, story.drafts = story.drafts, []
        if name in {"header", "footer"}:  # each section repeats them
            return list({draft.text: draft for draft in reversed(drafts)}.values())[::-1]
        return drafts

    def _take(self, token: re.Match[str]) -> int:
        """Follow one token; return how many raw bytes come behind it."""
        kind = token.lastgroup
        if kind == "text":
            self._add(token["text"])
        elif kind == "byte":
            self._add(chr(int(token["byte"], 16)))
        elif kind == "brace":
            self._brace(token["brace"])
        elif kind == "symbol":
            self._symbol(token["symbol"])
        else:
            number = None if token["number"] is None else int(token["number"])
            if token["word"] == "bin":
                return max(number or 0, 0)
            self._word(token["word"], number)
        return 0

    def _brace(self, brace: str) -> None:
        self._flush()
        self._to_skip = 0
        self._starred = False
        if brace == "{":
            self._open()
        elif self._stack:
            ended, self._state = self._state.story, self._stack.pop()
            if ended == "mark" and self._state.story != "mark":
                self._story.mark, self._mark = self._mark, ""
            elif ended in self._stories and ended != self._state.story:
                self._stories[ended].end()

    def _open(self) -> None:
        if len(self._stack) >= self._limits.max_depth:
            raise LimitExceededError(
                self._source,
                f"its groups nest deeper than {self._limits.max_depth} levels",
                "Open it in a word processor and save it as DOCX or PDF",
            )
        self._stack.append(self._state)

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._starred = True
        elif symbol in "\r\n":  # a backslash at the end of a line ends the paragraph
            self._end_line()
        elif symbol in _SYMBOLS:
            self._write(_SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if self._state.story == "none":
            return
        if word in _UNPRINTED or (starred and word not in _PRINTED_THOUGH_STARRED):
            self._enter("none")
        elif word in _STORIES_BY_WORD:
            self._enter(_STORIES_BY_WORD[word])
        elif word == "u":
            self._unicode(number or 0)
        elif word in _CHARACTERS:
            self._write(_CHARACTERS[word])
        elif not self._format(word, number) and self._state.story != "mark":
            self._lay_out(word, number)

    def _enter(self, story: str) -> None:
        self._flush()
        self._state = replace(self._state, story=story)

    @property
    def _story(self) -> _Story:
        return self._stories.get(self._state.story, self._stories["body"])

    def _format(self, word: str, number: int | None) -> bool:
        """Follow a word about letters; return whether it is one."""
        look = _changed(self._state.look, word, number, self._head.colours)
        if look is not None:
            state = replace(self._state, look=look)
        elif word == "f":
            codec = self._head.codecs_by_font.get(number or 0, self._head.codec)
            state = replace(self._state, codec=codec)
        elif word == "deleted":
            state = replace(self._state, deleted=number != 0)
        elif word == "uc":
            state = replace(self._state, stand_ins=max(number or 0, 0))
        else:
            return False
        self._flush()
        self._state = state
        return True

    def _lay_out(self, word: str, number: int | None) -> None:
        """Follow a word about lines, cells, rows and pages."""
        if word in _LINE_ENDS:
            self._end_line()
        elif word in {"cell", "row", "nestrow"}:
            self._flush()
            if word == "cell":
                self._story.end_cell()
            else:
                self._story.end_row()
        elif word == "page":
            self._flush()
            if self._story.length:
                self._story.end_line()
            self._story.new_page = True
        else:
            self._set_up(word, number)

    def _set_up(self, word: str, number: int | None) -> None:
        """Follow a word about the paragraph at hand."""
        story = self._story
        if word == "pard":
            story.heading = story.in_table = False
        elif word == "intbl":
            story.in_table = True
        elif word == "outlinelevel":
            story.heading = (number or 0) < _BODY_LEVEL
        elif word == "s":
            story.heading = story.heading or number in self._head.headings
        elif word == "ls" and number and story.mark is None:
            story.mark = ""

    def _end_line(self) -> None:
        self._flush()
        if self._state.story in self._stories:
            self._story.end_line()

    def _unicode(self, number: int) -> None:
        unit = chr(number & 0xFFFF)
        self._to_skip = 0
        if "\ud800" <= unit < "\udc00":
            self._high = unit
        else:
            pair = (self._high + unit).encode("utf-16-le", "surrogatepass")
            self._high = ""
            self._write(pair.decode("utf-16-le", "replace"))
        self._to_skip = self._state.stand_ins

    def _add(self, text: str) -> None:
        """Take text in the encoding of its font."""
        skipped = min(self._to_skip, len(text))
        self._to_skip -= skipped
        if self._state.story != "none":
            self._bytes += text[skipped:].encode("latin-1")

    def _write(self, text: str) -> None:
        """Take a character that is written by its name."""
        if self._to_skip:
            self._to_skip -= 1
            return
        self._flush()
        self._put(text)

    def _flush(self) -> None:
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self._put(decode(data, self._state.codec))

    def _put(self, text: str) -> None:
        state = self._state
        if state.story == "mark":
            self._mark += text
        elif state.story != "none" and not state.deleted:
            look, story = state.look, self._story
            hidden = look.hidden(self._head.ground)
            story.pieces.append(Piece(text, bool(look.bold), look.size_pt, hidden))
            story.length += len(text)
            if story.length > self._limits.max_characters:
                story.end_line()


def _changed(look: Look, word: str, number: int | None, colours: Mapping[int, str]) -> Look | None:
    """Return the look after a control word, None for a word that is about something else."""
    if word == "plain":
        return _PLAIN
    if word == "b":
        return replace(look, bold=number != 0)
    if word == "fs":
        return replace(look, size_pt=(number or 0) / _HALF_POINTS)
    if word == "v":
        return replace(look, vanish=number != 0)
    if word == "cf":
        return replace(look, colour=colours.get(number or 0))
    if word in {"cb", "chcbpat", "highlight"}:
        return replace(look, ground=colours.get(number, UNKNOWN_GROUND) if number else None)
    return None
