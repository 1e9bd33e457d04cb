"""Which held skill stands nearest to one that is missing: where learning can start from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from skillgap.taxonomy.model import RoleProfile, Taxonomy


class Neighbourhood:
    """The taxonomy as a map without directions: broader, related and substitutes are one step.

    Made once for a role and asked for every gap.
    """

    def __init__(self, taxonomy: Taxonomy, role: RoleProfile) -> None:
        self._steps = _steps(taxonomy)
        self._areas = {skill.id: skill.area for skill in taxonomy.skills}
        self._weights = {s: r.weight for r in role.requirements for s in r.skills}

    def nearest(self, skills: Collection[str], held: Collection[str], hops: int) -> str | None:
        """Return the held skill nearest to any of the skills.

        Fewest steps first, then one of the same area; among equals the one that weighs most for
        the role, then the first in the order of ids. None when there is neither.
        """
        level, seen = set(skills), set(skills)
        for _ in range(hops):
            level = {other for skill in level for other in self._steps.get(skill, ())} - seen
            seen |= level
            if found := level.intersection(held):
                return self._heaviest(found)
        areas = {self._areas.get(skill) for skill in skills} - {None}
        return self._heaviest(s for s in held if self._areas.get(s) in areas and s not in skills)

    def _heaviest(self, skills: Iterable[str]) -> str | None:
        return min(skills, key=lambda s: (-self._weights.get(s, 0.0), s), default=None)


def _steps(taxonomy: Taxonomy) -> Mapping[str, set[str]]:
    steps: dict[str, set[str]] = defaultdict(set)
    for skill in taxonomy.skills:
        for link in (*skill.broader, *skill.related):
            steps[skill.id].add(link.skill)
            steps[link.skill].add(skill.id)
    for group in taxonomy.groups:
        for skill_id in group.skills:
            steps[skill_id].update(s for s in group.skills if s != skill_id)
    return steps
