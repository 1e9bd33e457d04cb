"""Two roles side by side."""

from __future__ import annotations

import pytest

from skillgap.score.overlap import overlap
from skillgap.taxonomy.load import load_taxonomy
from skillgap.taxonomy.model import Taxonomy
from tests.factories import role, skill, taxonomy


def test_shared_and_alone_are_all_that_either_asks_for(vocabulary: Taxonomy) -> None:
    """Each requirement stands in one list."""
    mle, ds = vocabulary.role("mle"), vocabulary.role("ds")

    found = overlap(mle, ds)

    shared, first, second = (
        {c.requirement for c in rows}
        for rows in (found.shared, found.only_first, found.only_second)
    )
    assert shared | first == set(mle.requirements_by_id)
    assert shared | second == set(ds.requirements_by_id)
    assert not first & second
    assert found.jaccard == pytest.approx(len(shared) / len(shared | first | second))


def test_swapping_the_roles_swaps_all_that_has_a_side(vocabulary: Taxonomy) -> None:
    """Exactly: no number hangs on who is named first."""
    one = overlap(vocabulary.role("mle"), vocabulary.role("ds"))
    other = overlap(vocabulary.role("ds"), vocabulary.role("mle"))

    assert (one.jaccard, one.weighted_jaccard) == (other.jaccard, other.weighted_jaccard)
    for ours, theirs in zip(one.contrasts, other.contrasts, strict=True):
        assert ours.requirement == theirs.requirement
        assert ours.weight_of_evidence == -theirs.weight_of_evidence
        assert ours.shares == theirs.shares[::-1]


def test_a_role_is_its_own_double(vocabulary: Taxonomy) -> None:
    """Everything is shared and nothing tells them apart."""
    found = overlap(vocabulary.role("mle"), vocabulary.role("mle"))

    assert found.jaccard == found.weighted_jaccard == 1.0
    assert {c.weight_of_evidence for c in found.contrasts} == {0.0}


def test_the_sharpest_contrast_comes_first() -> None:
    """By size, whichever way it points; what is only listed has no number."""
    shares = {"a": 0.5, "b": 0.3}
    vocabulary = taxonomy(
        [skill(s) for s in "abc"],
        [role("mle", shares=shares, listed=["c"]), role("ds", shares={"a": 0.1, "b": 0.25})],
    )

    found = overlap(*vocabulary.roles)

    assert [c.requirement for c in found.shared] == ["a", "b"]
    assert found.shared[0].numbers == (0.5, 0.1)
    assert found.only_first[0].numbers == (None, None)


def test_weighed_by_postings_the_roles_are_as_near_as_the_source_says() -> None:
    """D2 counts a Jaccard of 0.50 among the 30 skills most asked for in each role."""
    bundled = load_taxonomy()

    found = overlap(bundled.role("mle"), bundled.role("ds"))

    assert found.weighted_jaccard == pytest.approx(0.5, abs=0.05)
