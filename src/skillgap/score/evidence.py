"""Mentions into evidence: what the resume holds, and what that implies.

Evidence is binary at its root: a skill that is named and held counts 1, however often. From there
it flows along the taxonomy's implications, multiplied by their strengths, always by the strongest
way. The order of mentions and of the data therefore does not matter, and more mentions never
weaken anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from skillgap.extract.model import Mention, Stance
from skillgap.resume.model import Entry, EntryKind, MonthRange, SectionKind, months_covered
from skillgap.score.model import Evidence, Shown
from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy
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
) -> Mapping[str, Evidence]:
    """Weigh a resume's mentions.

    Args:
        mentions: In any order; those that are not held are kept as evidence of strength 0.
        taxonomy: Where the implications stand.
        policy: See `ScoringPolicy.implication`.
        entries: Those of the resume, which the mentions count by number: where, for how long and
            how recently a skill was used.

    Returns:
        Evidence by skill id, in the order of the ids, for every skill that is mentioned or
        implied. Of several ways to the same strength the shortest chain is kept, then the first
        in the order of ids.
    """
    by_skill: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_skill[mention.skill].append(mention)
    held = {s for s, found in by_skill.items() if any(m.stance is Stance.HELD for m in found)}
    reached = _spread(held, reach_of(taxonomy, policy))
    return MappingProxyType(
        {
            skill: _evidence(skill, by_skill.get(skill, ()), reached.get(skill), entries)
            for skill in sorted(by_skill.keys() | reached.keys())
        }
    )


def with_skills(
    evidence: Mapping[str, Evidence],
    taxonomy: Taxonomy,
    policy: ScoringPolicy,
    skills: Iterable[str],
) -> Mapping[str, Evidence]:
    """Return the evidence as it would be if these skills were listed as well: what if.

    The same as weighing the resume with the skills added to it: what they imply follows, and
    what was planned, denied or only implied is then held.

    Args:
        evidence: As `weigh` gives it.
        taxonomy: Where the implications stand.
        policy: The one that the evidence was weighed with.
        skills: Their ids; those that are held already change nothing.

    Raises:
        UnknownNameError: The taxonomy does not know one of them.
    """
    added = {taxonomy.skill(skill).id for skill in skills}
    held = added | {skill for skill, found in evidence.items() if found.held}
    reached = _spread(held, reach_of(taxonomy, policy))
    return MappingProxyType(
        {
            skill: _seen_again(evidence.get(skill, Evidence(skill)), reached.get(skill))
            for skill in sorted(evidence.keys() | reached.keys())
        }
    )


def _seen_again(evidence: Evidence, way: Way | None) -> Evidence:
    """Return the evidence of a skill with the best way to it; a new one is listed at best."""
    if way is None:
        return evidence
    held = way.length == 1
    return replace(
        evidence,
        strength=way.strength,
        chain=() if held else way.chain,
        shown=evidence.shown or (Shown.LISTED if held else None),
    )


def _evidence(
    skill: str, mentions: Iterable[Mention], way: Way | None, entries: Sequence[Entry]
) -> Evidence:
    said = tuple(sorted(mentions, key=_place))
    held = [mention for mention in said if mention.stance is Stance.HELD]
    numbers = dict.fromkeys(mention.entry for mention in held)
    within = [entries[number] for number in numbers if number is not None and entries]
    in_jobs = _months(within, EntryKind.JOB)
    in_projects = _months(within, EntryKind.PROJECT)
    return Evidence(
        skill=skill,
        mentions=said,
        strength=way.strength if way is not None else 0.0,
        chain=way.chain if way is not None and way.length > 1 else (),
        shown=_shown(held, within) if held else None,
        months_in_jobs=months_covered(in_jobs),
        months_in_projects=months_covered(in_projects),
        last_used=max((months.last for months in (*in_jobs, *in_projects)), default=None),
    )


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


def _spread(held: Iterable[str], reach: Reach) -> dict[str, Way]:
    """Keep the best way to every skill that the held ones bring."""
    best: dict[str, Way] = {}
    for skill in held:
        for target, way in reach.of(skill).items():
            if target not in best or way < best[target]:
                best[target] = way
    return best
