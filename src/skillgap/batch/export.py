"""A table as a file: CSV and XLSX for spreadsheets, JSON lines and Parquet for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from importlib.util import find_spec
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, assert_never

from skillgap.batch.choice import TableFormat
from skillgap.batch.columns import Column, Kind, Table, Value
from skillgap.errors import UsageError
from skillgap.report.cells import harmless, joined

# What writes them; an extra of the format's name brings it.
_PACKAGES = {TableFormat.XLSX: "xlsxwriter", TableFormat.PARQUET: "pyarrow"}


def format_of(path: Path, *, pages: bool = False) -> TableFormat:
    """Return the format that a file's name asks for.

    Args:
        path: Of the file.
        pages: Whether pages could be written too, which a refusal should tell.

    Raises:
        UsageError: Its ending is none of the formats'.
    """
    try:
        return TableFormat(path.suffix.removeprefix(".").lower())
    except ValueError as error:
        known = ", ".join(f".{form}" for form in TableFormat)
        also = "; for HTML pages name a folder (pages/) or a .zip" if pages else ""
        raise UsageError(
            f"{path}: what format? Let the name end in one of these: {known}{also}"
        ) from error


def check_installed(form: TableFormat) -> None:
    """Refuse a format whose library is missing: before the work, which may take long.

    Raises:
        UsageError: It is not installed; the message names the extra.
    """
    package = _PACKAGES.get(form)
    if package is not None and find_spec(package) is None:
        raise UsageError(
            f".{form} needs {package}, which is an extra: pip install 'skillgap[{form}]'"
        )


def write_table(table: Table, form: TableFormat, out: BinaryIO, *, bom: bool = True) -> None:
    """Write a table; the same table gives the same bytes.

    Args:
        table: What to write.
        form: How.
        out: Where to; it is left open.
        bom: Whether CSV begins with the mark by which Excel knows UTF-8.

    Raises:
        UsageError: The format needs an extra that is not installed, or cannot hold so many rows.
    """
    check_installed(form)
    match form:
        case TableFormat.CSV:
            _write_csv(table, out, bom=bom)
        case TableFormat.JSONL:
            for record in table.records():
                line = json.dumps(record, ensure_ascii=False) + "\n"
                out.write(line.encode(errors="backslashreplace"))
        case TableFormat.XLSX:
            from skillgap.batch.xlsx import write_xlsx

            write_xlsx(table, out)
        case TableFormat.PARQUET:
            from skillgap.batch.parquet import write_parquet

            write_parquet(table, out)
        case _:
            assert_never(form)


def _write_csv(table: Table, out: BinaryIO, *, bom: bool) -> None:
    text = TextIOWrapper(out, encoding="utf-8-sig" if bom else "utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    for record in table.records():
        writer.writerow(_cells(table.columns, record))
    text.detach()  # which flushes, and leaves the file open


def _cells(columns: tuple[Column, ...], record: dict[str, Value]) -> Iterator[str]:
    for column in columns:
        value = record[column.name]
        match column.kind:
            case _ if value is None:
                yield ""
            case Kind.POINTS:
                yield f"{value:.1f}"
            case Kind.SHARE:
                yield f"{value:.2f}"
            case _:
                yield harmless(joined(value))
