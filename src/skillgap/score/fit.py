"""Evidence against one role: the fit, what it is made of, and what is missing.

The fit is the share of the role's weight that the evidence meets. It is a sum over requirements,
so every point has one requirement it came from and every missing point one that it went missing
at: nothing else is in the number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import erf, exp, fsum, log, sqrt
from typing import NamedTuple

from skillgap.extract.model import Stance
from skillgap.score.interval import interval
from skillgap.score.model import (
    Contribution,
    Evidence,
    Fit,
    FitWord,
    Gap,
    Now,
    SalaryNote,
)
from skillgap.score.nearest import Neighbourhood
from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy
from skillgap.score.remember import remembered
from skillgap.taxonomy.model import Pay, Requirement, RoleProfile, SkillPay, Taxonomy
from skillgap.taxonomy.requirements import DEFAULT_RULES

# The sampling error of a median of n normal values is 1.25 times that of their mean.
_MEDIAN_ERROR = 1.25
_NOW_BY_STANCE = (
    (Stance.NEGATED, Now.NEGATED),
    (Stance.ASPIRED, Now.ASPIRED),
    (Stance.OF_OTHERS, Now.OF_OTHERS),
)


def assess(
    evidence: Mapping[str, Evidence],
    role: RoleProfile,
    taxonomy: Taxonomy,
    policy: ScoringPolicy = DEFAULT_POLICY,
    *,
    odd: Iterable[str] = (),
) -> Fit:
    """Assess a resume's evidence against a role.

    Args:
        evidence: As `weigh` gives it.
        role: The role with its requirements computed.
        taxonomy: Where the links between skills stand.
        policy: The constants.
        odd: Codes of what was odd about the file; see `ScoringPolicy.poor_parse`.

    Raises:
        ValueError: The role has no requirements; compute them with `with_requirements`.
    """
    contributions = contribute(evidence, role)
    score = total(contributions)
    return Fit(
        role=role.id,
        score=score,
        interval=interval(score, contributions, evidence, role, taxonomy, policy, odd=odd),
        word=fit_word(score, policy),
        contributions=contributions,
        gaps=_gaps(contributions, evidence, role, _notes(role, taxonomy, policy)),
        level=erf(policy.interval_z / sqrt(2.0)),
    )


def contribute(evidence: Mapping[str, Evidence], role: RoleProfile) -> tuple[Contribution, ...]:
    """Return what each requirement of the role adds to the fit, in the role's order.

    Any one of a requirement's skills meets it; the strongest counts, a held one before an implied
    one of the same strength, then the first as the requirement lists them.

    Raises:
        ValueError: The role has no requirements.
    """
    if not role.requirements:
        raise ValueError(f"role {role.id!r} has no requirements; compute them first")
    mass = role.mass
    return tuple(_contribution(requirement, evidence, mass) for requirement in role.requirements)


def total(contributions: tuple[Contribution, ...]) -> float:
    """Add the points up: the fit. Rounded once, so that it never falls when a part rises."""
    return min(100.0, fsum(contribution.points for contribution in contributions))


def fit_score(evidence: Mapping[str, Evidence], role: RoleProfile) -> float:
    """Return the fit alone: the total of the contributions, without making them."""
    mass = role.mass
    points = (
        _points(requirement, best.strength, mass)
        for requirement in role.requirements
        if (best := _best(requirement, evidence)) is not None
    )
    return min(100.0, fsum(points))


def fit_word(score: float, policy: ScoringPolicy = DEFAULT_POLICY) -> FitWord:
    """Say a fit in a word."""
    partial, strong, broad = policy.fit_bounds
    if score >= broad:
        return FitWord.BROAD
    if score >= strong:
        return FitWord.STRONG
    return FitWord.PARTIAL if score >= partial else FitWord.EARLY


def _contribution(
    requirement: Requirement, evidence: Mapping[str, Evidence], mass: float
) -> Contribution:
    best = _best(requirement, evidence)
    strength = best.strength if best is not None else 0.0
    return Contribution(
        requirement=requirement.id,
        weight=requirement.weight,
        points=_points(requirement, strength, mass),
        met_by=best.skill if best is not None and strength > 0.0 else None,
        strength=strength,
    )


def _points(requirement: Requirement, strength: float, mass: float) -> float:
    return 100.0 * requirement.weight * strength / mass


def _best(requirement: Requirement, evidence: Mapping[str, Evidence]) -> Evidence | None:
    skills = requirement.skills
    if len(skills) == 1:
        return evidence.get(skills[0])
    found = (evidence[skill] for skill in skills if skill in evidence)
    return max(found, key=lambda e: (e.strength, e.held), default=None)


# --- gaps -----------------------------------------------------------------------------------------


class _Notes(NamedTuple):
    """What can be said of a requirement's gap whatever the resume."""

    near: tuple[str, ...]
    salary: SalaryNote | None
    ladder_step: int | None


@remembered
def _notes(role: RoleProfile, taxonomy: Taxonomy, policy: ScoringPolicy) -> tuple[_Notes, ...]:
    neighbourhood = Neighbourhood(taxonomy, role, policy.nearest_siblings)
    return tuple(
        _Notes(
            near=neighbourhood.near(requirement.skills),
            salary=salary_note(requirement, role, policy),
            ladder_step=ladder_step(requirement, role),
        )
        for requirement in role.requirements
    )


def _gaps(
    contributions: tuple[Contribution, ...],
    evidence: Mapping[str, Evidence],
    role: RoleProfile,
    notes: tuple[_Notes, ...],
) -> tuple[Gap, ...]:
    held = frozenset(skill for skill, found in evidence.items() if found.held)
    mass = role.mass
    gaps = [
        _gap(requirement, contribution, evidence, mass=mass, held=held, notes=about)
        for requirement, contribution, about in zip(
            role.requirements, contributions, notes, strict=True
        )
        if contribution.strength < 1.0
    ]
    # A stable sort: gaps of the same lift stay in the role's order, by weight and then by id.
    return tuple(sorted(gaps, key=lambda gap: -gap.lift))


def _gap(
    requirement: Requirement,
    contribution: Contribution,
    evidence: Mapping[str, Evidence],
    *,
    mass: float,
    held: frozenset[str],
    notes: _Notes,
) -> Gap:
    now, now_skill = _now(requirement, contribution, evidence)
    return Gap(
        requirement=requirement.id,
        lift=100.0 * requirement.weight * (1.0 - contribution.strength) / mass,
        now=now,
        now_skill=now_skill,
        nearest=next((skill for skill in notes.near if skill in held), None),
        provenance=requirement.provenance,
        tier=requirement.tier,
        salary=notes.salary,
        ladder_step=notes.ladder_step,
        cites=requirement.cites,
    )


def _now(
    requirement: Requirement, contribution: Contribution, evidence: Mapping[str, Evidence]
) -> tuple[Now, str | None]:
    if contribution.met_by is not None:
        held = evidence[contribution.met_by].held
        return Now.WEAK if held else Now.IMPLIED, contribution.met_by
    for stance, now in _NOW_BY_STANCE:
        for skill in requirement.skills:
            if skill in evidence and any(m.stance is stance for m in evidence[skill].mentions):
                return now, skill
    return Now.MISSING, None


def ladder_step(requirement: Requirement, role: RoleProfile) -> int | None:
    """Return the first rung of the role's ladder that names a skill of the requirement."""
    steps = (rung.step for rung in role.ladder if set(rung.skills) & set(requirement.skills))
    return min(steps, default=None)


def salary_note(
    requirement: Requirement, role: RoleProfile, policy: ScoringPolicy = DEFAULT_POLICY
) -> SalaryNote | None:
    """Return the pay associated with a requirement, shrunken by how few postings named it.

    For substitutes it is that of the one that most postings named; the note says which. None
    where the sources give no pay for it, or none for the role to compare with.
    """
    paid = [pay for pay in role.skill_pay if pay.skill in requirement.skills]
    baseline = next(_baselines(role), None)
    if not paid or baseline is None:
        return None
    pay = max(paid, key=lambda p: p.n)
    return SalaryNote(
        skill=pay.skill,
        usd=pay.usd,
        baseline_usd=baseline.usd,
        n=pay.n,
        premium=exp(_shrunken(pay, baseline, policy)) - 1.0,
        cites=tuple(dict.fromkeys((*pay.cites, *baseline.cites))),
    )


def _baselines(role: RoleProfile) -> Iterator[Pay]:
    return (p for p in role.pay if p.measure == DEFAULT_RULES.pay_measure and not p.label)


def _shrunken(pay: SkillPay, baseline: Pay, policy: ScoringPolicy) -> float:
    """The log premium, drawn to 0 by its sampling error as against the spread of true ones."""
    error = _MEDIAN_ERROR * policy.salary_spread / sqrt(pay.n)
    spread = policy.salary_prior**2
    if not spread:
        return 0.0
    return log(pay.usd / baseline.usd) * spread / (spread + error**2)
