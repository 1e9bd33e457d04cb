"""How sure a fit is: an interval from the two things that make it unsure.

The weights are shares of other postings than the ones the resume will meet, and the extractor
finds some skills wrongly and misses others. Both are put through the score by the delta method:
closed form, no random numbers, the same every time. A Monte Carlo of the same model agrees within
about two points (`tests/score/test_interval.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import exp, fsum, sqrt
from typing import NamedTuple, assert_never

from skillgap.score.model import Contribution, Evidence
from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy, WeightSpread
from skillgap.taxonomy.model import Provenance, Requirement, RoleProfile

# Counted beside the skills found, so that a resume in which nothing was found is not thought to
# be certainly empty: a tenth of a skill may have been missed even there.
_FOUND_BESIDES = 1.0


class _Shift(NamedTuple):
    """What a source of error does to the score on average, and the variance it brings."""

    mean: float
    variance: float


def interval(
    contributions: Sequence[Contribution],
    evidence: Mapping[str, Evidence],
    role: RoleProfile,
    policy: ScoringPolicy = DEFAULT_POLICY,
) -> tuple[float, float]:
    """Return the lower and upper bound of a fit, in points.

    Not symmetric about the score: misses can only have lowered it and false finds only have
    raised it, and as recall is assumed to be lower than precision the interval reaches further
    up. It always contains the score and lies within 0 and 100.

    Args:
        contributions: In the order of the role's requirements.
        evidence: What they were made from.
        role: The role with its requirements.
        policy: Its `spread`, `precision`, `recall` and `interval_z`.
    """
    score = fsum(contribution.points for contribution in contributions)
    variance = _weight_variance(score, contributions, role, policy.spread)
    sources = _points_by_source(contributions, evidence)
    false_finds = _false_finds(sources, policy)
    misses = _misses(len(sources), contributions, role, policy)
    middle = score + misses.mean - false_finds.mean
    reach = policy.interval_z * sqrt(variance + misses.variance + false_finds.variance)
    low = max(0.0, min(score, middle - reach))
    high = min(100.0, max(score, middle + reach))
    return low, high


def _weight_variance(
    score: float,
    contributions: Sequence[Contribution],
    role: RoleProfile,
    spread: WeightSpread,
) -> float:
    """The variance of the score when every weight moves by itself on the log-odds scale."""
    mass = role.mass
    return fsum(
        ((100.0 * c.strength - score) / mass * _weight_deviation(requirement, spread)) ** 2
        for requirement, c in zip(role.requirements, contributions, strict=True)
    )


def _weight_deviation(requirement: Requirement, spread: WeightSpread) -> float:
    share = min(requirement.weight, 1.0)
    return share * (1.0 - share) * _log_odds_deviation(requirement.provenance, spread)


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


def _points_by_source(
    contributions: Sequence[Contribution], evidence: Mapping[str, Evidence]
) -> dict[str, float]:
    """Sum the points by the held skill they rest on: if it is a false find, all of them go."""
    points: dict[str, float] = defaultdict(float)
    for contribution in contributions:
        if contribution.met_by is not None:
            chain = evidence[contribution.met_by].chain or (contribution.met_by,)
            points[chain[0]] += contribution.points
    return points


def _false_finds(sources: Mapping[str, float], policy: ScoringPolicy) -> _Shift:
    wrong = 1.0 - policy.precision
    return _Shift(
        mean=fsum(wrong * points for points in sources.values()),
        variance=fsum(wrong * (1.0 - wrong) * points**2 for points in sources.values()),
    )


def _misses(
    found: int,
    contributions: Sequence[Contribution],
    role: RoleProfile,
    policy: ScoringPolicy,
) -> _Shift:
    """Spread the skills that were probably missed over the open requirements, by their weight."""
    missed = (found * policy.precision + _FOUND_BESIDES) * (1.0 - policy.recall) / policy.recall
    open_weight = fsum(c.weight for c in contributions if c.strength < 1.0)
    if not open_weight:
        return _Shift(0.0, 0.0)
    means, variances = [], []
    for contribution in contributions:
        points = 100.0 * contribution.weight * (1.0 - contribution.strength) / role.mass
        if points > 0.0:
            chance = 1.0 - exp(-missed * contribution.weight / open_weight)
            means.append(chance * points)
            variances.append(chance * (1.0 - chance) * points**2)
    return _Shift(fsum(means), fsum(variances))
