"""Where the cues of the taxonomy stand in a text: "no experience with", "keen to learn".

Cues are wordings with alternatives, "(keen|eager|) to learn". Written out they are a hundred times
as many; here the alternatives of a wording meet again behind it, so that each is stored once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from skillgap.taxonomy.forms import HYPHENS, fold
from skillgap.taxonomy.forms import words as words_of
from skillgap.taxonomy.model import Cue

_PART = re.compile(r"\(([^()]*)\)")


class CueMatch(NamedTuple):
    """A place where a cue stands: tokens from `start` up to `end`."""

    start: int
    end: int
    cue: Cue


@dataclass(slots=True)
class _Node:
    """What may come next in some cues, and which cues end here."""

    next: dict[str, list[_Node]] = field(default_factory=dict)
    cues: list[Cue] = field(default_factory=list)


class CueIndex:
    """The cues of a taxonomy, found by their folded words."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._root = _Node()
        for cue in cues:
            for node in self._ends(cue.words):
                node.cues.append(cue)
        # Most first words ("the", "not") are no cue by themselves and go on with few others.
        self._whole = {w for w, nodes in self._root.next.items() if any(n.cues for n in nodes)}
        self._second = {
            word: frozenset(second for node in nodes for second in node.next)
            for word, nodes in self._root.next.items()
        }

    def _ends(self, wording: str) -> list[_Node]:
        """Add a wording, and return the nodes at which it may end."""
        open_nodes = [self._root]
        for part in _PART.split(wording):
            ways = [_key_words(way) for way in part.split("|")]
            if any(ways):
                end = _Node()
                for way in filter(None, ways):
                    for node in open_nodes:
                        _join(node, way, end)
                open_nodes = [*open_nodes, end] if () in ways else [end]
        return [node for node in open_nodes if node is not self._root]

    def find(self, words: Sequence[str], norms: Sequence[str]) -> list[CueMatch]:
        """Return every place of every cue, in the order of the text.

        Args:
            words: The text's words: hyphens among them are passed over.
            norms: The same words, folded.
        """
        keys = [
            _key(word, norm) if "'" in word or "’" in word else norm
            for word, norm in zip(words, norms, strict=True)
        ]
        places = [place for place, word in enumerate(words) if word not in HYPHENS]
        shown = [keys[place] for place in places]
        return [
            CueMatch(places[start], places[end - 1] + 1, cue)
            for start in self._starts(shown)
            for end, cue in self._from(start, shown)
        ]

    def _starts(self, keys: Sequence[str]) -> Iterator[int]:
        """Yield where a cue may begin, by its first two words."""
        second, whole = self._second, self._whole
        for start, (key, behind) in enumerate(zip(keys, [*keys[1:], ""], strict=True)):
            if key in second and (behind in second[key] or key in whole):
                yield start

    def _from(self, start: int, keys: Sequence[str]) -> Iterator[tuple[int, Cue]]:
        nodes = [self._root]
        for place in range(start, len(keys)):
            key = keys[place]
            nodes = [behind for node in nodes for behind in node.next.get(key, ())]
            if not nodes:
                return
            found = {id(cue): cue for node in nodes for cue in node.cues}
            yield from ((place + 1, cue) for cue in found.values())


def _key_words(way: str) -> tuple[str, ...]:
    return tuple(_key(word, fold(word)) for word in words_of(way) if word not in HYPHENS)


def _key(word: str, norm: str) -> str:
    """Return what a word of a cue is compared by: folded, the possessive kept ("the client's")."""
    key = norm.replace("’", "'")
    return f"{key}'s" if word.endswith(("'s", "’s")) else key


def _join(node: _Node, way: Sequence[str], end: _Node) -> None:
    """Lead from a node along the words of a way to its end."""
    for word in way[:-1]:
        behind = _Node()
        node.next.setdefault(word, []).append(behind)
        node = behind
    node.next.setdefault(way[-1], []).append(end)
