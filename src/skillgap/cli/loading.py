"""How commands get their taxonomy, their policy, their analyzer, and the resume to read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from skillgap.cli.options import STDIN, role_ids
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
    role: str,
    *,
    taxonomy: Path | None,
    policy: Path | None,
    engine: Engine,
    password: str | None,
) -> Analyzer:
    """Make the analyzer that the options of a command ask for.

    Raises:
        TaxonomyError: The taxonomy cannot be loaded, or does not know a role.
        PolicyError: The policy cannot be used.
    """
    from skillgap.analyzer import Analyzer
    from skillgap.document.options import ReadOptions

    analyzer = Analyzer(
        taxonomy,
        roles=role_ids(role),
        policy=load_policy(policy),
        options=ReadOptions(engine=engine, password=password),
    )
    for asked in analyzer.roles:
        analyzer.taxonomy.role(asked)  # a wrong one is told before a slow file is read
    return analyzer


def source_of(file: str) -> str | BinaryIO:
    """Return what to read: the file of that path, or standard input for `-`."""
    return sys.stdin.buffer if file == STDIN else file
