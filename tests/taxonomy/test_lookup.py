"""A skill by what somebody calls it."""

from __future__ import annotations

import pytest

from skillgap.errors import UnknownNameError
from skillgap.taxonomy.load import load_taxonomy
from skillgap.taxonomy.lookup import look_up, look_up_role
from tests.factories import skill, taxonomy


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("kubernetes", "kubernetes", id="id"),
        pytest.param("Kubernetes", "kubernetes", id="name"),
        pytest.param("k8s", "kubernetes", id="written form"),
        pytest.param("cicd", "ci-cd", id="joined"),
        pytest.param("CI-CD", "ci-cd", id="hyphen"),
        pytest.param("A/B tests", "ab-testing", id="plural"),
        pytest.param("C++", "cpp", id="signs"),
        pytest.param(" sklearn ", "scikit-learn", id="spaces around"),
        pytest.param("Go", "go", id="also an everyday word"),
    ],
)
def test_any_name_leads_to_the_skill(name: str, expected: str) -> None:
    """Whoever asks for a skill need not know its id."""
    assert look_up(load_taxonomy(), name).id == expected


def test_every_id_and_name_leads_to_its_skill() -> None:
    """What a report shows can be asked for."""
    bundled = load_taxonomy()

    for known in bundled.skills:
        assert look_up(bundled, known.id) is known
        assert look_up(bundled, known.label) is known


def test_a_name_comes_before_other_forms() -> None:
    """What is one skill's name may be another's way of writing."""
    one, other = skill("one"), skill("other", forms=["other", "one"])

    assert look_up(taxonomy([one, other]), "One") is one


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("pyhton", "did you mean python", id="typing mistake"),
        pytest.param("kuberntes", "did you mean kubernetes", id="letter left out"),
        pytest.param("tensor", "did you mean tensor", id="beginning"),
        pytest.param("foobar", "; `skillgap taxonomy list` names all", id="nothing absurd"),
        pytest.param("qqqq", "`skillgap taxonomy list` names all", id="nothing near"),
        pytest.param("", "names all", id="empty"),
        pytest.param("-", "names all", id="no word"),
    ],
)
def test_an_unknown_name_is_told_with_what_is_near(name: str, said: str) -> None:
    """One line that says what would be right."""
    with pytest.raises(UnknownNameError, match="there is no skill") as caught:
        look_up(load_taxonomy(), name)

    assert said in str(caught.value)


def test_a_form_of_several_skills_is_told() -> None:
    """Which of them is meant only the asker knows."""
    vocabulary = taxonomy([skill("a", forms=["both"]), skill("b", forms=["both"])])

    with pytest.raises(UnknownNameError, match="a, b; name one of these ids"):
        look_up(vocabulary, "Both")


@pytest.mark.parametrize("name", ["mle", "MLE", "machine learning engineers"])
def test_a_role_goes_by_its_names(name: str) -> None:
    """Id, abbreviation, name or title."""
    assert look_up_role(load_taxonomy(), name).id == "mle"


def test_an_unknown_role_is_told() -> None:
    """With those there are."""
    with pytest.raises(UnknownNameError, match=r"no role 'cook'; there are .*mle"):
        look_up_role(load_taxonomy(), "cook")
