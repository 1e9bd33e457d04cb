"""Files that are likely one person's: the same bytes, the same text, or nearly the same text."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from skillgap.batch.model import BatchRow

# Of 64 bits. A resume with two of its lines dropped is within 8 bits of itself in 97% of cases
# (within 3, the bound for web pages, in 42%), one with a tenth of them dropped in 81%; 24 resumes
# of different people are 15 bits apart and more.
NEAR_BITS = 8
# The share of the skills of both that each of them holds: a template filled in by two people may
# have nearly the same words, but not the same skills.
NEAR_SKILLS = 0.8
_ROUNDING = 1e-9
_FEW = 2_000  # hashes that are compared before numpy is loaded


def duplicates(rows: Sequence[BatchRow]) -> tuple[tuple[int, ...], ...]:
    """Find the files that are likely one person's.

    Likeness is passed on: when a is like b and b like c, the three are one group.

    Args:
        rows: In any order. Those without a score can only have the same bytes.

    Returns:
        The positions in `rows` of each group of two or more, ascending, sorted.
    """
    groups = _Groups(len(rows))
    for keys in ([row.sha256 for row in rows], [row.text_hash for row in rows]):
        first: dict[str, int] = {}
        for position, key in enumerate(keys):
            if key:
                groups.join(first.setdefault(key, position), position)
    for one, other in _near(rows):
        groups.join(one, other)
    return groups.of_several()


class _Groups:
    """Positions that belong together: each knows one that stands for its group."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self._top(one), self._top(other)))
        self._above[second] = first

    def of_several(self) -> tuple[tuple[int, ...], ...]:
        found: dict[int, list[int]] = defaultdict(list)
        for position in range(len(self._above)):
            found[self._top(position)].append(position)
        return tuple(tuple(group) for group in found.values() if len(group) > 1)

    def _top(self, position: int) -> int:
        while self._above[position] != position:
            self._above[position] = self._above[self._above[position]]
            position = self._above[position]
        return position


def _near(rows: Sequence[BatchRow]) -> Iterator[tuple[int, int]]:
    """Yield positions of rows of nearly the same text and skills.

    Each is compared only with those of about as many skills: sets that share so much have nearly
    the same size.
    """
    texts: dict[tuple[int, frozenset[str]], int] = {}
    for position, row in enumerate(rows):
        if row.near_hash and row.held:
            text = (int(row.near_hash, 16), frozenset(row.held))
            first = texts.setdefault(text, position)
            if first != position:
                yield first, position
    found = sorted(texts, key=lambda text: len(text[1]))
    hashes, sizes = [text[0] for text in found], [len(text[1]) for text in found]
    near_of = _comparer(hashes)
    for place, (_, held) in enumerate(found):
        end = bisect_right(sizes, len(held) / NEAR_SKILLS + _ROUNDING)
        for other in near_of(place, end):
            skills = found[other][1]
            if len(held & skills) >= NEAR_SKILLS * len(held | skills):
                yield texts[found[place]], texts[found[other]]


def _comparer(hashes: Sequence[int]) -> Callable[[int, int], Iterable[int]]:
    """Return a function from a place and an end to the places between of hashes that are near."""
    if len(hashes) <= _FEW:
        return lambda place, end: (
            other
            for other in range(place + 1, end)
            if (hashes[place] ^ hashes[other]).bit_count() <= NEAR_BITS
        )
    import numpy as np

    array = np.array(hashes, dtype=np.uint64)

    def near_of(place: int, end: int) -> list[int]:
        bits = np.bitwise_count(array[place + 1 : end] ^ array[place])
        found: list[int] = (np.flatnonzero(bits <= NEAR_BITS) + place + 1).tolist()
        return found

    return near_of
