"""What the third step makes: mentions, each one place where a skill is named or shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skillgap.document.model import Span
from skillgap.resume.model import SectionKind


class Method(StrEnum):
    """How a mention was found."""

    PHRASE = "phrase"
    ACTION = "action"
    TYPO = "typo"


class Stance(StrEnum):
    """What the text says about the skill; only `held` counts as evidence."""

    HELD = "held"
    NEGATED = "negated"
    ASPIRED = "aspired"
    OF_OTHERS = "of_others"


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """One place where a skill is named or shown.

    Attributes:
        span: Where it stands in `Document.text`.
        skill: The skill's id.
        text: The text at the span.
        alias: The alias it was read as.
        method: How it was found.
        stance: What the text says about it.
        page: The page it is on, from 1.
        section: The kind of section it is in; None when the resume has no sections.
        rule: Why an ambiguous alias was taken to mean the skill ("list", "beside", "section",
            "near", "case", "claimed"); empty when it needed no reason.
        cue: The words that gave it a stance other than held.
        entry: The number of the job, project or degree it is in, of `Resume.entries`; None when it
            is in none.
    """

    span: Span
    skill: str
    text: str
    alias: str
    method: Method = Method.PHRASE
    stance: Stance = Stance.HELD
    page: int = 1
    section: SectionKind | None = None
    rule: str = ""
    cue: str = ""
    entry: int | None = None
