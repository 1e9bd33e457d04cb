"""One skill with all that the taxonomy says of it, for `skillgap taxonomy show`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from skillgap.taxonomy.model import CURATED, Cited, RoleProfile, Skill, Taxonomy


def skill_json(taxonomy: Taxonomy, skill: Skill) -> str:
    """Tell a skill as JSON: its own data, and every row of the taxonomy that names it."""
    content: dict[str, Any] = skill.model_dump(mode="json", exclude={"forms", "special"})
    content["aliases"] = [alias.model_dump(mode="json") for alias in skill.aliases]
    content["implies"] = [
        row.model_dump(mode="json") for row in taxonomy.implications if row.skill == skill.id
    ]
    content["implied_by"] = [
        row.model_dump(mode="json") for row in taxonomy.implications if row.implies == skill.id
    ]
    content["narrower"] = _narrower(taxonomy, skill)
    content["requirements"] = {
        role.id: requirement.model_dump(mode="json")
        for role in taxonomy.roles
        for requirement in role.requirements
        if skill.id in requirement.skills
    }
    content["facts"] = {
        role.id: [f.model_dump(mode="json") for f in role.facts if skill.id in f.skills]
        for role in taxonomy.roles
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def skill_text(taxonomy: Taxonomy, skill: Skill) -> str:
    """Tell a skill in lines for people."""
    return "\n".join(_lines(taxonomy, skill)) + "\n"


def sources_text(taxonomy: Taxonomy) -> str:
    """Tell what is cited, a few lines for each article."""
    return "".join(
        f"{source.id}  {source.title}\n"
        f"    {source.publisher}; {source.kind}"
        + (f" of {source.as_of}" if source.as_of else "")
        + f"; {source.lines} lines, {source.file}\n"
        for source in taxonomy.sources
    )


def _narrower(taxonomy: Taxonomy, skill: Skill) -> list[str]:
    return [s.id for s in taxonomy.skills if any(link.skill == skill.id for link in s.broader)]


def _lines(taxonomy: Taxonomy, skill: Skill) -> Iterator[str]:
    yield f"{skill.label} ({skill.id}), area {skill.area}" + ("" if skill.scored else ", unscored")
    yield "written forms:"
    for alias in skill.aliases:
        extra = " (hidden)" * alias.hidden + " (by rule)" * (alias.rule is not None)
        yield f"  {alias.form}{extra}  {cites_of(alias)}"
    yield from _link_lines(taxonomy, skill)
    for role in taxonomy.roles:
        yield from _role_lines(role, skill)


def _link_lines(taxonomy: Taxonomy, skill: Skill) -> Iterator[str]:
    for name, links in (("broader", skill.broader), ("related", skill.related)):
        for link in links:
            yield f"{name}: {link.skill}  {cites_of(link)}"
    for narrower in _narrower(taxonomy, skill):
        yield f"narrower: {narrower}"
    for row in taxonomy.implications:
        if row.skill == skill.id:
            yield f"implies: {row.implies} ({row.strength:g})  {cites_of(row)}"
        elif row.implies == skill.id:
            yield f"implied by: {row.skill} ({row.strength:g})  {cites_of(row)}"


def _role_lines(role: RoleProfile, skill: Skill) -> Iterator[str]:
    for requirement in role.requirements:
        if skill.id in requirement.skills:
            points = role.points_of(requirement)
            yield (
                f"{role.abbreviation}: weight {requirement.weight:.3f} "
                f"({requirement.provenance}), {points:.1f} points  {cites_of(requirement)}"
            )
    for fact in role.facts:
        if skill.id in fact.skills:
            yield f"{role.abbreviation}, {fact.kind}: {fact.text}  {cites_of(fact)}"


def cites_of(row: Cited) -> str:
    """Write where something stands: [D2:50], or that it is ours: [curated]."""
    return f"[{', '.join(row.cites) or CURATED}]"
