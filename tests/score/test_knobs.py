"""Constants that describe themselves, and the files that set them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillgap.errors import PolicyError, SkillgapError
from skillgap.score.knobs import knobs_of, shown
from skillgap.score.policy import DEFAULT_POLICY, WEIGHTED_POLICY, EvidenceRule, ScoringPolicy
from tests.conftest import RESUMES

EXAMPLE = RESUMES.parent / "policy.toml"


# --- what they say of themselves ------------------------------------------------------------------


def test_every_constant_says_what_it_stands_on() -> None:
    """No number without a reason, the nested ones included."""
    knobs = list(knobs_of(DEFAULT_POLICY))

    assert all(knob.stands_on for knob in knobs)
    assert {"recall", "spread.tail", "weighted.listed"} <= {knob.name for knob in knobs}
    assert not any(knob.changed for knob in knobs)


def test_what_differs_from_the_default_is_known() -> None:
    """A report tells which constants were changed."""
    changed = [knob for knob in knobs_of(WEIGHTED_POLICY) if knob.changed]

    assert [(knob.name, knob.value) for knob in changed] == [("evidence", "weighted")]


@pytest.mark.parametrize(
    ("setting", "text"), [(0.5, "0.5"), (12, "12"), ("word", "word"), ((40.0, 60.0), "40, 60")]
)
def test_a_value_for_people(setting: float | str | tuple[float, ...], text: str) -> None:
    """Without zeros that say nothing."""
    assert shown(setting) == text


def test_a_policy_stays_as_it_is() -> None:
    """What was scored with it can be compared for ever."""
    with pytest.raises(FrozenInstanceError):
        DEFAULT_POLICY.recall = 0.5  # type: ignore[misc]


# --- files ----------------------------------------------------------------------------------------


def test_an_empty_file_is_the_default() -> None:
    """What is not set keeps its default."""
    assert ScoringPolicy.from_toml("") == DEFAULT_POLICY


def test_a_file_sets_what_it_names() -> None:
    """Numbers, lists, words and tables; a whole number does for a fraction."""
    policy = ScoringPolicy.from_toml(
        'evidence = "weighted"\nlean_prior = 2\nfit_bounds = [30, 50, 70]\npoor_parse = ["ocr"]\n'
        "[weighted]\nlisted = 0.5\n[spread]\ntail = 1.0\n"
    )

    assert policy.evidence is EvidenceRule.WEIGHTED
    assert (policy.lean_prior, policy.fit_bounds) == (2.0, (30.0, 50.0, 70.0))
    assert policy.poor_parse == ("ocr",)
    assert (policy.weighted.listed, policy.weighted.job) == (0.5, 0.85)
    assert policy.spread == replace(DEFAULT_POLICY.spread, tail=1.0)
    assert isinstance(policy.lean_prior, float)


def test_the_example_is_a_policy_of_its_own() -> None:
    """It weighs evidence, and expects poor scans."""
    policy = ScoringPolicy.load(EXAMPLE)

    assert policy.evidence is EvidenceRule.WEIGHTED
    assert policy.poor_recall < DEFAULT_POLICY.poor_recall


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("lean_kapa = 1", "lean_kapa: there is no such constant; did you", id="typo"),
        pytest.param("zzz = 1", "zzz: there is no such constant; `skillgap policy", id="unknown"),
        pytest.param("[weighted]\nlistd = 1", "weighted.listd: there is no such", id="in a table"),
        pytest.param("weighted = 1", "weighted: must be a table: [weighted]", id="no table"),
        pytest.param('recall = "high"', "recall: must be a number, not 'high'", id="a word"),
        pytest.param("recall = true", "recall: must be a number, not True", id="a truth"),
        pytest.param("recall = 1.5", "recall: must be from 0.01 to 1, not 1.5", id="too high"),
        pytest.param("recall = nan", "recall: must be from", id="not a number"),
        pytest.param("lean_prior = -1", "lean_prior: must be 0 or more, not -1", id="too low"),
        pytest.param("lean_prior = inf", "lean_prior: must be 0 or more", id="endless"),
        pytest.param("[spread]\ntail = -1", "spread.tail: must be 0 or", id="too low in a table"),
        pytest.param(
            "[weighted]\njob = 0.1", "weighted.job: must be most, then", id="places that rise"
        ),
        pytest.param("nearest_siblings = 1.5", "must be a whole number", id="no whole number"),
        pytest.param("fit_bounds = [1, 2]", "must be a list of 3 numbers", id="too short a list"),
        pytest.param("fit_bounds = [3, 2, 1]", "fit_bounds: must rise", id="falling bounds"),
        pytest.param("fit_bounds = [1, 2, 'x']", "fit_bounds: must be a number", id="odd list"),
        pytest.param('poor_parse = "ocr"', "must be a list of words", id="a word for a list"),
        pytest.param('poor_parse = ["orc"]', "poor_parse: must hold codes of", id="no such code"),
        pytest.param("evidence = 'good'", "must be one of binary, weighted", id="no such rule"),
        pytest.param('"a\\nb" = 1', r"'a\nb': there is no such", id="a key of two lines"),
        pytest.param("recall = ", "this is no TOML", id="no TOML"),
    ],
)
def test_a_wrong_file_is_one_line(text: str, said: str) -> None:
    """It names the file, the constant, and what would be right."""
    with pytest.raises(PolicyError) as caught:
        ScoringPolicy.from_toml(text, "own.toml")

    message = str(caught.value)
    assert message.startswith("own.toml: ")
    assert said in message
    assert "\n" not in message


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A missing file, a folder, and bytes that are no text."""
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")

    for name, said in (
        ("no.toml", "cannot be read"),
        ("", "cannot be read"),
        ("bytes.toml", "UTF"),
    ):
        with pytest.raises(PolicyError, match=said):
            ScoringPolicy.load(tmp_path / name)


@given(st.text())
def test_any_text_is_a_policy_or_an_error(text: str) -> None:
    """Never a traceback."""
    try:
        policy = ScoringPolicy.from_toml(text)
    except SkillgapError as error:
        assert "\n" not in str(error)  # noqa: PT017, both ways are right
    else:
        assert policy == DEFAULT_POLICY
