"""Work that is done once for a taxonomy or a role, and remembered for the next resume."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar, TypeVarTuple

_Arguments = TypeVarTuple("_Arguments")
_Result = TypeVar("_Result")

_KEPT = 16  # of each function: two roles, both ways, under a few policies


class _Same:
    """Stands for one object: equal to itself only, whatever the object is equal to."""

    __slots__ = ("it",)

    def __init__(self, it: object) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.it is other.it


def remembered(
    make: Callable[[*_Arguments], _Result],
) -> Callable[[*_Arguments], _Result]:
    """Make a function of immutable objects remember its last results.

    The very objects are the key and not what they are equal to, because hashing a taxonomy takes
    longer than anything that is remembered of it. They are kept alive as long as the result, so
    no other object can take their place.
    """

    @lru_cache(maxsize=_KEPT)
    def kept(*keys: _Same) -> _Result:
        return make(*(key.it for key in keys))  # type: ignore[arg-type]

    @wraps(make)
    def call(*arguments: *_Arguments) -> _Result:
        return kept(*map(_Same, arguments))

    return call
