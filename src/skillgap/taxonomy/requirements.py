"""From what the sources say of a role to what it asks for: requirements with weights.

All weights are in one currency, the share of the role's postings that ask for the skill, and each
says how it came about (`Provenance`). The first rule that has something to say decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum, prod
from statistics import median
from types import MappingProxyType

from skillgap.taxonomy.model import (
    Group,
    Pay,
    Provenance,
    Requirement,
    RoleProfile,
    Skill,
    Tier,
    TierRow,
)

_SOURCE_TIER_SHARES: Mapping[Tier, float] = MappingProxyType(
    {Tier.CRITICAL: 0.475, Tier.IMPORTANT: 0.17, Tier.MODERATE: 0.14, Tier.LESS_CRITICAL: 0.10}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightRules:
    """The constants that turn facts into weights, each with its reason.

    Attributes:
        pay_measure: The measure of the pay figure whose sample is the same as that of the skill
            pay. The share of that sample that names a skill stands in for a posting frequency
            the source does not give. For the three skills that have both, the measured share is
            0.9 to 1.4 times the implied one.
        tier_discount: What a tier's weight is multiplied with. A tier is one author's opinion and
            a measured share is a count, so an opinion weighs half of what the median measured
            skill of the same tier weighs. Between 0 and 1 the fit of the worked example moves by
            at most four points and no order changes.
        tier_shares: What a tier is worth where no row of it has a measured member in any role:
            the values that the bundled sources give.
        tail_share: The part of a role's mass that all skills together have that the sources list
            without a number. Without the cap the fit would depend on how many skills the
            taxonomy lists; at a tenth, another hundred of them move a fit by less than a point.
    """

    pay_measure: str = "posting median base"
    tier_discount: float = 0.5
    tier_shares: Mapping[Tier, float] = field(default_factory=lambda: _SOURCE_TIER_SHARES)
    tail_share: float = 0.10


DEFAULT_RULES = WeightRules()


def with_requirements(
    roles: Sequence[RoleProfile],
    skills: Iterable[Skill],
    groups: Iterable[Group],
    rules: WeightRules = DEFAULT_RULES,
) -> tuple[RoleProfile, ...]:
    """Return the roles with their requirements computed, in the order given."""
    vocabulary = _Vocabulary(skills, groups)
    return tuple(_replaced(role, _compute(role, vocabulary, roles, rules)) for role in roles)


def _replaced(role: RoleProfile, requirements: tuple[Requirement, ...]) -> RoleProfile:
    # Not model_copy: it copies cached properties too, among them those of the old requirements.
    fields = {name: getattr(role, name) for name in RoleProfile.model_fields}
    return RoleProfile(**{**fields, "requirements": requirements})


def compute_requirements(
    role: RoleProfile,
    skills: Iterable[Skill],
    groups: Iterable[Group],
    roles: Sequence[RoleProfile],
    rules: WeightRules = DEFAULT_RULES,
) -> tuple[Requirement, ...]:
    """Compute what a role asks for, heaviest first.

    The first rule that applies gives the weight: the measured share of postings; the share of
    the pay sample that names the skill; the tier, where no skill of its row has a number; an
    equal part of the tail for what is listed without a number. Substitutes share one requirement.
    Skills that weigh nothing (`Skill.scored`) and unknown ones are passed over.

    Args:
        role: The role with its facts; requirements it already has are ignored.
        skills: All skills.
        groups: The any-of groups; a skill in a group is no requirement of its own.
        roles: All roles, this one among them: tiers are valued over all of them, and what is
            exclusive of one is not in the tail of another.
        rules: The constants.
    """
    return _compute(role, _Vocabulary(skills, groups), roles, rules)


def tier_shares(
    roles: Iterable[RoleProfile], skills: Iterable[Skill], rules: WeightRules = DEFAULT_RULES
) -> Mapping[Tier, float]:
    """Put the tiers on the scale of posting shares: the median of their members with a number.

    A row of substitutes counts once, with the share that asks for any of them. A row without any
    number counts with that of a broader skill of its members ("ML modeling" with that of machine
    learning), because that is the same demand in other words.
    """
    vocabulary = _Vocabulary(skills, ())
    return _tier_shares(tuple(roles), vocabulary, rules)


# --- the vocabulary, as far as weights need it ----------------------------------------------------


class _Vocabulary:
    """The scored skills and the requirement each of them belongs to: its group's, or its own."""

    def __init__(self, skills: Iterable[Skill], groups: Iterable[Group]) -> None:
        self.skills = {skill.id: skill for skill in skills if skill.scored}
        self.groups = {group.id: group for group in groups}
        self._group_of = {
            skill: group.id for group in self.groups.values() for skill in group.skills
        }

    def requirement_of(self, skill: str) -> str:
        return self._group_of.get(skill, skill)

    def label(self, requirement: str) -> str:
        if requirement in self.groups:
            return self.groups[requirement].label
        return self.skills[requirement].label

    def members(self, requirement: str) -> tuple[str, ...]:
        if requirement in self.groups:
            return tuple(s for s in self.groups[requirement].skills if s in self.skills)
        return (requirement,)

    def broader(self, skill: str) -> Iterator[str]:
        return (link.skill for link in self.skills[skill].broader)


@dataclass(frozen=True, slots=True)
class _Number:
    """A skill's share of a role's postings, and where it comes from."""

    share: float
    provenance: Provenance
    cites: tuple[str, ...]


# --- the rules, in their order --------------------------------------------------------------------


def _compute(
    role: RoleProfile,
    vocabulary: _Vocabulary,
    roles: Sequence[RoleProfile],
    rules: WeightRules,
) -> tuple[Requirement, ...]:
    numbers = _numbers(role, vocabulary, rules)
    shares = _tier_shares(roles, vocabulary, rules)
    found = {requirement.id: requirement for requirement in _numbered(numbers, vocabulary)}
    for requirement in _tiered(role, numbers, vocabulary, shares, rules):
        found.setdefault(requirement.id, requirement)
    mass = fsum(requirement.weight for requirement in found.values())
    asked = {skill for requirement in found.values() for skill in requirement.skills}
    listed = {
        requirement: cites
        for requirement, cites in _listed(role, roles, vocabulary).items()
        if not asked.issuperset(vocabulary.members(requirement))
    }
    tiers = _tier_of_requirements(role, vocabulary)
    ranked = (
        requirement.model_copy(update={"tier": tiers.get(requirement.id)})
        for requirement in (*found.values(), *_tail(listed, mass, vocabulary, rules))
    )
    return tuple(sorted(ranked, key=lambda r: (-r.weight, r.id)))


def _numbers(role: RoleProfile, vocabulary: _Vocabulary, rules: WeightRules) -> dict[str, _Number]:
    numbers = {}
    sample = _pay_sample(role, rules)
    if sample is not None and sample.n is not None:
        for pay in role.skill_pay:
            share = min(pay.n / sample.n, 1.0)
            cites = _union((pay.cites, sample.cites))
            numbers[pay.skill] = _Number(share, Provenance.IMPLIED, cites)
    for frequency in role.frequencies:
        if frequency.share > 0:
            numbers[frequency.skill] = _Number(
                frequency.share, Provenance.MEASURED, frequency.cites
            )
    return {skill: number for skill, number in numbers.items() if skill in vocabulary.skills}


def _pay_sample(role: RoleProfile, rules: WeightRules) -> Pay | None:
    return next(
        (p for p in role.pay if p.measure == rules.pay_measure and not p.label and p.n), None
    )


def _any_of(shares: Iterable[float]) -> float:
    """The share of postings that ask for at least one, as if they asked independently."""
    return 1.0 - prod(1.0 - share for share in shares)


def _numbered(numbers: Mapping[str, _Number], vocabulary: _Vocabulary) -> Iterator[Requirement]:
    by_requirement: dict[str, list[_Number]] = defaultdict(list)
    for skill in sorted(numbers):
        by_requirement[vocabulary.requirement_of(skill)].append(numbers[skill])
    for requirement, members in by_requirement.items():
        single = len(members) == 1
        measured = any(number.provenance is Provenance.MEASURED for number in members)
        yield Requirement(
            id=requirement,
            label=vocabulary.label(requirement),
            skills=vocabulary.members(requirement),
            weight=members[0].share if single else _any_of(n.share for n in members),
            provenance=Provenance.MEASURED if measured else Provenance.IMPLIED,
            cites=_union(number.cites for number in members),
        )


def _tier_shares(
    roles: Iterable[RoleProfile], vocabulary: _Vocabulary, rules: WeightRules
) -> dict[Tier, float]:
    shares: dict[Tier, list[float]] = defaultdict(list)
    for role in roles:
        numbers = _numbers(role, vocabulary, rules)
        for row in role.tiers:
            known = _row_numbers(row, numbers, vocabulary)
            if row.mode == "any" and known:
                known = [_any_of(known)]
            shares[row.tier] += known
    return {
        tier: median(shares[tier]) if shares[tier] else rules.tier_shares[tier] for tier in Tier
    }


def _row_numbers(
    row: TierRow, numbers: Mapping[str, _Number], vocabulary: _Vocabulary
) -> list[float]:
    """The shares of the row's skills that have one, else those of their broader skills."""
    own = [numbers[skill].share for skill in row.skills if skill in numbers]
    if own:
        return own
    known = (skill for skill in row.skills if skill in vocabulary.skills)
    broader = {parent for skill in known for parent in vocabulary.broader(skill)}
    return [numbers[parent].share for parent in sorted(broader) if parent in numbers]


def _tiered(
    role: RoleProfile,
    numbers: Mapping[str, _Number],
    vocabulary: _Vocabulary,
    shares: Mapping[Tier, float],
    rules: WeightRules,
) -> Iterator[Requirement]:
    """Rows in which nothing has a number: any of the skills, or the one the row names first.

    The others of a row that asks for all fall to the tail: the row is one demand, not several.
    """
    for row in role.tiers:
        skills = tuple(skill for skill in row.skills if skill in vocabulary.skills)
        if not skills or _row_numbers(row, numbers, vocabulary):
            continue
        first = vocabulary.requirement_of(skills[0])
        several = row.mode == "any" and len(skills) > 1 and first not in vocabulary.groups
        yield Requirement(
            id=first,
            label=" / ".join(vocabulary.label(s) for s in skills)
            if several
            else vocabulary.label(first),
            skills=skills if several else vocabulary.members(first),
            weight=rules.tier_discount * shares[row.tier],
            provenance=Provenance.TIER,
            cites=row.cites,
        )


def _tier_of_requirements(role: RoleProfile, vocabulary: _Vocabulary) -> dict[str, Tier]:
    tiers: dict[str, Tier] = {}
    for row in role.tiers:
        for skill in row.skills:
            tiers.setdefault(vocabulary.requirement_of(skill), row.tier)
    return tiers


def _listed(
    role: RoleProfile, roles: Iterable[RoleProfile], vocabulary: _Vocabulary
) -> dict[str, tuple[str, ...]]:
    """What the sources list for the role, with the lines, save what is another role's own."""
    listings: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for skills, cites in _listings(role, roles):
        for skill in skills:
            if skill in vocabulary.skills:
                listings[vocabulary.requirement_of(skill)].append(cites)
    foreign = {vocabulary.requirement_of(skill) for skill in _foreign(role, roles)}
    return {
        requirement: _union(cites)
        for requirement, cites in sorted(listings.items())
        if requirement not in foreign
    }


def _listings(
    role: RoleProfile, roles: Iterable[RoleProfile]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Skills and lines of the role's tiers, ladder and facts.

    A transition stands with the role it starts from and lists what the role it leads to asks for.
    """
    yield from ((row.skills, row.cites) for row in role.tiers)
    yield from ((rung.skills, rung.cites) for rung in role.ladder)
    for other in roles:
        for fact in other.facts:
            if (fact.to or other.id) == role.id:
                yield fact.skills, fact.cites


def _foreign(role: RoleProfile, roles: Iterable[RoleProfile]) -> set[str]:
    """Skills that are another role's own, as seen by a source that counted this role too."""
    counted = _sources(role.postings.cites)
    return {
        exclusive.skill
        for other in roles
        if other.id != role.id
        for exclusive in other.exclusives
        if _sources(exclusive.cites) & counted
    }


def _tail(
    listed: Mapping[str, tuple[str, ...]],
    mass: float,
    vocabulary: _Vocabulary,
    rules: WeightRules,
) -> Iterator[Requirement]:
    if not listed:
        return
    # A role of nothing but a tail has no mass to take a part of: then all weigh the same.
    tail = mass * rules.tail_share / (1.0 - rules.tail_share) if mass else 1.0
    for requirement, cites in listed.items():
        yield Requirement(
            id=requirement,
            label=vocabulary.label(requirement),
            skills=vocabulary.members(requirement),
            weight=tail / len(listed),
            provenance=Provenance.TAIL,
            cites=cites,
        )


def _sources(cites: Collection[str]) -> set[str]:
    return {cite.partition(":")[0] for cite in cites}


def _union(cites: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Every line once, in the order of sources and lines."""
    return tuple(sorted({line for group in cites for line in group}, key=_line_order))


def _line_order(cite: str) -> tuple[str, int]:
    source, _, line = cite.partition(":")
    return source, int(line)
