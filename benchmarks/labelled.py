"""Skills on resumes that careful readers labelled.

    python benchmarks/labelled.py FOLDER [--details]

FOLDER holds `inventory.txt` (the skills that were labelled, an id first on each line), `docs/*.txt`
and `gold.json`: for each document `named` and `shown` (what both readers grant, with the words),
`not_held` (named, and not the writer's own), `disputed` (left out of every count) and `tools`
(other technical skills, as written).

Counted, over skills of the inventory: direct precision (of those held by name, the share granted);
the share found, by name or implied, of the named, and of the named or shown; the share of
`not_held` that is not held; and of the tools the share found, those the taxonomy does not know
included.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from skillgap import Analyzer, FitReport, Taxonomy
from skillgap.taxonomy.forms import folded

AS_OF = date(2026, 11, 1)


def known_forms(taxonomy: Taxonomy) -> dict[tuple[str, ...], str]:
    """Map the folded written forms to skill ids."""
    return {
        folded(form): skill.id
        for skill in taxonomy.skills
        for form in [skill.label, *(alias.form for alias in skill.aliases)]
    }


def count(
    gold: dict[str, Any],
    report: FitReport,
    inventory: set[str],
    forms: dict[tuple[str, ...], str],
) -> tuple[Counter[str], dict[str, list[str]]]:
    """Count one document; return the counts and what went wrong."""
    held = {skill.id for skill in report.skills if skill.held}
    shown = {skill.id for skill in report.skills if skill.strength > 0}
    disputed, named = set(gold["disputed"]), set(gold["named"])
    granted = named | set(gold["shown"])
    direct = (held & inventory) - disputed
    not_held = set(gold["not_held"]) - disputed
    tools = {tool: forms.get(folded(tool), "") in shown for tool in gold["tools"]}
    counts = Counter(
        direct=len(direct),
        direct_right=len(direct & granted),
        named=len(named),
        named_found=len(named & shown),
        granted=len(granted),
        granted_found=len(granted & shown),
        not_held=len(not_held),
        not_held_right=len(not_held - held),
        tools=len(tools),
        tools_found=sum(tools.values()),
    )
    wrong = {
        "false": sorted(direct - granted),
        "missed, named": sorted(named - shown),
        "missed, shown": sorted(granted - named - shown),
        "held, though not": sorted(not_held & held),
        "missed tools": sorted(tool for tool, found in tools.items() if not found),
    }
    return counts, wrong


def main() -> None:
    """Run over the documents of a folder and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--details", action="store_true", help="Also show what went wrong.")
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    lines = (folder / "inventory.txt").read_text(encoding="utf-8").splitlines()
    inventory = {line.split(" | ")[0] for line in lines}
    analyzer = Analyzer()
    forms = known_forms(analyzer.taxonomy)
    total: Counter[str] = Counter()
    for gold in json.loads((folder / "gold.json").read_text(encoding="utf-8")):
        report = analyzer.analyze(folder / "docs" / f"{gold['doc']}.txt", as_of=AS_OF)
        counts, wrong = count(gold, report, inventory, forms)
        total += counts
        for what, ids in wrong.items() if arguments.details else ():
            if ids:
                print(f"{gold['doc']}  {what}: {', '.join(ids)}")
    for what, right, of in (
        ("direct precision", "direct_right", "direct"),
        ("named, found", "named_found", "named"),
        ("named or shown, found", "granted_found", "granted"),
        ("not held, right", "not_held_right", "not_held"),
        ("tools, found", "tools_found", "tools"),
    ):
        print(f"{what:24} {total[right] / max(1, total[of]):.3f}  ({total[right]} of {total[of]})")


if __name__ == "__main__":
    main()
