"""Ranking and writing tables: order, ties, and text that a spreadsheet must not run."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillgap.batch.model import BatchRow, RoleResult
from skillgap.batch.table import TableFormat, ranked, table_format, write_table
from skillgap.errors import UsageError

ROLES = ("mle", "ds")


def result(score: float, *, gaps: tuple[str, ...] = ("Statistics",)) -> RoleResult:
    """Return a role's part of a row."""
    return RoleResult(score=score, low=score / 2, high=score, word="early", gaps=gaps)


def row(source: str = "a.pdf", mle: float = 10.0, ds: float = 10.0) -> BatchRow:
    """Return the row of a file that was scored."""
    results = {"mle": result(mle), "ds": result(ds)}
    return BatchRow(source=source, status="ok", sha256="0" * 64, results=results, skills=3)


def skipped(source: str, status: str = "empty") -> BatchRow:
    """Return the row of a file that was not."""
    return BatchRow(source=source, status=status, reason="the file is empty. Check it")


def written(rows: list[BatchRow], form: TableFormat = TableFormat.CSV) -> str:
    """Return the table as text."""
    out = StringIO()
    write_table(rows, ROLES, form, out)
    return out.getvalue()


def cells(rows: list[BatchRow]) -> list[dict[str, str]]:
    """Return the CSV as a reader of it sees it."""
    return list(csv.DictReader(StringIO(written(rows), newline="")))


# --- rank -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([row("a", 1, 2), row("b", 3, 0)], ["b", "a"], id="best role counts"),
        pytest.param([row("b", 5, 1), row("a", 1, 5)], ["a", "b"], id="ties by name"),
        pytest.param([skipped("a"), row("b", 0, 0)], ["b", "a"], id="skipped last"),
        pytest.param([skipped("b"), skipped("a")], ["a", "b"], id="skipped by name"),
        pytest.param([], [], id="none"),
    ],
)
def test_ranked(rows: list[BatchRow], expected: list[str]) -> None:
    """Best first, equal ones by name, unread ones at the end."""
    assert [found.source for found in ranked(rows, ROLES)] == expected


def test_only_the_roles_asked_for_rank() -> None:
    """A score for a role that was not asked for does not move a file."""
    rows = [row("a", mle=90, ds=1), row("b", mle=1, ds=2)]

    assert [found.source for found in ranked(rows, ("ds",))] == ["b", "a"]


@given(
    scores=st.lists(st.integers(0, 3), max_size=8),
    seed=st.integers(0, 99),
)
def test_the_order_of_files_does_not_matter(scores: list[int], seed: int) -> None:
    """The same files give the same table, in whatever order they were found."""
    rows = [row(f"{place}.pdf", mle=score) for place, score in enumerate(scores)]
    shuffled = Random(seed).sample(rows, len(rows))  # noqa: S311  # no secret

    assert ranked(shuffled, ROLES) == ranked(rows, ROLES)


# --- CSV ------------------------------------------------------------------------------------------


def test_csv_has_a_row_a_file_with_its_rank() -> None:
    """Scores have one digit behind the point; the unread have a reason and no rank."""
    first, second = cells([row(), skipped("b.pdf")])

    assert (first["rank"], first["mle_score"], first["mle_low"]) == ("1", "10.0", "5.0")
    assert (first["ds_gaps"], first["skills"], first["sha256"]) == ("Statistics", "3", "0" * 64)
    assert (second["rank"], second["mle_score"], second["net_share"]) == ("", "", "")
    assert (second["status"], second["reason"]) == ("empty", "the file is empty. Check it")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("=1+1.pdf", "'=1+1.pdf", id="equals"),
        pytest.param("+cmd.pdf", "'+cmd.pdf", id="plus"),
        pytest.param("-x.pdf", "'-x.pdf", id="minus"),
        pytest.param("@SUM(A1).pdf", "'@SUM(A1).pdf", id="at"),
        pytest.param("\tx.pdf", r"\tx.pdf", id="tab"),
        pytest.param("\r=1.pdf", r"\r=1.pdf", id="return"),
        pytest.param("a\x1b[2J.pdf", r"a\x1b[2J.pdf", id="terminal command"),
        pytest.param("caf\udce9.pdf", r"caf\udce9.pdf", id="no Unicode"),
        pytest.param("-12.5", "-12.5", id="a number"),
        pytest.param("a=b.pdf", "a=b.pdf", id="sign inside"),
        pytest.param('a,"b".pdf', 'a,"b".pdf', id="quotes and commas"),
        pytest.param("a\nb\u2028c.pdf", r"a\nb\u2028c.pdf", id="lines"),
        pytest.param("履歴書.pdf", "履歴書.pdf", id="any script"),
    ],
)
def test_a_spreadsheet_runs_no_name(name: str, expected: str) -> None:
    """What would be a formula is text, what would end a line is escaped; the rest stays."""
    assert cells([row(name)])[0]["source"] == expected


def test_a_spreadsheet_runs_no_reason_and_no_gap() -> None:
    """Any text may come from outside."""
    gaps = BatchRow(source="a", status="ok", results={r: result(1, gaps=("=A1",)) for r in ROLES})
    reason = BatchRow(source="b", status="error", reason="=HYPERLINK(A1)")

    first, second = cells([gaps, reason])

    assert first["mle_gaps"] == "'=A1"
    assert second["reason"] == "'=HYPERLINK(A1)"


def test_numbers_below_zero_stay_numbers() -> None:
    """A lean to DS is negative and no formula."""
    leaning = BatchRow(
        source="a", status="ok", results={r: result(1) for r in ROLES}, lean="ds", net_share=-0.4
    )

    assert cells([leaning])[0]["net_share"] == "-0.40"


# --- JSON lines -----------------------------------------------------------------------------------


def test_jsonl_has_a_document_a_file() -> None:
    """Each line can be read alone."""
    first, second = map(
        json.loads, written([row("é.pdf"), skipped("b.pdf")], TableFormat.JSONL).splitlines()
    )

    assert (first["rank"], first["source"]) == (1, "é.pdf")
    assert first["results"]["ds"]["gaps"] == ["Statistics"]
    assert (second["rank"], second["status"], second["results"]) == (None, "empty", {})


@pytest.mark.parametrize("form", TableFormat)
def test_every_format_writes_every_row(form: TableFormat) -> None:
    """A new format cannot be half added."""
    told = written([row("a.pdf"), skipped("b.pdf")], form)

    assert told.index("a.pdf") < told.index("b.pdf")


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["x.csv", "x.CSV", "a.b.csv"])
def test_the_ending_names_the_format(name: str) -> None:
    """In upper or lower case."""
    assert table_format(Path(name)) is TableFormat.CSV


@pytest.mark.parametrize("name", ["x.xlsx", "x", "csv", ".csv"])
def test_an_unknown_ending_is_told(name: str) -> None:
    """With the endings that are known."""
    with pytest.raises(UsageError, match=r"\.csv or \.jsonl"):
        table_format(Path(name))
