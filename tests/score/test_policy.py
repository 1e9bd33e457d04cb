"""The constants of scoring."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from skillgap.score.knobs import knobs_of, shown
from skillgap.score.policy import ScoringPolicy
from skillgap.taxonomy.requirements import WeightRules

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "scoring.md"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("implication", 1.5, id="implication over 1"),
        pytest.param("precision", 0.0, id="nothing found is right"),
        pytest.param("recall", 0.0, id="nothing is found"),
        pytest.param("lean_kappa", 0.0, id="log of zero"),
        pytest.param("lean_temperature", 0.0, id="division by zero"),
        pytest.param("fit_bounds", (60.0, 40.0, 75.0), id="falling bounds"),
        pytest.param("poor_parse", ("no-such-warning",), id="a warning that is none"),
        pytest.param("lean_bounds", (0.5, 0.4, 0.3), id="falling lean bounds"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(field: str, value: Any) -> None:
    """The message names the field."""
    with pytest.raises(ValueError, match=field):
        ScoringPolicy(**{field: value})


def test_policies_can_be_compared() -> None:
    """Two policies are equal when all their constants are: signatures rely on it."""
    assert ScoringPolicy() == ScoringPolicy()
    assert ScoringPolicy(recall=0.8) != ScoringPolicy()


def test_the_documented_weights_are_the_real_ones() -> None:
    """The first two rows of the table of constants are those of the weights."""
    text = DOCUMENT.read_text("utf-8")

    for name in ("tier_discount", "tail_share"):
        assert f"| `{name}` | {getattr(WeightRules(), name)} |" in text


def test_the_documented_constants_are_the_real_ones() -> None:
    """The table says of each what the code says: its default, and what that stands on."""
    rows = re.findall(
        r"^\| `[a-z_.]+` \| .+? \| .+? \|$", DOCUMENT.read_text("utf-8"), re.MULTILINE
    )
    expected = [
        f"| `{knob.name}` | {shown(knob.default)} | {knob.stands_on} |"
        for knob in knobs_of(ScoringPolicy())
    ]

    first = next(place for place, row in enumerate(rows) if "tail_share" in row) + 1
    assert rows[first:] == expected
