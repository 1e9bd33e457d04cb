"""Reports that do not tell whom they are about: what is personal is masked in all that is shown.

Scores never use names, addresses, employers or schools; masking changes none of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from skillgap.document.model import Document, Line, Span
from skillgap.report.choice import BlindOptions
from skillgap.report.codes import candidate_code, code_of_file
from skillgap.report.model import (
    BlindRecord,
    FitReport,
    MentionRecord,
    Notice,
    SkillRecord,
    Skipped,
)
from skillgap.report.quote import quote
from skillgap.resume.model import Found, Personal, Resume
from skillgap.resume.person import Person, find_person
from skillgap.resume.personal import find_in_text, find_personal

_LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
_NOTHING = re.compile(r"(?!)")
_LEFT_OVER = frozenset((Personal.CONTACT, Personal.ADDRESS))
_SHORTEST_QUOTE = 4  # signs of a masked text that is looked for in notices word for word


class Masked(NamedTuple):
    """A place of the text that is not shown, and what it tells; a label stands there instead."""

    span: Span
    kind: Personal

    @property
    def label(self) -> str:
        """What is shown instead: `[name]`."""
        return f"[{self.kind}]"


def mask_spans(
    resume: Resume, options: BlindOptions | None = None, *, mentions: Iterable[Span] = ()
) -> tuple[Masked, ...]:
    """Return what is masked in a resume's text: in its order, without overlaps.

    Args:
        resume: What was read.
        options: What is masked besides what always is.
        mentions: Where skills are named. There a word of the name that is a skill too ("Julia")
            stays, unless it is part of the whole name or of an address.
    """
    asked = options if options is not None else BlindOptions()
    return _masks(resume, find_person(resume), asked, tuple(mentions))


def _masks(
    resume: Resume, person: Person, options: BlindOptions, mentions: Sequence[Span]
) -> tuple[Masked, ...]:
    found = (each for each in find_personal(resume, person) if _is_asked(each.kind, options))
    return tuple(_by_line(_settled(found, mentions), resume.document.text))


def blinded(
    report: FitReport, resume: Resume, options: BlindOptions | None = None
) -> tuple[FitReport, Document]:
    """Return a report in which nothing tells whom it is about, and the masked text it quotes.

    Scores, skills and their evidence stay; the file's name becomes the candidate's code. Offsets
    of mentions are those of the masked document, which has no places on pages: pictures of pages
    would show all that is masked.

    Args:
        report: The report on the resume.
        resume: What was read.
        options: What is masked besides what always is.
    """
    options = options if options is not None else BlindOptions()
    mentions = [Span(m.start, m.end) for skill in report.skills for m in skill.mentions]
    person = find_person(resume)
    veil = _Veil(resume, person, _masks(resume, person, options, mentions), mentions)
    kinds = Counter(str(masked.kind) for masked in veil.masks)
    notices = [veil.notice(notice) for notice in report.notices]
    if not veil.person.parts:
        notices.append(_NO_NAME)
    shown = report.model_copy(
        update={
            "document": report.document.model_copy(
                update={
                    "source": veil.code,
                    "warnings": tuple(map(veil.notice, report.document.warnings)),
                }
            ),
            "skills": tuple(veil.skill(skill) for skill in report.skills),
            "notices": tuple(notices),
            "blind": BlindRecord(
                employers=options.employers,
                schools=options.schools,
                masked=dict(sorted(kinds.items())),
            ),
        }
    )
    return shown, veil.document(resume.document)


_NO_NAME = Notice(
    code="blind-no-name",
    message="no name was found, so none is masked but in addresses: look before you pass it on",
)


def blinded_skipped(skipped: Skipped, sha256: str = "") -> Skipped:
    """Return a skipped resume with the candidate's code for the file's name.

    Args:
        skipped: What could not be read.
        sha256: The hash of the file's bytes; when they could not be read, the code is that of
            the path.
    """
    code = code_of_file(sha256, skipped.source)
    hide = _without_file(skipped.source, code)
    return Skipped(
        source=code,
        status=skipped.status,
        reason=hide(skipped.reason),
        advice=hide(skipped.advice),
    )


def _is_asked(kind: Personal, options: BlindOptions) -> bool:
    match kind:
        case Personal.EMPLOYER:
            return options.employers
        case Personal.SCHOOL:
            return options.schools
        case _:
            return True


def _settled(found: Iterable[Found], mentions: Sequence[Span]) -> tuple[Masked, ...]:
    """Join places that overlap; the first, and of those the longest, says what they are."""
    settled: list[Masked] = []
    for each in sorted(found, key=lambda each: (each.span.start, -each.span.end, each.kind)):
        if _is_skill(each, mentions):
            continue
        last = settled[-1] if settled else None
        if last is None or each.span.start >= last.span.end:
            settled.append(Masked(each.span, each.kind))
        elif each.span.end > last.span.end:
            settled[-1] = last._replace(span=Span(last.span.start, each.span.end))
    return tuple(settled)


def _is_skill(found: Found, mentions: Sequence[Span]) -> bool:
    """Tell whether the words are, or what is left of a contact block holds, a skill's."""
    if found.is_certain:
        return False
    start, end = found.span
    if found.kind in _LEFT_OVER:
        return any(mention.start < end and start < mention.end for mention in mentions)
    return any(mention.start <= start and end <= mention.end for mention in mentions)


def _by_line(masks: Iterable[Masked], text: str) -> Iterator[Masked]:
    """Part masks where lines end, so that a masked text has the lines of the text."""
    for span, kind in masks:
        for part in _LINE.finditer(text, *span):
            yield Masked(Span(*part.span()), kind)


def _without_file(source: str, code: str) -> Callable[[str], str]:
    """Return what puts the code for the file's name and path wherever a text gives them."""
    names = {source, PurePath(source).name}
    telling = sorted((name for name in names if "." in name or "/" in name), key=len, reverse=True)
    if not telling:
        return str
    pattern = re.compile("|".join(map(re.escape, telling)))
    return lambda text: pattern.sub(code, text)


class _Veil:
    """One resume's masks: what they make of its text, of offsets into it, and of other texts."""

    def __init__(
        self, resume: Resume, person: Person, masks: Sequence[Masked], mentions: Iterable[Span]
    ) -> None:
        document = resume.document
        text = document.text
        self.masks = masks
        self.code = candidate_code(document.sha256)
        self.person = person
        self.text, self._ends, self._shifts = _masked(text, masks)
        self._hide_file = _without_file(document.source, self.code)
        # Words of skills, which stay in other texts as they stay in this one.
        self._kept = _any_of({text[slice(*span)] for span in mentions})
        self._kinds = {text[slice(*mask.span)]: mask.kind for mask in masks}
        self._quotes = _any_of(words for words in self._kinds if len(words) >= _SHORTEST_QUOTE)

    def place(self, span: Span) -> Span:
        """Return where a span of the text is in the masked text; a masked one is its label."""
        return Span(self._offset(span.start, bisect_right), self._offset(span.end, bisect_left))

    def _offset(self, offset: int, bisect: Callable[[Sequence[int], int], int]) -> int:
        """Move an offset; inside a mask a start goes to the label's start, an end to its end."""
        number = bisect(self._ends, offset)
        moved = offset + self._shifts[number]
        if number == len(self.masks) or offset <= (mask := self.masks[number]).span.start:
            return moved
        start = mask.span.start + self._shifts[number]
        return start if bisect is bisect_right else start + len(mask.label)

    def words(self, text: str) -> str:
        """Mask a text that is about the resume or quotes it."""
        if not text:
            return text
        text = self._hide_file(text)
        found = find_in_text(text, self.person)
        for match in self._quotes.finditer(text):
            kind = self._kinds[match[0]]
            found.append(Found(Span(*match.span()), kind, is_certain=" " in match[0]))
        kept = [Span(*match.span()) for match in self._kept.finditer(text)]
        return _masked(text, _settled(found, kept))[0]

    def notice(self, notice: Notice) -> Notice:
        """Mask what a notice quotes."""
        return Notice(code=notice.code, message=self.words(notice.message))

    def skill(self, skill: SkillRecord) -> SkillRecord:
        """Mask what the mentions of a skill quote."""
        return skill.model_copy(update={"mentions": tuple(map(self._mention, skill.mentions))})

    def _mention(self, mention: MentionRecord) -> MentionRecord:
        start, end = self.place(Span(mention.start, mention.end))
        quoted = quote(self.text, Span(start, end))
        change = {
            "text": self.text[start:end],
            "start": start,
            "end": end,
            "quote": quoted.text,
            "quote_start": quoted.start,
            "quote_end": quoted.end,
        }
        return mention.model_copy(update={**change, "cue": self.words(mention.cue)})

    def document(self, document: Document) -> Document:
        """Return the document with its text masked, without places on pages or properties."""
        return replace(
            document,
            text=self.text,
            lines=tuple(map(self._line, document.lines)),
            pages=tuple(replace(page, span=self.place(page.span)) for page in document.pages),
            source=self.code,
            warnings=tuple(w._replace(message=self.words(w.message)) for w in document.warnings),
            hidden=tuple(replace(h, text=self.words(h.text), box=None) for h in document.hidden),
            metadata={},
        )

    def _line(self, line: Line) -> Line:
        segments = dict.fromkeys(map(self.place, line.segments))
        return replace(
            line, span=self.place(line.span), box=None, words=(), segments=tuple(segments)
        )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of some texts, the longest first; for none it matches nothing."""
    longest = sorted(filter(None, words), key=lambda each: (-len(each), each))
    if not longest:
        return _NOTHING
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")


def _masked(text: str, masks: Sequence[Masked]) -> tuple[str, list[int], list[int]]:
    """Put labels in a text.

    Returns:
        The masked text; where each mask ends; and by how much offsets move before the first mask,
        behind the first, and so on.
    """
    parts: list[str] = []
    shifts = [0]
    end = 0
    for mask in masks:
        parts += (text[end : mask.span.start], mask.label)
        end = mask.span.end
        shifts.append(shifts[-1] + len(mask.label) - (end - mask.span.start))
    parts.append(text[end:])
    return "".join(parts), [mask.span.end for mask in masks], shifts
