"""The heads of entries: which lines of a section name a job, project or degree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from skillgap.document.model import Span
from skillgap.resume.dates import FoundDates, join_dates
from skillgap.resume.model import EntryKind
from skillgap.resume.naming import (
    Names,
    Piece,
    begins_with_degree,
    choose_names,
    has_label,
    is_link,
    is_organisation,
    names_degree,
    names_organisation,
    names_title,
    read_pieces,
)
from skillgap.resume.rows import Row

# Heads have one to four lines, of these at most three above the dates and two below.
_MAX_FRONT = 3
_MAX_TAIL = 2
# Lines of a head are short; a line of more words than this is body text.
_MAX_WORDS = 16
_MAX_TAIL_WORDS = 11
# With dates in it, a line may be longer: the dates mark it.
_MAX_DATED_WORDS = 22
# A line set in from the dates by more than this is body text below a head.
_INDENT_PT = 12.0
# No line of a head has more characters; longer ones are text without line breaks.
_MAX_LENGTH = 240
_EDGE = " \t\n,;:.|–—-·•()[]/@⋄◦»~*_"
# A name of a few words, a dash or colon, and something about it.
_LISTED_PROJECT = re.compile(
    r"(?!https?:)(?:[^\s:–—]+\s){0,5}[^\s:–—]+(?::\s|\s[-–—]\s)(?=\S+\s\S)"
)
# What follows dates within a sentence: "once a Perl programmer; since 2013 mainly Python".
_SENTENCE_GOES_ON = re.compile(
    r"\s+(?!(?:at|in|for|with|on|as|by|via|bei|chez|remote|hybrid|onsite|on-site|full|part|contract"
    r"|permanent|temporary|freelance|until|present|now|\d+)\b)[a-zß-öø-ÿ]{2}"
)
# The length of a stay, alone on a line or behind the kind of employment.
_DURATION = re.compile(
    r"(?:(?:full|part)-time\W+)?\d+\s(?:yrs?|years?|mos?|months?)(?:,?\s\d+\s(?:mos?|months?))?",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(
    r"\b(?:inc|ltd|co|corp|llc|plc|dept|univ|jr|sr|s\.a|b\.v|o\.o|u\.s)\.$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A row whose dates belong to the head of an entry, and the row those dates end on."""

    row: int
    dates: FoundDates | None
    last_row: int


@dataclass(frozen=True, slots=True)
class Head:
    """The rows that name an entry, `first` to `last`, and its dates."""

    first: int
    last: int
    anchor: Anchor


class HeadFinder:
    """Finds the heads of the entries of one section.

    Dates anchor heads. The lines around them are taken in while they are short, are no list
    items and add a name that is missing. How many stand above the dates is learnt from the
    first entry, because people write all heads of a section alike.

    Args:
        text: The document's text.
        rows: The section's rows without its heading.
        kind: The kind of entry.
    """

    def __init__(self, text: str, rows: Sequence[Row], kind: EntryKind) -> None:
        self._text = text
        self._rows = rows
        self._kind = kind
        self._pieces_by_row: dict[tuple[int, Span | None], tuple[Piece, ...]] = {}

    def heads(self) -> list[Head]:
        """Return the heads of all entries, in order and without overlap."""
        anchors = self._anchors(bullets=False) or self._anchors(bullets=True)
        front = self._count_front(anchors[0].row, 0, _MAX_FRONT) if anchors else 0
        heads: list[Head] = []
        for number, anchor in enumerate(anchors):
            floor = heads[-1].last + 1 if heads else 0
            following = anchors[number + 1].row - front if number + 1 < len(anchors) else None
            first = self._first_row(anchor, floor, front)
            heads.append(Head(first, self._last_row(first, anchor, following), anchor))
        heads = self._with_undated(self._with_tails(heads))
        return heads or (self._listed() if self._kind == EntryKind.PROJECT else [])

    def _listed(self) -> list[Head]:
        """Return the heads of projects told in one line or item each: "name – what it is"."""
        named = (i for i, row in enumerate(self._rows) if _LISTED_PROJECT.match(row.text))
        return [Head(index, index, Anchor(index, None, index)) for index in named]

    def employer_above(self, head: Head) -> Span | None:
        """Return the employer that stands, with the length of the stay, above several posts.

        Profiles put it so: "Acme", below it "3 yrs 1 mo", below that the posts with their dates.
        """
        for index in range(head.first - 1, 0, -1):
            if _DURATION.fullmatch(self._rows[index].text):
                pieces = self._row(index - 1, None)
                return pieces[0].span if pieces else None
        return None

    def degree_names(self, head: Head) -> Names | None:
        """Return the names of a head that names a degree and a school among jobs, else None."""
        hole = head.anchor.dates.span if head.anchor.dates else None
        pieces: list[Piece] = []
        for index in range(head.first, head.last + 1):
            group = pieces[-1].group if pieces else 0
            row = read_pieces(self._rows[index], EntryKind.DEGREE, hole)
            pieces += [piece._replace(group=piece.group + group) for piece in row]
        names = choose_names(pieces, EntryKind.DEGREE)
        if names.title is None or names.organisation is None:
            return None
        surely = begins_with_degree(names.title.text) and names.organisation.organisation == 3
        return names if surely else None

    def pieces(self, first: int, last: int, anchor: Anchor) -> tuple[Piece, ...]:
        """Return the candidates for names in the rows of a head."""
        hole = anchor.dates.span if anchor.dates else None
        found: list[Piece] = []
        for index in range(first, last + 1):
            group = found[-1].group if found else 0
            found += [piece._replace(group=piece.group + group) for piece in self._row(index, hole)]
        return tuple(found)

    def _row(self, index: int, hole: Span | None) -> tuple[Piece, ...]:
        key = (index, hole)
        if key not in self._pieces_by_row:
            self._pieces_by_row[key] = read_pieces(self._rows[index], self._kind, hole)
        return self._pieces_by_row[key]

    def _anchors(self, *, bullets: bool) -> list[Anchor]:
        """Find the rows with dates that belong to heads."""
        anchors: list[Anchor] = []
        for index, row in enumerate(self._rows):
            if row.dates and not (anchors and index <= anchors[-1].last_row):
                beside = bool(anchors) and anchors[-1].last_row == index - 1
                anchor = self._anchor(index, bullets=bullets, beside=beside)
                if anchor:
                    anchors.append(anchor)
        return anchors

    def _anchor(self, index: int, *, bullets: bool, beside: bool) -> Anchor | None:
        """Return the anchor that a row with dates is; `beside` tells of one right above it."""
        row, is_job = self._rows[index], self._kind == EntryKind.JOB
        lenient = self._kind == EntryKind.DEGREE
        dates = head_dates(self._rows, index, bullets=bullets, lenient=lenient)
        if dates is None:
            return None
        joined = self._join_below(index, dates)
        if joined:
            return joined
        if dates.dangling and not _behind(row, dates).strip(_EDGE):
            dates = dates._replace(current=True)
        if dates.is_range or not is_job or (not beside and _is_alone(row, dates)):
            return Anchor(index, dates, index)
        return None

    def _join_below(self, index: int, dates: FoundDates) -> Anchor | None:
        """Complete dates by a range's end at the start of the next row or of its segment."""
        if index + 1 >= len(self._rows):
            return None
        row, below = self._rows[index], self._rows[index + 1]
        segments = below.segments if len(below.segments) > 1 else (below.line.span,)
        mine = sum(segment.end <= dates.span.start for segment in row.segments)
        cut_off = dates.dangling or self._text.startswith("-", dates.span.end)
        if len(segments) == 1 and mine and not cut_off:
            return None
        joined = join_dates(dates, self._text, segments[min(mine, len(segments) - 1)])
        if joined is None:
            return None
        whole, end = joined
        alone = not self._text[end.end : below.span.end].strip(_EDGE)
        return Anchor(index, whole, index + 1 if alone else index)

    def _first_row(self, anchor: Anchor, floor: int, front: int) -> int:
        """Return the first row of a head; `front` rows stand above the section's first dates."""
        above = self._count_front(anchor.row, floor, front)
        while above and not self._takes_front(anchor, above):
            above -= 1
        if not front and self._needs_front(anchor.row, floor):
            above = 1
        return anchor.row - above

    def _count_front(self, anchor: int, floor: int, most: int) -> int:
        """Count the rows right above an anchor that may belong to its head."""
        count = 0
        while count < most and anchor - count > floor and self._may_head(anchor - count - 1):
            count += 1
        return count

    def _takes_front(self, anchor: Anchor, above: int) -> bool:
        """Tell whether the uppermost of the rows above an anchor adds to what the others say."""
        index = anchor.row - above
        if self._kind == EntryKind.PROJECT and has_label(self._rows[index].text):
            return True
        pieces = self.pieces(index + 1, anchor.last_row, anchor)
        if len({piece.group for piece in pieces}) < 2:
            return True
        return self._adds_name(pieces, index)

    def _needs_front(self, anchor: int, floor: int) -> bool:
        """Tell whether a head takes the row above its dates, although the first head does not.

        So it is when the dates' own row says less than a head must, and the row above says it.
        """
        if not self._count_front(anchor, floor, 1):
            return False
        own, above = undated(self._rows[anchor]), self._rows[anchor - 1]
        if above.word_count > 8 or not above.text[:1].isupper() or names_organisation(own):
            return False
        return not own or (is_organisation(above.text) and "," not in own)

    def _last_row(self, first: int, anchor: Anchor, following: int | None) -> int:
        """Return the last row of a head: rows below its dates belong to it if they add a name."""
        stop = len(self._rows) if following is None else following
        last, index = anchor.last_row, anchor.last_row + 1
        while index < stop and _is_only_dates(self._rows[index]):
            index += 1  # dates said twice, by a page break or a column
        for row in range(index, min(index + _MAX_TAIL, stop)):
            if not self._may_head(row, _MAX_TAIL_WORDS) or self._is_set_in(anchor.row, row):
                break
            if not self._adds_name(self.pieces(first, last, anchor), row):
                break
            last = row
        return last

    def _with_tails(self, heads: Sequence[Head]) -> list[Head]:
        """Give heads the row below their dates that most heads of the section have.

        In a row alone between dates and list, no word need tell that a name is an employer's.
        """
        dated = [head for head in heads if head.anchor.dates is not None]
        tailed = sum(head.last > head.anchor.last_row for head in dated)
        if self._kind == EntryKind.PROJECT or 2 * tailed <= len(dated):
            return list(heads)
        return [
            replace(head, last=head.last + 1) if self._lacks_tail(head) else head for head in heads
        ]

    def _lacks_tail(self, head: Head) -> bool:
        """Tell whether a head ends with its dates and a short row follows, then a list."""
        index = head.last + 1
        if head.last > head.anchor.last_row or index + 1 >= len(self._rows):
            return False
        row = self._rows[index]
        is_short = row.word_count <= _MAX_TAIL_WORDS and row.text[:1].isupper()
        return is_short and self._rows[index + 1].bullet and self._may_head(index)

    def _is_set_in(self, upper: int, lower: int) -> bool:
        """Tell whether a row begins further right than the row of the dates above it."""
        one, other = self._rows[upper].line, self._rows[lower].line
        if one.box is None or other.box is None or one.page != other.page:
            return False
        return other.box.x0 > one.box.x0 + _INDENT_PT

    def _adds_name(self, pieces: Sequence[Piece], index: int) -> bool:
        """Tell whether a row has what the pieces of a head lack: a title, an organisation."""
        if self._kind == EntryKind.PROJECT:
            return not pieces
        if len(pieces) < 2:
            return True
        others = self._row(index, None)
        titled = any(piece.title == 2 for piece in pieces)
        placed = any(piece.organisation >= 2 for piece in pieces)
        return (not titled and any(piece.title == 2 for piece in others)) or (
            not placed and any(piece.organisation >= 2 for piece in others)
        )

    def _may_head(self, index: int, most: int = _MAX_WORDS) -> bool:
        """Tell whether a row may be a line of a head that has no dates."""
        row = self._rows[index]
        if row.bullet or len(row.text) > _MAX_LENGTH or not 0 < row.word_count <= most:
            return False
        if row.dates and head_dates(self._rows, index, bullets=False) is not None:
            return False
        if row.text.endswith((".", ";", ":")) and not _ABBREVIATED.search(row.text):
            return False
        if row.text.endswith(",") and not (names_title(row.text) or is_organisation(row.text)):
            return False
        return not continues(self._rows, index)

    def _with_undated(self, heads: list[Head]) -> list[Head]:
        """Add heads without dates: short lines between the items of one entry and the next."""
        taken = {index for head in heads for index in range(head.first, head.last + 1)}
        for index in range(len(self._rows)):
            if index not in taken and index - 1 not in taken and self._is_undated_head(index):
                heads.append(Head(index, index, Anchor(index, None, index)))
                taken.add(index)
        return sorted(heads, key=lambda head: head.first)

    def _is_undated_head(self, index: int) -> bool:
        """Tell whether a row heads an entry without dates."""
        if not self._may_head(index, 12):
            return False
        rows, row = self._rows, self._rows[index]
        if self._kind == EntryKind.DEGREE:
            pieces = self._row(index, None)
            return bool(pieces) and pieces[0].title == 2 and not row.is_lower
        above = rows[index - 1] if index else None
        if above and not (above.bullet or above.is_closed or is_link(above.text)):
            return False
        if index + 1 >= len(rows):
            return False
        below = rows[index + 1]
        if not below.bullet:
            return self._kind == EntryKind.PROJECT and _is_name_over_prose(row, below)
        return self._kind == EntryKind.PROJECT or (names_title(row.text) and not row.is_lower)


def _is_name_over_prose(row: Row, below: Row) -> bool:
    """Tell whether a row may be a project's name and the row below a sentence about it."""
    is_name = row.word_count <= 7 and row.text[:1].isupper() and len(row.segments) == 1
    is_name = is_name and not _LISTED_PROJECT.match(row.text)
    tells = below.word_count >= 7 or (below.word_count >= 3 and below.text.endswith("."))
    return is_name and tells and below.text[:1].isupper()


def head_dates(
    rows: Sequence[Row], index: int, *, bullets: bool, lenient: bool = False
) -> FoundDates | None:
    """Return the dates of a row that may be in a head, None when it is body text.

    In a head dates stand at an end of their row or segment, with little behind them.

    Args:
        rows: The rows around it.
        index: Which of them.
        bullets: Whether items of a list may be heads.
        lenient: Whether a year in mid-line counts where a degree is named.
    """
    row = rows[index]
    if not row.dates or row.word_count > _MAX_DATED_WORDS:
        return None
    if continues(rows, index):
        return None
    dates = next((found for found in row.dates if found.is_range), row.dates[0])
    if row.in_remark(dates.span):
        return None
    after = _behind(row, dates)
    rest = row.text[: dates.span.start - row.span.start].strip(_EDGE)
    if row.bullet and not bullets and (rest or not dates.is_range):
        return None
    return (
        dates
        if _stands_apart(row, dates, rest, after) or (lenient and names_degree(rest))
        else None
    )


def continues(rows: Sequence[Row], index: int) -> bool:
    """Tell whether a row goes on with the sentence of the row above."""
    row = rows[index]
    if not row.is_lower or row.bullet or index == 0 or len(row.segments) > 1:
        return False
    above = rows[index - 1]
    if above.is_closed or above.dates:
        return False
    return above.word_count > (10 if above.is_lower else 6)


def undated(row: Row) -> str:
    """Return a row's words before its dates, or those after them when nothing stands before."""
    if not row.dates:
        return row.text
    before = row.text[: row.dates[0].span.start - row.span.start].strip(_EDGE)
    return before or _behind(row, row.dates[0]).strip(_EDGE)


def _behind(row: Row, dates: FoundDates) -> str:
    return row.text[dates.span.end - row.span.start :]


def _stands_apart(row: Row, dates: FoundDates, before: str, after: str) -> bool:
    """Tell whether dates stand at an end of their row or segment, with little behind them."""
    tail = after.strip(_EDGE)
    if not tail or (not before and (dates.is_range or len(tail.split()) <= 10)):
        return True
    if any(s.start <= dates.span.start and dates.span.end >= s.end - 1 for s in row.segments):
        return True
    if after.lstrip(" ,)").startswith("("):
        return True
    if _SENTENCE_GOES_ON.match(after):
        return False
    return dates.is_range and len(tail.split()) <= 6 and not row.is_closed


def _is_alone(row: Row, dates: FoundDates) -> bool:
    """Tell whether a single date in a row of a job is the job's own and not one mentioned."""
    if row.text[: dates.span.start - row.span.start].strip(_EDGE):
        return not row.text.endswith(".") and row.word_count <= 10
    return row.word_count <= 8


def _is_only_dates(row: Row) -> bool:
    """Tell whether a row holds figures of dates and no words."""
    return bool(row.dates) and row.word_count <= 2 and not row.has_range
