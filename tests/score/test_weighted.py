"""Evidence weighed by where, how long and how recently: the rule `weighted`, and its laws."""

from __future__ import annotations

from dataclasses import replace
from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.document.model import Span
from skillgap.extract.model import Mention
from skillgap.resume.model import Entry, EntryKind, MonthRange
from skillgap.score.evidence import weigh, weighted_strength, with_skills
from skillgap.score.fit import assess, fit_score
from skillgap.score.lean import lean
from skillgap.score.model import Evidence, Now, Shown
from skillgap.score.plan import plan_fit
from skillgap.score.policy import DEFAULT_POLICY, WEIGHTED_POLICY, Weighted
from skillgap.taxonomy.model import Taxonomy
from tests.factories import held, mention, skill, small_taxonomy, taxonomy

TODAY = 1_000
EXACT = 1e-9
laws = settings(deadline=None, max_examples=60)


def job(first: int, last: int, kind: EntryKind = EntryKind.JOB) -> Entry:
    """Return an entry that covers the months."""
    return Entry(kind, Span(0, 10), Span(0, 5), months=MonthRange(first, last))


TWO_YEARS_UNTIL_TODAY = job(TODAY - 23, TODAY)


# --- one skill ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        pytest.param(Evidence("a", shown=Shown.LISTED), 0.70, id="listed"),
        pytest.param(Evidence("a", shown=Shown.STUDIES), 0.75, id="in studies"),
        pytest.param(Evidence("a", shown=Shown.PROJECT), 0.80, id="in a project without dates"),
        pytest.param(Evidence("a", shown=Shown.JOB), 0.85, id="in a job without dates"),
        pytest.param(
            Evidence("a", shown=Shown.JOB, months_in_jobs=24, last_used=TODAY), 1.0, id="in full"
        ),
        pytest.param(
            Evidence("a", shown=Shown.JOB, months_in_jobs=12, last_used=TODAY - 36),
            0.85 + 0.15 * (0.5 * 0.5 + 0.5 * 0.5),
            id="half of the months, one half-life ago",
        ),
        pytest.param(
            Evidence("a", shown=Shown.PROJECT, months_in_projects=48, last_used=TODAY),
            1.0,
            id="more months than count",
        ),
    ],
)
def test_a_strength_starts_at_its_place_and_is_earned(evidence: Evidence, expected: float) -> None:
    """By half by months in dated work, by half by how recent it is."""
    assert weighted_strength(evidence, Weighted(), TODAY) == pytest.approx(expected)


def test_without_a_day_nothing_is_recent() -> None:
    """Who does not say what day it is gets no credit for recency, and no error."""
    evidence = Evidence("a", shown=Shown.JOB, months_in_jobs=24, last_used=TODAY)

    assert weighted_strength(evidence, Weighted(), None) == pytest.approx(0.925)


@laws
@given(
    place=st.sampled_from(Shown),
    better=st.sampled_from(Shown),
    months=st.integers(0, 400),
    more=st.integers(0, 100),
    age=st.integers(0, 400),
    fresher=st.integers(0, 400),
)
def test_more_evidence_never_weakens(
    place: Shown, better: Shown, months: int, more: int, age: int, fresher: int
) -> None:
    """A place that says more, more months, or a later use: never less, and always from 0 to 1."""
    one = Evidence("a", shown=place, months_in_jobs=months, last_used=TODAY - age)
    places = list(Shown)
    other = replace(
        one,
        shown=min(place, better, key=places.index),
        months_in_jobs=months + more,
        last_used=max(TODAY - age, TODAY - fresher),
    )
    undated = replace(one, months_in_jobs=0, last_used=None)

    weakest, weaker, stronger = (
        weighted_strength(e, Weighted(), TODAY) for e in (undated, one, other)
    )

    assert 0.0 < weakest <= weaker <= stronger <= 1.0


# --- many -----------------------------------------------------------------------------------------


def test_what_is_implied_is_as_strong_as_what_implies_it() -> None:
    """Strengths multiply from the held skill on."""
    words = taxonomy([skill("a"), skill("b")], implies=[("a", "b", 0.5)])

    found = weigh(held("a"), words, WEIGHTED_POLICY)

    assert found["b"].strength == pytest.approx(0.35)
    assert found["b"].chain == ("a", "b")


def test_a_weakly_held_skill_is_borne_out_by_a_stronger_one() -> None:
    """It counts as strongly as what implies it says, and is still held and no implication."""
    words = taxonomy([skill("a"), skill("b")], implies=[("a", "b", 0.9)])
    mentions = [mention("a", entry=0), mention("b", at=50)]

    found = weigh(mentions, words, WEIGHTED_POLICY, [TWO_YEARS_UNTIL_TODAY], today=TODAY)["b"]

    assert found.strength == pytest.approx(0.9)
    assert found.own == pytest.approx(0.7)
    assert found.held
    assert found.chain == ()


def test_a_weakly_held_skill_is_a_gap_of_its_own_kind() -> None:
    """What is missing of it is what could still be earned."""
    words = small_taxonomy()
    evidence = weigh(held("python"), words, WEIGHTED_POLICY)

    found = assess(evidence, words.role("mle"), words, WEIGHTED_POLICY)

    gap = next(gap for gap in found.gaps if gap.requirement == "python")
    assert (gap.now, gap.now_skill) == (Now.WEAK, "python")
    contribution = next(c for c in found.contributions if c.requirement == "python")
    assert gap.lift == pytest.approx(contribution.points / 0.7 * 0.3)


def draw(data: st.DataObject, words: Taxonomy) -> tuple[list[Mention], list[Entry]]:
    """Draw mentions of a random resume, each in a list or in one of some random entries."""
    ids = [s.id for s in words.skills]
    kinds = st.sampled_from([EntryKind.JOB, EntryKind.PROJECT, EntryKind.DEGREE])
    first = st.integers(TODAY - 200, TODAY)
    entries = data.draw(
        st.lists(
            st.builds(
                lambda k, a, n: job(a, min(TODAY, a + n), k), kinds, first, st.integers(0, 60)
            ),
            max_size=4,
        )
    )
    where = st.one_of(st.none(), st.integers(0, len(entries) - 1)) if entries else st.none()
    said = data.draw(st.lists(st.tuples(st.sampled_from(ids), where), max_size=30))
    return [mention(s, at=40 * n, entry=e) for n, (s, e) in enumerate(said)], entries


@laws
@given(data=st.data())
def test_more_mentions_never_lower_a_weighted_fit(
    vocabulary: Taxonomy, data: st.DataObject
) -> None:
    """Nor do they take it over the binary one; points and lifts add up; the order is nothing."""
    mentions, entries = draw(data, vocabulary)
    cut = data.draw(st.integers(0, len(mentions)))
    shuffled = data.draw(st.permutations(mentions))
    less, more, other = (
        weigh(said, vocabulary, WEIGHTED_POLICY, entries, today=TODAY)
        for said in (mentions[:cut], mentions, shuffled)
    )
    binary = weigh(mentions, vocabulary)

    for profile in vocabulary.roles:
        found = assess(more, profile, vocabulary, WEIGHTED_POLICY)
        low, high = found.interval
        assert 0.0 <= low <= found.score <= high <= 100.0
        assert fit_score(less, profile) <= found.score <= fit_score(binary, profile)
        assert found == assess(other, profile, vocabulary, WEIGHTED_POLICY)
        points = fsum(c.points for c in found.contributions)
        assert found.score == pytest.approx(points, abs=EXACT)
        assert fsum(g.lift for g in found.gaps) == pytest.approx(100.0 - points, abs=EXACT)


@laws
@given(data=st.data())
def test_what_lasts_until_today_counts_as_if_it_were_binary(
    vocabulary: Taxonomy, data: st.DataObject
) -> None:
    """Two years of work until today are all that the rule can ask for."""
    mentions, _ = draw(data, vocabulary)
    said = [replace(m, entry=0) for m in mentions]
    weighted = weigh(said, vocabulary, WEIGHTED_POLICY, [TWO_YEARS_UNTIL_TODAY], today=TODAY)
    binary = weigh(said, vocabulary, DEFAULT_POLICY, [TWO_YEARS_UNTIL_TODAY])

    assert dict(weighted) == dict(binary)


@laws
@given(data=st.data())
def test_a_weighted_what_if_is_what_re_scoring_gives(
    vocabulary: Taxonomy, data: st.DataObject
) -> None:
    """What is assumed counts as if it were used for years and today; plans promise the same."""
    mentions, entries = draw(data, vocabulary)
    evidence = weigh(mentions, vocabulary, WEIGHTED_POLICY, entries, today=TODAY)
    for profile in vocabulary.roles:
        found = assess(evidence, profile, vocabulary, WEIGHTED_POLICY)
        plan = plan_fit(found, profile, vocabulary, WEIGHTED_POLICY, target=60.0)

        for n, step in enumerate(plan.steps, start=1):
            learnt = [s.skill for s in plan.steps[:n]]
            assumed = with_skills(evidence, vocabulary, WEIGHTED_POLICY, learnt)
            said = [*mentions, *(mention(s, at=9_000, entry=len(entries)) for s in learnt)]
            again = weigh(
                said, vocabulary, WEIGHTED_POLICY, [*entries, TWO_YEARS_UNTIL_TODAY], today=TODAY
            )
            assert fit_score(assumed, profile) == pytest.approx(step.fit, abs=EXACT)
            assert fit_score(again, profile) == pytest.approx(step.fit, abs=EXACT)


@laws
@given(data=st.data())
def test_the_lean_does_not_ask_how_strongly(vocabulary: Taxonomy, data: st.DataObject) -> None:
    """What is held says which role, however it is shown; what it implies says a little less."""
    ids = [s.id for s in vocabulary.skills]
    chosen = data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=20))
    alone = replace(DEFAULT_POLICY, implication=0.0)
    one = lean(weigh(held(*chosen), vocabulary, alone), *vocabulary.roles[::-1], alone)
    weighted = replace(alone, evidence=WEIGHTED_POLICY.evidence)
    other = lean(weigh(held(*chosen), vocabulary, weighted), *vocabulary.roles[::-1], weighted)

    assert one.net_share == other.net_share
