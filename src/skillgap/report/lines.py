"""Lines for a terminal or a file of text: how wide they are, and how long ones go on."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDTH = 80  # characters: what every terminal has, and mail keeps


def wrapped(text: str, first: str = "", later: str | None = None) -> list[str]:
    """Part a text into lines; what is joined by a hyphen stays together.

    Args:
        text: One paragraph.
        first: What stands before its first line.
        later: What stands before the others; the same when None.

    >>> wrapped("word " * 20, "- ", "  ")[1]
    '  word word word word word'
    """
    return wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if later is None else later,
        break_on_hyphens=False,
    )


def hung(lines: Iterable[str]) -> str:
    r"""Join lines; what is too wide for a terminal goes on below, further in than it began.

    >>> hung(["  " + "word " * 20]).splitlines()[1]
    '      word word word word word'
    """
    parted = (
        line if len(line) <= WIDTH else "\n".join(wrapped(line, "", _indent(line) + "    "))
        for line in lines
    )
    return "\n".join(parted) + "\n"


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def paragraphs(parts: Iterable[Iterable[str]]) -> str:
    r"""Join parts of lines with an empty line between; a part without lines is left out.

    >>> paragraphs([["a", "b"], [], ["c"]])
    'a\nb\n\nc\n'
    """
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part))) + "\n"


def uncoloured(told: RenderableType, width: int = WIDTH) -> str:
    """Return what Rich would print, as plain text: the same on every machine."""
    from rich.console import Console

    out = StringIO()
    console = Console(file=out, width=width, color_system=None, legacy_windows=False)
    console.print(told)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
