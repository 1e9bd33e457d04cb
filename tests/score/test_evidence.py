"""Mentions into evidence."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.document.model import Span
from skillgap.extract.model import Mention, Method, Stance
from skillgap.resume.model import Entry, EntryKind, MonthRange, SectionKind
from skillgap.score.evidence import weigh
from skillgap.score.model import Shown
from skillgap.score.policy import ScoringPolicy
from skillgap.taxonomy.model import Taxonomy
from tests.factories import held, mention, skill, small_taxonomy, taxonomy

LETTERS = "abcdef"


def graph(*rows: tuple[str, str, float]) -> Taxonomy:
    """Return the skills a to f with the implications."""
    return taxonomy([skill(letter) for letter in LETTERS], implies=rows)


@pytest.mark.parametrize("method", list(Method))
def test_a_held_mention_counts_fully(method: Method) -> None:
    """However the skill was found, and however often."""
    found = weigh([mention("a", method=method), mention("a", at=30)], graph())

    assert found["a"].strength == 1.0
    assert found["a"].held
    assert len(found["a"].mentions) == 2


@pytest.mark.parametrize("stance", [s for s in Stance if s is not Stance.HELD])
def test_a_mention_that_is_not_held_is_kept_without_strength(stance: Stance) -> None:
    """What is planned, denied or another's is shown and does not count."""
    found = weigh([mention("a", stance=stance)], graph(("a", "b", 0.9)))

    assert list(found) == ["a"]
    assert found["a"].strength == 0.0
    assert not found["a"].held


def test_one_held_mention_outweighs_others() -> None:
    """A skill both held and planned is held."""
    found = weigh([mention("a", stance=Stance.ASPIRED), mention("a", at=30)], graph())

    assert found["a"].held


def test_no_mentions_no_evidence() -> None:
    """An empty resume shows nothing."""
    assert not weigh([], small_taxonomy())


def test_strength_is_multiplied_along_a_chain() -> None:
    """PyTorch implies deep learning, which implies machine learning."""
    found = weigh(held("pytorch"), small_taxonomy())

    assert found["machine-learning"].strength == pytest.approx(0.81)
    assert found["machine-learning"].chain == ("pytorch", "deep-learning", "machine-learning")
    assert not found["machine-learning"].held


def test_the_strongest_way_counts() -> None:
    """Two strong steps beat one weak one."""
    found = weigh(held("a"), graph(("a", "c", 0.5), ("a", "b", 0.9), ("b", "c", 0.9)))

    assert found["c"].chain == ("a", "b", "c")


def test_of_equal_ways_the_shortest_then_the_first_counts() -> None:
    """Ties are broken the same way every time."""
    rows = [("a", "f", 0.5), ("b", "f", 0.5), ("c", "d", 1.0), ("d", "f", 0.5)]

    for some in permutations(rows):
        found = weigh(held("c", "b", "a"), graph(*some))
        assert found["f"].chain == ("a", "f")


def test_a_circle_of_implications_ends() -> None:
    """Skills that imply each other fully do not run for ever."""
    found = weigh(held("a"), graph(("a", "b", 1.0), ("b", "a", 1.0)))

    assert found["a"].held
    assert found["b"].chain == ("a", "b")


def test_a_held_skill_needs_no_chain() -> None:
    """What is named is not explained by something else."""
    found = weigh(held("a", "b"), graph(("a", "b", 1.0)))

    assert found["b"].held


@pytest.mark.parametrize(
    ("implication", "expected"),
    [pytest.param(0.0, None, id="off"), pytest.param(0.5, 0.45, id="half")],
)
def test_implication_can_be_weakened(implication: float, expected: float | None) -> None:
    """The policy scales every step, down to nothing."""
    found = weigh(held("a"), graph(("a", "b", 0.9)), ScoringPolicy(implication=implication))

    assert (found["b"].strength if "b" in found else None) == expected


def test_mentions_are_kept_in_the_order_of_the_text() -> None:
    """Whatever order they come in."""
    found = weigh([mention("a", at=90), mention("a", at=5), mention("a", at=40)], graph())

    assert [m.span.start for m in found["a"].mentions] == [5, 40, 90]


@settings(deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from(LETTERS), st.sampled_from(LETTERS), st.floats(0.1, 1.0)),
        max_size=12,
    ),
    start=st.sets(st.sampled_from(LETTERS), min_size=1),
    order=st.randoms(use_true_random=False),
)
def test_evidence_is_the_best_product_over_all_ways(
    rows: list[tuple[str, str, float]], start: set[str], order: random.Random
) -> None:
    """The quick search finds what relaxing every row over and over finds, in any order."""
    slow = dict.fromkeys(start, 1.0)
    for _ in LETTERS:
        for one, other, strength in rows:
            slow[other] = max(slow.get(other, 0.0), slow.get(one, 0.0) * strength)
    mentions = list(held(*sorted(start)))
    order.shuffle(mentions)

    found = weigh(mentions, graph(*rows))

    assert {s: e.strength for s, e in found.items()} == {
        s: pytest.approx(x) for s, x in slow.items() if x > 0.0
    }
    assert list(found) == sorted(found)


# --- where, how long, how recently ----------------------------------------------------------------


def entry(kind: EntryKind, first: int, last: int) -> Entry:
    """Return an entry that covers the months."""
    return Entry(kind, Span(0, 10), Span(0, 5), months=MonthRange(first, last))


def test_months_of_jobs_and_projects_are_counted_apart_and_once() -> None:
    """Two jobs that overlap by three months, and a project; studies are neither."""
    entries = [
        entry(EntryKind.JOB, 10, 15),
        entry(EntryKind.JOB, 13, 20),
        entry(EntryKind.PROJECT, 30, 31),
        entry(EntryKind.DEGREE, 1, 40),
    ]
    mentions = [mention("a", at=30 * n, entry=n) for n in range(4)]
    found = weigh([*mentions, mention("a", at=500, entry=0)], graph(), entries=entries)["a"]

    assert (found.months_in_jobs, found.months_in_projects, found.last_used) == (11, 2, 31)
    assert found.shown is Shown.JOB


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (mention("a", section=SectionKind.EXPERIENCE), Shown.JOB),
        (mention("a", section=SectionKind.PROJECTS), Shown.PROJECT),
        (mention("a", section=SectionKind.EDUCATION), Shown.STUDIES),
        (mention("a", section=SectionKind.SKILLS), Shown.LISTED),
        (mention("a"), Shown.LISTED),
        (mention("a", entry=0, section=SectionKind.EDUCATION), Shown.STUDIES),
        (mention("a", stance=Stance.ASPIRED, section=SectionKind.EXPERIENCE), None),
    ],
)
def test_the_place_that_shows_most_is_named(said: Mention, shown: Shown | None) -> None:
    """A skill used in a job says more than one in a list."""
    found = weigh([said], graph(), entries=[entry(EntryKind.DEGREE, 1, 2)])["a"]

    assert found.shown is shown
    assert (found.months_in_jobs, found.last_used) == (0, None)


def test_entries_that_are_not_given_cost_nothing() -> None:
    """Who weighs mentions without their resume learns no place, and the same strength."""
    found = weigh([mention("a", entry=3)], graph())["a"]

    assert (found.strength, found.shown, found.months_in_jobs) == (1.0, Shown.LISTED, 0)
