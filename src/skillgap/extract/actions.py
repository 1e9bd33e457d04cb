"""Deeds that show a skill without naming it: "deployed 12 models to production".

The wordings are data of the taxonomy, see `taxonomy.wording`. Where their slots are filled is
looked for once in a text, for all of them together; a wording is then a row of such places.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import NamedTuple

from skillgap.extract.ambiguity import Reading
from skillgap.extract.context import Context
from skillgap.extract.model import Method
from skillgap.extract.phrases import Candidate
from skillgap.resume.model import SectionKind
from skillgap.taxonomy.model import Action, Alias, Words
from skillgap.taxonomy.wording import (
    GAP,
    NUMBER,
    SHORT_GAP,
    Slot,
    compared,
    is_compared,
    parts_of,
)

_GAPS = {GAP: 6, SHORT_GAP: 2}  # words that may stand in them
_ENDS_CLAUSE = frozenset((";", "(", "he", "she", "they"))
_PARTS_LISTS = frozenset(",|•·/:")  # between the items of a list of skills

_Ways = frozenset[str]
_Place = tuple[int, int]  # where a way of filling a slot stands: words up to the second one


class _Step(NamedTuple):
    """A slot of a wording, and how many words may stand before it."""

    ways: _Ways
    gap: int


class _Pattern(NamedTuple):
    """A wording without optional slots."""

    skill: str
    alias: Alias
    steps: tuple[_Step, ...]


@dataclass(slots=True)
class _Node:
    """What may come next in some ways, and which ways end here."""

    next: dict[str, _Node] = field(default_factory=dict)
    ways: list[str] = field(default_factory=list)
    not_meant: list[str] = field(default_factory=list)  # classes whose words are no such here


class ActionIndex:
    """The actions of a taxonomy, found by their folded words."""

    def __init__(self, actions: Iterable[Action], words: Iterable[Words]) -> None:
        self._root = _Node()
        self._by_first: dict[_Ways, list[_Pattern]] = defaultdict(list)
        for each in words:
            for form in each.forms:
                self._node(form).ways.append(each.name)
            for form in each.not_meant:
                self._node(form).not_meant.append(each.name)
        slots: set[_Ways] = set()
        for action in actions:
            for wording in action.wordings:
                alias = Alias(form=wording)
                for steps in _steps_of(wording):
                    self._by_first[steps[0].ways].append(_Pattern(action.skill, alias, steps))
                    slots.update(step.ways for step in steps)
        self._slots_of: dict[str, list[_Ways]] = defaultdict(list)
        for ways in slots:
            for way in ways:
                self._slots_of[way].append(ways)
        plain = self._slots_of.keys() - {each.name for each in words}
        for way in sorted(plain):
            self._node(way).ways.append(way)

    def _node(self, way: str) -> _Node:
        node = self._root
        for word in compared(way):
            node = node.next.setdefault(word, _Node())
        return node

    def find(self, context: Context, names: Collection[int]) -> list[Candidate]:
        """Return the places of deeds, the first for each skill in a clause.

        Args:
            context: The text.
            names: Tokens that are no evidence: titles, employers, headings.
        """
        tokens = [t for t, word in enumerate(context.words) if is_compared(word)]
        places = self._places([context.norms[token] for token in tokens])
        clauses = _clauses(tokens, context)
        found: dict[tuple[int, str], Candidate] = {}
        for start, end, pattern in sorted(self._rows(places, clauses), key=_by_place):
            first = tokens[start]
            if first not in names and not context.in_address(first):
                deed = Candidate(
                    first, tokens[end - 1] + 1, pattern.skill, pattern.alias, Method.ACTION
                )
                found.setdefault((clauses[start], pattern.skill), deed)
        return list(found.values())

    def _places(self, norms: Sequence[str]) -> dict[str, list[_Place]]:
        """Return where each way stands, in the order of the text."""
        places: dict[str, list[_Place]] = defaultdict(list)
        not_meant: dict[str, set[int]] = defaultdict(set)
        first_words = self._root.next
        for start, (norm, behind) in enumerate(pairwise((*norms, ""))):
            node = first_words.get(norm)
            if node is None and not norm[0].isdigit():
                continue
            if node is None or behind in node.next or norm[0].isdigit() or behind[:1].isdigit():
                found = self._from(start, norms)
            else:  # nothing goes on with the next word, as mostly
                found = [(start + 1, node)]
            for end, node in found:
                for way in node.ways:
                    places[way].append((start, end))
                for name in node.not_meant:
                    not_meant[name].update(range(start, end))
        for name, words in not_meant.items():
            places[name] = [place for place in places[name] if place[0] not in words]
        return places

    def _from(self, start: int, norms: Sequence[str]) -> list[tuple[int, _Node]]:
        """Return the nodes at which ways that begin at `start` end, with where they end."""
        found: list[tuple[int, _Node]] = []
        nodes, end = [self._root], start
        while nodes and end < len(norms):
            norm = norms[end]
            end += 1
            reached = [node.next[norm] for node in nodes if norm in node.next]
            if norm[0].isdigit():
                reached += [node.next[NUMBER] for node in nodes if NUMBER in node.next]
            found += [(end, node) for node in reached if node.ways or node.not_meant]
            nodes = [node for node in reached if node.next]
        return found

    def _rows(
        self, places: Mapping[str, Sequence[_Place]], clauses: Sequence[int]
    ) -> Iterator[tuple[int, int, _Pattern]]:
        """Yield start and end of every row of places that a wording asks for."""
        filled = _Filled(places)
        where = self._clauses_of_slots(places, clauses)
        for first, clauses_of_first in where.items():
            for pattern in self._by_first.get(first, ()):
                shared = clauses_of_first
                for step in pattern.steps:
                    shared &= where.get(step.ways, 0)
                if not shared:
                    continue
                slots = [filled[step.ways] for step in pattern.steps]
                for place in slots[0]:
                    if shared >> clauses[place[0]] & 1:
                        end = _end_of_row(place, pattern.steps, slots, clauses)
                        if end:
                            yield place[0], end, pattern

    def _clauses_of_slots(
        self, places: Mapping[str, Sequence[_Place]], clauses: Sequence[int]
    ) -> Mapping[_Ways, int]:
        """Return in which clauses each slot is filled, as the bits of a number.

        Few wordings have all their slots filled in one clause, and bits tell those quickly.
        """
        where: dict[_Ways, int] = defaultdict(int)
        for way, stands in places.items():
            bits = 0
            for start, _ in stands:
                bits |= 1 << clauses[start]
            for slot in self._slots_of.get(way, ()):
                where[slot] |= bits
        return where


class _Filled(dict[_Ways, list[_Place]]):
    """Where a slot is filled, in the order of the text."""

    def __init__(self, places: Mapping[str, Sequence[_Place]]) -> None:
        super().__init__()
        self._places = places

    def __missing__(self, ways: _Ways) -> list[_Place]:
        found = sorted({place for way in ways for place in self._places.get(way, ())})
        self[ways] = found
        return found


def _steps_of(wording: str) -> Iterator[tuple[_Step, ...]]:
    """Yield the steps of a wording, once with and once without each optional slot."""
    rows: list[tuple[_Step, ...]] = [()]
    gap = 0
    for part in parts_of(wording):
        if not isinstance(part, Slot):
            gap = max(gap, _GAPS[part])
            continue
        longer = [(*row, _Step(frozenset(part.ways), gap)) for row in rows]
        rows = [*rows, *longer] if part.optional else longer
        gap = gap if part.optional else 0
    yield from rows


def _end_of_row(
    first: _Place,
    steps: Sequence[_Step],
    slots: Sequence[Sequence[_Place]],
    clauses: Sequence[int],
) -> int:
    """Return where the shortest row ends that begins with a place, 0 when there is none."""
    ends = {first[1]}
    clause = clauses[first[0]]
    for step, places in zip(steps[1:], slots[1:], strict=True):
        reached: set[int] = set()
        furthest = max(ends) + step.gap
        for number in range(bisect_left(places, (min(ends), 0)), len(places)):
            start, end = places[number]
            if start > furthest or clauses[start] != clause:
                break
            if any(0 <= start - before <= step.gap for before in ends):
                reached.add(end)
        if not reached:
            return 0
        ends = reached
    return min(ends)


def _clauses(tokens: Sequence[int], context: Context) -> list[int]:
    """Return the number of the clause that each token is in; another subject begins a new one."""
    ends = list(
        accumulate(
            (
                norm in _ENDS_CLAUSE
                or ((norm in _PARTS_LISTS or norm.isspace()) and _is_listed(token, context))
                for token, norm in enumerate(context.norms)
            ),
            initial=0,
        )
    )
    return [context.sentence_of(token) + ends[token] for token in tokens]


def _is_listed(token: int, context: Context) -> bool:
    """Whether a sign parts the items of a list of skills, each of which stands alone."""
    return context.section(token) is SectionKind.SKILLS


def _by_place(row: tuple[int, int, _Pattern]) -> tuple[int, int, str, str]:
    start, end, pattern = row
    return start, end, pattern.skill, pattern.alias.form


def with_deeds(readings: Sequence[Reading], deeds: Iterable[Candidate]) -> list[Reading]:
    """Add deeds to what is named, in the order of the text; a name in the deed itself counts."""
    named: dict[str, list[Candidate]] = defaultdict(list)
    for reading in readings:
        named[reading.candidate.skill].append(reading.candidate)
    added = [
        Reading(deed)
        for deed in deeds
        if not any(deed.start <= name.start < deed.end for name in named[deed.skill])
    ]
    return sorted([*readings, *added], key=_in_text)


def _in_text(reading: Reading) -> tuple[int, str]:
    return reading.candidate.start, reading.candidate.skill
