"""Whose resume it is: the name, found so that it can be kept from being shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from unicodedata import combining, normalize

from skillgap.document.model import Document, Line, Span
from skillgap.resume.contact import is_contact
from skillgap.resume.headings import heading_kind
from skillgap.resume.model import Resume
from skillgap.resume.naming import is_organisation, names_title
from skillgap.resume.words import LEVELS, PLACES, TITLES

EMAIL = re.compile(r"[\w.+'-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
WORD = re.compile(r"[^\W\d_]+")
_SEPARATOR = re.compile(
    r"\s[A-Z]\w+\s?:\s|\s*[|•·∙⋄◦,;:：/\t#§]\s*|\s[–—-]\s|\s{2,}|[()]"
    r"|\s*\+?\(?\d[\d ()./-]{5,}\d\s*"
)
_NAME_WORD = r"(?:[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?|[\"“(‘'][^\W\d_]+[\"”)’'])"
_NAME = re.compile(rf"{_NAME_WORD}(?:\s+{_NAME_WORD}){{0,5}}")
_HONORIFIC = re.compile(
    r"(?:(?:dr|prof|professor|mr|mrs|ms|miss|mx|herr|frau|rer|nat|ing|dipl|med|phil|sir|dame)\b\.?\s*)+",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"\W*(?:(?:full|first|given|last|family|candidate|applicant)[’']?s?\s+)?(?:sur)?name\s*[:：–-]\s*"
    r"|\W*(?:résumé|resume|curriculum\svit(?:ae|æ)|c\.?v\.?)\s+(?:of\s+|[:：–-]\s*)",
    re.IGNORECASE,
)
# fmt: off
# Small words of names, which name nobody by themselves.
PARTICLES = frozenset((
    "al", "ben", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e",
    "el", "ibn", "la", "le", "san", "st", "van", "von", "y", "zu", "zur",
))
# What follows a name and is none.
_QUALIFIED = frozenset((
    "ba", "bs", "bsc", "cfa", "esq", "frm", "ii", "iii", "iv", "jr", "ma", "mba", "md", "ms",
    "msc", "pe", "phd", "pmp", "sr",
))
# Words of headings, labels and titles: a line with one of them is no name.
_NO_NAME = frozenset((
    "address", "and", "at", "college", "contact", "curriculum", "cv", "data", "email",
    "engineering", "experience", "for", "github", "in", "institute", "learning", "lebenslauf",
    "linkedin", "machine", "mobile", "of", "page", "phone", "profile", "references", "remote",
    "resume", "résumé", "school", "science", "software", "team", "the", "university", "vitae",
    "with", "work",
))
# fmt: on
_QUOTES = frozenset("\"“‘'(")
_TOP_LINES = 6  # a name without an address beside it stands in the first lines
_MAX_WORDS = 6
# Signs of a line that may hold the name: in the front it may share it with title and addresses,
# below (behind a sidebar, say) it stands alone.
_FRONT_LINES = 15
_LONGEST_LINE = 120
_LONGEST_BELOW = 50
_SHORTEST = 2  # letters of a part that names somebody by itself
_SHORTEST_IN_ADDRESS = 3  # letters of a part that tells in an e-mail address or a file's name
_SURE = 2  # points from which a piece of text is taken for the name


@dataclass(frozen=True, slots=True)
class Person:
    """Whose resume it is.

    Attributes:
        names: Where the name stands, in the order of the text; not every place where parts of it
            stand again.
        parts: Its words, folded (`folded`): those that name somebody.
        initials: Its first letters, in its order: "ab" of "Ada Byron".
        is_small: Whether the name itself is written in small letters.
    """

    names: tuple[Span, ...] = ()
    parts: tuple[str, ...] = ()
    initials: str = ""
    is_small: bool = False


def folded(word: str) -> str:
    """Return a word without case and accents, as addresses write it.

    >>> folded("Zoë")
    'zoe'
    """
    if word.isascii():
        return word.lower()
    return "".join(c for c in normalize("NFKD", word.casefold()) if not combining(c))


def find_person(resume: Resume) -> Person:
    """Find the name in a resume: by its place and size, its label, and the addresses it is part of.

    A document in which nothing is like a name gives a person without one; nothing is guessed.
    """
    document = resume.document
    clues = _Clues.of(document)
    best: tuple[float, list[Span]] | None = None
    for lines, piece in _pieces(resume):
        points = clues.points(document, lines, piece)
        if points >= _SURE and (best is None or points > best[0]):
            best = points, [piece] if len(lines) == 1 else [line.span for line in lines]
    return _person(document.text, best[1]) if best else Person()


def _person(text: str, spans: Sequence[Span]) -> Person:
    words = [w[0] for span in spans for w in WORD.finditer(text, *span)]
    kept = [w for n, w in enumerate(words) if folded(w) not in _QUALIFIED and not _is_small(w, n)]
    return Person(
        names=tuple(spans),
        parts=tuple(dict.fromkeys(folded(w) for w in kept if len(w) >= _SHORTEST)),
        initials="".join(folded(w)[:1] for w in kept),
        is_small=all(w.islower() for w in kept),
    )


def _is_small(word: str, number: int) -> bool:
    """Tell the "van" of "Ada van Dam" from the first name of "Ben Dam"."""
    return folded(word) in PARTICLES and (number > 0 or word.islower())


@dataclass(frozen=True, slots=True)
class _Clues:
    """What else tells the name: addresses, the file's own properties, and the largest letters."""

    addresses: str
    properties: frozenset[str]
    file: str
    largest: float
    top: tuple[int, ...]

    @classmethod
    def of(cls, document: Document) -> _Clues:
        local = (found[0].split("@")[0] for found in EMAIL.finditer(document.text))
        sizes = [line.size_pt for line in document.lines if line.size_pt is not None]
        return cls(
            addresses=folded(" ".join(local)),
            properties=_words_of_properties(document.metadata),
            file=folded(PurePath(document.source).stem),
            largest=max(sizes, default=0.0),
            top=tuple(line.span.start for line in document.lines[:_TOP_LINES]),
        )

    def points(self, document: Document, lines: Sequence[Line], piece: Span) -> float:
        """Weigh a piece of text that is built as a name."""
        first = lines[0]
        words = [folded(w[0]) for w in WORD.finditer(document.text, *piece)]
        if len(lines) > 1:
            words = [
                folded(w[0]) for line in lines for w in WORD.finditer(document.text, *line.span)
            ]
        telling = [w for w in words if len(w) >= _SHORTEST_IN_ADDRESS and w not in PARTICLES]
        if not any(len(word) >= _SHORTEST for word in words):
            return 0.0
        label = _LABELLED.match(document.text[first.span.start : piece.start])
        points = 4.0 * (label is not None)
        points += 2.0 * min(2, sum(w in self.addresses for w in telling))
        points += 2.0 * (len(telling) > 1 and all(w in self.properties for w in telling))
        points += 1.0 * any(w in self.file for w in telling)
        points += 1.5 * bool(self.largest and (first.size_pt or 0) > 0.97 * self.largest)
        points += 1.0 * (first.span.start in self.top)
        points += 1.0 * (first.span.start in self.top[:1])
        points += 0.5 * (len(telling) in {2, 3}) - 1.5 * (len(words) == 1 and label is None)
        return points - 2.0 * is_organisation(" ".join(words))


def _words_of_properties(metadata: Mapping[str, str]) -> frozenset[str]:
    values = " ".join(metadata.get(name, "") for name in ("title", "creator", "author"))
    return frozenset(folded(w[0]) for w in WORD.finditer(values))


def _pieces(resume: Resume) -> Iterator[tuple[tuple[Line, ...], Span]]:
    """Yield the pieces of lines that are built as a name, and names over two lines."""
    document = resume.document
    before: Line | None = None
    for number, line in enumerate(document.lines):
        longest = _LONGEST_LINE if number < _FRONT_LINES else _LONGEST_BELOW
        if not line.bullet and line.span.end - line.span.start <= longest:
            found = list(names_in(document, line))
            yield from (((line,), piece) for piece in found)
            if before is not None and _is_one_word(document, before, line):
                yield (before, line), Span(before.span.start, line.span.end)
        before = line


def _is_one_word(document: Document, *lines: Line) -> bool:
    """Tell whether lines of equal size hold a single word of a name each."""
    if len({line.size_pt for line in lines}) > 1:
        return False
    return all(
        _is_name(words) and len(words.split()) == 1
        for words in (document.text[slice(*line.span)].strip() for line in lines)
    )


def names_in(document: Document, line: Line) -> Iterator[Span]:
    """Yield the pieces of a line that are built as a name.

    Pieces are parted by separators and wide gaps. A name's build is many a thing's: what stands
    around it must tell.
    """
    text = document.text
    for start, end in line.segments or (line.span,):
        label = _LABELLED.match(text, start, end)
        begin = label.end() if label else start
        for cut in (*_SEPARATOR.finditer(text, begin, end), None):
            stop = cut.start() if cut else end
            title = _HONORIFIC.match(text, begin, stop)
            bare = Span(title.end() if title else begin, stop)
            words = text[slice(*bare)]
            bare = Span(
                bare.start + len(words) - len(words.lstrip()), bare.start + len(words.rstrip())
            )
            if _is_name(text[slice(*bare)]):
                yield bare
            begin = cut.end() if cut else end


def _is_name(text: str) -> bool:
    words = text.split()
    if not 0 < len(words) <= _MAX_WORDS or _NAME.fullmatch(text) is None or is_contact(text):
        return False
    bare = [folded(word.strip(".,")) for word in words if word[0] not in _QUOTES]
    if any(word in _NO_NAME or (word in TITLES | LEVELS and len(word) > 2) for word in bare):
        return False
    capital = sum(word[:1].isupper() for word in words)
    small = sum(word in PARTICLES for word in bare)
    if capital and capital + small < len(words) and not _QUOTES & {w[0] for w in words}:
        return False
    if folded(text) in PLACES or (heading_kind(text) is not None):
        return False
    return not names_title(text)
