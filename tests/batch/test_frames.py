"""The ranking for programs: Parquet, pandas and polars, with the same types whatever is in it."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import pytest

from skillgap.batch.choice import TableFormat
from skillgap.batch.frame import FrameLibrary, to_frame
from skillgap.batch.run import Run
from skillgap.batch.store import Store
from skillgap.errors import UsageError
from tests.batch.rows import unscored
from tests.batch.test_export import GAPS, MADE_BY, row, table, written

ROWS = [row("a.pdf", 10 / 3), unscored("b.pdf")]
NAMES = [column.name for column in table([]).columns]


def test_parquet_keeps_numbers_and_lists() -> None:
    """And says of what type each column is, also when it is empty."""
    pytest.importorskip("pyarrow", reason="comes with the extra parquet")
    from pyarrow import parquet

    full = parquet.read_table(BytesIO(written(ROWS, TableFormat.PARQUET)))
    empty = parquet.read_table(BytesIO(written([], TableFormat.PARQUET)))

    first, second = full.to_pylist()
    assert full.schema == empty.schema
    assert full.schema.names == NAMES
    assert (first["rank"], first["mle_score"], first["mle_gaps"]) == (1, 10 / 3, list(GAPS))
    assert (second["rank"], second["mle_score"], second["held"]) == (None, None, None)
    assert first["policy"] == MADE_BY["policy"]


def test_pandas_has_the_same_columns() -> None:
    """Whole numbers stay whole though some are missing."""
    pd = pytest.importorskip("pandas", reason="comes with the extra export-test")

    full, empty = to_frame(table(ROWS), "pandas"), to_frame(table([]), "pandas")

    assert list(full.columns) == NAMES
    assert list(full.dtypes) == list(empty.dtypes)
    assert full["rank"].dtype == "Int64"
    assert pd.isna(full["rank"][1])
    assert full["mle_score"][0] == 10 / 3
    assert tuple(full["mle_gaps"][0]) == GAPS


def test_polars_has_the_same_columns() -> None:
    """With lists as lists."""
    pytest.importorskip("polars", reason="comes with the extra export-test")

    full, empty = to_frame(table(ROWS), "polars"), to_frame(table([]), "polars")

    assert full.columns == NAMES
    assert full.schema == empty.schema
    assert full["rank"].to_list() == [1, None]
    assert full["mle_gaps"].to_list() == [list(GAPS), list(GAPS[:0]) or None]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_is_missing_is_told(
    library: FrameLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one line that says what to install."""
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(UsageError, match=f"to_frame needs {library}: pip install {library}"):
        to_frame(table([]), library)


def test_another_library_is_told() -> None:
    """Of those there are."""
    with pytest.raises(UsageError, match="pandas or polars; name one"):
        to_frame(table([]), "excel")  # type: ignore[arg-type]


def test_a_run_gives_its_ranking_as_a_frame(tmp_path: Path) -> None:
    """All of it, or what `rank` returned."""
    pytest.importorskip("polars", reason="comes with the extra export-test")
    path = tmp_path / "run.db"
    with Store.create(path, {"roles": ["mle", "ds"], "made_by": MADE_BY}, "5" * 16) as store:
        for one in ROWS:
            store.add(one)

    with Run(path) as run:
        assert run.to_frame("polars")["source"].to_list() == ["a.pdf", "b.pdf"]
        best = run.to_frame("polars", rows=run.rank(role="ds", top=1))
        assert best["ranked_by"].to_list() == ["ds"]
        assert best["as_of"].to_list() == ["2026-01-01"]
