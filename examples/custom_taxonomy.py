"""A vocabulary of one's own: load it, add a skill that only this company knows, score with it.

    python examples/custom_taxonomy.py [TAXONOMY]

TAXONOMY is a folder of TOML files, or a file made by `skillgap taxonomy build`; the bundled one
when left out.
"""

from __future__ import annotations

import sys
from pathlib import Path

from skillgap import Analyzer, load_taxonomy
from skillgap.taxonomy.extend import extend
from skillgap.taxonomy.model import Implication, Skill

RESUME = """Skills
Python, PyTorch, Trainyard
"""


def main() -> None:
    """Score a resume before and after the company's training platform is known."""
    taxonomy = load_taxonomy(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    platform = Skill(
        id="trainyard",
        label="Trainyard",
        area="house",
        forms=("Trainyard", "trainyard-cli"),
    )
    mine = extend(
        taxonomy,
        skills=[platform],
        implications=[Implication(skill="trainyard", implies="mlops", strength=0.8)],
    )

    for name, used in (("bundled", taxonomy), ("with Trainyard", mine)):
        report = Analyzer(used, roles=["mle"]).analyze_text(RESUME)
        held = ", ".join(skill.label for skill in report.held)
        print(f"{name}: {report.fit('mle').score:.1f} points, holds {held}")
        print(f"  taxonomy {report.signature.taxonomy}")


if __name__ == "__main__":
    main()
