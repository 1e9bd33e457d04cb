"""Which words of a head are the title or degree, and which the employer or school."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from skillgap.document.model import Span
from skillgap.resume.model import EntryKind
from skillgap.resume.rows import Row
from skillgap.resume.words import (
    LEGAL_FORMS,
    LEVELS,
    ORGANISATIONS,
    PLACES,
    SCHOOL_STEMS,
    SCHOOLS,
    SHORT_LEGAL_FORMS,
    TITLE_LINKS,
    TITLES,
)

_DEGREE = re.compile(
    r"(?<![\w.])(?:b\.?\s?sc|m\.?\s?sc|b\.?\s?a|m\.?\s?a|b\.?\s?s|m\.?\s?s|b\.?\s?e|m\.?\s?e|b\.?\s?tech"
    r"|m\.?\s?tech|b\.?\s?eng|m\.?\s?eng|b\.?\s?com+|m\.?\s?com+|b\.?\s?ed|m\.?\s?phil|ph\.?\s?d|d\.?\s?phil"
    r"|mba|bba|b\.?c\.?a|m\.?c\.?a|llb|llm|md|mph|mres|msci|dr|pgdip|pgcert|pgce|hnd|hnc|gcses?|hsc|ssc"
    r"|a-levels?|bachelor\w*|masters?|master[’']s|doctor\w*|dipl\w*|licen\w+|magister|mgr|nanodegree"
    r"|certificate|degree|minor|major|abitur|baccalaur\w+|matura|leaving\scert\w*|exchange|honou?rs"
    r"|postgraduate|undergraduate|especialização|laurea)(?!\w)",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\s+[-–—|•·∙»@⋄◦]+\s+|\s*[|•·∙⋄]\s*|\s+(?:at|bei|chez)\s+|\t+|\s{3,}|\s[—–]|[—–]\s",
    re.IGNORECASE,
)
_FROM = re.compile(rf"{_STRONG.pattern}|\s+from\s+", re.IGNORECASE)
_AT = re.compile(r"\s+at\s+", re.IGNORECASE)
_COMMA = re.compile(r"\s*[,;]\s+(?![^()]*\))")
_MAX_NAME_WORDS = 12  # the longest names of departments and degrees have about ten
_MAX_GUESSED_WORDS = 7
_LABEL = re.compile(
    r"(?:company|employer|organi[sz]ation|designation|position|title|role|job\stitle|client|project"
    r"|period|duration|dates?|location|institution|school|degree)\s*(?:name|\#?\d+)?\s*[:：]\s*",
    re.IGNORECASE,
)
# A bare degree, whose field may follow a comma: "BA, Physics", "Bachelor of Science, Economics".
_BARE_DEGREE = re.compile(
    rf"{_DEGREE.pattern}(?:\.|[’']s|\s*\([^()]*\)|\s+(?:degree|magistrale|triennale|candidate)|\s+of\s+(?:science|arts|engineering|technology"
    r"|commerce|philosophy|education|research|applied\sscience|business\sadministration)){0,3}\.?",
    re.IGNORECASE,
)
# What makes a piece a course where another piece is the school.
_COURSE = re.compile(r"\b(?:boot\s?camp|programme?|course|immersive|diploma)\b", re.IGNORECASE)
# What follows a comma and still belongs to the name before it: "Acme, Inc.", "Moss, Hay & Sons".
_NAME_GOES_ON = re.compile(
    r"(?:inc|ltd|llc|llp|plc|gmbh|corp|incorporated|limited|l\.l\.c|s\.a|b\.v|co)\b\.?",
    re.IGNORECASE,
)
_LAST_OF_NAMES = re.compile(r"[A-Z][\w'’-]+\s(?:&|and)\s[A-Z][\w'’-]+(?:\s\w+)?")
# A later post in the same breath: "Chef de Partie, then Shift Leader".
_THEN = re.compile(
    r"(?:and\s)?(?:then|later|previously|formerly|now|promoted\sto)\s", re.IGNORECASE
)
# What fills time between jobs and is none.
_BREAK = re.compile(
    r"(?:career|parental|maternity|paternity|adoption|family|medical|sick|study|planned|personal)"
    r"\s(?:and\s\w+\s)?(?:break|leave|pause|gap)\b|sabbatical\b|gap\syear\b|travel(?:l?ing)?\b"
    r"|(?:full-?time\s)?(?:parent|care-?giv\w+|carer)\b(?!\s(?:company|group|ltd|inc))"
    r"|relocat\w+\b|break\b",
    re.IGNORECASE,
)
_SHORT_TITLES = frozenset({"vp", "ta", "ra"})
# What a firm's name ends in after its founders' names; "Partner" alone is a title.
_FOUNDERS = re.compile(
    r"\s(?:&|and)\s(?:partners?|sons|co|associates|company|cie)\.?$", re.IGNORECASE
)
# Parts of an employer, which are none themselves when the employer is named too.
_DEPARTMENT = re.compile(
    r"\b(?:team|department|dept|division|unit|squad|desk|programme?)\.?$", re.I
)
# "Working as Data Engineer in Acme Systems, Pune from June 2018": a head told as a sentence.
_WORKED_AS = re.compile(
    r"(?:i\s)?(?:am\s|currently\s|presently\s)*(?:work(?:ing|ed|s)?|employed|serv(?:ed|ing))\s+as\s+"
    r"(?:an?\s+|the\s+)?(?P<title>[^,.]+?)\s+(?:in|with|at|for)\s+",
    re.IGNORECASE,
)
_LOOSE_END = re.compile(r"\s+(?:in|from|since|on|during|between|for|at|of)$", re.IGNORECASE)
_SELF_EMPLOYED = frozenset({"self-employed", "self employed", "freelance", "independent"})
_LINK = re.compile(r"https?:|www\.|\S+@\S|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|dev|me|ai)\b\S*$")
_ABBREVIATIONS = frozenset({"inc", "ltd", "co", "corp", "dept", "univ", "jr", "sr", "bros"})
_PRESENT = frozenset({"present", "now", "current", "today", "ongoing", "to date", "date"})
_EDGE = " \t\n,;:.|–—-·•[]/@⋄◦»~*_→"
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*|[&/→:–-]")
_IN_PARENTHESES = re.compile(r"\([^()]*\)?")


class Piece(NamedTuple):
    """A part of a head between separators: a candidate for title or organisation.

    Attributes:
        span: Where it stands.
        text: Its words.
        group: Counts the parts that strong separators make; commas divide within a group.
        title: How surely it is a title or degree, 0 to 2.
        organisation: How surely it is an employer or school, 0 to 4.
    """

    span: Span
    text: str
    group: int
    title: int
    organisation: int


class Names(NamedTuple):
    """What a head says: title and organisation, and whether words tell so or place alone."""

    title: Piece | None
    organisation: Piece | None
    sure: bool = False


def read_pieces(row: Row, kind: EntryKind, hole: Span | None) -> tuple[Piece, ...]:
    """Split a row of a head at separators and weigh each part; dates and places are left out.

    Args:
        row: The row.
        kind: What is named: degrees and schools, or titles and employers.
        hole: The span of the head's dates, which no name runs over.
    """
    holes = {found.span for found in row.dates if not row.in_remark(found.span)}
    if hole:
        holes.add(hole)
    pieces: list[Piece] = []
    parts = _strong_parts(row, sorted(holes), _FROM if kind == EntryKind.DEGREE else _STRONG)
    for group, part in enumerate(parts, 1):
        pieces.extend(_comma_pieces(row, part, group, kind))
    return tuple(pieces)


def choose_names(pieces: Sequence[Piece], kind: EntryKind) -> Names:
    """Choose title and organisation among the pieces of a head."""
    if kind == EntryKind.PROJECT:
        return Names(pieces[0] if pieces else None, None, sure=True)
    title = _best(pieces, lambda piece: piece.title)
    rest = [piece for piece in pieces if piece is not title]
    organisation = _best(rest, lambda piece: _rank_organisation(piece, title))
    sure = title is not None and organisation is not None
    if title is None:
        title = _course(rest, organisation) if kind == EntryKind.DEGREE else None
    if title is None:
        title = _unnamed_title(pieces, organisation, kind)
        if title is None and organisation is None and pieces and kind == EntryKind.JOB:
            organisation = pieces[0]
        rest = [piece for piece in pieces if piece is not title]
    if organisation is None and title is not None:
        organisation = _unnamed_organisation(rest, title, kind)
        sure = bool(title.title and organisation and organisation.group != title.group)
    if kind == EntryKind.DEGREE and title is not None:
        title = _with_field(title, [piece for piece in pieces if piece is not organisation])
    return Names(title, organisation, sure)


def in_other_order(names: Names) -> Names:
    """Swap title and organisation of names that only their order told apart."""
    if names.title is None or names.organisation is None:
        return names
    return Names(names.organisation, names.title)


def names_title(text: str) -> bool:
    """Tell whether a text, or a part of it between separators, is worded as a job title."""
    if _title_score(text) == 2:
        return True
    parts = (piece for part in _STRONG.split(text) for piece in _COMMA.split(part))
    return any(_title_score(part) == 2 for part in parts)


def has_label(text: str) -> bool:
    """Tell whether a text begins with the label of a form: "Client: ", "Project #1: "."""
    return _LABEL.match(text) is not None


def is_link(text: str) -> bool:
    """Tell whether a text is an address on the web and nothing else."""
    return len(text.split()) == 1 and _LINK.match(text) is not None


def names_break(text: str) -> bool:
    """Tell whether a text names time between jobs: a leave, a sabbatical, travels.

    >>> names_break("Parental leave")
    True
    """
    return len(text.split()) <= 6 and _BREAK.match(text) is not None


def names_degree(text: str) -> bool:
    """Tell whether a degree or other qualification is named in a text."""
    return _DEGREE.search(text) is not None


def begins_with_degree(text: str) -> bool:
    """Tell whether a degree's name is what a text begins with."""
    return _DEGREE.match(text) is not None


def names_organisation(text: str) -> bool:
    """Tell whether words of an employer's or school's name are in a text."""
    return _organisation_score(_words_of(text)) > 0


def is_organisation(text: str) -> bool:
    """Tell whether a whole text is built as an employer's or school's name."""
    score = _organisation_score(_words_of(text))
    return score >= 3 or (score == 2 and text.count(",") < 2)


def _best(pieces: Sequence[Piece], score: Callable[[Piece], int]) -> Piece | None:
    """Return the first piece of the highest score, None when all are 0."""
    best = max(pieces, key=score, default=None)
    return best if best is not None and score(best) else None


def _rank_organisation(piece: Piece, title: Piece | None) -> int:
    """Rank a piece as an organisation; of two alike, the one apart from the title is it."""
    apart = title is None or piece.group != title.group
    return piece.organisation * 2 + apart if piece.organisation else 0


def _course(pieces: Sequence[Piece], organisation: Piece | None) -> Piece | None:
    """Return the piece that names a course, when another names the school."""
    if organisation is None:
        return None
    others = (piece for piece in pieces if piece is not organisation)
    return next((piece for piece in others if _COURSE.search(piece.text)), None)


def _with_field(title: Piece, pieces: Sequence[Piece]) -> Piece:
    """Add the field that follows a bare degree after a comma: "BA, Physics"."""
    if not _BARE_DEGREE.fullmatch(title.text):
        return title
    field = next((piece for piece in pieces if piece.span.start > title.span.start), None)
    if field is None or field.group != title.group or field.organisation > 2 or field.title:
        return title
    gap = field.span.start - title.span.end
    if gap > 3 or not _is_short(field):
        return title
    text = f"{title.text}, {field.text}"
    return title._replace(span=Span(title.span.start, field.span.end), text=text)


def _unnamed_title(
    pieces: Sequence[Piece], organisation: Piece | None, kind: EntryKind
) -> Piece | None:
    """Choose a title that no word gives away, by its place beside the organisation."""
    others = [p for p in pieces if p is not organisation and not p.organisation and _is_short(p)]
    if organisation is None:
        if kind == EntryKind.JOB and len(others) < 2:
            return None
        return others[0] if others else None
    apart = [piece for piece in others if piece.group != organisation.group]
    if apart and (organisation is pieces[0] or apart[0] is pieces[0]):
        return apart[0]
    return others[0] if others and others[0] is pieces[0] else None


def _unnamed_organisation(rest: Sequence[Piece], title: Piece, kind: EntryKind) -> Piece | None:
    """Choose an organisation that no word gives away, by its place beside the title."""
    short = [piece for piece in rest if _is_short(piece)]
    short = [piece for piece in short if not _DEPARTMENT.search(piece.text)] or short
    apart = [piece for piece in short if piece.group != title.group and not piece.title]
    beside = [piece for piece in short if piece.group == title.group]
    if kind == EntryKind.DEGREE:
        return apart[0] if apart else beside[-1] if beside else None
    after = [piece for piece in beside if piece.span.start > title.span.start]
    if apart and after and apart[0].span.start > after[0].span.start and " " not in apart[0].text:
        return after[0]  # "Analyst, Some Employer | Town": a town has one word
    if apart:
        return apart[0]
    return after[0] if after else beside[0] if beside else None


def _is_short(piece: Piece) -> bool:
    """Tell whether a piece that no word gives away may be a name and no part of a sentence."""
    return len(_IN_PARENTHESES.sub(" ", piece.text).split()) <= _MAX_GUESSED_WORDS


def _strong_parts(row: Row, holes: Sequence[Span], pattern: re.Pattern[str]) -> Iterator[Span]:
    """Split a row at wide gaps, at its dates and at strong separators."""
    base = row.span.start
    for segment in row.segments:
        position = segment.start
        told = _WORKED_AS.match(row.text, position - base, segment.end - base)
        if told:
            yield Span(base + told.start("title"), base + told.end("title"))
            position = base + told.end()
        cuts = [hole for hole in holes if segment.start <= hole.start < segment.end]
        for hole in [*cuts, Span(segment.end, segment.end)]:
            for start, end in _split(row.text, pattern, position - base, hole.start - base):
                yield Span(base + start, base + end)
            position = max(position, hole.end)


def _split(text: str, pattern: re.Pattern[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text, start, end):
        if _AT.fullmatch(match.group()) and _is_school(
            text[start : match.start()].rpartition(", ")[2]
        ):
            continue  # "University of Nowhere at Leeds"
        yield start, match.start()
        start = match.end()
    if start < end:
        yield start, end


def _comma_pieces(row: Row, part: Span, group: int, kind: EntryKind) -> Iterator[Piece]:
    """Split a part of a row at its commas into pieces that may be names."""
    base, text = row.span.start, row.text
    for start, end in _comma_parts(text, part.start - base, part.end - base, kind):
        label = _LABEL.match(text, start, end) if ":" in text else None
        start = label.end() if label else start
        for first, last in _split_at_colon(text, start, end, kind):
            trimmed = _trim(text, first, last)
            words = text[slice(*trimmed)]
            if words[:1].isalpha() and not _says_nothing(words, kind):
                span = Span(base + trimmed[0], base + trimmed[1])
                yield Piece(span, words, group, *_weigh(words, kind))


def _comma_parts(text: str, start: int, end: int, kind: EntryKind) -> list[tuple[int, int]]:
    """Split at commas, save those within a name: "Acme, Inc.", "Moss, Hay & Sons"."""
    parts: list[tuple[int, int]] = []
    for first, last in _split(text, _COMMA, start, end):
        if parts and _goes_on(text[slice(*parts[-1])].strip(), text[first:last].strip(), kind):
            parts[-1] = (parts[-1][0], last)
        else:
            parts.append((first, last))
    return parts


def _is_school(text: str) -> bool:
    """Tell whether words name a school and no degree or title with it."""
    words = _words_of(text)
    if _organisation_score(words) != 3 or names_degree(text):
        return False
    return words[0].startswith(SCHOOL_STEMS) and not _title_score(text)


def _goes_on(before: str, after: str, kind: EntryKind) -> bool:
    """Tell whether what follows a comma belongs to the firm or the post before it."""
    if kind != EntryKind.JOB or not before:
        return False
    if _THEN.match(after):
        return _title_score(after) > 0
    if _title_score(before):
        return False
    if _NAME_GOES_ON.fullmatch(after):
        return True
    one_name = before.isalpha() and before.istitle() and before.lower() not in PLACES
    return one_name and _LAST_OF_NAMES.fullmatch(after) is not None and not _title_score(after)


def _split_at_colon(text: str, start: int, end: int, kind: EntryKind) -> Sequence[tuple[int, int]]:
    """Split "Employer: title" and "Project: what it is" in two; a title may go on after ":"."""
    colon = text.find(": ", start, end)
    if kind == EntryKind.PROJECT and colon > 0 and len(text[start:colon].split()) <= 6:
        return (start, colon), (colon + 1, end)
    if kind != EntryKind.JOB or colon < 0 or _title_score(text[start:colon]):
        return ((start, end),)
    if _title_score(text[colon + 1 : end]) < 2:
        return ((start, end),)
    return (start, colon), (colon + 1, end)


def _says_nothing(words: str, kind: EntryKind) -> bool:
    """Tell whether a piece is no name: a place, a link, the word "present"."""
    bare = words.strip(" .")
    if kind == EntryKind.DEGREE and _BARE_DEGREE.fullmatch(bare):
        return False
    if len(bare) == 2 and bare.isupper() and bare.lower() not in _SHORT_TITLES:
        return True  # a state or country
    if bare.lower() in PLACES or bare.lower() in _PRESENT:
        return True
    return _LINK.match(words) is not None


def _weigh(text: str, kind: EntryKind) -> tuple[int, int]:
    """Weigh how surely a text is a title or degree, 0 to 2, and an organisation, 0 to 4."""
    words = _words_of(text)
    if len(words) > _MAX_NAME_WORDS:
        return 0, 0
    organisation = _organisation_score(words)
    if kind == EntryKind.JOB and _IN_PARENTHESES.sub("", text).strip().lower() in _SELF_EMPLOYED:
        return 0, 1
    if _FOUNDERS.search(text):
        return 0, 2
    if kind == EntryKind.DEGREE:
        title = 2 if _DEGREE.match(text) or (organisation < 3 and names_degree(text)) else 0
    else:
        title = 0 if organisation == 4 else _title_score(text)
    return title, organisation if title < 2 else 0


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut marks and open brackets off both ends; a piece all in brackets is cut to nothing."""
    while start < end and text[start] in _EDGE:
        start += 1
    while start < end and (text[end - 1] in _EDGE or text[end - 1] == "("):
        if text[end - 1] == "." and _keeps_dot(text, start, end):
            break
        end -= 1
    loose = _LOOSE_END.search(text, start, end)
    end = loose.start() if loose else end
    if start < end and text[start] in "()":
        return end, end
    if start < end and text[end - 1] == ")" and "(" not in text[start:end]:
        end -= 1
    return start, end


def _keeps_dot(text: str, start: int, end: int) -> bool:
    """Tell whether the dot at the end belongs to an abbreviation: "Inc.", "Ph.D."."""
    word = text[start : end - 1].rsplit(" ", 1)[-1]
    return "." in word or word.lower() in _ABBREVIATIONS


def _words_of(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _title_score(text: str) -> int:
    """Weigh how surely a text is a job title: 2 for one by its build, 1 for a title's word."""
    words = _words_of(_IN_PARENTHESES.sub(" ", text) if "(" in text else text)
    while words and (words[-1] in LEVELS or words[-1].isdigit() or len(words[-1]) == 1):
        words.pop()
    score = 0
    for index, word in enumerate(words):
        if word in TITLES or (
            word[:-1] in TITLES and word[-1] == "s" and word not in ORGANISATIONS
        ):
            if index + 1 == len(words) or words[index + 1] in TITLE_LINKS:
                return 2
            score = 1
    return score


def _organisation_score(words: Sequence[str]) -> int:
    """Weigh how surely words are an organisation: 4 a legal form, 3 a school, 2 or 1 a word."""
    if not words:
        return 0
    if words[-1] in SHORT_LEGAL_FORMS or not LEGAL_FORMS.isdisjoint(words):
        return 4
    if not SCHOOLS.isdisjoint(words) or any(word.startswith(SCHOOL_STEMS) for word in words):
        return 3
    if ORGANISATIONS.isdisjoint(words):
        return 0
    return 2 if words[-1] in ORGANISATIONS or words[0] in ORGANISATIONS else 1
