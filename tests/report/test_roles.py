"""Roles told: what they ask for, side by side, each line with where it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from skillgap.report.roles import overlap_json, overlap_text, role_json, role_text
from skillgap.score.overlap import overlap
from skillgap.taxonomy.load import load_taxonomy
from skillgap.taxonomy.model import Taxonomy
from tests.factories import small_taxonomy

HUNG = re.compile(r"\n {4,}(?=\S)")  # before what goes on below, because a terminal is narrow
CITED = re.compile(r"\[(?:[A-Z]\d:\d+(?:, )?)+\]$|\[curated\]$")


@pytest.mark.parametrize("role", ["mle", "ds"])
def test_every_requirement_of_a_role_is_told_and_cited(role: str) -> None:
    """With its points, its share and where from; the ladder and each measure of pay too."""
    found = load_taxonomy().role(role)

    told = HUNG.sub(" ", role_text(found))

    for requirement in found.requirements:
        assert re.search(rf"  {re.escape(requirement.label)}  ", told)
    assert "posting median base" in told
    assert "0-2 years" in told
    for fact in found.facts:
        assert (fact.text in told) == (fact.kind in {"market", "education", "career", "choice"})
    rows = [line for line in told.splitlines() if line.startswith("  ")]
    assert all(CITED.search(row) for row in rows)


def test_a_role_without_pay_and_ladder_is_told() -> None:
    """What nobody says is left out."""
    bare = small_taxonomy().role("ds").model_copy(update={"pay": (), "ladder": ()})

    assert "pay" not in role_text(bare)
    assert "ladder" not in role_text(bare)


def test_two_roles_are_told_with_shared_alone_and_contrasts() -> None:
    """The documents' own figures stand beside the computed ones."""
    bundled = load_taxonomy()
    found = overlap(bundled.role("mle"), bundled.role("ds"))

    screen = overlap_text(found, bundled)
    told = HUNG.sub(" ", screen)

    assert max(map(len, screen.splitlines())) <= 80

    assert f"shared ({len(found.shared)})" in told
    assert f"MLE alone ({len(found.only_first)})" in told
    assert f"DS alone ({len(found.only_second)})" in told
    assert "Jaccard 0.50): 20 shared" in told
    assert re.search(r"\+0\.88 +19% +-  Kubernetes +\[D2:75\]", told)
    assert re.search(r"\+1\.06 +~24% +~5%  System design ", told)
    rows = [line for line in told.splitlines() if line.startswith("  ")]
    assert all(CITED.search(row) for row in rows)


@pytest.mark.parametrize("load", [small_taxonomy, load_taxonomy])
def test_json_holds_the_same(load: Callable[[], Taxonomy]) -> None:
    """A program reads what a person reads."""
    vocabulary = load()
    mle, ds = vocabulary.role("mle"), vocabulary.role("ds")
    found = overlap(mle, ds)

    told = json.loads(overlap_json(found, vocabulary))

    assert told["jaccard"] == found.jaccard
    assert [row["requirement"] for row in told["shared"]] == [c.requirement for c in found.shared]
    assert all(row["citations"] and row["label"] for row in told["only_first"])
    assert json.loads(role_json(mle))["requirements"][0]["id"] == mle.requirements[0].id
