"""What to learn first, and for how much: the way from a resume to a fit.

A plan is greedy: each step is the skill that adds most to what is there then, with all that it
implies. Every gain is the difference of two fits, so a plan promises what re-scoring gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import fsum
from typing import NamedTuple, Self

from skillgap.score.greedy import additions, cover, reaches
from skillgap.score.model import Fit, Gap, Plan, PlanStep, Raised
from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy
from skillgap.score.reach import Testimony, reach_of, testimony_of
from skillgap.score.remember import remembered
from skillgap.taxonomy.model import RoleProfile, Taxonomy

_LEAST_STEPS = 3  # what a plan names, if there is as much, also when its target takes less


def default_target(score: float, policy: ScoringPolicy = DEFAULT_POLICY) -> float | None:
    """Return the fit to plan for when nobody named one: strong, then broad, then none.

    Partial is no target of its own: at 40 few single postings are covered well.
    """
    _, strong, broad = policy.fit_bounds
    return next((bound for bound in (strong, broad) if not reaches(score, bound)), None)


def plan_fit(
    fit: Fit,
    role: RoleProfile,
    taxonomy: Taxonomy,
    policy: ScoringPolicy = DEFAULT_POLICY,
    *,
    target: float | None = None,
) -> Plan:
    """Plan the way from a fit to a higher one.

    The steps are skills that the role asks for. No step up to the target can be left out;
    `Plan.at_least` says how few steps could do at best. What adds most after that follows when
    the plan would be shorter than three steps.

    Args:
        fit: The fit to start from.
        role: Its role, with the requirements.
        taxonomy: Where the implications stand.
        policy: Its `plan_own`; it must be the one that the fit was made with.
        target: The fit to reach; None plans only the first steps.

    Raises:
        ValueError: The target is not from 0 to 100.
    """
    if target is not None and not 0.0 <= target <= 100.0:
        raise ValueError(f"a fit is from 0 to 100, not {target}")
    course = _Course.of(fit, role, taxonomy, policy)
    skills = _asked_for(role)
    # All that the role asks for makes 100, so every target is reached.
    needed = (cover(course, skills, target) if target is not None else None) or ()
    way = course.afresh()
    gaps = {gap.requirement: gap for gap in fit.gaps}
    steps = [way.step(skill, gaps) for skill in needed]
    more = course.afresh()
    for skill in needed:
        more.add(skill)
    for skill in additions(more, [s for s in skills if s not in needed]):
        if len(steps) >= _LEAST_STEPS:
            break
        steps.append(way.step(skill, gaps))
    return Plan(
        role=role.id,
        start=fit.score,
        target=target,
        needed=len(needed),
        at_least=_at_least(course, skills, target),
        steps=tuple(steps),
    )


@remembered
def _asked_for(role: RoleProfile) -> tuple[str, ...]:
    """The skills a step may be: heaviest requirement first, of substitutes the most asked for."""
    shares = {frequency.skill: frequency.share for frequency in role.frequencies}
    return tuple(
        dict.fromkeys(
            skill
            for requirement in role.requirements
            for skill in sorted(requirement.skills, key=lambda s: -shares.get(s, 0.0))
        )
    )


def _at_least(course: _Course, skills: Sequence[str], target: float | None) -> int:
    """How few steps could do at best: what skills add together is at most the sum of each alone."""
    if target is None or reaches(course.score, target):
        return 0
    alone = sorted((course.gain(skill).all for skill in skills), reverse=True)
    sums = accumulate(alone, initial=course.score)
    return next((n for n, most in enumerate(sums) if reaches(most, target)), len(alone))


class _Gain(NamedTuple):
    """What a skill would add to a fit: in all, and by the requirements that name it."""

    all: float
    own: float


class _Course:
    """A fit while skills are added: how far each requirement is met."""

    def __init__(
        self, start: Sequence[float], role: RoleProfile, testimony: Testimony, own: float
    ) -> None:
        self._start = start
        self._strengths = list(start)
        self._role = role
        self._testimony = testimony
        self._own = own
        self._whole = [100.0 * requirement.weight for requirement in role.requirements]
        self._mass = role.mass

    @classmethod
    def of(cls, fit: Fit, role: RoleProfile, taxonomy: Taxonomy, policy: ScoringPolicy) -> Self:
        """Begin where the fit is."""
        testimony = testimony_of(reach_of(taxonomy, policy), role)
        return cls([c.strength for c in fit.contributions], role, testimony, policy.plan_own)

    def afresh(self) -> Self:
        """Return the same course before anything was added."""
        return type(self)(self._start, self._role, self._testimony, self._own)

    @property
    def score(self) -> float:
        """The fit now, to the last digit what `fit.assess` would give."""
        points = (w * s / self._mass for w, s in zip(self._whole, self._strengths, strict=True))
        return min(100.0, fsum(points))

    def gain(self, skill: str) -> _Gain:
        """Return what the skill would add now."""
        every = own = 0.0
        for place, strength in self._testimony(skill):
            if strength > self._strengths[place]:
                points = self._whole[place] * (strength - self._strengths[place]) / self._mass
                every += points
                if skill in self._role.requirements[place].skills:
                    own += points
        return _Gain(every, own)

    def best(self, skills: Sequence[str]) -> str | None:
        """Return the skill that adds most, of those that are advised for their own sake.

        Those are the ones of which enough of the gain is their own; where there are none, any.
        Of the same gain the first of `skills` counts.
        """
        gains = {skill: gain for skill in skills if (gain := self.gain(skill)).all > 0.0}
        advised = [skill for skill, gain in gains.items() if gain.own >= self._own * gain.all]
        # Rounded: sums of the same parts in another order are the same.
        return max(advised or gains, key=lambda skill: round(gains[skill].all, 9), default=None)

    def add(self, skill: str) -> None:
        """Add the skill and all that it implies."""
        for place, strength in self._testimony(skill):
            self._strengths[place] = max(strength, self._strengths[place])

    def step(self, skill: str, gaps: dict[str, Gap]) -> PlanStep:
        """Add the skill, and tell what that does."""
        before, strengths = self.score, list(self._strengths)
        self.add(skill)
        after = self.score
        risen = [
            Raised(requirement.id, whole * (new - old) / self._mass)
            for requirement, whole, old, new in zip(
                self._role.requirements, self._whole, strengths, self._strengths, strict=True
            )
            if new > old
        ]
        return PlanStep(
            skill=skill,
            gap=gaps[self._named_for(skill, risen)],
            gain=after - before,
            fit=after,
            raises=tuple(sorted(risen, key=lambda r: -r.points)),
        )

    def _named_for(self, skill: str, risen: Sequence[Raised]) -> str:
        """Return the requirement that the step is named for: one that names the skill."""
        by_id = self._role.requirements_by_id
        own = [r for r in risen if skill in by_id[r.requirement].skills]
        return max(own or risen, key=lambda r: r.points).requirement
