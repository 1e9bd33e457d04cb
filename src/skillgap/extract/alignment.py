"""The way back from a text that was read to the text that was given.

Reading evens out spaces, compatibility characters, marks of lists and rules of dashes. What is
left are the given words in their order, so that each leads back to its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_WORD = re.compile(r"\S+")
_FURTHEST = 2_000  # letters that reading may leave out between two words: a link's address


def places_in(given: str, read: str) -> Sequence[int]:
    """Return for each character of the read text its offset in the given one, and for its end.

    What reading has put in, and white space, gets the place behind what stands before it.

    Args:
        given: The text as it was given.
        read: The same text as it was read.

    >>> places_in("-   ﬁne  day", "• fine day")
    [0, 0, 4, 4, 5, 6, 7, 9, 10, 11, 12]
    """
    places = [0] * (len(read) + 1)
    letters, offsets = _letters(given)
    at = behind = end = 0
    for word in _WORD.finditer(read):
        places[end : word.start()] = [behind] * (word.start() - end)
        start = letters.find(word.group(), at, at + _FURTHEST + len(word.group()))
        length = word.end() - word.start()
        if start < 0:
            places[word.start() : word.end()] = [behind] * length
        else:
            at = start + length
            places[word.start() : word.end()] = offsets[start:at]
            behind = offsets[at - 1] + 1
        end = word.end()
    places[end:] = [behind] * (len(places) - end)
    return places


def _letters(text: str) -> tuple[str, Sequence[int]]:
    """Return what is no white space, as reading writes it, and the offset of each letter."""
    pairs = [
        (letter, offset)
        for offset, char in enumerate(text)
        for letter in (char if char.isascii() else unicodedata.normalize("NFKC", char))
        if not letter.isspace() and unicodedata.category(letter) != "Cf"
    ]
    return "".join(letter for letter, _ in pairs), [offset for _, offset in pairs]
