"""Reads plain text: the lines as they are, with the headings and gaps that typing can make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from skillgap.document import sniff
from skillgap.document.encoding import DecodedText, decode_text
from skillgap.document.lines import GAP, Draft, Piece, compose
from skillgap.document.model import Document, DocumentWarning, Format, WarningCode
from skillgap.document.options import ReadOptions

_LINE_BREAK = re.compile("\r\n|[\r\n\v\x85\u2028\u2029]")
_WIDE_GAP = re.compile(r"(?<=\S)(?:\t+[ \t]*| {3,}\t*)(?=\S)")
# The space behind a bullet is no gap, however wide.
_AFTER_BULLET = re.compile(r"^(\s*(?:[^\w\s]|o))[ \t]+")
_RULE = re.compile(r"^\s*([-=_*~#•·.─━═—–])\1{2,}\s*$")
_LONGEST_HEADING = 40  # characters; a longer line above a rule is the end of a text


class PlainReader:
    """Reads plain text in any encoding that `decode_text` knows."""

    format: ClassVar[Format] = Format.TEXT

    def can_read(self, data: bytes, name: str) -> bool:
        """Tell whether the bytes are text in no format that has a reader of its own."""
        return sniff.is_plain(data, name)

    def read(self, data: bytes, source: str, options: ReadOptions) -> Document:
        """Read the file; any bytes can be read."""
        decoded = decode_text(data)
        return compose(
            draft_lines(decoded.text),
            data=data,
            source=source,
            format=self.format,
            engine="plain",
            max_characters=options.limits.max_characters,
            warnings=encoding_warnings(decoded),
        )


def encoding_warnings(decoded: DecodedText) -> tuple[DocumentWarning, ...]:
    """Return the warning for a text whose encoding had to be guessed, if it had to be."""
    if not decoded.guessed:
        return ()
    message = f"not in UTF-8; read as {decoded.encoding}: check accented letters"
    return (DocumentWarning(WarningCode.ODD_ENCODING, message),)


def draft_lines(text: str) -> Iterator[Draft]:
    """Draft the lines of a plain text.

    A rule of dashes or the like is a blank line; the short line that it underlines is a heading.
    Tabs and three or more spaces inside a line are a wide gap. A form feed starts a page.
    """
    lines = _LINE_BREAK.split(text)
    after_break = True  # whether a blank line, a rule or nothing stands before this one
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        shown = line.replace("\f", "").strip()
        ruled = _RULE.match(shown) is not None
        if ruled or not shown:
            yield Draft(new_page="\f" in line)
        else:
            underlined = _RULE.match(following) is not None and len(shown) <= _LONGEST_HEADING
            yield Draft(
                (Piece(_with_gaps(shown)),),
                heading=underlined and after_break,
                new_page="\f" in line,
            )
        after_break = ruled or not shown


def _with_gaps(line: str) -> str:
    return _WIDE_GAP.sub(GAP, _AFTER_BULLET.sub(r"\1 ", line))
