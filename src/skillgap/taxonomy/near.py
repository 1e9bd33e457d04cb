"""What somebody may have meant who named something that is not there."""

from __future__ import annotations

from collections.abc import Iterable

_PER_EDIT = 4  # letters of a name for each that may be wrong: `foobar` is no slip for `hotjar`
_PREFIX = 3  # letters that a name needs to stand for longer ones that begin with it


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Return the known names that one may have meant, nearest first; none where none is near.

    A name is near when few of its letters are wrong, left out or swapped, or when it begins with
    what was named. A wrong suggestion is worse than none: it sends people the wrong way.

    >>> nearest("pyhton", ["python", "jupyter"]), nearest("foobar", ["hotjar"])
    (['python'], [])
    """
    from rapidfuzz.distance import OSA  # for who makes a mistake only

    wanted = name.strip().lower()
    edits = max(1, len(wanted) // _PER_EDIT)
    ranked: list[tuple[int, str]] = []
    for each in known:
        distance = OSA.distance(wanted, each.lower(), score_cutoff=edits)
        if distance <= edits and len(wanted) > 1:
            ranked.append((distance, each))
        elif len(wanted) >= _PREFIX and each.lower().startswith(wanted):
            ranked.append((len(each), each))
    return [each for _, each in sorted(ranked)]
