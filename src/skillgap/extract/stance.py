"""What the text says about each mentioned skill: held, negated, aspired, or somebody else's.

A cue ("no experience with", "currently learning") speaks of the mentions in its own clause. The
cues are data of the taxonomy; the reach of one is decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from skillgap.extract.ambiguity import Reading
from skillgap.extract.context import FIRST_PERSON, THIRD_PERSON, Context
from skillgap.extract.cues import CueMatch
from skillgap.extract.model import Method, Stance
from skillgap.resume.model import EntryKind, SectionKind

# Words that end what a cue speaks of: "no Spark, but years of Hive".
_CLAUSE_WORDS = frozenset(
    ("although", "but", "however", "i", "only", "then", "though", "whereas", "while", "yet")
)
_OPENERS = frozenset(",;:(.-–—") | {"and"}  # before a new clause
_ARTICLES = frozenset(("a", "an", "any", "our", "the", "their"))
_POSSESSIVES = ("'s", "’s")
_BY_MEANS_OF = frozenset(("by", "using", "via", "with"))
_LONGEST_LABEL = 6  # words of a label inside a row: "technologies used by me:"
_CLAUSE_SIGNS = frozenset(";.?!)")
_LABEL_SIGNS = frozenset(":-–—|")
_FURTHEST_BACK = 60  # tokens from a cue to the start of the skill before it
_NOTHING = "0"  # the rating of what somebody cannot do
_RATING = re.compile(r"[ \t]*[-–—:|(]?[ \t]*(?P<figure>\d)(?!\d|[.,]\d| ?[^\W\d_])")
_LONGEST_ITEM = 4  # words between commas: more of them are a new clause, not one more of the list

# What firms do, in folded words: "Acme makes dashboards", "Acme is a provider of".
_FIRMS_DO = frozenset(
    (
        *("automate", "build", "deliver", "design", "develop", "host", "is", "make", "offer"),
        *("operate", "provide", "publish", "run", "sell", "specialize", "supply", "was"),
    )
)
_LONGEST_FIRM = 4  # words of a firm's name before what it does
_FIRMS = frozenset(
    ("agency", "company", "consultancy", "firm", "maker", "provider", "startup", "vendor")
)
_LONGEST_KIND = 6  # words between "is" and "company": "is a small deep learning company"

# Sections that tell of wishes or of others, whatever their words.
_SECTION_STANCES = {
    SectionKind.INTERESTS: Stance.ASPIRED,
    SectionKind.REFERENCES: Stance.OF_OTHERS,
}


def stances(
    readings: Sequence[Reading], cues: Sequence[CueMatch], context: Context
) -> list[tuple[Stance, str]]:
    """Return each reading's stance and the words that gave it, in the order of the readings."""
    of_firms = _sentences_of_firms(context)
    rated = _rated_nothing(readings, context)
    found = [
        (Stance.NEGATED, _NOTHING)
        if reading.candidate.end in rated
        else _by_place(reading, of_firms, context)
        for reading in readings
    ]
    for cue, first, last in _usable(cues, readings, context):
        words = context.text[context.starts[cue.start] : context.end(cue.end - 1)]
        said = (Stance(cue.cue.stance), words)
        # A deed may begin with the cue's last word: "never deployed", "deployed 12 models".
        before = cue.end - 1 > cue.start and first == cue.end
        number = bisect_left(readings, first - before, key=_start)
        while number < len(readings) and readings[number].candidate.start < last:
            if readings[number].candidate.end <= last:
                found[number] = said
            number += 1
    return [(stance, "" if stance is Stance.HELD else words) for stance, words in found]


def _start(reading: Reading) -> int:
    return reading.candidate.start


def _rated_nothing(readings: Sequence[Reading], context: Context) -> set[int]:
    """Return the ends of skills that are rated 0, in rows where others are rated too.

    "Python 4, R 3, C++ 0" is a row of ratings; "Docker 0 downtime" is none.
    """
    ratings: dict[int, str] = {}
    for behind in {reading.candidate.end for reading in readings}:
        rating = _RATING.match(context.text, context.end(behind - 1))
        if rating:
            ratings[behind] = rating["figure"]
    rated = Counter(context.line(behind - 1) for behind in ratings)
    return {
        behind
        for behind, figure in ratings.items()
        if figure == _NOTHING
        and sum(rated[context.line(behind - 1) + step] for step in (-1, 0, 1)) > 1
    }


def _by_place(
    reading: Reading, of_firms: Mapping[int, str], context: Context
) -> tuple[Stance, str]:
    start = reading.candidate.start
    section = context.section(start)
    if section in _SECTION_STANCES:
        return _SECTION_STANCES[section], f"section: {section.value}"
    firm = of_firms.get(context.sentence_of(start))
    return (Stance.OF_OTHERS, firm) if firm else (Stance.HELD, "")


def _sentences_of_firms(context: Context) -> dict[int, str]:
    """Return the sentences that tell what an employer does, with the words that say so."""
    if context.resume is None:
        return {}
    found = dict(_said_to_be_firms(context))
    for firm in {
        context.text[entry.organisation.start : entry.organisation.end].split()[0].casefold()
        for entry in context.resume.entries
        if entry.kind is EntryKind.JOB and entry.organisation
    }:
        for token in (t for t, word in enumerate(context.words) if word.casefold() == firm):
            behind = range(token + 1, min(token + 1 + _LONGEST_FIRM, len(context.words)))
            verb = next((t for t in behind if context.norms[t] in _FIRMS_DO), None)
            if verb is not None and context.starts_sentence(token):
                words = context.text[context.starts[token] : context.end(verb)]
                found[context.sentence_of(token)] = words
    return found


def _said_to_be_firms(context: Context) -> Iterator[tuple[int, str]]:
    """Yield each sentence that says of a name what firm it is: "Acme is a vision company"."""
    for token in (t for t, norm in enumerate(context.norms) if norm in _FIRMS):
        first, _ = context.sentence(token, token + 1)
        earliest = max(first + 1, token - _LONGEST_KIND)
        verb = next((t for t in range(earliest, token) if context.norms[t] in ("is", "was")), None)
        named = context.words[first][0].isupper() and context.norms[first] not in FIRST_PERSON
        if verb is not None and named and context.norms[verb + 1] in _ARTICLES:
            words = context.text[context.starts[first] : context.end(token)]
            yield context.sentence_of(token), words


def _usable(
    cues: Sequence[CueMatch], readings: Sequence[Reading], context: Context
) -> list[tuple[CueMatch, int, int]]:
    """Return the cues that speak of something, with the tokens they speak of.

    Dropped are cues inside longer ones ("not" in "not only") and inside the name of a skill.
    """
    holders = {
        token: (reading.candidate.start, reading.candidate.end)
        for reading in readings
        if reading.candidate.method is not Method.ACTION
        for token in range(reading.candidate.start, reading.candidate.end)
    }
    kept: list[tuple[CueMatch, int, int]] = []
    longest = (0, 0)
    if context.in_third_person:  # "she deployed" speaks of the writer
        cues = [cue for cue in cues if context.norms[cue.start] not in THIRD_PERSON]
    for cue in sorted(cues, key=lambda c: (c.start, -c.end)):
        inside = cue.end <= longest[1] and (cue.start, cue.end) != longest
        first, last = holders.get(cue.start, (cue.end, cue.end))
        in_name = first <= cue.start and cue.end <= last
        if inside or in_name or context.broken(cue.start, cue.end):
            continue
        first, last = _reach(cue, readings, context)
        if _has_reading(first, last, readings):
            kept.append((cue, first, last))
            longest = (cue.start, cue.end)
    return kept


def _reach(match: CueMatch, readings: Sequence[Reading], context: Context) -> tuple[int, int]:
    """Return the tokens a cue speaks of, the end being exclusive."""
    match match.cue.side:
        case "label":
            return match.end, _end_of_row(match, context)
        case "before":
            return _nearest_before(match, readings, context)
        case "all_before":
            return _start_of_part(match, context), match.start
        case "aside":
            return _before_bracket(match, readings, context)
        case "next":
            return match.end, _end_of_next(match, readings, context)
        case "opening" if not _opens_clause(match.start, context):
            return match.end, match.end
        case "after" if match.end - match.start == 1:
            return match.end, _end_of_next(match, readings, context)
    _, last = context.sentence(match.start, match.end)
    if context.words[match.end : match.end + 1] == [":"]:  # a list of its own
        return match.end, last
    last = _end_of_clause(match.end, last, context)
    if context.words[match.end - 1].endswith(_POSSESSIVES):  # "the vendor's model with our R"
        means = (t for t in range(match.end, last) if context.norms[t] in _BY_MEANS_OF)
        last = next(means, last)
    return match.end, _before_explanation(match.end, last, readings, context)


def _has_reading(first: int, last: int, readings: Sequence[Reading]) -> bool:
    """Whether a skill is spoken of: a cue that speaks of nothing hides no other."""
    number = bisect_left(readings, first - 1, key=_start)  # a deed may begin inside the cue
    return first < last and number < len(readings) and readings[number].candidate.start < last


def _before_bracket(
    match: CueMatch, readings: Sequence[Reading], context: Context
) -> tuple[int, int]:
    """Return the skill right before the bracket that a cue opens."""
    bracket = match.start - 1
    if bracket < 0 or context.words[bracket] not in "([":
        return match.start, match.start
    before = _between(bracket - _FURTHEST_BACK, bracket, readings)
    starts = (r.candidate.start for r in before if r.candidate.end == bracket)
    return min(starts, default=match.start), bracket


def _start_of_part(match: CueMatch, context: Context) -> int:
    """Return where the part of the sentence begins that a cue ends: behind a semicolon."""
    first, _ = context.sentence(match.start, match.end)
    parts = (token for token in range(match.start, first, -1) if context.words[token - 1] == ";")
    return next(parts, first)


def _before_explanation(
    start: int, last: int, readings: Sequence[Reading], context: Context
) -> int:
    """End a clause at a colon behind a skill: "passionate about charts: 40 published in D3"."""
    first = bisect_left(readings, start, key=_start)
    if first == len(readings):
        return last
    behind = readings[first].candidate.end
    return next((t for t in range(behind, last) if context.words[t] == ":"), last)


def _end_of_next(match: CueMatch, readings: Sequence[Reading], context: Context) -> int:
    """Return where the skill right behind a cue ends; an article may stand between them."""
    first = match.end
    if first < len(context.norms) and context.norms[first] in _ARTICLES:
        first += 1
    ends = (r.candidate.end for r in _between(first, first + 1, readings))
    return max(ends, default=match.end)


def _between(first: int, last: int, readings: Sequence[Reading]) -> Sequence[Reading]:
    """Return the readings that begin from one token up to another."""
    return readings[
        bisect_left(readings, first, key=_start) : bisect_left(readings, last, key=_start)
    ]


def _opens_clause(token: int, context: Context) -> bool:
    """Whether a clause begins at the token: with the sentence, or behind a sign or "and"."""
    if context.starts_line(token) or context.starts_sentence(token):
        return True
    before = context.norms[token - 1]
    return before in _OPENERS or before in _CLAUSE_WORDS


def _end_of_row(match: CueMatch, context: Context) -> int:
    """Return where the row ends that the cue is the label of; it is none without a sign behind.

    A label with a line to itself speaks of the list below it; one that opens a sentence within a
    line, "Not: Java", speaks of that sentence.
    """
    if not context.starts_line(match.start):
        opens = context.starts_sentence(match.start) and context.words[match.end :][:1] == [":"]
        return context.sentence(match.start, match.end)[1] if opens else match.end
    if context.heads_list(match.end):
        return context.end_of_list_below(match.end - 1)
    behind = context.behind_aside(match.end)
    signs = context.words[behind : behind + 2]
    if signs and (signs[0] in _LABEL_SIGNS or signs[0].isspace() or signs == [".", "."]):
        return _next_label(behind + 1, context.end_of_row(match.start), context)
    return match.end


def _next_label(start: int, last: int, context: Context) -> int:
    """Return where another label begins inside a row, `last` when none does."""
    for token in range(start, last):
        if context.starts_sentence(token) and ":" in context.words[token : token + _LONGEST_LABEL]:
            return token
    return last


def _nearest_before(
    match: CueMatch, readings: Sequence[Reading], context: Context
) -> tuple[int, int]:
    """A cue behind the skill ("Hadoop: none") speaks of the item just before it.

    A single word must stand right behind it, with nothing but signs between. At the start of a
    line a cue opens something new ("Currently learning: Go") and speaks of nothing before it, nor
    does one that a skill follows: "some Docker, learning PyTorch".
    """
    wish = match.cue.stance == "aspired"
    if context.starts_line(match.start) or (wish and _between(match.end, match.end + 1, readings)):
        return match.start, match.start
    single = match.end - match.start == 1
    ends = [
        r.candidate
        for r in _between(match.start - _FURTHEST_BACK, match.start, readings)
        if _stands_behind(match.start, r.candidate.end, context)
        and not (single and _has_word(r.candidate.end, match.start, context))
        and not any(
            _ends_clause(t, context) and (context.words[t] != ")" or t > r.candidate.end)
            for t in range(r.candidate.end, match.start)
        )
    ]
    if not ends:
        return match.start, match.start
    nearest = max(ends, key=lambda candidate: candidate.end)
    return nearest.start, nearest.end


def _stands_behind(token: int, behind: int, context: Context) -> bool:
    """Whether a token follows the one at `behind` closely, or in the next worded cell of a row."""
    if not behind <= token:
        return False
    if context.sentence_of(behind - 1) == context.sentence_of(token):
        return token <= behind + _LONGEST_ITEM
    same_line = context.line(behind - 1) == context.line(token)
    return same_line and not any(w[0].isalpha() for w in context.words[behind:token])


def _has_word(start: int, end: int, context: Context) -> bool:
    return any(context.words[token][0].isalnum() for token in range(start, end))


def _end_of_clause(start: int, last: int, context: Context) -> int:
    """Return where the clause that goes on at `start` ends.

    Commas part the items of a list as well as clauses: what stands between two of them is one
    more item when it is short.
    """
    comma = None
    opened = 0
    for token in range(start, last):
        word = context.words[token]
        opened += word == "("
        if word == ")" and opened:
            opened -= 1
            comma = None  # it parted what stands in the brackets
        elif _ends_clause(token, context):
            return token
        if word == ",":
            comma = token
        elif comma is not None and token - comma > _LONGEST_ITEM:
            return comma
    return last


def _ends_clause(token: int, context: Context) -> bool:
    """Whether a word or sign ends a clause; a full stop inside Node.js or 3.x does not."""
    if context.norms[token] in _CLAUSE_WORDS:
        return True
    word, behind = context.words[token], token + 1
    if word == "." and behind < len(context.words):
        return context.starts[behind] > context.end(token)
    return word in _CLAUSE_SIGNS
