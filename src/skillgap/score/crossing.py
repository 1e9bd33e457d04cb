"""The way from one role to the other: what to learn until the resume leans the other way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from math import fsum
from typing import Self

from skillgap.score.greedy import cover
from skillgap.score.lean import Item, items, net_share, presence
from skillgap.score.model import Crossing, CrossingStep, Evidence
from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy
from skillgap.score.reach import Reach, reach_of
from skillgap.score.remember import remembered
from skillgap.taxonomy.model import Provenance, RoleProfile, Taxonomy


def plan_crossing(
    evidence: Mapping[str, Evidence],
    start: RoleProfile,
    to: RoleProfile,
    taxonomy: Taxonomy,
    policy: ScoringPolicy = DEFAULT_POLICY,
) -> Crossing:
    """Plan the way from one role to the other: skills after which the resume leans to that one.

    Greedy by what re-scoring gives, like `plan_fit`; no step can be left out. The steps are skills
    that the sources have a number for: those that are only listed say next to nothing, and a way
    of thirty of them is none. What is held already is never taken away, so a resume that shows
    much of the one role may never lean to the other, whatever is learnt.

    Args:
        evidence: As `weigh` gives it, of a resume that leans: one that shows too little of
            either role (`ScoringPolicy.lean_min_fit`) may reach the share and still lean nowhere.
        start: The role to leave.
        to: The role to lean to, at least slightly.
        taxonomy: Where the implications stand.
        policy: The `lean_` fields.
    """
    course = _Course.of(evidence, to, start, taxonomy, policy)
    numbered = (r for r in to.requirements if r.provenance is not Provenance.TAIL)
    asked_for = tuple(dict.fromkeys(skill for r in numbered for skill in r.skills))
    skills = cover(course, asked_for, policy.lean_bounds[0])
    return Crossing(
        start=start.id,
        to=to.id,
        net_share=course.score,
        steps=None if skills is None else tuple(_steps(course.afresh(), skills)),
    )


def _steps(course: _Course, skills: Sequence[str]) -> Iterator[CrossingStep]:
    for skill in skills:
        before = course.score
        course.add(skill)
        yield CrossingStep(skill, course.score - before, course.score)


# What a skill says once it is held: of which requirements, by their places, and how much.
_Voices = Callable[[str], Sequence[tuple[int, float]]]


@remembered
def _voices(parts: Sequence[Item], reach: Reach, policy: ScoringPolicy) -> _Voices:
    places: dict[str, list[int]] = defaultdict(list)
    for place, part in enumerate(parts):
        for skill in part.skills:
            places[skill].append(place)

    @cache
    def voices(skill: str) -> Sequence[tuple[int, float]]:
        best: dict[int, float] = {}
        for target, way in reach.of(skill).items():
            presence = 1.0 if target == skill else way.strength * policy.lean_implied
            for place in places.get(target, ()):
                best[place] = max(presence, best.get(place, 0.0))
        return tuple((place, parts[place].weight * there) for place, there in best.items())

    return voices


class _Course:
    """A net share while skills are added: what each requirement of either role says."""

    def __init__(self, start: Sequence[float], voices: _Voices, policy: ScoringPolicy) -> None:
        self._start = start
        self._said = list(start)
        self._voices = voices
        self._policy = policy

    @classmethod
    def of(
        cls,
        evidence: Mapping[str, Evidence],
        to: RoleProfile,
        start: RoleProfile,
        taxonomy: Taxonomy,
        policy: ScoringPolicy,
    ) -> Self:
        """Begin where the evidence is."""
        parts = items(to, start, policy)
        said = [presence(evidence, part.skills, policy)[0] * part.weight for part in parts]
        return cls(said, _voices(parts, reach_of(taxonomy, policy), policy), policy)

    def afresh(self) -> Self:
        """Return the same course before anything was added."""
        return type(self)(self._start, self._voices, self._policy)

    @property
    def score(self) -> float:
        """The net share now, as `lean` would give it."""
        return net_share(self._said, self._policy)

    def best(self, skills: Sequence[str]) -> str | None:
        """Return the skill that draws the net share farthest; of equals the first."""
        towards, size = fsum(self._said), fsum(map(abs, self._said))
        size += self._policy.lean_prior
        now = towards / size
        shares = {}
        for skill in skills:
            more, larger = self._change(skill)
            share = (towards + more) / (size + larger)
            if share > now:
                shares[skill] = round(share, 9)
        return max(shares, key=shares.__getitem__, default=None)

    def add(self, skill: str) -> None:
        """Add the skill and all that it implies."""
        for place, says in self._voices(skill):
            if abs(says) > abs(self._said[place]):
                self._said[place] = says

    def _change(self, skill: str) -> tuple[float, float]:
        """Return by how much the sum of what is said would move, and the sum of its sizes."""
        towards = size = 0.0
        for place, says in self._voices(skill):
            before = self._said[place]
            if abs(says) > abs(before):
                towards += says - before
                size += abs(says) - abs(before)
        return towards, size
