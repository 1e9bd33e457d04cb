"""What bears out an ambiguous name: the skills it is listed with, and the words that claim it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from skillgap.extract.context import Context
from skillgap.extract.phrases import Candidate

_REACH = 5  # tokens between a name and the skill that bears it out, within their sentence
_LONGEST_CLAIM = 2  # words
# What somebody says of a tool, never of a person, a season or a place.
_CLAIMS = frozenset(
    (word, preposition)
    for word, prepositions in {
        "command": ("of",),
        "code": ("in",),
        "competent": ("in", "with"),
        "experience": ("in", "using", "with"),
        "experienced": ("in", "with"),
        "expertise": ("in",),
        "familiar": ("with",),
        "familiarity": ("with",),
        "fluent": ("in",),
        "knowledge": ("of",),
        "proficiency": ("in",),
        "proficient": ("in", "with"),
        "programming": ("in",),
        "skilled": ("in",),
        "written": ("in",),
    }.items()
    for preposition in prepositions
)
_OF_PERSONS = frozenset(
    ("by", "called", "dr", "mr", "mrs", "ms", "named", "prof", "professor", "told", "via")
)


class Neighbours:
    """The skills found so far, for those names that only a skill beside them can bear out."""

    def __init__(self, found: Iterable[Candidate], context: Context) -> None:
        self._context = context
        found = list(found)
        self._first_tokens = {candidate.start for candidate in found}
        self._last_tokens = {candidate.end - 1 for candidate in found}
        names = [c for c in found if is_capital(c.alias.form) and is_written_so(c, context)]
        self._name_starts = sorted(candidate.start for candidate in names)
        self._name_ends = sorted(candidate.end for candidate in names)

    def reason(self, candidate: Candidate) -> str | None:
        """Return why a name means the skill, None when nothing around it says so."""
        context = self._context
        if (
            context.item_before(candidate.start) in self._last_tokens
            or context.item_after(candidate.end - 1) in self._first_tokens
        ):
            return "list"
        if stands_as_name(candidate, context) and self._is_beside_name(candidate):
            return "beside"
        return None

    def _is_beside_name(self, candidate: Candidate) -> bool:
        """Whether the name of a skill stands a few words off in the same sentence."""
        context = self._context
        first, last = context.sentence(candidate.start, candidate.end)
        if candidate.start and context.norms[candidate.start - 1] in _OF_PERSONS:
            return False
        behind = bisect_left(self._name_starts, candidate.end)
        nearest = self._name_starts[behind : behind + 1]
        if nearest and nearest[0] < min(last, candidate.end + _REACH):
            return True
        ends = bisect_left(self._name_ends, candidate.start + 1)
        return ends > 0 and self._name_ends[ends - 1] > max(first, candidate.start - _REACH)


def is_claimed(candidate: Candidate, context: Context) -> bool:
    """Whether the words right before a name claim it: "familiar with Rust"."""
    before = tuple(context.norms[max(0, candidate.start - _LONGEST_CLAIM) : candidate.start])
    return before in _CLAIMS and stands_as_name(candidate, context)


def stands_as_name(candidate: Candidate, context: Context) -> bool:
    """Whether a form is written as a name where other words are not."""
    return (
        is_capital(candidate.alias.form)
        and is_written_so(candidate, context)
        and not context.starts_sentence(candidate.start)
        and not context.in_capitals(candidate.start)
        and not context.in_longer_name(candidate.start, candidate.end)
    )


def is_capital(form: str) -> bool:
    """Whether a form begins with a capital."""
    return form[0].isupper()


def is_written_so(candidate: Candidate, context: Context) -> bool:
    """Whether the text writes a form as the taxonomy does, capitals and all."""
    start, end = context.starts[candidate.start], context.end(candidate.end - 1)
    return context.text[start:end] == candidate.alias.form
