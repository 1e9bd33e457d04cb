"""How sure a fit is: an interval from the two things that make it unsure.

The weights are shares of other postings than the ones the resume will meet, and the extractor
finds some skills wrongly and misses others. Both are put through the score by their first three
moments (delta method for the weights, coin tosses for the skills; Cornish and Fisher's first
correction for the skew): closed form, no random numbers, the same every time. A Monte Carlo of
the same model gives bounds within about four points (`tests/score/test_interval.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import exp, fsum, sqrt
from typing import NamedTuple, assert_never

from skillgap.score.model import Contribution, Evidence
from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy, WeightSpread
from skillgap.taxonomy.model import Provenance, Requirement, RoleProfile

# Counted beside the skills found, so that a resume in which nothing was found is not thought to
# be certainly empty: a tenth of a skill may have been missed even there.
_FOUND_BESIDES = 1.0
# The correction for skew is an expansion that overshoots when the skew is large (one skill that
# carries a third of the score). Of 0, .5, 1 and 2, this bound came nearest to the Monte Carlo.
_MAX_SKEW = 1.0


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
    policy: ScoringPolicy = DEFAULT_POLICY,
) -> tuple[float, float]:
    """Return the lower and upper bound of a fit, in points.

    Not symmetric about the score: misses can only have lowered it and false finds only have
    raised it. It always contains the score and lies within 0 and 100.

    Args:
        score: The fit.
        contributions: What it is made of, in the order of the role's requirements.
        evidence: What they were made from.
        role: The role with its requirements.
        policy: Its `spread`, `precision`, `recall` and `interval_z`.
    """
    sources = _points_by_source(contributions, evidence)
    change = _sum(
        (
            _Moments(variance=_weight_variance(score, contributions, role, policy.spread)),
            *_false_finds(sources.values(), policy),
            *_misses(len(sources), contributions, role, policy),
        )
    )
    low, high = _quantiles(change, policy.interval_z)
    return max(0.0, score + min(0.0, low)), min(100.0, score + max(0.0, high))


def _sum(parts: Iterable[_Moments]) -> _Moments:
    """Add independent changes: all three moments add up."""
    means, variances, thirds = zip(*parts, strict=True)
    return _Moments(fsum(means), fsum(variances), fsum(thirds))


def _quantiles(change: _Moments, z: float) -> tuple[float, float]:
    deviation = sqrt(change.variance)
    if not deviation:
        return change.mean, change.mean
    skew = min(_MAX_SKEW, max(-_MAX_SKEW, change.third / deviation**3))
    shift = (z * z - 1.0) / 6.0 * skew
    return change.mean + deviation * (shift - z), change.mean + deviation * (shift + z)


# --- the weights ----------------------------------------------------------------------------------


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


# --- the extractor --------------------------------------------------------------------------------


def _coin(chance: float, points: float) -> _Moments:
    """The moments of a change by `points` that happens with the chance, or does not."""
    spread = chance * (1.0 - chance)
    return _Moments(chance * points, spread * points**2, spread * (1 - 2 * chance) * points**3)


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


def _false_finds(points: Iterable[float], policy: ScoringPolicy) -> Iterator[_Moments]:
    return (_coin(1.0 - policy.precision, -lost) for lost in points)


def _misses(
    found: int,
    contributions: Sequence[Contribution],
    role: RoleProfile,
    policy: ScoringPolicy,
) -> Iterator[_Moments]:
    """Spread the skills that were probably missed over the open requirements, by their weight."""
    missed = (found * policy.precision + _FOUND_BESIDES) * (1.0 - policy.recall) / policy.recall
    mass = role.mass
    open_ones = [c for c in contributions if c.strength < 1.0]
    open_weight = fsum(c.weight for c in open_ones)
    for contribution in open_ones:
        chance = 1.0 - exp(-missed * contribution.weight / open_weight)
        yield _coin(chance, 100.0 * contribution.weight * (1.0 - contribution.strength) / mass)
