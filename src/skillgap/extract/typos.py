"""Misspelt words read as the words of the taxonomy they are nearest to: "Kuberentes", "Tensorflwo".

A word is a typo only when no dictionary knows it and one word alone is near enough. What is read
so is marked in the mention (`Method.TYPO`), with the alias it was read as.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from skillgap.document.dictionary import english_words

_SHORTEST_TARGET = 6  # letters: "Keras" and "Kerns" are one letter apart, and both are right
_SHORTEST_TYPO = 5  # one letter of the shortest target left out
_SHORTEST_FOR_TWO = 9  # letters of a name in which two pairs may be swapped: "Tesnorflwo"


class Speller:
    """Reads misspelt words as the words of known forms.

    Args:
        known: Every folded word of a form: these are never typos.
        targets: Those of them that others may be a typo of; short ones are left out.
    """

    def __init__(self, known: Collection[str], targets: Iterable[str]) -> None:
        self._known = known
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for word in sorted(set(targets)):
            if len(word) >= _SHORTEST_TARGET and word.isalpha() and word.isascii():
                self._by_letter[word[0]].append(word)
        self._read = lru_cache(maxsize=65_536)(self._nearest)

    def corrections(self, norms: Sequence[str]) -> dict[int, str]:
        """Return the words that are typos, by their place, and what they are read as."""
        known = self._known
        unknown = [
            place
            for place, word in enumerate(norms)
            if len(word) >= _SHORTEST_TYPO and word not in known
        ]
        read = ((place, self._read(norms[place])) for place in unknown)
        return {place: word for place, word in read if word is not None}

    def _nearest(self, word: str) -> str | None:
        """Return the one word that this is a typo of, None when it is right or there is no one.

        The distance counts letters left out, added, changed or swapped with their neighbour
        (optimal string alignment); the first letter is always right. Two changes are allowed only
        where the letters stay the same: "Informatyka" is no typo of "Informatica".
        """
        if not (word.isascii() and word.isalpha()):
            return None
        near: dict[int, list[str]] = {1: [], 2: []}
        for target in self._by_letter.get(word[0], ()):
            distance = OSA.distance(word, target, score_cutoff=2)
            if distance == 1 or (distance == 2 and _is_shuffled(word, target)):
                near[distance].append(target)
        found = near[1] or near[2]
        return found[0] if len(found) == 1 and word not in english_words() else None


def _is_shuffled(word: str, target: str) -> bool:
    return len(target) >= _SHORTEST_FOR_TWO and sorted(word) == sorted(target)
