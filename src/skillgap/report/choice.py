"""The names of the formats; apart from what renders them, so that `--help` need not load that."""

from __future__ import annotations

from enum import StrEnum


class ReportFormat(StrEnum):
    """A format that a report can be told in."""

    TEXT = "text"
    JSON = "json"


class ParseFormat(StrEnum):
    """A format that a parsed resume can be told in."""

    TEXT = "text"
    JSON = "json"
    JSON_RESUME = "jsonresume"
