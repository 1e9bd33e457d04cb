"""Rates by category: as the rules count them, and as fairlearn counts them."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import StringIO
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillgap.batch.audit import (
    Audit,
    Category,
    CategoryTable,
    SelectionRule,
    audit,
)
from skillgap.batch.audit_text import NOT_INDEPENDENT, render_audit
from skillgap.batch.choice import AuditFormat
from skillgap.batch.groups import Groups, parse_groups
from skillgap.batch.model import BatchRow
from skillgap.batch.rank import rank
from tests.batch.rows import scored, unscored

# Scores 90, 80, ... 0: the median is 45.
ROWS = [scored(f"{n}.pdf", 10.0 * n) for n in range(10)]


def by_number(*names: str, head: str = "file,sex") -> Groups:
    """Put the files 0.pdf, 1.pdf ... into categories in this order."""
    lines = (f"{number}.pdf,{name}" for number, name in enumerate(names))
    return parse_groups("\n".join([head, *lines, ""]), "groups.csv")


def only_table(result: Audit) -> CategoryTable:
    """Return the table of an audit that has one."""
    (role,) = result.roles
    (table,) = role.tables
    return table


def category(result: Audit, name: str) -> Category:
    """Return a category of an audit with one table."""
    return next(c for c in only_table(result).categories if c.name == (name,))


# --- what the rules say ---------------------------------------------------------------------------


def test_rates_are_shares_of_a_categorys_applicants() -> None:
    """Five of each: of the men 4 are selected, of the women 1."""
    groups = by_number(*["f", "f", "f", "f", "m", "m", "m", "m", "m", "f"])

    found = audit(ROWS, groups, ["mle"], rule=SelectionRule(min_fit=50))

    men, women = category(found, "m").selection, category(found, "f").selection
    assert men is not None
    assert women is not None
    assert (men.count, men.rate, men.impact_ratio) == (4, 0.8, 1.0)
    assert (women.count, women.rate, women.impact_ratio) == (1, 0.2, 0.25)
    assert women.below_four_fifths
    assert not men.below_four_fifths
    assert men.ratio_interval is None


def test_scoring_counts_who_is_above_the_median() -> None:
    """A score that is the median is not above it."""
    rows = [scored(f"{n}.pdf", score) for n, score in enumerate([10, 20, 20, 20, 90])]
    groups = by_number("a", "a", "b", "b", "b")

    found = audit(rows, groups, ["mle"])

    (role,) = found.roles
    assert role.median == 20
    assert category(found, "a").scoring.count == 0
    assert category(found, "b").scoring.count == 1
    assert category(found, "a").selection is None


def test_zero_may_be_the_median() -> None:
    """A run in which most score nothing still has people above its median."""
    rows = [scored(f"{n}.pdf", score) for n, score in enumerate([0, 0, 0, 5])]

    found = audit(rows, by_number("a", "a", "b", "b"), ["mle"])

    assert category(found, "b").scoring.count == 1


def test_the_best_are_selected_with_all_who_tie() -> None:
    """Nothing in the scores parts the second from the third."""
    rows = [scored(f"{n}.pdf", score) for n, score in enumerate([50, 40, 40, 30])]

    found = audit(rows, by_number("a", "a", "b", "b"), ["mle"], rule=SelectionRule(top=2))

    (role,) = found.roles
    assert (role.selected, role.lowest_selected) == (3, 40)


def test_exactly_four_fifths_is_not_below() -> None:
    """4 of 10 against 5 of 10, which floating point would get wrong for some pairs."""
    rows = [
        scored(f"{n}.pdf", 100 if n in {0, 1, 2, 3, 10, 11, 12, 13, 14} else 0) for n in range(20)
    ]
    groups = by_number(*["a"] * 10, *["b"] * 10)

    found = audit(rows, groups, ["mle"], rule=SelectionRule(min_fit=50))

    assert category(found, "a").selection.impact_ratio == pytest.approx(0.8)
    assert not category(found, "a").selection.below_four_fifths


def test_unknown_is_counted_and_in_no_rate() -> None:
    """Who is not in the table of groups, or did not say, changes no ratio."""
    groups = by_number("a", "a", "a", "b", "b", "b", "", "unknown")

    found = audit(ROWS, groups, ["mle"], rule=SelectionRule(min_fit=0))

    assert only_table(found).unknown == 4
    assert sum(c.applicants for c in only_table(found).categories) == 6
    assert category(found, "a").share == 0.5


def test_files_without_a_score_are_reported_apart() -> None:
    """They are no applicants of a rate, and are counted by category and by status."""
    rows = [*ROWS[:2], unscored("2.pdf"), unscored("3.pdf", "timeout"), unscored("4.pdf")]

    found = audit(rows, by_number("a", "b", "a", "b"), ["mle"])

    assert found.not_scored == {"encrypted": 2, "timeout": 1}
    assert [(c.applicants, c.not_scored) for c in only_table(found).categories] == [(1, 1), (1, 1)]
    assert only_table(found).unknown_not_scored == 1


def test_copies_count_once() -> None:
    """The same file sent twice is one applicant, also when one of the two was not scored."""
    copy = scored("copy of 0.pdf", 0, content="0.pdf")

    found = audit([*ROWS, copy], by_number(*"aabbb"), ["mle"])

    assert (found.files, found.copies) == (10, 1)
    assert found.roles[0].applicants == 10


def _two_files_of_one(first: float, second: float) -> list[BatchRow]:
    """Return nine people, the first with a second file of the same words."""
    twin = [scored("0.pdf", first, ds=second), scored("0.docx", second, ds=first)]
    return [*(replace(row, text_hash="same") for row in twin), *ROWS[1:9]]


def test_two_files_of_one_person_are_one_applicant() -> None:
    """One applicant and one selected, for each role by the better file."""
    rows = _two_files_of_one(95, 90)

    found = audit(rows, by_number(*"aabb"), ["mle", "ds"], rule=SelectionRule(top=2))

    assert (found.files, found.same_person, found.counted_apart) == (10, 1, 0)
    for role in found.roles:
        assert role.applicants == 9
    mle, ds = found.roles
    assert (mle.selected, mle.lowest_selected) == (2, 80)
    assert (ds.median, ds.lowest_selected) == (0, 0)
    assert "1 file of likely the same person as another counted" in render_audit(
        found, AuditFormat.TEXT, run="run.db"
    )


def test_an_audit_counts_as_many_people_as_a_ranking() -> None:
    """Both find the same duplicates."""
    rows = _two_files_of_one(95, 95)

    found = audit(rows, by_number(*"aabb"), ["mle"])

    people = [r for r in rank(rows, ["mle"]) if r.rank is not None and not r.duplicate_of]
    assert found.roles[0].applicants == len(people)


def test_a_persons_category_may_stand_at_any_of_the_files() -> None:
    """Also when the table names only the file that does not count, or each tells a part."""
    rows = _two_files_of_one(95, 90)
    groups = parse_groups("file,sex,race\n0.docx,f,\n0.pdf,,p\n1.pdf,m,q\n", "groups.csv")

    found = audit(rows, groups, ["mle"])

    crossed = found.roles[0].tables[-1]
    assert [(c.name, c.applicants) for c in crossed.categories] == [
        (("f", "p"), 1),
        (("m", "q"), 1),
    ]


def test_alike_files_in_different_categories_count_apart() -> None:
    """What people said of themselves goes before a guess; the audit tells of it."""
    rows = _two_files_of_one(95, 90)
    groups = parse_groups("file,sex\n0.docx,f\n0.pdf,m\n", "groups.csv")

    found = audit(rows, groups, ["mle"])

    assert (found.same_person, found.counted_apart) == (0, 2)
    assert [c.applicants for c in only_table(found).categories] == [1, 1]
    assert "2 files that look like one person's stand in different" in render_audit(
        found, AuditFormat.TEXT, run="run.db"
    )


def _with_a_small_group() -> tuple[list[BatchRow], Groups]:
    rows = [scored(f"{n}.pdf", 90 if n == 0 else n % 60) for n in range(101)]
    return rows, by_number("tiny", *["a", "b"] * 50)


def test_small_categories_are_marked() -> None:
    """One of 101 is under 2%, and sets the highest rate unless it is left out."""
    rows, groups = _with_a_small_group()

    found = audit(rows, groups, ["mle"], rule=SelectionRule(min_fit=55))

    assert category(found, "tiny").small
    assert not category(found, "tiny").left_out
    assert category(found, "tiny").selection.impact_ratio == 1.0
    assert category(found, "a").selection.below_four_fifths


def test_small_categories_may_be_left_out_of_the_ratios() -> None:
    """Their numbers and rates stay, their ratio goes, and the highest rate is another's."""
    rows, groups = _with_a_small_group()

    found = audit(rows, groups, ["mle"], rule=SelectionRule(min_fit=55), leave_out_small=True)

    tiny = category(found, "tiny")
    assert (tiny.left_out, tiny.selection.rate, tiny.selection.impact_ratio) == (True, 1.0, None)
    assert max(category(found, name).selection.impact_ratio for name in "ab") == 1.0


def test_two_percent_is_not_small() -> None:
    """2 of 100 may stay."""
    rows = [scored(f"{n}.pdf", n) for n in range(100)]

    found = audit(rows, by_number(*["x"] * 2, *["a"] * 98), ["mle"])

    assert not category(found, "x").small


def test_the_first_two_columns_are_crossed() -> None:
    """Each column has a table, and the intersection one of its own with its own highest rate."""
    groups = by_number(
        *["f,p,old", "f,q,old", "m,p,new", "m,q,new", "f,,old"], head="file,sex,race,age"
    )

    found = audit(ROWS, groups, ["mle"], rule=SelectionRule(min_fit=20))

    tables = found.roles[0].tables
    assert [t.columns for t in tables] == [("sex",), ("race",), ("age",), ("sex", "race")]
    crossed = tables[-1]
    assert [c.name for c in crossed.categories] == [("f", "p"), ("f", "q"), ("m", "p"), ("m", "q")]
    assert crossed.unknown == 6  # five that nobody named, and one whose race is not known
    assert [c.selection.rate for c in crossed.categories] == [0, 0, 1, 1]


def test_each_role_is_audited_by_its_own_scores() -> None:
    """The median of the one is not the median of the other."""
    rows = [scored(f"{n}.pdf", n, 100 - n) for n in range(10)]

    found = audit(rows, by_number(*"aaaaabbbbb"), ["mle", "ds"])

    mle, ds = found.roles
    assert (mle.median, ds.median) == (4.5, 95.5)
    assert [c.scoring.count for c in mle.tables[0].categories] == [0, 5]
    assert [c.scoring.count for c in ds.tables[0].categories] == [5, 0]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="no file"),
        pytest.param([unscored("0.pdf")], id="no score"),
        pytest.param([scored("0.pdf", 50), scored("1.pdf", 50)], id="all alike"),
    ],
)
@pytest.mark.parametrize("form", AuditFormat)
def test_a_run_with_nothing_to_compare_is_told_all_the_same(
    rows: list[BatchRow], form: AuditFormat
) -> None:
    """No rate, or no ratio, and no error."""
    found = audit(rows, by_number("a", "b"), ["mle"], rule=SelectionRule(min_fit=60))

    assert NOT_INDEPENDENT[:40] in render_audit(found, form, run="run.db")
    assert not any(c.scoring and c.scoring.impact_ratio for c in only_table(found).categories)


# --- laws -----------------------------------------------------------------------------------------


_PEOPLE = st.lists(
    st.tuples(st.sampled_from(["", "a", "b", "c"]), st.integers(0, 5)), min_size=1, max_size=40
)


@given(_PEOPLE, st.integers(1, 10), st.randoms(use_true_random=False))
def test_nobody_is_lost_and_order_is_nothing(
    people: list[tuple[str, int]], top: int, random: Random
) -> None:
    """Categories and unknown make the whole, the selected too; shuffled rows give the same."""
    rows = [scored(f"{n}.pdf", score) for n, (_, score) in enumerate(people)]
    groups = by_number(*(name for name, _ in people))
    rule = SelectionRule(top=top)

    found = audit(rows, groups, ["mle"], rule=rule)

    table = only_table(found)
    assert sum(c.applicants for c in table.categories) + table.unknown == len(rows)
    ratios = [c.scoring.impact_ratio for c in table.categories if c.scoring]
    assert all(ratio is None or 0 <= ratio <= 1 for ratio in ratios)
    assert not any(ratios) or max(ratios) == 1.0
    assert audit(random.sample(rows, len(rows)), groups, ["mle"], rule=rule) == found


# --- another library ------------------------------------------------------------------------------


def test_rates_and_ratios_agree_with_fairlearn() -> None:
    """Selection rates by group and the least ratio of any two, on 400 invented people."""
    metrics = pytest.importorskip("fairlearn.metrics", reason="comes with the extra audit-test")
    random = Random(7)  # noqa: S311 invented people, the same in each run
    people = [(random.choice("abcd"), random.choice("pqr")) for _ in range(400)]
    scores = [random.gauss(50 + 5 * (name == "a"), 15) for name, _ in people]
    rows = [scored(f"{n}.pdf", score) for n, score in enumerate(scores)]
    groups = by_number(*(",".join(pair) for pair in people), head="file,sex,race")
    selected = [int(score >= 60) for score in scores]

    found = audit(rows, groups, ["mle"], rule=SelectionRule(min_fit=60))

    for table, features in zip(
        found.roles[0].tables,
        ([a for a, _ in people], [b for _, b in people], ["/".join(pair) for pair in people]),
        strict=True,
    ):
        frame = metrics.MetricFrame(
            metrics={"rate": metrics.selection_rate, "n": metrics.count},
            y_true=selected,
            y_pred=selected,
            sensitive_features=features,
        )
        ours = {"/".join(c.name): c for c in table.categories}
        assert {name: c.selection.rate for name, c in ours.items()} == pytest.approx(
            frame.by_group["rate"].to_dict()
        )
        assert {name: c.applicants for name, c in ours.items()} == frame.by_group["n"].to_dict()
        least = metrics.demographic_parity_ratio(selected, selected, sensitive_features=features)
        assert min(c.selection.impact_ratio for c in ours.values()) == pytest.approx(least)


# --- telling --------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", AuditFormat)
@pytest.mark.parametrize("leave_out_small", [False, True])
def test_every_format_says_that_it_is_not_the_audit_of_the_law(
    form: AuditFormat, leave_out_small: bool
) -> None:
    """And why categories were left out, when they were."""
    rows, groups = _with_a_small_group()
    found = audit(rows, groups, ["mle"], leave_out_small=leave_out_small)

    told = " ".join(render_audit(found, form, run="run.db").split())

    assert NOT_INDEPENDENT in told
    assert ("left out of the impact ratios (6 RCNY 5-301 (d))" in told) is leave_out_small


def _crossed() -> Audit:
    groups = by_number(
        *["female,a group with a name that is long"] * 3,
        *["male,group two"] * 4,
        "female,group two",
        head="file,sex,race or ethnicity",
    )
    rows = [*ROWS[:9], unscored("9.pdf")]
    return audit(rows, groups, ["mle", "ds"], rule=SelectionRule(top=3))


def test_text_fits_a_terminal_and_names_everything() -> None:
    """80 columns, with n, intervals, ratios and flags."""
    told = render_audit(_crossed(), AuditFormat.TEXT, run="run.db")

    assert max(map(len, told.splitlines())) <= 80
    for piece in ("by sex and race or ethnicity", "<4/5", "median score 40.0", "not known"):
        assert piece in told


def test_text_of_hostile_names_is_bounded() -> None:
    """A category cannot command a terminal or push a table off the screen."""
    groups = by_number("\x1b[31mred" * 30, "b")

    told = render_audit(audit(ROWS, groups, ["mle"]), AuditFormat.TEXT, run="a\x1b.db")

    assert "\x1b" not in told
    assert max(map(len, told.splitlines())) <= 80


def test_csv_has_a_line_for_each_category_and_measure() -> None:
    """A spreadsheet gets numbers, and no formula from a category's name."""
    groups = by_number("=1+1", "=1+1", "b", "b")
    found = audit(ROWS[:4], groups, ["mle"], rule=SelectionRule(top=1))

    lines = list(csv.DictReader(StringIO(render_audit(found, AuditFormat.CSV, run="run.db"))))

    assert [(line["category"], line["measure"]) for line in lines] == [
        ("'=1+1", "selection"),
        ("'=1+1", "scoring"),
        ("b", "selection"),
        ("b", "scoring"),
        ("(not known)", ""),
    ]
    assert all(None not in line and None not in line.values() for line in lines)
    assert lines[2]["impact_ratio"] == "1.0000"


def test_json_holds_all_of_it() -> None:
    """With its version, the note and each number."""
    told = json.loads(render_audit(_crossed(), AuditFormat.JSON, run="run.db"))

    assert told["format_version"] == "1.1"
    assert told["note"] == NOT_INDEPENDENT
    assert told["roles"][0]["tables"][2]["columns"] == ["sex", "race or ethnicity"]
