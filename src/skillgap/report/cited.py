"""Citations as records: a source, a line, and what the source is called."""

from __future__ import annotations

from skillgap.report.model import CitedLine
from skillgap.score.remember import remembered
from skillgap.taxonomy.model import Taxonomy

_Cites = tuple[str, ...]


def cited(cites: _Cites, taxonomy: Taxonomy) -> tuple[CitedLine, ...]:
    """Return citations with the titles of what they cite.

    A report cites a few hundred times, and the taxonomy holds the same citations for every
    report: each is made once for a taxonomy.
    """
    known = _known(taxonomy)
    if cites not in known:
        known[cites] = tuple(_line(citation, taxonomy) for citation in cites)
    return known[cites]


@remembered
def _known(taxonomy: Taxonomy) -> dict[_Cites, tuple[CitedLine, ...]]:  # noqa: ARG001 - it is the key
    return {}


def _line(citation: str, taxonomy: Taxonomy) -> CitedLine:
    source, _, line = citation.partition(":")
    return CitedLine(source=source, line=int(line), title=taxonomy.sources_by_id[source].title)
