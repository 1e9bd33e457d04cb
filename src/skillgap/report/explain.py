"""One skill of one resume, explained: every mention, what implies it, and every point it bears.

All figures are those of the report: the scores are made again from the same evidence, once as it
is, once without the skill and once with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from math import fsum
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from skillgap.extract.model import Mention
from skillgap.report.build import mention_record
from skillgap.report.cited import cited
from skillgap.report.model import CitedLine, MentionRecord, RaisedRecord, Signature
from skillgap.resume.model import Entry, Resume
from skillgap.score.fit import contribute, total
from skillgap.score.model import Contribution, Evidence, Shown
from skillgap.score.nearest import Neighbourhood
from skillgap.score.policy import ScoringPolicy
from skillgap.taxonomy.model import (
    Provenance,
    RoleProfile,
    Skill,
    Taxonomy,
    Tier,
)

_NEAREST = 3

EvidenceBySkill = Mapping[str, Evidence]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class State(StrEnum):
    """How a skill stands on a resume."""

    HELD = "held"
    IMPLIED = "implied"
    NOT_COUNTED = "not_counted"  # mentioned only in ways that do not count
    ABSENT = "absent"


class PlaceRecord(_Record):
    """A mention with where a reader finds it.

    Attributes:
        mention: The mention, with its quote.
        line: Its line in the text that was read, from 1.
        entry_title: The title of the job, project or degree it is in; null when it is in none or
            that has no title.
    """

    mention: MentionRecord
    line: int
    entry_title: str | None


class LinkRecord(_Record):
    """A link of a chain: evidence for one skill counts as evidence for the next.

    Attributes:
        skill: Id of the skill that implies.
        label: Its name.
        implies: Id of the implied skill.
        implies_label: Its name.
        strength: What part of the evidence counts, from 0 to 1.
        citations: Where it stands; empty for what this project's own knowledge says.
    """

    skill: str
    label: str
    implies: str
    implies_label: str
    strength: float
    citations: tuple[CitedLine, ...]


class CountRecord(_Record):
    """A requirement that the skill counts for: points = 100 * weight * strength / mass.

    Attributes:
        requirement: Id of the requirement.
        label: Its name.
        weight: The share of the role's postings that ask for it, or what stands in for that.
        provenance: How the weight came about.
        tier: The role's tier for it, where a source gives one.
        citations: Where the weight stands.
        strength: How far the resume meets it.
        points: What it adds to the score.
        worth: What it adds when it is fully met.
        met_by: Id of the skill that meets it; null when none does.
        met_by_label: That skill's name.
        via: The chain by which that skill is implied; empty when it is held directly.
        counted: Whether these points rest on the skill that is explained.
    """

    requirement: str
    label: str
    weight: float
    provenance: Provenance
    tier: Tier | None
    citations: tuple[CitedLine, ...]
    strength: float
    points: float
    worth: float
    met_by: str | None
    met_by_label: str | None
    via: tuple[LinkRecord, ...]
    counted: bool


class RoleRecord(_Record):
    """What the skill counts for in one role.

    Attributes:
        role: Id of the role.
        label: Its name.
        postings: How many postings its shares were counted in.
        mass: The sum of the weights of all its requirements.
        score: The score, to which the points of all requirements add up.
        counts: The requirements that the skill meets, or helps to meet.
        points: The points that rest on it, together.
        without: The score if the resume did not mention it: what else implies it stays.
        with_it: The score if the resume showed it, with all that it implies.
        raises: What it would add to, most points first; they add up to `with_it` less `score`.
    """

    role: str
    label: str
    postings: int
    mass: float
    score: float
    counts: tuple[CountRecord, ...]
    points: float
    without: float
    with_it: float
    raises: tuple[RaisedRecord, ...]


class NamedRecord(_Record):
    """A skill by id and name."""

    skill: str
    label: str


class FormRecord(_Record):
    """A written form that is looked for; with a rule it counts in the right surroundings only."""

    form: str
    by_rule: bool


class Explanation(_Record):
    """All that a report says of one skill, and what each number is made of.

    Attributes:
        format_version: The version of this shape.
        signature: What made the numbers: that of the report.
        source: The file.
        sha256: Its hash.
        skill: Id of the skill.
        label: Its name.
        area: The name of the group it belongs to.
        scored: False for a skill that is recorded but asked for by no role.
        state: How it stands on the resume.
        strength: What it counts as evidence, from 0 to 1.
        shown: Where it is shown at best; null when it is not held.
        months_in_jobs: Months of the dated jobs that show it.
        places: Every mention of it, those that do not count included.
        chain: What implies it, link by link; empty when nothing does, or it is held.
        roles: What it counts for, one for each role.
        nearest: Held skills that stand near to it, where it is not held itself.
        forms: What is looked for, the name it is known by first.
        actions: How many wordings of deeds show it.
    """

    format_version: str = "1.0"
    signature: Signature
    source: str
    sha256: str
    skill: str
    label: str
    area: str
    scored: bool
    state: State
    strength: float
    shown: Shown | None
    months_in_jobs: int
    places: tuple[PlaceRecord, ...]
    chain: tuple[LinkRecord, ...]
    roles: tuple[RoleRecord, ...]
    nearest: tuple[NamedRecord, ...]
    forms: tuple[FormRecord, ...]
    actions: int


class Weighings(NamedTuple):
    """The evidence of one resume three times: as it is, without a skill, and with it."""

    found: EvidenceBySkill
    without: EvidenceBySkill
    with_it: EvidenceBySkill


def explain(
    skill: Skill,
    resume: Resume,
    weighings: Weighings,
    roles: tuple[RoleProfile, ...],
    *,
    taxonomy: Taxonomy,
    policy: ScoringPolicy,
    signature: Signature,
) -> Explanation:
    """Explain one skill of one resume.

    Args:
        skill: The skill.
        resume: What was read.
        weighings: The evidence as it is, without the skill, and with it.
        roles: The roles to explain it for.
        taxonomy: Where labels, links and citations stand.
        policy: The constants that the evidence was weighed with.
        signature: What made the numbers.
    """
    evidence = weighings.found.get(skill.id) or Evidence(skill.id)
    links = _Links(taxonomy, policy)
    return Explanation(
        signature=signature,
        source=resume.document.source.encode(errors="backslashreplace").decode(),
        sha256=resume.document.sha256,
        skill=skill.id,
        label=skill.label,
        area=next(area.label for area in taxonomy.areas if area.id == skill.area),
        scored=skill.scored,
        state=_state(evidence),
        strength=evidence.strength,
        shown=evidence.shown,
        months_in_jobs=evidence.months_in_jobs,
        places=tuple(_place(mention, resume) for mention in evidence.mentions),
        chain=links.chain(evidence.chain),
        roles=tuple(_role(skill, role, weighings, taxonomy, links) for role in roles),
        nearest=() if evidence.held else _nearest(skill, roles, weighings.found, taxonomy, policy),
        forms=_forms(skill),
        actions=sum(len(a.wordings) for a in taxonomy.actions if a.skill == skill.id),
    )


def _state(evidence: Evidence) -> State:
    if evidence.held:
        return State.HELD
    if evidence.strength > 0.0:
        return State.IMPLIED
    return State.NOT_COUNTED if evidence.mentions else State.ABSENT


def _place(mention: Mention, resume: Resume) -> PlaceRecord:
    text = resume.document.text
    entry = resume.entries[mention.entry] if mention.entry is not None else None
    return PlaceRecord(
        mention=mention_record(mention, text),
        line=text.count("\n", 0, mention.span.start) + 1,
        entry_title=_title(entry, text) if entry is not None else None,
    )


def _title(entry: Entry, text: str) -> str | None:
    parts = [text[slice(*span)] for span in (entry.title, entry.organisation) if span is not None]
    return ", ".join(" ".join(part.split()) for part in parts) or None


# --- what it counts for ---------------------------------------------------------------------------


def _role(
    skill: Skill, role: RoleProfile, weighings: Weighings, taxonomy: Taxonomy, links: _Links
) -> RoleRecord:
    found, more = contribute(weighings.found, role), contribute(weighings.with_it, role)
    counts = tuple(_counts(skill, role, found, weighings.found, links, taxonomy))
    return RoleRecord(
        role=role.id,
        label=role.label,
        postings=role.postings.n,
        mass=role.mass,
        score=total(found),
        counts=counts,
        points=fsum(count.points for count in counts if count.counted),
        without=total(contribute(weighings.without, role)),
        with_it=total(more),
        raises=_raises(found, more, role),
    )


def _counts(
    skill: Skill,
    role: RoleProfile,
    contributions: tuple[Contribution, ...],
    evidence: EvidenceBySkill,
    links: _Links,
    taxonomy: Taxonomy,
) -> Iterator[CountRecord]:
    """Yield the requirements that the skill meets, would meet, or implies the way to."""
    for requirement, contribution in zip(role.requirements, contributions, strict=True):
        met_by = contribution.met_by
        chain = evidence[met_by].chain if met_by is not None else ()
        counted = met_by == skill.id or skill.id in chain
        if not counted and skill.id not in requirement.skills:
            continue
        yield CountRecord(
            requirement=requirement.id,
            label=requirement.label,
            weight=requirement.weight,
            provenance=requirement.provenance,
            tier=requirement.tier,
            citations=cited(requirement.cites, taxonomy),
            strength=contribution.strength,
            points=contribution.points,
            worth=role.points_of(requirement),
            met_by=met_by,
            met_by_label=taxonomy.skill(met_by).label if met_by is not None else None,
            via=links.chain(chain),
            counted=counted,
        )


def _raises(
    found: tuple[Contribution, ...], more: tuple[Contribution, ...], role: RoleProfile
) -> tuple[RaisedRecord, ...]:
    raised = (
        RaisedRecord(
            requirement=after.requirement,
            label=role.requirements_by_id[after.requirement].label,
            points=after.points - before.points,
        )
        for before, after in zip(found, more, strict=True)
        if after.points != before.points
    )
    return tuple(sorted(raised, key=lambda r: (-r.points, r.requirement)))


# --- what the taxonomy says -----------------------------------------------------------------------


class _Links:
    """The implications of a taxonomy by their ends, as strong as the policy lets them count."""

    def __init__(self, taxonomy: Taxonomy, policy: ScoringPolicy) -> None:
        self._taxonomy = taxonomy
        self._factor = policy.implication
        self._rows = {(row.skill, row.implies): row for row in taxonomy.implications}

    def chain(self, skills: tuple[str, ...]) -> tuple[LinkRecord, ...]:
        """Return a chain of skills link by link."""
        return tuple(map(self._link, skills, skills[1:]))

    def _link(self, skill: str, implies: str) -> LinkRecord:
        row = self._rows[skill, implies]
        return LinkRecord(
            skill=skill,
            label=self._taxonomy.skill(skill).label,
            implies=implies,
            implies_label=self._taxonomy.skill(implies).label,
            strength=row.strength * self._factor,
            citations=cited(row.cites, self._taxonomy),
        )


def _nearest(
    skill: Skill,
    roles: tuple[RoleProfile, ...],
    evidence: EvidenceBySkill,
    taxonomy: Taxonomy,
    policy: ScoringPolicy,
) -> tuple[NamedRecord, ...]:
    """Name held skills near to one that is not, as the gaps of the first role do."""
    near = Neighbourhood(taxonomy, roles[0], policy.nearest_siblings).near((skill.id,))
    held = [other for other in near if other in evidence and evidence[other].held]
    return tuple(
        NamedRecord(skill=other, label=taxonomy.skill(other).label) for other in held[:_NEAREST]
    )


def _forms(skill: Skill) -> tuple[FormRecord, ...]:
    shown = [alias for alias in skill.aliases if not alias.hidden]
    first = sorted(shown, key=lambda alias: alias.form.lower() != skill.label.lower())
    return tuple(FormRecord(form=alias.form, by_rule=alias.rule is not None) for alias in first)
