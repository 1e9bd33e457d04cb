"""Two roles side by side: what both ask for, what one asks for alone, where they differ most."""

from __future__ import annotations

from math import fsum

from skillgap.score.lean import shares, weight_of_evidence
from skillgap.score.model import Contrast, Overlap
from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy
from skillgap.taxonomy.model import Provenance, RoleProfile


def overlap(
    first: RoleProfile, second: RoleProfile, policy: ScoringPolicy = DEFAULT_POLICY
) -> Overlap:
    """Hold two roles against each other.

    Swapping the roles swaps all that has a side. Jaccard is symmetric and punishes what one of
    two has more, so it is good for roles and not for resumes.

    Args:
        first: The role that positive contrasts speak for.
        second: The role that negative ones speak for.
        policy: The `lean_` fields: the contrasts are those of the lean.
    """
    ids = sorted(first.requirements_by_id.keys() | second.requirements_by_id.keys())
    contrasts = [_contrast(requirement, first, second, policy) for requirement in ids]
    contrasts.sort(key=lambda c: (-abs(c.weight_of_evidence), c.requirement))
    both = first.requirements_by_id.keys() & second.requirements_by_id.keys()
    ones, others = _estimates(contrasts, 0), _estimates(contrasts, 1)
    return Overlap(
        first=first.id,
        second=second.id,
        shared=_of(contrasts, both),
        only_first=_of(contrasts, first.requirements_by_id.keys() - both),
        only_second=_of(contrasts, second.requirements_by_id.keys() - both),
        jaccard=len(both) / len(ids) if ids else 0.0,
        weighted_jaccard=_ratio(fsum(map(min, ones, others)), fsum(map(max, ones, others))),
    )


def _contrast(
    requirement: str, first: RoleProfile, second: RoleProfile, policy: ScoringPolicy
) -> Contrast:
    estimates = shares(requirement, first, second, policy)
    return Contrast(
        requirement=requirement,
        numbers=(_number(requirement, first), _number(requirement, second)),
        shares=estimates,
        weight_of_evidence=weight_of_evidence(*estimates, policy),
    )


def _number(requirement: str, role: RoleProfile) -> float | None:
    found = role.requirements_by_id.get(requirement)
    return None if found is None or found.provenance is Provenance.TAIL else found.weight


def _of(contrasts: list[Contrast], ids: set[str]) -> tuple[Contrast, ...]:
    return tuple(contrast for contrast in contrasts if contrast.requirement in ids)


def _estimates(contrasts: list[Contrast], side: int) -> list[float]:
    return [contrast.shares[side] for contrast in contrasts]


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
