"""Two invented resumes against the bundled roles: the level and the order of what comes out.

The skills are given, not read, and the implications are the example's own, so that only the
weights and the scoring are under test: the bundled table of implications may grow without moving
a level here.
"""

from __future__ import annotations

from functools import cache

import pytest

from skillgap.score.evidence import weigh
from skillgap.score.fit import assess
from skillgap.score.lean import lean
from skillgap.score.model import Fit, Lean, LeanWord, Now
from skillgap.taxonomy.load import load_taxonomy
from skillgap.taxonomy.model import Implication, Taxonomy
from tests.factories import held

ENGINEER = """
python cpp pytorch docker kubernetes ci-cd aws mlflow fine-tuning rag apis model-deployment
drift-detection feature-store distributed-training sql system-design code-review
"""
SCIENTIST = """
python r sql pandas tableau ab-testing causal-inference hypothesis-testing scikit-learn xgboost
forecasting jupyter presentations dashboards excel storytelling churn-modeling aws
"""

IMPLICATIONS = (
    ("pytorch", "deep-learning", 0.9),
    ("tensorflow", "deep-learning", 0.9),
    ("deep-learning", "machine-learning", 0.9),
    ("scikit-learn", "machine-learning", 0.8),
    ("xgboost", "machine-learning", 0.8),
    ("docker", "containerization", 0.9),
    ("kubernetes", "containerization", 0.9),
    ("mlflow", "mlops", 0.8),
    ("mlflow", "mlops-platforms", 1.0),
    ("drift-detection", "model-monitoring", 0.9),
    ("drift-detection", "mlops", 0.6),
    ("model-deployment", "mlops", 0.6),
    ("rag", "generative-ai", 0.9),
    ("fine-tuning", "generative-ai", 0.8),
    ("fine-tuning", "model-training", 0.8),
    ("rag", "llm", 0.9),
    ("rlhf", "llm", 0.9),
    ("distributed-training", "model-training", 0.9),
    ("distributed-training", "distributed-systems", 0.6),
    ("hypothesis-testing", "statistics", 0.9),
    ("causal-inference", "statistics", 0.8),
    ("ab-testing", "experimentation", 0.9),
    ("tableau", "data-visualization", 0.9),
    ("dashboards", "data-visualization", 0.8),
    ("power-bi", "data-visualization", 0.9),
    ("storytelling", "communication", 0.9),
    ("presentations", "communication", 0.7),
    ("pandas", "data-manipulation", 0.9),
    ("code-review", "software-engineering", 0.5),
    ("feature-store", "ml-pipelines", 0.7),
    ("churn-modeling", "predictive-modeling", 0.9),
)


@cache
def vocabulary() -> Taxonomy:
    """Return the bundled taxonomy with the example's implications."""
    bundled = load_taxonomy()
    fields = {name: getattr(bundled, name) for name in Taxonomy.model_fields}
    rows = (Implication(skill=a, implies=b, strength=strength) for a, b, strength in IMPLICATIONS)
    return Taxonomy(**{**fields, "implications": tuple(rows)})


@cache
def fit(skills: str, role_id: str) -> Fit:
    words = vocabulary()
    return assess(weigh(held(*skills.split()), words), words.role(role_id), words)


def leaning(skills: str) -> Lean:
    words = vocabulary()
    evidence = weigh(held(*skills.split()), words)
    return lean(evidence, words.role("mle"), words.role("ds"))


def everything(role_id: str) -> str:
    return " ".join(r.skills[0] for r in vocabulary().role(role_id).requirements)


@pytest.mark.parametrize(
    ("skills", "role_id", "expected"),
    [
        pytest.param(ENGINEER, "mle", 70, id="engineer as mle"),
        pytest.param(ENGINEER, "ds", 42, id="engineer as ds"),
        pytest.param(SCIENTIST, "mle", 26, id="scientist as mle"),
        pytest.param(SCIENTIST, "ds", 63, id="scientist as ds"),
    ],
)
def test_the_level_of_a_fit(skills: str, role_id: str, expected: float) -> None:
    """A good resume fits its own role strongly and the other in part."""
    found = fit(skills, role_id)

    assert found.score == pytest.approx(expected, abs=3)
    assert found.interval[1] - found.interval[0] < 25


@pytest.mark.parametrize(
    ("skills", "role_id"),
    [pytest.param(ENGINEER, "mle", id="mle"), pytest.param(SCIENTIST, "ds", id="ds")],
)
def test_the_lean_of_a_good_resume(skills: str, role_id: str) -> None:
    """It leans to its own role, strongly."""
    found = leaning(skills)

    assert (found.role, found.word) == (role_id, LeanWord.STRONG)


@pytest.mark.parametrize(
    ("skills", "role_id", "expected"),
    [
        pytest.param(ENGINEER, "mle", ["algorithms", "data-pipelines", "statistics"], id="mle"),
        pytest.param(SCIENTIST, "ds", ["dl-framework", "algorithms", "data-quality"], id="ds"),
        pytest.param(SCIENTIST, "mle", ["dl-framework", "ci-cd", "mlops"], id="on the way to mle"),
    ],
)
def test_the_largest_gaps(skills: str, role_id: str, expected: list[str]) -> None:
    """What most postings of the role ask for and the resume lacks comes first."""
    found = fit(skills, role_id)

    largest = [gap.requirement for gap in found.gaps[:10]]
    assert set(expected) <= set(largest)


def test_machine_learning_is_implied_by_its_tools() -> None:
    """The engineer never writes it, and gets most of it."""
    found = fit(ENGINEER, "mle")

    points = {c.requirement: c for c in found.contributions}["machine-learning"]
    assert 0.5 < points.strength < 1.0
    gap = next(g for g in found.gaps if g.requirement == "machine-learning")
    assert gap.now is Now.IMPLIED


@pytest.mark.parametrize(
    ("own", "other"), [pytest.param("mle", "ds", id="mle"), pytest.param("ds", "mle", id="ds")]
)
def test_a_complete_profile_is_no_complete_other_profile(own: str, other: str) -> None:
    """All that one role asks for is about two thirds of the other, and leans to the first."""
    skills = everything(own)

    assert fit(skills, own).score == pytest.approx(100.0)
    assert 55 < fit(skills, other).score < 80
    assert leaning(skills).role == own


def test_premiums_of_few_postings_fall_behind() -> None:
    """RLHF has the highest median and 39 postings; JAX, with 101, comes out ahead."""
    premiums = {
        gap.salary.skill: gap.salary.premium
        for gap in fit("", "mle").gaps
        if gap.salary is not None
    }

    assert premiums["jax"] > premiums["rlhf"] > premiums["cpp"] > 0.0
    assert premiums["rlhf"] == pytest.approx(0.131, abs=0.005)
