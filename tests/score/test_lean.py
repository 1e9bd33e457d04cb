"""Which of two roles a resume looks like."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.extract.model import Stance
from skillgap.score.evidence import weigh
from skillgap.score.fit import assess
from skillgap.score.lean import lean, lean_word, shares, weight_of_evidence
from skillgap.score.model import Lean, LeanWord
from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy
from skillgap.taxonomy.load import load_taxonomy
from skillgap.taxonomy.model import RoleProfile, Taxonomy
from tests.factories import held, mention, role, skill, small_taxonomy, taxonomy

laws = settings(deadline=None, max_examples=60)


def leaning(*skills: str, vocabulary: Taxonomy | None = None, **policy: float) -> Lean:
    """Return the lean of a resume that holds the skills, from mle to ds."""
    vocabulary = vocabulary or small_taxonomy()
    evidence = weigh(held(*skills), vocabulary)
    return lean(
        evidence,
        vocabulary.role("mle"),
        vocabulary.role("ds"),
        ScoringPolicy(**policy),  # type: ignore[arg-type]
    )


def two_roles(first: RoleProfile, second: RoleProfile) -> tuple[RoleProfile, RoleProfile]:
    """Return both roles with requirements over the skills a to f."""
    skills = [skill(letter) for letter in "abcdef"]
    vocabulary = taxonomy(skills, [first, second], groups={"charts": ["e", "f"]})
    return vocabulary.role(first.id), vocabulary.role(second.id)


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        pytest.param("a", (0.6, 0.3), id="numbers for both"),
        pytest.param("b", (0.24, 0.05), id="a number for one, far above the other's bound"),
        pytest.param("c", (0.05, 0.10), id="listed without a number"),
        pytest.param("d", (0.05, 0.025), id="listed for one alone"),
        pytest.param("charts", (1 - 0.94 * 0.93, 1 - 0.88 * 0.86), id="substitutes, each censored"),
    ],
)
def test_the_share_of_a_requirement(requirement: str, expected: tuple[float, float]) -> None:
    """A number as it is, else a part of what the sources leave open."""
    first = role("mle", shares={"a": 0.6, "b": 0.24}, listed=["c", "d"])
    second = role("ds", shares={"a": 0.3, "c": 0.1, "e": 0.12, "f": 0.14})
    if requirement == "charts":
        first = role("mle", shares={"a": 0.6, "b": 0.24})
    elif requirement in "cd":
        first = role("mle", shares={"a": 0.6, "b": 0.1}, listed=["c", "d"])

    found = shares(requirement, *two_roles(first, second), DEFAULT_POLICY)

    assert found == pytest.approx(expected)


def test_listed_for_both_speaks_for_neither() -> None:
    """Without a number on either side there is nothing to compare."""
    first, second = two_roles(
        role("mle", shares={"a": 0.5}, listed=["d"]), role("ds", shares={"a": 0.1}, listed=["d"])
    )

    one, other = shares("d", first, second, DEFAULT_POLICY)

    assert weight_of_evidence(one, other, DEFAULT_POLICY) == 0.0


def test_no_evidence_no_lean() -> None:
    """An empty resume leans nowhere, and says so."""
    found = leaning()

    assert (found.role, found.net_share, found.word) == (None, 0.0, LeanWord.NONE)
    assert found.probability == 0.5


def test_evidence_for_both_is_balanced() -> None:
    """Python is asked for by both."""
    found = leaning("python")

    assert found.word is LeanWord.BALANCED
    assert found.role is None


@pytest.mark.parametrize(
    ("skills", "expected"),
    [
        pytest.param(["docker", "kubernetes", "mlops", "pytorch"], "mle", id="mle"),
        pytest.param(["tableau", "statistics", "sql"], "ds", id="ds"),
    ],
)
def test_the_role_it_leans_to(skills: list[str], expected: str) -> None:
    """What a role asks for more often draws the lean to it."""
    found = leaning(*skills)

    assert found.role == expected
    assert found.word is LeanWord.STRONG


@pytest.mark.parametrize("stance", [s for s in Stance if s is not Stance.HELD])
def test_only_what_is_held_counts(stance: Stance) -> None:
    """A planned skill says what somebody wants to be, not what they are."""
    vocabulary = small_taxonomy()
    evidence = weigh([mention("docker", stance=stance)], vocabulary)

    found = lean(evidence, vocabulary.role("mle"), vocabulary.role("ds"))

    assert found.word is LeanWord.NONE


@pytest.mark.parametrize("part", [0.0, 0.25, 0.5])
def test_implied_evidence_counts_as_the_policy_says(part: float) -> None:
    """MLflow implies MLOps, which counts in part."""
    found = {t.requirement: t for t in leaning("mlflow", lean_implied=part).terms}
    full = {t.requirement: t for t in leaning("mlops").terms}

    counted = found["mlops"].weight_of_evidence if "mlops" in found else 0.0
    assert counted == pytest.approx(part * 0.8 * full["mlops"].weight_of_evidence)


def test_a_narrow_tool_leans() -> None:
    """What no posting was counted for speaks through what it implies, more softly."""
    vocabulary = taxonomy(
        [skill("pytorch"), skill("timm"), skill("sql")],
        [role("mle", shares={"pytorch": 0.5}), role("ds", shares={"pytorch": 0.1, "sql": 0.4})],
        implies=[("timm", "pytorch", 0.9)],
    )

    narrow = leaning("timm", vocabulary=vocabulary)

    assert 0.0 < narrow.net_share < leaning("pytorch", vocabulary=vocabulary).net_share


def test_substitutes_count_once() -> None:
    """Two frameworks lean no more than one."""
    assert leaning("pytorch", "tensorflow").net_share == leaning("pytorch").net_share


def test_one_skill_is_no_strong_lean() -> None:
    """The prior keeps a short resume from looking decided."""
    found = leaning("docker", lean_min_fit=0.0)

    assert found.word in (LeanWord.SLIGHT, LeanWord.CLEAR)


@pytest.mark.parametrize(
    "skills",
    [
        pytest.param(["excel", "communication"], id="cook"),
        pytest.param(["excel", "collaboration", "presentations", "team-leadership"], id="nurse"),
    ],
)
def test_too_little_of_both_roles_is_no_lean(skills: list[str]) -> None:
    """A cook who presents and keeps spreadsheets is no data scientist."""
    found = leaning(*skills, vocabulary=load_taxonomy())

    assert found.net_share < -0.15
    assert (found.role, found.word) == (None, LeanWord.NONE)


@pytest.mark.parametrize(
    ("minimum", "word"),
    [pytest.param(11.0, LeanWord.CLEAR, id="enough"), pytest.param(12.0, LeanWord.NONE, id="not")],
)
def test_the_policy_says_what_is_too_little(minimum: float, word: LeanWord) -> None:
    """The better of the two fits, here between 11 and 12, is held against the minimum."""
    assert leaning("communication", "dashboards", lean_min_fit=minimum).word is word


def test_lean_is_not_monotone_in_fit() -> None:
    """SQL raises both fits of an MLE resume and draws its lean towards DS."""
    vocabulary = small_taxonomy()
    skills = ["python", "docker", "kubernetes", "pytorch"]
    for role_id in ("mle", "ds"):
        profile = vocabulary.role(role_id)
        before = assess(weigh(held(*skills), vocabulary), profile, vocabulary)
        after = assess(weigh(held(*skills, "sql"), vocabulary), profile, vocabulary)
        assert after.score > before.score

    assert leaning(*skills, "sql").net_share < leaning(*skills).net_share


@pytest.mark.parametrize(
    ("net_share", "word"),
    [
        pytest.param(0.0, LeanWord.BALANCED, id="nothing"),
        pytest.param(-0.15, LeanWord.SLIGHT, id="slight"),
        pytest.param(0.35, LeanWord.CLEAR, id="clear"),
        pytest.param(-1.0, LeanWord.STRONG, id="strong"),
    ],
)
def test_a_lean_in_a_word(net_share: float, word: LeanWord) -> None:
    """The word is for the size; the role gives the direction."""
    assert lean_word(net_share) is word


def test_a_role_without_measured_shares_can_be_compared() -> None:
    """A role of the user's own may only list skills."""
    first, second = two_roles(role("own", listed=["a", "b"]), role("ds", shares={"c": 0.5}))

    one, other = shares("a", first, second, DEFAULT_POLICY)

    assert one > other


# --- laws -----------------------------------------------------------------------------------------


@laws
@given(data=st.data())
def test_swapping_the_roles_swaps_the_signs(vocabulary: Taxonomy, data: st.DataObject) -> None:
    """Neither role has an advantage from being named first."""
    ids = [s.id for s in vocabulary.skills]
    resume = data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=40))
    evidence = weigh(held(*resume), vocabulary)
    mle, ds = vocabulary.role("mle"), vocabulary.role("ds")

    one, other = lean(evidence, mle, ds), lean(evidence, ds, mle)

    assert one.net_share == -other.net_share
    assert (one.role, one.word) == (other.role, other.word)
    assert one.probability + other.probability == pytest.approx(1.0, abs=1e-12)
    assert -1.0 <= one.net_share <= 1.0
    assert [t.weight_of_evidence for t in one.terms] == [-t.weight_of_evidence for t in other.terms]


# --- the bundled roles ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        pytest.param("ci-cd", 1.06, id="measured and censored"),
        pytest.param("system-design", 1.06, id="tiers"),
        pytest.param("kubernetes", 0.88, id="kubernetes"),
        pytest.param("dl-framework", 0.87, id="substitutes"),
        pytest.param("cpp", 0.83, id="implied and censored"),
        pytest.param("mlops", 0.76, id="measured for both"),
        pytest.param("machine-learning", 0.34, id="machine learning"),
        pytest.param("python", 0.04, id="python"),
        pytest.param("bi-tool", -0.60, id="substitutes, censored"),
        pytest.param("ab-testing", -0.82, id="implied for one, listed for the other"),
        pytest.param("sql", -0.84, id="sql"),
        pytest.param("statistics", -0.86, id="statistics"),
        pytest.param("communication", -0.87, id="communication"),
        pytest.param("data-visualization", -1.08, id="data visualization"),
    ],
)
def test_what_single_skills_say(requirement: str, expected: float) -> None:
    """The weights of evidence of the bundled roles, in nats towards MLE."""
    bundled = load_taxonomy()

    found = shares(requirement, bundled.role("mle"), bundled.role("ds"), DEFAULT_POLICY)

    assert weight_of_evidence(*found, DEFAULT_POLICY) == pytest.approx(expected, abs=0.01)


def test_no_skill_says_more_than_the_bound() -> None:
    """Kappa bounds a single skill: the largest is 1.1, a ratio of three."""
    bundled = load_taxonomy()
    mle, ds = bundled.role("mle"), bundled.role("ds")

    weights = [
        weight_of_evidence(*shares(requirement, mle, ds, DEFAULT_POLICY), DEFAULT_POLICY)
        for requirement in mle.requirements_by_id.keys() | ds.requirements_by_id.keys()
    ]

    assert max(abs(w) for w in weights) < 1.1
