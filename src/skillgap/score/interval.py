"""How sure a fit is: an interval from the two things that make it unsure.

The weights are shares of other postings than the ones the resume will meet, and the extractor
finds some skills wrongly and misses others. Both are put through the score by their first three
moments (delta method for the weights, coin tosses for the skills; Cornish and Fisher's first
correction for the skew): closed form, no random numbers, the same every time. A Monte Carlo of
the same model gives bounds within about two points for resumes of ten skills and more. For
shorter ones it may be seven, because there a bound lies where a single skill, which carries the
score, is there or is not (`tests/score/test_interval.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import exp, fsum, sqrt
from typing import NamedTuple, assert_never

from skillgap.score.model import Contribution, Evidence
from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy, WeightSpread
from skillgap.score.reach import Testimony, reach_of, testimony_of
from skillgap.score.remember import remembered
from skillgap.taxonomy.model import Provenance, RoleProfile, Taxonomy

# Counted beside the skills found, so that a resume in which nothing was found is not thought to
# be certainly empty: a tenth of a skill may have been missed even there.
_FOUND_BESIDES = 1.0
# The correction for skew is an expansion that overshoots when the skew is large (two skills that
# carry the whole score). From ten skills on, the bound is never met.
_MAX_SKEW = 2.0


class _Moments(NamedTuple):
    """The mean of a random change of the score, its variance and its third central moment."""

    mean: float = 0.0
    variance: float = 0.0
    third: float = 0.0


def interval(
    score: float,
    contributions: Sequence[Contribution],
    evidence: Mapping[str, Evidence],
    role: RoleProfile,
    taxonomy: Taxonomy,
    policy: ScoringPolicy = DEFAULT_POLICY,
    *,
    odd: Iterable[str] = (),
) -> tuple[float, float]:
    """Return the lower and upper bound of a fit, in points.

    Not symmetric about the score: misses can only have lowered it and false finds only have
    raised it. It always contains the score and lies within 0 and 100.

    Args:
        score: The fit.
        contributions: What it is made of, in the order of the role's requirements.
        evidence: What they were made from.
        role: The role with its requirements.
        taxonomy: Where the implications stand.
        policy: Its `spread`, `precision`, `recall` and `interval_z`, and those of a poor parse.
        odd: Codes of what was odd about the file.
    """
    chances = _chances(contributions, evidence, role, _errors(policy, odd))
    testimony = _weighed(testimony_of(reach_of(taxonomy, policy), role), evidence)
    extraction = _extraction(score, chances, role, testimony)
    weights = _weight_variance(score, contributions, _weight_deviations(role, policy.spread))
    change = extraction._replace(variance=extraction.variance + weights)
    low, high = _quantiles(change, policy.interval_z)
    return max(0.0, score + min(0.0, low)), min(100.0, score + max(0.0, high))


def _quantiles(change: _Moments, z: float) -> tuple[float, float]:
    deviation = sqrt(change.variance)
    if not deviation:
        return change.mean, change.mean
    skew = min(_MAX_SKEW, max(-_MAX_SKEW, change.third / deviation**3))
    shift = (z * z - 1.0) / 6.0 * skew
    return change.mean + deviation * (shift - z), change.mean + deviation * (shift + z)


# --- the weights ----------------------------------------------------------------------------------


def _weight_variance(
    score: float, contributions: Sequence[Contribution], deviations: Sequence[float]
) -> float:
    """The variance of the score when every weight moves by itself on the log-odds scale.

    What the score moves by is how much better or worse the requirement is met than the average.
    """
    return fsum(
        ((100.0 * c.strength - score) * deviation) ** 2
        for c, deviation in zip(contributions, deviations, strict=True)
    )


@remembered
def _weight_deviations(role: RoleProfile, spread: WeightSpread) -> tuple[float, ...]:
    """The standard deviations of the requirements' weights, as parts of the role's mass."""
    mass = role.mass
    shares = (
        (min(r.weight, 1.0), _log_odds_deviation(r.provenance, spread)) for r in role.requirements
    )
    return tuple(share * (1.0 - share) * deviation / mass for share, deviation in shares)


def _log_odds_deviation(provenance: Provenance, spread: WeightSpread) -> float:
    match provenance:
        case Provenance.MEASURED:
            return spread.measured
        case Provenance.IMPLIED:
            return spread.implied
        case Provenance.TIER:
            return spread.tier
        case Provenance.TAIL:
            return spread.tail
        case _:
            assert_never(provenance)


# --- the extractor --------------------------------------------------------------------------------


class _Errors(NamedTuple):
    """How often the extractor is thought to be right, and to find what is there."""

    precision: float
    recall: float


def _errors(policy: ScoringPolicy, odd: Iterable[str]) -> _Errors:
    """Return the errors to reckon with, of a file about which this was odd."""
    if set(odd).isdisjoint(policy.poor_parse):
        return _Errors(policy.precision, policy.recall)
    return _Errors(
        min(policy.precision, policy.poor_precision), min(policy.recall, policy.poor_recall)
    )


def _weighed(testimony: Testimony, evidence: Mapping[str, Evidence]) -> Testimony:
    """Return what skills meet as strongly as they are held; what may have been missed, as those.

    Nothing is known of how a missed skill is shown, so it is thought to count as what was found
    does on average.
    """
    own = {skill: found.own for skill, found in evidence.items() if found.held}
    if all(strength == 1.0 for strength in own.values()):
        return testimony
    usual = fsum(own.values()) / len(own)

    def weighed(skill: str) -> Sequence[tuple[int, float]]:
        by = own.get(skill, usual)
        return tuple((place, by * strength) for place, strength in testimony(skill))

    return weighed


# How strongly a skill meets a requirement, and which skill it is.
_Witness = tuple[float, str]


def _chances(
    contributions: Sequence[Contribution],
    evidence: Mapping[str, Evidence],
    role: RoleProfile,
    errors: _Errors,
) -> dict[str, float]:
    """The chance that the person has each skill that was found, or that may have been missed.

    The skills that were probably missed are spread over the open requirements, by their weight;
    a requirement's first skill stands for it.
    """
    chances = {skill: errors.precision for skill, found in evidence.items() if found.held}
    used = {_source(evidence[c.met_by]) for c in contributions if c.met_by is not None}
    found = len(used) * errors.precision + _FOUND_BESIDES
    missed = found * (1.0 - errors.recall) / errors.recall
    is_open = [c.strength < 1.0 and not _named(c, evidence) for c in contributions]
    open_weight = fsum(c.weight for c, open_ in zip(contributions, is_open, strict=True) if open_)
    for requirement, c, open_ in zip(role.requirements, contributions, is_open, strict=True):
        if open_:
            skill = requirement.skills[0]  # of two requirements, if they have the same first
            lacking = (1.0 - chances.get(skill, 0.0)) * exp(-missed * c.weight / open_weight)
            chances[skill] = 1.0 - lacking
    return chances


def _named(contribution: Contribution, evidence: Mapping[str, Evidence]) -> bool:
    """Whether the resume itself names what meets the requirement, however weakly it counts."""
    return contribution.met_by is not None and evidence[contribution.met_by].held


def _source(evidence: Evidence) -> str:
    return evidence.chain[0] if evidence.chain else evidence.skill


def _extraction(
    score: float,
    chances: Mapping[str, float],
    role: RoleProfile,
    testimony: Testimony,
) -> _Moments:
    """The moments of the score's change when each skill is there by chance, or is not.

    What is missed brings along what it implies, and what was found wrongly costs only what
    nothing else bears out. The mean is exact; variance and third moment are those of the sum of
    what each skill moves the score by on average over the others (first order).
    """
    witnesses: list[list[_Witness]] = [[] for _ in role.requirements]
    for skill in chances:
        for place, strength in testimony(skill):
            witnesses[place].append((strength, skill))
    moved = dict.fromkeys(chances, 0.0)
    whole = 100.0 / role.mass
    mean = fsum(
        _credit(heard, whole * requirement.weight, chances, moved)
        for requirement, heard in zip(role.requirements, witnesses, strict=True)
        if heard
    )
    coins = [(p, p * (1.0 - p) * moved[skill] ** 2, moved[skill]) for skill, p in chances.items()]
    return _Moments(
        mean - score,
        fsum(variance for _, variance, _ in coins),
        fsum((1.0 - 2.0 * p) * variance * points for p, variance, points in coins),
    )


def _credit(
    witnesses: list[_Witness],
    points: float,
    chances: Mapping[str, float],
    moved: dict[str, float],
) -> float:
    """Return the mean points of a requirement and add to `moved` what each skill does to them.

    The strongest skill that is there counts. So a skill matters only when no stronger one is
    there, and then by what it is stronger than the best of the weaker ones.
    """
    witnesses.sort()
    mean = 0.0
    means_of_weaker = []
    for strength, skill in witnesses:
        means_of_weaker.append(mean)
        mean += chances[skill] * (points * strength - mean)
    none_stronger = 1.0
    for (strength, skill), weaker in zip(
        reversed(witnesses), reversed(means_of_weaker), strict=True
    ):
        moved[skill] += none_stronger * (points * strength - weaker)
        none_stronger *= 1.0 - chances[skill]
    return mean
