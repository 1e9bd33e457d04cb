"""Which line is a heading, and of which kind of section."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
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
    NO_HEADINGS,
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
# Columns of fewer characters break lines so often that a full line says nothing.
_NARROW = 37
# Marks that stand between names and places, not in headings.
_NAME_MARKS = frozenset(",;@|/")
# Last words that make a heading of a line with unknown words before them: "Civilian Experience".
_TELLING_LAST = frozenset({"experience", "experiences", "history", "employment", "projects"})
_PARENTHESES = re.compile(r"(?<=[\w:.])\s*[\[(][^()\[\]]*[)\]]?\s*$")
_EDGES = re.compile(r"^[^\w]*(?:\d{1,2}[.):]?\s+|[ivx]{1,4}[.)]\s+)?[^\w]*|[^\w]+$")
_PARTS = re.compile(r"\s*(?:[&/+|,•·]|\band\b|\bund\b|\bet\b|\s[-–—]\s)\s*")
_SPACES = re.compile(r"[\s_]+")
_WIDE = re.compile(r"\s{2,}")
_QUESTION = re.compile(r"(?:where|what|things|places|how|stuff)\b.*\b(?:i|i've|i'm|we)\b")
_QUESTION_KINDS = (
    (re.compile(r"\b(?:stud|learn|taught|train|school)"), _K.EDUCATION),
    (re.compile(r"\b(?:built|made|shipped|build|make)\b"), _K.PROJECTS),
    (re.compile(r"\b(?:wrote|written|publish)"), _K.PUBLICATIONS),
    (re.compile(r"\b(?:know|use|speak|good|best)\b"), _K.SKILLS),
    (re.compile(r"\b(?:work|been|did|done)"), _K.EXPERIENCE),
)
_INLINE_LABEL = re.compile(r"[^:\n]{2,40}?(?=\s*[:：]\s*\S)")


_FIRST_WORD = re.compile(r"[^\W\d_]+")
_FIRST_WORDS = (
    frozenset(_FIRST_WORD.findall(" ".join(_WORDS)))
    | {phrase.split("'")[0].split()[0] for phrase in HEADING_PHRASES}
    | {"ii", "iii", "iv", "vi", "vii"}
)


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


def heading_kind(text: str) -> SectionKind | None:
    """Name the kind of section that a text is the heading of, None for other text.

    Every word must be one that headings are made of: a sentence or a job title that merely
    contains "experience" is none.

    >>> heading_kind("S K I L L S & Tools:")
    <SectionKind.SKILLS: 'skills'>
    >>> heading_kind("Five years of experience") is None
    True
    """
    # Most lines end here: they are long, or begin with a word that no heading begins with.
    if len(text) > _MAX_LENGTH and ("(" not in text or len(text) > 2 * _MAX_LENGTH):
        return None
    first = _FIRST_WORD.search(text)
    if first is None or (len(first[0]) > 1 and first[0].casefold() not in _FIRST_WORDS):
        return None
    bare = _EDGES.sub("", _PARENTHESES.sub("", text)).casefold().replace("’", "'")
    if _is_spaced(bare) and _WIDE.search(bare):
        bare = " ".join(word.replace(" ", "") for word in _WIDE.split(bare))
    bare = _SPACES.sub(" ", bare)
    if not bare or len(bare) > _MAX_LENGTH or bare in NO_HEADINGS:
        return None
    return _kind_of_bare(bare)


def part_rows(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Part each row that holds the end of one section and, after a wide gap, the next heading.

    Columns that a reader could not tell apart run together like that.
    """
    parted: list[Row] = []
    for row in rows:
        inner = _inner_heading(row) if len(row.segments) > 2 else None
        parted += row.split(inner.start) if inner else (row,)
    return tuple(parted)


def find_headings(rows: Sequence[Row]) -> tuple[Heading, ...]:
    """Find the headings among the rows of a document, in order.

    A line of heading words is one unless it goes on a paragraph, or is a label inside an entry
    that does not look like the other headings. Where the known headings share a look, a line of
    that look with unknown words is a heading too, of kind SKILLS over a list of short lines and
    of kind OTHER over anything else.
    """
    return tuple(_settle_kinds(rows, _HeadingFinder(rows).headings()))


@lru_cache(maxsize=4096)
def _kind_of_bare(bare: str) -> SectionKind | None:
    return _kind_of_words(bare) or _kind_of_spaced(bare) or _kind_of_question(bare)


def _kind_of_question(bare: str) -> SectionKind | None:
    """Name the kind of a heading that speaks as "I": "Where I learned it"."""
    if len(bare.split()) > 6 or not _QUESTION.match(bare):
        return None
    return next((kind for stems, kind in _QUESTION_KINDS if stems.search(bare)), None)


def _is_spaced(text: str) -> bool:
    """Tell whether blanks stand between the letters of a text."""
    tokens = text.split()
    return len(tokens) > 3 and sum(len(token) == 1 for token in tokens) >= 0.8 * len(tokens)


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


def _loose_kind(text: str) -> SectionKind | None:
    """Name the kind of a heading that holds unknown words, by its last word or a known part."""
    bare = _SPACES.sub(" ", _EDGES.sub("", text)).casefold()
    words = bare.split()
    kind = _kind_of_part(words[-1:])
    if kind is None or kind == _K.OTHER:
        known = (_kind_of_words(part) for part in _PARTS.split(bare) if part)
        kind = next((each for each in known if each not in {None, _K.OTHER}), None)
    return kind


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
    if {_K.EXPERIENCE, _K.EDUCATION} <= set(telling):
        return _K.EXPERIENCE  # its entries tell by their names which of the two they are
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
    "key",
    "job",
}


class _HeadingFinder:
    """Finds the headings of one document, by their words and by the look they share."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._full_width = _ninth_tenth([len(row.text) for row in rows])
        sizes = sorted(row.line.size_pt for row in rows if row.line.size_pt)
        self._usual_size = sizes[len(sizes) // 2] if sizes else None
        known = (self._known(index) for index in range(len(rows)))
        self._known_by_row = {heading.row: heading for heading in known if heading}
        self._styles = Counter(
            _style(rows[h.row]) for h in self._known_by_row.values() if not self._is_label(h)
        )

    def headings(self) -> list[Heading]:
        """Return the headings in order; which section a line stands in matters to some."""
        found: list[Heading] = []
        for index in range(len(self._rows)):
            section = found[-1].kind if found else None
            known = self._known_by_row.get(index)
            if known:
                heading = known if self._fits(known, section) else None
            else:
                row = self._rows[index]
                heading = _inline_heading(row, index, section) or self._unknown(index, section)
            if heading:
                found.append(heading)
        return found

    def _known(self, index: int) -> Heading | None:
        """Return the heading that a row is, or that its margin holds, by its words."""
        row = self._rows[index]
        segments = row.segments
        alone = len(segments) == 1 or _is_spaced(row.text)
        span = row.line.span if alone else segments[0]
        if not 0 < span.end - span.start <= 2 * _MAX_LENGTH:
            return None
        kind = heading_kind(row.text if alone else row.text[: span.end - row.span.start])
        if kind is None or (row.bullet and row.is_lower):
            return None
        if not alone and not _is_margin(row, segments):
            return None
        if row.is_lower and index and self._goes_on(index - 1):
            return None
        return Heading(index, span, kind)

    def _goes_on(self, index: int) -> bool:
        """Tell whether a paragraph goes on after a row: it is full and its sentence is open."""
        row = self._rows[index]
        full = len(row.text) >= 0.75 * self._full_width > _NARROW
        return full and not row.is_closed

    def _is_label(self, heading: Heading) -> bool:
        """Tell whether a heading's words could as well be a label inside an entry."""
        row = self._rows[heading.row]
        text = row.text[: heading.span.end - row.span.start]
        words = _EDGES.sub("", text).casefold().split()
        return 0 < len(words) <= 3 and words[-1] in ENTRY_LABELS

    def _fits(self, heading: Heading, section: SectionKind | None) -> bool:
        """Tell whether a line of heading words is a heading where it stands."""
        row = self._rows[heading.row]
        in_skills = section == _K.SKILLS and heading.kind in {_K.SKILLS, _K.LANGUAGES}
        in_contact = section == _K.CONTACT and heading.kind in {_K.CONTACT, _K.OTHER}
        if len(row.segments) > 1 and (in_skills or in_contact):
            return False
        if row.line.heading or not self._is_label(heading):
            return True
        if not (in_skills or section in _ENTRY_KINDS):
            return True
        if not self._styles:
            return not row.is_lower and not row.bullet
        return _style(row) in self._styles

    def _unknown(self, index: int, section: SectionKind | None) -> Heading | None:
        """Return a heading of unknown words for a line that looks like the known ones."""
        row = self._rows[index]
        if section is None or row.dates or row.bullet or len(row.segments) > 1:
            return None
        if self._ends_like_heading(row, section):
            return Heading(index, row.line.span, _loose_kind(row.text) or _K.OTHER)
        if not 4 <= len(row.text) <= 45 or not 0 < row.word_count <= 8:
            return None
        if not self._looks_like_heading(row, section) or not _NAME_MARKS.isdisjoint(row.text):
            return None
        if section in _ENTRY_KINDS and (self._heads_entry(index) or names_title(row.text)):
            return None
        kind = _loose_kind(row.text) or (_K.SKILLS if self._lists_terms(index) else _K.OTHER)
        return Heading(index, row.line.span, kind)

    def _ends_like_heading(self, row: Row, section: SectionKind) -> bool:
        """Tell whether a short line in the look of headings ends in a word that they end in."""
        words = row.text.rstrip(" :").split()
        if not 2 <= len(words) <= 4 or words[-1].casefold() not in _TELLING_LAST:
            return False
        titled = all(word[0].isupper() or word in {"and", "of", "&"} for word in words)
        if section == _K.SKILLS or not titled or not _NAME_MARKS.isdisjoint(row.text):
            return False
        style = self._styles[_style(row)]
        return style >= 2 and 2 * style >= self._styles.total()

    def _looks_like_heading(self, row: Row, section: SectionKind) -> bool:
        """Tell whether a row has the look that most known headings share and body text has not."""
        style = _style(row)
        if self._styles[style] < 2 or 2 * self._styles[style] < self._styles.total():
            return False
        larger = bool(style.size and self._usual_size and style.size > 1.08 * self._usual_size)
        in_capitals = style.case == "upper" and section != _K.SKILLS
        return larger or in_capitals or (style.marked and section not in _ENTRY_KINDS)

    def _heads_entry(self, index: int) -> bool:
        """Tell whether a line is rather an employer or title: dates follow closely."""
        below = self._rows[index + 1 : index + 3]
        return any(row.dates and not row.bullet for row in below)

    def _lists_terms(self, index: int) -> bool:
        """Tell whether lines of a few words each, and no sentence, follow a heading."""
        below = self._rows[index + 1 : index + 4]
        short = [r for r in below if 0 < r.word_count <= 4 and not r.is_closed and not r.dates]
        return len(below) == 3 and len(short) >= 2 and all(row.word_count <= 6 for row in below)


def _inner_heading(row: Row) -> Span | None:
    """Return the only segment of a row that is a heading, if others stand on both its sides."""
    kinds = [heading_kind(row.words(segment)) for segment in row.segments]
    if kinds[0] or kinds[-1] or sum(kind is not None for kind in kinds) != 1:
        return None
    return next(segment for segment, kind in zip(row.segments, kinds, strict=True) if kind)


def _ninth_tenth(lengths: Sequence[int]) -> int:
    """Return the length that nine tenths of the lines do not exceed: that of full lines."""
    return sorted(lengths)[len(lengths) * 9 // 10] if lengths else 0


def _is_margin(row: Row, segments: Sequence[Span]) -> bool:
    """Tell whether what stands right of a heading in the margin is more than a date."""
    beside = sum(segment.end - segment.start for segment in segments[1:])
    dated = sum(dates.span.end - dates.span.start for dates in row.dates)
    return beside > dated + 2


def _style(row: Row) -> _Style:
    """Describe how a heading looks; in a margin only the text beside it shows its size."""
    beside = len(row.segments) > 1
    case = "upper" if row.is_upper else "lower" if row.text.islower() else "title"
    size = round(row.line.size_pt, 1) if row.line.size_pt and not beside else None
    colon = row.text.endswith(":")
    return _Style("margin" if beside else case, colon, row.line.bold, size, row.line.heading)


def _inline_heading(row: Row, index: int, section: SectionKind | None) -> Heading | None:
    """Return the heading that a label with a colon at the start of a line is."""
    match = _INLINE_LABEL.match(row.text) if ":" in row.text[:42] else None
    kind = heading_kind(match.group()) if match else None
    if match is None or kind is None:
        return None
    in_front = section in _FRONT_KINDS
    if kind == _K.LANGUAGES and not _speaks(row.text[match.end() :]):
        kind = _K.SKILLS
    allowed = (
        kind == _K.REFERENCES
        or (kind in _INLINE and section not in _ENTRY_KINDS)
        or (kind in {_K.SKILLS, _K.OBJECTIVE, _K.SUMMARY} and in_front)
    )
    span = Span(row.span.start, row.span.start + match.end())
    return Heading(index, span, kind) if allowed else None


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
