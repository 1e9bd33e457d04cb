"""The way from one role to the other."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.score.crossing import plan_crossing
from skillgap.score.evidence import weigh, with_skills
from skillgap.score.lean import lean
from skillgap.score.model import Crossing
from skillgap.score.policy import DEFAULT_POLICY
from skillgap.taxonomy.load import load_taxonomy
from skillgap.taxonomy.model import Provenance, Taxonomy
from tests.factories import held

SCIENTIST = ("python", "r", "sql", "pandas", "statistics", "hypothesis-testing", "scikit-learn")
ENGINEER = (
    "cpp", "kubernetes", "docker", "ci-cd", "pytorch", "mlops", "system-design", "rag", "apis",
    "fine-tuning", "scalability", "model-training", "software-engineering", "deep-learning",
)  # fmt: skip


def crossed(*skills: str, start: str, to: str) -> Crossing:
    """Plan the crossing of a resume that holds the skills."""
    bundled = load_taxonomy()
    evidence = weigh(held(*skills), bundled)
    return plan_crossing(evidence, bundled.role(start), bundled.role(to), bundled)


def test_a_scientist_crosses_with_what_tells_engineers_apart() -> None:
    """Each step draws the net share, and the last one over the bound."""
    found = crossed(*SCIENTIST, start="ds", to="mle")

    assert found.steps
    shares = [found.net_share, *(step.net_share for step in found.steps)]
    assert shares == sorted(shares)
    assert shares[-2] < DEFAULT_POLICY.lean_bounds[0] <= shares[-1]


def test_who_shows_much_of_one_role_does_not_cross() -> None:
    """Nothing is unlearnt: what is held goes on speaking for the first role."""
    assert crossed(*ENGINEER, start="mle", to="ds").steps is None


def test_who_leans_there_already_needs_nothing() -> None:
    """The way is empty, not missing."""
    assert crossed(*ENGINEER, start="ds", to="mle").steps == ()


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_crossing_is_what_re_scoring_gives(vocabulary: Taxonomy, data: st.DataObject) -> None:
    """The net shares are those of the lean, and without any one step it is not reached."""
    ids = sorted(vocabulary.skills_by_id)
    resume = data.draw(st.lists(st.sampled_from(ids), max_size=10, unique=True))
    evidence = weigh(held(*resume), vocabulary)
    mle, ds = vocabulary.role("mle"), vocabulary.role("ds")

    found = plan_crossing(evidence, ds, mle, vocabulary)

    def net(skills: list[str]) -> float:
        assumed = with_skills(evidence, vocabulary, DEFAULT_POLICY, skills)
        return lean(assumed, mle, ds).net_share

    bound = DEFAULT_POLICY.lean_bounds[0]
    assert abs(found.net_share - net([])) < 1e-9
    numbered = [r for r in mle.requirements if r.provenance is not Provenance.TAIL]
    if found.steps is None:
        assert all(net([s]) < bound for r in numbered for s in r.skills)
        return
    learnt = [step.skill for step in found.steps]
    for number, step in enumerate(found.steps, start=1):
        assert abs(step.net_share - net(learnt[:number])) < 1e-9
    for left_out in learnt:
        assert net([s for s in learnt if s != left_out]) < bound
