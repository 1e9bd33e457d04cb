"""Text to a spaCy `Doc` whose tokens are the words that aliases are made of.

spaCy's English tokenizer parts words by rules for prose and takes seven times as long; this one
knows C++, C#, .NET, CI/CD and Python/R/SQL, and every token keeps its offset.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from spacy.attrs import NORM
from spacy.tokens import Doc
from spacy.vocab import Vocab

from skillgap.taxonomy.forms import TOKEN, fold

# A word or sign with the white space behind it: one call of the regular expression for a text.
_PIECE = re.compile(rf"({TOKEN.pattern}) (\s*)", re.VERBOSE)


class Tokens(NamedTuple):
    """The tokens of a text, in plain lists: spaCy's own `Token` objects cost too much to loop over.

    Attributes:
        words: The text of each token.
        spaces: Whether a space (or a line break) follows it.
        starts: Its offset into the text.
    """

    words: list[str]
    spaces: list[bool]
    starts: list[int]


class SkillTokenizer:
    """A spaCy tokenizer over the same words as `taxonomy.forms`.

    `token.idx` is the offset into the text, always. A single line break becomes the space behind
    the token before it, so that a name broken over two lines is still two neighbouring tokens;
    wider gaps leave a token of white space, which keeps the columns of a line apart.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        vocab.lex_attr_getters[NORM] = fold  # type: ignore[attr-defined]  # not in spaCy's stub

    def __call__(self, text: str) -> Doc:
        """Return the text's tokens as spaCy has them."""
        return self.doc(split(text))

    def doc(self, tokens: Tokens) -> Doc:
        """Return tokens as spaCy has them."""
        return Doc(self.vocab, words=tokens.words, spaces=tokens.spaces)

    # What spaCy asks of a tokenizer that is saved with its pipeline: there is nothing to save.

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing: the tokenizer has no state of its own."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> SkillTokenizer:
        """Return the tokenizer itself."""
        return self

    def to_disk(self, _path: str | Path, **_: Any) -> None:
        """Write nothing."""

    def from_disk(self, _path: str | Path, **_: Any) -> SkillTokenizer:
        """Return the tokenizer itself."""
        return self


def split(text: str) -> Tokens:
    """Split a text into words, signs and what white space is left between them."""
    opening = len(text) - len(text.lstrip())
    pieces = _PIECE.findall(text, opening)
    words = [word for word, _ in pieces]
    gaps = [gap for _, gap in pieces]
    lengths = map(len, itertools.chain.from_iterable(pieces))
    edges = list(itertools.accumulate(lengths, initial=opening))
    tokens = Tokens(words, list(map(bool, gaps)), edges[:-1:2])
    wide = [token for token, gap in enumerate(gaps) if len(gap) > 1]
    if wide or opening:
        _add_gaps(tokens, wide, gaps, text[:opening])
    return tokens


def _add_gaps(tokens: Tokens, wide: Iterable[int], gaps: Sequence[str], opening: str) -> None:
    """Add a token of white space behind each token with more than one space behind it."""
    words, spaces, starts = ([], [], []) if not opening else ([opening], [False], [0])
    done = 0
    for token in wide:
        behind = token + 1
        words += tokens.words[done:behind]
        spaces += tokens.spaces[done:behind]
        starts += tokens.starts[done:behind]
        words.append(gaps[token][1:])
        spaces.append(False)
        starts.append(tokens.starts[token] + len(tokens.words[token]) + 1)
        done = behind
    tokens.words[:] = words + tokens.words[done:]
    tokens.spaces[:] = spaces + tokens.spaces[done:]
    tokens.starts[:] = starts + tokens.starts[done:]
