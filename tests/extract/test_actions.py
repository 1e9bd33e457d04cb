"""Deeds: skills that are shown, not named. The wordings are data, with their own examples."""

from __future__ import annotations

import pytest

from skillgap.extract.actions import ActionIndex
from skillgap.extract.context import Context
from skillgap.extract.model import Method, Stance
from skillgap.extract.tokenizer import split
from skillgap.taxonomy.load import load_taxonomy
from skillgap.taxonomy.model import Action, Words

_ACTIONS = load_taxonomy().actions


def _texts(kind):
    for action in _ACTIONS:
        for text in getattr(action, kind):
            yield pytest.param(action.skill, text, id=f"{action.skill}: {text[:50]}")


def _held(find, text):
    return {mention.skill for mention in find(text) if mention.stance is Stance.HELD}


@pytest.mark.parametrize(("skill", "text"), list(_texts("examples")))
def test_examples_are_seen(find, skill, text):
    """Each example of an action shows its skill."""
    assert skill in _held(find, text)


@pytest.mark.parametrize(("skill", "text"), list(_texts("counterexamples")))
def test_counterexamples_are_not(find, skill, text):
    """No counterexample of an action shows its skill."""
    assert skill not in _held(find, text)


def test_every_action_shows_a_skill_that_can_be_named(extractor):
    """An action is another way to find a skill of the taxonomy, not a skill of its own."""
    assert {action.skill for action in _ACTIONS} <= extractor.taxonomy.skills_by_id.keys()


def test_a_deed_says_how_it_was_found(find):
    """The mention of a deed has the words, the method and the wording."""
    (mention,) = [m for m in find("Cut response time by half") if m.method is Method.ACTION]

    assert (mention.skill, mention.text) == ("latency-optimization", "Cut response time")
    assert mention.alias == "CUT ... LATENCY"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        pytest.param("They deployed 12 models to production", Stance.OF_OTHERS, id="they"),
        pytest.param("Never deployed models to production", Stance.NEGATED, id="never"),
        pytest.param("Hope to learn to deploy models to production", Stance.ASPIRED, id="hope"),
    ],
)
def test_a_deed_has_a_stance_as_names_have(find, text, stance):
    """What others did, or what is wished for, is no evidence."""
    assert {m.stance for m in find(text) if m.skill == "model-deployment"} == {stance}


def test_a_name_inside_a_deed_is_the_mention(find):
    """Who writes the skill's own name need not be told that it is shown as well."""
    found = [m for m in find("Own model deployment to production") if m.skill == "model-deployment"]

    assert [m.method for m in found] == [Method.PHRASE]


@pytest.fixture
def looked_for():
    """Return a function from a wording and a text to the words that the wording finds."""

    def look(wording, text, *words):
        index = ActionIndex([Action(skill="x", wordings=(wording,))], words)
        context = Context(split(text), text)
        return [
            text[context.starts[found.start] : context.end(found.end - 1)]
            for found in index.find(context, set())
        ]

    return look


@pytest.mark.parametrize(
    ("wording", "text", "found"),
    [
        pytest.param("built ... model", "built two small models", True, id="gap"),
        pytest.param("built model", "built two models", False, id="no gap"),
        pytest.param("built .. model", "built one two models", True, id="2 words"),
        pytest.param("built .. model", "built one two three models", False, id="3 words"),
        pytest.param("built ... model", "built a b c d e f g model", False, id="7 words"),
        pytest.param("built ... model", "built tools. The model", False, id="another sentence"),
        pytest.param("built ... model", "built tools; a model", False, id="another clause"),
        pytest.param("built ... model", "built tools they model", False, id="another subject"),
        pytest.param("built ... model", "built tools\n• a model", False, id="another bullet"),
        pytest.param("built ... model", "built big, good\nmodels", True, id="broken line"),
        pytest.param("built (a|) model", "built a model", True, id="optional, there"),
        pytest.param("built (a|) model", "built model", True, id="optional, not there"),
        pytest.param("built # model", "built 3,000 models", True, id="number"),
        pytest.param("in (a team|the group)", "in the group", True, id="several words"),
    ],
)
def test_what_a_wording_finds(looked_for, wording, text, found):
    """Slots, gaps and alternatives mean what the data's README says."""
    assert looked_for(wording, text) == ([text] if found else [])


def test_a_skill_is_shown_once_in_a_clause(looked_for):
    """The first of several deeds is enough."""
    assert looked_for("built ... model", "built a model, built models") == ["built a model"]


def test_longer_words_of_a_class_may_mean_something_else(looked_for):
    """A "data model" is none of the models that are trained."""
    model = Words(name="MODEL", forms=("model",), not_meant=("data model",))

    assert looked_for("built ... MODEL", "built a data model", model) == []
    assert looked_for("built ... MODEL", "built a good model", model) == ["built a good model"]
