"""The fit and its gaps: cases, and the laws that hold for every resume."""

from __future__ import annotations

from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.extract.model import Mention, Stance
from skillgap.score.evidence import weigh
from skillgap.score.fit import assess, contribute, fit_score, fit_word, ladder_step, salary_note
from skillgap.score.model import Fit, FitWord, Gap, Now
from skillgap.score.policy import ScoringPolicy
from skillgap.taxonomy.load import load_taxonomy
from skillgap.taxonomy.model import Fact, Provenance, RoleProfile, Taxonomy
from skillgap.taxonomy.requirements import with_requirements
from tests.factories import held, mention, role, skill, small_taxonomy, taxonomy

EXACT = 1e-9


def fit(*skills: str, role_id: str = "mle", vocabulary: Taxonomy | None = None) -> Fit:
    """Assess a resume that holds the skills."""
    vocabulary = vocabulary or small_taxonomy()
    return assess(weigh(held(*skills), vocabulary), vocabulary.role(role_id), vocabulary)


def gaps(found: Fit) -> dict[str, Gap]:
    """Return the gaps by requirement."""
    return {gap.requirement: gap for gap in found.gaps}


def everything(profile: RoleProfile) -> list[str]:
    """Return one skill for each requirement."""
    return [requirement.skills[0] for requirement in profile.requirements]


# --- cases ----------------------------------------------------------------------------------------


def test_a_fit_is_the_share_of_the_weight_that_is_met() -> None:
    """Half of the weight is half of the points."""
    vocabulary = taxonomy([skill("a"), skill("b")], [role(shares={"a": 0.4, "b": 0.4})])

    assert fit("a", vocabulary=vocabulary).score == pytest.approx(50.0)


def test_an_implied_skill_meets_a_requirement_in_part() -> None:
    """MLflow is worth four fifths of MLOps."""
    found = {c.requirement: c for c in fit("mlflow").contributions}

    assert found["mlops"].strength == pytest.approx(0.8)
    assert found["mlops"].met_by == "mlops"


def test_the_strongest_of_substitutes_counts() -> None:
    """Two frameworks are worth as much as one."""
    one = fit("pytorch").contributions
    both = fit("pytorch", "tensorflow").contributions

    assert [c.points for c in one] == [c.points for c in both]


def test_the_word_for_all_substitutes_meets_the_requirement() -> None:
    """Who writes "BI tools" has one, QuickSight is one; nothing of it is asked for twice."""
    bundled = load_taxonomy()

    found = {s: fit(s, role_id="ds", vocabulary=bundled) for s in ("bi-tools", "quicksight")}

    assert "bi-tool" not in gaps(found["bi-tools"])
    assert gaps(found["quicksight"])["bi-tool"].now is Now.IMPLIED
    for profile in bundled.roles:
        umbrellas = {"bi-tools", "cloud-platforms", "dl-frameworks"}
        assert not umbrellas & profile.requirements_by_id.keys()


def test_any_substitute_meets_the_requirement() -> None:
    """TensorFlow closes the gap that PyTorch would close."""
    assert "dl-framework" not in gaps(fit("tensorflow"))


def test_an_unmet_requirement_has_no_skill() -> None:
    """Nothing met it, and nothing is said to have."""
    assert {c.met_by for c in fit().contributions} == {None}


@pytest.mark.parametrize(
    ("score", "word"),
    [
        pytest.param(0.0, FitWord.EARLY, id="nothing"),
        pytest.param(39.99, FitWord.EARLY, id="just early"),
        pytest.param(40.0, FitWord.PARTIAL, id="partial"),
        pytest.param(60.0, FitWord.STRONG, id="strong"),
        pytest.param(75.0, FitWord.BROAD, id="broad"),
        pytest.param(100.0, FitWord.BROAD, id="everything"),
    ],
)
def test_a_fit_in_a_word(score: float, word: FitWord) -> None:
    """A bound belongs to the better word."""
    assert fit_word(score) is word


def test_a_role_without_requirements_is_refused() -> None:
    """It was not computed: a score of 0 would be a lie."""
    with pytest.raises(ValueError, match="no requirements"):
        contribute({}, role())


@pytest.mark.parametrize(
    ("mentions", "now", "now_skill"),
    [
        pytest.param((), Now.MISSING, None, id="missing"),
        pytest.param(
            (mention("mlops", stance=Stance.NEGATED),), Now.NEGATED, "mlops", id="negated"
        ),
        pytest.param(
            (mention("mlops", stance=Stance.ASPIRED),), Now.ASPIRED, "mlops", id="aspired"
        ),
        pytest.param(
            (mention("mlops", stance=Stance.OF_OTHERS),), Now.OF_OTHERS, "mlops", id="of others"
        ),
        pytest.param(held("mlflow"), Now.IMPLIED, "mlops", id="implied"),
    ],
)
def test_a_gap_says_what_the_resume_shows_now(
    mentions: tuple[Mention, ...], now: Now, now_skill: str | None
) -> None:
    """Missing, planned and half there are told apart."""
    vocabulary = small_taxonomy()

    found = assess(weigh(mentions, vocabulary), vocabulary.role("mle"), vocabulary)

    assert (gaps(found)["mlops"].now, gaps(found)["mlops"].now_skill) == (now, now_skill)


def test_gaps_come_by_lift() -> None:
    """The gap that would raise the fit most is first."""
    found = fit("python")

    assert [g.lift for g in found.gaps] == sorted((g.lift for g in found.gaps), reverse=True)
    assert found.gaps[0].requirement == "machine-learning"


def test_a_gap_knows_its_rung() -> None:
    """The first rung that names a skill of the requirement."""
    profile = small_taxonomy().role("mle")

    steps = {r.id: ladder_step(r, profile) for r in profile.requirements}

    assert (steps["mlops"], steps["system-design"], steps["python"]) == (2, 3, None)


def test_pay_of_few_postings_is_shrunken_more() -> None:
    """The same premium in 40 postings says less than in 400."""
    profile = role(pay={"a": (200_000, 40), "b": (200_000, 400)}, base=(150_000, 1_000))
    vocabulary = taxonomy([skill("a"), skill("b")], [profile])
    requirements = vocabulary.role("mle").requirements_by_id

    few = salary_note(requirements["a"], profile)
    many = salary_note(requirements["b"], profile)

    assert few is not None
    assert many is not None
    assert 0.0 < few.premium < many.premium < 200_000 / 150_000 - 1.0


def test_pay_of_substitutes_is_that_of_the_commonest() -> None:
    """The note says which skill it speaks of."""
    profile = role(pay={"a": (200_000, 40), "b": (190_000, 400)})
    vocabulary = taxonomy([skill("a"), skill("b")], [profile], groups={"any": ["a", "b"]})

    note = salary_note(vocabulary.role("mle").requirements[0], profile)

    assert note is not None
    assert (note.skill, note.n) == ("b", 400)


def test_without_pay_there_is_no_note() -> None:
    """Nothing is made up where the sources are silent."""
    vocabulary = small_taxonomy()
    profile = vocabulary.role("mle")

    assert salary_note(profile.requirements_by_id["python"], profile) is None


def test_a_salary_prior_of_zero_believes_no_premium() -> None:
    """The policy can switch premiums off."""
    profile = small_taxonomy().role("mle")

    note = salary_note(profile.requirements_by_id["cpp"], profile, ScoringPolicy(salary_prior=0.0))

    assert note is not None
    assert note.premium == 0.0


# --- laws -----------------------------------------------------------------------------------------

some_skills = st.data()
laws = settings(deadline=None, max_examples=60)


def draw_resume(data: st.DataObject, vocabulary: Taxonomy) -> list[str]:
    """Draw the skills of a random resume, in a random order."""
    ids = [s.id for s in vocabulary.skills]
    return data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=40))


@laws
@given(data=some_skills)
def test_contributions_add_up_to_the_score(vocabulary: Taxonomy, data: st.DataObject) -> None:
    """Every point of a fit has a requirement, and every missing point a gap."""
    resume = draw_resume(data, vocabulary)

    for profile in vocabulary.roles:
        found = fit(*resume, role_id=profile.id, vocabulary=vocabulary)
        points = fsum(c.points for c in found.contributions)
        assert found.score == pytest.approx(points, abs=EXACT)
        assert fsum(g.lift for g in found.gaps) == pytest.approx(100.0 - points, abs=EXACT)
        assert found.score == fit_score(weigh(held(*resume), vocabulary), profile)
        assert [c.requirement for c in found.contributions] == [r.id for r in profile.requirements]


@laws
@given(data=some_skills)
def test_more_skills_never_lower_a_fit(vocabulary: Taxonomy, data: st.DataObject) -> None:
    """Whatever else a resume shows, no requirement is met less."""
    resume = draw_resume(data, vocabulary)
    cut = data.draw(st.integers(0, len(resume)))

    for profile in vocabulary.roles:
        less = fit(*resume[:cut], role_id=profile.id, vocabulary=vocabulary)
        more = fit(*resume, role_id=profile.id, vocabulary=vocabulary)
        assert 0.0 <= less.score <= more.score <= 100.0
        for before, after in zip(less.contributions, more.contributions, strict=True):
            assert before.points <= after.points


@laws
@given(data=some_skills)
def test_the_order_of_skills_does_not_matter(vocabulary: Taxonomy, data: st.DataObject) -> None:
    """The same skills in another order, named twice, are the same fit to the last digit."""
    resume = draw_resume(data, vocabulary)
    shuffled = data.draw(st.permutations(resume))

    one = fit(*resume, vocabulary=vocabulary)
    other = fit(*shuffled, *resume, vocabulary=vocabulary)

    assert one == other


@laws
@given(data=some_skills)
def test_closing_a_gap_gives_at_least_its_lift(vocabulary: Taxonomy, data: st.DataObject) -> None:
    """Learning what a gap names raises the fit by the lift, or more where it implies more."""
    resume = draw_resume(data, vocabulary)
    for profile in vocabulary.roles:
        before = fit(*resume, role_id=profile.id, vocabulary=vocabulary)
        if not before.gaps:
            continue
        gap = data.draw(st.sampled_from(before.gaps))
        learnt = profile.requirements_by_id[gap.requirement].skills[0]

        after = fit(*resume, learnt, role_id=profile.id, vocabulary=vocabulary)

        assert after.score >= before.score + gap.lift - EXACT
        assert gap.requirement not in gaps(after)


@laws
@given(data=some_skills)
def test_without_implication_a_lift_is_exact(vocabulary: Taxonomy, data: st.DataObject) -> None:
    """A what-if is a new score: the same number comes out both ways."""
    policy = ScoringPolicy(implication=0.0)
    resume = draw_resume(data, vocabulary)
    profile = data.draw(st.sampled_from(vocabulary.roles))
    before = assess(weigh(held(*resume), vocabulary, policy), profile, vocabulary, policy)
    if not before.gaps:
        return
    gap = data.draw(st.sampled_from(before.gaps))
    learnt = profile.requirements_by_id[gap.requirement].skills[0]

    evidence = weigh(held(*resume, learnt), vocabulary, policy)

    after = assess(evidence, profile, vocabulary, policy)
    assert after.score == pytest.approx(before.score + gap.lift, abs=EXACT)


@laws
@given(data=some_skills)
def test_the_nearest_skill_is_held(vocabulary: Taxonomy, data: st.DataObject) -> None:
    """Where to start from is something the person has."""
    resume = draw_resume(data, vocabulary)

    found = fit(*resume, vocabulary=vocabulary)

    assert {g.nearest for g in found.gaps} <= {*resume, None}


def test_an_empty_resume_scores_nothing(vocabulary: Taxonomy) -> None:
    """All is missing, and all of it is said to be."""
    for profile in vocabulary.roles:
        found = fit(role_id=profile.id, vocabulary=vocabulary)

        assert found.score == 0.0
        assert found.word is FitWord.EARLY
        assert len(found.gaps) == len(profile.requirements)
        assert {g.nearest for g in found.gaps} == {None}


def test_a_complete_resume_scores_a_hundred(vocabulary: Taxonomy) -> None:
    """One skill for every requirement leaves no gap."""
    for profile in vocabulary.roles:
        found = fit(*everything(profile), role_id=profile.id, vocabulary=vocabulary)

        assert found.score == pytest.approx(100.0, abs=EXACT)
        assert found.gaps == ()


def test_no_gap_is_the_other_roles_own(vocabulary: Taxonomy) -> None:
    """Power BI is never what an MLE lacks."""
    for one, other in (("mle", "ds"), ("ds", "mle")):
        own = {e.skill for e in vocabulary.role(other).exclusives}
        profile = vocabulary.role(one)
        for gap in fit(role_id=one, vocabulary=vocabulary).gaps:
            assert not own & set(profile.requirements_by_id[gap.requirement].skills)


def with_a_longer_tail(vocabulary: Taxonomy, more: int) -> Taxonomy:
    """Return the vocabulary with as many skills more that its roles list without a number."""
    skills = [skill(f"listed-{n}") for n in range(more)]
    listed = Fact(id="more", kind="task", text="More.", skills=tuple(s.id for s in skills))
    every = (*vocabulary.skills, *skills)
    roles = tuple(
        profile.model_copy(update={"facts": (*profile.facts, listed)})
        for profile in vocabulary.roles
    )
    grown = {"skills": every, "roles": with_requirements(roles, every, vocabulary.groups)}
    kept = {name: getattr(vocabulary, name) for name in Taxonomy.model_fields if name not in grown}
    return Taxonomy(**kept, **grown)


@pytest.fixture(scope="session", params=[1, 5, 50])
def longer(request: pytest.FixtureRequest) -> tuple[int, Taxonomy]:
    """Return the bundled vocabulary with a longer tail, and how much longer it is."""
    return request.param, with_a_longer_tail(load_taxonomy(), request.param)


@laws
@given(data=some_skills)
def test_growth_of_the_tail_hardly_moves_a_fit(
    longer: tuple[int, Taxonomy], data: st.DataObject
) -> None:
    """One skill more that a role only lists moves no fit by a quarter of a point, five by one.

    The tail is a tenth of a role's weight, however long it is. So a fit moves by no more than ten
    points times the part of the tail that is shown, times the part that is new: even fifty new
    ones cannot move it by more than that tenth.
    """
    vocabulary, (more, grown) = load_taxonomy(), longer
    resume = draw_resume(data, vocabulary)

    for profile in vocabulary.roles:
        before = fit(*resume, role_id=profile.id, vocabulary=vocabulary)
        after = fit(*resume, role_id=profile.id, vocabulary=grown)

        strengths = [
            c.strength
            for c, r in zip(before.contributions, profile.requirements, strict=True)
            if r.provenance is Provenance.TAIL
        ]
        tail = len(strengths)
        most = 10.0 * fsum(strengths) / tail * more / (tail + more)
        assert before.score - after.score == pytest.approx(most, abs=1e-6)
        assert most < {1: 0.25, 5: 1.0, 50: 10.0}[more]
