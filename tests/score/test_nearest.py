"""Where learning can start from."""

from __future__ import annotations

import pytest

from skillgap.score.nearest import Neighbourhood
from tests.factories import role, skill, taxonomy

VOCABULARY = taxonomy(
    [
        skill("jax", area="libraries", broader=["frameworks"]),
        skill("pytorch", area="libraries", broader=["frameworks"]),
        skill("frameworks", area="learning"),
        skill("keras", area="libraries", related=["jax"]),
        skill("numpy", area="libraries"),
        skill("pandas", area="libraries"),
        skill("aws", area="cloud"),
        skill("azure", area="platforms"),
        skill("tea", area="drinks"),
    ],
    [role(shares={"numpy": 0.2, "pandas": 0.3, "pytorch": 0.4, "aws": 0.5})],
    groups={"cloud": ["aws", "azure"]},
)


@pytest.mark.parametrize(
    ("skills", "held", "expected"),
    [
        pytest.param(["jax"], ["frameworks", "pytorch"], "frameworks", id="broader before sibling"),
        pytest.param(["frameworks"], ["pytorch", "numpy"], "pytorch", id="narrower"),
        pytest.param(["keras"], ["jax"], "jax", id="related, from the other side"),
        pytest.param(["jax"], ["pytorch", "numpy"], "pytorch", id="sibling before area"),
        pytest.param(["azure"], ["aws"], "aws", id="substitute"),
        pytest.param(["jax"], ["numpy", "pandas"], "pandas", id="area, the heaviest"),
        pytest.param(["jax"], ["frameworks", "keras"], "frameworks", id="equals, by id"),
        pytest.param(["tea"], ["numpy", "aws"], None, id="nothing near"),
        pytest.param(["jax"], [], None, id="nothing held"),
        pytest.param(["aws", "jax"], ["azure"], "azure", id="any of several"),
    ],
)
def test_the_nearest_held_skill(skills: list[str], held: list[str], expected: str | None) -> None:
    """Fewest links first, then the area; the heaviest among equals."""
    neighbourhood = Neighbourhood(VOCABULARY, VOCABULARY.role("mle"))

    assert neighbourhood.nearest(skills, held, hops=2) == expected


def test_links_reach_as_far_as_they_may() -> None:
    """With one step a sibling is found by its area only."""
    neighbourhood = Neighbourhood(VOCABULARY, VOCABULARY.role("mle"))

    assert neighbourhood.nearest(["jax"], ["pytorch", "pandas"], hops=0) == "pytorch"
    assert neighbourhood.nearest(["azure"], ["aws"], hops=0) is None
