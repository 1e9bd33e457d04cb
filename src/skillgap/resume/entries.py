"""The jobs, projects and degrees within a section: where each begins and ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from skillgap.document.model import Span
from skillgap.resume.dates import FoundDates, goes_on, join_dates, months_of
from skillgap.resume.model import Entry, EntryKind, SectionKind
from skillgap.resume.naming import (
    Names,
    choose_names,
    in_other_order,
    is_organisation,
    names_degree,
    names_organisation,
    names_title,
    read_pieces,
)
from skillgap.resume.rows import Row

_KIND_BY_SECTION = {
    SectionKind.EXPERIENCE: EntryKind.JOB,
    SectionKind.PROJECTS: EntryKind.PROJECT,
    SectionKind.EDUCATION: EntryKind.DEGREE,
    SectionKind.VOLUNTEER: EntryKind.OTHER,
}

# Heads have one to four lines, of these at most three above the dates and two below.
_MAX_FRONT = 3
_MAX_TAIL = 2
# Lines of a head are short; a line of more words than this is body text.
_MAX_WORDS = 16
_MAX_TAIL_WORDS = 11
# With dates in it, a line may be longer: the dates mark it.
_MAX_DATED_WORDS = 22
_EDGE = " \t\n,;:.|–—-·•()[]/@⋄◦»~*_"
_ABBREVIATED = re.compile(
    r"\b(?:inc|ltd|co|corp|llc|plc|dept|univ|jr|sr|s\.a|b\.v|o\.o|u\.s)\.$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A row whose dates belong to the head of an entry, and the row those dates end on."""

    row: int
    dates: FoundDates | None
    last_row: int


@dataclass(frozen=True, slots=True)
class _Head:
    """The rows that name an entry, `first` to `last`, and its dates."""

    first: int
    last: int
    anchor: _Anchor


def find_entries(
    text: str, rows: Sequence[Row], kind: SectionKind, *, end: int, as_of: date
) -> tuple[Entry, ...]:
    """Find the entries of one section; a kind of section without entries has none.

    Dates anchor the heads of entries. The lines around them are taken in while they are short,
    are no list items and add a name that is missing; how many stand above the dates is learnt
    from the first entry, because people write all heads of a section alike.

    Args:
        text: The document's text.
        rows: The section's rows without its heading.
        kind: The kind of section.
        end: Where the section ends.
        as_of: The date that "present" stands for.
    """
    entry_kind = _KIND_BY_SECTION.get(kind)
    if entry_kind is None or not rows:
        return ()
    heads = _find_heads(text, rows, entry_kind)
    all_names = _name_all(rows, heads, entry_kind)
    entries: list[Entry] = []
    for number, (head, names) in enumerate(zip(heads, all_names, strict=True)):
        stop = rows[heads[number + 1].first].line.span.start if number + 1 < len(heads) else end
        span = Span(rows[head.first].line.span.start, stop)
        entry = _make_entry(span, rows[head.last].span.end, names, head, entry_kind, as_of)
        entries.append(entry)
    if entry_kind == EntryKind.JOB:
        return _share_employers(text, entries, [names.sure for names in all_names])
    return tuple(entries)


def begins_entry(rows: Sequence[Row], index: int) -> bool:
    """Tell whether a row outside any section of entries begins a job, by its dates and words."""
    row = rows[index]
    if not row.has_range or row.bullet or _head_dates(rows, index, bullets=False) is None:
        return False
    near = rows[index : index + 2]
    return any(names_title(_undated(row)) or names_organisation(row.text) for row in near)


def front_of_entry(rows: Sequence[Row], index: int, floor: int) -> int:
    """Return the first row of a head that has its dates on row `index`, not above `floor`."""
    count = _count_front(rows, index, floor, 1)
    row = rows[index]
    complete = names_title(_undated(row)) and names_organisation(row.text)
    return index - (0 if complete else count)


def _undated(row: Row) -> str:
    """Return a row's words before its dates, or those after them when nothing stands before."""
    if not row.dates:
        return row.text
    before = row.text[: row.dates[0].span.start - row.span.start].strip(_EDGE)
    return before or row.text[row.dates[0].span.end - row.span.start :].strip(_EDGE)


def _find_heads(text: str, rows: Sequence[Row], kind: EntryKind) -> list[_Head]:
    """Find the heads of all entries, in order and without overlap."""
    anchors = _find_anchors(text, rows, kind, bullets=False)
    if not anchors:
        anchors = _find_anchors(text, rows, kind, bullets=True)
    front = _count_front(rows, anchors[0].row, 0, _MAX_FRONT) if anchors else 0
    heads: list[_Head] = []
    for number, anchor in enumerate(anchors):
        floor = heads[-1].last + 1 if heads else 0
        above = _count_front(rows, anchor.row, floor, front)
        while above and not _takes_front(rows, anchor, above, kind):
            above -= 1
        if not front and _needs_front(rows, anchor.row, floor):
            above = 1
        ceiling = anchors[number + 1].row - front if number + 1 < len(anchors) else len(rows)
        first = anchor.row - above
        heads.append(_Head(first, _tail_end(rows, first, anchor, ceiling, kind), anchor))
    return _add_undated(rows, heads, kind)


def _find_anchors(
    text: str, rows: Sequence[Row], kind: EntryKind, *, bullets: bool
) -> list[_Anchor]:
    """Find the rows with dates that belong to heads."""
    anchors: list[_Anchor] = []
    for index, row in enumerate(rows):
        if not row.dates or (anchors and index <= anchors[-1].last_row):
            continue
        dates = _head_dates(rows, index, bullets=bullets, lenient=kind == EntryKind.DEGREE)
        if dates is None:
            continue
        joined = _join_below(text, rows, index, dates)
        if joined:
            anchors.append(joined)
            continue
        if dates.dangling and not row.text[dates.span.end - row.span.start :].strip(_EDGE):
            dates = dates._replace(current=True)
        above = anchors[-1] if anchors and anchors[-1].last_row == index - 1 else None
        if dates.is_range or kind != EntryKind.JOB or (above is None and _is_alone(row, dates)):
            anchors.append(_Anchor(index, dates, index))
    return anchors


def _head_dates(
    rows: Sequence[Row], index: int, *, bullets: bool, lenient: bool = False
) -> FoundDates | None:
    """Return the dates of a row that may be in a head, None when it is body text.

    In a head dates stand at an end of their row or segment, with little behind them. `lenient`
    takes a year in mid-line where a degree is named.
    """
    row = rows[index]
    if _continues(rows, index) or row.word_count > _MAX_DATED_WORDS:
        return None
    dates = next((found for found in row.dates if found.is_range), row.dates[0])
    before = row.text[: dates.span.start - row.span.start]
    after = row.text[dates.span.end - row.span.start :]
    if row.in_remark(dates.span):
        return None
    rest, tail = before.strip(_EDGE), after.strip(_EDGE)
    if row.bullet and not bullets and (rest or not dates.is_range):
        return None
    if not tail or (not rest and (dates.is_range or len(tail.split()) <= 10)):
        return dates
    if any(s.start <= dates.span.start and dates.span.end >= s.end - 1 for s in row.segments):
        return dates
    if lenient and names_degree(rest):
        return dates
    short = len(tail.split()) <= 6 and not row.is_closed
    return dates if after.lstrip(" ,)").startswith("(") or (short and dates.is_range) else None


def _is_alone(row: Row, dates: FoundDates) -> bool:
    """Tell whether a single date in a row of a job is the job's own and not one mentioned."""
    if row.text[: dates.span.start - row.span.start].strip(_EDGE):
        return not row.text.endswith(".") and row.word_count <= 10
    return row.word_count <= 8


def _join_below(text: str, rows: Sequence[Row], index: int, dates: FoundDates) -> _Anchor | None:
    """Complete dates by a range's end at the start of the next row or of its segment."""
    if index + 1 >= len(rows):
        return None
    row, below = rows[index], rows[index + 1]
    segments = below.segments if len(below.segments) > 1 else (below.line.span,)
    mine = [s.start <= dates.span.start < s.end for s in row.segments].index(True)
    cut_off = dates.dangling or text.startswith("-", dates.span.end)
    if len(segments) == 1 and mine and not cut_off:
        return None
    segment = segments[min(mine, len(segments) - 1)]
    joined = join_dates(dates, text, segment)
    if joined is None:
        return None
    whole, end = joined
    alone = not text[end.end : below.span.end].strip(_EDGE)
    return _Anchor(index, whole, index + 1 if alone else index)


def _continues(rows: Sequence[Row], index: int) -> bool:
    """Tell whether a row goes on with the sentence of the row above."""
    row = rows[index]
    if not row.is_lower or row.bullet or index == 0 or len(row.segments) > 1:
        return False
    above = rows[index - 1]
    if above.is_closed or above.dates:
        return False
    return above.word_count > (10 if above.is_lower else 6)


def _may_head(rows: Sequence[Row], index: int, most: int = _MAX_WORDS) -> bool:
    """Tell whether a row may be a line of a head that has no dates."""
    row = rows[index]
    if row.bullet or not 0 < row.word_count <= most:
        return False
    if row.dates and _head_dates(rows, index, bullets=False) is not None:
        return False
    if row.text.endswith((".", ";", ":")) and not _ABBREVIATED.search(row.text):
        return False
    if row.text.endswith(",") and not (names_title(row.text) or is_organisation(row.text)):
        return False
    return not _continues(rows, index)


def _count_front(rows: Sequence[Row], anchor: int, floor: int, most: int) -> int:
    """Count the rows right above an anchor that may belong to its head."""
    count = 0
    while count < most and anchor - count - 1 >= floor and _may_head(rows, anchor - count - 1):
        count += 1
    return count


def _takes_front(rows: Sequence[Row], anchor: _Anchor, above: int, kind: EntryKind) -> bool:
    """Tell whether the uppermost of the rows above an anchor adds to what the others say."""
    index = anchor.row - above
    holes = [anchor.dates.span] if anchor.dates else []
    pieces = read_pieces(rows[index + 1 : anchor.last_row + 1], kind, holes)
    if len({piece.group for piece in pieces}) < 2:
        return True
    return _adds_name(rows, index + 1, anchor.last_row, index, anchor, kind)


def _needs_front(rows: Sequence[Row], anchor: int, floor: int) -> bool:
    """Tell whether a head takes the row above its dates, although the section's first does not.

    So it is when the dates' own row says less than a head must, and the row above says it.
    """
    if not _count_front(rows, anchor, floor, 1):
        return False
    own, above = _undated(rows[anchor]), rows[anchor - 1]
    if above.word_count > 8 or not above.text[:1].isupper() or names_organisation(own):
        return False
    if not own.strip(_EDGE):
        return True
    return is_organisation(above.text) and "," not in own


def _tail_end(
    rows: Sequence[Row], first: int, anchor: _Anchor, ceiling: int, kind: EntryKind
) -> int:
    """Return the last row of a head: rows below the dates belong to it while they add a name."""
    last = anchor.last_row
    start = last + 1
    while start < min(ceiling, len(rows)) and _is_only_dates(rows[start]):
        start += 1  # dates said twice, by a page break or a column
    for index in range(start, min(start + _MAX_TAIL, ceiling, len(rows))):
        if not _may_head(rows, index, _MAX_TAIL_WORDS) or not _adds_name(
            rows, first, last, index, anchor, kind
        ):
            break
        last = index
    return last


def _is_only_dates(row: Row) -> bool:
    """Tell whether a row holds figures of dates and no words."""
    return bool(row.dates) and row.word_count <= 2 and not any(d.is_range for d in row.dates)


def _adds_name(
    rows: Sequence[Row], first: int, last: int, index: int, anchor: _Anchor, kind: EntryKind
) -> bool:
    """Tell whether a row has what the rows of a head lack: a title, an organisation."""
    holes = [anchor.dates.span] if anchor.dates else []
    pieces = read_pieces(rows[first : last + 1], kind, holes)
    if kind == EntryKind.PROJECT or len(pieces) < 2:
        return not pieces if kind == EntryKind.PROJECT else True
    below = read_pieces(rows[index : index + 1], kind, ())
    lacks_title = all(piece.title < 2 for piece in pieces)
    lacks_organisation = all(piece.organisation < 2 for piece in pieces)
    return (lacks_title and any(piece.title == 2 for piece in below)) or (
        lacks_organisation and any(piece.organisation >= 2 for piece in below)
    )


def _add_undated(rows: Sequence[Row], heads: list[_Head], kind: EntryKind) -> list[_Head]:
    """Add the heads without dates: short lines between the bullets of one entry and the next."""
    taken = {index for head in heads for index in range(head.first, head.last + 1)}
    for index in range(len(rows)):
        if index not in taken and _is_undated_head(rows, index, taken, kind):
            heads.append(_Head(index, index, _Anchor(index, None, index)))
            taken.add(index)
    return sorted(heads, key=lambda head: head.first)


def _is_undated_head(rows: Sequence[Row], index: int, taken: set[int], kind: EntryKind) -> bool:
    """Tell whether a row heads an entry without dates."""
    row = rows[index]
    if index - 1 in taken or not _may_head(rows, index, 12):
        return False
    if kind == EntryKind.DEGREE:
        pieces = read_pieces([row], kind, ())
        return bool(pieces) and pieces[0].title == 2 and not row.is_lower
    if index + 1 >= len(rows) or not rows[index + 1].bullet:
        return False
    if index and not (rows[index - 1].bullet or rows[index - 1].is_closed):
        return False
    return kind == EntryKind.PROJECT or (names_title(row.text) and row.text[:1].isupper())


def _name_all(rows: Sequence[Row], heads: Sequence[_Head], kind: EntryKind) -> list[Names]:
    """Name all heads of a section; where words say nothing the order of the others decides."""
    all_names: list[Names] = []
    for head in heads:
        holes = [head.anchor.dates.span] if head.anchor.dates else []
        all_names.append(
            choose_names(read_pieces(rows[head.first : head.last + 1], kind, holes), kind)
        )
    told = [n for n in all_names if n.sure and n.title and n.organisation]
    behind = sum(n.title.span > n.organisation.span for n in told if n.title and n.organisation)
    if 2 * behind <= len(told):
        return all_names
    return [in_other_order(n) if _is_guess(n) else n for n in all_names]


def _is_guess(names: Names) -> bool:
    """Tell whether order alone says which of two pieces is the title."""
    title, organisation = names.title, names.organisation
    return bool(title and organisation and not title.title and not organisation.organisation)


def _make_entry(
    span: Span, head_end: int, names: Names, head: _Head, kind: EntryKind, as_of: date
) -> Entry:
    """Put an entry together from its head and its names."""
    dates = head.anchor.dates
    return Entry(
        kind=kind,
        span=span,
        head=Span(span.start, head_end),
        title=names.title.span if names.title else None,
        organisation=names.organisation.span if names.organisation else None,
        dates=dates.span if dates else None,
        months=months_of(dates, as_of=as_of) if dates else None,
        current=dates is not None and goes_on(dates, as_of=as_of),
    )


def _share_employers(
    text: str, entries: Sequence[Entry], sure: Sequence[bool]
) -> tuple[Entry, ...]:
    """Give posts the employer of the entry above when they are several posts there.

    So it is when their months lie within those of an entry that names an employer alone, or
    when their head is a single line while the entry above has its employer on another line.
    """
    shared: list[Entry] = []
    for number, entry in enumerate(entries):
        if sure[number] or entry.title is None:
            shared.append(entry)
            continue
        roof = next(
            (n for n in range(number - 1, -1, -1) if _is_roof(entries, sure, n, number)), None
        )
        if roof is not None:
            over = shared[roof]
            employer = min(filter(None, (over.title, over.organisation)), default=None)
            shared[roof] = replace(over, title=None, organisation=employer)
            entry = replace(entry, organisation=employer)
        elif shared and "\n" not in text[entry.head.start : entry.head.end].strip():
            entry = _follow(text, entry, shared[-1])
        shared.append(entry)
    return tuple(shared)


def _is_roof(entries: Sequence[Entry], sure: Sequence[bool], upper: int, lower: int) -> bool:
    """Tell whether an entry is the employer, with all its years, over a post below it."""
    over, under = entries[upper].months, entries[lower].months
    if sure[upper] or over is None or under is None or over == under:
        return False
    return over.first <= under.first and under.last <= over.last


def _follow(text: str, entry: Entry, above: Entry) -> Entry:
    """Take the employer over from the entry above if that has it on a line of its own."""
    title, organisation = above.title, above.organisation
    if title is None or organisation is None:
        return entry
    between = text[min(title.end, organisation.end) : max(title.start, organisation.start)]
    return replace(entry, organisation=organisation) if "\n" in between else entry
