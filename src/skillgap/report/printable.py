"""Text from outside on a terminal; apart from what renders reports, so that errors are quick."""

from __future__ import annotations


def plain(text: str) -> str:
    """Return text without control characters: resume text must not command a terminal."""
    if text.isprintable():  # nearly all is, and one question is quicker than one for each letter
        return text
    return "".join(c if c.isprintable() else " " for c in text)
