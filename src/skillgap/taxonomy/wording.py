"""The wordings of actions: what one is made of, and which forms its verbs have.

`DEPLOY ... (MODEL|service) to production` is a row of slots with gaps between them. A name in
capitals is a class of words of `actions.toml`; `ship~` is a verb in any of its forms. There is no
lemmatiser without a language model, so the forms are written out when the data are loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from skillgap.taxonomy.forms import fold
from skillgap.taxonomy.forms import words as words_of

GAP = "..."  # some words between two slots
SHORT_GAP = ".."  # an article or an adjective or two
NUMBER = "#"  # any number
VERB_SIGN = "~"
NOT_MEANT = "!"  # before words of a class in which its other words mean something else

_SIGNS = frozenset(("%", "<", "=", "≤", NUMBER))
_PART = re.compile(r"\.{2,3}|\([^()]*\)|[^\s()]+")
_CLASS = re.compile(r"[A-Z][A-Z_]*")
_VOWELS = "aeiou"
_DOUBLED = re.compile(rf"(?:[^{_VOWELS}]|qu)*[{_VOWELS}][^{_VOWELS}wxy]")  # ship, plan, quit


class Slot(NamedTuple):
    """What one place of a wording may be filled with.

    Attributes:
        ways: Words, verbs with their sign, or names of classes.
        optional: Whether it may be left out.
    """

    ways: tuple[str, ...]
    optional: bool = False


def parts_of(wording: str) -> tuple[Slot | str, ...]:
    """Return the slots and the gaps of a wording, in their order.

    >>> parts_of("... (a model|)")
    ('...', Slot(ways=('a model',), optional=True))
    """
    return tuple(_part(part) for part in _PART.findall(wording))


def _part(part: str) -> Slot | str:
    if part in (GAP, SHORT_GAP):
        return part
    ways = [way.strip() for way in part.strip("()").split("|")]
    return Slot(tuple(filter(None, ways)), optional="" in ways)


def ways_of(wording: str) -> Iterator[str]:
    """Yield all that may stand in the slots of a wording."""
    for part in parts_of(wording):
        if isinstance(part, Slot):
            yield from part.ways


def is_class(way: str) -> bool:
    """Whether a way of filling a slot is the name of a class of words."""
    return _CLASS.fullmatch(way) is not None


def compared(way: str) -> tuple[str, ...]:
    """Return the words of a way as they are compared: folded, without signs.

    >>> compared("A/B tests")
    ('a', 'b', 'test')
    """
    return tuple(fold(word) for word in words_of(way) if is_compared(word))


def is_compared(word: str) -> bool:
    """Whether a word counts in a wording; of signs only those that figures are told with do."""
    return word[0].isalnum() or word in _SIGNS


def verb_forms(verb: str, irregular: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the forms of a verb, sorted; its first word is the one that changes.

    Args:
        verb: "deploy", "roll out".
        irregular: Forms that no rule gives, by verb.

    >>> verb_forms("ship out", {})
    ('ship out', 'shipped out', 'shipping out', 'ships out')
    """
    head, _, rest = verb.partition(" ")
    forms = {head, *_regular(head), *irregular.get(head, ())}
    return tuple(sorted(f"{form} {rest}".strip() for form in forms))


def _regular(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return (verb + "s", verb + "d", verb[:-1] + "ing")
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    stem = verb + verb[-1] if _DOUBLED.fullmatch(verb) else verb
    plural = "es" if verb.endswith(("ch", "sh", "s", "x", "z")) else "s"
    return (verb + plural, stem + "ed", stem + "ing")
