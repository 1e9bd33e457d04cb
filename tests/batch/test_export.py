"""The ranking as a file: every format has every row and column, and the same bytes each time."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import pytest

from skillgap.batch import export
from skillgap.batch.choice import TableFormat
from skillgap.batch.columns import SIGNATURE, Column, Kind, Table, table_of
from skillgap.batch.export import check_installed, format_of, write_table
from skillgap.batch.model import BatchRow, RoleResult
from skillgap.batch.rank import rank
from skillgap.errors import UsageError
from tests.batch.rows import scored, unscored

ROLES = ("mle", "ds")
MADE_BY = {"skillgap": "1.0", "taxonomy": "t" * 12, "policy": "p" * 12, "as_of": "2026-01-01"}
GAPS = ("Statistics", "=SQL")


def row(source: str = "a.pdf", mle: float = 10.0) -> BatchRow:
    """Return the row of a file of which everything is known."""
    result = RoleResult(score=mle, low=mle / 2, high=mle + 1 / 3, word="early", gaps=GAPS)
    return replace(
        scored(source, mle),
        results={"mle": result, "ds": replace(result, score=1.0, low=0.5, high=1.5)},
        lean="mle",
        lean_word="slight",
        net_share=-0.4,
        skills=2,
        held=("python", "sql"),
        notices=("no-headings",),
    )


def table(rows: Sequence[BatchRow]) -> Table:
    """Return the rows ranked, as a table."""
    return table_of(rank(rows, ROLES), ROLES, MADE_BY)


def written(rows: Sequence[BatchRow], form: TableFormat = TableFormat.CSV) -> bytes:
    """Return the table as a file."""
    out = BytesIO()
    write_table(table(rows), form, out)
    return out.getvalue()


def cells(rows: Sequence[BatchRow]) -> list[dict[str, str]]:
    """Return the CSV as a reader of it sees it."""
    return list(csv.DictReader(StringIO(written(rows).decode("utf-8-sig"), newline="")))


def if_there(form: TableFormat) -> None:
    """Skip the test where the library that writes the format is not installed."""
    if form in export._PACKAGES:
        pytest.importorskip(export._PACKAGES[form])


# --- columns --------------------------------------------------------------------------------------


def test_each_column_says_what_it_means() -> None:
    """In one sentence that fits on a line, and under a name that no other has."""
    columns = table([]).columns
    names = [column.name for column in columns]

    assert len(set(names)) == len(names)
    assert all(column.meaning.endswith(".") and len(column.meaning) < 100 for column in columns)
    assert names[-len(SIGNATURE) :] == list(SIGNATURE)


@pytest.mark.parametrize(
    "one", [row(), unscored("b.pdf"), scored("c.pdf", 0.0)], ids=lambda r: r.status
)
def test_values_are_of_their_kind(one: BatchRow) -> None:
    """Or missing: formats rely on it."""
    types = {Kind.WHOLE: int, Kind.POINTS: float, Kind.SHARE: float, Kind.LIST: tuple}

    def fits(column: Column) -> bool:
        value = column.value(rank([one], ROLES)[0])
        return value is None or type(value) is types.get(column.kind, str)

    assert [column.name for column in table([]).columns if not fits(column)] == []


# --- CSV ------------------------------------------------------------------------------------------


def test_csv_has_a_row_a_file_with_its_rank() -> None:
    """Scores have one digit behind the point; the unread have a reason and no rank."""
    first, second = cells([row(), unscored("b.pdf")])

    assert (first["rank"], first["tie"], first["percentile"]) == ("1", "1", "50.0")
    assert (first["mle_score"], first["mle_low"], first["mle_high"]) == ("10.0", "5.0", "10.3")
    assert (first["lean"], first["lean_word"], first["net_share"]) == ("mle", "slight", "-0.40")
    assert (first["held"], first["skills"]) == ("python; sql", "2")
    assert (second["rank"], second["mle_score"], second["net_share"]) == ("", "", "")
    assert (second["status"], second["reason"]) == ("encrypted", unscored("b.pdf").reason)


def test_every_row_says_what_made_it() -> None:
    """A row that is copied elsewhere can still not be compared with others in silence."""
    for told in cells([row(), unscored("b.pdf")]):
        assert {name: told[name] for name in SIGNATURE} == MADE_BY


def test_a_spreadsheet_runs_no_text() -> None:
    """Any text may come from outside: names, reasons, gaps of a taxonomy of one's own."""
    gaps = replace(row("=a.pdf").results["mle"], gaps=("=A1",))
    first, second = cells(
        [
            replace(row("=a.pdf"), results={"mle": gaps, "ds": gaps}),
            replace(unscored("@b.pdf"), reason="=HYPERLINK(A1)"),
        ]
    )

    assert (first["source"], first["mle_gaps"]) == ("'=a.pdf", "'=A1")
    assert (second["source"], second["reason"]) == ("'@b.pdf", "'=HYPERLINK(A1)")


def test_csv_begins_with_the_mark_that_excel_needs_unless_asked_otherwise() -> None:
    """Without it Excel reads UTF-8 as Latin."""
    out = BytesIO()
    write_table(table([row("é.pdf")]), TableFormat.CSV, out, bom=False)

    assert written([row("é.pdf")]) == b"\xef\xbb\xbf" + out.getvalue()
    assert "é.pdf" in out.getvalue().decode()


# --- JSON lines -----------------------------------------------------------------------------------


def test_jsonl_has_a_document_a_file() -> None:
    """Each line can be read alone; numbers are whole, lists are lists, what is missing is null."""
    named = replace(row("a.pdf", 10 / 3), source="é\ud800.pdf")
    lines = written([named, unscored("b.pdf")], TableFormat.JSONL)
    first, second = map(json.loads, lines.splitlines())

    assert (first["rank"], first["mle_score"]) == (1, 10 / 3)
    assert first["mle_gaps"] == list(GAPS)
    assert first["taxonomy"] == MADE_BY["taxonomy"]
    assert (second["rank"], second["held"], second["lean"]) == (None, None, None)
    assert list(first) == list(second) == [column.name for column in table([]).columns]


# --- all formats ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", TableFormat)
def test_the_same_table_gives_the_same_bytes(form: TableFormat) -> None:
    """On any day."""
    if_there(form)
    rows = [row(), unscored("b.pdf")]

    assert written(rows, form) == written(list(reversed(rows)), form)


@pytest.mark.parametrize("form", TableFormat)
def test_a_batch_without_files_is_a_table_too(form: TableFormat) -> None:
    """It has its columns, where the format knows columns without rows."""
    if_there(form)

    assert written([], form) or form is TableFormat.JSONL


@pytest.mark.parametrize("form", [TableFormat.XLSX, TableFormat.PARQUET])
def test_a_missing_extra_is_told(form: TableFormat, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line that can be typed, before any work."""
    monkeypatch.setattr(export, "find_spec", lambda _: None)

    with pytest.raises(UsageError, match=rf"pip install 'skillgap\[{form}\]'"):
        check_installed(form)
    with pytest.raises(UsageError, match="which is an extra"):
        written([], form)


@pytest.mark.parametrize("name", ["x.csv", "x.CSV", "a.b.csv"])
def test_the_ending_names_the_format(name: str) -> None:
    """In upper or lower case."""
    assert format_of(Path(name)) is TableFormat.CSV


@pytest.mark.parametrize("name", ["x.xls", "x", "csv", ".csv"])
def test_an_unknown_ending_is_told(name: str) -> None:
    """With the endings that are known."""
    with pytest.raises(UsageError, match=r"\.csv, \.xlsx, \.jsonl, \.parquet"):
        format_of(Path(name))
