"""How sure a fit is: the bounds' laws, and the Monte Carlo they stand in for."""

from __future__ import annotations

import random
from math import exp, fsum, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.score.evidence import weigh
from skillgap.score.fit import assess, contribute
from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy
from skillgap.taxonomy.model import Provenance, RoleProfile, Taxonomy
from tests.factories import held, role, skill, small_taxonomy, taxonomy

laws = settings(deadline=None, max_examples=60)

SPREAD = {
    Provenance.MEASURED: DEFAULT_POLICY.spread.measured,
    Provenance.IMPLIED: DEFAULT_POLICY.spread.implied,
    Provenance.TIER: DEFAULT_POLICY.spread.tier,
    Provenance.TAIL: DEFAULT_POLICY.spread.tail,
}


def bounds(
    skills: list[str],
    vocabulary: Taxonomy,
    role_id: str = "mle",
    policy: ScoringPolicy = DEFAULT_POLICY,
) -> tuple[float, float]:
    """Return the interval of a resume that holds the skills."""
    evidence = weigh(held(*skills), vocabulary, policy)
    return assess(evidence, vocabulary.role(role_id), vocabulary, policy).interval


@laws
@given(data=st.data())
def test_the_interval_contains_the_score(vocabulary: Taxonomy, data: st.DataObject) -> None:
    """And it lies within 0 and 100."""
    ids = [s.id for s in vocabulary.skills]
    resume = data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=60))
    for profile in vocabulary.roles:
        found = assess(weigh(held(*resume), vocabulary), profile, vocabulary)

        low, high = found.interval
        assert 0.0 <= low <= found.score <= high <= 100.0


def test_an_empty_resume_is_nearly_sure_to_be_empty(vocabulary: Taxonomy) -> None:
    """From 0 to a little: something may have been missed."""
    low, high = bounds([], vocabulary)

    assert low == 0.0
    assert 0.0 < high < 20.0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("recall", 0.7, id="more is missed"),
        pytest.param("precision", 0.8, id="more is wrong"),
        pytest.param("interval_z", 2.58, id="more is to be covered"),
    ],
)
def test_worse_knowledge_widens_the_interval(field: str, value: float) -> None:
    """An interval is wider the less the extractor can be trusted."""
    skills = ["python", "sql", "docker", "pytorch"]
    policy = ScoringPolicy(**{field: value})  # type: ignore[arg-type]

    low, high = bounds(skills, small_taxonomy())
    worse_low, worse_high = bounds(skills, small_taxonomy(), policy=policy)

    assert worse_high - worse_low > high - low


def test_a_poor_parse_does_not_look_sure(vocabulary: Taxonomy) -> None:
    """What the reader warned of widens the interval; what says nothing of the text does not."""
    evidence = weigh(held("python", "sql", "docker", "pytorch"), vocabulary)
    profile = vocabulary.role("mle")
    fits = [
        assess(evidence, profile, vocabulary, odd=odd)
        for odd in ((), ("wrong-extension",), ("odd-order",), ("odd-order", "no-headings"))
    ]
    sure, also_sure, unsure, no_worse = (found.interval for found in fits)

    assert sure == also_sure
    assert unsure[0] < sure[0]
    assert unsure[1] > sure[1]
    assert unsure == no_worse
    assert len({found.score for found in fits}) == 1


def test_a_policy_may_ignore_a_poor_parse(vocabulary: Taxonomy) -> None:
    """Without warnings that matter, or with errors that are no larger, nothing widens."""
    evidence = weigh(held("python", "sql"), vocabulary)
    profile = vocabulary.role("mle")

    for policy in (ScoringPolicy(poor_parse=()), ScoringPolicy(poor_precision=1, poor_recall=1)):
        plain = assess(evidence, profile, vocabulary, policy)
        assert assess(evidence, profile, vocabulary, policy, odd=["ocr"]) == plain


def test_misses_push_up_and_false_finds_push_down() -> None:
    """With one kind of error alone, the interval reaches to one side."""
    skills = ["python", "sql", "docker", "pytorch"]
    vocabulary = small_taxonomy()
    score = assess(weigh(held(*skills), vocabulary), vocabulary.role("mle"), vocabulary).score

    low, high = bounds(skills, vocabulary, policy=ScoringPolicy(precision=1.0, recall=0.6))
    assert high - score > score - low

    low, high = bounds(skills, vocabulary, policy=ScoringPolicy(precision=0.6, recall=1.0))
    assert high - score < score - low


# --- the Monte Carlo ------------------------------------------------------------------------------


def simulate(
    skills: list[str], profile: RoleProfile, vocabulary: Taxonomy, draws: int
) -> tuple[float, float]:
    """Return the 5% and 95% quantiles of the fit over true resumes and true weights.

    A true resume lacks each held skill with the chance of a false find, and has the first skill
    of each open requirement with the chance of a miss; its evidence is weighed anew.
    """
    rng = random.Random(7)  # noqa: S311, a simulation that must repeat
    policy = DEFAULT_POLICY
    evidence = weigh(held(*skills), vocabulary)
    contributions = contribute(evidence, profile)
    open_ones = [
        (requirement.skills[0], c.weight)
        for requirement, c in zip(profile.requirements, contributions, strict=True)
        if c.strength < 1.0
    ]
    used = {(evidence[c.met_by].chain or (c.met_by,))[0] for c in contributions if c.met_by}
    missed = (len(used) * policy.precision + 1.0) * (1.0 - policy.recall) / policy.recall
    open_weight = fsum(weight for _, weight in open_ones)
    scores = []
    for _ in range(draws):
        true = [skill for skill in skills if rng.random() < policy.precision]
        true += [
            skill
            for skill, weight in open_ones
            if rng.random() < 1.0 - exp(-missed * weight / open_weight)
        ]
        scores.append(_score(true, profile, vocabulary, rng))
    scores.sort()
    return scores[draws // 20], scores[-draws // 20]


def _score(
    skills: list[str], profile: RoleProfile, vocabulary: Taxonomy, rng: random.Random
) -> float:
    met = contribute(weigh(held(*dict.fromkeys(skills)), vocabulary), profile)
    weights = [
        _logistic(log(r.weight / (1.0 - r.weight)) + rng.gauss(0.0, SPREAD[r.provenance]))
        for r in profile.requirements
    ]
    points = fsum(w * c.strength for w, c in zip(weights, met, strict=True))
    return 100.0 * points / fsum(weights)


def _logistic(x: float) -> float:
    return 1.0 / (1.0 + exp(-x))


@pytest.mark.parametrize("role_id", ["mle", "ds"])
@pytest.mark.parametrize(
    ("vocabulary", "size", "tolerance"),
    [
        pytest.param("small", 4, 5.0, id="a small vocabulary"),
        pytest.param("small", 14, 5.0, id="most of a small vocabulary"),
        pytest.param("bundled", 3, 7.0, id="hardly a resume"),
        pytest.param("bundled", 10, 3.0, id="a short resume"),
        pytest.param("bundled", 30, 3.0, id="a usual resume"),
        pytest.param("bundled", 60, 3.0, id="a long resume"),
        pytest.param("bundled", 110, 3.0, id="all that can be named"),
    ],
    indirect=["vocabulary"],
)
def test_the_closed_form_agrees_with_a_simulation(
    vocabulary: Taxonomy, role_id: str, size: int, tolerance: float
) -> None:
    """Moments stand in for thousands of draws, within a few points."""
    profile = vocabulary.role(role_id)
    ids = sorted({s for p in vocabulary.roles for r in p.requirements for s in r.skills})
    skills = random.Random(1).sample(ids, size)  # noqa: S311, a sample that must repeat
    score = assess(weigh(held(*skills), vocabulary), profile, vocabulary).score

    low, high = bounds(skills, vocabulary, role_id)

    simulated_low, simulated_high = simulate(skills, profile, vocabulary, draws=500)
    assert low == pytest.approx(min(simulated_low, score), abs=tolerance)
    assert high == pytest.approx(max(simulated_high, score), abs=tolerance)


def test_what_something_else_bears_out_is_less_in_doubt() -> None:
    """A second framework adds nothing to the fit, and takes away some of its doubt."""
    vocabulary = small_taxonomy()

    one_low, _ = bounds(["pytorch"], vocabulary)
    two_low, _ = bounds(["pytorch", "tensorflow"], vocabulary)

    assert two_low > one_low


def test_a_missed_skill_brings_what_it_implies() -> None:
    """Where an open requirement implies another one, more may have been missed."""
    skills = [skill("a"), skill("b"), skill("c")]
    roles = [role(shares={"a": 0.4, "b": 0.3, "c": 0.2})]
    alone = taxonomy(skills, roles)
    implying = taxonomy(skills, roles, implies=[("a", "b", 0.9)])

    _, high = bounds(["c"], alone)
    _, implying_high = bounds(["c"], implying)

    assert implying_high > high
