"""Plans: the way to a fit holds what it promises, and no step of it is idle."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.score.evidence import weigh, with_skills
from skillgap.score.fit import assess, fit_score
from skillgap.score.model import Fit, Now, Plan
from skillgap.score.plan import default_target, plan_fit
from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy
from skillgap.taxonomy.load import load_taxonomy
from skillgap.taxonomy.model import Taxonomy
from tests.factories import held, role, skill, small_taxonomy, taxonomy

EXACT = 1e-9
laws = settings(max_examples=40, deadline=None)


def assessed(*skills: str, role_id: str = "mle", vocabulary: Taxonomy | None = None) -> Fit:
    """Assess a resume that holds the skills."""
    vocabulary = vocabulary or small_taxonomy()
    return assess(weigh(held(*skills), vocabulary), vocabulary.role(role_id), vocabulary)


def planned(
    *skills: str,
    role_id: str = "mle",
    vocabulary: Taxonomy | None = None,
    target: float | None = None,
    policy: ScoringPolicy = DEFAULT_POLICY,
) -> Plan:
    """Plan for a resume that holds the skills."""
    vocabulary = vocabulary or small_taxonomy()
    fit = assessed(*skills, role_id=role_id, vocabulary=vocabulary)
    return plan_fit(fit, vocabulary.role(role_id), vocabulary, policy, target=target)


def scored(skills: list[str], role_id: str, vocabulary: Taxonomy) -> float:
    """Score a resume that holds the skills."""
    return fit_score(weigh(held(*skills), vocabulary), vocabulary.role(role_id))


def draw_resume(data: st.DataObject, vocabulary: Taxonomy) -> list[str]:
    """Draw the skills of a resume."""
    ids = sorted(vocabulary.skills_by_id)
    return data.draw(st.lists(st.sampled_from(ids), max_size=12, unique=True), label="resume")


# --- cases ----------------------------------------------------------------------------------------


def test_the_first_step_is_what_adds_most_with_all_that_it_implies() -> None:
    """PyTorch brings deep learning and machine learning, and so comes before Python."""
    first = planned().steps[0]

    assert first.skill == "pytorch"
    assert first.gap.requirement == "dl-framework"
    assert [r.requirement for r in first.raises] == [
        "dl-framework",
        "machine-learning",
        "deep-learning",
    ]


def test_of_substitutes_the_most_asked_for_is_named() -> None:
    """Power BI and Tableau are worth the same; more postings name Power BI."""
    steps = planned(role_id="ds", target=100.0).steps

    assert "power-bi" in {step.skill for step in steps}
    assert "tableau" not in {step.skill for step in steps}


def test_a_rare_skill_that_implies_much_does_not_come_first() -> None:
    """What is learnt is what postings ask for; with the policy's word alone it is otherwise."""
    bundled = load_taxonomy()
    resume = ("python", "sql", "pandas", "statistics", "scikit-learn")

    skills = {s.skill for s in planned(*resume, vocabulary=bundled, target=60.0).steps}
    greedy = planned(
        *resume, vocabulary=bundled, target=60.0, policy=ScoringPolicy(plan_own=0.0)
    ).steps

    assert not skills & {"rlhf", "drift-detection"}
    assert {step.skill for step in greedy} & {"rlhf", "drift-detection"}


def test_a_target_that_is_reached_needs_nothing() -> None:
    """The steps are then the ones that add most after that."""
    plan = planned("pytorch", "python", target=10.0)

    assert plan.needed == 0
    assert plan.at_least == 0
    assert len(plan.steps) == 3


def test_without_a_target_there_are_three_first_steps() -> None:
    """Fewer only where there is nothing more to add."""
    everything = [r.skills[0] for r in small_taxonomy().role("mle").requirements]

    assert len(planned("python").steps) == 3
    assert planned(*everything).steps == ()


def test_a_step_knows_what_the_resume_shows_of_it_today() -> None:
    """Some things are to be learnt, others only to be said."""
    steps = {s.skill: s.gap.now for s in planned("mlflow", target=100.0).steps}

    assert steps["mlops"] is Now.IMPLIED
    assert steps["python"] is Now.MISSING


def test_what_came_later_can_make_an_early_step_idle() -> None:
    """Greedy takes a first; b and c are needed and cover it."""
    shares = {"a": 0.3, "b": 0.28, "c": 0.28, "a1": 0.15, "a2": 0.15}
    rows = [("a", "a1", 0.5), ("a", "a2", 0.5), ("b", "a1", 1.0), ("c", "a2", 1.0)]
    vocabulary = taxonomy([skill(s) for s in shares], [role(shares=shares)], implies=rows)

    plan = planned(vocabulary=vocabulary, target=70.0)

    assert {step.skill for step in plan.steps[: plan.needed]} == {"b", "c"}
    assert plan.needed == plan.at_least == 2


@pytest.mark.parametrize(
    ("score", "target"),
    [(0.0, 60.0), (45.0, 60.0), (60.0, 75.0), (74.9, 75.0), (75.0, None), (100.0, None)],
)
def test_the_default_target(score: float, target: float | None) -> None:
    """Strong, then broad; who is broad needs no target."""
    assert default_target(score) == target


@pytest.mark.parametrize("target", [-1.0, 100.1])
def test_a_target_that_is_no_fit_is_refused(target: float) -> None:
    """A fit is from 0 to 100."""
    with pytest.raises(ValueError, match="from 0 to 100"):
        planned(target=target)


# --- laws -----------------------------------------------------------------------------------------


@laws
@given(data=st.data())
def test_a_plan_is_what_re_scoring_gives(vocabulary: Taxonomy, data: st.DataObject) -> None:
    """To the last digit, after every step; and what it raises adds up to what it gains."""
    resume = draw_resume(data, vocabulary)
    target = data.draw(st.none() | st.floats(0.0, 100.0))
    for profile in vocabulary.roles:
        plan = planned(*resume, role_id=profile.id, vocabulary=vocabulary, target=target)

        learnt: list[str] = []
        for step in plan.steps:
            before = scored([*resume, *learnt], profile.id, vocabulary)
            learnt.append(step.skill)
            assert step.fit == scored([*resume, *learnt], profile.id, vocabulary)
            assert step.gain == step.fit - before > 0.0
            assert fsum(r.points for r in step.raises) == pytest.approx(step.gain, abs=EXACT)


@laws
@given(data=st.data())
def test_every_target_is_reached_and_no_step_can_be_left_out(
    vocabulary: Taxonomy, data: st.DataObject
) -> None:
    """Also 100: all that a role asks for can be learnt."""
    resume = draw_resume(data, vocabulary)
    target = data.draw(st.sampled_from([40.0, 60.0, 75.0, 100.0]) | st.floats(0.0, 100.0))
    for profile in vocabulary.roles:
        plan = planned(*resume, role_id=profile.id, vocabulary=vocabulary, target=target)
        way = [step.skill for step in plan.steps[: plan.needed]]

        assert scored([*resume, *way], profile.id, vocabulary) >= target - EXACT
        assert plan.at_least <= plan.needed
        for left_out in way:
            others = [s for s in way if s != left_out]
            assert scored([*resume, *others], profile.id, vocabulary) < target


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_no_set_is_smaller_than_the_bound(data: st.DataObject) -> None:
    """All sets of fewer skills than `at_least` fall short: tried, one by one."""
    vocabulary = small_taxonomy()
    resume = draw_resume(data, vocabulary)
    plan = planned(*resume, vocabulary=vocabulary, target=60.0)
    asked_for = sorted({s for r in vocabulary.role("mle").requirements for s in r.skills})

    for skills in combinations(asked_for, max(0, min(plan.at_least, 4) - 1)):
        if plan.at_least:
            assert scored([*resume, *skills], "mle", vocabulary) < 60.0


@laws
@given(data=st.data())
def test_a_plan_does_not_depend_on_the_order_of_the_resume(
    vocabulary: Taxonomy, data: st.DataObject
) -> None:
    """The same skills, the same plan."""
    resume = draw_resume(data, vocabulary)
    shuffled = data.draw(st.permutations(resume))

    one, other = (planned(*s, vocabulary=vocabulary, target=60.0) for s in (resume, shuffled))

    assert one == other


@laws
@given(data=st.data())
def test_what_if_equals_re_scoring(vocabulary: Taxonomy, data: st.DataObject) -> None:
    """Skills assumed are skills listed: the same strengths, by the same chains."""
    resume = draw_resume(data, vocabulary)
    assumed = draw_resume(data, vocabulary)

    found = with_skills(weigh(held(*resume), vocabulary), vocabulary, DEFAULT_POLICY, assumed)

    said = weigh(held(*resume, *(s for s in assumed if s not in resume)), vocabulary)
    assert list(found) == list(said)
    for id_, evidence in said.items():
        assert found[id_].strength == evidence.strength
        assert found[id_].chain == evidence.chain
        assert found[id_].shown == evidence.shown


@laws
@given(data=st.data())
def test_assuming_a_skill_never_lowers_a_fit(vocabulary: Taxonomy, data: st.DataObject) -> None:
    """Each further skill adds something, or nothing."""
    resume = draw_resume(data, vocabulary)
    assumed = draw_resume(data, vocabulary)
    evidence = weigh(held(*resume), vocabulary)
    for profile in vocabulary.roles:
        scores = [
            fit_score(with_skills(evidence, vocabulary, DEFAULT_POLICY, assumed[:n]), profile)
            for n in range(len(assumed) + 1)
        ]

        assert all(less <= more for less, more in pairwise(scores))
