"""The time that a reader may take, for readers that go through a file step by step."""

from __future__ import annotations

import time

from skillgap.errors import LimitExceededError


class Deadline:
    """Raises an error at the first step after the time is over.

    No result depends on the clock: a file is read whole or not at all.
    """

    __slots__ = ("_max_seconds", "_over_at", "_source")

    def __init__(self, source: str, max_seconds: float) -> None:
        self._source = source
        self._max_seconds = max_seconds
        self._over_at = time.monotonic() + max_seconds

    def check(self) -> None:
        """Go on if there is time left.

        Raises:
            LimitExceededError: There is none.
        """
        if time.monotonic() > self._over_at:
            raise LimitExceededError(
                self._source,
                f"reading it took longer than {self._max_seconds:g} seconds",
                "Save it as PDF or DOCX and try again",
            )
