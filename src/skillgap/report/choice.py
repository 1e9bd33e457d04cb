"""What can be chosen about a report; apart from what makes it, so that `--help` is quick."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ROLES = ("mle", "ds")  # that are scored when no others are asked for; a lean is between them


class ReportFormat(StrEnum):
    """A format that a report can be told in."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"
    CSV = "csv"


class ListingFormat(StrEnum):
    """A format that what is no report can be told in: mentions, a skill explained, roles, a log."""

    TEXT = "text"
    JSON = "json"


class ParseFormat(StrEnum):
    """A format that a parsed resume can be told in."""

    TEXT = "text"
    JSON = "json"
    JSON_RESUME = "jsonresume"


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """What a report for people tells besides the first screen.

    Attributes:
        evidence: Every skill, with its places.
        gaps: How many gaps of each role.
        plan: All steps of the plans, and the way to the other role.
        facts: What the sources say beyond skills.
    """

    evidence: bool = False
    gaps: int = 0
    plan: bool = False
    facts: bool = False


FIRST_SCREEN = Detail()


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindOptions:
    """What is masked besides what always is.

    Attributes:
        employers: Names of employers, wherever they stand: they may tell age, place or class.
            Kept by default, since who reads a report asks where something was done.
        schools: Names of schools and universities, for the same reasons.
    """

    employers: bool = False
    schools: bool = False
