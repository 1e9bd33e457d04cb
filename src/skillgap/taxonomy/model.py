"""The vocabulary's values: skills, aliases with their rules, actions, roles with their facts.

The words are those of SKOS where SKOS has one: `prefLabel`, `altLabel`, `hiddenLabel`, `broader`,
`related` (W3C Recommendation "SKOS Simple Knowledge Organization System Reference", 2009).

What a source says carries `cites`, each a line of a source; what no source says has none and is
*curated*: put in by this project's own knowledge.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from skillgap.errors import UnknownNameError
from skillgap.taxonomy.near import nearest

# `D2:50` is line 50, counted from 1, of the source with the id D2.
Citation = Annotated[str, StringConstraints(pattern=r"^[A-Z]\w*:[1-9]\d*$")]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Dollars = Annotated[int, Field(gt=0)]

CURATED = "curated"  # what the data write where no source is cited
DATA_FORMAT: Literal[1] = 1  # of the compiled file; raised when its shape changes

_SUGGESTED = 3  # names that somebody may have meant
_LISTED = 6  # names that are listed whole where none is near


class Value(BaseModel):
    """A frozen value that takes no field it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Cited(Value):
    """A statement with the lines that bear it out; without any it is curated."""

    cites: tuple[Citation, ...] = ()


# --- skills -------------------------------------------------------------------------------------


class Rule(Value):
    """When an alias that is also an everyday word means the skill.

    The alias counts when nothing forbids it (`case`, `sections`, and all that begins with `not`)
    and, where `needs` names anything, at least one of them is there.

    Attributes:
        case: How it must be written: `any`; `capital` starts with a capital; `exact` letter by
            letter as the alias.
        needs: What must bear it out, any one of them: `list` another skill beside it in a list or
            a few words off, or words that claim it ("familiar with"),
            `section` a skills section or a labelled row of tools, `near` one of the words of
            `near` in the same sentence, `case` written as the alias in a text that otherwise
            uses lower case there (not at the start of a sentence, not in a line of capitals).
        near: Words for `needs = ["near"]`.
        sections: Kinds of section it is confined to; empty for all.
        not_before: It is not meant when one of these words comes directly after it.
        not_after: It is not meant when one of these words comes directly before it.
        examples: Texts in which the alias must be found.
        counterexamples: Texts in which it must not.
        not_near: It is not meant when one of these words stands in the same sentence.
    """

    case: Literal["any", "capital", "exact"] = "any"
    needs: tuple[Literal["list", "section", "near", "case"], ...] = ()
    near: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()


class Alias(Cited):
    """A written form of a skill.

    Attributes:
        form: As it is written; case, hyphens, plural and spelling variants need no own alias.
        hidden: Whether it is for finding only, not for showing: misspellings, slang (SKOS
            `hiddenLabel`).
        shared: Whether other skills own the same form on purpose: one wording that names both.
        rule: When it counts, for forms that mean something else too.
    """

    form: str = Field(min_length=1)
    hidden: bool = False
    shared: bool = False
    rule: Rule | None = None


class Link(Cited):
    """A link to another skill."""

    skill: Identifier


class Skill(Value):
    """A node of the taxonomy: anything a resume can show and a role can ask for.

    Attributes:
        id: Its name in data and code.
        label: Its name for people (SKOS `prefLabel`).
        area: The group it belongs to: the file it stands in.
        forms: Written forms that are curated, shown, owned by it alone and need no rule. They
            are most of all forms, and stand apart because loading them as objects would cost a
            tenth of a second.
        special: All other written forms: cited, hidden, shared, or with a rule.
        broader: Skills it is a part or kind of. Broader is *not* implied: see `Implication`.
        related: Skills it stands beside.
        scored: False for what is recorded but weighs nothing (field names, ambient tools).
        note: What a maintainer must know.
    """

    id: Identifier
    label: str
    area: str
    forms: tuple[str, ...] = ()
    special: tuple[Alias, ...] = ()
    broader: tuple[Link, ...] = ()
    related: tuple[Link, ...] = ()
    scored: bool = True
    note: str = ""

    @cached_property
    def aliases(self) -> tuple[Alias, ...]:
        """All written forms; the label is one of them where the label is found in text."""
        return (*self.special, *(Alias(form=form) for form in self.forms))


class Implication(Cited):
    """Evidence for one skill counts as evidence for another, with a strength from 0 to 1."""

    skill: Identifier
    implies: Identifier
    strength: float = Field(gt=0.0, le=1.0)


class Area(Value):
    """A group of skills, one file of the data."""

    id: Identifier
    label: str


class Group(Cited):
    """Substitutes: a requirement that any one of its skills meets."""

    id: Identifier
    label: str
    skills: tuple[Identifier, ...] = Field(min_length=2)


# --- roles --------------------------------------------------------------------------------------


class Tier(StrEnum):
    """How much a role needs a skill, in the words of source D3."""

    CRITICAL = "critical"
    IMPORTANT = "important"
    MODERATE = "moderate"
    LESS_CRITICAL = "less_critical"


class Provenance(StrEnum):
    """Where a requirement's weight comes from, best first."""

    MEASURED = "measured"
    IMPLIED = "implied"
    TIER = "tier"
    TAIL = "tail"


class Postings(Cited):
    """How many postings of the role were counted, and when."""

    n: int = Field(gt=0)
    as_of: str


class Frequency(Cited):
    """The share of the role's postings that ask for the skill."""

    skill: Identifier
    share: Share


class Exclusive(Cited):
    """A skill that the other role's postings name rarely or not at all."""

    skill: Identifier


class TierRow(Cited):
    """A row of a tier table; with several skills it says whether any or all are meant."""

    tier: Tier
    skills: tuple[Identifier, ...] = Field(min_length=1)
    mode: Literal["any", "all"] = "all"
    words: tuple[str, ...] = ()


class SkillPay(Cited):
    """The median pay of the role's postings that name the skill, and how many there were."""

    skill: Identifier
    usd: Dollars
    n: int = Field(gt=0)


class Pay(Cited):
    """One figure of pay; different measures must not be averaged.

    Attributes:
        measure: What was measured, in words.
        label: The level or occupation it is for; empty for the whole role.
        step: The rung of the role's ladder that the level is shown at, by its name; curated.
        usd: US dollars a year.
        n: Sample size; None where the source gives none.
        words: Words that stand on the cited lines beside the figure.
    """

    measure: str
    label: str = ""
    step: int | None = Field(default=None, ge=1)
    usd: Dollars
    n: int | None = Field(default=None, gt=0)
    words: tuple[str, ...] = ()


class LadderStep(Cited):
    """A rung of the career ladder: title, years, and the skills that enter there."""

    step: int = Field(ge=1)
    title: str
    min_years: int | None = Field(default=None, ge=0)
    max_years: int | None = Field(default=None, ge=0)
    skills: tuple[Identifier, ...] = ()
    words: tuple[str, ...] = ()


class Fact(Cited):
    """Anything else a source says, in this project's own words.

    Attributes:
        id: Its name.
        kind: What it is about: `responsibility`, `task`, `technology`, `education`, `choice` ...
        about: For what is to be borne in mind: where it belongs in what is told beyond skills.
        text: The fact in a sentence of our own.
        skills: The skills it is about.
        to: For a transition: the role it leads to.
        share: A share the text states, from 0 to 1.
        low: Lower end of a stated range, in `unit`.
        high: Upper end of it.
        unit: Unit of `low` and `high`.
        words: Words that stand on the cited lines and bear the fact out.
    """

    id: str
    kind: str
    about: Literal["", "ladder", "pay", "market", "education", "choice"] = ""
    text: str
    skills: tuple[Identifier, ...] = ()
    to: Identifier | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    unit: Literal["", "months", "years", "share"] = ""
    words: tuple[str, ...] = ()


class Requirement(Cited):
    """What a role asks for: a skill, or any one of several, and how much it weighs.

    Attributes:
        id: The id of the skill or group.
        label: For people.
        skills: Any one of them meets it.
        weight: The share of the role's postings that ask for it, measured or derived; the
            currency of all weights.
        provenance: How the weight came about.
        tier: The role's tier for it, None where no source gives one.
    """

    id: Identifier
    label: str
    skills: tuple[Identifier, ...]
    weight: float = Field(gt=0.0)
    provenance: Provenance
    tier: Tier | None = None


class RoleProfile(Value):
    """A role: what the sources say of it, and the requirements computed from that.

    `requirements` is empty in the data and filled by `taxonomy.requirements`; heaviest first.
    """

    id: Identifier
    label: str
    abbreviation: str
    titles: tuple[str, ...] = ()
    postings: Postings
    frequencies: tuple[Frequency, ...]
    exclusives: tuple[Exclusive, ...] = ()
    tiers: tuple[TierRow, ...] = ()
    skill_pay: tuple[SkillPay, ...] = ()
    pay: tuple[Pay, ...] = ()
    ladder: tuple[LadderStep, ...] = ()
    facts: tuple[Fact, ...] = ()
    requirements: tuple[Requirement, ...] = ()

    @property
    def censoring_bound(self) -> float:
        """The lowest share shown for the role: what is not shown lies at or under it."""
        return min(frequency.share for frequency in self.frequencies)

    @property
    def mass(self) -> float:
        """The sum of all requirement weights."""
        return sum(requirement.weight for requirement in self.requirements)

    def points_of(self, requirement: Requirement) -> float:
        """Return what a requirement adds to the fit, of 100, when it is fully met."""
        return 100.0 * requirement.weight / self.mass

    @cached_property
    def requirements_by_id(self) -> Mapping[str, Requirement]:
        """Map a requirement's id to the requirement."""
        return MappingProxyType({r.id: r for r in self.requirements})


# --- the whole ----------------------------------------------------------------------------------


class Source(Value):
    """A cited article: what it is, and the hash of the very text the lines are counted in."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z]\w*$")]
    title: str
    publisher: str
    kind: str
    file: str
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    lines: int = Field(ge=1)
    as_of: str = ""
    note: str = ""


class Cue(Value):
    """Words that give the skills near them another stance than held.

    Attributes:
        words: The words; alternatives stand in brackets, "(keen|eager|) to learn".
        stance: What they make of the skills in their clause: `negated`, `aspired`, `of_others`;
            `held` ends the reach of another cue ("not only").
        side: Where the skills are that they are about: `after` them in the clause; the `next` one
            only; the one right `before` them; `all_before` them in the sentence ("Kafka, Flink:
            have used neither"); after them where they are the subject, `opening` a clause ("a
            colleague built ..."); in the row that they are the `label` of ("Learning: Go"); or
            before the brackets that they begin as an `aside` ("Go (to learn)").
    """

    words: str
    stance: Literal["held", "negated", "aspired", "of_others"]
    side: Literal["after", "next", "before", "all_before", "opening", "label", "aside"] = "after"


class Words(Value):
    """A name in the wordings of actions, and all that it stands for.

    Attributes:
        name: A class in capitals ("MODEL"), or a verb with its sign ("roll~ out").
        forms: Each way to write it; of verbs all inflected forms.
        not_meant: Longer words in which a form is something else ("data model").
    """

    name: str = Field(min_length=1)
    forms: tuple[str, ...] = Field(min_length=1)
    not_meant: tuple[str, ...] = ()


class Action(Value):
    """How people tell that they did what a skill is, without its name.

    Attributes:
        skill: The skill that the action shows.
        wordings: Rows of slots and gaps, "DEPLOY ... (MODEL|service) to production"; see
            `taxonomy.wording`.
        examples: Texts in which the skill must be seen.
        counterexamples: Texts in which it must not.
    """

    skill: Identifier
    wordings: tuple[str, ...] = Field(min_length=1)
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


class Taxonomy(Value):
    """The compiled vocabulary: all that extraction and scoring know about skills and roles.

    Attributes:
        format: The version of this shape.
        sha256: The hash of the data files it was compiled from; it stands in every signature.
        areas: Groups of skills, in the order of their ids.
        skills: All skills, in the order of their ids.
        implications: Which evidence counts for which other skill.
        groups: Any-of requirements.
        roles: The roles, in the order of their ids.
        sources: What is cited.
        cues: Words that change the stance of skills near them.
        actions: How skills are shown without being named.
        words: What the names in the wordings of actions stand for.
        facts: Facts about both roles, caveats and disagreements of the sources.
    """

    format: Literal[1] = DATA_FORMAT
    sha256: str
    areas: tuple[Area, ...]
    skills: tuple[Skill, ...]
    implications: tuple[Implication, ...] = ()
    groups: tuple[Group, ...] = ()
    roles: tuple[RoleProfile, ...]
    sources: tuple[Source, ...] = ()
    cues: tuple[Cue, ...] = ()
    actions: tuple[Action, ...] = ()
    words: tuple[Words, ...] = ()
    facts: tuple[Fact, ...] = ()

    @cached_property
    def skills_by_id(self) -> Mapping[str, Skill]:
        """Map a skill's id to the skill."""
        return MappingProxyType({skill.id: skill for skill in self.skills})

    @cached_property
    def roles_by_id(self) -> Mapping[str, RoleProfile]:
        """Map a role's id to its profile."""
        return MappingProxyType({role.id: role for role in self.roles})

    @cached_property
    def areas_by_id(self) -> Mapping[str, Area]:
        """Map an area's id to the area."""
        return MappingProxyType({area.id: area for area in self.areas})

    @cached_property
    def sources_by_id(self) -> Mapping[str, Source]:
        """Map a source's id to the source."""
        return MappingProxyType({source.id: source for source in self.sources})

    def skill(self, skill_id: str) -> Skill:
        """Return the skill of that id.

        Raises:
            UnknownNameError: There is none; the message names the nearest ids.
        """
        if skill_id in self.skills_by_id:
            return self.skills_by_id[skill_id]
        raise unknown("skill", skill_id, self.skills_by_id)

    def role(self, role_id: str) -> RoleProfile:
        """Return the role of that id.

        Raises:
            UnknownNameError: There is none; the message names the nearest ids.
        """
        if role_id in self.roles_by_id:
            return self.roles_by_id[role_id]
        raise unknown("role", role_id, self.roles_by_id)


def unknown(what: str, name: str, known: Collection[str], *, where: str = "") -> UnknownNameError:
    """Return the error for a name that is not there, with what may have been meant.

    Args:
        what: What was asked for: `skill`, `role`.
        name: How it was called.
        known: The names that there are.
        where: Where it is not, for what is not the taxonomy.
    """
    message = f"there is no {what} {name!r}{where}"
    if near := nearest(name, known)[:_SUGGESTED]:
        return UnknownNameError(f"{message}; did you mean {', '.join(near)}?")
    if not known:
        return UnknownNameError(f"{message}: {'the taxonomy' if not where else 'it'} has none")
    if len(known) <= _LISTED:
        return UnknownNameError(f"{message}; there are {', '.join(known)}")
    return UnknownNameError(f"{message}; `skillgap taxonomy list` names all")
