"""Resume in, mentions out: the third step, in spaCy's own parts."""

from __future__ import annotations

from spacy.vocab import Vocab

from skillgap.document.model import Span
from skillgap.extract.ambiguity import Reading, resolve
from skillgap.extract.context import Context
from skillgap.extract.model import Mention, Stance
from skillgap.extract.phrases import PhraseIndex
from skillgap.extract.stance import stances
from skillgap.extract.tokenizer import SkillTokenizer, split
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
        self._index = PhraseIndex(vocab, taxonomy.skills, taxonomy.cues)

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
        candidates, cues = self._index.find(tokens, context.norms)
        readings = resolve(candidates, context)
        said = stances(readings, cues, context)
        return tuple(
            _mention(reading, stance, cue, context)
            for reading, (stance, cue) in zip(readings, said, strict=True)
        )


def _mention(reading: Reading, stance: Stance, cue: str, context: Context) -> Mention:
    candidate = reading.candidate
    span = Span(context.starts[candidate.start], context.end(candidate.end - 1))
    resume = context.resume
    return Mention(
        span=span,
        skill=candidate.skill,
        text=context.text[span.start : span.end],
        alias=candidate.alias.form,
        stance=stance,
        page=resume.document.page_at(span.start) if resume is not None else 1,
        section=context.section(candidate.start),
        rule=reading.reason,
        cue=cue,
    )
