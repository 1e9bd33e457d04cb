"""Which file of a batch somebody means: by its name, the begin of its name, or something near."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import PurePosixPath

_MEMBER = r"\.zip!"  # stands between an archive and the path of a file in it
_NEAR = 5  # names that a message tells
_LIKENESS = 0.5  # of 1, as difflib counts it
_MOST_COMPARED = 20_000  # names: more would keep somebody waiting who only mistyped one


def name_of(source: str) -> str:
    """Return the name of a file without its folders, or the archive it lies in.

    >>> name_of("in/may.zip!b/resume.pdf")
    'resume.pdf'
    """
    inside = re.split(_MEMBER, source, flags=re.IGNORECASE)[-1]
    return PurePosixPath(inside.replace("\\", "/")).name or source


def meant(wanted: str, sources: Sequence[str]) -> tuple[str, ...]:
    """Return the files that a name means, in their order; none when it means none.

    A whole name or end of a path comes before a name without its ending, and that before what a
    name or path begins with, in any case of letters: of two files `ann.pdf` and `anna.pdf`, `ann`
    is the first.

    >>> meant("Ann", ["in/ann.pdf", "in/anna.pdf"])
    ('in/ann.pdf',)
    """
    folded = wanted.casefold()
    if not folded:
        return ()
    whole = [s for s in sources if name_of(s) == wanted or s.endswith((f"/{wanted}", f"!{wanted}"))]
    stems = whole or [s for s in sources if PurePosixPath(name_of(s)).stem.casefold() == folded]
    return tuple(
        stems
        or [s for s in sources if any(n.casefold().startswith(folded) for n in (name_of(s), s))]
    )


def near(wanted: str, sources: Iterable[str]) -> tuple[str, ...]:
    """Return up to five files whose names hold a text or are like it, the likest first.

    >>> near("jon", ["in/john.pdf", "in/mary.pdf"])
    ('in/john.pdf',)
    """
    folded = PurePosixPath(name_of(wanted)).stem.casefold()
    by_stem: dict[str, list[str]] = {}
    for source in sources:
        by_stem.setdefault(PurePosixPath(name_of(source)).stem.casefold(), []).append(source)
    holding = [stem for stem in by_stem if folded and folded in stem][:_NEAR]
    compared = list(by_stem)[:_MOST_COMPARED]
    like = get_close_matches(folded, compared, n=_NEAR, cutoff=_LIKENESS)
    stems = dict.fromkeys([*holding, *like])
    return tuple(source for stem in stems for source in by_stem[stem])[:_NEAR]
