"""How well the lean tells real texts of one role from those of the other.

    python benchmarks/lean.py POSTINGS

POSTINGS holds two folders, `mle` and `ds`, of job postings (or resumes) as files that skillgap
reads, with the titles masked. Printed: the area under the ROC curve of the net share and of the
sum of the evidence (1 is perfect, .5 is chance), and the share of each role that leans its way.
"""

from __future__ import annotations

import argparse
from datetime import date
from itertools import product
from math import fsum
from pathlib import Path

from skillgap import Analyzer, FitReport

AS_OF = date(2026, 11, 1)
ROLES = ("mle", "ds")


def area_under_curve(ones: list[float], others: list[float]) -> float:
    """Return the chance that one of `ones` is larger than one of `others`, ties by half."""
    pairs = product(ones, others)
    return sum((a > b) + (a == b) / 2 for a, b in pairs) / (len(ones) * len(others))


def weight_of_evidence(report: FitReport) -> float:
    """Return the sum of the evidence, positive towards MLE."""
    return fsum(term.weight_of_evidence for term in report.lean.terms)


def measure(postings: Path) -> None:
    """Print the figures."""
    analyzer = Analyzer()
    reports = {
        role: [analyzer.analyze(path, as_of=AS_OF) for path in sorted((postings / role).iterdir())]
        for role in ROLES
    }
    first, second = (reports[role] for role in ROLES)
    print(f"{len(first)} MLE, {len(second)} DS")
    for name, value in (("net share", lambda r: r.lean.net_share), ("sum", weight_of_evidence)):
        auc = area_under_curve([value(r) for r in first], [value(r) for r in second])
        print(f"AUC of the {name}: {auc:.3f}")
    right = sum(r.lean.net_share > 0 for r in first), sum(r.lean.net_share < 0 for r in second)
    print(f"lean their way: MLE {right[0] / len(first):.1%}, DS {right[1] / len(second):.1%}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("postings", type=Path)
    measure(parser.parse_args().postings)
