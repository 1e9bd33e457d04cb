"""The smallest set that reaches a target: greedy, and then without what it can spare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, Self

_SAME = 1e-9  # a value this near to the target has reached it: sums round


class Course(Protocol):
    """A score that skills are added to."""

    @property
    def score(self) -> float:
        """What there is now."""

    def afresh(self) -> Self:
        """Return the same course before anything was added."""

    def add(self, skill: str) -> None:
        """Add a skill, and all that it implies."""

    def best(self, skills: Sequence[str]) -> str | None:
        """Return the skill to add next; None when none adds anything."""


def reaches(score: float, target: float) -> bool:
    """Tell whether a score has reached a target, roundings aside."""
    return score >= target - _SAME


def additions(course: Course, skills: Sequence[str]) -> Iterator[str]:
    """Add the best skill again and again, and yield each, as long as one adds anything."""
    left = list(skills)
    while (skill := course.best(left)) is not None:
        left.remove(skill)
        course.add(skill)
        yield skill


def cover(course: Course, skills: Sequence[str], target: float) -> tuple[str, ...] | None:
    """Return skills that reach a target, in the order to add them; None when all do not.

    Greedy is near to the smallest set and not always there: what was added first may be covered
    by what came later. So each skill that the others can do without is left out, the last first.
    """
    if reaches(course.score, target):
        return ()
    way = course.afresh()
    chosen: list[str] = []
    for skill in additions(way, skills):
        chosen.append(skill)
        if reaches(way.score, target):
            return tuple(additions(course.afresh(), _spared(course, chosen, target)))
    return None


def _spared(course: Course, chosen: Sequence[str], target: float) -> list[str]:
    kept = list(chosen)
    for skill in reversed(chosen):
        others = [other for other in kept if other != skill]
        way = course.afresh()
        for other in others:
            way.add(other)
        if reaches(way.score, target):
            kept = others
    return kept
