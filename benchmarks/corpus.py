"""Skills, traps and leans on a corpus of resumes with known truth.

    python benchmarks/corpus.py CORPUS [--details]

CORPUS holds `manifest.json` (one row a file: resume, template, format, layout, scanned, the
skills its template drops) and `<resume>/gold.json` (kind, skills with their written forms, texts
under `not_demonstrated` that only look like skills).

Counted, by format: of the gold skills that the taxonomy knows, the share found, named as held or
implied by what is held, and the share of those named; traps
read as held; files that lean to the right role; files that could not be read.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from skillgap import Analyzer, DocumentError, FitReport, ScannedDocumentError, Taxonomy
from skillgap.taxonomy.forms import folded

AS_OF = date(2026, 11, 1)


@dataclass
class Tally:
    """What was counted for one group of files."""

    files: int = 0
    wanted: int = 0
    found: int = 0
    named: int = 0
    traps: int = 0
    leans: int = 0
    leans_right: int = 0
    missed: Counter[str] = field(default_factory=Counter)


def known_skills(taxonomy: Taxonomy) -> dict[tuple[str, ...], str]:
    """Map the folded written forms to skill ids."""
    return {
        folded(form): skill.id
        for skill in taxonomy.skills
        for form in [skill.label, *(alias.form for alias in skill.aliases)]
    }


def gold_ids(gold: dict[str, Any], known: dict[tuple[str, ...], str]) -> dict[str, str]:
    """Map the gold skills that the taxonomy knows to their ids."""
    ids = {}
    for row in gold["skills"]:
        for form in [row["skill"], *row["surfaces"]]:
            if (skill := known.get(folded(form))) is not None:
                ids[row["skill"]] = skill
                break
    return ids


def traps_held(gold: dict[str, Any], report: FitReport, text_of: dict[str, str]) -> Iterator[str]:
    """Yield the traps that are read as held: a held mention inside the trap's own words."""
    for trap in gold["not_demonstrated"]:
        words = trap["text"].lower()
        for skill in report.held:
            for mention in skill.mentions:
                if mention.stance == "held" and _lies_in(mention, words, text_of["text"]):
                    yield f"{trap['text']}: {skill.id} “{mention.text}”"


def _lies_in(mention: Any, words: str, text: str) -> bool:
    flat = " ".join(text.lower().split())
    around = " ".join(text[max(0, mention.start - 60) : mention.end + 60].lower().split())
    if words in flat and words in around and mention.text.lower() in words:
        return True
    return mention.text.lower() == words


def measure(corpus: Path, *, details: bool) -> None:
    """Print the table."""
    analyzer = Analyzer()
    known = known_skills(analyzer.taxonomy)
    tallies: dict[str, Tally] = defaultdict(Tally)
    errors: Counter[str] = Counter()
    for row in json.loads((corpus / "manifest.json").read_text()):
        gold = json.loads((corpus / row["resume"] / "gold.json").read_text())
        try:
            document_text, report = _analyze(analyzer, corpus / row["file"])
        except ScannedDocumentError:
            errors["scan, said so" if row["scanned"] else f"not a scan: {row['file']}"] += 1
            continue
        except DocumentError as error:
            errors[f"{row['format']}: {error}"] += 1
            continue
        _count(tallies[row["format"]], row, gold, report, known, document_text, details=details)
    _print(tallies, errors)


def _analyze(analyzer: Analyzer, path: Path) -> tuple[str, FitReport]:
    from skillgap.document.reader import read_document

    document = read_document(path)
    return document.text, analyzer.analyze_document(document, as_of=AS_OF)


def _count(
    tally: Tally,
    row: dict[str, Any],
    gold: dict[str, Any],
    report: FitReport,
    known: dict[tuple[str, ...], str],
    text: str,
    *,
    details: bool,
) -> None:
    tally.files += 1
    held = {skill.id for skill in report.held}
    shown = {skill.id for skill in report.skills if skill.strength > 0}
    for name, skill in gold_ids(gold, known).items():
        if name in row["dropped_skills"]:
            continue
        tally.wanted += 1
        tally.found += skill in shown
        tally.named += skill in held
        if skill not in shown:
            tally.missed[f"{name} ({row['resume']} {row['template']})"] += 1
    for trap in traps_held(gold, report, {"text": text}):
        tally.traps += 1
        if details:
            print(f"trap in {row['file']}: {trap}")
    scores = {fit.role: round(fit.score) for fit in report.fits}
    if details:
        print(f"{row['file']}: {scores}, leans {report.lean.role} {report.lean.net_share:+.2f}")
    if gold["kind"] in ("mle", "ds"):
        tally.leans += 1
        tally.leans_right += report.lean.role == gold["kind"]


def _print(tallies: dict[str, Tally], errors: Counter[str]) -> None:
    head = f"{'format':8} {'files':>5} {'skills found':>20} {'named':>6} {'traps':>6}"
    print(f"{head} {'leans right':>12}")
    for name, tally in sorted(tallies.items()):
        share, named = (n / max(1, tally.wanted) for n in (tally.found, tally.named))
        print(
            f"{name:8} {tally.files:5} {tally.found:6} of {tally.wanted:4} {share:6.1%} "
            f"{named:6.1%} {tally.traps:6} {tally.leans_right:5} of {tally.leans}"
        )
    for name, tally in sorted(tallies.items()):
        for missed, count in tally.missed.most_common(40):
            print(f"  missed, {name}: {missed} x{count}")
    for error, count in sorted(errors.items()):
        print(f"  {error}: {count}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--details", action="store_true")
    arguments = parser.parse_args()
    measure(arguments.corpus, details=arguments.details)
