"""A skill or role by what somebody calls it: its id, its name, or any way it is written."""

from __future__ import annotations

from skillgap.errors import UnknownNameError
from skillgap.taxonomy.forms import folded, variants
from skillgap.taxonomy.model import RoleProfile, Skill, Taxonomy
from skillgap.taxonomy.near import nearest

_SUGGESTED = 3


def look_up(taxonomy: Taxonomy, name: str) -> Skill:
    """Return the skill of that id, name or written form, whatever its case and hyphens.

    An id comes before a name, and a name before other forms. Forms that mean a skill only in the
    right surroundings ("Go", "spark") mean it here: somebody asks for a skill.

    Raises:
        UnknownNameError: No skill is called so, or several are; the message names what is near.
    """
    wanted = name.strip()
    found = taxonomy.skills_by_id.get(wanted) or taxonomy.skills_by_id.get(wanted.lower())
    if found is not None:
        return found
    words = folded(wanted)
    owners = [skill for skill in taxonomy.skills if words and folded(skill.label) == words]
    owners = owners or [skill for skill in taxonomy.skills if words and _is_written(skill, words)]
    if len(owners) == 1:
        return owners[0]
    if owners:
        ids = ", ".join(skill.id for skill in owners)
        raise UnknownNameError(f"several skills are written {name!r}: {ids}; name one of these ids")
    near = _nearest(taxonomy, wanted)
    advice = f"did you mean {near}?" if near else "`skillgap taxonomy list` names all"
    raise UnknownNameError(f"there is no skill {name!r}; {advice}")


def look_up_role(taxonomy: Taxonomy, name: str) -> RoleProfile:
    """Return the role of that id, name or title, whatever its case.

    Raises:
        UnknownNameError: No role is called so; the message names the nearest ids.
    """
    words = folded(name)
    for role in taxonomy.roles:
        if words in map(folded, (role.id, role.label, role.abbreviation, *role.titles)):
            return role
    return taxonomy.role(name)  # which says what is near


def _is_written(skill: Skill, words: tuple[str, ...]) -> bool:
    first = words[0][:1]
    # A form begins with the letter of its variants; taking all of them apart would take seconds.
    return any(
        words in variants(alias.form) for alias in skill.aliases if alias.form[:1].lower() == first
    )


def _nearest(taxonomy: Taxonomy, name: str) -> str:
    by_name = {skill.label.lower(): skill.id for skill in taxonomy.skills}
    by_name |= {alias.form.lower(): s.id for s in taxonomy.skills for alias in s.aliases}
    by_name |= {skill.id: skill.id for skill in taxonomy.skills}
    ids = list(dict.fromkeys(by_name[form] for form in nearest(name, by_name)))
    return ", ".join(ids[:_SUGGESTED])
