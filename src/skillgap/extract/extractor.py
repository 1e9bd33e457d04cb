"""Resume in, mentions out: the third step, in spaCy's own parts."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.vocab import Vocab

from skillgap.document.model import Span
from skillgap.extract.actions import ActionIndex, with_deeds
from skillgap.extract.ambiguity import Reading, resolve
from skillgap.extract.context import Context
from skillgap.extract.cues import CueIndex
from skillgap.extract.expansions import Expansions
from skillgap.extract.model import Mention, Method, Stance
from skillgap.extract.names import tokens_of_names
from skillgap.extract.phrases import Candidate, PhraseIndex
from skillgap.extract.stance import stances
from skillgap.extract.tokenizer import SkillTokenizer, split
from skillgap.extract.typos import Speller
from skillgap.resume.model import Resume
from skillgap.taxonomy.model import Taxonomy


class Extractor:
    """Finds the skills of a taxonomy in resumes; build one and use it for many.

    Building reads every written form of the taxonomy into a spaCy `PhraseMatcher`. The extractor
    keeps no state between texts but the vocabulary of words it has seen.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        vocab = Vocab()
        self.tokenizer = SkillTokenizer(vocab)
        self._index = PhraseIndex(vocab, taxonomy.skills)
        self._expansions = Expansions(taxonomy.skills)
        self._cues = CueIndex(taxonomy.cues)
        self._actions = ActionIndex(taxonomy.actions, taxonomy.words)
        self._speller = Speller(self._index.words, self._index.names)

    def extract(self, resume: Resume) -> tuple[Mention, ...]:
        """Return the mentions in a resume, in the order of its text."""
        return self._mentions(resume.document.text, resume)

    def extract_text(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions in bare text, which has no sections, entries or pages.

        >>> from skillgap.taxonomy.load import load_taxonomy
        >>> [m.skill for m in Extractor(load_taxonomy()).extract_text("Python/R/SQL")]
        ['python', 'r', 'sql']
        """
        return self._mentions(text, None)

    def _mentions(self, text: str, resume: Resume | None) -> tuple[Mention, ...]:
        tokens = split(text)
        context = Context(tokens, text, resume)
        typos = self._speller.corrections(context.norms)
        candidates = self._index.find(tokens, _corrected(context.norms, typos))
        candidates = self._expansions.fitting(_told_apart(candidates, typos), context)
        names = tokens_of_names(candidates, context)
        readings = resolve(candidates, names, context)
        readings = with_deeds(readings, self._actions.find(context, names))
        cues = self._cues.find(context.words, context.norms)
        said = stances(readings, cues, context)
        return tuple(
            _mention(reading, stance, cue, context)
            for reading, (stance, cue) in zip(readings, said, strict=True)
        )


def _corrected(norms: list[str], typos: Mapping[int, str]) -> list[str]:
    if not typos:
        return norms
    return [typos.get(place, norm) for place, norm in enumerate(norms)]


def _told_apart(candidates: list[Candidate], typos: Mapping[int, str]) -> list[Candidate]:
    """Mark the forms with a typo in them; drop those that need support even when written right."""
    if not typos:
        return candidates
    marked = (
        each
        if typos.keys().isdisjoint(range(each.start, each.end))
        else each._replace(method=Method.TYPO)
        for each in candidates
    )
    return [each for each in marked if each.method is not Method.TYPO or not _needs(each)]


def _needs(candidate: Candidate) -> bool:
    rule = candidate.alias.rule
    return rule is not None and bool(rule.needs)


def _mention(reading: Reading, stance: Stance, cue: str, context: Context) -> Mention:
    candidate = reading.candidate
    span = Span(context.starts[candidate.start], context.end(candidate.end - 1))
    resume = context.resume
    return Mention(
        span=span,
        skill=candidate.skill,
        text=context.text[span.start : span.end],
        alias=candidate.alias.form,
        method=candidate.method,
        stance=stance,
        page=resume.document.page_at(span.start) if resume is not None else 1,
        section=context.section(candidate.start),
        rule=reading.reason,
        cue=cue,
        entry=resume.entry_number_at(span.start) if resume is not None else None,
    )
