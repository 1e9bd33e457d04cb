"""Hashes of text: the same for the same words, near for nearly the same."""

from __future__ import annotations

import hashlib
import re

from hypothesis import given
from hypothesis import strategies as st

from skillgap.batch.fingerprint import distance, near_hash, text_hash

WORDS = st.lists(st.text("abcé1", min_size=1, max_size=3), max_size=30)


def _plain_simhash(text: str) -> str:
    """Return the simhash by its definition, bit by bit."""
    words = set(re.findall(r"\w+", text.casefold()))
    hashes = [
        int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest()) for word in words
    ]
    simhash = 0
    for bit in range(64):
        if 2 * sum(number >> bit & 1 for number in hashes) > len(hashes):
            simhash |= 1 << bit
    return f"{simhash:016x}"


@given(WORDS)
def test_the_near_hash_is_the_simhash(words: list[str]) -> None:
    """Counted eight bits at once or one by one."""
    text = " ".join(words)

    assert near_hash(text) == _plain_simhash(text)


@given(WORDS)
def test_the_order_of_words_changes_only_the_text_hash(words: list[str]) -> None:
    """A resume in two columns is near itself in one."""
    turned = words[::-1]

    assert near_hash(" ".join(words)) == near_hash(" ".join(turned))
    assert (text_hash(" ".join(words)) == text_hash(" ".join(turned))) == (words == turned)


def test_a_changed_word_changes_few_bits() -> None:
    """Another text changes about half of them."""
    first = " ".join(f"word{number}" for number in range(300))
    second = first.replace("word17 ", "changed ")
    third = first.replace("word", "other")

    assert distance(near_hash(first), near_hash(second)) < 8
    assert distance(near_hash(first), near_hash(third)) > 16


def test_no_word_is_a_hash_too() -> None:
    """Of signs alone, as of nothing."""
    assert near_hash("--") == "0" * 16
    assert text_hash("--") == text_hash("")
