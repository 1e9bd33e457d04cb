"""Rows of a batch for tests, made without reading a file."""

from __future__ import annotations

from hashlib import sha256

from skillgap.batch.model import BatchRow, RoleResult


def scored(source: str, mle: float, ds: float = 0.0, *, content: str | None = None) -> BatchRow:
    """Return the row of a file that was scored; files of the same content are copies."""
    return BatchRow(
        source=source,
        status="ok",
        sha256=sha256((content or source).encode()).hexdigest(),
        results={
            role: RoleResult(score=score, low=score, high=score, word="early", gaps=())
            for role, score in (("mle", mle), ("ds", ds))
        },
    )


def unscored(source: str, status: str = "encrypted") -> BatchRow:
    """Return the row of a file that could not be scored."""
    return BatchRow(
        source=source,
        status=status,
        reason="the file is encrypted. Give --password",
        sha256=sha256(source.encode()).hexdigest(),
    )
