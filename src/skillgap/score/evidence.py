"""Mentions into evidence: what the resume holds, and what that implies.

Evidence is binary at its root: a skill that is named and held counts 1, however often. From there
it flows along the taxonomy's implications, multiplied by their strengths, always by the strongest
way. The order of mentions and of the data therefore does not matter, and more mentions never
weaken anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from skillgap.extract.model import Mention, Stance
from skillgap.score.model import Evidence
from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy
from skillgap.score.reach import Reach, Way, reach_of
from skillgap.taxonomy.model import Taxonomy


def weigh(
    mentions: Iterable[Mention], taxonomy: Taxonomy, policy: ScoringPolicy = DEFAULT_POLICY
) -> Mapping[str, Evidence]:
    """Weigh a resume's mentions.

    Args:
        mentions: In any order; those that are not held are kept as evidence of strength 0.
        taxonomy: Where the implications stand.
        policy: See `ScoringPolicy.implication`.

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
            skill: _evidence(skill, by_skill.get(skill, ()), reached.get(skill))
            for skill in sorted(by_skill.keys() | reached.keys())
        }
    )


def _evidence(skill: str, mentions: Iterable[Mention], way: Way | None) -> Evidence:
    return Evidence(
        skill=skill,
        mentions=tuple(sorted(mentions, key=_place)),
        strength=way.strength if way is not None else 0.0,
        chain=way.chain if way is not None and way.length > 1 else (),
    )


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
