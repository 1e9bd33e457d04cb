"""Many resumes for a program: reports one by one, in the order of the paths."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from skillgap.analyzer import Analyzer
from skillgap.batch.model import BatchOptions
from skillgap.batch.pool import Failure, work
from skillgap.batch.sources import Source
from skillgap.batch.store import unpack
from skillgap.batch.worker import Task, score
from skillgap.report.blind import blinded_skipped
from skillgap.report.choice import ROLES, BlindOptions
from skillgap.report.model import FitReport, Skipped
from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy

_DEFAULT = BatchOptions()


def analyze_many(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    roles: Sequence[str] | str = ROLES,
    workers: int | None = None,
    timeout: float = _DEFAULT.timeout,
    max_memory: int = _DEFAULT.max_memory,
    as_of: date | None = None,
    taxonomy: str | os.PathLike[str] | None = None,
    policy: ScoringPolicy = DEFAULT_POLICY,
    blind: BlindOptions | None = None,
    password: str | None = None,
) -> Iterator[FitReport | Skipped]:
    """Analyze files in worker processes and yield their reports, in the order of the paths.

    A file that cannot be read, takes too long, or ends its worker is a `Skipped` with the reason.
    Paths are taken as there is room for them: there may be millions. A script that calls this
    needs `if __name__ == "__main__":`, because workers import it.

    Args:
        paths: Files; or one.
        roles: Ids of the roles to score.
        workers: Processes; one for each core when None.
        timeout: Seconds for one file.
        max_memory: Bytes that a worker may take beyond what it has when everything is loaded.
        as_of: The day that "present" means; today when None.
        taxonomy: Path of a compiled taxonomy or of a folder of TOML; the bundled one when None.
        policy: The knobs of the score.
        blind: What is masked in reports; nothing when None.
        password: For encrypted PDFs.

    Raises:
        TaxonomyError: The taxonomy cannot be loaded, or does not know a role.

    >>> for report in analyze_many(["resume.pdf"]):  # doctest: +SKIP
    ...     print(report.source if isinstance(report, Skipped) else report.fit("mle").score)
    """
    options = BatchOptions(
        roles=(roles,) if isinstance(roles, str) else tuple(roles),
        workers=workers,
        timeout=timeout,
        max_memory=max_memory,
        as_of=as_of,
        taxonomy=Path(taxonomy) if taxonomy is not None else None,
        policy=policy,
        blind=blind,
        password=password,
    )
    analyzer = Analyzer(options.taxonomy, roles=options.roles, policy=policy)
    for role in analyzer.roles:
        analyzer.taxonomy.role(role)  # a wrong one is told at the call, not at the first report
    if isinstance(paths, str | os.PathLike):
        paths = (paths,)
    return _reports(paths, replace(options, roles=analyzer.roles, as_of=options.day))


def _reports(
    paths: Iterable[str | os.PathLike[str]], options: BatchOptions
) -> Iterator[FitReport | Skipped]:
    names = (os.fspath(path) for path in paths)
    tasks = (Task(source=Source(path=n, file=n), sha256="", options=options) for n in names)
    for task, outcome in work(score, tasks, options, keep_order=True):
        if isinstance(outcome, Failure):
            skipped = Skipped(
                source=task.source.path,
                status=outcome.fault,
                reason=outcome.reason,
                advice=outcome.advice,
            )
            yield skipped if options.blind is None else blinded_skipped(skipped)
        elif outcome.skipped is not None:
            yield outcome.skipped
        elif outcome.report is not None:
            yield unpack(outcome.report)
