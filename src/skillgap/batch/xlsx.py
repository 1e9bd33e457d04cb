"""A table as an XLSX workbook: the ranking, and a sheet that says what its columns mean."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from skillgap.batch.columns import LIMITS, SIGNATURE, Column, Kind, Table, Value
from skillgap.errors import UsageError
from skillgap.report.cells import harmless, joined

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_CREATED = datetime(2000, 1, 1)  # the same bytes every day, in every zone
_MOST_ROWS = 1_048_575  # of a sheet, besides the head
_LONGEST = 32_767  # characters of a cell
_NUMBERS = {Kind.WHOLE: "0", Kind.POINTS: "0.0", Kind.SHARE: "+0.00;-0.00;0.00"}
_WIDTHS = {Kind.WHOLE: 7, Kind.POINTS: 9, Kind.SHARE: 9, Kind.TEXT: 12, Kind.LIST: 36}
_WIDER = {"source": 40, "reason": 44, "duplicate_of": 30, "held": 44, "notices": 24, "lacks": 24}
_ARROW = 4  # the width of a filter's button
_FROZEN = 6  # columns that stay: up to the file's name
_MEANING_WIDTH = 100


def write_xlsx(table: Table, out: BinaryIO) -> None:
    """Write a workbook: header and name stay while one scrolls, every column filters.

    Text is written as text, whatever it begins with, and as harmless text: a workbook that is
    saved as CSV must be no trap either.

    Raises:
        UsageError: There are more rows than a sheet holds.
    """
    from xlsxwriter import Workbook

    if len(table.rows) > _MOST_ROWS:
        raise UsageError(
            f"{len(table.rows)} rows: a sheet holds {_MOST_ROWS}; filter them, or write CSV"
        )
    with Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": "skillgap batch", "created": _CREATED})
        _write_ranking(book, table)
        _write_about(book, table)


def _write_ranking(book: Workbook, table: Table) -> None:
    sheet = book.add_worksheet("Ranking")
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF2F7"})
    formats = {kind: book.add_format({"num_format": form}) for kind, form in _NUMBERS.items()}
    for number, column in enumerate(table.columns):
        width = _WIDER.get(column.name, _WIDTHS[column.kind])
        sheet.set_column(number, number, max(width, len(column.name) + _ARROW))
        sheet.write_string(0, number, column.name, head)
    for line, record in enumerate(table.records(), 1):
        for number, column in enumerate(table.columns):
            _write(sheet, line, number, record[column.name], formats.get(column.kind))
    frozen = [column.name for column in table.columns[:_FROZEN]]
    sheet.freeze_panes(1, len(frozen) if "source" in frozen else 0)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)


def _write(sheet: Worksheet, line: int, number: int, value: Value, form: Format | None) -> None:
    if isinstance(value, int | float):
        sheet.write_number(line, number, value, form)
    elif value:
        sheet.write_string(line, number, harmless(joined(value))[:_LONGEST])


def _write_about(book: Workbook, table: Table) -> None:
    sheet = book.add_worksheet("About")
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF2F7"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, _MEANING_WIDTH)
    lines = [("", text) for text in LIMITS]
    made = [(name, table.signature.get(name, "")) for name in SIGNATURE]
    at = 0
    for title, pairs in (
        ("Read this", lines),
        ("What made it", made),
        ("Columns", [_told(column) for column in table.columns]),
    ):
        sheet.write_string(at, 0, title, head)
        sheet.write_blank(at, 1, None, head)
        for line, (name, text) in enumerate(pairs, at + 1):
            sheet.write_string(line, 0, name, wrapped)
            sheet.write_string(line, 1, harmless(text), wrapped)
        at += len(pairs) + 2


def _told(column: Column) -> tuple[str, str]:
    return column.name, column.meaning
