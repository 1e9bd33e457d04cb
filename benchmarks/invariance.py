"""Whether a resume shows the same skills in every template and format.

    python benchmarks/invariance.py CORPUS [--details]

Each file of the corpus (scans apart) is held against the plain text of the same resume: the sets
of held skills must be identical. A skill that the template dropped does not count: one none of
whose mentions in the plain text, with the words around it, stands in the file's own text.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from datetime import date
from pathlib import Path

from skillgap import Analyzer, FitReport
from skillgap.document.reader import read_document

AS_OF = date(2026, 11, 1)
PLAIN = "pandoc-txt"
AROUND = 12  # letters on each side of a mention that must be in the file as well


def bare(text: str) -> str:
    """Return the letters and digits of a text, which no template changes."""
    return re.sub(r"[\W_]+", "", text).lower()


def analyze(analyzer: Analyzer, path: Path) -> tuple[str, FitReport]:
    """Return the text of a file and its report."""
    document = read_document(path)
    return document.text, analyzer.analyze_document(document, as_of=AS_OF)


def held(report: FitReport) -> dict[str, list[tuple[int, int]]]:
    """Return the spans of the held mentions of each held skill."""
    return {
        skill.id: [(m.start, m.end) for m in skill.mentions if m.stance == "held"]
        for skill in report.held
    }


def stands_in(spans: list[tuple[int, int]], text: str, other: str) -> bool:
    """Whether any of the spans, with what is around it, stands in the other text too."""
    for start, end in spans:
        before, word, after = bare(text[:start]), bare(text[start:end]), bare(text[end:])
        near = (before[-AROUND:] + word, word + after[:AROUND])
        if any(piece in other for piece in near):
            return True
    return False


def compare(corpus: Path, *, details: bool) -> None:
    """Print the share of files with the same skills as the plain text, by template."""
    analyzer = Analyzer()
    rows = [r for r in json.loads((corpus / "manifest.json").read_text()) if not r["scanned"]]
    plain = {
        r["resume"]: analyze(analyzer, corpus / r["file"]) for r in rows if r["template"] == PLAIN
    }
    same: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        if row["template"] == PLAIN:
            continue
        text, report = analyze(analyzer, corpus / row["file"])
        plain_text, plain_report = plain[row["resume"]]
        here, there = held(report), held(plain_report)
        lost = {
            s for s in there.keys() - here.keys() if stands_in(there[s], plain_text, bare(text))
        }
        gained = here.keys() - there.keys()
        same[row["template"]].append(not lost and not gained)
        if details and (lost or gained):
            print(f"{row['file']}: lost {sorted(lost)}, gained {sorted(gained)}")
    for template, found in sorted(same.items()):
        print(f"{template:24} {sum(found):3} of {len(found)}")
    everything = [one for found in same.values() for one in found]
    count, total = sum(everything), len(everything)
    print(f"{'all':24} {count:3} of {total} {count / total:.1%}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--details", action="store_true")
    arguments = parser.parse_args()
    compare(arguments.corpus, details=arguments.details)
