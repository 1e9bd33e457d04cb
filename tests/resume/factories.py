"""Documents from plain text, made without a reader."""

from __future__ import annotations

from skillgap.document.model import Document, Format, Line, Page, Span


def document(text: str, *, gap: str = "  ") -> Document:
    """Make a document of the non-empty lines of a text, as a reader of plain text would."""
    lines: list[Line] = []
    kept: list[str] = []
    offset = 0
    for raw in text.splitlines():
        words = raw.strip()
        if not words:
            continue
        lines.append(
            Line(Span(offset, offset + len(words)), segments=_segments(words, offset, gap))
        )
        kept.append(words)
        offset += len(words) + 1
    whole = "\n".join(kept)
    page = Page(1, Span(0, len(whole)))
    return Document(whole, tuple(lines), (page,), "resume.txt", "0" * 64, Format.TEXT, "test")


def _segments(words: str, offset: int, gap: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    position = 0
    for part in words.split(gap):
        if part.strip():
            start = words.index(part.strip(), position)
            position = start + len(part.strip())
            spans.append(Span(offset + start, offset + position))
    return tuple(spans)
