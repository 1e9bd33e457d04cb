"""How commands get their taxonomy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from skillgap.taxonomy.model import Taxonomy


def load(path: Path | None) -> Taxonomy:
    """Load the taxonomy of `--taxonomy`, or the bundled one."""
    from skillgap.taxonomy.load import load_taxonomy

    return load_taxonomy(path)
