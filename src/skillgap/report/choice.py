"""The names of the formats; apart from `formats` so that the command line need not load them."""

from __future__ import annotations

from enum import StrEnum


class ReportFormat(StrEnum):
    """A format that a report can be told in."""

    TEXT = "text"
    JSON = "json"
