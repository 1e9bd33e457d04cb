"""A batch that was run, to ask: its ranking, its rows, its reports, its counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, overload

from skillgap.batch.columns import SIGNATURE, Table, table_of
from skillgap.batch.frame import FrameLibrary, to_frame
from skillgap.batch.model import STATUSES, BatchRow
from skillgap.batch.names import meant, near
from skillgap.batch.rank import Filter, Ranked, rank, shown
from skillgap.batch.store import Store
from skillgap.errors import StoreError, UsageError
from skillgap.report.choice import ROLES

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from skillgap.report.model import FitReport

_NAMED = 5  # of several files, in a message


class Run:
    """The results of `skillgap batch --out RUN.db`, read only; the batch may still be running.

    Args:
        path: The database.
        taxonomy: Path of the taxonomy that knows the names of skills; the bundled one when None.

    Raises:
        StoreError: It is none, or cannot be read.

    >>> with Run("run.db") as run:  # doctest: +SKIP
    ...     for ranked in run.rank(role="mle", must=["docker"], top=20):
    ...         print(ranked.rank, ranked.row.source, ranked.score)
    """

    def __init__(
        self, path: str | PathLike[str], *, taxonomy: str | PathLike[str] | None = None
    ) -> None:
        self._store = Store.open(Path(path))
        self._taxonomy = Path(taxonomy) if taxonomy is not None else None

    @property
    def path(self) -> Path:
        """The database."""
        return self._store.path

    @property
    def options(self) -> Mapping[str, Any]:
        """What the batch was started with; `roles` are the ids of the roles it scores."""
        return self._store.options

    @property
    def signature(self) -> str:
        """A hash of all that makes its scores."""
        return self._store.signature

    @property
    def is_blind(self) -> bool:
        """Whether files are called by their candidates' codes, and reports are masked."""
        return self._store.is_blind

    @property
    def roles(self) -> tuple[str, ...]:
        """Ids of the roles that were scored."""
        return tuple(self.options["roles"])

    @property
    def made_by(self) -> dict[str, str]:
        """What made its scores: version, hashes of taxonomy and policy, the day of "present"."""
        made_by = self.options.get("made_by", {})
        return {name: str(made_by[name]) for name in SIGNATURE if name in made_by}

    @property
    def begun_with(self) -> tuple[str, ...]:
        """Paths and options of the command that began it; none in runs that do not know them."""
        return tuple(self.options.get("begun_with", ()))

    def rows(self, *, by_path: bool = False) -> Iterator[BatchRow]:
        """Yield the row of each file, sorted by path; in a blind batch by code.

        Args:
            by_path: Name files by their paths, in a blind batch too: to match them with what is
                known elsewhere, never to show them.
        """
        return self._store.rows(by_path=by_path)

    def rank(
        self,
        *,
        role: str | None = None,
        must: Iterable[str] = (),
        min_fit: float | None = None,
        has: Iterable[str] = (),
        lacks: Iterable[str] = (),
        statuses: Iterable[str] = (),
        lean: str = "",
        top: int | None = None,
    ) -> tuple[Ranked, ...]:
        """Rank the files by fit, the best first; skills are named in any written form.

        Args:
            role: Id of the role to rank by; when None, each file by the one it fits best.
            must: Skills; files that lack any of them are marked and come after all others.
            min_fit: Show files with at least this fit for the role they are ranked by.
            has: Show files that hold all these skills.
            lacks: Show scored files that hold none of these skills.
            statuses: Show files of these statuses, such as `ok` or `encrypted`.
            lean: Show files that lean to this role; `balanced` or `none` for neither.
            top: Show at most so many people, with all who share the last rank.

        Raises:
            UsageError: The role was not scored, or there is no such lean or status.
            TaxonomyError: There is no such skill.
        """
        roles = self._roles_of(role)
        if lean not in ("", "balanced", "none", *ROLES):
            known = ", ".join((*ROLES, "balanced", "none"))
            raise UsageError(f"{lean}: there is no such lean; name one of {known}")
        self._check_statuses(asked := tuple(statuses))
        keep = Filter(
            min_fit=min_fit,
            has=self._skills(has),
            lacks=self._skills(lacks),
            statuses=asked,
            lean=lean,
        )
        return shown(rank(self.rows(), roles, must=self._skills(must)), keep, top=top)

    def table(self, rows: Iterable[Ranked]) -> Table:
        """Lay files out as a table, to be written; see `skillgap.batch.export`."""
        return table_of(tuple(rows), self.roles, self.made_by)

    @overload
    def to_frame(
        self, library: Literal["pandas"] = "pandas", *, rows: Iterable[Ranked] | None = None
    ) -> pd.DataFrame: ...

    @overload
    def to_frame(
        self, library: Literal["polars"], *, rows: Iterable[Ranked] | None = None
    ) -> pl.DataFrame: ...

    def to_frame(
        self, library: FrameLibrary = "pandas", *, rows: Iterable[Ranked] | None = None
    ) -> pd.DataFrame | pl.DataFrame:
        """Return the ranking as a data frame: one row a file, with the columns of an export.

        Args:
            library: Whose frame: `pandas` or `polars`; it has to be installed.
            rows: What `rank` returned; all files by their better role when None.

        Raises:
            UsageError: The library is not installed.
        """
        return to_frame(self.table(self.rank() if rows is None else rows), library)

    def report(self, which: str | PathLike[str]) -> FitReport:
        """Return the report on one file, as `analyze` gives it.

        Args:
            which: Its path, the hash of its bytes, its code in a blind batch, or its name; also its
                name without the ending, or the begin of it, where that means one file only.

        Raises:
            StoreError: There is no such file in the batch, or several, or it was not scored.
        """
        wanted = str(which)
        return self._store.report(wanted if self.knows(wanted) else self._meant(wanted))

    def _meant(self, wanted: str) -> str:
        """Return the path or code of the file that a name means, or a hash as it is."""
        rows = {row.source: row.sha256 for row in self.rows()}
        if wanted in rows.values():
            return wanted
        sources = tuple(rows)
        found = meant(wanted, sources)
        if len(found) == 1:
            return found[0]
        if found:
            told = f"{len(found)} files are called {wanted}: {_some(found)}; name one"
        elif like := near(wanted, sources):
            told = f"no file {wanted} in it; did you mean {' or '.join(like)}?"
        else:
            told = f"no file {wanted} in it; `batch rank` lists them"
        raise StoreError(self.path, told)

    def knows(self, path: str) -> bool:
        """Return whether there is a file of that path."""
        return self._store.row(path) is not None

    def at_rank(self, place: int, *, role: str | None = None) -> FitReport:
        """Return the report on the file of a rank, see `rank`.

        Raises:
            StoreError: No file has that rank, or several have.
        """
        found = [
            ranked.row.source
            for ranked in self.rank(role=role)
            if ranked.rank == place and not ranked.duplicate_of
        ]
        if len(found) != 1:
            told = f"{len(found)} files share rank {place}: {_some(found)}" if found else ""
            raise StoreError(
                self.path, f"{told or f'no file has rank {place}'}; name one, `rank` lists them"
            )
        return self._store.report(found[0])

    def reasons(self) -> tuple[tuple[str, str, int, str], ...]:
        """Return why files were not scored: status, reason, how many, and the first of them."""
        return self._store.reasons()

    def counts(self) -> dict[str, int]:
        """Return how many files there are of each status, `ok` first, then by name."""
        return self._store.counts()

    def close(self) -> None:
        """Close the database."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _roles_of(self, role: str | None) -> tuple[str, ...]:
        if role is None:
            return self.roles
        if role not in self.roles:
            raise UsageError(f"{self.path}: scores only {', '.join(self.roles)}; name such a role")
        return (role,)

    def _check_statuses(self, asked: Iterable[str]) -> None:
        unknown = [status for status in asked if status not in STATUSES]
        if unknown:
            known = ", ".join(STATUSES)
            raise UsageError(f"{unknown[0]}: there is no such status; name one of {known}")

    def _skills(self, names: Iterable[str]) -> tuple[str, ...]:
        asked = (names,) if isinstance(names, str) else tuple(names)  # a text is one name
        if not asked:
            return ()
        from skillgap.taxonomy.load import load_taxonomy
        from skillgap.taxonomy.lookup import look_up

        taxonomy = load_taxonomy(self._taxonomy)
        return tuple(dict.fromkeys(look_up(taxonomy, name).id for name in asked))


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED])
    return f"{shown}, ..." if len(names) > _NAMED else shown
