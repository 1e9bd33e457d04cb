"""A taxonomy with skills of one's own, made in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from skillgap.errors import TaxonomyFaultsError
from skillgap.taxonomy.check import find_faults
from skillgap.taxonomy.model import Area, Implication, Skill, Taxonomy
from skillgap.taxonomy.requirements import with_requirements


def extend(
    taxonomy: Taxonomy, *, skills: Iterable[Skill] = (), implications: Iterable[Implication] = ()
) -> Taxonomy:
    """Return a taxonomy with more skills; the given one stays as it is.

    A skill of its own changes no score until something says what it is evidence for: give an
    implication to a skill that a role asks for, or make it `broader` or `related` to be named as
    the nearest. The result has a hash of its own, so its scores are not taken for those of the
    taxonomy it was made from.

    Raises:
        TaxonomyFaultsError: The additions break rules of the data; all faults are listed.
    """
    skills, implications = tuple(skills), tuple(implications)
    all_skills = tuple(sorted((*taxonomy.skills, *skills), key=lambda skill: skill.id))
    known = {area.id for area in taxonomy.areas}
    areas = {s.area: Area(id=s.area, label=s.area) for s in skills if s.area not in known}
    added = {
        "sha256": _hash(taxonomy, [*skills, *implications]),
        "areas": tuple(sorted((*taxonomy.areas, *areas.values()), key=lambda area: area.id)),
        "skills": all_skills,
        "implications": (*taxonomy.implications, *implications),
        "roles": with_requirements(taxonomy.roles, all_skills, taxonomy.groups),
    }
    # Not model_copy: that would carry over the tables of ids that the old one has cached.
    kept = {name: getattr(taxonomy, name) for name in Taxonomy.model_fields if name not in added}
    extended = Taxonomy(**kept, **added)
    faults = set(find_faults(extended)) - set(find_faults(taxonomy))
    if faults:
        raise TaxonomyFaultsError(sorted(faults))
    return extended


def _hash(taxonomy: Taxonomy, added: Iterable[Skill | Implication]) -> str:
    digest = hashlib.sha256(taxonomy.sha256.encode())
    for value in added:
        digest.update(value.model_dump_json().encode())
    return digest.hexdigest()
