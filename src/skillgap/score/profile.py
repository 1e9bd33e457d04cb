"""A fit by area: how many of its points each group of skills could bring, and brings."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum
from typing import NamedTuple

from skillgap.score.model import Contribution
from skillgap.taxonomy.model import Requirement, RoleProfile, Taxonomy


class AreaShare(NamedTuple):
    """What one area is worth in a fit.

    Attributes:
        area: Id of the area.
        label: Its name.
        points: What its requirements add to the score.
        possible: What they would add if all were met; of all areas together 100.
    """

    area: str
    label: str
    points: float
    possible: float


def area_of(requirement: Requirement, taxonomy: Taxonomy) -> str:
    """Return the id of the area that a requirement counts to: that of its first skill."""
    return taxonomy.skill(requirement.skills[0]).area


def by_area(
    contributions: Iterable[Contribution], role: RoleProfile, taxonomy: Taxonomy
) -> tuple[AreaShare, ...]:
    """Add up contributions by the area of their first skill, the weightiest area first.

    Args:
        contributions: Those of a fit for the role.
        role: The role, with its requirements.
        taxonomy: Where areas and skills stand.
    """
    points: dict[str, list[float]] = {}
    weights: dict[str, list[float]] = {}
    for contribution in contributions:
        requirement = role.requirements_by_id[contribution.requirement]
        area = area_of(requirement, taxonomy)
        points.setdefault(area, []).append(contribution.points)
        weights.setdefault(area, []).append(requirement.weight)
    mass = role.mass
    shares = [
        AreaShare(
            area, taxonomy.areas_by_id[area].label, fsum(points[area]), 100.0 * fsum(each) / mass
        )
        for area, each in weights.items()
    ]
    return tuple(sorted(shares, key=lambda share: (-share.possible, share.area)))
