"""What a skill brings with it."""

from __future__ import annotations

from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy
from skillgap.score.reach import Reach, reach_of
from skillgap.taxonomy.model import Taxonomy
from tests.factories import skill, small_taxonomy, taxonomy


def test_a_skill_brings_itself_and_what_follows() -> None:
    """Strengths multiply along the chain."""
    found = Reach(small_taxonomy(), implication=1.0).of("pytorch")

    assert {s: round(way.strength, 3) for s, way in found.items()} == {
        "pytorch": 1.0,
        "deep-learning": 0.9,
        "machine-learning": 0.81,
    }
    assert found["machine-learning"].chain == ("pytorch", "deep-learning", "machine-learning")


def test_the_strongest_way_counts() -> None:
    """A weak step straight ahead loses against two strong ones; a circle ends."""
    rows = [("a", "c", 0.5), ("a", "b", 0.9), ("b", "c", 0.9), ("c", "a", 1.0)]
    vocabulary = taxonomy([skill("a"), skill("b"), skill("c")], implies=rows)

    found = Reach(vocabulary, implication=1.0).of("a")

    assert found["c"].chain == ("a", "b", "c")
    assert found["a"].chain == ("a",)


def test_without_implication_a_skill_brings_only_itself() -> None:
    """The policy can switch implication off."""
    assert set(Reach(small_taxonomy(), implication=0.0).of("pytorch")) == {"pytorch"}


def test_every_taxonomy_and_policy_has_its_own_reach() -> None:
    """A reach is made once, and never given out for another taxonomy that is equal to its own."""
    one = small_taxonomy()
    other = Taxonomy(**{name: getattr(one, name) for name in Taxonomy.model_fields})
    policy = ScoringPolicy(implication=0.5)

    assert reach_of(one, DEFAULT_POLICY) is reach_of(one, DEFAULT_POLICY)
    assert reach_of(one, DEFAULT_POLICY) is not reach_of(other, DEFAULT_POLICY)
    assert reach_of(one, policy).of("mlflow")["mlops"].strength == 0.4
