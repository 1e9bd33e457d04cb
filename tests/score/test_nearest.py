"""Where learning can start from."""

from __future__ import annotations

import pytest

from skillgap.score.nearest import Neighbourhood
from tests.factories import role, skill, taxonomy

VOCABULARY = taxonomy(
    [
        skill("jax", area="libraries", broader=["frameworks"]),
        skill("pytorch", area="libraries", broader=["frameworks"]),
        skill("frameworks", area="libraries", broader=["software"]),
        skill("keras", area="libraries", related=["jax"]),
        skill("numpy", area="libraries"),
        skill("software", area="libraries"),
        skill("charts", area="charts", broader=["talks"]),
        skill("posters", area="print", broader=["talks"]),
        skill("talks", area="people", related=["letters"]),
        skill("letters", area="people"),
        *(skill(f"cup-{letter}", area="cups", broader=["cups"]) for letter in "abcde"),
        skill("cups", area="cups"),
    ],
    [role(shares={"numpy": 0.2, "pytorch": 0.4, "cup-b": 0.3})],
)


@pytest.mark.parametrize(
    ("skills", "expected"),
    [
        pytest.param(["jax"], ["frameworks", "keras", "pytorch", "software"], id="by distance"),
        pytest.param(["frameworks"], ["pytorch", "jax", "software"], id="the heaviest first"),
        pytest.param(["keras"], ["jax"], id="related, from the other side"),
        pytest.param(["charts"], ["talks"], id="no sibling of another area"),
        pytest.param(["talks"], ["letters"], id="no part of another area"),
        pytest.param(["numpy"], [], id="nothing by the area alone"),
        pytest.param(["jax", "pytorch"], ["frameworks", "keras", "software"], id="any of several"),
    ],
)
def test_what_is_near(skills: list[str], expected: list[str]) -> None:
    """Neighbours first, then siblings and what is broader still, within the area."""
    neighbourhood = Neighbourhood(VOCABULARY, VOCABULARY.role("mle"), most_siblings=4)

    assert list(neighbourhood.near(skills)) == expected


@pytest.mark.parametrize(
    ("most_siblings", "expected"),
    [
        pytest.param(4, ["cups"], id="too many"),
        pytest.param(5, ["cups", "cup-b", "cup-c", "cup-d", "cup-e"], id="just few enough"),
    ],
)
def test_parts_of_what_has_many_parts_are_not_near(most_siblings: int, expected: list[str]) -> None:
    """Two parts of something large may have nothing else in common."""
    neighbourhood = Neighbourhood(VOCABULARY, VOCABULARY.role("mle"), most_siblings)

    assert list(neighbourhood.near(["cup-a"])) == expected
