"""The names of an audit's formats; apart from what renders them, so that `--help` is quick."""

from __future__ import annotations

from enum import StrEnum


class AuditFormat(StrEnum):
    """A format that an audit can be told in."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
