"""One skill told with everything the taxonomy says of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skillgap.taxonomy.load import compile_folder, load_taxonomy
from skillgap.taxonomy.show import skill_json, skill_text


def test_text_names_forms_links_and_weights_with_their_lines(data: Path) -> None:
    """Each line ends in where it stands, or in "curated"."""
    taxonomy = compile_folder(data)

    assert skill_text(taxonomy, taxonomy.skill("sql")).splitlines() == [
        "SQL (sql), area languages",
        "written forms:",
        "  SQL  [D1:1, D1:2]",
        "  sequel (hidden) (by rule)  [curated]",
        "related: python  [D1:2]",
        "DS: weight 0.600 (measured), 60.0 points  [D1:5]",
        "DS, task: Asks questions of tables.  [D1:6]",
    ]


def test_text_shows_implications_from_both_ends(data: Path) -> None:
    """What counts as evidence is seen from the tool and from the field."""
    taxonomy = compile_folder(data)

    assert "implies: machine-learning (0.9)  [curated]" in skill_text(
        taxonomy, taxonomy.skill("deep-learning")
    )
    told = skill_text(taxonomy, taxonomy.skill("machine-learning"))
    assert "implied by: deep-learning (0.9)  [curated]" in told
    assert "narrower: deep-learning" in told


def test_json_holds_the_same(data: Path) -> None:
    """A program reads what a person reads."""
    taxonomy = compile_folder(data)

    told = json.loads(skill_json(taxonomy, taxonomy.skill("machine-learning")))

    assert told["id"] == "machine-learning"
    assert told["narrower"] == ["deep-learning"]
    assert [row["skill"] for row in told["implied_by"]] == ["deep-learning"]
    assert told["implies"] == []
    assert told["requirements"]["ds"]["weight"] == pytest.approx(0.4)
    assert told["facts"] == {"ds": [], "mle": []}


@pytest.mark.parametrize("tell", [skill_text, skill_json])
def test_every_bundled_skill_can_be_told(tell) -> None:
    """No skill has a combination of data that telling it does not know."""
    taxonomy = load_taxonomy()

    for skill in taxonomy.skills:
        assert skill.label in tell(taxonomy, skill)
