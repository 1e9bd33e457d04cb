"""Rates by category: how often each group is selected and scored high, and the ratios.

Counted as the rules of New York City's Local Law 144 say (6 RCNY 5-300 and 5-301), with the
four-fifths line of the Uniform Guidelines (29 CFR 1607.4 D).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

from skillgap.batch.duplicates import duplicates
from skillgap.batch.groups import Groups
from skillgap.batch.model import BatchRow, RoleResult
from skillgap.batch.proportions import katz, wilson

SMALL_SHARE = 0.02  # 6 RCNY 5-301 (d): less of the data than this may be left out of the ratios
_SCORED = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionRule:
    """Who counts as selected: those with at least this fit, or the best so many of a role.

    Attributes:
        min_fit: From 0 to 100.
        top: How many; all who tie with the last of them are selected too, since nothing in the
            scores parts them.
    """

    min_fit: float | None = None
    top: int | None = None

    def lowest(self, scores: Sequence[float]) -> float | None:
        """Return the lowest score that is selected; None when nobody is, or no rule is given."""
        if self.min_fit is not None:
            return self.min_fit
        if self.top is None or not scores or self.top < 1:
            return None
        return sorted(scores, reverse=True)[: self.top][-1]

    @property
    def given(self) -> bool:
        """Whether there is a rule at all."""
        return self.min_fit is not None or self.top is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How many of a category, and how that compares with the category with the highest rate.

    Attributes:
        count: Those selected, or scored above the median.
        rate: The count as a share of the category's applicants.
        interval: 95% interval of the rate.
        impact_ratio: The rate over the highest rate of the table; None for a category that was
            left out, or when no category has any.
        ratio_interval: 95% interval of the ratio; None for the category it is compared with.
        below_four_fifths: Whether the ratio is under 0.8, compared as whole numbers.
    """

    count: int
    rate: float
    interval: tuple[float, float]
    impact_ratio: float | None = None
    ratio_interval: tuple[float, float] | None = None
    below_four_fifths: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One group of one table.

    Attributes:
        name: As the file of groups first spells it; two names for an intersection.
        applicants: Those with a score.
        not_scored: Those whose file could not be scored; in no rate.
        share: The applicants as a share of the table's applicants with a known category.
        small: Whether that share is under 2%.
        left_out: Whether it was left out of the impact ratios because it is small.
        selection: None when no rule of selection was given.
        scoring: Those with a score above the median of the sample.
    """

    name: tuple[str, ...]
    applicants: int
    not_scored: int
    share: float
    small: bool
    left_out: bool
    selection: Rate | None
    scoring: Rate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryTable:
    """The categories of one column, or of the intersection of two.

    Attributes:
        columns: The column's name, or two.
        categories: By name.
        unknown: Applicants whose category is not known; in no rate of this table.
        unknown_not_scored: Files without a score whose category is not known.
    """

    columns: tuple[str, ...]
    categories: tuple[Category, ...]
    unknown: int
    unknown_not_scored: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAudit:
    """The tables of one role.

    Attributes:
        role: The role's id.
        applicants: Those with a score for the role.
        median: Of all their scores, also of those whose category is not known; None for nobody.
        selected: How many the rule selects; None without a rule.
        lowest_selected: The lowest score that is selected.
        tables: One for each column, then the intersection of the first two.
    """

    role: str
    applicants: int
    median: float | None
    selected: int | None
    lowest_selected: float | None
    tables: tuple[CategoryTable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """A whole run by category.

    Attributes:
        rule: Who counts as selected.
        leave_out_small: Whether categories under 2% are left out of the impact ratios.
        files: Files of the run, each content once.
        copies: Files left out because another has the same content.
        same_person: Files of likely the same person as another, counted with that one.
        counted_apart: Files that look like one person's and yet stand in different categories:
            each counts by itself, because the likeness is a guess and the table is not.
        not_scored: Files without a score, by status.
        not_in_run: Names in the file of groups that no file of the run bears.
        roles: One audit a role.
    """

    rule: SelectionRule
    leave_out_small: bool
    files: int
    copies: int
    same_person: int
    counted_apart: int
    not_scored: Mapping[str, int]
    not_in_run: tuple[str, ...]
    roles: tuple[RoleAudit, ...]


def audit(
    rows: Iterable[BatchRow],
    groups: Groups,
    roles: Sequence[str],
    *,
    rule: SelectionRule | None = None,
    leave_out_small: bool = False,
) -> Audit:
    """Count the rates of each category of a run.

    One person is one applicant: files of likely the same person, as `rank` finds them, count once,
    for each role by the best of them. Files that could not be scored are in no rate and reported
    apart, by category too: a reader that fails on one group's files more often is a finding as
    well.

    Args:
        rows: The run, in any order.
        groups: Which category each file belongs to.
        roles: Ids of the roles to audit, each by itself.
        rule: Who counts as selected; without one, only the rates of scoring are counted.
        leave_out_small: Leave categories of less than 2% of the applicants out of the impact
            ratios, as 6 RCNY 5-301 (d) allows with a justification.

    Raises:
        UsageError: The groups contradict each other, or a name in them fits several files.
    """
    rule = rule or SelectionRule()
    # Without what is not counted here: a run may have a million rows.
    ordered = sorted(
        (replace(row, reason="", notices=()) for row in rows), key=lambda row: row.source
    )
    distinct = _distinct(ordered)
    placed = groups.place(ordered)
    unscored = [row for row in distinct if row.status != _SCORED]
    members, apart = _people(
        [(row, placed.categories.get(_key(row), ())) for row in distinct], len(groups.columns)
    )
    return Audit(
        rule=rule,
        leave_out_small=leave_out_small,
        files=len(distinct),
        copies=len(ordered) - len(distinct),
        same_person=len(distinct) - len(members),
        counted_apart=apart,
        not_scored=dict(sorted(Counter(row.status for row in unscored).items())),
        not_in_run=placed.not_in_run,
        roles=tuple(
            _audit_role(role, members, groups.columns, rule, leave_out_small=leave_out_small)
            for role in roles
        ),
    )


_Member = tuple[BatchRow, tuple[str, ...]]  # a row with its categories, "" where not known


def _key(row: BatchRow) -> str:
    return row.sha256 or row.source


def _distinct(rows: Iterable[BatchRow]) -> list[BatchRow]:
    """Keep one row of each content; a scored one where there is any."""
    kept: dict[str, BatchRow] = {}
    for row in rows:
        before = kept.get(_key(row))
        if before is None or (before.status != _SCORED and row.status == _SCORED):
            kept[_key(row)] = row
    return list(kept.values())


def _people(members: Sequence[_Member], columns: int) -> tuple[list[_Member], int]:
    """Put the files of likely one person together.

    Returns:
        One member a person, and how many files were left apart because of their categories.
    """
    people = dict(enumerate(members))
    apart = 0
    for group in duplicates([row for row, _ in members]):
        files = [members[position] for position in group]
        categories = _agreed([told for _, told in files if told], columns)
        if categories is None:
            apart += len(group)
            continue
        first, *others = group
        people[first] = _merged([row for row, _ in files]), categories
        for position in others:
            del people[position]
    return list(people.values()), apart


def _agreed(told: Iterable[tuple[str, ...]], columns: int) -> tuple[str, ...] | None:
    """Return a person's categories, each from any file that tells it; None when files differ."""
    found = [""] * columns
    for categories in told:
        for number, name in enumerate(categories):
            if name and found[number] not in ("", name):
                return None
            found[number] = name or found[number]
    return tuple(found)


def _merged(rows: Sequence[BatchRow]) -> BatchRow:
    """Return one row for a person's files, with the best result for each role."""
    best: dict[str, RoleResult] = {}
    for row in rows:
        for role, result in row.results.items():
            if role not in best or result.score > best[role].score:
                best[role] = result
    return replace(rows[0], results=best)


def _audit_role(
    role: str,
    members: Sequence[_Member],
    columns: Sequence[str],
    rule: SelectionRule,
    *,
    leave_out_small: bool,
) -> RoleAudit:
    scores = {
        _key(row): row.results[role].score
        for row, _ in members
        if row.status == _SCORED and role in row.results
    }
    middle = median(scores.values()) if scores else None
    lowest = rule.lowest(list(scores.values()))
    count = _Count(
        members=members,
        scores=scores,
        above=frozenset(
            key for key, score in scores.items() if middle is not None and score > middle
        ),
        selected=frozenset(k for k, s in scores.items() if lowest is not None and s >= lowest)
        if rule.given
        else None,
        leave_out_small=leave_out_small,
    )
    parts: list[tuple[int, ...]] = [(number,) for number in range(len(columns))]
    if len(columns) > 1:
        parts.append((0, 1))
    return RoleAudit(
        role=role,
        applicants=len(scores),
        median=middle,
        selected=len(count.selected) if count.selected is not None else None,
        lowest_selected=lowest,
        tables=tuple(_table(count, columns, part) for part in parts),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    """What the tables of a role are counted from; files by their keys."""

    members: Sequence[_Member]
    scores: Mapping[str, float]
    above: frozenset[str]
    selected: frozenset[str] | None
    leave_out_small: bool


def _table(count: _Count, columns: Sequence[str], part: Sequence[int]) -> CategoryTable:
    """Count the categories of one column, or of several together."""

    def name(member: _Member) -> tuple[str, ...]:
        values = tuple(member[1][number] if member[1] else "" for number in part)
        return values if all(values) else ()  # one unknown part makes the whole unknown

    by_name = {
        key: [_key(row) for row, _ in group]
        for key, group in groupby(sorted(count.members, key=name), key=name)
    }
    unknown = by_name.pop((), [])
    known = sum(file in count.scores for files in by_name.values() for file in files)
    categories = [_category(name, files, known, count) for name, files in by_name.items()]
    return CategoryTable(
        columns=tuple(columns[number] for number in part),
        categories=tuple(_compared(categories)),
        unknown=sum(file in count.scores for file in unknown),
        unknown_not_scored=sum(file not in count.scores for file in unknown),
    )


def _category(name: tuple[str, ...], files: Sequence[str], known: int, count: _Count) -> Category:
    scored = [file for file in files if file in count.scores]
    small = len(scored) < SMALL_SHARE * known
    return Category(
        name=name,
        applicants=len(scored),
        not_scored=len(files) - len(scored),
        share=len(scored) / known if known else 0.0,
        small=small,
        left_out=small and count.leave_out_small,
        selection=_rate(scored, count.selected) if count.selected is not None else None,
        scoring=_rate(scored, count.above),
    )


def _rate(files: Sequence[str], counted: frozenset[str]) -> Rate | None:
    """Return the share of the files that are counted; None where there is no file to count."""
    if not files:
        return None
    number = sum(file in counted for file in files)
    return Rate(count=number, rate=number / len(files), interval=wilson(number, len(files)))


def _compared(categories: Sequence[Category]) -> list[Category]:
    """Return the categories with their impact ratios."""
    eligible = [c for c in categories if not c.left_out]
    selections = {c.name: (c.selection, c.applicants) for c in eligible if c.selection}
    scorings = {c.name: (c.scoring, c.applicants) for c in eligible if c.scoring}
    selection, scoring = _with_ratios(selections), _with_ratios(scorings)
    return [
        replace(
            c,
            selection=selection.get(c.name, c.selection),
            scoring=scoring.get(c.name, c.scoring),
        )
        for c in categories
    ]


_Name = tuple[str, ...]


def _with_ratios(rates: Mapping[_Name, tuple[Rate, int]]) -> dict[_Name, Rate]:
    """Return each rate with its ratio to the highest; among equals the largest group is that."""
    if not rates or not any(rate.count for rate, _ in rates.values()):
        return {}
    best_name = max(rates, key=lambda name: (rates[name][0].rate, rates[name][1]))
    best, best_n = rates[best_name]
    compared = {}
    for name, (rate, n) in rates.items():
        compared[name] = replace(
            rate,
            impact_ratio=rate.rate / best.rate,
            ratio_interval=None if name == best_name else katz(rate.count, n, best.count, best_n),
            below_four_fifths=5 * rate.count * best_n < 4 * best.count * n,
        )
    return compared
