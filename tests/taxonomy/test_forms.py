"""Written forms: what counts as the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillgap.taxonomy.forms import TOKEN, fold, folded, variants, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("C++/C#", ["C++", "/", "C#"], id="names that carry signs"),
        pytest.param("C++17", ["C++", "17"], id="a version after a sign"),
        pytest.param("on .NET Core", ["on", ".NET", "Core"], id="a leading dot"),
        pytest.param("Python/R/SQL", ["Python", "/", "R", "/", "SQL"], id="slashes part"),
        pytest.param("Python3 GPT-4", ["Python", "3", "GPT", "-", "4"], id="digits part"),
        pytest.param("don't Master’s", ["don't", "Master’s"], id="apostrophes stay"),
        pytest.param("1,000 v3.11", ["1,000", "v", "3.11"], id="numbers are whole"),
        pytest.param("R&D", ["R", "&", "D"], id="ampersand parts"),
    ],
)
def test_words(text, expected):
    """Text falls into the words that names of skills are made of."""
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Optimisation", "optimization"),
        ("modelling", "modeling"),
        ("analysed", "analyzed"),
        ("pipelines", "Pipeline"),
        ("APIs", "api"),
        ("batches", "batch"),
        ("libraries", "library"),
        ("behaviour", "behavior"),
        ("master's", "Master’s"),
    ],
)
def test_fold_equals(one, other):
    """Case, plural, British spelling and possessives make no difference."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C", "C++"),
        ("C", "C#"),
        ("Java", "JavaScript"),
        ("R", "RS"),
        ("SAS", "SA"),
        ("four", "for"),
    ],
)
def test_fold_differs(one, other):
    """Names that differ stay apart."""
    assert fold(one) != fold(other)


@given(st.text(max_size=30))
def test_fold_is_stable(word):
    """A folded word folds to itself, so that stored and fresh forms compare."""
    assert fold(fold(word)) == fold(word)


@given(st.text(max_size=200))
def test_words_lose_nothing(text):
    """Words and white space together are the text."""
    covered = sum(match.end() - match.start() for match in TOKEN.finditer(text))

    assert covered == sum(not c.isspace() for c in text)


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("CI/CD", ["CICD", "CI-CD", "CI CD", "ci/cd"]),
        ("A/B testing", ["AB testing", "A-B Testing", "a/b tests".replace("tests", "testing")]),
        ("scikit-learn", ["Scikit learn", "scikitlearn", "SCIKIT-LEARN"]),
        ("Power BI", ["PowerBI", "Power-BI"]),
        ("Node.js", ["NodeJS", "node js"]),
        ("GPT-4", ["GPT4", "GPT 4"]),
        ("fine-tuning", ["fine tuning", "finetuning"]),
        ("data pipeline", ["data pipelines", "data-pipelines"]),
    ],
)
def test_variants_cover(form, written):
    """One alias stands for the ways its name is put together."""
    forms = set(variants(form))

    assert [w for w in written if folded(w) not in forms] == []


def test_variants_join_nothing_short():
    """Two letters joined are too often a word of their own."""
    assert ("ab",) not in set(variants("A/B"))


def test_folded_takes_hyphens_for_spaces():
    """Aliases that differ only in hyphens are the same alias."""
    assert folded("fine-tuning") == folded("Fine Tuning")
