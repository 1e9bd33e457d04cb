"""Ranking: the order, how sure it is, and what filters show of it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.batch.model import BatchRow, RoleResult
from skillgap.batch.rank import Filter, Ranked, rank, shown
from tests.batch.rows import scored, unscored

ROLES = ("mle", "ds")


def row(
    source: str,
    mle: float = 10.0,
    ds: float = 0.0,
    *,
    give: float = 0.0,
    held: tuple[str, ...] = (),
    lean: str = "",
    lean_word: str = "balanced",
) -> BatchRow:
    """Return the row of a file whose intervals go as far below the fits as above."""
    results = {
        role: RoleResult(score=s, low=s - give, high=s + give, word="early", gaps=())
        for role, s in (("mle", mle), ("ds", ds))
    }
    made = scored(source, mle, ds)
    return replace(made, results=results, held=held, lean=lean, lean_word=lean_word)


def places(ranking: tuple[Ranked, ...]) -> list[tuple[str, int | None]]:
    """Return each file with its rank."""
    return [(ranked.row.source, ranked.rank) for ranked in ranking]


# --- the order ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([], [], id="none"),
        pytest.param([row("a", 1, 2), row("b", 3, 0)], [("b", 1), ("a", 2)], id="better role"),
        pytest.param(
            [row("c", 1), row("b", 5, 1), row("a", 1, 5)],
            [("a", 1), ("b", 1), ("c", 3)],
            id="equal fits share a rank",
        ),
        pytest.param(
            [unscored("b"), row("c", 0), unscored("a")],
            [("c", 1), ("a", None), ("b", None)],
            id="not scored",
        ),
    ],
)
def test_best_first(rows: list[BatchRow], expected: list[tuple[str, int | None]]) -> None:
    """By fit, equal ones by name, those that were not scored at the end without a rank."""
    assert places(rank(rows, ROLES)) == expected


def test_the_role_that_ranked_a_file_is_told() -> None:
    """Of those asked for, the one it fits best; the first named when it fits both alike."""
    rows = [row("a", 1, 2), row("b", 3, 0), row("c", 0.5, 0.5)]

    assert [ranked.role for ranked in rank(rows, ROLES)] == ["mle", "ds", "mle"]
    assert places(rank(rows, ("ds",))) == [("a", 1), ("c", 2), ("b", 3)]


def test_who_lacks_a_must_have_comes_after_all_others() -> None:
    """However well it fits; what it lacks is told."""
    rows = [row("a", 90, held=("sql",)), row("b", 10, held=("docker", "sql")), row("c", 50)]

    ranking = rank(rows, ROLES, must=("docker", "sql"))

    assert places(ranking) == [("b", 1), ("a", 2), ("c", 3)]
    assert [ranked.lacks for ranked in ranking] == [(), ("docker",), ("docker", "sql")]


# --- how sure the order is ------------------------------------------------------------------------


def test_files_whose_intervals_overlap_with_the_first_are_one_tie_group() -> None:
    """78 to 82 and 74 to 78 touch; 69 to 73 is surely below the first, and starts a group."""
    rows = [row("a", 80, give=2), row("b", 76, give=2), row("c", 71, give=2), row("d", 69, give=2)]

    ranking = rank(rows, ROLES)

    assert [ranked.tie for ranked in ranking] == [1, 1, 2, 2]
    assert [(r.first_rank, r.last_rank) for r in ranking] == [(1, 2), (1, 2), (3, 4), (3, 4)]


def test_the_ranks_that_are_possible_count_who_is_surely_above_and_below() -> None:
    """A wide interval may end anywhere; a narrow one only where others let it."""
    rows = [row("a", 90), row("b", 50, give=45), row("c", 40), row("d", 1)]

    ranking = rank(rows, ROLES)

    assert [(r.first_rank, r.last_rank) for r in ranking] == [(1, 2), (1, 3), (2, 3), (4, 4)]


def test_the_percentile_counts_those_below_and_half_of_the_equal() -> None:
    """So that the middle of a batch is 50."""
    rows = [row("a", 1), row("b", 2), row("c", 2), row("d", 3)]

    assert [r.percentile for r in rank(rows, ROLES)] == [87.5, 50.0, 50.0, 12.5]


# --- duplicates -----------------------------------------------------------------------------------


def test_a_duplicate_names_the_better_file_and_takes_no_rank_from_others() -> None:
    """Two versions of one person's resume: the better one counts, the other is marked."""
    version = {"text_hash": "t"}
    rows = [
        replace(row("old.pdf", 60), **version),
        replace(row("new.pdf", 70), **version),
        row("other.pdf", 50),
    ]

    ranking = rank(rows, ROLES)

    assert places(ranking) == [("new.pdf", 1), ("old.pdf", 2), ("other.pdf", 2)]
    assert [ranked.duplicate_of for ranked in ranking] == ["", "new.pdf", ""]
    assert [ranked.percentile for ranked in ranking] == [75.0, 50.0, 25.0]


def test_copies_of_what_could_not_be_scored_are_marked_too() -> None:
    """One person's encrypted file that was sent in twice."""
    rows = [replace(unscored(name), sha256="1") for name in ("b.pdf", "a.pdf")]

    assert [r.duplicate_of for r in rank(rows, ROLES)] == ["", "a.pdf"]


# --- filters --------------------------------------------------------------------------------------

SOME = [
    row("a", 80, held=("docker", "sql"), lean="mle", lean_word="clear"),
    row("b", 70, held=("sql",), lean="ds", lean_word="slight"),
    row("c", 60, held=("docker",)),
    row("d", 5, lean_word="none"),
    unscored("e"),
]


@pytest.mark.parametrize(
    ("keep", "expected"),
    [
        pytest.param(Filter(), "abcde", id="none"),
        pytest.param(Filter(min_fit=70), "ab", id="fit"),
        pytest.param(Filter(has=("docker",)), "ac", id="has"),
        pytest.param(Filter(has=("docker", "sql")), "a", id="has both"),
        pytest.param(Filter(lacks=("docker",)), "bd", id="lacks: unread may hold it"),
        pytest.param(Filter(lacks=("docker", "sql")), "d", id="lacks both"),
        pytest.param(Filter(statuses=("encrypted",)), "e", id="status"),
        pytest.param(Filter(statuses=("encrypted", "ok")), "abcde", id="statuses"),
        pytest.param(Filter(lean="mle"), "a", id="lean"),
        pytest.param(Filter(lean="balanced"), "c", id="balanced"),
        pytest.param(Filter(lean="none"), "d", id="no lean"),
    ],
)
def test_a_filter_shows_what_it_says(keep: Filter, expected: str) -> None:
    """And changes no rank."""
    ranking = rank(SOME, ROLES)

    kept = shown(ranking, keep)

    assert "".join(ranked.row.source for ranked in kept) == expected
    assert all(ranked in ranking for ranked in kept)


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        pytest.param(1, ["a"], id="the best"),
        pytest.param(2, ["a", "a2", "b", "c"], id="with who shares the last rank, and duplicates"),
        pytest.param(9, ["a", "a2", "b", "c", "d"], id="more than there are"),
        pytest.param(0, [], id="none"),
    ],
)
def test_the_top_is_so_many_people(top: int, expected: list[str]) -> None:
    """A person's second file takes nobody's place."""
    one = replace(row("a", 90), text_hash="t")
    rows = [one, replace(row("a2", 85), text_hash="t"), row("b", 50), row("c", 50), row("d", 10)]

    kept = shown(rank([*rows, unscored("e")], ROLES), Filter(), top=top)

    assert [ranked.row.source for ranked in kept] == expected


# --- laws -----------------------------------------------------------------------------------------

FITS = st.integers(0, 20).map(float)
SKILLS = st.sets(st.sampled_from(["docker", "sql", "python"])).map(lambda s: tuple(sorted(s)))


@st.composite
def batches(draw: st.DrawFn) -> list[BatchRow]:
    """Draw rows of distinct names, some equal, some of one person, some not scored."""
    found = []
    for number in range(draw(st.integers(0, 10))):
        if draw(st.integers(0, 5)) == 0:
            found.append(unscored(f"{number}.pdf"))
            continue
        made = row(
            f"{number}.pdf",
            draw(FITS),
            draw(FITS),
            give=draw(st.sampled_from([0.0, 1.0, 5.0])),
            held=draw(SKILLS),
            lean_word=draw(st.sampled_from(["balanced", "none"])),
        )
        found.append(replace(made, text_hash=draw(st.sampled_from(["", "", "x", "y"]))))
    return found


FILTERS = st.builds(
    Filter,
    min_fit=st.none() | FITS,
    has=SKILLS,
    lacks=SKILLS,
    statuses=st.sampled_from([(), ("ok",), ("encrypted",)]),
    lean=st.sampled_from(["", "balanced", "none"]),
)


@settings(deadline=None)
@given(batches(), SKILLS, st.integers())
def test_the_order_of_the_files_does_not_matter(
    rows: list[BatchRow], must: tuple[str, ...], seed: int
) -> None:
    """Files are found in another order on another machine."""
    mixed = Random(seed).sample(rows, len(rows))  # noqa: S311  # no secret

    assert rank(mixed, ROLES, must=must) == rank(rows, ROLES, must=must)


@settings(deadline=None)
@given(batches(), SKILLS)
def test_places_hold_together(rows: list[BatchRow], must: tuple[str, ...]) -> None:
    """Ranks and tie groups never fall on the way down; each rank is one that is possible."""
    ranking = rank(rows, ROLES, must=must)
    places = [r for r in ranking if r.rank is not None]

    assert len(ranking) == len(rows)
    assert [r.rank for r in places] == sorted(r.rank for r in places if r.rank is not None)
    assert [r.tie for r in places] == sorted(r.tie for r in places if r.tie is not None)
    for ranked in places:
        assert ranked.first_rank is not None
        assert ranked.last_rank is not None
        assert ranked.first_rank <= (ranked.rank or 0) <= ranked.last_rank
        assert 0 <= (ranked.percentile or 0) <= 100
    equal = {(r.score, bool(r.lacks)): r for r in places}
    assert all(r.rank == equal[r.score, bool(r.lacks)].rank for r in places)


@settings(deadline=None)
@given(batches(), FITS)
def test_a_better_fit_never_ranks_lower(rows: list[BatchRow], more: float) -> None:
    """When one file gains and all else stays."""
    alone = [replace(r, text_hash="") for r in rows]
    before = {r.row.source: r.rank for r in rank(alone, ROLES)}

    for position, one in enumerate(alone):
        if one.status == "ok":
            result = one.results["mle"]
            better = replace(result, score=result.score + more, high=result.high + more)
            gained = replace(one, results={**one.results, "mle": better})
            ranking = rank([*alone[:position], gained, *alone[position + 1 :]], ROLES)
            after = {r.row.source: r.rank for r in ranking}
            assert (after[one.source] or 0) <= (before[one.source] or 0)


@settings(deadline=None)
@given(batches(), FILTERS, FILTERS)
def test_filters_compose(rows: list[BatchRow], one: Filter, other: Filter) -> None:
    """One after the other shows what both keep, whichever comes first, in the same order."""
    ranking = rank(rows, ROLES)

    both = [r for r in ranking if one.keeps(r) and other.keeps(r)]

    assert list(shown(shown(ranking, one), other)) == both
    assert list(shown(shown(ranking, other), one)) == both
    assert shown(shown(ranking, one), one) == shown(ranking, one)
