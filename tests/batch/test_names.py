"""Which file somebody means by a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillgap.batch.model import STATUSES
from skillgap.batch.names import meant, near
from skillgap.errors import DocumentError

SOURCES = ("in/ann.pdf", "in/anna.pdf", "in/may.zip!b/Ben Li.docx", "old/ann.txt")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param("ann.pdf", ["in/ann.pdf"], id="name"),
        pytest.param("ANNA", ["in/anna.pdf"], id="stem"),
        pytest.param("ann", ["in/ann.pdf", "old/ann.txt"], id="stem before begin"),
        pytest.param("be", ["in/may.zip!b/Ben Li.docx"], id="begin, in an archive"),
        pytest.param("old/", ["old/ann.txt"], id="begin of a path"),
        pytest.param("b/Ben Li.docx", ["in/may.zip!b/Ben Li.docx"], id="begin and end"),
        pytest.param("", [], id="nothing"),
        pytest.param("nn", [], id="middle"),
    ],
)
def test_a_name_means_files(wanted: str, found: list[str]) -> None:
    """The nearest way of meaning comes first."""
    assert list(meant(wanted, SOURCES)) == found


def test_near_names_are_at_most_five() -> None:
    """Those that hold the text come before those that are like it."""
    many = [f"in/ann-{number}.pdf" for number in range(9)]

    assert len(near("ann", many)) == 5
    assert near("annn.pdf", SOURCES)[:2] == ("in/ann.pdf", "old/ann.txt")
    assert near("zzz", SOURCES) == ()


@given(st.lists(st.text(max_size=8), unique=True), st.text(max_size=8))
def test_what_is_found_is_there(sources: list[str], wanted: str) -> None:
    """Whatever names hold."""
    assert set(meant(wanted, sources)) <= set(sources)
    assert set(near(wanted, sources)) <= set(sources)


def test_every_status_that_a_reader_gives_is_known() -> None:
    """So that none is refused by a filter."""
    assert {kind.status for kind in DocumentError.__subclasses__()} <= {*STATUSES}
