"""How commands get their taxonomy and their policy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
