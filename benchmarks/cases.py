"""How well the extraction cases of the tests, all taken together, are met.

    python benchmarks/cases.py [FILE ...] [--details]

FILE is a file of cases as in `tests/cases`, all of them when none is given, those that are known to
fail included. Counted, by file: cases met whole; of what must be held the share found, by name or
implied by what is; precision, the share of what was found among all that a case decides (held or
not); of what must not be held the share that is not; stances.
"""

from __future__ import annotations

import argparse
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from skillgap.document.reader import read_document
from skillgap.extract.extractor import Extractor
from skillgap.extract.model import Stance
from skillgap.resume.segment import segment
from skillgap.score.evidence import weigh
from skillgap.taxonomy.load import load_taxonomy

CASES = Path(__file__).parents[1] / "tests" / "cases"
AS_OF = date(2026, 11, 1)


@dataclass
class Tally:
    """What was counted for one file."""

    cases: int = 0
    met: int = 0
    wanted: int = 0
    found: int = 0
    unwanted: int = 0
    false: int = 0
    stances: int = 0
    stances_right: int = 0


def count(tally: Tally, case: dict[str, Any], extractor: Extractor) -> str:
    """Count one case and say what it misses; empty when it is met whole."""
    document = read_document(case["text"].encode(), name="text")
    mentions = extractor.extract(segment(document, as_of=AS_OF))
    named = {m.skill for m in mentions if m.stance is Stance.HELD}
    shown = {s for s, e in weigh(mentions, extractor.taxonomy).items() if e.strength > 0}
    stances = {m.skill: m.stance.value for m in mentions}
    held, granted = set(case.get("held", [])), set(case.get("shown", []))
    missed = (held - named) | (granted - shown)
    false = set(case.get("not_held", [])) & named
    other = {s: v for s, v in case.get("stance", {}).items() if stances.get(s) != v}
    tally.cases += 1
    tally.met += not (missed or false or other)
    tally.wanted += len(held | granted)
    tally.found += len(held | granted) - len(missed)
    tally.unwanted += len(case.get("not_held", []))
    tally.false += len(false)
    tally.stances += len(case.get("stance", {}))
    tally.stances_right += len(case.get("stance", {})) - len(other)
    parts = {"missed": sorted(missed), "false": sorted(false), "stance": sorted(other)}
    return "; ".join(f"{what}: {', '.join(ids)}" for what, ids in parts.items() if ids)


def row(name: str, tally: Tally) -> str:
    """Return a line of the table."""
    decided = tally.found + tally.false
    return (
        f"{name:32} {tally.met:4} of {tally.cases:4}"
        f"  recall {tally.found / max(1, tally.wanted):.3f}"
        f"  precision {tally.found / max(1, decided):.3f}"
        f"  not held {1 - tally.false / max(1, tally.unwanted):.3f}"
        f"  stance {tally.stances_right} of {tally.stances}"
    )


def main() -> None:
    """Run over the files and print a line for each, and one for all."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--details", action="store_true", help="Also show each case not met.")
    arguments = parser.parse_args()
    extractor = Extractor(load_taxonomy())
    total = Tally()
    for path in arguments.files or sorted(CASES.glob("*.toml")):
        tally = Tally()
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            wrong = count(tally, case, extractor)
            if wrong and arguments.details:
                print(f"\n{case['text']}\n    {wrong}")
        print(row(path.stem, tally))
        for name, value in vars(tally).items():
            setattr(total, name, getattr(total, name) + value)
    print(row("all", total))


if __name__ == "__main__":
    main()
