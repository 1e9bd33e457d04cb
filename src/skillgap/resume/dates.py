"""Dates as people write them in resumes, turned into ranges of months."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from skillgap.document.model import Span
from skillgap.resume.model import MonthRange

_MONTH_NAMES: tuple[str, ...] = (
    "jan january janeiro enero ene januar janvier gennaio gen januari",
    "feb february fev fevereiro febrero februar février fév febbraio februari",
    "mar march março marzo märz mär mrz mars maart mrt",
    "apr april abr abril avril avr aprile",
    "may maio mayo mai maggio mag mei",
    "jun june junho junio juni juin giugno giu",
    "jul july julho julio juli juillet juil luglio lug",
    "aug august ago agosto août augustus",
    "sep sept september setembro septiembre septembre settembre",
    "oct october outubro octubre oktober okt octobre ottobre ott",
    "nov november novembro noviembre novembre",
    "dec december dez dezembro dic diciembre dezember décembre déc dicembre",
)
_MONTH_BY_NAME = {
    name: number for number, names in enumerate(_MONTH_NAMES) for name in names.split()
}
# The first and the last month of a part of a year, counted from 0. Winter stands for the term
# after New Year, which is what "Winter 2022" means on a resume.
_PARTS_OF_YEAR = {
    "winter": (0, 2),
    "spring": (2, 4),
    "summer": (5, 7),
    "autumn": (8, 10),
    "fall": (8, 10),
    "early": (0, 3),
    "mid": (4, 7),
    "late": (8, 11),
    "q1": (0, 2),
    "q2": (3, 5),
    "q3": (6, 8),
    "q4": (9, 11),
    "h1": (0, 5),
    "h2": (6, 11),
}

_YEAR = r"(?:19[5-9]|20[0-6])\d(?!\d)"
_SHORT_YEAR = r"['’‘`´]?\d\d(?!\d|[.,:]\d|(?:st|nd|rd|th)\b)"
_NAME = (
    "(?:"
    + "|".join(sorted(map(re.escape, _MONTH_BY_NAME), key=len, reverse=True))
    + r")(?![^\W\d_])"
)
_NUMBER = r"(?:1[0-2]|0?[1-9])"
# The word behind a date whose gap got lost: "2024Research Assistant". Units have fewer letters.
_GLUED = r"(?-i:[A-Z][a-z]{3})"
# What makes four digits a quantity and no year: 2000 users, 2019.5, 1999+.
_NO_QUANTITY = (
    rf"(?!(?!{_GLUED})[\w%+°]|[.,:/]\d|\s?(?:%|req|users?\b|customers?\b|clients?\b|people\b|rows?\b|lines?\b"
    r"|items?\b|documents?\b|hours?\b|students?\b|patients?\b|records?\b|words?\b|pages?\b))"
)
_POINT = re.compile(
    rf"""
      (?P<iso_year>{_YEAR})[-/.](?P<iso_month>{_NUMBER})(?:[-/.](?:0?[1-9]|[12]\d|3[01]))?
        (?!\d|[-/.]\d)
    | (?P<one>\d\d?)(?P<dot>[-/.])(?P<two>\d\d?)[-/.](?P<full_year>{_YEAR})
    | (?P<month>{_NUMBER})\s?[-/.]\s?(?P<month_year>{_YEAR})(?![./]\d)
    | (?:\d\d?(?:st|nd|rd|th)?\s(?:of\s)?)?(?P<name>{_NAME})
        (?:\.?\s?[-/,.]?\s?(?:\d\d?(?:st|nd|rd|th)?,?\s(?={_YEAR}))?
           (?:of\s)?(?P<name_year>{_YEAR}|{_SHORT_YEAR}))?
    | (?P<part>spring|summer|autumn|fall|winter|early|mid|late|[qh][1-4])
        (?:\s(?:term|semester|of))?[\s/,-]?\s?(?P<part_year>{_YEAR}|['’‘`]\d\d(?!\d))
    | (?P<quarter_year>{_YEAR})[\s/-]?\s?(?P<quarter>[qh][1-4])\b
    | (?P<short_month>{_NUMBER})/(?P<short_year>\d\d)(?![\d/.])
    | (?P<year>{_YEAR})(?:(?=/(?:20)?\d\d(?![\d/.,:%]))|{_NO_QUANTITY})
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Where a date may begin: at a number, or at a month's or season's name.
# A capital behind a small letter begins a word of its own: "EngineerJan 2019".
_TOKEN = re.compile(r"\d+|[A-ZÀ-ÖØ-Þ]*[^\W\d_A-ZÀ-ÖØ-Þ]+|[A-ZÀ-ÖØ-Þ]+")
_MONTH_AND_YEAR = re.compile(rf"(?:{_NUMBER}[-/.]|[A-Z][a-z]{{2,8}}\.?\s){_YEAR}")
_STARTERS = frozenset(_MONTH_BY_NAME) | {name.rstrip("1234") for name in _PARTS_OF_YEAR}
_YEAR_TOKEN = re.compile(_YEAR)
# What no date follows: a sum of money, a path, a longer number.
_GLUE = frozenset("/+$£€@#&=-_")
_TO = re.compile(
    r"\s*(?:[-–—−‒―‐‑~→➔➜]+>?|(?<=\s)(?:to|until|till?|through|thru|up\sto|bis|até|au|hasta)(?=\s))\s*",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"(?:(?:to|til|till|until)\s)?(?:the\s)?(?:present(?:\sday)?|now|current(?:ly)?|date|today"
    r"|on-?going|atual|actual|heute|jetzt|aujourd['’]hui|présent|presente|oggi|heden|nu"
    r"|hoje|hoy|…|\.\.\.)"
    rf"(?!(?!{_GLUED})\w)",
    re.IGNORECASE,
)
_SINCE = re.compile(r"(?:since|from|seit|depuis|desde)\s+\Z", re.IGNORECASE)
_MONTH_ALONE = re.compile(r"(?:0[1-9]|1[0-2])(?=\s|$)")
# The rest of a date that a narrow column broke after its year: "2019- 10".
_CUT_MONTH = re.compile(r"-\s(?P<month>0[1-9]|1[0-2])(?=\s|$)")
_END_YEAR = re.compile(r"['’‘`]?(?P<short>\d\d)(?![\w%]|[.,:/-]\d)")
_TWO_DIGITS = re.compile(r"\d\d")
# A cheap first look: no line without one of these holds a date.
_HINT = re.compile(
    r"(?:19[5-9]|20[0-6])\d|['’‘`´]\d\d|(?:\d/|[^\W\d_]\.?\s)\d\d\s?(?:[-–—−‒―‐‑~→➔➜]|to|un?til|till)"
)


class _Point(NamedTuple):
    """A date as written: the first and the last month it may mean."""

    first: int
    last: int
    year_only: bool = False


class FoundDates(NamedTuple):
    """A date or a range of dates in a text.

    Attributes:
        span: Where it stands.
        first: The date, or the first of two.
        last: The second date of a range; None for a single date or an open end.
        current: Whether the range goes on ("present", "since 2019").
        dangling: Whether a dash follows and no second date: the end may be on the next line.
    """

    span: Span
    first: _Point
    last: _Point | None = None
    current: bool = False
    dangling: bool = False

    @property
    def whole_years(self) -> tuple[bool, bool]:
        """Whether the first and the last date are years without a month."""
        last = self.last or self.first
        return self.first.year_only, last.year_only and not self.current

    @property
    def is_range(self) -> bool:
        """Whether it has a beginning and an end, open ones included."""
        return self.last is not None or self.current


def month_number(day: date) -> int:
    """Return the month of a day as `MonthRange` counts months."""
    return day.year * 12 + day.month - 1


def may_hold_dates(text: str) -> bool:
    """Tell whether a text is worth a search for dates; no text with a date is refused."""
    return _TWO_DIGITS.search(text) is not None and _HINT.search(text) is not None


def find_dates(text: str, span: Span) -> tuple[FoundDates, ...]:
    """Find the dates and ranges of dates in one line of a text.

    Month names are known in English and a few neighbouring languages. A month without a year
    ("Jan - Mar 2019") takes the year of the range's end. Forms that are only dates in company
    ("03/20", "Jan 23") count as part of a range, never alone.
    """
    found: list[FoundDates] = []
    position = span.start
    for token in _TOKEN.finditer(text, span.start, span.end):
        if token.start() < position or not _may_start(text, token):
            continue
        match = _POINT.match(text, token.start(), span.end)
        dates = _read_range(text, match, span) if match else None
        if dates is not None:
            found.append(dates)
            position = dates.span.end
        elif match:
            position = match.end()
    return tuple(found)


def _may_start(text: str, token: re.Match[str]) -> bool:
    """Tell whether a date may begin at a token: a number or the name of a month or season."""
    word, start = token.group(), token.start()
    if not (word[0].isdigit() or word.lower() in _STARTERS):
        return False
    before = text[start - 1] if start else " "
    if before.islower() and (_YEAR_TOKEN.fullmatch(word) or _MONTH_AND_YEAR.match(text, start)):
        return True  # "Analyst2017": a tab got lost
    if before in _GLUE or before.isalnum():
        return False
    if before in ".," and start > 1 and text[start - 2].isdigit():
        return False
    return not (start and before == " " and _ends_group(text, start - 1))


def _ends_group(text: str, end: int) -> bool:
    """Tell whether a group of figures that is no year ends here, as within phone numbers."""
    return text[max(0, end - 3) : end].isdecimal() and not _YEAR_TOKEN.fullmatch(
        text[max(0, end - 4) : end]
    )


def join_dates(upper: FoundDates, text: str, span: Span) -> tuple[FoundDates, Span] | None:
    """Complete dates whose end stands at the start of another line or segment.

    Args:
        upper: The dates found before: a single one, or a range that a line break cut off
            within its last date ("2017-08 - 2019-" and "12").
        text: The document's text.
        span: The line or segment that may begin with the end of the range.

    Returns:
        The whole range, with the span of `upper` alone, and the span of its end; None when
        nothing fits.
    """
    if upper.is_range:
        return _join_month(upper, text, span)
    position = span.start
    dash = _TO.match(text, position, span.end)
    if dash:
        position = dash.end()
    if not dash and not upper.dangling and not _fills(text, position, span):
        return None
    present = _PRESENT.match(text, position, span.end)
    if present:
        return upper._replace(current=True, dangling=False), Span(span.start, present.end())
    match = _POINT.match(text, position, span.end)
    point = _read_point(match) if match else None
    if match is None or point is None or point.last < upper.first.first:
        return None
    return upper._replace(last=point, dangling=False), Span(span.start, match.end())


def _join_month(upper: FoundDates, text: str, span: Span) -> tuple[FoundDates, Span] | None:
    """Add the month to a range's last year when the line broke between the two."""
    if (
        upper.last is None
        or not upper.last.year_only
        or text[upper.span.end : upper.span.end + 1] != "-"
    ):
        return None
    month = _MONTH_ALONE.match(text, span.start, span.end)
    if month is None:
        return None
    last = _month(upper.last.first // 12, int(month.group()) - 1)
    return upper._replace(last=last), Span(*month.span())


def months_of(found: FoundDates, *, as_of: date) -> MonthRange | None:
    """Work out the months that a date or range covers.

    A year without a month leaves the month open. "2012 - 2015" is told as three years, so a
    year that begins a range counts from July and one that ends it counts to June; when both
    fall into one year, and for a year alone, the whole year counts. An end after `as_of` is
    clipped to it.

    Returns:
        None for a range that runs backwards or begins after `as_of`.
    """
    today = month_number(as_of)
    first, last = found.first, found.last or found.first
    end_point = _Point(today, today) if found.current else last
    if end_point.last < first.first:
        return None
    start, end = first.first, end_point.last
    if found.is_range:
        start += 6 if first.year_only else 0
        end -= 6 if end_point.year_only else 0
        if start > end:
            start, end = first.first, end_point.last
    end = min(end, today)
    return MonthRange(start, end) if start <= end else None


def goes_on(found: FoundDates, *, as_of: date) -> bool:
    """Tell whether a range has no end, or one after `as_of`."""
    if found.current:
        return True
    return found.last is not None and found.last.first > month_number(as_of)


def _fills(text: str, position: int, span: Span) -> bool:
    """Tell whether a single date or "present" is all there is between position and the end."""
    match = _PRESENT.match(text, position, span.end) or _POINT.match(text, position, span.end)
    return match is not None and not text[match.end() : span.end].strip(" .,;)")


def _read_range(text: str, match: re.Match[str], span: Span) -> FoundDates | None:
    """Read what begins at a match: a range, a single date, or None for neither."""
    start = match.start()
    since = _SINCE.search(text, max(span.start, start - 10), start)
    to = _TO.match(text, match.end(), span.end)
    if to:
        ranged = _read_end(text, match, to, span)
        if ranged is not None:
            return ranged._replace(span=Span(since.start(), ranged.span.end)) if since else ranged
    point = _read_point(match)
    if match["year"] and text.startswith("/", match.end()):
        return _read_academic_year(text, match, span)
    if point is None or not _is_date_alone(match):
        return None
    if since and not since.group().lower().startswith("from"):
        return FoundDates(Span(since.start(), match.end()), point, current=True)
    if to and not to.group().strip().isalpha():
        rest = text[to.end() : span.end].lstrip()
        if rest.startswith(")"):
            return FoundDates(Span(start, to.end()), point, current=True)
        return FoundDates(Span(start, match.end()), point, dangling=True)
    return FoundDates(Span(start, match.end()), point)


def _read_end(text: str, match: re.Match[str], to: re.Match[str], span: Span) -> FoundDates | None:
    """Read a range from its first date and the word or dash behind it."""
    present = _PRESENT.match(text, to.end(), span.end)
    if present:
        point = _read_point(match)
        return point and FoundDates(Span(match.start(), present.end()), point, current=True)
    second = _POINT.match(text, to.end(), span.end)
    last = _read_point(second) if second else None
    if second and last:
        cut = _CUT_MONTH.match(text, second.end(), span.end) if last.year_only else None
        if cut:
            last = _month(last.first // 12, int(cut["month"]) - 1)
            second = cut
        first = _read_point(match) or _borrow_year(match, last)
        return first and FoundDates(Span(match.start(), second.end()), first, last)
    short = _END_YEAR.match(text, to.end(), span.end) if match["year"] else None
    if short:
        first_year = int(match["year"])
        year = first_year - first_year % 100 + int(short["short"])
        year += 100 if year < first_year else 0
        if year - first_year <= 15:  # a longer "2019-40" is no range of years
            first = _whole_year(first_year)
            return FoundDates(Span(match.start(), short.end()), first, _whole_year(year))
    return None


def _read_academic_year(text: str, match: re.Match[str], span: Span) -> FoundDates | None:
    """Read "2016/17": two years that follow each other, and nothing else."""
    year = int(match["year"])
    end = re.compile(rf"/(?:{year + 1}|{(year + 1) % 100:02})").match(text, match.end(), span.end)
    if end is None:
        return None
    return FoundDates(Span(match.start(), end.end()), _whole_year(year), _whole_year(year + 1))


def _is_date_alone(match: re.Match[str]) -> bool:
    """Tell whether a form is a date without a second one beside it: 'May 20' is none."""
    if match["short_month"]:
        return False
    year = match["name_year"]
    return match["name"] is None or (year is not None and len(year) != 2)


def _borrow_year(match: re.Match[str], last: _Point) -> _Point | None:
    """Give a month without a year the year of the date that follows it."""
    if match["name"] is None or last.year_only:
        return None
    month = _MONTH_BY_NAME[match["name"].lower()]
    first = last.last // 12 * 12 + month
    first -= 12 if first > last.last else 0
    return _Point(first, first)


def _read_point(match: re.Match[str]) -> _Point | None:
    """Turn a matched date into months; None for a month without a year."""
    kind = match.lastgroup
    if kind == "year":
        return _whole_year(int(match["year"]))
    if kind == "iso_month":
        return _month(int(match["iso_year"]), int(match["iso_month"]) - 1)
    if kind == "month_year":
        return _month(int(match["month_year"]), int(match["month"]) - 1)
    if kind == "full_year":
        return _read_full(match)
    if kind == "short_year":
        return _month(_full_year(match["short_year"]), int(match["short_month"]) - 1)
    if kind == "name_year":
        return _month(_full_year(match["name_year"]), _MONTH_BY_NAME[match["name"].lower()])
    if kind in {"part_year", "quarter"}:
        return _read_part(match)
    return None


def _read_full(match: re.Match[str]) -> _Point | None:
    """Read a day, a month and a year in figures.

    With dots the day comes first; with slashes 03/04/2019 is taken as American. A number above
    12 settles it either way.
    """
    one, two = int(match["one"]), int(match["two"])
    month, day = (two, one) if match["dot"] == "." or one > 12 else (one, two)
    if month > 12:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return _month(int(match["full_year"]), month - 1)


def _read_part(match: re.Match[str]) -> _Point | None:
    """Read a season, a quarter or a half of a year."""
    part, year = match["part"] or match["quarter"], match["part_year"] or match["quarter_year"]
    months = _PARTS_OF_YEAR.get(part.lower())
    if months is None:
        return None
    january = _full_year(year) * 12
    return _Point(january + months[0], january + months[1])


def _full_year(digits: str) -> int:
    """Give a year its century: '70 to '99 are of the last one."""
    year = int(digits.lstrip("'’‘`´"))
    if year >= 100:
        return year
    return 2000 + year if year < 70 else 1900 + year


def _whole_year(year: int) -> _Point:
    return _Point(year * 12, year * 12 + 11, year_only=True)


def _month(year: int, month: int) -> _Point:
    return _Point(year * 12 + month, year * 12 + month)
