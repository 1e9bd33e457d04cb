"""Text from outside on a terminal; apart from what renders reports, so that errors are quick."""

from __future__ import annotations


def plain(text: str) -> str:
    """Return text without control characters: resume text must not command a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)
