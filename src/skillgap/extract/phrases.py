"""Where the aliases of the taxonomy stand in a text, whatever they may mean there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from threading import Lock
from typing import NamedTuple

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from skillgap.extract.model import Method
from skillgap.extract.tokenizer import Tokens
from skillgap.taxonomy.forms import HYPHENS, variants
from skillgap.taxonomy.model import Alias, Skill

_GAP = " "  # no word of any form


class Candidate(NamedTuple):
    """A place where an alias stands: tokens from `start` up to `end`."""

    start: int
    end: int
    skill: str
    alias: Alias
    method: Method = Method.PHRASE


class PhraseIndex:
    """The written forms of skills, matched over folded words by spaCy.

    Most words of a text are in no form: the matcher is shown the others only, with a gap where
    some are left out. So it costs what the skills of a text cost, and hostile text leaves no words
    in the vocabulary. A form is shown to the matcher when a text first has the form's first word:
    to show it all 17,000 takes half a second, and one resume needs a few hundred.
    """

    def __init__(self, vocab: Vocab, skills: Iterable[Skill]) -> None:
        self._vocab = vocab
        self._matcher = PhraseMatcher(vocab, attr="ORTH")
        self.words: set[str] = set()  # of all forms
        self.names: set[str] = set()  # of the forms in sight, not the hidden ones
        self._first_words: set[str] = set()
        self._waiting: dict[str, list[tuple[str, ...]]] = defaultdict(list)  # by first word
        self._adding = Lock()
        self._owners: dict[str, tuple[tuple[str, Alias], ...]] = {}
        owners: dict[tuple[str, ...], dict[str, Alias]] = defaultdict(dict)
        aliases = [(skill.id, alias) for skill in skills for alias in skill.aliases]
        written = [(skill, alias, list(variants(alias.form))) for skill, alias in aliases]
        for skill, alias, (own, *_) in written:  # "Databricks" before "data bricks"
            owners[own].setdefault(skill, alias)
        for skill, alias, ways in written:
            for variant in ways:
                owners[variant].setdefault(skill, alias)
                if not alias.hidden:
                    self.names.update(variant)
        for variant, owned in owners.items():
            self.words.update(variant)
            self._waiting[variant[0]].append(variant)
            self._owners[" ".join(variant)] = tuple(owned.items())
        self._first_words.update(self._waiting)

    def _show(self, norms: Iterable[str]) -> None:
        """Show the matcher the forms that begin with any of these words."""
        with self._adding:
            for word in norms:
                for variant in self._waiting.pop(word, ()):
                    doc = Doc(self._vocab, words=list(variant))
                    self._matcher.add(" ".join(variant), [doc])

    def find(self, tokens: Tokens, norms: Sequence[str]) -> list[Candidate]:
        """Return every place of every form, in the order of the text, longer ones first.

        Args:
            tokens: The text's words.
            norms: The same words, folded.
        """
        kept = self._kept(tokens, norms)
        self._show([norms[token] for token in kept if token >= 0])
        doc = Doc(self._vocab, words=[norms[token] if token >= 0 else _GAP for token in kept])
        strings = self._vocab.strings
        matches = [(first, -behind, key) for key, first, behind in self._matcher(doc)]
        return [
            Candidate(kept[first], kept[-behind - 1] + 1, *owned)
            for first, behind, key in sorted(matches)
            for owned in self._owners[strings[key]]
        ]

    def _kept(self, tokens: Tokens, norms: Sequence[str]) -> list[int]:
        """Return the tokens that are compared, with -1 for a gap between two of them."""
        known, first_words = self.words, self._first_words
        kept: list[int] = []
        behind = 0  # the token behind the last one kept
        for token in [token for token, norm in enumerate(norms) if norm in known]:
            if token != behind and _inner_hyphens(tokens, behind, token) != token - behind:
                if norms[token] not in first_words:
                    continue
                kept.append(-1)
            kept.append(token)
            behind = token + 1
        return kept


def _inner_hyphens(tokens: Tokens, start: int, end: int) -> int:
    """Count the hyphens inside a word, or at the end of a line, from `start` up to `end`.

    They are not compared. A dash with a space before it parts what stands around it.
    """
    at = max(1, start)
    while at < end and tokens.words[at] in HYPHENS and not tokens.spaces[at - 1]:
        at += 1
    return at - start
