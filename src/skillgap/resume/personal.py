"""What a resume tells of the person and not of the work: found so that it can be masked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from skillgap.document.model import Document, Span
from skillgap.resume.contact import is_contact
from skillgap.resume.gendered import find_gendered
from skillgap.resume.model import EntryKind, Found, Personal, Resume, SectionKind
from skillgap.resume.naming import names_title
from skillgap.resume.particulars import find_particulars
from skillgap.resume.person import EMAIL, PARTICLES, WORD, Person, folded
from skillgap.resume.words import (
    LEGAL_FORMS,
    ORGANISATIONS,
    SCHOOL_STEMS,
    SCHOOLS,
    SHORT_LEGAL_FORMS,
    TITLES,
)


def find_personal(resume: Resume, person: Person) -> tuple[Found, ...]:
    """Find what a resume tells of the person: in the order of the text, overlaps included.

    Employers and schools are found too: whether they are masked is for the caller to say.

    Args:
        resume: What was read.
        person: Whose it is (`find_person`).
    """
    document = resume.document
    found = [Found(span, Personal.NAME) for span in person.names]
    found += find_in_text(document.text, person)
    found += _contact_block(resume, found)
    found += _organisations(resume)
    return tuple(sorted(found))


def find_in_text(text: str, person: Person) -> list[Found]:
    """Find what any text tells of a person by its own words: no place in a resume is needed."""
    found = [Found(Span(*m.span()), Personal.EMAIL) for m in EMAIL.finditer(text)]
    if _SPELT_AT.search(text):
        found += [Found(Span(*m.span()), Personal.EMAIL) for m in _SPELT_EMAIL.finditer(text)]
    found += _links(text)
    found += _phones(text)
    found += find_particulars(text)
    found += _names(text, person)
    found += [Found(Span(*s), Personal.GENDER, is_certain=False) for s in find_gendered(text)]
    return found


# --- addresses ------------------------------------------------------------------------------------

_SPELT_EMAIL = re.compile(
    r"[\w.+-]+\s?[\[({<]\s?at\s?[\])}>]\s?[\w-]+(?:\s?(?:\.|[\[({<]\s?dot\s?[\])}>])\s?[\w-]+)+",
    re.IGNORECASE,
)
_SPELT_AT = re.compile(r"[\[({<]\s?at\s?[\])}>]", re.IGNORECASE)  # seldom, and quickly told
_URL = re.compile(
    r"(?:https?://|www\.)[^\s|<>\"”]+|\b(?:linkedin|github|gitlab|kaggle|orcid"
    r"|twitter|facebook|instagram|behance|dribbble|stackoverflow|medium)\.[\w./?=&%#@~+-]*[\w/]",
    re.IGNORECASE,
)
# Small letters only: "ASP.NET" and "Booking.com" in a sentence are no links of the person.
_DOMAIN = re.compile(
    r"(?<![\w.@-])[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*"
    r"\.(?:com|org|net|edu|gov|io|dev|me|ai|app|blog|page|tech|xyz|info|name|site|co|uk|de|fr|nl|in"
    r"|ca|eu|ch|es|it|pl|se|br|au|us)(?:/[\w./?=&%#@~+-]*\w/?)?(?![\w-])"
)
_HANDLE = re.compile(r"(?<![\w.])@\w[\w.-]{2,}|(?<!\w)/in/[\w-]+", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w.,$€£-])(?:\+\s?\d|\(\+?\d|00\d|0\d|\d)[\d ()./–-]{5,18}\d(?![\w%]|[.,]\d)"
)
_LABELLED_PHONE = re.compile(
    r"\b(?:tel(?:ephone)?|phone|mobile|mob|cell|fax|whats\s?app|contact\s(?:no|number))\b\W{0,4}"
    r"(?P<value>\+?[\d(][\d ()./–-]{4,}\d)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d")
_YEARS = re.compile(r"(?:19|20)\d\d")


def _links(text: str) -> Iterator[Found]:
    for match in _URL.finditer(text):
        yield Found(Span(*match.span()), Personal.LINK)
    for match in _DOMAIN.finditer(text):
        yield Found(Span(*match.span()), Personal.LINK, is_certain=False)
    for match in _HANDLE.finditer(text):
        yield Found(Span(*match.span()), Personal.LINK, is_certain=False)


def _phones(text: str) -> Iterator[Found]:
    for match in _LABELLED_PHONE.finditer(text):
        yield Found(Span(*match.span("value")), Personal.PHONE)
    for match in _PHONE.finditer(text):
        if _is_phone(match[0]):
            yield Found(Span(*match.span()), Personal.PHONE)


def _is_phone(words: str) -> bool:
    """Tell a telephone number from years, dates and sums: by its digits, sign and gaps."""
    digits = len(_DIGITS.findall(words))
    if not 7 <= digits <= 15:
        return False
    if words.startswith("+"):
        return True
    if _YEARS.search(words) or re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}", words):
        return False
    return (
        words.startswith(("0", "("))
        or re.fullmatch(r"\d{3,5}[ .-]\d{3,4}[ .-]?\d{3,4}", words) is not None
    )


# --- names ----------------------------------------------------------------------------------------

# What may stand between two words of one name: spaces, an initial, a small word, quotes.
_INSIDE_NAME = re.compile(
    rf"[\s.,'’\"“”()-]*(?:(?:[A-Z]\.?|{'|'.join(sorted(PARTICLES))})[\s.'’-]+)*", re.IGNORECASE
)
_LONGEST_TIED = 20  # signs of what a name begins with before an apostrophe or a hyphen
_TIED = re.compile(r"(?<![^\W\d_])[^\W\d_]+['’-]\Z")
_MONTH_OF_DATE = re.compile(r"[\s.,'’-]*(?:\d{2,4}\b|[–-])")
# Names of months that are given names or surnames too.
_MONTHS = frozenset(("april", "august", "jan", "june", "mar", "march", "may"))


def _names(text: str, person: Person) -> Iterator[Found]:
    """Yield where words of the name stand: several together, one by itself, or in a handle."""
    run: Span | None = None
    for word in WORD.finditer(text):
        if folded(word[0]) not in person.parts:
            continue
        if not (person.is_small or _is_capital(text, word.start())):
            continue
        if folded(word[0]) in _MONTHS and _MONTH_OF_DATE.match(text, word.end()):
            continue
        if run is not None and _INSIDE_NAME.fullmatch(text, run.end, word.start()):
            run = Span(run.start, word.end())
            continue
        if run is not None:
            yield _name(text, run)
        run = Span(*word.span())
    if run is not None:
        yield _name(text, run)
    yield from _handles(text, person)


def _is_capital(text: str, start: int) -> bool:
    """Tell whether a word, or the one it is tied to, begins with a capital: "Ada", "D'souza"."""
    tied = _TIED.search(text, max(0, start - _LONGEST_TIED), start)
    return text[start].isupper() or (tied is not None and tied[0][0].isupper())


def _name(text: str, run: Span) -> Found:
    return Found(run, Personal.NAME, is_certain=len(WORD.findall(text, *run)) > 1)


def _handles(text: str, person: Person) -> Iterator[Found]:
    """Yield names as accounts and files bear them: "abyron", "ada_byron", "ByronAda"."""
    if not person.parts:
        return
    parts = [re.escape(part) for part in person.parts]
    first, last = person.initials[:1], person.initials[-1:]
    part = rf"(?:{'|'.join(sorted(parts, key=len, reverse=True))})"
    joined = rf"{part}(?:[._-]?{part}){{1,3}}"
    short = rf"{re.escape(first)}[._-]?{part}|{part}[._-]?{re.escape(last)}"
    pattern = rf"(?<![^\W_])(?:{joined}|{short})(?:[._-]?\d{{1,4}})?(?![^\W_])"
    flat = _flat(text)
    for match in re.finditer(pattern, flat):
        yield Found(Span(*match.span()), Personal.NAME)


_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def _flat(text: str) -> str:
    """Fold each sign by itself, so that offsets stay."""
    single = _NOT_ASCII.sub(lambda m: f if len(f := folded(m[0])) == 1 else m[0], text)
    return single.lower()


# --- the contact block ----------------------------------------------------------------------------

_PIECES = re.compile(r"[^|•·∙⋄◦⬥♦,;\n\t]+")
_PLACE = re.compile(
    r"\d{4,6}|\d.*\b(?:street|st|road|rd|avenue|ave|lane|row|drive|way|court|close|square|straße|str|rue)\b"
    r"|(?-i:\b[A-Z]{2}\b)|\b[A-Z]{1,2}\d{1,2}[A-Z]?\s?\d[A-Z]{2}\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\W*(?:e-?mail|phone|tel(?:ephone)?|mobile|cell|web(?:site)?|portfolio|linked\s?in|git\s?hub|gitlab"
    r"|kaggle|blog|homepage|links?|contact|name|address|location"
    r"|curriculum\svit(?:ae|æ)|résumé|resume|cv|lebenslauf|dr|prof(?:essor)?)?\W*",
    re.IGNORECASE,
)
_MAX_PIECE_WORDS = 8  # what is longer is a sentence, which is masked by its words alone


def _contact_block(resume: Resume, known: Sequence[Found]) -> Iterator[Found]:
    """Yield all that stands in contact blocks but headings, titles and sentences."""
    text = resume.document.text
    certain = sorted(each.span for each in known if each.is_certain)
    for section in resume.sections:
        if section.kind is not SectionKind.CONTACT:
            continue
        begin = section.heading.end if section.heading else section.span.start
        for line in _lines_between(resume.document, Span(begin, section.span.end)):
            if len(WORD.findall(text, *line)) > 2 * _MAX_PIECE_WORDS:
                continue
            for piece in _PIECES.finditer(text, *line):
                yield from _rest_of_piece(text, Span(*piece.span()), certain)


def _lines_between(document: Document, within: Span) -> Iterator[Span]:
    for line in document.lines:
        if within.start <= line.span.start and line.span.end <= within.end:
            yield line.span


def _rest_of_piece(text: str, piece: Span, certain: Sequence[Span]) -> Iterator[Found]:
    """Yield what is left of a piece between what is known in it, unless it only labels that."""
    if len(WORD.findall(text, *piece)) > _MAX_PIECE_WORDS:
        return
    inside = [s for s in certain if s.start < piece.end and piece.start < s.end]
    edges = [piece.start, *(edge for span in inside for edge in span), piece.end]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        words = text[start:end] if start < end else ""
        bare = words.strip(" \t:()[]-–—")
        if not WORD.search(bare) and not _DIGITS.search(bare):
            continue
        if (
            words.rstrip().endswith(":")
            or _LABEL.fullmatch(bare)
            or (names_title(bare) and not is_contact(bare))
        ):
            continue
        kind = Personal.ADDRESS if _PLACE.search(bare) else Personal.CONTACT
        begin = start + words.index(bare)
        yield Found(Span(begin, begin + len(bare)), kind, is_certain=False)


# --- employers and schools ------------------------------------------------------------------------

_GENERAL = ORGANISATIONS | LEGAL_FORMS | SHORT_LEGAL_FORMS | SCHOOLS | TITLES | PARTICLES
_SHORTEST_WORD = 4  # letters of a word of a name that is looked for by itself
_KINDS = {
    EntryKind.JOB: Personal.EMPLOYER,
    EntryKind.DEGREE: Personal.SCHOOL,
    EntryKind.PROJECT: Personal.EMPLOYER,
}


def _organisations(resume: Resume) -> Iterator[Found]:
    """Yield employers and schools where their entries name them, and everywhere else."""
    text = resume.document.text
    kinds: dict[str, Personal] = {}
    for entry in resume.entries:
        if entry.organisation is None:
            continue
        kind = _KINDS.get(entry.kind, Personal.EMPLOYER)
        yield Found(entry.organisation, kind, is_certain=False)
        name = " ".join(text[slice(*entry.organisation)].split())
        kinds.setdefault(name.casefold(), kind)
        for word in _own_words(name, text):
            kinds.setdefault(word.casefold(), kind)
    if not kinds:
        return
    # The longest first: "University of Eastmere" before "Eastmere".
    forms = sorted(kinds, key=lambda form: (-len(form), form))
    spaced = (r"\s+".join(map(re.escape, form.split())) for form in forms)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)", re.IGNORECASE)
    for match in pattern.finditer(text):
        if match[0][0].isupper() or match[0][0].isdigit():
            form = " ".join(match[0].split()).casefold()
            yield Found(Span(*match.span()), kinds[form], is_certain=" " in form)


def _own_words(name: str, text: str) -> Iterator[str]:
    """Yield the words of a name that are no words of the resume besides: "Hollowbrook"."""
    for word in WORD.findall(name):
        small = word.casefold()
        if len(word) < _SHORTEST_WORD or small in _GENERAL or small.startswith(SCHOOL_STEMS):
            continue
        if word[0].isupper() and re.search(rf"(?<!\w){re.escape(small)}(?!\w)", text) is None:
            yield word
