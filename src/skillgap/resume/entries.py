"""The jobs, projects and degrees within a section: where each begins and what its head says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from skillgap.document.model import Span
from skillgap.resume.dates import FoundDates, goes_on, join_dates, months_of
from skillgap.resume.model import Entry, EntryKind, SectionKind
from skillgap.resume.naming import (
    has_legal_form,
    is_place,
    names_degree,
    names_organisation,
    names_school,
    names_title,
)
from skillgap.resume.rows import Row

ENTRY_KINDS = {
    SectionKind.EXPERIENCE: EntryKind.JOB,
    SectionKind.PROJECTS: EntryKind.PROJECT,
    SectionKind.EDUCATION: EntryKind.DEGREE,
    SectionKind.VOLUNTEER: EntryKind.OTHER,
}

# Most heads have one to four lines; of these at most three stand above the dates.
_MAX_FRONT = 3
_MAX_TAIL = 2
_MAX_HEAD_WORDS = 16
_STRONG = re.compile(r"\s+[-–—|•·»/@⋄◦]+\s+|\s*[|•·⋄]\s*|\s+(?:at|bei|chez)\s+|\t+|\s{3,}|\s[—–]|[—–]\s")
_COMMA = re.compile(r"\s*[,;]\s+")
_LABEL = re.compile(
    r"(?:company|employer|organi[sz]ation|designation|position|title|role|job\stitle|client|project"
    r"|period|duration|dates?|location|institution|school|degree)\s*(?:name|\#?\d+)?\s*[:：]\s*",
    re.IGNORECASE,
)
_EDGE = " \t\n,;:|–—-·•()[]/@⋄◦»~*_"
_ABBREVIATED = re.compile(r"\b(?:inc|ltd|co|corp|llc|plc|dept|univ|jr|sr|s\.a|b\.v|p\.p|o\.o|etc|u\.s)\.$", re.IGNORECASE)


@dataclass(frozen=True)
class _Anchor:
    """A row whose dates belong to the head of an entry."""

    row: int
    dates: FoundDates | None
    last_row: int  # the row the dates end on, when they run over two


@dataclass(frozen=True)
class _Head:
    """The rows that name an entry, `first` to `last`, and its dates."""

    first: int
    last: int
    anchor: _Anchor


@dataclass(frozen=True)
class _Piece:
    """A part of a head between separators, one of the candidates for title and organisation."""

    span: Span
    text: str
    group: int


def find_entries(
    text: str, rows: Sequence[Row], kind: SectionKind, *, end: int, as_of: date
) -> tuple[Entry, ...]:
    """Find the entries of one section.

    Args:
        text: The document's text.
        rows: The section's rows without its heading.
        kind: The kind of section; one without entries has none.
        end: Where the section ends.
        as_of: The date that "present" stands for.
    """
    entry_kind = ENTRY_KINDS.get(kind)
    if entry_kind is None or not rows:
        return ()
    heads = _find_heads(text, rows, entry_kind)
    entries: list[Entry] = []
    for number, head in enumerate(heads):
        stop = rows[heads[number + 1].first - 1].span.end if number + 1 < len(heads) else end
        entry = _make_entry(text, rows, head, entry_kind, stop, as_of)
        if entry.organisation is None and entry_kind == EntryKind.JOB and _inherits(rows, heads, number):
            entry = _with_organisation(entry, entries[-1].organisation)
        entries.append(entry)
    return tuple(entries)


def begins_entry(rows: Sequence[Row], index: int) -> bool:
    """Tell whether a row outside any section of entries begins a job, by its dates and words."""
    row = rows[index]
    if not row.has_range or _head_dates(rows, index) is None:
        return False
    around = [r.text for r in rows[index : index + 2]]
    return any(names_title(words) or names_organisation(words) for words in around)


def _find_heads(text: str, rows: Sequence[Row], kind: EntryKind) -> list[_Head]:
    """Find the heads of all entries, in order and without overlap."""
    anchors = _find_anchors(text, rows, kind)
    front = _front_rows(rows, anchors[0].row, 0, _MAX_FRONT) if anchors else 0
    heads: list[_Head] = []
    for number, anchor in enumerate(anchors):
        floor = heads[-1].last + 1 if heads else 0
        above = _front_rows(rows, anchor.row, floor, front or 1)
        if not front and above and not _is_sure_front(rows, anchor.row - 1):
            above = 0
        ceiling = anchors[number + 1].row - front if number + 1 < len(anchors) else len(rows)
        last = _tail_end(rows, anchor, anchor.row - above, ceiling, kind)
        heads.append(_Head(anchor.row - above, last, anchor))
    return _add_undated(rows, heads, kind)


def _find_anchors(text: str, rows: Sequence[Row], kind: EntryKind) -> list[_Anchor]:
    """Find the rows with dates that belong to heads."""
    anchors: list[_Anchor] = []
    skip = -1
    for index, row in enumerate(rows):
        if index <= skip or not row.dates:
            continue
        dates = _head_dates(rows, index)
        if dates is None:
            continue
        joined = _join_below(text, rows, index, dates)
        if joined:
            skip = index + 1
            anchors.append(_Anchor(index, joined, index + 1))
            continue
        if dates.dangling:
            dates = dates._replace(current=True)
        if dates.is_range or kind != EntryKind.JOB or _is_sure_single(row, dates):
            anchors.append(_Anchor(index, dates, index))
    return anchors


def _head_dates(rows: Sequence[Row], index: int) -> FoundDates | None:
    """Return the dates of a row that may be in a head, None when it is body text."""
    row = rows[index]
    if not row.dates or _continues(rows, index):
        return None
    dates = next((found for found in row.dates if found.is_range), row.dates[0])
    before = row.text[: dates.span.start - row.span.start].strip(_EDGE)
    after = row.text[dates.span.end - row.span.start :].strip(_EDGE)
    if row.word_count > _MAX_HEAD_WORDS + 6 or (row.bullet and (before or not dates.is_range)):
        return None
    if not before or not after:
        return dates if not after or not _is_sentence(after) else None
    alone = any(s.start <= dates.span.start and dates.span.end >= s.end - 1 for s in row.segments)
    short = len(after.split()) <= 6 and not row.is_closed
    return dates if alone or (short and dates.is_range) or after[0] == "(" else None


def _is_sentence(words: str) -> bool:
    return words.count(" ") >= 12 or (words.endswith(".") and words.count(" ") >= 6)


def _is_sure_single(row: Row, dates: FoundDates) -> bool:
    """Tell whether a single date in a row of a job is the job's and not one mentioned."""
    rest = row.text[: dates.span.start - row.span.start].strip(_EDGE)
    if not rest:
        return row.word_count <= 8
    return not row.text.endswith(".") and row.word_count <= 10


def _join_below(
    text: str, rows: Sequence[Row], index: int, dates: FoundDates
) -> FoundDates | None:
    """Complete a single date by its range's end at the start of the next row or its segment."""
    if dates.is_range or index + 1 >= len(rows):
        return None
    below = rows[index + 1]
    for number, segment in enumerate(rows[index].segments):
        if segment.start <= dates.span.start < segment.end and number < len(below.segments):
            return join_dates(dates, text, below.line.segments[number] if len(below.segments) > 1 else below.line.span)
    return None


def _continues(rows: Sequence[Row], index: int) -> bool:
    """Tell whether a row goes on with the sentence of the row above."""
    row = rows[index]
    if row.bullet or index == 0:
        return False
    above = rows[index - 1]
    if above.is_closed or above.dates:
        return False
    if row.is_lower and not above.is_lower and above.word_count > 6:
        return True
    return row.is_lower and above.word_count > 10


def _may_head(rows: Sequence[Row], index: int) -> bool:
    """Tell whether a row may be a line of a head that has no dates."""
    row = rows[index]
    if row.bullet or row.dates or row.word_count > _MAX_HEAD_WORDS or row.word_count == 0:
        return False
    if row.text.endswith((".", ";", ",")) and not _ABBREVIATED.search(row.text):
        return False
    return not _continues(rows, index) and not row.text.endswith(":")


def _front_rows(rows: Sequence[Row], anchor: int, floor: int, most: int) -> int:
    """Count the rows right above an anchor that may belong to its head."""
    count = 0
    while count < most and anchor - count - 1 >= floor and _may_head(rows, anchor - count - 1):
        count += 1
    return count


def _is_sure_front(rows: Sequence[Row], index: int) -> bool:
    """Tell whether a row above an anchor names a title or employer, although others have none."""
    text = rows[index].text
    short = rows[index].word_count <= 8 and text[:1].isupper()
    return short and (has_legal_form(text) or names_school(text) or names_title(text))


def _tail_end(
    rows: Sequence[Row], anchor: _Anchor, first: int, ceiling: int, kind: EntryKind
) -> int:
    """Return the last row of a head: rows below the dates belong to it while it lacks a name."""
    last = anchor.last_row
    for index in range(last + 1, min(last + 1 + _MAX_TAIL, ceiling, len(rows))):
        if not _may_head(rows, index) or not _lacks_name(rows, first, last, anchor, kind):
            break
        last = index
    return last


def _lacks_name(
    rows: Sequence[Row], first: int, last: int, anchor: _Anchor, kind: EntryKind
) -> bool:
    """Tell whether the rows of a head name no title or no organisation yet."""
    pieces = [p for p in _head_pieces(rows, first, last, anchor.dates) if not is_place(p.text)]
    if kind == EntryKind.PROJECT:
        return not pieces
    if len({piece.group for piece in pieces}) < 2 and len(pieces) < 2:
        return True
    names = names_degree if kind == EntryKind.DEGREE else names_title
    return not any(names(piece.text) for piece in pieces)


def _add_undated(rows: Sequence[Row], heads: list[_Head], kind: EntryKind) -> list[_Head]:
    """Add the heads without dates: short lines between the bullets of one entry and the next."""
    taken = {index for head in heads for index in range(head.first, head.last + 1)}
    added = [
        _Head(index, index, _Anchor(index, None, index))
        for index in range(len(rows))
        if index not in taken and _is_undated_head(rows, index, taken, kind)
    ]
    return sorted([*heads, *added], key=lambda head: head.first)


def _is_undated_head(rows: Sequence[Row], index: int, taken: set[int], kind: EntryKind) -> bool:
    """Tell whether a row heads an entry without dates."""
    row = rows[index]
    if not _may_head(rows, index) or index + 1 >= len(rows) or index - 1 in taken:
        return False
    if not rows[index + 1].bullet or (index and not (rows[index - 1].bullet or rows[index - 1].is_closed)):
        return False
    if kind == EntryKind.PROJECT:
        return row.word_count <= 12
    return names_title(row.text) and row.word_count <= 8 and row.text[:1].isupper()


def _head_pieces(
    rows: Sequence[Row], first: int, last: int, dates: FoundDates | None
) -> list[_Piece]:
    """Split the rows of a head, without its dates, at separators and commas."""
    pieces: list[_Piece] = []
    group = 0
    for row in rows[first : last + 1]:
        holes = [found.span for found in row.dates] + ([dates.span] if dates else [])
        for part in _strong_parts(row, holes):
            group += 1
            pieces.extend(_comma_pieces(row, part, group))
    return pieces


def _strong_parts(row: Row, holes: Sequence[Span]) -> Iterator[Span]:
    """Split a row at wide gaps, at its dates and at bars, dashes and "at"."""
    base = row.span.start
    for segment in row.segments:
        position = segment.start
        cuts = sorted(hole for hole in holes if segment.start <= hole.start < segment.end)
        for hole in [*cuts, Span(segment.end, segment.end)]:
            for start, end in _split(row.text, _STRONG, position - base, hole.start - base):
                yield Span(base + start, base + end)
            position = hole.end


def _split(text: str, pattern: re.Pattern[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    if start < end:
        yield start, end


def _comma_pieces(row: Row, part: Span, group: int) -> Iterator[_Piece]:
    base = row.span.start
    for start, end in _split(row.text, _COMMA, part.start - base, part.end - base):
        label = _LABEL.match(row.text, start, end)
        start = label.end() if label else start
        while start < end and row.text[start] in _EDGE:
            start += 1
        while start < end and row.text[end - 1] in _EDGE.replace(")", ""):
            end -= 1
        words = row.text[start:end]
        if words.endswith(")") and "(" not in words:
            end -= 1
            words = words[:-1]
        if any(character.isalpha() for character in words):
            yield _Piece(Span(base + start, base + end), words, group)


def _make_entry(
    text: str, rows: Sequence[Row], head: _Head, kind: EntryKind, stop: int, as_of: date
) -> Entry:
    """Put an entry together from its head."""
    dates = head.anchor.dates
    pieces = _head_pieces(rows, head.first, head.last, dates)
    title, organisation = _name(pieces, kind)
    span = Span(rows[head.first].line.span.start, stop)
    return Entry(
        kind=kind,
        span=span,
        head=Span(span.start, min(stop, rows[head.last].span.end)),
        title=title,
        organisation=organisation,
        dates=dates.span if dates else None,
        months=months_of(dates, as_of=as_of) if dates else None,
        current=dates is not None and goes_on(dates, as_of=as_of),
    )


def _name(pieces: Sequence[_Piece], kind: EntryKind) -> tuple[Span | None, Span | None]:
    """Choose title and organisation among the pieces of a head."""
    named = [piece for piece in pieces if not is_place(piece.text)]
    if kind == EntryKind.PROJECT:
        return (named[0].span if named else None), None
    is_title = names_degree if kind == EntryKind.DEGREE else names_title
    title = _first(named, lambda p: is_title(p.text) and not _is_employer(p.text, kind))
    organisation = _first(
        named, lambda p: p is not title and names_organisation(p.text) and not is_title(p.text)
    ) or _first(named, lambda p: p is not title and names_organisation(p.text))
    if title is None:
        title = _first(
            named, lambda p: organisation is None or p.group != organisation.group
        ) or _first(named, lambda p: p is not organisation)
    if organisation is None:
        organisation = _other(named, title)
    return title and title.span, organisation and organisation.span


def _is_employer(text: str, kind: EntryKind) -> bool:
    return has_legal_form(text) or (kind == EntryKind.DEGREE and names_school(text))


def _other(named: Sequence[_Piece], title: _Piece | None) -> _Piece | None:
    """Choose the organisation by place: another part of the head before the same one."""
    if title is None:
        return None
    return _first(named, lambda p: p.group != title.group) or _first(named, lambda p: p is not title)


def _first(pieces, wanted):  # type: ignore
    return next((piece for piece in pieces if wanted(piece)), None)


def _inherits(rows: Sequence[Row], heads: Sequence[_Head], number: int) -> bool:
    """Tell whether an entry may be another post at the employer of the entry above."""
    return number > 0 and heads[number].first == heads[number].last


def _with_organisation(entry: Entry, organisation: Span | None) -> Entry:
    from dataclasses import replace

    return replace(entry, organisation=organisation)
