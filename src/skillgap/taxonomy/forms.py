"""Written forms: how text falls into words, and which ways of writing count as the same.

Matching compares folded words. Folding takes away what does not change the meaning of a skill's
name (case, plural, British spelling, a possessive), and `variants` writes out the ways a name is
put together ("CI/CD", "CI-CD", "CI CD", "CICD"). So the data need one alias where a list of forms
would need ten.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

# One word, or one sign. Letters and digits part, so that "Python3" begins with "Python" and
# "GPT-4", "GPT 4" and "GPT4" are one; the names that carry signs are words of their own.
TOKEN = re.compile(
    r"""
    (?<![^\W\d_]) (?: [A-Za-z]\+\+ | [CFJcfj]\# )      # C++, C#
    | (?<![\w.]) \.(?:NET|Net|net)\b                   # .NET
    | [^\W\d_]+ (?: ['’][^\W\d_]+ )*                   # letters; don't, Master's
    | \d+ (?: [.,]\d+ )*                               # 12, 1,000, 3.11
    | [^\w\s] | _                                      # any other sign
    """,
    re.VERBOSE,
)

_SPELLINGS = (  # British endings and the American ones they are folded to
    (re.compile(r"(?<=[a-z]{2})is(?=(?:e|es|ed|ing|er|ers|ation|ations|able)$)"), "iz"),
    (re.compile(r"(?<=[a-z])lys(?=(?:e|ed|er|ers|ing)$)"), "lyz"),
    (re.compile(r"(?<=[a-z]{3})our(?=(?:s|ed|ing|al|ally)?$)"), "or"),
    (re.compile(r"(?<=[a-z]{2})ll(?=(?:ed|ing|er|ers)$)"), "l"),
)
_NO_PLURAL = ("ss", "us")
_ES_PLURAL = ("xes", "ches", "shes", "sses", "zzes")
_MAY_BE_BRITISH = re.compile(r"is|lys|our|ll")
_MOST_FOLDS = 65_536
_SHORTEST_JOINED = 4  # letters; shorter ones ("AB") are words of their own too often


def _fold(word: str) -> str:
    folded = word.lower() if word.isascii() else unicodedata.normalize("NFKC", word).lower()
    if folded.endswith(("'s", "’s")):
        folded = folded[:-2]
    if _MAY_BE_BRITISH.search(folded) is None and folded[-1:] != "s":
        return folded
    before = ""
    while folded != before:  # until stable: a folded word folds to itself
        before = folded
        for british, american in _SPELLINGS:
            folded = british.sub(american, folded)
        folded = _singular(folded)
    return folded


class _Folds(dict[str, str]):
    """Folded words by word; a bounded memory, since the words of a text are mostly the same."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_FOLDS:
            self.clear()
        self[word] = folded = _fold(word)
        return folded


_FOLDS = _Folds()


def fold(word: str) -> str:
    """Return the form in which a word is compared.

    >>> fold("Optimisation"), fold("pipelines"), fold("Master’s"), fold("AWS")
    ('optimization', 'pipeline', 'master', 'aws')
    """
    return _FOLDS[word]


def fold_all(words: Iterable[str]) -> list[str]:
    """Return the forms in which words are compared."""
    return list(map(_FOLDS.__getitem__, words))


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(_NO_PLURAL):
        return word
    if word.endswith("is") and len(word) > 4:  # analysis, but APIs and KPIs
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(_ES_PLURAL):
        return word[:-2]
    return word[:-1]


def words(text: str) -> list[str]:
    """Return the words and signs of a text.

    >>> words("C++17, CI/CD & Node.js")
    ['C++', '17', ',', 'CI', '/', 'CD', '&', 'Node', '.', 'js']
    """
    return TOKEN.findall(text)


def folded(form: str) -> tuple[str, ...]:
    """Return the folded words of a form, hyphens and spaces being the same.

    Two forms with the same result are the same alias.
    """
    return tuple(fold(word) for word in words(form) if word not in HYPHENS)


def variants(form: str) -> Iterator[tuple[str, ...]]:
    """Yield every sequence of folded words that counts as the form; the first is its own.

    Hyphens inside words are no words here: whoever matches leaves them out of the text too. Of a
    form with several joints one at a time is written another way: real text mixes them rarely.

    >>> list(variants("CI/CD"))
    [('ci', '/', 'cd'), ('ci', 'cd'), ('cicd',)]
    """
    units, joints = _take_apart(form)
    ways = [_WAYS.get(joint, (joint,)) for joint in joints]
    own = tuple(choices[0] for choices in ways)
    mixtures = [own]
    for place, choices in enumerate(ways):
        mixtures += [(*own[:place], other, *own[place + 1 :]) for other in choices[1:]]
    seen = set()
    for mixture in mixtures:
        written = _put_together(units, mixture)
        if written and written not in seen:
            seen.add(written)
            yield written


def _take_apart(form: str) -> tuple[list[str], list[str]]:
    """Part a form into its units and the joints between them."""
    units: list[str] = []
    joints: list[str] = []
    end = 0
    joint = ""
    for match in TOKEN.finditer(form):
        word = match.group()
        gap = " " if match.start() > end else ""
        end = match.end()
        if word in _JOINTS and units:
            joint += gap + word
            continue
        if units:
            joints.append((joint + gap).strip() or (joint + gap))
        units.append(word)
        joint = ""
    if joint:  # a sign at the end belongs to the name
        units[-1] += joint.strip()
    return units, joints


HYPHENS = frozenset("-‐‑–_")
_GLUE = "\0"  # the joint that joins two units into one word
_JOINTS = HYPHENS | frozenset("/.&")
_WAYS: dict[str, tuple[str, ...]] = {
    " ": ("", _GLUE),
    "/": ("/", "", _GLUE),
    ".": (".", "", _GLUE),
    "&": ("&", "and"),
    **dict.fromkeys(HYPHENS, ("", _GLUE)),
}


def _put_together(units: list[str], joints: tuple[str, ...]) -> tuple[str, ...] | None:
    """Write the units with the joints; None when glued to a word too short to stand alone."""
    written = [units[0]]
    glued = False
    for unit, joint in zip(units[1:], joints, strict=True):
        if joint == _GLUE:
            if not (written[-1].isalpha() and unit.isalpha()):
                return None
            written[-1] += unit
            glued = True
        else:
            written += [joint, unit] if joint else [unit]
    if glued and sum(map(len, written)) < _SHORTEST_JOINED:
        return None
    return tuple(fold(word) for text in written for word in words(text))
