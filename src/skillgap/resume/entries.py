"""The jobs, projects and degrees within a section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from skillgap.document.model import Span
from skillgap.resume.dates import goes_on, months_of
from skillgap.resume.heads import Head, HeadFinder, continues, head_dates, undated
from skillgap.resume.model import Entry, EntryKind, SectionKind, months_covered
from skillgap.resume.naming import (
    Names,
    choose_names,
    in_other_order,
    names_break,
    names_degree,
    names_organisation,
    names_title,
)
from skillgap.resume.rows import Row

_KIND_BY_SECTION = {
    SectionKind.EXPERIENCE: EntryKind.JOB,
    SectionKind.PROJECTS: EntryKind.PROJECT,
    SectionKind.EDUCATION: EntryKind.DEGREE,
    SectionKind.VOLUNTEER: EntryKind.OTHER,
}

# Posts at one employer that are looked at for it; the longest careers at one have fewer.
_MAX_POSTS = 12


def find_entries(
    text: str,
    rows: Sequence[Row],
    kind: SectionKind,
    *,
    end: int,
    as_of: date,
    titled: bool = False,
) -> tuple[Entry, ...]:
    """Find the entries of one section; a kind of section without entries has none.

    Args:
        text: The document's text.
        rows: The section's rows without its heading.
        kind: The kind of section.
        end: Where the section ends.
        as_of: The date that "present" stands for.
        titled: Whether only an entry with a title is a job: a heading like "Teaching" stands
            over posts as well as over courses that were given.
    """
    entry_kind = _KIND_BY_SECTION.get(kind)
    if entry_kind is None or not rows:
        return ()
    finder = HeadFinder(text, rows, entry_kind)
    heads = finder.heads()
    all_names = _name_all(finder, heads, entry_kind)
    entries: list[Entry] = []
    sure: list[bool] = []
    for number, (head, names) in enumerate(zip(heads, all_names, strict=True)):
        stop = rows[heads[number + 1].first].line.span.start if number + 1 < len(heads) else end
        span = Span(rows[head.first].line.span.start, stop)
        own_kind, names = _settle_kind(finder, head, names, entry_kind, titled=titled)
        entry = _make_entry(span, rows[head.last].span.end, names, head, own_kind, as_of)
        if own_kind == EntryKind.JOB and entry.organisation is None:
            entry = replace(entry, organisation=finder.employer_above(head))
        if _says_something(entry):
            entries.append(entry)
            sure.append(names.sure)
    if entry_kind == EntryKind.JOB:
        return _share_employers(text, entries, sure)
    return tuple(entries)


def begins_entry(rows: Sequence[Row], index: int, floor: int = 0) -> EntryKind | None:
    """Tell which kind of entry a row outside any section of entries begins, if any.

    Its dates must stand as they do in heads, and words beside them must name a degree, a title
    or an organisation.

    Args:
        rows: The rows around it.
        index: The row with the dates.
        floor: The first row that may be the entry's.
    """
    row = rows[index]
    if row.bullet or head_dates(rows, index, bullets=False) is None:
        return None
    near = [undated(row), *(below.text for below in rows[index + 1 : index + 2])]
    if index > floor and not (names_title(near[0]) or names_organisation(near[0])):
        above = rows[index - 1]
        if not (above.bullet or above.dates) and 0 < above.word_count <= 8:
            near = [above.parted_text, *near]
    if any(names_degree(words) for words in near) and not names_title(near[0]):
        return EntryKind.DEGREE
    if row.has_range and any(names_title(w) or names_organisation(w) for w in near):
        return EntryKind.JOB
    return None


def first_row_of_entry(rows: Sequence[Row], index: int, floor: int) -> int:
    """Return where the head with its dates on row `index` begins: there or one row above.

    Args:
        rows: The rows around it.
        index: The row with the dates.
        floor: The first row that may be the head's.
    """
    own, above = undated(rows[index]), rows[index - 1]
    if index <= floor or above.bullet or above.dates or continues(rows, index - 1):
        return index
    complete = names_title(own) and ("," in own or names_organisation(own))
    named = names_title(above.parted_text) or names_organisation(above.text)
    return index - 1 if not complete and named and above.word_count <= 8 else index


def _name_all(finder: HeadFinder, heads: Sequence[Head], kind: EntryKind) -> list[Names]:
    """Name all heads of a section; where words say nothing the order of the others decides."""
    all_names = [choose_names(finder.pieces(h.first, h.last, h.anchor), kind) for h in heads]
    told = [n for n in all_names if n.sure and n.title and n.organisation]
    behind = sum(n.title.span > n.organisation.span for n in told if n.title and n.organisation)
    if 2 * behind <= len(told):
        return all_names
    return [in_other_order(n) if _is_guess(n) else n for n in all_names]


def _settle_kind(
    finder: HeadFinder, head: Head, names: Names, kind: EntryKind, *, titled: bool
) -> tuple[EntryKind, Names]:
    """Say what an entry among jobs is: a job, a degree told in between, or neither."""
    if kind != EntryKind.JOB or (names.title is not None and names.title.title == 2):
        return kind, names
    degree = finder.degree_names(head)
    if degree is not None:
        return EntryKind.DEGREE, degree
    first = min(filter(None, (names.title, names.organisation)), default=None)
    is_break = first is not None and names_break(first.text)
    return (EntryKind.OTHER if is_break or (titled and names.title is None) else kind), names


def _is_guess(names: Names) -> bool:
    """Tell whether order alone says which of two pieces is the title."""
    title, organisation = names.title, names.organisation
    return bool(title and organisation and not title.title and not organisation.organisation)


def _make_entry(
    span: Span, head_end: int, names: Names, head: Head, kind: EntryKind, as_of: date
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
        whole_years=dates.whole_years if dates else (False, False),
    )


def _says_something(entry: Entry) -> bool:
    """Tell whether an entry is more than dates, as a column may leave them behind."""
    return bool(entry.title or entry.organisation) or entry.span.end > entry.head.end + 1


def _share_employers(
    text: str, entries: Sequence[Entry], sure: Sequence[bool]
) -> tuple[Entry, ...]:
    """Give posts the employer of the entry above when they are several posts there.

    So it is when their months lie within those of an entry that names an employer alone, or
    when their head is a single line while the entry above has its employer on another line.
    """
    shared: list[Entry] = []
    for number, entry in enumerate(entries):
        if sure[number] or entry.title is None or entry.kind != EntryKind.JOB:
            shared.append(entry)
            continue
        near = range(number - 1, max(number - _MAX_POSTS, 0) - 1, -1)
        roof = next((upper for upper in near if _is_roof(entries, sure, upper, number)), None)
        if roof is not None:
            over = shared[roof]
            employer = min(filter(None, (over.title, over.organisation)), default=None)
            shared[roof] = replace(over, title=None, organisation=employer)
            entry = replace(entry, organisation=employer)
        elif shared and "\n" not in text[entry.head.start : entry.head.end].strip():
            entry = _follow(text, entry, shared[-1])
        shared.append(entry)
    return _without_bare_roofs(shared)


def _without_bare_roofs(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Leave out employers that say nothing of their own; their heads go to the first post.

    An employer over several posts is one when its entry is a head alone and the posts fill its
    years: it would count the same job once more.
    """
    kept: list[Entry] = []
    roof: Entry | None = None
    for number, entry in enumerate(entries):
        if _is_bare_roof(entries, number):
            roof = entry
            continue
        if roof is not None:
            start = roof.span.start
            entry = replace(
                entry, span=Span(start, entry.span.end), head=Span(start, entry.head.end)
            )
            roof = None
        kept.append(entry)
    return tuple(kept)


def _is_bare_roof(entries: Sequence[Entry], number: int) -> bool:
    """Tell whether an entry is nothing but the employer of the posts below it."""
    roof = entries[number]
    bare = roof.title is None and roof.span.end <= roof.head.end + 1
    if not bare or roof.organisation is None or roof.months is None:
        return False
    below = entries[number + 1 : number + 1 + _MAX_POSTS]
    posts = [post.months for post in below if post.organisation == roof.organisation]
    missing = months_covered([roof.months]) - months_covered(filter(None, posts))
    return bool(posts) and missing <= (12 if any(roof.whole_years) else 2)


def _is_roof(entries: Sequence[Entry], sure: Sequence[bool], upper: int, lower: int) -> bool:
    """Tell whether an entry is the employer, with all its years, over a post below it."""
    over, under = entries[upper].months, entries[lower].months
    if sure[upper] or over is None or under is None or over == under:
        return False
    first = over.first - 6 if entries[upper].whole_years[0] else over.first
    last = over.last + 6 if entries[upper].whole_years[1] else over.last
    return first <= under.first and under.last <= last


def _follow(text: str, entry: Entry, above: Entry) -> Entry:
    """Take the employer over from the entry above if that has it on a line of its own."""
    title, organisation = above.title, above.organisation
    if title is None or organisation is None:
        return entry
    between = text[min(title.end, organisation.end) : max(title.start, organisation.start)]
    return replace(entry, organisation=organisation) if "\n" in between else entry
