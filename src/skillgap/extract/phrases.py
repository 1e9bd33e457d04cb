"""Where the aliases of the taxonomy stand in a text, whatever they may mean there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from skillgap.extract.tokenizer import Tokens
from skillgap.taxonomy.forms import HYPHENS, variants
from skillgap.taxonomy.model import Alias, Cue, Skill


class Candidate(NamedTuple):
    """A place where an alias stands: tokens from `start` up to `end`."""

    start: int
    end: int
    skill: str
    alias: Alias


class CueMatch(NamedTuple):
    """A place where a cue stands: tokens from `start` up to `end`."""

    start: int
    end: int
    cue: Cue


class PhraseIndex:
    """The written forms of skills and cues, matched over folded words by spaCy."""

    def __init__(self, vocab: Vocab, skills: Iterable[Skill], cues: Iterable[Cue]) -> None:
        self._vocab = vocab
        self._matcher = PhraseMatcher(vocab, attr="NORM")
        self._owners: dict[int, tuple[tuple[str, Alias], ...]] = {}
        self._cues: dict[int, Cue] = {}
        owners: dict[tuple[str, ...], dict[str, Alias]] = defaultdict(dict)
        for skill in skills:
            for alias in skill.aliases:
                for variant in variants(alias.form):
                    owners[variant].setdefault(skill.id, alias)
        for variant, owned in owners.items():
            self._owners[self._add("skill", variant)] = tuple(owned.items())
        for cue in cues:
            for variant in variants(cue.words):
                self._cues[self._add(f"cue-{cue.side}", variant)] = cue

    def _add(self, kind: str, variant: tuple[str, ...]) -> int:
        key = f"{kind}:{' '.join(variant)}"
        self._matcher.add(key, [Doc(self._vocab, words=list(variant))])
        return self._vocab.strings[key]

    def find(self, tokens: Tokens) -> tuple[list[Candidate], list[CueMatch]]:
        """Return every place of every form, in the order of the text, longer ones first."""
        kept = _without_hyphens(tokens)
        doc = Doc(self._vocab, words=[tokens.words[token] for token in kept])
        candidates, cues = [], []
        matches = sorted(self._matcher(doc), key=lambda match: (match[1], -match[2], match[0]))
        for key, first, behind in matches:
            start, end = kept[first], kept[behind - 1] + 1
            if key in self._cues:
                cues.append(CueMatch(start, end, self._cues[key]))
            else:
                candidates += [Candidate(start, end, *owned) for owned in self._owners[key]]
        return candidates, cues


def _without_hyphens(tokens: Tokens) -> list[int]:
    """Return the tokens that are compared: hyphens inside a word, or at the end of a line, are not.

    A dash with a space before it parts what stands around it, and is kept.
    """
    words, spaces = tokens.words, tokens.spaces
    return [
        token
        for token, word in enumerate(words)
        if word not in HYPHENS or token == 0 or spaces[token - 1]
    ]
