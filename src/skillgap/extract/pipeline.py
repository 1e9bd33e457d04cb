"""The extractor as a component of any spaCy pipeline: `nlp.add_pipe("skillgap")`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from skillgap.document.model import Span
from skillgap.document.reader import read_document
from skillgap.errors import DocumentError
from skillgap.extract.alignment import places_in
from skillgap.extract.extractor import Extractor
from skillgap.extract.model import Mention, Method, Stance
from skillgap.resume.model import SectionKind
from skillgap.resume.segment import segment
from skillgap.taxonomy.load import load_taxonomy

NAME = "skillgap"  # of the component, the span group and the extension
_ANY_DAY = date(2000, 1, 1)  # closes open ranges of months, which are no part of a mention


class SkillgapComponent:
    """Writes held skills to `doc.spans["skillgap"]` and all mentions to `doc._.skillgap`.

    The tokens of the surrounding pipeline may be anybody's: mentions are found in `doc.text` with
    the extractor's own tokenizer, and widened to whole tokens where they are spans. The text is
    read as a resume, with its sections and entries, as `skillgap.Analyzer.analyze_text` reads it.
    """

    def __init__(self, extractor: Extractor) -> None:
        self.extractor = extractor
        if not Doc.has_extension(NAME):
            Doc.set_extension(NAME, getter=_mentions_of)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document and return it."""
        mentions = self._mentions(doc.text)
        doc.user_data[NAME] = [_plain(mention) for mention in mentions]
        held = (_span(doc, mention) for mention in mentions if mention.stance is Stance.HELD)
        doc.spans[NAME] = [span for span in held if span is not None]
        return doc

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions with their places in the text that was given."""
        try:
            document = read_document(text.encode(errors="replace"), name="text")
        except DocumentError:  # no letter in it, or more of it than a resume has
            return ()
        places = places_in(text, document.text)
        resume = segment(document, as_of=_ANY_DAY)
        return tuple(
            replace(mention, span=_span_in(text, places, mention.span))
            for mention in self.extractor.extract(resume)
        )

    # The component is its configuration: there is nothing else to save.

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing: the taxonomy is named in the pipeline's configuration."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> SkillgapComponent:
        """Return the component itself."""
        return self

    def to_disk(self, _path: str | Path, **_: Any) -> None:
        """Write nothing."""

    def from_disk(self, _path: str | Path, **_: Any) -> SkillgapComponent:
        """Return the component itself."""
        return self


def _span_in(text: str, places: Sequence[int], span: Span) -> Span:
    """Return where a span of the read text stands in the given one."""
    start = places[span.start]
    return Span(start, min(max(places[span.end - 1], start) + 1, len(text)))


def _plain(mention: Mention) -> dict[str, Any]:
    """Return a mention in types that spaCy can write to bytes with the document."""
    fields = asdict(mention)
    fields["span"] = list(mention.span)
    fields["section"] = mention.section.value if mention.section is not None else None
    return {**fields, "method": mention.method.value, "stance": mention.stance.value}


def _mentions_of(doc: Doc) -> tuple[Mention, ...]:
    return tuple(
        Mention(
            **{
                **fields,
                "span": Span(*fields["span"]),
                "section": SectionKind(fields["section"]) if fields["section"] else None,
                "method": Method(fields["method"]),
                "stance": Stance(fields["stance"]),
            }
        )
        for fields in doc.user_data.get(NAME, ())
    )


def _span(doc: Doc, mention: Mention) -> DocSpan | None:
    return doc.char_span(
        mention.span.start,
        mention.span.end,
        label="SKILL",
        span_id=mention.skill,
        alignment_mode="expand",
    )


@Language.factory(NAME, default_config={"taxonomy": None})
def make_component(nlp: Language, name: str, taxonomy: str | None) -> SkillgapComponent:  # noqa: ARG001
    """Make the component; `taxonomy` is the path of a compiled taxonomy, None the bundled one."""
    path = Path(taxonomy) if taxonomy is not None else None
    return SkillgapComponent(Extractor(load_taxonomy(path)))
