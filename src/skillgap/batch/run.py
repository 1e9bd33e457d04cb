"""A batch that was run, to ask: its rows, its reports, its counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from skillgap.batch.model import BatchRow
from skillgap.batch.store import Store

if TYPE_CHECKING:
    from skillgap.report.model import FitReport


class Run:
    """The results of `skillgap batch --out RUN.db`, read only; the batch may still be running.

    Args:
        path: The database.

    Raises:
        StoreError: It is none, or cannot be read.

    >>> with Run("run.db") as run:  # doctest: +SKIP
    ...     print(run.counts())
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self._store = Store.open(Path(path))

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

    def rows(self, *, by_path: bool = False) -> Iterator[BatchRow]:
        """Yield the row of each file, sorted by path; in a blind batch by code.

        Args:
            by_path: Name files by their paths, in a blind batch too: to match them with what is
                known elsewhere, never to show them.
        """
        return self._store.rows(by_path=by_path)

    def report(self, which: str | PathLike[str]) -> FitReport:
        """Return the report on one file, as `analyze` gives it.

        Args:
            which: Its path, the hash of its bytes, or its code in a blind batch.

        Raises:
            StoreError: There is no such file in the batch, or it was not scored.
        """
        return self._store.report(str(which))

    def counts(self) -> dict[str, int]:
        """Return how many files there are of each status, `ok` first, then by name."""
        return self._store.counts()

    def close(self) -> None:
        """Close the database."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
