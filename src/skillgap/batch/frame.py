"""A table as a data frame of pandas or polars, whichever the caller has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from skillgap.batch.columns import Kind, Table
from skillgap.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

FrameLibrary = Literal["pandas", "polars"]


def to_frame(table: Table, library: FrameLibrary) -> pd.DataFrame | pl.DataFrame:
    """Return the table as a data frame, with the same types whatever is in it.

    Raises:
        UsageError: The library is not installed, or is another one.
    """
    if library == "pandas":
        return _pandas(table)
    if library == "polars":
        return _polars(table)
    raise UsageError(f"{library}: to_frame makes frames of pandas or polars; name one")


def _pandas(table: Table) -> pd.DataFrame:
    try:
        import pandas as pd
    except ImportError as error:
        raise UsageError("to_frame needs pandas: pip install pandas") from error
    types = {
        Kind.WHOLE: "Int64",  # the one that knows a missing value
        Kind.POINTS: "float64",
        Kind.SHARE: "float64",
        Kind.TEXT: "string",
        Kind.LIST: "object",
    }
    return pd.DataFrame(
        {
            column.name: pd.Series(
                [column.value(row) for row in table.rows], dtype=types[column.kind]
            )
            for column in table.columns
        }
    )


def _polars(table: Table) -> pl.DataFrame:
    try:
        import polars as pl
    except ImportError as error:
        raise UsageError("to_frame needs polars: pip install polars") from error
    types: dict[Kind, Any] = {
        Kind.WHOLE: pl.Int64,
        Kind.POINTS: pl.Float64,
        Kind.SHARE: pl.Float64,
        Kind.TEXT: pl.String,
        Kind.LIST: pl.List(pl.String),
    }
    return pl.DataFrame(
        {
            column.name: [_listed(column.value(row)) for row in table.rows]
            for column in table.columns
        },
        schema={column.name: types[column.kind] for column in table.columns},
    )


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
