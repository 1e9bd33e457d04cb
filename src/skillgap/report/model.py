"""All that is said about one resume: the contract of the JSON that users build on.

`FitReport` is what `skillgap.analyze` returns; `model_dump(mode="json")` is the JSON. Shares run
from 0 to 1, points from 0 to 100, offsets count characters of the text that was read.
"""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from skillgap.document.model import Format
from skillgap.extract.model import Method, Stance
from skillgap.resume.model import SectionKind
from skillgap.score.model import FitWord, LeanWord, Now, Shown
from skillgap.taxonomy.model import Provenance, Tier, unknown

# 1.0: the first published shape.
# 1.1: plans, the crossing, what-if; the level of an interval.
# 1.2: blind reports; mentions quote the lines they stand on; fits by area, names of all skills.
FORMAT_VERSION: Literal["1.2"] = "1.2"
_HERE = " in the report"


class _Record(BaseModel):
    """A frozen record that takes no field it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Signature(_Record):
    """What made the numbers: two scores with different signatures are not comparable.

    Attributes:
        skillgap: Version of this package.
        taxonomy: The first 12 characters of the hash of the taxonomy's data.
        policy: The first 12 characters of the hash of the scoring policy.
        engines: Versions of the libraries that read and match.
        as_of: The day that "present" means.
    """

    skillgap: str
    taxonomy: str
    policy: str
    engines: dict[str, str]
    as_of: date


class Notice(_Record):
    """Something the reader of the report should know: a code for programs, words for people.

    Attributes:
        code: What it is about, for programs.
        message: What it says, for people.
    """

    code: str
    message: str


class DocumentInfo(_Record):
    """The file that was read.

    Attributes:
        source: The path or name it was given by.
        sha256: The hash of its bytes.
        format: What it is by its content.
        engine: What read it.
        pages: How many pages it has.
        warnings: What was odd about it.
    """

    source: str
    sha256: str
    format: Format
    engine: str
    pages: int
    warnings: tuple[Notice, ...]


class CitedLine(_Record):
    """A line of one of the sources that the taxonomy is built from.

    Attributes:
        source: Id of the source, `D2`.
        line: The line in it, from 1.
        title: What the source is called.
    """

    source: str
    line: int = Field(ge=1)
    title: str


class ContributionRecord(_Record):
    """What one requirement adds to a score; the points of all add up to it.

    Attributes:
        requirement: Id of the requirement.
        label: Its name.
        skills: Ids of the skills of which any one meets it.
        weight: The share of the role's postings that ask for it, or what stands in for that.
        provenance: How the weight came about.
        points: What it adds to the score.
        met_by: Id of the skill that meets it; null when it adds nothing.
        via: The chain of skills by which it is implied; empty when it is held directly.
        strength: How far it is met.
        citations: Where the weight stands.
        area: The group of its first skill, in which a fit's `areas` count it.
    """

    requirement: str
    label: str
    skills: tuple[str, ...]
    weight: float
    provenance: Provenance
    points: float
    met_by: str | None
    via: tuple[str, ...]
    strength: float
    citations: tuple[CitedLine, ...]
    area: str = ""


class SalaryRecord(_Record):
    """Pay associated with a skill in postings of the role; association, not cause.

    Attributes:
        skill: Id of the skill; of several that meet the requirement the one most postings named.
        usd: The median of postings that name it, US dollars a year.
        baseline_usd: The median of all postings of the role.
        n: How many postings named it.
        premium: The premium as a share of the baseline, shrunken by how few postings there were.
        citations: Where the figures stand.
    """

    skill: str
    usd: int
    baseline_usd: int
    n: int
    premium: float
    citations: tuple[CitedLine, ...]


class GapRecord(_Record):
    """A requirement that is not fully met.

    Attributes:
        requirement: Id of the requirement.
        label: Its name.
        skills: Ids of the skills of which any one would meet it.
        lift: The points the score would rise if it were met.
        now: What the resume shows for it today.
        now_skill: The skill that `now` speaks of.
        nearest: The held skill that stands nearest to it.
        weight: The share of the role's postings that ask for it, or what stands in for that.
        provenance: How the weight came about.
        tier: The role's tier for it, where a source gives one.
        salary: The pay associated with it, where a source gives one.
        ladder_step: The first rung of the role's ladder that names it.
        ladder_title: That rung's title.
        citations: Where the weight stands.
        ladder_citations: Where that rung stands.
    """

    requirement: str
    label: str
    skills: tuple[str, ...]
    lift: float
    now: Now
    now_skill: str | None
    nearest: str | None
    weight: float
    provenance: Provenance
    tier: Tier | None
    salary: SalaryRecord | None
    ladder_step: int | None
    ladder_title: str | None
    citations: tuple[CitedLine, ...]
    ladder_citations: tuple[CitedLine, ...] = ()


class AreaRecord(_Record):
    """What one group of skills is worth in a fit.

    Attributes:
        area: Id of the group.
        label: Its name.
        points: What its requirements add to the score.
        possible: What they would add if all were met; of all groups together 100.
    """

    area: str
    label: str
    points: float
    possible: float


class FitRecord(_Record):
    """How well the resume fits one role.

    Attributes:
        role: Id of the role.
        label: Its name.
        score: Points from 0 to 100: the share of what postings ask for that the resume shows.
        interval: Where the score would probably lie without errors of reading and of the figures.
        level: How probably: 0.9 means that nine in ten such intervals should hold it.
        word: The score in a word.
        meaning: That word in a sentence.
        contributions: What the score is made of, heaviest requirement first.
        gaps: What is missing, largest lift first.
        areas: The same points by group of skills, the weightiest first.
    """

    role: str
    label: str
    score: float = Field(ge=0, le=100)
    interval: tuple[float, float]
    level: float = Field(ge=0, le=1)
    word: FitWord
    meaning: str
    contributions: tuple[ContributionRecord, ...]
    gaps: tuple[GapRecord, ...]
    areas: tuple[AreaRecord, ...] = ()


class RaisedRecord(_Record):
    """What a step adds to one requirement, in points.

    Attributes:
        requirement: Id of the requirement.
        label: Its name.
        points: What is added to it, in points of 100.
    """

    requirement: str
    label: str
    points: float


class PlanStepRecord(_Record):
    """A skill to learn, or to show where it is only implied.

    Attributes:
        skill: Id of the skill.
        label: Its name.
        requirement: Id of the requirement it is named for; its gap says why and what is there.
        substitutes: Ids of the skills that would do for that requirement as well.
        gain: What it adds to the score after the steps before it, with all that it implies.
        score: The score after it: what analyzing the resume with these skills gives.
        raises: The requirements it adds to, most points first; they add up to the gain.
        citations: Where the weight of the requirement it is named for stands.
    """

    skill: str
    label: str
    requirement: str
    substitutes: tuple[str, ...]
    gain: float
    score: float
    raises: tuple[RaisedRecord, ...]
    citations: tuple[CitedLine, ...]


class PlanRecord(_Record):
    """What to do first for a role, and the way to a target.

    Attributes:
        role: Id of the role.
        start: The score before the first step.
        target: The score to reach; null when there is none to plan for.
        target_word: What that score is called; null without a target.
        needed: How many of the steps reach it, 0 when it is reached; the others come after it.
        at_least: How few steps could reach it at best.
        steps: In the order to take them.
    """

    role: str
    start: float
    target: float | None
    target_word: FitWord | None
    needed: int
    at_least: int
    steps: tuple[PlanStepRecord, ...]


class CrossingStepRecord(_Record):
    """A skill on the way to the other role, and the net share towards that role after it.

    Attributes:
        skill: Id of the skill.
        label: Its name.
        gain: What it adds to the net share towards the other role.
        net_share: That net share after it.
    """

    skill: str
    label: str
    gain: float
    net_share: float


class AdviceRecord(_Record):
    """What a source says of the way from one role to the other.

    Attributes:
        text: The advice, in this project's words.
        skills: Ids of the skills it names.
        low: The lower end of a stated time.
        high: The upper end.
        unit: The unit of both, `months`; empty without a time.
        citations: Where it stands.
    """

    text: str
    skills: tuple[str, ...]
    low: float | None
    high: float | None
    unit: str
    citations: tuple[CitedLine, ...]


class CrossingRecord(_Record):
    """The way from the role that the resume leans to, to the other.

    Attributes:
        start: Id of the role it leans to.
        to: Id of the other.
        net_share: The net share towards that one today.
        steps: Skills after which it leans there; null when no such set is enough.
        advice: What the sources say of this way.
    """

    start: str
    to: str
    net_share: float
    steps: tuple[CrossingStepRecord, ...] | None
    advice: tuple[AdviceRecord, ...]


class ScoreRecord(_Record):
    """A score of a role.

    Attributes:
        role: Id of the role.
        score: Its score, from 0 to 100.
    """

    role: str
    score: float


class WhatIfRecord(_Record):
    """What was assumed: everything else in the report is as if the resume listed it.

    Attributes:
        skills: Ids of the assumed skills.
        labels: Their names.
        before: The scores of the resume as it is.
        net_share_before: The net share of its lean; null in reports of before it was kept.
    """

    skills: tuple[str, ...]
    labels: tuple[str, ...]
    before: tuple[ScoreRecord, ...]
    net_share_before: float | None = None


class LeanTermRecord(_Record):
    """What one requirement adds to the lean: positive towards the first role.

    Attributes:
        requirement: Id of the requirement.
        label: Its name.
        weight_of_evidence: What it adds, positive towards the first role.
        met_by: Id of the skill that meets it.
    """

    requirement: str
    label: str
    weight_of_evidence: float
    met_by: str


class LeanRecord(_Record):
    """Which of the two roles the resume looks like.

    Attributes:
        role: Id of the role it leans to; null when it leans to neither.
        net_share: From -1 (all evidence for the second role, DS) to 1 (for the first, MLE).
        word: The same in a word.
        probability: Of the first role of `towards`, by the sum of the evidence; it runs to 0 or 1
            on long resumes.
        towards: Ids of the first and the second role.
        terms: What the lean is made of, strongest first.
    """

    role: str | None
    net_share: float = Field(ge=-1, le=1)
    word: LeanWord
    probability: float
    towards: tuple[str, str]
    terms: tuple[LeanTermRecord, ...]


class MentionRecord(_Record):
    """One place where a skill is named or shown.

    Attributes:
        text: The document's text[start:end].
        start: Its offset.
        end: The offset behind it.
        read_as: The written form, or the pattern of an action, that it was read as.
        page: The page it is on, from 1.
        section: The kind of section it is in; null when the resume has no sections.
        entry: The number of the job, project or degree it is in, from 0, as `skillgap parse` lists
            them; null when it is in none.
        stance: What the text says about the skill.
        method: How it was found.
        rule: Why an ambiguous name was taken to mean the skill.
        cue: The words that gave it a stance other than held.
        quote: The line or lines it stands on as one line, cut to about 200 characters around it.
        quote_start: Where the mention begins in the quote.
        quote_end: Where it ends there.
    """

    text: str
    start: int
    end: int
    read_as: str
    page: int
    section: SectionKind | None
    entry: int | None
    stance: Stance
    method: Method
    rule: str
    cue: str
    quote: str = ""
    quote_start: int = 0
    quote_end: int = 0


class SkillRecord(_Record):
    """One skill that the resume mentions or implies.

    Attributes:
        id: Id of the skill.
        label: Its name.
        area: The group it belongs to.
        area_label: That group's name.
        held: Whether the resume itself shows it as the writer's own.
        implied_by: The chain of skills that implies it; empty when none does or it is held.
        strength: What it counts as evidence, from 0 to 1.
        shown: Where a held skill is shown at best: in a job, in a project, in studies, or only
            listed; null when it is not held.
        months_in_jobs: Months of the dated jobs that show it, overlapping ones counted once.
        months_in_projects: The same of projects.
        last_used: The last month of a dated job or project that shows it, as `2026-10`; null when
            none does.
        mentions: Every mention of it, those that do not count included.
    """

    id: str
    label: str
    area: str
    held: bool
    implied_by: tuple[str, ...]
    strength: float
    shown: Shown | None
    months_in_jobs: int
    months_in_projects: int
    last_used: str | None
    mentions: tuple[MentionRecord, ...]
    area_label: str = ""


class BlindRecord(_Record):
    """What is masked so that the report does not tell whom it is about.

    Attributes:
        employers: Whether names of employers are masked too.
        schools: Whether names of schools are masked too.
        masked: How many places of the text are masked, by what they tell.
    """

    employers: bool
    schools: bool
    masked: dict[str, int]


class AskedRecord(_Record):
    """A skill that a source speaks of, and whether the resume shows it, be it only implied.

    Attributes:
        skill: Id of the skill.
        label: Its name.
        shown: Whether the resume shows it, be it only implied.
    """

    skill: str
    label: str
    shown: bool


class SaidRecord(_Record):
    """What a source says, in this project's words.

    Attributes:
        id: Its id in the taxonomy; the same id of two roles is the same question asked of both.
        role: Id of the role it is said of; null for both.
        text: What is said.
        share: The share it states, from 0 to 1; null without one.
        citations: Where it stands.
    """

    id: str
    role: str | None
    text: str
    share: float | None
    citations: tuple[CitedLine, ...]


class RungRecord(_Record):
    """A rung of a role's ladder.

    Attributes:
        step: Its number, from 1.
        title: Its title.
        min_years: Years from which it is usual; null where the source gives none.
        max_years: Years until which it is.
        here: Whether the resume's years fall on it.
        skills: What enters there.
        citations: Where it stands.
    """

    step: int
    title: str
    min_years: int | None
    max_years: int | None
    here: bool
    skills: tuple[AskedRecord, ...]
    citations: tuple[CitedLine, ...]


class LadderRecord(_Record):
    """The ladder of a role, and where the resume stands on it by its years.

    Attributes:
        role: Id of the role.
        months: Months of the dated jobs that show at least two things the role asks for,
            overlapping ones counted once: what its years are taken from. Null when the resume
            shows too little of the role for its years to say anything.
        rungs: Lowest first.
    """

    role: str
    months: int | None
    rungs: tuple[RungRecord, ...]


class PayRecord(_Record):
    """One figure of pay; figures of different measures must not be averaged or compared.

    Attributes:
        role: Id of the role.
        measure: What was measured, in words.
        label: The level or occupation it is for; empty for the whole role.
        usd: US dollars a year.
        n: Sample size; null where the source gives none.
        here: Whether it is the level of the rung that the resume's years fall on. Levels are
            matched to rungs by their names: no source does.
        citations: Where it stands.
    """

    role: str
    measure: str
    label: str
    usd: int
    n: int | None
    here: bool
    citations: tuple[CitedLine, ...]


class MarketRecord(_Record):
    """How many postings of a role a source has counted.

    Attributes:
        role: Id of the role.
        postings: How many were counted.
        as_of: When.
        citations: Where that stands.
    """

    role: str
    postings: int
    as_of: str
    citations: tuple[CitedLine, ...]


class EducationRecord(SaidRecord):
    """What a source says of the education that a role asks for.

    Attributes:
        asked: The fields and degrees it names.
        min_years: Years of work that do instead; null where none are named.
        enough_years: Whether the jobs that count for a ladder have as many; null where none are
            named.
    """

    asked: tuple[AskedRecord, ...]
    min_years: float | None
    enough_years: bool | None


class ChoiceRecord(SaidRecord):
    """A question that a source asks to choose a role by: who says yes is pointed to it.

    Attributes:
        asked: The skills that it speaks of.
        answer: Whether the resume shows all of them, some, or none; `open` where the question is
            one that only the writer can answer. What somebody has done is no proof of a wish.
    """

    asked: tuple[AskedRecord, ...]
    answer: Literal["shown", "partly", "not_shown", "open"]


class BeyondRecord(_Record):
    """What the sources say beyond skills, held against the resume; no part of any score.

    Attributes:
        ladders: The ladder of each role, with the rung of the resume's years.
        pay: Every figure of pay, each measure by itself.
        postings: How many postings each role has in the source that counted them.
        market: Shares of postings by level and place of work, growth.
        education: What is asked of education.
        degrees: Names of the degrees and fields that the resume shows.
        degree_entries: How many degrees it lists.
        choices: The questions to choose a role by.
        notes: What to bear in mind about each of these, by what it is about.
    """

    ladders: tuple[LadderRecord, ...]
    pay: tuple[PayRecord, ...]
    postings: tuple[MarketRecord, ...]
    market: tuple[SaidRecord, ...]
    education: tuple[EducationRecord, ...]
    degrees: tuple[str, ...]
    degree_entries: int
    choices: tuple[ChoiceRecord, ...]
    notes: dict[str, tuple[SaidRecord, ...]]


class FitReport(_Record):
    """Everything about one resume, with what made it.

    Attributes:
        format_version: The version of this shape.
        signature: What made the numbers.
        document: The file.
        fits: One for each role, in the order asked for.
        lean: Between the two roles.
        experience_months: Months of dated jobs, overlapping ones counted once.
        skills: All skills that are mentioned or implied, in the order of their ids.
        notices: What the reader should know.
        plans: One for each fit, in the same order.
        crossing: The way to the other role; null for a resume that leans to neither.
        what_if: What was assumed; null for the resume as it is.
        labels: The names of all skills that the report speaks of, by id.
        blind: What is masked; null for a report that shows all. In a blind report the source is
            the candidate's code, and offsets are those of the masked text.
        beyond: What the sources say beyond skills; null where it was not asked for.
    """

    format_version: Literal["1.2"] = FORMAT_VERSION
    signature: Signature
    document: DocumentInfo
    fits: tuple[FitRecord, ...]
    lean: LeanRecord
    experience_months: int
    skills: tuple[SkillRecord, ...]
    notices: tuple[Notice, ...]
    plans: tuple[PlanRecord, ...] = ()
    crossing: CrossingRecord | None = None
    what_if: WhatIfRecord | None = None
    blind: BlindRecord | None = None
    beyond: BeyondRecord | None = None
    labels: dict[str, str] = {}

    def _repr_html_(self) -> str:
        """Tell the first screen in notebooks."""
        # By name: what tells reports imports this module, and loads templates nobody else needs.
        told: str = import_module("skillgap.report.html").render_short_html(self)
        return told

    def fit(self, role: str) -> FitRecord:
        """Return the fit for a role.

        Raises:
            UnknownNameError: The report has no fit for that role; it is a KeyError.
        """
        for fit in self.fits:
            if fit.role == role:
                return fit
        raise unknown("role", role, [fit.role for fit in self.fits], where=_HERE)

    def plan(self, role: str) -> PlanRecord:
        """Return the plan for a role.

        Raises:
            UnknownNameError: The report has no plan for that role; it is a KeyError.
        """
        for plan in self.plans:
            if plan.role == role:
                return plan
        raise unknown("role", role, [plan.role for plan in self.plans], where=_HERE)

    @property
    def held(self) -> tuple[SkillRecord, ...]:
        """The skills that the resume itself shows as the writer's own, and those assumed."""
        return tuple(skill for skill in self.skills if skill.held)

    @property
    def held_count(self) -> int:
        """How many skills the resume itself shows as held, without what is assumed."""
        return sum(any(m.stance is Stance.HELD for m in skill.mentions) for skill in self.held)

    @property
    def best_first(self) -> tuple[FitRecord, ...]:
        """The fits, best first; roles of equal fits in the order asked for."""
        return tuple(sorted(self.fits, key=lambda fit: -fit.score))

    @property
    def scores_before(self) -> dict[str, float]:
        """The scores without what is assumed, by role; empty where nothing is."""
        return {each.role: each.score for each in self.what_if.before} if self.what_if else {}


class Skipped(_Record):
    """A resume that could not be read, and why."""

    source: str
    status: str
    reason: str
    advice: str
