"""Extraction cases as data: see `tests/cases/README.md`. A new case needs no code."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from skillgap.document.reader import read_document
from skillgap.extract.model import Stance
from skillgap.resume.segment import segment
from skillgap.score.evidence import weigh

CASES = Path(__file__).parents[1] / "cases"


def _cases():
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            known_failure = pytest.mark.xfail(strict=True, reason=case.get("why", "not yet"))
            yield pytest.param(
                case,
                id=f"{path.stem}: {case['text'][:60]}",
                marks=[known_failure] if path.stem == "known_failures" else [],
            )


@pytest.mark.parametrize("case", list(_cases()))
def test_case(extractor, as_of, case):
    """The text shows what a careful reader would say it shows."""
    resume = segment(read_document(case["text"].encode(), name="text"), as_of=as_of)
    mentions = extractor.extract(resume)
    evidence = weigh(mentions, extractor.taxonomy)
    held = {m.skill for m in mentions if m.stance is Stance.HELD}
    stances = {m.skill: m.stance.value for m in mentions}

    assert set(case.get("held", [])) <= held
    assert set(case.get("shown", [])) <= {skill for skill, e in evidence.items() if e.strength > 0}
    assert held.isdisjoint(case.get("not_held", []))
    assert {s: stances.get(s) for s in case.get("stance", {})} == case.get("stance", {})
