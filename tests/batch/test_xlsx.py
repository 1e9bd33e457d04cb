"""The workbook: frozen head, filters, number formats, and text that stays text."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from defusedxml.ElementTree import fromstring

from skillgap.batch import xlsx
from skillgap.batch.choice import TableFormat
from skillgap.batch.columns import LIMITS
from skillgap.batch.model import BatchRow
from skillgap.errors import UsageError
from tests.batch.rows import scored, unscored
from tests.batch.test_export import MADE_BY, row, table, written

pytest.importorskip("xlsxwriter", reason="comes with the extra xlsx")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = ("=1+1.pdf", "+1.pdf", "-x.pdf", "@A1.pdf", "\t=1.pdf", "\r=1.pdf", "https://x.example")


def parts(rows: Sequence[BatchRow]) -> dict[str, str]:
    """Return the files in the workbook."""
    with ZipFile(BytesIO(written(rows, TableFormat.XLSX))) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def strings(rows: Sequence[BatchRow]) -> list[str]:
    """Return the texts of all its cells."""
    shared = fromstring(parts(rows)["xl/sharedStrings.xml"])
    return ["".join(item.itertext()) for item in shared.iter(f"{MAIN}si")]


def test_the_head_and_the_name_stay_and_every_column_filters() -> None:
    """While one scrolls through thousands."""
    sheet = fromstring(parts([row(), unscored("b.pdf")])["xl/worksheets/sheet1.xml"])
    pane = sheet.find(f".//{MAIN}pane")
    columns = len(table([]).columns)

    assert pane is not None
    assert (pane.get("xSplit"), pane.get("ySplit"), pane.get("state")) == ("6", "1", "frozen")
    assert sheet.find(f"{MAIN}autoFilter").get("ref") == f"A1:{_letters(columns)}3"


def _letters(number: int) -> str:
    """Return how spreadsheets call a column, from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def test_numbers_are_numbers_with_a_format() -> None:
    """They sort and sum; one digit is shown, all are kept."""
    files = parts([row("a.pdf", 10 / 3)])
    sheet = fromstring(files["xl/worksheets/sheet1.xml"])
    place = [column.name for column in table([]).columns].index("mle_score")
    cell = sheet.find(f".//{MAIN}c[@r='{_letters(place + 1)}2']")

    assert cell is not None
    assert cell.get("t") is None
    assert float(cell.findtext(f"{MAIN}v")) == pytest.approx(10 / 3)
    assert 'formatCode="0.0"' in files["xl/styles.xml"]


def test_no_text_becomes_a_formula_or_a_link() -> None:
    """Whatever a file is called; also not when the workbook is saved as CSV."""
    rows = [scored(name, 1) for name in HOSTILE]
    files = parts(rows)

    assert "<f>" not in files["xl/worksheets/sheet1.xml"]
    assert "hyperlink" not in files["xl/worksheets/sheet1.xml"]
    assert not [text for text in strings(rows) if text[:1] in {"=", "+", "-", "@", "\t", "\r"}]


def test_a_second_sheet_says_what_it_is() -> None:
    """What columns mean, what made the scores, and what they cannot tell."""
    told = strings([row()])

    assert {*LIMITS, *MADE_BY.values()} <= set(told)
    assert {column.meaning for column in table([]).columns} <= set(told)
    assert '"About"' in parts([row()])["xl/workbook.xml"]


def test_a_text_longer_than_a_cell_is_cut() -> None:
    """Where a spreadsheet would refuse the whole file."""
    long = replace(unscored("a.pdf"), reason="x" * 40_000)

    assert max(map(len, strings([long]))) == 32_767


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """None is dropped in silence."""
    monkeypatch.setattr(xlsx, "_MOST_ROWS", 1)

    with pytest.raises(UsageError, match="2 rows: a sheet holds 1; filter them, or write CSV"):
        written([row(), row("b.pdf")], TableFormat.XLSX)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    """And reads the names as text, the scores as numbers."""
    book = tmp_path / "run.xlsx"
    book.write_bytes(written([row("=1+1.pdf", 12.34), unscored("b.pdf")], TableFormat.XLSX))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"

    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "csv", "--outdir", tmp_path, book],
        check=True,
        capture_output=True,
        timeout=120,
    )

    head, first, second = (tmp_path / "run.csv").read_text(encoding="utf-8").splitlines()
    assert head.startswith("rank,tie,first_rank,last_rank,percentile,source,status")
    assert first.startswith("1,1,1,1,50,'=1+1.pdf,ok,mle,12.34,")
    assert second.startswith(",,,,,b.pdf,encrypted,")
