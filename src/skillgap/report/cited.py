"""Citations as records: a source, a line, and what the source is called."""

from __future__ import annotations

from collections.abc import Iterable

from skillgap.report.model import CitedLine
from skillgap.taxonomy.model import Taxonomy


def cited(cites: Iterable[str], taxonomy: Taxonomy) -> tuple[CitedLine, ...]:
    """Return citations with the titles of what they cite."""
    lines = []
    for citation in cites:
        source, _, line = citation.partition(":")
        title = taxonomy.sources_by_id[source].title
        lines.append(CitedLine(source=source, line=int(line), title=title))
    return tuple(lines)
