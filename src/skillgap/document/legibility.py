"""Whether the text of a file can be read at all: letters that mean nothing, words without gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from skillgap.document.model import DocumentWarning, WarningCode

# Signs without meaning: so many, and this share of all. A single icon is no fault.
_GARBLED = 8
_GARBLED_SHARE = 0.03
# Text of so many Latin letters has vowels; in European languages 35-50% of letters are.
_LETTERS_TO_JUDGE = 200
_VOWEL_SHARE = 0.2
# Words of so many letters are glued; German and Finnish compounds rarely have so many.
_LONG_WORD = 28
_LONG_SHARE = 0.15

MEANINGLESS = re.compile("\\(cid:\\d+\\)|[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
_LATIN = re.compile("[a-zA-Z\u00c0-\u024f]")
_VOWEL = re.compile("[aeiouyAEIOUY\u00c0-\u00c6\u00c8-\u00cf\u00d2-\u00d6\u00d8-\u00dc\u00e0-\u00e6"
    "\u00e8-\u00ef\u00f2-\u00f6\u00f8-\u00fc\u0100-\u0105\u0112-\u011b\u0128-\u0131\u014c-\u0153"
    "\u0168-\u0173]")  # fmt: skip


def text_oddities(text: str) -> Iterator[DocumentWarning]:
    """Yield what is odd about a text of any format: nonsense, or words without spaces."""
    if is_garbled(text):
        yield garbled(len(MEANINGLESS.findall(text)))
    words = [word for word in text.split() if word.isalpha()]
    letters = sum(map(len, words))
    glued = [word for word in words if len(word) >= _LONG_WORD and word.isascii()]
    if letters >= _LETTERS_TO_JUDGE and sum(map(len, glued)) > _LONG_SHARE * letters:
        yield DocumentWarning(
            WarningCode.FEW_SPACES,
            f"{len(glued)} words have {_LONG_WORD} letters or more: the spaces between words are"
            " missing, and skills may be",
        )


def is_garbled(text: str) -> bool:
    """Whether much of a text has no meaning, or its letters make no words."""
    return is_much(len(MEANINGLESS.findall(text)), len(text)) or _lacks_vowels(text)


def garbled(count: int) -> DocumentWarning:
    """Say that so many characters have no meaning, or that the letters make no words."""
    what = f"{count} characters have no meaning" if count else "the letters make no words"
    return DocumentWarning(
        WarningCode.GARBLED_TEXT,
        f"{what}: the file's fonts do not say which letters they show; export it anew, or scan it",
    )


def is_much(count: int, total: int) -> bool:
    """Whether so many characters without meaning are more than a few icons."""
    return count >= _GARBLED and count > _GARBLED_SHARE * total


def _lacks_vowels(text: str) -> bool:
    counts = Counter(text)  # a text has some 80 different characters, and each is judged once
    letters = sum(count for char, count in counts.items() if _LATIN.match(char))
    vowels = sum(count for char, count in counts.items() if _VOWEL.match(char))
    return letters >= _LETTERS_TO_JUDGE and vowels < _VOWEL_SHARE * letters
