"""Which held skill stands near to one that is missing: where learning can start from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from skillgap.taxonomy.model import RoleProfile, Taxonomy


class Neighbourhood:
    """The taxonomy's links as a map of what is near to what.

    A skill's neighbours are what it is a part or kind of, what it is related to, and within its
    area its own parts and kinds. A little farther off, again within its area, are its siblings
    and what its broader skills are a part of. Across areas such links lead astray: a dashboard is
    a way to communicate, and nobody learns to communicate from dashboards. So do skills with many
    parts: two parts of machine learning may have nothing else in common.
    """

    def __init__(self, taxonomy: Taxonomy, role: RoleProfile, most_siblings: int) -> None:
        self._areas = {skill.id: skill.area for skill in taxonomy.skills}
        self._weights = {s: r.weight for r in role.requirements for s in r.skills}
        self._most_siblings = most_siblings
        self._broader: dict[str, set[str]] = defaultdict(set)
        self._narrower: dict[str, set[str]] = defaultdict(set)
        self._related: dict[str, set[str]] = defaultdict(set)
        for skill in taxonomy.skills:
            for link in skill.broader:
                self._broader[skill.id].add(link.skill)
                self._narrower[link.skill].add(skill.id)
            for link in skill.related:
                self._related[skill.id].add(link.skill)
                self._related[link.skill].add(skill.id)

    def near(self, skills: Collection[str]) -> tuple[str, ...]:
        """Return what is near to any of the skills, nearest first.

        Neighbours before those farther off; among equals what weighs most for the role, then the
        first in the order of ids.
        """
        neighbours = {other for skill in skills for other in self._linked(skill)}
        beyond = {other for skill in skills for other in self._beyond(skill)}
        return tuple(
            skill
            for ring in (neighbours, beyond - neighbours)
            for skill in sorted(ring.difference(skills), key=self._heaviest_first)
        )

    def _linked(self, skill: str) -> Iterator[str]:
        yield from self._broader.get(skill, ())
        yield from self._related.get(skill, ())
        yield from self._of_its_area(skill, self._narrower.get(skill, ()))

    def _beyond(self, skill: str) -> Iterator[str]:
        for parent in self._broader.get(skill, ()):
            siblings = self._narrower[parent]
            if len(siblings) <= self._most_siblings:
                yield from self._of_its_area(skill, siblings)
            yield from self._of_its_area(skill, self._broader.get(parent, ()))

    def _of_its_area(self, skill: str, others: Iterable[str]) -> Iterator[str]:
        area = self._areas.get(skill)
        return (other for other in others if self._areas.get(other) == area)

    def _heaviest_first(self, skill: str) -> tuple[float, str]:
        return (-self._weights.get(skill, 0.0), skill)
