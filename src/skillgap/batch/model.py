"""What a batch makes: one row a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from skillgap.report.choice import ROLES, BlindOptions
from skillgap.resume.clock import day_of
from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy

# How a file may end, as `BatchRow.status` tells.
STATUSES = (
    "ok",
    "encrypted",
    "empty",
    "scanned",
    "unsupported",
    "limit",
    "error",
    "timeout",
    "memory",
    "crashed",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOptions:
    """How a batch runs.

    Attributes:
        roles: Ids of the roles to score; a file ranks by the best of them.
        workers: Processes; one for each core when None.
        timeout: Seconds that one file may take before its worker is killed. A warm file takes
            well under one; the rest is for slow disks and giant scans.
        max_memory: Bytes that a worker may take beyond what it has when everything is loaded
            (about 330 MB, most of it shared by all). A resume takes a few MB, a scan a few
            hundred. Not enforced on Windows and macOS.
        recycle: Files after which a worker is replaced, so that what a library leaks stays small;
            a new worker costs 20 ms, half a file.
        as_of: The day that "present" means; today when None.
        taxonomy: Path of a compiled taxonomy; the bundled one when None.
        policy: The constants of the score.
        retry_failed: Whether files that were not scored by an earlier run are tried again.
        blind: What is masked in rows and reports before they are kept; nothing when None.
        password: For encrypted PDFs; files that were refused for want of one are tried again. It
            is kept nowhere.
    """

    roles: tuple[str, ...] = ROLES
    workers: int | None = None
    timeout: float = 30.0
    max_memory: int = 2 << 30
    recycle: int = 1_000
    as_of: date | None = None
    taxonomy: Path | None = None
    policy: ScoringPolicy = DEFAULT_POLICY
    retry_failed: bool = False
    blind: BlindOptions | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def day(self) -> date:
        """The day that "present" means: the one chosen, or today."""
        return day_of(self.as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleResult:
    """One role's part of a row: the fit, its interval and word, and the first gaps."""

    score: float
    low: float
    high: float
    word: str
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """One file: scored, or skipped with its reason.

    Attributes:
        source: The file's path as it was found; `archive.zip!member` for a file in an archive.
            The candidate's code in a blind batch.
        status: `ok`, or why there is no score: `encrypted`, `empty`, `scanned`, `unsupported`,
            `limit`, `error`, `timeout`, `memory`, `crashed`.
        reason: The status in words, with what to do; empty when it is `ok`.
        sha256: The hash of the file's bytes; empty when they could not be read.
        results: By role id.
        lean: Id of the role it leans to; empty for neither.
        lean_word: How much; `balanced` and `none` are the two ways to lean to neither role:
            evidence for both, and next to none at all.
        net_share: From -1 (DS) to 1 (MLE).
        skills: How many skills are held.
        held: Their ids, sorted.
        notices: What was odd about the file.
        copy_of: The first path, in the order of their names, of the files with the same bytes;
            empty for that first file itself.
        text_hash: A hash of the words in their order: equal for the same text in another file
            format or template.
        near_hash: A simhash of the words, 64 bits in hex: few bits differ between texts that
            share most of their words.
    """

    source: str
    status: str
    reason: str = ""
    sha256: str = ""
    results: Mapping[str, RoleResult] = field(default_factory=dict)
    lean: str = ""
    lean_word: str = ""
    net_share: float = 0.0
    skills: int = 0
    held: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    copy_of: str = ""
    text_hash: str = ""
    near_hash: str = ""
