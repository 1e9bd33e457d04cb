"""Text to a spaCy `Doc` whose tokens are the words that aliases are made of.

spaCy's English tokenizer parts words by rules for prose and takes seven times as long; this one
knows C++, C#, .NET, CI/CD and Python/R/SQL, and every token keeps its offset.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from spacy.attrs import NORM
from spacy.tokens import Doc
from spacy.vocab import Vocab

from skillgap.taxonomy.forms import TOKEN, fold


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
    tokens = Tokens([], [], [])
    words, spaces, starts = tokens
    end = 0
    for match in TOKEN.finditer(text):
        start = match.start()
        if start != end:
            _add_gap(tokens, text[end:start], end)
        words.append(match.group())
        spaces.append(False)
        starts.append(start)
        end = match.end()
    if end != len(text):
        _add_gap(tokens, text[end:], end)
    return tokens


def _add_gap(tokens: Tokens, gap: str, start: int) -> None:
    if tokens.words:
        tokens.spaces[-1] = True
        gap = gap[1:]
        start += 1
    if gap:
        tokens.words.append(gap)
        tokens.spaces.append(False)
        tokens.starts.append(start)
