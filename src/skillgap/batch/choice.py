"""The names of formats; apart from what renders them, so that `--help` is quick."""

from __future__ import annotations

from enum import StrEnum


class AuditFormat(StrEnum):
    """A format that an audit can be told in."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class TableFormat(StrEnum):
    """A format of a ranking as a file, named by the ending of its name."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    PARQUET = "parquet"


class RankFormat(StrEnum):
    """A format that a ranking can be told in."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
