"""How commands get their taxonomy, their policy, their analyzer, and the resume to read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from skillgap.cli.options import STDIN, RoleChoice
from skillgap.document.options import Engine

if TYPE_CHECKING:
    from skillgap.analyzer import Analyzer
    from skillgap.score.policy import ScoringPolicy
    from skillgap.taxonomy.model import Taxonomy


def load(path: Path | None) -> Taxonomy:
    """Load the taxonomy of `--taxonomy`, or the bundled one."""
    from skillgap.taxonomy.load import load_taxonomy

    return load_taxonomy(path)


def load_policy(path: Path | None) -> ScoringPolicy:
    """Load the policy of `--policy`, or the default one."""
    from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy

    return DEFAULT_POLICY if path is None else ScoringPolicy.load(path)


def load_analyzer(
    role: RoleChoice,
    *,
    taxonomy: Path | None,
    policy: Path | None,
    engine: Engine,
    password: str | None,
) -> Analyzer:
    """Make the analyzer that the options of a command ask for."""
    from skillgap.analyzer import Analyzer
    from skillgap.document.options import ReadOptions

    return Analyzer(
        taxonomy,
        roles=role.roles,
        policy=load_policy(policy),
        options=ReadOptions(engine=engine, password=password),
    )


def source_of(file: str) -> str | BinaryIO:
    """Return what to read: the file of that path, or standard input for `-`."""
    return sys.stdin.buffer if file == STDIN else file
