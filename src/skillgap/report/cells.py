"""Text from outside in a cell of a table, which must do nothing there."""

from __future__ import annotations

from unicodedata import category, normalize

_BETWEEN = "; "  # the items of a list
_FORMULA_SIGNS = ("=", "+", "-", "@")
_UNWRITABLE = {"Cc", "Cs", "Zl", "Zp"}  # controls, halves of letters, and what ends a line


def harmless(cell: str) -> str:
    """Keep text from outside in its cell: no formula for a spreadsheet, no control characters.

    A name of a file may hold both, and line breaks, which would end the row for simpler readers.
    Some spreadsheets take the wide signs of East Asian keyboards for the narrow ones.

    >>> harmless("=1+1"), harmless("-2.5")
    ("'=1+1", '-2.5')
    """
    text = cell if cell.isprintable() else "".join(map(_escaped, cell))
    if normalize("NFKC", text[:1]).startswith(_FORMULA_SIGNS) and not _is_number(text):
        return f"'{text}"
    return text


def joined(value: object) -> str:
    """Write a value, or a list of texts, as the text of one cell."""
    return _BETWEEN.join(value) if isinstance(value, tuple) else str(value)


def _escaped(character: str) -> str:
    if category(character) in _UNWRITABLE:
        return character.encode("unicode_escape").decode()
    return character


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
