"""A ranking as a table: the columns that every format shares, with what each of them means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from skillgap.batch.model import RoleResult
from skillgap.batch.rank import Ranked

Value = int | float | str | tuple[str, ...] | None
# What made the scores; rows of different signatures are not comparable.
SIGNATURE = {
    "skillgap": "Version of skillgap that scored it.",
    "taxonomy": "Hash of the skills, roles and weights.",
    "policy": "Hash of the constants of the score.",
    "as_of": "The day that “present” meant.",
}
LIMITS = (
    "A fit is the share of all that postings of a role ask for that the resume shows, of 100.",
    "100 is no target: a person shaped like one real posting scores 33 to 39.",
    "Fits of files of one tie group may be in another order: their intervals overlap.",
    "It scores words on paper, never people, and was never checked against hiring outcomes.",
    "It rejects nobody, and should not be used to.",
)


class Kind(StrEnum):
    """What the values of a column are; any of them may be missing."""

    WHOLE = "whole"  # a whole number
    POINTS = "points"  # of 100
    SHARE = "share"  # from -1 to 1
    TEXT = "text"
    LIST = "list"  # of texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the table.

    Attributes:
        name: For programs and for people alike.
        kind: What its values are.
        meaning: One sentence for people.
        value: From a file's place to its value; None where there is nothing to say.
    """

    name: str
    kind: Kind
    meaning: str
    value: Callable[[Ranked], Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Files in the order they are told, and the columns that tell them.

    Attributes:
        rows: The files.
        columns: In the order they stand.
        signature: What made the scores: the keys of `SIGNATURE`.
    """

    rows: tuple[Ranked, ...]
    columns: tuple[Column, ...]
    signature: Mapping[str, str]

    def records(self) -> Iterator[dict[str, Value]]:
        """Yield each file's values by the names of their columns."""
        for row in self.rows:
            yield {column.name: column.value(row) for column in self.columns}


def table_of(rows: Sequence[Ranked], roles: Sequence[str], signature: Mapping[str, str]) -> Table:
    """Lay a ranking out as a table.

    Args:
        rows: As `rank` or `shown` gives them.
        roles: Ids of the roles that were scored.
        signature: What made the scores: the keys of `SIGNATURE`; a missing one is empty.
    """
    columns = (
        *_PLACE,
        *chain.from_iterable(_fit_columns(role) for role in roles),
        *_LEAN,
        *(_gap_column(role) for role in roles),
        *_FILE,
        *(_constant(name, meaning, signature.get(name)) for name, meaning in SIGNATURE.items()),
    )
    return Table(rows=tuple(rows), columns=columns, signature=signature)


def _if_scored(value: Callable[[Ranked], Value]) -> Callable[[Ranked], Value]:
    return lambda ranked: value(ranked) if ranked.rank is not None else None


_PLACE = (
    Column(
        name="rank",
        kind=Kind.WHOLE,
        meaning="One more than the people whose files come before it; equal fits share a rank.",
        value=lambda ranked: ranked.rank,
    ),
    Column(
        name="tie",
        kind=Kind.WHOLE,
        meaning="Number of its tie group: its interval overlaps with that of the first of them.",
        value=lambda ranked: ranked.tie,
    ),
    Column(
        name="first_rank",
        kind=Kind.WHOLE,
        meaning="The best rank it may have, given the intervals.",
        value=lambda ranked: ranked.first_rank,
    ),
    Column(
        name="last_rank",
        kind=Kind.WHOLE,
        meaning="The worst rank it may have, given the intervals.",
        value=lambda ranked: ranked.last_rank,
    ),
    Column(
        name="percentile",
        kind=Kind.POINTS,
        meaning="Of 100 people in the batch, so many have a lower fit (of equal ones, half).",
        value=lambda ranked: ranked.percentile,
    ),
    Column(
        name="source",
        kind=Kind.TEXT,
        meaning="The file, as the batch found it.",
        value=lambda ranked: ranked.row.source,
    ),
    Column(
        name="status",
        kind=Kind.TEXT,
        meaning="ok, or why there is no score.",
        value=lambda ranked: ranked.row.status,
    ),
    Column(
        name="ranked_by",
        kind=Kind.TEXT,
        meaning="The role it is ranked by: of those asked for, the one it fits best.",
        value=lambda ranked: ranked.role or None,
    ),
)
_LEAN = (
    Column(
        name="lean",
        kind=Kind.TEXT,
        meaning="The role it leans to; empty for neither.",
        value=lambda ranked: ranked.row.lean or None,
    ),
    Column(
        name="lean_word",
        kind=Kind.TEXT,
        meaning="How much: strong, clear, slight; balanced: evidence for both; none: for neither.",
        value=lambda ranked: ranked.row.lean_word or None,
    ),
    Column(
        name="net_share",
        kind=Kind.SHARE,
        meaning="The lean as a number, from -1 (all for DS) to 1 (all for MLE).",
        value=_if_scored(lambda ranked: ranked.row.net_share),
    ),
    Column(
        name="skills",
        kind=Kind.WHOLE,
        meaning="How many skills the resume shows as the writer's own.",
        value=_if_scored(lambda ranked: ranked.row.skills),
    ),
    Column(
        name="lacks",
        kind=Kind.LIST,
        meaning="The must-haves that it does not show; such files come after all others.",
        value=_if_scored(lambda ranked: ranked.lacks),
    ),
)
_FILE = (
    Column(
        name="held",
        kind=Kind.LIST,
        meaning="Ids of the skills it shows.",
        value=_if_scored(lambda ranked: ranked.row.held),
    ),
    Column(
        name="notices",
        kind=Kind.LIST,
        meaning="What was odd about the file, in codes; `skillgap batch show` says it in words.",
        value=lambda ranked: ranked.row.notices,
    ),
    Column(
        name="duplicate_of",
        kind=Kind.TEXT,
        meaning="The file of likely the same person that ranks first: same bytes, text, or nearly.",
        value=lambda ranked: ranked.duplicate_of or None,
    ),
    Column(
        name="reason",
        kind=Kind.TEXT,
        meaning="Why there is no score, and what to do.",
        value=lambda ranked: ranked.row.reason or None,
    ),
    Column(
        name="sha256",
        kind=Kind.TEXT,
        meaning="Hash of the file's bytes.",
        value=lambda ranked: ranked.row.sha256 or None,
    ),
)


def _fit_columns(role: str) -> Iterator[Column]:
    def of(value: Callable[[RoleResult], Value]) -> Callable[[Ranked], Value]:
        return lambda ranked: (
            value(ranked.row.results[role]) if role in ranked.row.results else None
        )

    name = role.upper()
    yield Column(
        name=f"{role}_score",
        kind=Kind.POINTS,
        meaning=f"The fit for {name}, of 100.",
        value=of(lambda result: result.score),
    )
    yield Column(
        name=f"{role}_low",
        kind=Kind.POINTS,
        meaning=f"Where the likely fit for {name} begins.",
        value=of(lambda result: result.low),
    )
    yield Column(
        name=f"{role}_high",
        kind=Kind.POINTS,
        meaning=f"Where the likely fit for {name} ends.",
        value=of(lambda result: result.high),
    )
    yield Column(
        name=f"{role}_word",
        kind=Kind.TEXT,
        meaning=f"The fit for {name} in a word: early, partial, strong, broad.",
        value=of(lambda result: result.word),
    )


def _gap_column(role: str) -> Column:
    return Column(
        name=f"{role}_gaps",
        kind=Kind.LIST,
        meaning=f"What is missing first for {role.upper()}, largest first.",
        value=lambda ranked: ranked.row.results[role].gaps if role in ranked.row.results else None,
    )


def _constant(name: str, meaning: str, value: str | None) -> Column:
    return Column(name=name, kind=Kind.TEXT, meaning=meaning, value=lambda _: value)
