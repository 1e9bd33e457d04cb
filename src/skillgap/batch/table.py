"""Rows ranked and written as a table: CSV for spreadsheets, JSON lines for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TextIO, assert_never
from unicodedata import category

from skillgap.batch.model import BatchRow
from skillgap.errors import UsageError

_FORMULA_SIGNS = ("=", "+", "-", "@")
_UNWRITABLE = {"Cc", "Cs", "Zl", "Zp"}  # controls, halves of letters, and what ends a line


class TableFormat(StrEnum):
    """A format of tables, named by the ending of the file."""

    CSV = "csv"
    JSONL = "jsonl"


def table_format(path: Path) -> TableFormat:
    """Return the format that the file's name asks for.

    Raises:
        UsageError: Its ending is none of the formats'.
    """
    try:
        return TableFormat(path.suffix.removeprefix(".").lower())
    except ValueError as error:
        known = " or ".join(f".{form}" for form in TableFormat)
        raise UsageError(f"{path}: what format? Let the name end in {known}") from error


def ranked(rows: Iterable[BatchRow], roles: Sequence[str]) -> list[BatchRow]:
    """Return the rows best first by the best score of the roles; skipped files come last."""

    def key(row: BatchRow) -> tuple[bool, float, str]:
        best = max((row.results[role].score for role in roles if role in row.results), default=0.0)
        return row.status != "ok", -best, row.source

    return sorted(rows, key=key)


def write_table(
    rows: Iterable[BatchRow], roles: Sequence[str], table_format: TableFormat, out: TextIO
) -> None:
    """Write the rows, one a file, in the given order."""
    match table_format:
        case TableFormat.CSV:
            _write_csv(rows, roles, out)
        case TableFormat.JSONL:
            for rank, row in enumerate(rows, 1):
                content = {"rank": rank if row.status == "ok" else None, **asdict(row)}
                out.write(json.dumps(content, ensure_ascii=False) + "\n")
        case _:
            assert_never(table_format)


def _write_csv(rows: Iterable[BatchRow], roles: Sequence[str], out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    scores = [f"{role}_{column}" for role in roles for column in ("score", "low", "high", "word")]
    gaps = [f"{role}_gaps" for role in roles]
    head = ["rank", "source", "status", *scores, "lean", "net_share", "skills", *gaps]
    writer.writerow([*head, "notices", "reason", "sha256"])
    for rank, row in enumerate(rows, 1):
        writer.writerow([harmless(cell) for cell in _cells(rank, row, roles)])


def _cells(rank: int, row: BatchRow, roles: Sequence[str]) -> Iterator[str | int]:
    scored = row.status == "ok"
    yield rank if scored else ""
    yield row.source
    yield row.status
    for role in roles:
        if scored:
            result = row.results[role]
            yield from (f"{n:.1f}" for n in (result.score, result.low, result.high))
            yield result.word
        else:
            yield from ("",) * 4
    yield row.lean
    yield f"{row.net_share:.2f}" if scored else ""
    yield row.skills if scored else ""
    for role in roles:
        yield "; ".join(row.results[role].gaps) if scored else ""
    yield "; ".join(row.notices)
    yield row.reason
    yield row.sha256


def harmless(cell: str | int) -> str | int:
    """Keep text from outside in its cell: no formula for a spreadsheet, no control characters.

    A name of a file may hold both, and line breaks, which would end the row for simpler readers.
    """
    if not isinstance(cell, str):
        return cell
    text = "".join(map(_escaped, cell))
    if text.startswith(_FORMULA_SIGNS) and not _is_number(text):
        return f"'{text}"
    return text


def _escaped(character: str) -> str:
    if category(character) in _UNWRITABLE:
        return character.encode("unicode_escape").decode()
    return character


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
