"""Which line is a heading, and of which kind of section."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from skillgap.document.model import Span
from skillgap.resume.contact import is_prose
from skillgap.resume.model import SectionKind
from skillgap.resume.naming import names_title
from skillgap.resume.rows import Row
from skillgap.resume.words import (
    ENTRY_LABELS,
    HEADING_MODIFIERS,
    HEADING_NOUNS,
    HEADING_PHRASES,
    HEADING_WEAK_NOUNS,
)

_K = SectionKind

_WORDS = HEADING_NOUNS.keys() | HEADING_WEAK_NOUNS.keys() | HEADING_MODIFIERS
# Kinds that a label with a colon may open in the middle of a line: "Referees: on request".
_INLINE = frozenset(
    {_K.REFERENCES, _K.INTERESTS, _K.LANGUAGES, _K.CERTIFICATES, _K.AWARDS, _K.PUBLICATIONS}
)
_ENTRY_KINDS = frozenset({_K.EXPERIENCE, _K.PROJECTS, _K.EDUCATION, _K.VOLUNTEER})
_FRONT_KINDS = frozenset({None, _K.CONTACT, _K.SUMMARY, _K.OBJECTIVE})

_SPOKEN = re.compile(
    r"\b(?:english|french|german|spanish|italian|portuguese|dutch|polish|russian|ukrainian|czech"
    r"|slovak|hungarian|romanian|bulgarian|greek|turkish|arabic|hebrew|persian|farsi|hindi|urdu"
    r"|bengali|tamil|telugu|kannada|malayalam|marathi|gujarati|punjabi|chinese|mandarin|cantonese"
    r"|hokkien|japanese|korean|vietnamese|thai|indonesian|malay|tagalog|filipino|swedish|norwegian"
    r"|danish|finnish|icelandic|estonian|latvian|lithuanian|irish|welsh|gaelic|catalan|basque"
    r"|galician|croatian|serbian|slovene|slovenian|albanian|afrikaans|zulu|xhosa|swahili|yoruba"
    r"|igbo|hausa|amharic|nepali|sinhala|latin|esperanto|papiamento|native|fluent|bilingual"
    r"|mother\stongue|[abc][12]|deutsch|englisch|français|español|pl|en|de|fr|es)\b",
    re.IGNORECASE,
)
_PROGRAMMING = re.compile(
    r"\b(?:python|sql|java|javascript|typescript|scala|c\+\+|golang|rust|matlab|bash|julia|ruby|php"
    r"|kotlin|swift|perl|html|sas|vba|r)\b|c#|c\+\+",
    re.IGNORECASE,
)

_MAX_LENGTH = 60
_PARENTHESES = re.compile(r"\s*[\[(][^()\[\]]*[)\]]?\s*$")
_EDGES = re.compile(r"^[^\w]*(?:\d{1,2}[.):]?\s+|[ivx]{1,4}[.)]\s+)?[^\w]*|[^\w]+$")
_PARTS = re.compile(r"\s*(?:[&/+|,•·]|\band\b|\bund\b|\bet\b|\s[-–—]\s)\s*")
_SPACES = re.compile(r"[\s_]+")
_INLINE_LABEL = re.compile(r"[^:\n]{2,40}?(?=\s*[:：]\s*\S)")


class Heading(NamedTuple):
    """A heading: the row it is on, where its text stands, and the kind of its section."""

    row: int
    span: Span
    kind: SectionKind


class _Style(NamedTuple):
    """What headings of one document have in common to the eye."""

    case: str
    colon: bool
    bold: bool
    size: float | None
    marked: bool


@lru_cache(maxsize=4096)
def heading_kind(text: str) -> SectionKind | None:
    """Name the kind of section that a text is the heading of, None for other text.

    Every word must be one that headings are made of: a sentence or a job title that merely
    contains "experience" is none.

    >>> heading_kind("S K I L L S & Tools:")
    <SectionKind.SKILLS: 'skills'>
    >>> heading_kind("Five years of experience") is None
    True
    """
    if len(text) > 2 * _MAX_LENGTH:
        return None
    bare = _EDGES.sub("", _PARENTHESES.sub("", text)).casefold().replace("’", "'")
    bare = _SPACES.sub(" ", bare)
    if not bare or len(bare) > _MAX_LENGTH:
        return None
    return _kind_of_words(bare) or _kind_of_spaced(bare)


def find_headings(rows: Sequence[Row]) -> tuple[Heading, ...]:
    """Find the headings among the rows of a document, in order.

    A line of heading words is one unless it goes on a paragraph, or is a label inside an entry
    that does not look like the other headings. Where the known headings share a look, a line of
    that look with unknown words is a heading too, of kind OTHER.
    """
    width = _usual_width(rows)
    known = [h for index in range(len(rows)) if (h := _known_heading(rows, index, width))]
    styles = Counter(_style(rows[h.row], h.span) for h in known if not _is_label(rows, h))
    found: list[Heading] = []
    waiting = iter(known)
    upcoming = next(waiting, None)
    for index, row in enumerate(rows):
        section = found[-1].kind if found else None
        heading: Heading | None
        if upcoming and upcoming.row == index:
            heading = upcoming if _fits(rows, upcoming, section, styles) else None
            upcoming = next(waiting, None)
        else:
            heading = _inline_heading(row, index, section) or _unknown_heading(
                rows, index, section, styles
            )
        if heading:
            found.append(heading)
    return tuple(_settle_kinds(rows, found))


def _kind_of_words(bare: str) -> SectionKind | None:
    """Name the kind of a heading in small letters and single blanks."""
    if bare in HEADING_PHRASES:
        return HEADING_PHRASES[bare]
    parts = [part.strip(" '-") for part in _PARTS.split(bare)]
    kinds: list[SectionKind] = []
    for part in filter(None, parts):
        kind = HEADING_PHRASES.get(part)
        if kind is None:
            words = part.split()
            if len(words) > 5 or not _WORDS.issuperset(words):
                return None
            kind = _kind_of_part(words)
        if kind is not None:
            kinds.append(kind)
    return _first_kind(kinds)


def _kind_of_part(words: Sequence[str]) -> SectionKind | None:
    """Name the kind of one part of a heading; its strong words go before its weak ones."""
    strong = [HEADING_NOUNS[word] for word in words if word in HEADING_NOUNS]
    if strong:
        return strong[-1] if strong[0] != _K.VOLUNTEER else _K.VOLUNTEER
    weak = [HEADING_WEAK_NOUNS[word] for word in words if word in HEADING_WEAK_NOUNS]
    return next((kind for kind in reversed(weak) if kind != _K.OTHER), weak[-1] if weak else None)


def _first_kind(kinds: Sequence[SectionKind]) -> SectionKind | None:
    """Choose the kind of a heading of several parts: the first that says something."""
    telling = [kind for kind in kinds if kind != _K.OTHER]
    if not telling:
        return kinds[0] if kinds else None
    if telling[0] == _K.LANGUAGES and _K.SKILLS in telling:
        return _K.SKILLS
    return telling[0]


def _kind_of_spaced(bare: str) -> SectionKind | None:
    """Name the kind of a letter-spaced heading, or one whose capitals stand apart."""
    tokens = bare.split()
    if len(tokens) < 2 or not any(len(token) == 1 and token.isalpha() for token in tokens):
        return None
    words: list[str] = []
    for part in filter(None, _PARTS.split(bare)):
        split = _split_words(part.replace(" ", ""))
        if not split:
            return None
        words += [*split, "&"]
    return _kind_of_words(" ".join(words[:-1]))


def _split_words(letters: str) -> list[str]:
    """Split letters without blanks into words that headings are made of, the longest first."""
    best: list[list[str] | None] = [[]]
    for end in range(1, len(letters) + 1):
        ways = (
            [*before, letters[start:end]]
            for start in range(max(0, end - 18), end)
            if (before := best[start]) is not None and letters[start:end] in _SPLITTABLE
        )
        best.append(min(ways, key=len, default=None))
    return best[-1] or []


_SPLITTABLE = frozenset(word for word in _WORDS if len(word) > 3) | {
    "and",
    "of",
    "it",
    "exp",
    "edu",
}


def _usual_width(rows: Sequence[Row]) -> int:
    """Return the length that full lines of the document have, in characters."""
    lengths = sorted(len(row.text) for row in rows)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _known_heading(rows: Sequence[Row], index: int, width: int) -> Heading | None:
    """Return the heading that a row is, or that its margin holds, by its words."""
    row = rows[index]
    segments = row.segments
    span = row.line.span if len(segments) == 1 else segments[0]
    if span.end - span.start > 2 * _MAX_LENGTH or span.end <= span.start:
        return None
    text = row.text[: span.end - row.span.start] if len(segments) > 1 else row.text
    kind = heading_kind(text)
    if kind is None or (row.bullet and row.text[:1].islower()):
        return None
    if len(segments) > 1 and not _is_margin(row, segments):
        return None
    if row.is_lower and index and _goes_on(rows[index - 1], width):
        return None
    return Heading(index, Span(*span), kind)


def _is_margin(row: Row, segments: Sequence[Span]) -> bool:
    """Tell whether what stands right of a heading in the margin is more than a date or place."""
    return not row.dates or row.dates[0].span.start > segments[1].start or len(segments) > 2


def _goes_on(upper: Row, width: int) -> bool:
    """Tell whether a paragraph goes on after a row: it is full and its sentence is open."""
    return len(upper.text) >= 0.75 * width and not upper.is_closed and width > 50


def _style(row: Row, span: Span) -> _Style:
    """Describe how a heading looks."""
    text = row.text
    case = "upper" if text.isupper() else "lower" if text.islower() else "title"
    size = round(row.line.size_pt, 1) if row.line.size_pt else None
    if len(row.segments) > 1:
        size = None  # the size of such a line is that of its text, not of its heading
        case = "margin"
    del span
    return _Style(case, text.endswith(":"), row.line.bold, size, row.line.heading)


def _is_label(rows: Sequence[Row], heading: Heading) -> bool:
    """Tell whether a heading's words could as well be a label inside an entry."""
    row = rows[heading.row]
    words = _EDGES.sub("", row.text[: heading.span.end - row.span.start]).casefold().split()
    return len(words) <= 3 and bool(words) and words[-1] in ENTRY_LABELS


def _fits(
    rows: Sequence[Row],
    heading: Heading,
    section: SectionKind | None,
    styles: Counter[_Style],
) -> bool:
    """Tell whether a line of heading words is a heading where it stands."""
    row = rows[heading.row]
    in_skills = section == _K.SKILLS and heading.kind in {_K.SKILLS, _K.LANGUAGES}
    in_contact = section == _K.CONTACT and heading.kind in {_K.CONTACT, _K.OTHER}
    if len(row.segments) > 1 and (in_skills or in_contact):
        return False
    if row.line.heading or not _is_label(rows, heading):
        return True
    if not (in_skills or section in _ENTRY_KINDS):
        return True
    if not styles:
        return not row.is_lower and not row.bullet
    return _style(row, heading.span) in styles


def _inline_heading(row: Row, index: int, section: SectionKind | None) -> Heading | None:
    """Return the heading that a label with a colon at the start of a line is."""
    if ":" not in row.text[:42]:
        return None
    match = _INLINE_LABEL.match(row.text)
    kind = heading_kind(match.group()) if match else None
    if match is None or kind is None:
        return None
    allowed = (
        kind == _K.REFERENCES
        or (kind in _INLINE and section not in _ENTRY_KINDS)
        or (kind in {_K.SKILLS, _K.OBJECTIVE, _K.SUMMARY} and section in _FRONT_KINDS)
    )
    if kind == _K.LANGUAGES and not _speaks(row.text[match.end() :]):
        kind = _K.SKILLS
        allowed = section in _FRONT_KINDS
    if not allowed:
        return None
    return Heading(index, Span(row.span.start, row.span.start + match.end()), kind)


def _unknown_heading(
    rows: Sequence[Row], index: int, section: SectionKind | None, styles: Counter[_Style]
) -> Heading | None:
    """Return a heading of unknown words for a line that looks like the known ones."""
    row = rows[index]
    if section is None or not styles or row.dates or row.bullet or len(row.segments) > 1:
        return None
    if len(row.text) > 45 or row.word_count == 0 or row.word_count > 8:
        return None
    style = _style(row, row.span)
    larger = style.size is not None and _stands_out(rows, style.size)
    distinct = larger or (style.case == "upper" and section != _K.SKILLS)
    if (
        len(row.text) < 4
        or not distinct
        or styles[style] < 2
        or 2 * styles[style] < sum(styles.values())
    ):
        return None
    if section in _ENTRY_KINDS and (_heads_entry(rows, index) or names_title(row.text)):
        return None
    if any(character in row.text for character in ",;@|/"):
        return None
    return Heading(index, row.line.span, _K.SKILLS if _lists_terms(rows, index) else _K.OTHER)


def _lists_terms(rows: Sequence[Row], index: int) -> bool:
    """Tell whether at least two lines of a few words each, and no sentence, follow a heading."""
    below = rows[index + 1 : index + 4]
    short = [
        row for row in below if 0 < row.word_count <= 4 and not row.is_closed and not row.dates
    ]
    return len(below) == 3 and len(short) >= 2 and not any(row.word_count > 6 for row in below)


def _stands_out(rows: Sequence[Row], size: float) -> bool:
    """Tell whether a size is larger than that of most lines."""
    sizes = sorted(row.line.size_pt for row in rows if row.line.size_pt)
    return bool(sizes) and size > 1.08 * sizes[len(sizes) // 2]


def _heads_entry(rows: Sequence[Row], index: int) -> bool:
    """Tell whether a line is rather an employer or title: dates or bullets follow closely."""
    below = rows[index + 1 : index + 3]
    return any(row.dates and not row.bullet for row in below)


def _settle_kinds(rows: Sequence[Row], headings: Sequence[Heading]) -> list[Heading]:
    """Choose between kinds by what stands under a heading.

    "Languages" over programming languages is one of skills; "Info" at the top is a summary or
    holds the contact details.
    """
    settled: list[Heading] = []
    for number, heading in enumerate(headings):
        kind = heading.kind
        end = headings[number + 1].row if number + 1 < len(headings) else len(rows)
        if kind == _K.LANGUAGES:
            first = rows[heading.row]
            content = [first.text[max(0, heading.span.end - first.span.start) :]]
            content += [row.text for row in rows[heading.row + 1 : min(end, heading.row + 12)]]
            kind = _K.LANGUAGES if _speaks("\n".join(content)) else _K.SKILLS
        elif kind == _K.OTHER and number == 0 and heading.row + 1 < end:
            kind = _K.SUMMARY if is_prose(rows[heading.row + 1]) else _K.CONTACT
        settled.append(heading._replace(kind=kind))
    return settled


def _speaks(content: str) -> bool:
    """Tell whether a list of languages is one of human languages."""
    return len(_SPOKEN.findall(content)) >= len(_PROGRAMMING.findall(content))
