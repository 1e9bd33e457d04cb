"""Reads Markdown: turned into HTML by markdown-it, then read as HTML is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from markdown_it import MarkdownIt

from skillgap.document import sniff
from skillgap.document.encoding import decode_text
from skillgap.document.html import draft_html
from skillgap.document.lines import Draft, compose
from skillgap.document.model import Document, Format
from skillgap.document.options import Limits, ReadOptions
from skillgap.document.plain import draft_lines, encoding_warnings

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)

# Marks and addresses of links are no text; beyond this many characters for each one that may be
# kept, the rest of the file is not parsed.
_SOURCE_PER_CHARACTER = 2


class MarkdownReader:
    """Reads Markdown: CommonMark with tables and struck-out text."""

    format: ClassVar[Format] = Format.MARKDOWN

    def can_read(self, data: bytes, name: str) -> bool:
        """Tell whether the bytes are Markdown."""
        return sniff.is_markdown(data, name)

    def read(self, data: bytes, source: str, options: ReadOptions) -> Document:
        """Read the file.

        Raises:
            LimitExceededError: HTML inside it nests too deep or takes too long.
        """
        decoded = decode_text(data)
        return compose(
            _drafts(decoded.text, source, options.limits),
            data=data,
            source=source,
            format=self.format,
            engine="markdown-it",
            max_characters=options.limits.max_characters,
            warnings=encoding_warnings(decoded),
        )


def _drafts(text: str, source: str, limits: Limits) -> Iterator[Draft]:
    text = text[: limits.max_characters * _SOURCE_PER_CHARACTER]
    front = _FRONT_MATTER.match(text)
    if front:  # "name: ..." lines that many resume makers read; not Markdown
        yield from draft_lines(front[1])
        yield Draft()
        text = text[front.end() :]
    # Lines stay lines: who writes a resume in Markdown puts employer and dates on lines of their
    # own, though most renderers would join them.
    parser = MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"])
    yield from draft_html(parser.render(text), source, limits)
