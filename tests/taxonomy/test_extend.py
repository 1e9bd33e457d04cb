"""Skills of one's own, added in memory."""

from __future__ import annotations

import pytest

from skillgap.errors import TaxonomyFaultsError
from skillgap.score.evidence import weigh
from skillgap.score.fit import assess
from skillgap.taxonomy.extend import extend
from skillgap.taxonomy.model import Implication, Skill
from tests.factories import held, skill, small_taxonomy


def test_an_added_skill_is_known_and_counts_for_what_it_implies() -> None:
    """The new skill is evidence, through its implication."""
    small = small_taxonomy()
    assert "house-trainer" not in small.skills_by_id  # asked first, so that its table is cached

    extended = extend(
        small,
        skills=[skill("house-trainer")],
        implications=[Implication(skill="house-trainer", implies="mlops", strength=0.8)],
    )

    fit = assess(weigh(held("house-trainer"), extended), extended.role("mle"), extended)
    met = {c.requirement: c.met_by for c in fit.contributions if c.met_by}
    assert extended.skill("house-trainer").area == "tools"
    assert met == {"mlops": "mlops"}


def test_the_given_taxonomy_stays_as_it_is() -> None:
    """Other analyzers may use it at the same time."""
    small = small_taxonomy()

    extended = extend(small, skills=[skill("house-trainer")])

    assert len(extended.skills) == len(small.skills) + 1
    assert extended.sha256 != small.sha256
    assert "house-trainer" not in small.skills_by_id


def test_nothing_added_changes_no_skill_and_no_weight() -> None:
    """Weights are computed anew to the same values."""
    small = small_taxonomy()

    extended = extend(small)

    assert extended.skills == small.skills
    assert extended.roles == small.roles


def test_skills_stay_in_order_and_new_areas_are_named() -> None:
    """Reports list skills by id and show their area."""
    extended = extend(small_taxonomy(), skills=[skill("aa", area="house"), skill("zz")])

    assert [s.id for s in extended.skills] == sorted(extended.skills_by_id)
    assert "house" in {area.id for area in extended.areas}


def test_additions_that_break_rules_are_told_all_at_once() -> None:
    """The same rules hold as for the data in files."""
    twice = Skill(id="python", label="Python", area="tools")
    taken = Skill(id="house", label="House", area="tools", forms=("SQL",))

    with pytest.raises(TaxonomyFaultsError) as caught:
        extend(small_taxonomy(), skills=[twice, taken])

    assert "skills/tools.toml: python: the id stands 2 times" in caught.value.faults
    assert any("house.SQL: also an alias of sql" in fault for fault in caught.value.faults)
