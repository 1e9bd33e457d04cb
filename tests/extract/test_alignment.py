"""The way back from what was read to what was given."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skillgap.document.reader import read_document
from skillgap.errors import DocumentError
from skillgap.extract.alignment import places_in


@given(st.text(st.sampled_from("ab \n\t•-=½ﬁ１A​."), min_size=1))
def test_plain_text_always_leads_back(text):
    """Each character of a text that was read is at its place in the given one, or a part of it."""
    try:
        read = read_document(text.encode(), name="text").text
    except DocumentError:
        return

    places = places_in(text, read)

    assert len(places) == len(read) + 1
    assert list(places) == sorted(places)
