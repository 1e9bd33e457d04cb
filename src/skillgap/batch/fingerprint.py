"""Hashes of what a resume says: equal for the same text, near each other for nearly the same."""

from __future__ import annotations

import hashlib
import re

_WORD = re.compile(r"\w+")
_HASH_BYTES = 16
_BITS = 64
# How many words have each bit is counted for eight bits at once, in lanes of one large number: a
# lane holds the count of more words than `Limits.max_characters` leaves room for.
_LANE_BITS = 24
_LANE = (1 << _LANE_BITS) - 1
_LANES = tuple(
    sum((byte >> (7 - bit) & 1) << (_LANE_BITS * bit) for bit in range(8)) for byte in range(256)
)


def text_hash(text: str) -> str:
    r"""Return a hash of the words in their order, whatever stands between them, in hex.

    >>> text_hash("Python, SQL") == text_hash("python\n- sql")
    True
    """
    words = " ".join(_WORD.findall(text.casefold()))
    return hashlib.blake2b(words.encode(), digest_size=_HASH_BYTES).hexdigest()


def near_hash(text: str) -> str:
    """Return the simhash of the set of words, 64 bits in hex.

    Each word has 64 random bits of its own; a bit of the simhash is what most words have there.
    Whoever changes a few words changes few bits; the order of columns and sections changes none.

    >>> near_hash("Python and SQL") == near_hash("SQL and Python")
    True
    """
    words = {word.encode() for word in _WORD.findall(text.casefold())}
    digests = b"".join(hashlib.blake2b(word, digest_size=8).digest() for word in words)
    simhash = 0
    for place in range(_BITS // 8):
        counts = sum(map(_LANES.__getitem__, digests[place::8]))
        for bit in range(8):
            simhash <<= 1
            simhash |= 2 * (counts >> (_LANE_BITS * bit) & _LANE) > len(words)
    return f"{simhash:016x}"


def distance(first: str, second: str) -> int:
    """Return how many of the 64 bits two simhashes differ in.

    >>> distance("000000000000000f", "0000000000000001")
    3
    """
    return (int(first, 16) ^ int(second, 16)).bit_count()
