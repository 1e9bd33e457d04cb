"""Mentions into evidence: what the resume holds, and what that implies.

By default evidence is binary at its root: a skill that is named and held counts 1, however often.
A policy may weigh it by where, how long and how recently it was shown. From there it flows along
the taxonomy's implications, multiplied by their strengths, always by the strongest way. The order
of mentions and of the data therefore does not matter, and more mentions never weaken anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import assert_never

from skillgap.extract.model import Mention, Stance
from skillgap.resume.model import Entry, EntryKind, MonthRange, SectionKind, months_covered
from skillgap.score.model import Evidence, Shown
from skillgap.score.policy import DEFAULT_POLICY, EvidenceRule, ScoringPolicy, Weighted
from skillgap.score.reach import Reach, Way, reach_of
from skillgap.taxonomy.model import Taxonomy

_BY_ENTRY = {
    EntryKind.JOB: Shown.JOB,
    EntryKind.PROJECT: Shown.PROJECT,
    EntryKind.DEGREE: Shown.STUDIES,
}
# Of mentions outside of entries: a job told in one paragraph is no entry, and yet a job.
_BY_SECTION: dict[SectionKind | None, Shown] = {
    SectionKind.EXPERIENCE: Shown.JOB,
    SectionKind.PROJECTS: Shown.PROJECT,
    SectionKind.EDUCATION: Shown.STUDIES,
}


def weigh(
    mentions: Iterable[Mention],
    taxonomy: Taxonomy,
    policy: ScoringPolicy = DEFAULT_POLICY,
    entries: Sequence[Entry] = (),
    *,
    today: int | None = None,
) -> Mapping[str, Evidence]:
    """Weigh a resume's mentions.

    Args:
        mentions: In any order; those that are not held are kept as evidence of strength 0.
        taxonomy: Where the implications stand.
        policy: See `ScoringPolicy.evidence`, `weighted` and `implication`.
        entries: Those of the resume, which the mentions count by number: where, for how long and
            how recently a skill was used.
        today: The month that it is, as in `MonthRange`: what recency counts from. Without it
            nothing counts as recent. The default policy does not ask.

    Returns:
        Evidence by skill id, in the order of the ids, for every skill that is mentioned or
        implied. Of several ways to the same strength the shortest chain is kept, then the first
        in the order of ids.
    """
    by_skill: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_skill[mention.skill].append(mention)
    seen = {
        skill: _weighed(_seen(skill, found, entries), policy, today)
        for skill, found in by_skill.items()
    }
    return _with_ways(seen, reach_of(taxonomy, policy))


def with_skills(
    evidence: Mapping[str, Evidence],
    taxonomy: Taxonomy,
    policy: ScoringPolicy,
    skills: Iterable[str],
) -> Mapping[str, Evidence]:
    """Return the evidence as it would be if these skills were shown as well: what if.

    The same as weighing the resume with the skills added to it: what they imply follows, and
    what was planned, denied or only implied is then held. Under the rule `weighted` they count in
    full, as what is used for years and today: a plan is for what somebody will have shown.

    Args:
        evidence: As `weigh` gives it.
        taxonomy: Where the implications stand.
        policy: The one that the evidence was weighed with.
        skills: Their ids; those that are held in full already change nothing.

    Raises:
        UnknownNameError: The taxonomy does not know one of them.
    """
    seen = dict(evidence)
    for skill in skills:
        known = taxonomy.skill(skill).id
        found = seen.get(known, Evidence(known))
        seen[known] = replace(found, own=1.0, shown=found.shown or Shown.LISTED)
    return _with_ways(seen, reach_of(taxonomy, policy))


def _with_ways(seen: Mapping[str, Evidence], reach: Reach) -> Mapping[str, Evidence]:
    """Return the evidence of all that is seen or follows from it, in the order of ids."""
    reached = _spread({skill: e.own for skill, e in seen.items() if e.own}, reach)
    return MappingProxyType(
        {
            skill: _reached(seen.get(skill) or Evidence(skill), reached.get(skill))
            for skill in sorted(seen.keys() | reached.keys())
        }
    )


def _reached(evidence: Evidence, way: Way | None) -> Evidence:
    """Return the evidence with the best way to it; what is held needs no chain."""
    strength = way.strength if way is not None else 0.0
    chain = way.chain if way is not None and not evidence.own else ()
    return replace(evidence, strength=strength, chain=chain)


def _seen(skill: str, mentions: Iterable[Mention], entries: Sequence[Entry]) -> Evidence:
    """Return what the resume itself shows of a skill, before it is weighed."""
    said = tuple(sorted(mentions, key=_place))
    held = [mention for mention in said if mention.stance is Stance.HELD]
    numbers = dict.fromkeys(mention.entry for mention in held)
    within = [entries[number] for number in numbers if number is not None and entries]
    in_jobs = _months(within, EntryKind.JOB)
    in_projects = _months(within, EntryKind.PROJECT)
    return Evidence(
        skill=skill,
        mentions=said,
        own=1.0 if held else 0.0,
        shown=_shown(held, within) if held else None,
        months_in_jobs=months_covered(in_jobs),
        months_in_projects=months_covered(in_projects),
        last_used=max((months.last for months in (*in_jobs, *in_projects)), default=None),
    )


def _weighed(evidence: Evidence, policy: ScoringPolicy, today: int | None) -> Evidence:
    """Return the evidence with what a held skill counts by itself under the policy."""
    match policy.evidence:
        case EvidenceRule.BINARY:
            return evidence
        case EvidenceRule.WEIGHTED:
            if not evidence.held:
                return evidence
            return replace(evidence, own=weighted_strength(evidence, policy.weighted, today))
    assert_never(policy.evidence)


def weighted_strength(evidence: Evidence, knobs: Weighted, today: int | None) -> float:
    """Return the strength of a held skill by where, how long and how recently it was shown.

    See `Weighted`. Months are those of jobs or of projects, whichever are more: they may overlap.
    """
    match evidence.shown:
        case Shown.JOB:
            place = knobs.job
        case Shown.PROJECT:
            place = knobs.project
        case Shown.STUDIES:
            place = knobs.studies
        case _:
            place = knobs.listed
    months = max(evidence.months_in_jobs, evidence.months_in_projects)
    used = min(1.0, months / knobs.full_months)
    recent = 0.0
    if evidence.last_used is not None and today is not None:
        recent = 0.5 ** (max(0, today - evidence.last_used) / knobs.half_life)
    earned = knobs.by_months * used + (1.0 - knobs.by_months) * recent
    return min(1.0, place + (1.0 - place) * earned)


def _months(entries: Iterable[Entry], kind: EntryKind) -> list[MonthRange]:
    return [entry.months for entry in entries if entry.kind is kind and entry.months is not None]


def _shown(held: Iterable[Mention], entries: Iterable[Entry]) -> Shown:
    """Say where a skill is shown at best: by its entries, or by sections that have none."""
    places = {_BY_ENTRY.get(entry.kind, Shown.LISTED) for entry in entries}
    places |= {
        _BY_SECTION.get(mention.section, Shown.LISTED) for mention in held if mention.entry is None
    }
    return next((place for place in Shown if place in places), Shown.LISTED)


def _place(mention: Mention) -> tuple[int, int, str, str]:
    return (mention.span.start, mention.span.end, mention.alias, mention.method)


def _spread(held: Mapping[str, float], reach: Reach) -> dict[str, Way]:
    """Keep the best way to every skill that the held ones bring, each as strong as it is."""
    best: dict[str, Way] = {}
    for skill, own in held.items():
        for target, way in reach.of(skill).items():
            weighed = way if own == 1.0 else way._replace(minus_strength=own * way.minus_strength)
            if target not in best or weighed < best[target]:
                best[target] = weighed
    return best
