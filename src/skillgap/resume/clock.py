"""The only place that asks which day it is, for the outermost call that was told none."""

from __future__ import annotations

from datetime import UTC, date, datetime


def day_of(as_of: date | None) -> date:
    """Return the day that "present" means: the one given, or today in UTC.

    >>> day_of(date(2026, 1, 1))
    datetime.date(2026, 1, 1)
    """
    return as_of if as_of is not None else datetime.now(tz=UTC).date()
