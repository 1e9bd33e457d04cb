"""Abbreviations that the text itself spells out, as something else than the skill.

"AI (artificial insemination)" and "Good Clinical Practice (GCP)" say what the letters stand for;
no list of the meanings of abbreviations would ever be complete.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from skillgap.extract.context import Context
from skillgap.extract.phrases import Candidate
from skillgap.taxonomy.forms import words
from skillgap.taxonomy.model import Skill

_SMALL_WORDS = frozenset(
    (
        *("a", "and", "for", "in", "of", "on", "the", "to", "&", "-", ","),
        *("d'", "da", "de", "del", "der", "des", "di", "do", "du", "e", "et", "für", "la"),
        *("und", "y"),
    )
)
_LONGEST = 10  # tokens of what an abbreviation stands for
_SHORTEST = 2  # letters


class Expansions:
    """What the abbreviations of a taxonomy stand for; others are never judged."""

    def __init__(self, skills: Iterable[Skill]) -> None:
        self._initials: dict[str, set[str]] = defaultdict(set)
        for skill in skills:
            for alias in skill.aliases:
                spelt = words(alias.form)
                if len(spelt) >= _SHORTEST:
                    self._initials[skill.id].add(_initials(spelt))

    def fitting(self, candidates: Sequence[Candidate], context: Context) -> list[Candidate]:
        """Return the candidates without the abbreviations that are spelt out as something else."""
        starts = {(candidate.skill, candidate.start) for candidate in candidates}
        return [each for each in candidates if not self._is_other(each, starts, context)]

    def _is_other(
        self, candidate: Candidate, starts: set[tuple[str, int]], context: Context
    ) -> bool:
        letters = context.words[candidate.start].removesuffix("s").lower()
        if (
            candidate.end - candidate.start != 1
            or len(letters) < _SHORTEST
            or not context.words[candidate.start].removesuffix("s").isupper()
            or letters not in self._initials[candidate.skill]
        ):
            return False
        spelt = _behind(candidate.end, letters, context) or _before(
            candidate.start, letters, context
        )
        return bool(spelt) and not any((candidate.skill, token) in starts for token in spelt)


def _initials(spelt: Iterable[str]) -> str:
    return "".join(
        word[0].lower() for word in spelt if word[0].isalpha() and word.lower() not in _SMALL_WORDS
    )


def _behind(behind: int, letters: str, context: Context) -> range:
    """Return the tokens in brackets behind an abbreviation, when they spell it out."""
    words_ = context.words
    if behind >= len(words_) or words_[behind] != "(":
        return range(0)
    for end in range(behind + 2, min(len(words_), behind + _LONGEST)):
        if words_[end] == ")":
            inside = range(behind + 1, end)
            spelt = [words_[token] for token in inside]
            return inside if len(spelt) > 1 and _initials(spelt) == letters else range(0)
    return range(0)


def _before(start: int, letters: str, context: Context) -> range:
    """Return the tokens before an abbreviation in brackets, when they spell it out."""
    words_ = context.words
    if start < len(letters) or words_[start - 1] != "(" or words_[start + 1 : start + 2] != [")"]:
        return range(0)
    for first in range(start - 1 - len(letters), max(-1, start - _LONGEST), -1):
        inside = range(first, start - 1)
        if _initials(words_[token] for token in inside) == letters:
            return inside
    return range(0)
