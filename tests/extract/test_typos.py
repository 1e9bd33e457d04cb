"""Misspelt names are read as what they are near to, and right words never are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillgap.extract.model import Method
from skillgap.extract.typos import Speller


@pytest.mark.parametrize(
    ("text", "skill", "alias"),
    [
        ("Pytohn", "python", "Python"),
        ("Pyhton", "python", "Python"),
        ("Kuberentes", "kubernetes", "Kubernetes"),
        ("Tesnorflwo", "tensorflow", "TensorFlow"),
        ("machine lerning", "machine-learning", "Machine Learning"),
        ("A/B tesitng", "ab-testing", "A/B Testing"),
    ],
)
def test_a_typo_is_marked_with_what_it_was_read_as(extractor, text, skill, alias):
    """The mention keeps the text as written and names the alias."""
    (mention,) = [m for m in extractor.extract_text(f"Used {text} daily") if m.skill == skill]
    assert (mention.text, mention.alias, mention.method) == (text, alias, Method.TYPO)


@pytest.mark.parametrize(
    "text",
    [
        "court docket",
        "saved two million",
        "a locker at night",
        "fluent",
        "Informatyka",
        "organisation",
    ],
)
def test_a_right_word_is_no_typo(extractor, text):
    """What a dictionary knows, or a language writes so, is left alone."""
    assert not [m for m in extractor.extract_text(text) if m.method is Method.TYPO]


def test_an_ambiguous_name_is_not_read_from_a_typo():
    """Of two words as near as each other none is taken."""
    speller = Speller({"fluenta", "fluentb"}, ["fluenta", "fluentb"])
    assert speller.corrections(["fluentx"]) == {}


@given(st.sampled_from(["kubernetes", "tensorflow", "elasticsearch"]), st.data())
def test_one_swap_is_always_read(word, data):
    """Any two neighbouring letters behind the first may change places."""
    at = data.draw(st.integers(1, len(word) - 2))
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    expected = {} if swapped == word else {0: word}
    assert Speller({word}, [word]).corrections([swapped]) == expected


def test_the_form_as_written_is_the_one_that_is_named(extractor):
    """Of two forms that are matched alike, "data bricks" and "Databricks", the text's counts."""
    (mention,) = extractor.extract_text("Pipelines on Databricks daily")[-1:]
    assert mention.alias == "Databricks"
