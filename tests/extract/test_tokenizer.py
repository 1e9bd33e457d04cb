"""The tokenizer: spaCy documents whose tokens keep their offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from skillgap.extract.tokenizer import SkillTokenizer


@pytest.fixture(scope="module")
def tokenizer():
    """Return one tokenizer for all tests: it keeps no state but its vocabulary."""
    return SkillTokenizer(Vocab())


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_offsets(tokenizer, text):
    """Every token's offset is that of its text, whatever the white space."""
    for token in tokenizer(text):
        assert text[token.idx : token.idx + len(token.text)] == token.text


def test_line_break_joins(tokenizer):
    """A name broken over two lines is two neighbouring tokens."""
    assert [token.text for token in tokenizer("machine\nlearning")] == ["machine", "learning"]


def test_wide_gap_parts(tokenizer):
    """Columns of a line stay apart by a token of white space."""
    assert [token.text for token in tokenizer("machine  learning")] == ["machine", " ", "learning"]


def test_empty(tokenizer):
    """An empty text is an empty document."""
    assert len(tokenizer("")) == 0
