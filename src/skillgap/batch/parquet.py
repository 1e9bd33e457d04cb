"""A table as Parquet, with lists as lists and numbers as they were counted."""

from __future__ import annotations

from typing import BinaryIO

from skillgap.batch.columns import Kind, Table


def write_parquet(table: Table, out: BinaryIO) -> None:
    """Write a Parquet file."""
    import pyarrow as pa
    from pyarrow import parquet

    types = {
        Kind.WHOLE: pa.int64(),
        Kind.POINTS: pa.float64(),
        Kind.SHARE: pa.float64(),
        Kind.TEXT: pa.string(),
        Kind.LIST: pa.list_(pa.string()),
    }
    schema = pa.schema([(column.name, types[column.kind]) for column in table.columns])
    columns = [
        pa.array([column.value(row) for row in table.rows], type=types[column.kind])
        for column in table.columns
    ]
    parquet.write_table(pa.Table.from_arrays(columns, schema=schema), out)
