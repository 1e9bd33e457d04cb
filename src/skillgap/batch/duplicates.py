"""Files that are likely one person's: the same bytes, the same text, or nearly the same text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from skillgap.batch.model import BatchRow

# Of 64 bits. Three is the usual bound for near copies of web pages; more begins to join
# different people's resumes, which share many words.
NEAR_BITS = 3
# The share of the skills of both that each of them holds: a template filled in by two people may
# have nearly the same words, but not the same skills.
NEAR_SKILLS = 0.8
_BLOCK_BITS = 16  # four blocks of a hash: with three bits changed, one is still whole
_BLOCKS = 64 // _BLOCK_BITS


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
    """Yield positions of rows of nearly the same text, without comparing all with all."""
    texts: dict[tuple[int, frozenset[str]], int] = {}
    found: dict[tuple[int, int], list[tuple[int, frozenset[str], int]]] = defaultdict(list)
    for position, row in enumerate(rows):
        if not (row.near_hash and row.held):
            continue
        near_hash, held = int(row.near_hash, 16), frozenset(row.held)
        first = texts.setdefault((near_hash, held), position)
        if first != position:
            yield first, position
            continue
        text = (near_hash, held, position)
        for block in _blocks(near_hash):
            for other in found[block]:
                if _alike(text, other):
                    yield other[2], position
            found[block].append(text)


def _blocks(near_hash: int) -> Iterator[tuple[int, int]]:
    mask = (1 << _BLOCK_BITS) - 1
    for number in range(_BLOCKS):
        yield number, near_hash >> number * _BLOCK_BITS & mask


def _alike(one: tuple[int, frozenset[str], int], other: tuple[int, frozenset[str], int]) -> bool:
    if (one[0] ^ other[0]).bit_count() > NEAR_BITS:
        return False
    return len(one[1] & other[1]) >= NEAR_SKILLS * len(one[1] | other[1])
