"""A ranking told to people, on 80 columns, and to programs; a batch's state in a few lines."""

from __future__ import annotations

import json
import shlex
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

from rich.cells import cell_len, set_cell_size

from skillgap.batch.columns import LIMITS, Table
from skillgap.batch.names import name_of
from skillgap.batch.rank import Ranked
from skillgap.report.lines import WIDTH
from skillgap.report.printable import plain

# 1: the first.
FORMAT_VERSION = "1.0"
_REASONS_SHOWN = 3  # of each status
_RANK, _FILE, _ROLE, _FIT, _LIKELY, _WORD, _LEAN, _GAP = 4, 22, 3, 3, 6, 7, 10, 18
_USUAL = frozenset(["not-counted"])  # notices of nearly every file, which mean nothing odd
_INDENT = " " * (_RANK + 1)
_ORDER = (
    "Between files of one block the order is not sure: their likely fits overlap with that of "
    "the first of it."
)


def rank_json(table: Table, *, run: str, must: Sequence[str] = ()) -> str:
    """Tell a ranking to programs: its files have the columns of an export."""
    told = {
        "format_version": FORMAT_VERSION,
        "run": run,
        "made_by": dict(table.signature),
        "must": list(must),
        "files": list(table.records()),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def rank_text(
    rows: Sequence[Ranked], counts: Mapping[str, int], *, role: str | None, run: str
) -> str:
    """Tell a ranking to people.

    Args:
        rows: Those to show.
        counts: Files of each status in the whole batch.
        role: Id of the role they are ranked by; None for the better of several.
        run: The name of the batch's file.
    """
    scored = [ranked for ranked in rows if ranked.rank is not None]
    unscored = [ranked for ranked in rows if ranked.rank is None]
    by = f"fit for {role.upper()}" if role is not None else "the role each fits best"
    lines = [f"{plain(run)}: {len(scored)} of {counts.get('ok', 0)} scored files, by {by}"]
    if scored:
        lines += ["", *_ranking(scored, with_role=role is None)]
    if unscored:
        lines += ["", *_unscored(unscored, listed=not scored)]
    lines += ["", *wrap(" ".join([*([_ORDER] if scored else []), *LIMITS[-2:]]), WIDTH)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def status_text(
    counts: Mapping[str, int],
    reasons: Sequence[tuple[str, str, int, str]],
    *,
    made_by: Mapping[str, str],
    run: str,
    begun_with: Sequence[str] = (),
) -> str:
    """Tell how far a batch is: files by status with reasons, what scores it, how to go on.

    Args:
        counts: Files of each status.
        reasons: As `Run.reasons` gives them.
        made_by: As `Run.made_by` gives it.
        run: The name of the batch's file.
        begun_with: As `Run.begun_with` gives it.
    """
    lines = [f"{plain(run)}: {sum(counts.values())} files"]
    for status, count in counts.items():
        lines.append(f"{count:9} {status}")
        of_it = [found for found in reasons if found[0] == status]
        for _, reason, files, first in of_it[:_REASONS_SHOWN]:
            times = f"{files} x " * (count > 1)
            example = f" ({name_of(plain(first))})" if first else ""
            told = f"{times}{plain(reason)}{example}"
            lines += wrap(told, WIDTH, initial_indent=" " * 12, subsequent_indent=" " * 14)
        if len(of_it) > _REASONS_SHOWN:
            lines.append(f"{'':12}and {len(of_it) - _REASONS_SHOWN} more reasons")
    made = "made by " + ", ".join(f"{name} {value}" for name, value in made_by.items())
    lines += wrap(made, WIDTH, subsequent_indent="  ")
    advice = "The command that began it continues it, and adds files that are new."
    if len(counts) > ("ok" in counts):
        advice += " With --retry-failed it tries files again that were not scored."
    if begun_with:
        advice += " In the folder where it began:"
    lines += wrap(advice, WIDTH)
    if begun_with:  # on one line, to be copied
        lines.append(f"  {plain(shlex.join(['skillgap', 'batch', *begun_with, '--out', run]))}")
    return "\n".join(lines) + "\n"


def _ranking(rows: Sequence[Ranked], *, with_role: bool) -> Iterator[str]:
    file_width = _FILE if with_role else _FILE + _ROLE + 1
    head = _line(["rank", "file", "for", "fit", "likely", "", "leans", "first gap"], file_width)
    yield head if with_role else head.replace("for ", "", 1)
    names = _names(rows)
    before = rows[0]
    for ranked in rows:
        if ranked.tie != before.tie:
            yield ""
        if ranked.lacks and (ranked is rows[0] or not before.lacks):
            yield f"{_INDENT}lacking a must-have:"
        yield _row(ranked, names[ranked.row.source], file_width, with_role=with_role)
        for line in wrap("; ".join(_marks(ranked)), WIDTH - len(_INDENT) - 2):
            yield f"{_INDENT}  {line}"
        before = ranked


def _row(ranked: Ranked, name: str, file_width: int, *, with_role: bool) -> str:
    result = ranked.result
    if result is None:  # for type checkers: what has a rank has a result
        return name
    cells = [
        str(ranked.rank) if not ranked.duplicate_of else "",  # not to look like a tie
        name,
        ranked.role.upper() if with_role else "",
        f"{result.score:.0f}",
        f"{result.low:.0f}-{result.high:.0f}",
        result.word,
        " ".join(filter(None, [ranked.row.lean.upper(), ranked.row.lean_word])),
        result.gaps[0] if result.gaps else "",
    ]
    return _line(cells, file_width)


def _line(cells: Sequence[str], file_width: int) -> str:
    rank, name, role, fit, likely, word, lean, gap = cells
    parts = [rank.rjust(_RANK), _fitted(name, file_width)]
    parts += [role.ljust(_ROLE)] if file_width == _FILE else []
    parts += [fit.rjust(_FIT), likely.ljust(_LIKELY), word.ljust(_WORD), lean.ljust(_LEAN)]
    return " ".join([*parts, _fitted(gap, _GAP)])


def _marks(ranked: Ranked) -> Iterator[str]:
    if ranked.lacks:
        yield f"lacks {', '.join(ranked.lacks)}"
    if ranked.duplicate_of:
        yield f"likely the same person as {plain(name_of(ranked.duplicate_of))}"
    odd = [notice for notice in ranked.row.notices if notice not in _USUAL]
    if odd:
        yield f"! {', '.join(odd)}"


def _unscored(rows: Sequence[Ranked], *, listed: bool) -> Iterator[str]:
    if not listed:
        by_status = Counter(ranked.row.status for ranked in rows)
        told = ", ".join(f"{count} {status}" for status, count in sorted(by_status.items()))
        yield f"not scored: {told}; `skillgap batch status` says why"
        return
    for ranked in rows:
        told = f"{name_of(ranked.row.source)}: {ranked.row.status}, {ranked.row.reason}"
        yield f"{_INDENT}{_fitted(told, WIDTH - len(_INDENT))}"


def _names(rows: Sequence[Ranked]) -> dict[str, str]:
    """Return what to call each file: its name, or the end of its path where names are shared."""
    shared = Counter(name_of(ranked.row.source) for ranked in rows)
    names = {}
    for ranked in rows:
        source = ranked.row.source
        name = name_of(source)
        names[source] = name if shared[name] == 1 else _end_of(source, _FILE)
    return names


def _end_of(text: str, width: int) -> str:
    text = plain(text)
    while cell_len(text) > width:
        text = f"…{text[2:]}"
    return text


def _fitted(text: str, width: int) -> str:
    """Return text of exactly this width on a terminal; what is longer ends in an ellipsis."""
    shown = plain(text)
    if cell_len(shown) > width:
        shown = set_cell_size(shown, width - 1) + "…"
    return set_cell_size(shown, width)
