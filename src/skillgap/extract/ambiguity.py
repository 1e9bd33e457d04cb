"""Which candidates mean the skill: borders, rules of ambiguous aliases, longest match.

Every rule is data of the taxonomy (`Rule`); this module only knows how to follow one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from skillgap.extract.context import Context
from skillgap.extract.names import is_proper, is_title
from skillgap.extract.neighbours import Neighbours, is_claimed, stands_as_name
from skillgap.extract.phrases import Candidate
from skillgap.resume.model import SectionKind
from skillgap.taxonomy.forms import HYPHENS, fold, words
from skillgap.taxonomy.model import Rule

_UNGLUED = frozenset("@_#")  # directly before or behind a name they make it part of another one
_SHORTEST_SENTENCE = 4  # tokens; a shorter one goes on with the sentence before it
_LINES_BELOW_LABEL = 3  # in which a word must stand that is near a label
_SHORTEST_WITH_VERSION = 3  # letters; "R2" and "C4" are no versions of R and C


class Reading(NamedTuple):
    """A candidate that means the skill, and why."""

    candidate: Candidate
    reason: str = ""


def resolve(
    candidates: Sequence[Candidate], names: Collection[int], context: Context
) -> list[Reading]:
    """Return the candidates that mean their skill, in the order of the text.

    Of overlapping ones the longest wins; one wording that names several skills gives each of
    them. Candidates that only a neighbour in a list can bear out are decided last, again and
    again until none is left that can be. Tokens of `names` are no evidence.
    """
    accepted: list[Reading] = []
    waiting: list[Candidate] = []
    whole = {each.start for each in candidates if not context.broken(each.start, each.end)}
    for candidate in candidates:
        if (
            not _stands_alone(candidate, context)
            or _is_torn(candidate, whole, context)
            or _is_title(candidate, names, context)
        ):
            continue
        rule = candidate.alias.rule
        if rule is None:
            accepted.append(Reading(candidate))
        elif not _forbidden(candidate, rule, context):
            reason = _own_reason(candidate, rule, context)
            if reason is not None:
                accepted.append(Reading(candidate, reason))
            elif "list" in rule.needs:
                waiting.append(candidate)
    accepted = _nearest(_longest(accepted, context))
    while waiting:
        borne_out = _with_neighbours(accepted, waiting, context)
        if not borne_out:
            break
        accepted = _nearest(_longest([*accepted, *borne_out], context))
        settled = {id(reading.candidate) for reading in borne_out}
        waiting = [candidate for candidate in waiting if id(candidate) not in settled]
    return accepted


def _nearest(readings: list[Reading]) -> list[Reading]:
    """Drop a weaker reading where words around the same form bear out another skill's.

    GMM in a list of methods may be either of two; beside "VECM" it is one of them.
    """
    near = {
        (reading.candidate.start, reading.candidate.end)
        for reading in readings
        if reading.reason == "near"
    }
    return [
        reading
        for reading in readings
        if reading.candidate.alias.rule is None
        or reading.reason == "near"
        or (reading.candidate.start, reading.candidate.end) not in near
    ]


def _in_text(reading: Reading) -> tuple[int, str]:
    return reading.candidate.start, reading.candidate.skill


def _longest_first(reading: Reading) -> tuple[int, int, str]:
    start, end, skill, *_ = reading.candidate
    return start - end, start, skill


def _longest(readings: Iterable[Reading], context: Context) -> list[Reading]:
    """Keep the longest of overlapping readings; equals stay together.

    A name inside the wording of another skill is meant too: SQL in "SQL Server", LLM in "LLM
    fine-tuning".
    """
    kept: list[Reading] = []
    overlapping: list[Reading] = []
    behind = 0
    for reading in sorted(readings, key=_in_text):
        if reading.candidate.start >= behind:
            kept += _longest_of(overlapping, context)
            overlapping = []
        overlapping.append(reading)
        behind = max(behind, reading.candidate.end)
    return [*kept, *_longest_of(overlapping, context)]


def _longest_of(readings: list[Reading], context: Context) -> list[Reading]:
    """Keep the longest of readings that hang together by what they overlap."""
    if len(readings) < 2:
        return readings
    kept: list[Reading] = []
    named: set[tuple[tuple[int, int], str]] = set()
    taken: dict[int, tuple[int, int]] = {}
    for reading in sorted(readings, key=_longest_first):
        span = (reading.candidate.start, reading.candidate.end)
        holders = {taken[token] for token in range(*span) if token in taken}
        if holders <= {span}:
            kept.append(reading)
            taken.update(dict.fromkeys(range(*span), span))
            named.add((span, reading.candidate.skill))
        elif len(holders) == 1 and _is_name(reading.candidate, context):
            (holder,) = holders
            if (holder, reading.candidate.skill) not in named:  # "SQL" in "SQL queries"
                kept.append(reading)
    return sorted(kept, key=_in_text)


def _is_name(candidate: Candidate, context: Context) -> bool:
    """Whether a form is one word with a capital, written just so and standing by itself."""
    form = candidate.alias.form
    start, end = context.starts[candidate.start], context.end(candidate.end - 1)
    return (
        candidate.end - candidate.start == 1
        and len(form) > 1
        and form[0].isupper()
        and context.text[start:end] == form
        and not context.text[end : end + 1].isalnum()
    )


# --- borders ------------------------------------------------------------------------------------


def _stands_alone(candidate: Candidate, context: Context) -> bool:
    """Whether the form is a name of its own, not a piece of a longer word or an address."""
    text, first, last = context.text, candidate.start, candidate.end - 1
    start, end = context.starts[first], context.end(last)
    before = text[start - 1] if start else " "
    behind = text[end] if end < len(text) else " "
    if before.isalnum() or before in _UNGLUED:
        return False
    if not behind.isspace() and not _may_follow(context.words[last], behind):
        return False
    return (before.isspace() and behind.isspace()) or not context.in_address(first)


def _is_torn(candidate: Candidate, whole: Collection[int], context: Context) -> bool:
    """Whether lines that do not belong together tear the form apart.

    A name in a narrow column may go on below, with a capital; two names one below the other are
    none.
    """
    start, end = candidate.start, candidate.end
    if end - start == 1 or not context.broken(start, end):
        return False
    return start in whole or not all(word[0].isupper() for word in context.words[start:end])


def _may_follow(word: str, sign: str) -> bool:
    if sign.isdigit():  # a version: Python3, C++17
        return word[-1] in "+#" or (word.isalpha() and len(word) >= _SHORTEST_WITH_VERSION)
    return not sign.isalpha() and sign not in _UNGLUED


def _is_title(candidate: Candidate, names: Collection[int], context: Context) -> bool:
    """Whether the form is part of a job title or a name, or stands where no skill is claimed."""
    return candidate.start in names or is_title(candidate, context) or is_proper(candidate, context)


# --- rules --------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _phrases(forms: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the folded words of each form as they stand in a text, hyphens included."""
    return tuple(tuple(fold(word) for word in words(form)) for form in forms)


@lru_cache(maxsize=4096)
def _at_edge(forms: tuple[str, ...], edge: int) -> frozenset[str]:
    """Return the words at one edge of the forms: 0 for the first ones, -1 for the last ones."""
    return frozenset(phrase[edge] for phrase in _phrases(forms))


def _forbidden(candidate: Candidate, rule: Rule, context: Context) -> bool:
    if _is_initial(candidate, context):
        return True
    if _is_before(rule.not_before, candidate.end, context):
        return True
    if _is_after(rule.not_after, candidate.start, context):
        return True
    if rule.not_near and _has_around(rule.not_near, candidate, context):
        return True
    if rule.sections:
        section = context.section(candidate.start)
        if section is None or section.value not in rule.sections:
            return True
    return not _case_fits(candidate, rule, context)


def _is_initial(candidate: Candidate, context: Context) -> bool:
    """Whether a single letter is short for a name: "C. Smith", "J. R. Smith"."""
    start, behind = candidate.start, candidate.end
    if context.end(behind - 1) - context.starts[start] > 1:
        return False
    words = context.words
    if start > 1 and words[start - 1] == "." and len(words[start - 2]) == 1:
        return words[start - 2].isupper()
    return (
        behind + 1 < len(words)
        and words[behind] == "."
        and words[behind + 1].istitle()
        and context.line(behind + 1) == context.line(start)
        and (context.item_before(start) is None or context.starts_line(start))
    )


def _is_before(forms: tuple[str, ...], end: int, context: Context) -> bool:
    """Whether one of the forms stands right behind the tokens up to `end`."""
    norms = context.norms
    if not forms or end >= len(norms) or norms[end] not in _at_edge(forms, 0):
        return False
    return any(
        tuple(norms[end : end + len(phrase)]) == phrase and not _apart(phrase[0], end, context)
        for phrase in _phrases(forms)
    )


def _is_after(forms: tuple[str, ...], start: int, context: Context) -> bool:
    """Whether one of the forms stands right before the token `start`."""
    norms = context.norms
    if not forms or start == 0 or norms[start - 1] not in _at_edge(forms, -1):
        return False
    return any(
        len(phrase) <= start
        and tuple(norms[start - len(phrase) : start]) == phrase
        and not _apart(phrase[-1], start, context)
        for phrase in _phrases(forms)
    )


def _apart(sign: str, token: int, context: Context) -> bool:
    """Whether a hyphen beside an alias is a dash or a bullet: a space parts it from the word."""
    return sign in HYPHENS and context.starts[token] > context.end(token - 1)


def _case_fits(candidate: Candidate, rule: Rule, context: Context) -> bool:
    if rule.case == "any":
        return True
    written = context.text[context.starts[candidate.start] : context.end(candidate.end - 1)]
    form = candidate.alias.form
    if rule.case == "capital":
        fits = written[0].isupper()
    else:
        fits = written == form or (written == form.upper() and context.in_capitals(candidate.start))
    return fits or context.without_capitals


def _own_reason(candidate: Candidate, rule: Rule, context: Context) -> str | None:
    """Why the candidate means the skill, without a look at others; None when nothing says so."""
    if not rule.needs:
        return ""
    if "section" in rule.needs and (
        context.section(candidate.start) is SectionKind.SKILLS or context.is_row(candidate.start)
    ):
        return "section"
    if "near" in rule.needs and _has_around(rule.near, candidate, context):
        return "near"
    if "case" in rule.needs and stands_as_name(candidate, context):
        return "case"
    if "list" in rule.needs and is_claimed(candidate, context):
        return "claimed"
    return None


def _has_around(forms: tuple[str, ...], candidate: Candidate, context: Context) -> bool:
    """Whether one of the forms stands in the candidate's sentence, or in the list it heads."""
    first, last = context.sentence(candidate.start, candidate.end)
    if context.fills_line(candidate.start, candidate.end):  # a label: its list stands below
        last = context.end_of_lines(candidate.end - 1, _LINES_BELOW_LABEL)
    elif last - first <= _SHORTEST_SENTENCE and first and not context.broken(first - 1, last):
        first, _ = context.sentence(first - 1, first)  # "... 40 TB of examples a day. Airflow."
    around = [*context.norms[first : candidate.start], "", *context.norms[candidate.end : last]]
    beginnings = _at_edge(forms, 0).intersection(around)
    return bool(beginnings) and any(
        phrase[0] in beginnings and _contains(around, phrase) for phrase in _phrases(forms)
    )


def _contains(norms: list[str], phrase: tuple[str, ...]) -> bool:
    return len(phrase) == 1 or any(
        tuple(norms[at : at + len(phrase)]) == phrase for at in range(len(norms) - len(phrase) + 1)
    )


def _with_neighbours(
    accepted: Sequence[Reading], waiting: Sequence[Candidate], context: Context
) -> list[Reading]:
    """Return those waiting that the accepted ones bear out."""
    neighbours = Neighbours((reading.candidate for reading in accepted), context)
    reasons = ((candidate, neighbours.reason(candidate)) for candidate in waiting)
    return [Reading(candidate, reason) for candidate, reason in reasons if reason is not None]
