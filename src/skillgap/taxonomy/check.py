"""The rules that the data must keep, checked all at once, each fault with its file and key."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator

from skillgap.resume.model import SectionKind
from skillgap.taxonomy.forms import folded
from skillgap.taxonomy.model import Alias, Cited, Fact, RoleProfile, Skill, Taxonomy
from skillgap.taxonomy.requirements import with_requirements
from skillgap.taxonomy.wording import Slot, is_class, parts_of, ways_of

_FEWEST_EXAMPLES = 2
_FEWEST_SLOTS = 2  # one word alone is an alias of the skill, not an action


def find_faults(taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return every fault of the data, sorted; none means that the taxonomy can be used.

    What the model itself forbids (types, unknown keys, shares above 1) is found on loading.
    Whether the citations hold is the business of `verify`; whether the examples of an alias are
    found is that of the extractor.
    """
    return tuple(
        sorted(
            {
                *_skill_faults(taxonomy),
                *_alias_faults(taxonomy),
                *_cycle_faults(taxonomy),
                *_implication_faults(taxonomy),
                *_group_faults(taxonomy),
                *(fault for role in taxonomy.roles for fault in _role_faults(role, taxonomy)),
                *_exclusive_faults(taxonomy),
                *_action_faults(taxonomy),
                *_fact_faults("facts.toml", taxonomy.facts, taxonomy),
                *_weight_faults(taxonomy),
            }
        )
    )


def _skill_file(skill: Skill) -> str:
    return f"skills/{skill.area}.toml"


def _skill_faults(taxonomy: Taxonomy) -> Iterator[str]:
    counts = Counter(skill.id for skill in taxonomy.skills)
    for skill in taxonomy.skills:
        where = f"{_skill_file(skill)}: {skill.id}"
        if counts[skill.id] > 1:
            yield f"{where}: the id stands {counts[skill.id]} times"
        if not skill.label:
            yield f"{where}: prefLabel is missing"
        for name, links in (("broader", skill.broader), ("related", skill.related)):
            for link in links:
                yield from _unknown(f"{where}.{name}", [link.skill], taxonomy)
                yield from _unsourced(f"{where}.{name}.{link.skill}", link, taxonomy)


def _alias_faults(taxonomy: Taxonomy) -> Iterator[str]:
    owners: dict[tuple[str, ...], list[tuple[Skill, Alias]]] = defaultdict(list)
    for skill in taxonomy.skills:
        for alias in skill.aliases:
            where = f"{_skill_file(skill)}: {skill.id}.{alias.form}"
            owners[folded(alias.form)].append((skill, alias))
            yield from _unsourced(where, alias, taxonomy)
            yield from _rule_faults(where, alias)
    for owned in owners.values():
        if len({skill.id for skill, _ in owned}) < 2:
            continue
        for skill, alias in owned:
            if not alias.shared:
                others = ", ".join(sorted({s.id for s, _ in owned} - {skill.id}))
                yield (
                    f"{_skill_file(skill)}: {skill.id}.{alias.form}: also an alias of {others}; "
                    "remove one, or name it under `shared` in both"
                )


def _rule_faults(where: str, alias: Alias) -> Iterator[str]:
    rule = alias.rule
    if rule is None:
        if len(alias.form) == 1:
            yield f"{where}: a form of one letter needs a rule"
        return
    if ("near" in rule.needs) != bool(rule.near):
        yield f"{where}: `near` words and `near` in `needs` go together"
    if not rule.examples or not rule.counterexamples:
        yield f"{where}: a rule needs examples and counterexamples"
    kinds = {kind.value for kind in SectionKind}
    for section in rule.sections:
        if section not in kinds:
            yield f"{where}: {section!r} is no kind of section ({', '.join(sorted(kinds))})"


def _cycle_faults(taxonomy: Taxonomy) -> Iterator[str]:
    broader = {skill.id: [link.skill for link in skill.broader] for skill in taxonomy.skills}
    for skill in taxonomy.skills:
        seen: set[str] = set()
        ahead = list(broader[skill.id])
        while ahead:
            above = ahead.pop()
            if above == skill.id:
                yield f"{_skill_file(skill)}: {skill.id}.broader: is broader than itself"
                break
            if above not in seen:
                seen.add(above)
                ahead += broader.get(above, ())


def _implication_faults(taxonomy: Taxonomy) -> Iterator[str]:
    for row in taxonomy.implications:
        where = f"implies.toml: {row.skill}.{row.implies}"
        yield from _unknown(where, [row.skill, row.implies], taxonomy)
        yield from _unsourced(where, row, taxonomy)
        if row.skill == row.implies:
            yield f"{where}: a skill does not imply itself"


def _group_faults(taxonomy: Taxonomy) -> Iterator[str]:
    member_of: dict[str, str] = {}
    for group in taxonomy.groups:
        where = f"groups.toml: {group.id}"
        if group.id in taxonomy.skills_by_id:
            yield f"{where}: a skill has the same id"
        yield from _unknown(where, group.skills, taxonomy)
        yield from _unsourced(where, group, taxonomy)
        for skill in group.skills:
            if skill in member_of:
                yield f"{where}: {skill} is already in {member_of[skill]}"
            member_of[skill] = group.id


def _role_faults(role: RoleProfile, taxonomy: Taxonomy) -> Iterator[str]:
    file = f"roles/{role.id}.toml"
    count = sum(other.id == role.id for other in taxonomy.roles)
    if count > 1:
        yield f"{file}: id: the id stands in {count} files"
    yield from _unsourced(f"{file}: postings", role.postings, taxonomy)
    named: list[tuple[str, str, Cited]] = [
        *((f"frequencies.{row.skill}", row.skill, row) for row in role.frequencies),
        *((f"exclusives.{row.skill}", row.skill, row) for row in role.exclusives),
        *((f"skill_pay.{row.skill}", row.skill, row) for row in role.skill_pay),
    ]
    for key, skill, row in named:
        yield from _unknown(f"{file}: {key}", [skill], taxonomy)
        yield from _unsourced(f"{file}: {key}", row, taxonomy)
    for number, tier in enumerate(role.tiers, 1):
        yield from _unknown(f"{file}: tiers[{number}]", tier.skills, taxonomy)
        yield from _unsourced(f"{file}: tiers[{number}]", tier, taxonomy)
    for step in role.ladder:
        where = f"{file}: ladder[{step.step}]"
        yield from _unknown(where, step.skills, taxonomy)
        yield from _unsourced(where, step, taxonomy)
        yield from _upside_down(where, "years", step.min_years, step.max_years)
    for pay in role.pay:
        where = f"{file}: pay.{pay.measure} {pay.label}"
        yield from _unsourced(where, pay, taxonomy)
        if pay.step is not None and pay.step not in {step.step for step in role.ladder}:
            yield f"{where}: the ladder has no step {pay.step}"
    yield from _fact_faults(file, role.facts, taxonomy)


def _exclusive_faults(taxonomy: Taxonomy) -> Iterator[str]:
    """What is one role's own cannot be another's too, nor have a share of its postings."""
    for role in taxonomy.roles:
        own = {row.skill for row in role.exclusives}
        for other in taxonomy.roles:
            if other.id == role.id:
                continue
            named = {row.skill for row in other.exclusives}
            named |= {row.skill for row in other.frequencies}
            for skill in sorted(own & named):
                yield f"roles/{role.id}.toml: exclusives.{skill}: {other.id} asks for it too"


def _action_faults(taxonomy: Taxonomy) -> Iterator[str]:
    names = {words.name for words in taxonomy.words}
    used: set[str] = set()
    for action in taxonomy.actions:
        where = f"actions.toml: shown.{action.skill}"
        yield from _unknown(where, [action.skill], taxonomy)
        if len(action.examples) < _FEWEST_EXAMPLES or not action.counterexamples:
            yield f"{where}: needs {_FEWEST_EXAMPLES} examples and a counterexample"
        for wording, count in Counter(action.wordings).items():
            if count > 1:
                yield f"{where}: {wording!r} stands {count} times"
            yield from _wording_faults(where, wording, names)
            used |= set(ways_of(wording))
    for name in sorted(filter(is_class, names - used)):
        yield f"actions.toml: {name}: no wording has it"


def _wording_faults(where: str, wording: str, names: Collection[str]) -> Iterator[str]:
    parts = parts_of(wording)
    slots = [part for part in parts if isinstance(part, Slot)]
    if sum(not slot.optional for slot in slots) < _FEWEST_SLOTS:
        yield f"{where}: {wording!r} needs {_FEWEST_SLOTS} slots that are not optional"
    elif not all(isinstance(end, Slot) and not end.optional for end in (parts[0], parts[-1])):
        yield f"{where}: {wording!r} starts or ends with a gap or an optional slot"
    for way in ways_of(wording):
        if is_class(way) and way not in names:
            yield f"{where}: {wording!r} has {way}, which is no class of words"


def _fact_faults(file: str, facts: Iterable[Fact], taxonomy: Taxonomy) -> Iterator[str]:
    counts = Counter(fact.id for fact in facts)
    for fact in facts:
        where = f"{file}: facts.{fact.id}"
        if counts[fact.id] > 1:
            yield f"{where}: the id stands {counts[fact.id]} times"
        yield from _unknown(where, fact.skills, taxonomy)
        yield from _unsourced(where, fact, taxonomy)
        yield from _upside_down(where, "low and high", fact.low, fact.high)
        if fact.to is not None and fact.to not in taxonomy.roles_by_id:
            yield f"{where}: there is no role {fact.to!r}"
        if not fact.cites:
            yield f"{where}: a fact needs a citation"


def _weight_faults(taxonomy: Taxonomy) -> Iterator[str]:
    """A compiled file must carry the very weights that its facts give."""
    if not any(role.requirements for role in taxonomy.roles):
        return
    computed = with_requirements(taxonomy.roles, taxonomy.skills, taxonomy.groups)
    for stored, fresh in zip(taxonomy.roles, computed, strict=True):
        if stored.requirements != fresh.requirements:
            yield f"roles/{stored.id}.toml: the compiled requirements are not those of the facts"


def _upside_down(where: str, what: str, low: float | None, high: float | None) -> Iterator[str]:
    if low is not None and high is not None and low > high:
        yield f"{where}: {what} are upside down ({low:g} to {high:g})"


def _unknown(where: str, ids: Iterable[str], taxonomy: Taxonomy) -> Iterator[str]:
    for skill_id in ids:
        if skill_id not in taxonomy.skills_by_id:
            yield f"{where}: there is no skill {skill_id!r}"


def _unsourced(where: str, row: Cited, taxonomy: Taxonomy) -> Iterator[str]:
    for citation in row.cites:
        source_id, _, line = citation.partition(":")
        source = taxonomy.sources_by_id.get(source_id)
        if source is None:
            yield f"{where}: {citation} cites a source that sources.toml does not name"
        elif int(line) > source.lines:
            yield f"{where}: {citation} lies behind the source's last line, {source.lines}"
