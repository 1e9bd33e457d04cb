"""One resume: how well it fits, what is missing first, and where the evidence stands.

python examples/one_resume.py [RESUME]
"""

from __future__ import annotations

import sys
from pathlib import Path

import skillgap

EXAMPLE = Path(__file__).parent / "resumes" / "mle-senior.pdf"


def main() -> None:
    """Analyze the resume named on the command line, or the example."""
    report = skillgap.analyze(sys.argv[1] if len(sys.argv) > 1 else EXAMPLE)

    for fit in report.fits:
        low, high = fit.interval
        print(f"{fit.label}: {fit.score:.0f} of 100 ({low:.0f}-{high:.0f} likely), {fit.word}")
        for gap in fit.gaps[:3]:
            print(f"  +{gap.lift:.1f} {gap.label}")
    print(f"leans to {report.lean.role or 'neither role'} ({report.lean.net_share:+.2f})")

    print("\nHeld, with the first place that shows it:")
    for skill in report.held:
        mention = next(mention for mention in skill.mentions if mention.stance == "held")
        print(f"  {skill.label}: “{mention.text}” on page {mention.page}, {mention.section}")


if __name__ == "__main__":
    main()
