"""Where a skill's name is no evidence: titles, employers, headings, and who the writer is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from skillgap.document.model import Line, Span
from skillgap.extract.context import Context
from skillgap.extract.phrases import Candidate
from skillgap.resume.contact import is_contact
from skillgap.resume.headings import heading_kind
from skillgap.resume.model import Entry, EntryKind, Resume, Section, SectionKind
from skillgap.resume.naming import is_organisation
from skillgap.resume.person import names_in
from skillgap.taxonomy.forms import fold, words

# A field before one of these is a job title or a person, no skill of the writer's.
# fmt: off
TITLE_WORDS = frozenset((
    "administrator", "analyst", "apprentice", "architect", "consultant", "department", "developer",
    "director", "engineer", "enthusiast", "evangelist", "folk", "guild", "guy", "intern",
    "internship", "manager", "officer", "people", "practitioner", "professional", "programmer",
    "researcher", "scientist", "specialist", "squad", "student", "team", "trainee",
))
# Behind a name they make it an employer's, a street's or a public house's.
_NAME_WORDS = frozenset((
    "avenue", "boulevard", "cafe", "café", "company", "consulting", "drive", "firm", "gmbh",
    "hotel", "inc", "inn", "lane", "limited", "llc", "ltd", "place", "plc", "plaza", "restaurant",
    "road", "solicitors", "startup", "street", "tavern", "vendor",
))
# The same, also behind one or two more words with capitals: "Java Hill High School".
_ESTABLISHMENTS = frozenset((
    "bakery", "bank", "bar", "brewery", "cafe", "café", "church", "cinema", "clinic", "club",
    "farm", "gallery", "gym", "hospital", "hotel", "inn", "kindergarten", "museum", "nursery",
    "pharmacy", "preschool", "pub", "restaurant", "salon", "school", "surgery", "theater",
    "theatre", "trading", "zoo",
))
_INSTITUTES = frozenset((
    "association", "centre", "center", "department", "dept", "faculty", "institute",
    "laboratory", "school", "society",
))
# fmt: on
_DESCRIPTION = re.compile(
    r"\s*\([^()\n]*\b(?:agency|bank|company|consultancy|employees|firm|maker|people|platform|"
    r"provider|saas|software house|staff|start-?up|vendor)\b[^()\n]*\)",
    re.IGNORECASE,
)
_LIST_SIGN = re.compile(r"[,;:/|•·]")
# A town and its region or country, up to the end of the line or the dates.
_NAMED = r"[^\W\d_a-zß-öø-ÿ][\w.'’-]*(?:[ ][^\W\d_a-zß-öø-ÿ][\w.'’-]*){0,2}"
_PLACE = re.compile(
    rf",\s(?P<place>(?:{_NAMED},\s){{1,2}}{_NAMED})[ ]*(?=$|[\n|(]|[–—-] |[ ]{{2}})", re.MULTILINE
)
_POSTAL = re.compile(r",? [A-Z]{2} \d{5}\b")  # behind a town
_IN_NAME = frozenset(("of", "for", "and", "&", "the", "in"))
_MOST_BETWEEN = 2  # words between a skill's name and the establishment
_LONGEST_NAME = 8  # words between "Institute" and the last one of its name
_GOES_ON = re.compile(r"[.;](?!\s*(?:\d|$))")  # behind a name that is the start of a sentence
_LONGEST_LABEL = 3  # words of a line such as "GitHub: a-name" or "Ada Lovelace"
_SHORTEST_SENTENCE = 60  # characters; a line with an address that is shorter holds nothing else
_SHORTEST_LIST = 2  # skills; a title or an employer's name holds one
_SHORTEST_TAGLINE = 3  # skills; "Machine Learning Engineer, Computer Vision" is a title


def is_title(candidate: Candidate, context: Context) -> bool:
    """Whether a title follows: "Machine Learning Engineer".

    A tool before a title in small letters is one that its writer works with: "a Perl programmer".
    """
    behind = candidate.end
    if behind >= len(context.norms) or context.norms[behind] not in TITLE_WORDS:
        return False
    if context.line(behind) != context.line(behind - 1):
        return False
    return not (context.words[behind] == context.norms[behind] and is_tool(candidate, context))


def is_tool(candidate: Candidate, context: Context) -> bool:
    """Whether a form is written as the name of a product, no everyday word of it small."""
    start = candidate.start
    return candidate.alias.form[0].isupper() and all(
        not word.islower() for word in context.words[start : candidate.end]
    )


def is_proper(candidate: Candidate, context: Context) -> bool:
    """Whether the form is part of another name: of a street, a company, an institute."""
    behind = candidate.end
    if behind < len(context.norms) and context.line(behind) == context.line(behind - 1):
        word = context.words[behind]
        parted = context.starts[behind] > context.end(behind - 1)
        if parted and context.norms[behind] in _NAME_WORDS and _fits_name(candidate, word, context):
            return True
        if _POSTAL.match(context.text, context.end(behind - 1)):
            return True
    if candidate.skill.startswith("edu-"):
        return False
    return _is_in_institute(candidate.start, context) or _is_establishment(candidate, context)


def _is_establishment(candidate: Candidate, context: Context) -> bool:
    """Whether words with capitals follow up to one such as School: "Java Hill High School"."""
    if not context.words[candidate.start][0].isupper():
        return False
    line = context.line(candidate.start)
    for token in range(candidate.end, min(candidate.end + _MOST_BETWEEN + 1, len(context.words))):
        if not context.words[token].istitle() or context.line(token) != line:
            return False
        if context.norms[token] in _ESTABLISHMENTS:
            return True
    return False


def _fits_name(candidate: Candidate, word: str, context: Context) -> bool:
    """Whether a word goes with a name: "Oracle Street", "deep learning company"."""
    capital = context.words[candidate.start][0].isupper()
    return word[0].isupper() == capital or fold(word) in ("company", "startup", "firm", "vendor")


def _is_in_institute(token: int, context: Context) -> bool:
    """Whether the token is in a name such as "Institute for Robotics and Vision"."""
    at, line = token, context.line(token)
    for _ in range(_LONGEST_NAME):
        at -= 1
        if at < 0 or context.line(at) != line:
            return False
        word = context.words[at]
        if fold(word) in _INSTITUTES and word[0].isupper():
            return context.norms[at + 1] in ("of", "for")
        if not word.istitle() and word not in _IN_NAME:
            return False
    return False


def tokens_of_names(candidates: Sequence[Candidate], context: Context) -> set[int]:
    """Return the tokens whose words are no evidence of a skill.

    They are job titles, employers and schools, headings, and the lines at the top that say who
    and where the writer is. What holds several names of skills is a list of them, however it was
    read; what goes on as a sentence is no name.
    """
    if context.resume is None:
        return set()
    tokens: set[int] = set()
    for span in _section_names(context.resume):
        tokens.update(context.tokens_in(span))
    for span in _entry_names(context):
        inside = context.tokens_in(span)
        few = _skills_in(inside, candidates) < _SHORTEST_LIST
        if few or _is_one_name(context.text[span.start : span.end]):
            tokens.update(inside)
    for span in _names_of_writer(candidates, context):
        tokens.update(context.tokens_in(span))
    for span in _lines_of_writer(context):
        inside = context.tokens_in(span)
        if _skills_in(inside, candidates) < _SHORTEST_TAGLINE:
            tokens.update(inside)
    return tokens


def _section_names(resume: Resume) -> Iterator[Span]:
    """Yield the headings that name a section ("Languages"), not those that name skills."""
    text = resume.document.text
    for section in resume.sections:
        span = section.heading
        kind = heading_kind(text[span.start : span.end]) if span is not None else None
        if span is not None and kind is not None:
            programming = kind is SectionKind.LANGUAGES and section.kind is SectionKind.SKILLS
            if not programming:
                yield span


def _is_one_name(text: str) -> bool:
    """Whether words are an organisation's name, however many skills: "College of ML and AI"."""
    if not is_organisation(text) or _LIST_SIGN.search(text):
        return False
    return all(word in _IN_NAME or not word[0].islower() for word in text.split())


def _entry_names(context: Context) -> Iterator[Span]:
    """Yield the titles of jobs, the names of employers and schools, and where these are."""
    if context.resume is None:
        return
    for entry in context.resume.entries:
        title = entry.title if entry.kind is EntryKind.JOB else None
        organisation = _described(entry.organisation, context.text)
        for span in (organisation, title, _place(entry, context.text)):
            if span is not None and not _GOES_ON.match(context.text, span.end):
                yield span


def _described(organisation: Span | None, text: str) -> Span | None:
    """Return an organisation with what brackets behind it say of it: "Acme (AI firm, 40 staff)"."""
    if organisation is None:
        return None
    found = _DESCRIPTION.match(text, organisation.end)
    return organisation._replace(end=found.end()) if found else organisation


def _place(entry: Entry, text: str) -> Span | None:
    """Return the place behind an organisation's name: "Acme, Java, Indonesia"."""
    if entry.organisation is None or entry.organisation.end > entry.head.end:
        return None
    found = _PLACE.match(text, entry.organisation.end, entry.head.end)
    return Span(*found.span("place")) if found else None


def _names_of_writer(candidates: Sequence[Candidate], context: Context) -> Iterator[Span]:
    """Yield where a name of the contact block that has a skill's in it stands again below.

    "Sam Airflow" in a footer. A name that one skill's makes up is none: "Machine Learning".
    """
    if context.resume is None:
        return
    document = context.resume.document
    for section in context.resume.sections:
        if section.kind is not SectionKind.CONTACT:
            continue
        inside = context.tokens_in(section.span)
        if not _skills_in(inside, candidates):
            continue
        for line in _lines_in(section, context.resume):
            for name in names_in(document, line):
                if _holds_skill(context.tokens_in(name), candidates):
                    yield from _again(name, section.span.end, context.text)


def _holds_skill(tokens: range, candidates: Sequence[Candidate]) -> bool:
    """Whether names of skills are among the tokens, and none is all of them."""
    inside = [
        candidate
        for candidate in candidates[bisect_left(candidates, (tokens.start,)) :]
        if candidate.end <= tokens.stop
    ]
    return bool(inside) and all(c.end - c.start < len(tokens) for c in inside)


def _again(name: Span, behind: int, text: str) -> Iterator[Span]:
    """Yield the places from `behind` on where the words of a name stand, one after the other."""
    written = r"\s+".join(map(re.escape, text[name.start : name.end].split()))
    for found in re.compile(rf"(?<!\w){written}(?!\w)", re.IGNORECASE).finditer(text, behind):
        yield Span(*found.span())


def _lines_of_writer(context: Context) -> Iterator[Span]:
    """Yield the lines at the top that are a name, a title, a label or an address."""
    if context.resume is None:
        return
    for section in context.resume.sections:
        if section.kind is SectionKind.SUMMARY:  # where two columns at the top run together
            says_who = _is_short_address
        elif section.kind is SectionKind.CONTACT:
            says_who = _is_label
        else:
            continue
        for line in _lines_in(section, context.resume):
            if says_who(context.text[line.span.start : line.span.end]):
                yield line.span


def _lines_in(section: Section, resume: Resume) -> Sequence[Line]:
    lines, start_of = resume.document.lines, attrgetter("span.start")
    first = bisect_left(lines, section.span.start, key=start_of)
    return lines[first : bisect_left(lines, section.span.end, key=start_of)]


def _is_short_address(text: str) -> bool:
    return len(text) < _SHORTEST_SENTENCE and is_contact(text)


def _is_label(text: str) -> bool:
    found = words(text)
    return (
        len(found) <= _LONGEST_LABEL
        or is_contact(text)
        or any(fold(word) in TITLE_WORDS for word in found)
    )


def _skills_in(tokens: range, candidates: Sequence[Candidate]) -> int:
    """Count the places among the tokens where a name of a skill stands."""
    count = last = 0
    for number in range(bisect_left(candidates, (tokens.start,)), len(candidates)):
        candidate = candidates[number]  # in the order of the text, longer ones first
        if candidate.start >= tokens.stop:
            break
        if candidate.start >= last:
            count += 1
            last = candidate.end
    return count
