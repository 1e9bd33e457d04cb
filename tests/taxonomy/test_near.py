"""What is near enough to be suggested."""

from __future__ import annotations

import pytest

from skillgap.taxonomy.near import nearest


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        pytest.param("pyhton", ["python", "jupyter"], ["python"], id="letters swapped"),
        pytest.param("Docer", ["docker"], ["docker"], id="letter left out, whatever the case"),
        pytest.param("mel", ["mle", "ds"], ["mle"], id="short"),
        pytest.param("machne lerning", ["machine learning"], ["machine learning"], id="two slips"),
        pytest.param("tensor", ["tensorflow"], ["tensorflow"], id="beginning"),
        pytest.param("foobar", ["hotjar", "looker", "toolbar"], [], id="too far"),
        pytest.param("blah", ["bash"], [], id="half of a short word"),
        pytest.param("x", ["r", "c"], [], id="one letter"),
        pytest.param("", ["r"], [], id="empty"),
    ],
)
def test_nearest(name: str, known: list[str], expected: list[str]) -> None:
    """A slip is near; a word that shares some letters is not."""
    assert nearest(name, known) == expected
