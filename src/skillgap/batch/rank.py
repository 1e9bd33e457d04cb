"""Files in order of their fit, with how sure that order is, and what to show of them.

Pure functions over rows: the same rows give the same ranking, in whatever order they come.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from skillgap.batch.duplicates import duplicates
from skillgap.batch.model import BatchRow, RoleResult

SCORED = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A row with its place in the batch; a file that was not scored has none.

    Attributes:
        row: What is known of the file.
        role: Id of the role that it is ranked by: of those asked for, the one it fits best.
        rank: One more than the people whose files come before it, so equal fits share a rank.
        first_rank: The best rank that it may have when all fits lie somewhere in their intervals.
        last_rank: The worst.
        tie: Number of its tie group, from 1: the interval of each file of a group overlaps with
            that of the group's first file, so which of the two is better is not sure.
        percentile: Of 100: the part of the scored people with a lower fit, half of those with the
            same fit included. Must-haves do not enter.
        lacks: The must-haves that it does not show; a file that lacks any comes after all others.
        duplicate_of: The file of likely the same person that ranks first. A duplicate keeps its
            place but takes no rank from others.
    """

    row: BatchRow
    role: str = ""
    rank: int | None = None
    first_rank: int | None = None
    last_rank: int | None = None
    tie: int | None = None
    percentile: float | None = None
    lacks: tuple[str, ...] = ()
    duplicate_of: str = ""

    @property
    def result(self) -> RoleResult | None:
        """The result for the role that it is ranked by."""
        return self.row.results.get(self.role)

    @property
    def score(self) -> float:
        """The fit that it is ranked by; 0 when it has none."""
        return self.result.score if self.result is not None else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which files to show. What is not given keeps all; ranks stay those of the whole batch.

    Attributes:
        min_fit: For the role it is ranked by.
        has: Ids of skills that are all held.
        lacks: Ids of skills of which none is held. A file that was not scored may hold any.
        statuses: Any of these.
        lean: Id of a role, `balanced` or `none`.
    """

    min_fit: float | None = None
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    lean: str = ""

    def keeps(self, ranked: Ranked) -> bool:
        """Return whether a file is shown."""
        if self.statuses and ranked.row.status not in self.statuses:
            return False
        if self._asks_for_scores and ranked.rank is None:
            return False
        held = ranked.row.held
        return (
            (self.min_fit is None or ranked.score >= self.min_fit)
            and all(skill in held for skill in self.has)
            and not any(skill in held for skill in self.lacks)
            and self.lean in ("", ranked.row.lean, ranked.row.lean_word)
        )

    @property
    def _asks_for_scores(self) -> bool:
        return bool(self.min_fit is not None or self.has or self.lacks or self.lean)


def rank(
    rows: Iterable[BatchRow], roles: Sequence[str], *, must: Sequence[str] = ()
) -> tuple[Ranked, ...]:
    """Rank files by their fit.

    Args:
        rows: In any order, each source once.
        roles: Ids of one role, or of several: then each file is ranked by the one it fits best.
        must: Ids of skills; files that do not hold all of them come after those that do.

    Returns:
        The best first, equal ones by name; files that were not scored at the end.
    """
    found = sorted((_placed(row, roles, must) for row in rows), key=_order)
    told = _with_duplicates(found)
    scored = [ranked for ranked in told if ranked.role]
    complete = [ranked for ranked in scored if not ranked.lacks]
    lacking = [ranked for ranked in scored if ranked.lacks]
    scores = sorted(ranked.score for ranked in scored if not ranked.duplicate_of)
    done: list[Ranked] = []
    for section in (complete, lacking):
        before = sum(not ranked.duplicate_of for ranked in done)
        groups = max((ranked.tie or 0 for ranked in done), default=0)
        numbered = _tied(_numbered(section, before), groups)
        done += _bounded(_in_percent(numbered, scores), before)
    return (*done, *told[len(scored) :])


def shown(ranking: Iterable[Ranked], keep: Filter, *, top: int | None = None) -> tuple[Ranked, ...]:
    """Return the files that pass a filter, in their order.

    Args:
        ranking: As `rank` gives it.
        keep: Which to show.
        top: At most so many people; all who share a rank with the last of them are shown too,
            since nothing in the scores parts them, and so are duplicates in between.
    """
    kept = [ranked for ranked in ranking if keep.keeps(ranked)]
    if top is None:
        return tuple(kept)
    people = [ranked for ranked in kept if ranked.rank is not None and not ranked.duplicate_of]
    last = people[:top][-1].rank if people[:top] else None
    return tuple(r for r in kept if last is not None and r.rank is not None and r.rank <= last)


def _placed(row: BatchRow, roles: Sequence[str], must: Sequence[str]) -> Ranked:
    known = [role for role in roles if role in row.results]
    if row.status != SCORED or not known:
        return Ranked(row=row)
    best = max(known, key=lambda role: row.results[role].score)  # the first named, when equal
    return Ranked(row=row, role=best, lacks=tuple(s for s in must if s not in row.held))


def _order(ranked: Ranked) -> tuple[bool, bool, float, str]:
    return not ranked.role, bool(ranked.lacks), -ranked.score, ranked.row.source


def _with_duplicates(found: Sequence[Ranked]) -> list[Ranked]:
    told = list(found)
    for first, *others in duplicates([ranked.row for ranked in found]):
        for position in others:
            told[position] = replace(told[position], duplicate_of=told[first].row.source)
    return told


def _numbered(section: Iterable[Ranked], before: int) -> Iterator[Ranked]:
    for _, group in groupby(section, key=lambda ranked: ranked.score):
        equal = list(group)
        yield from (replace(ranked, rank=before + 1) for ranked in equal)
        before += sum(not ranked.duplicate_of for ranked in equal)


def _tied(section: Iterable[Ranked], tie: int) -> Iterator[Ranked]:
    leader_low = float("inf")
    for ranked in section:
        # Those below the leader by score overlap with it when they reach its lower end.
        low, high = _interval(ranked)
        if high < leader_low:
            tie += 1
            leader_low = low
        yield replace(ranked, tie=tie)


def _in_percent(section: Iterable[Ranked], scores: Sequence[float]) -> Iterator[Ranked]:
    for ranked in section:
        below = bisect_left(scores, ranked.score)
        equal = bisect_right(scores, ranked.score) - below
        yield replace(ranked, percentile=100 * (below + equal / 2) / len(scores))


def _bounded(section: Iterable[Ranked], before: int) -> Iterator[Ranked]:
    """Add the ranks that are possible: nobody who is surely better can come after."""
    all_of_it = list(section)
    people = [_interval(ranked) for ranked in all_of_it if not ranked.duplicate_of]
    lows, highs = sorted(low for low, _ in people), sorted(high for _, high in people)
    for ranked in all_of_it:
        low, high = _interval(ranked)
        surely_above = len(people) - bisect_right(lows, high)
        surely_below = bisect_left(highs, low)
        at = ranked.rank or 0
        yield replace(
            ranked,
            first_rank=min(at, before + surely_above + 1),
            last_rank=max(at, before + len(people) - surely_below),
        )


def _interval(ranked: Ranked) -> tuple[float, float]:
    result = ranked.result
    return (result.low, result.high) if result is not None else (0.0, 0.0)
