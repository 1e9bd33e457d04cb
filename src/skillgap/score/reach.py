"""What a skill brings with it: every skill it implies, how strongly and by which way."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from skillgap.score.policy import ScoringPolicy
from skillgap.score.remember import remembered
from skillgap.taxonomy.model import RoleProfile, Taxonomy

# From a skill to the requirements it meets, by their places in the role, and how far.
Testimony = Callable[[str], Sequence[tuple[int, float]]]


class Way(NamedTuple):
    """A way from a held skill to one that it implies; the better of two is the smaller.

    Attributes:
        minus_strength: The product of the strengths along the chain, with a minus.
        length: How many skills the chain has.
        chain: Their ids, both ends included.
    """

    minus_strength: float
    length: int
    chain: tuple[str, ...]

    @property
    def strength(self) -> float:
        """How strongly the chain's first skill is evidence for its last, from 0 to 1."""
        return -self.minus_strength


class Reach:
    """The implications of a taxonomy, followed to their ends.

    A skill's ends are looked for when it is first asked for, and kept.
    """

    def __init__(self, taxonomy: Taxonomy, implication: float) -> None:
        self._rows: dict[str, list[tuple[str, float]]] = defaultdict(list)
        self._found: dict[str, Mapping[str, Way]] = {}
        if implication > 0.0:
            for row in taxonomy.implications:
                self._rows[row.skill].append((row.implies, row.strength * implication))

    def of(self, skill: str) -> Mapping[str, Way]:
        """Return all that the skill implies, itself first, with the best way to it.

        Strengths multiply along a chain and the strongest chain counts; of several the shortest,
        then the first in the order of ids.
        """
        found = self._found.get(skill)
        if found is None:
            found = self._found[skill] = self._follow(skill)
        return found

    def _follow(self, start: str) -> dict[str, Way]:
        """Find the strongest chain to everything the skill implies (Dijkstra by product)."""
        found: dict[str, Way] = {}
        queue = [Way(-1.0, 1, (start,))]
        while queue:
            way = heapq.heappop(queue)
            skill = way.chain[-1]
            if skill in found:
                continue
            found[skill] = way
            for target, strength in self._rows.get(skill, ()):
                if target not in found:
                    chain = (*way.chain, target)
                    heapq.heappush(queue, Way(way.minus_strength * strength, len(chain), chain))
        return found


@remembered
def reach_of(taxonomy: Taxonomy, policy: ScoringPolicy) -> Reach:
    """Return the reach of every skill under the policy, made once for both."""
    return Reach(taxonomy, policy.implication)


@remembered
def testimony_of(reach: Reach, role: RoleProfile) -> Testimony:
    """Make the function that tells which of a role's requirements a skill meets, and how far."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, requirement in enumerate(role.requirements):
        for skill in requirement.skills:
            places[skill].append(place)

    @cache
    def testimony(skill: str) -> Sequence[tuple[int, float]]:
        best: dict[int, float] = {}
        for target, way in reach.of(skill).items():
            for place in places.get(target, ()):
                best[place] = max(way.strength, best.get(place, 0.0))
        return tuple(best.items())

    return testimony
