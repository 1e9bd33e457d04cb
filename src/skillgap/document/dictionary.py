"""The words of English: what is one of them is neither half a word nor a misspelt one."""

from __future__ import annotations

from functools import cache


@cache
def english_words() -> frozenset[str]:
    """Return the words of English in small letters; the first call takes 0.1 s."""
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language="en").word_frequency.keys())
