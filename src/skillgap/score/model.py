"""What the fourth step makes: evidence, fit, lean and gaps, and the policy they follow."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skillgap.extract.model import Mention
from skillgap.taxonomy.model import Provenance, Tier


class FitWord(StrEnum):
    """A fit in a word; the bounds are in `ScoringPolicy`."""

    EARLY = "early"
    PARTIAL = "partial"
    STRONG = "strong"
    BROAD = "broad"


class LeanWord(StrEnum):
    """A lean in a word; the bounds are in `ScoringPolicy`."""

    NONE = "none"
    BALANCED = "balanced"
    SLIGHT = "slight"
    CLEAR = "clear"
    STRONG = "strong"


class Now(StrEnum):
    """What the resume shows today for a requirement that is not fully met."""

    MISSING = "missing"
    NEGATED = "negated"
    ASPIRED = "aspired"
    OF_OTHERS = "of_others"
    IMPLIED = "implied"
    WEAK = "weak"  # held, and counted in part: only under the rule `weighted`


class Shown(StrEnum):
    """Where a held skill is shown, the place that says most first."""

    JOB = "job"
    PROJECT = "project"
    STUDIES = "studies"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a resume shows for one skill.

    Attributes:
        skill: The skill's id.
        mentions: Every mention of it, also those that do not count, in the order of the text.
        strength: From 0 (none) to 1 (named and held): its own, or what another brings if that is
            more.
        own: What it counts by itself, 0 when it is not held.
        chain: For a skill that is only implied: the ids from the held skill to this one, both
            included; empty for one that is held directly or not at all.
        shown: Where a held skill is shown at best: in a job, in a project, in studies, or only in
            a list or summary; None for one that is not held.
        months_in_jobs: Months of the dated jobs that show it, overlapping ones counted once.
        months_in_projects: The same of projects.
        last_used: The last month of a dated job or project that shows it, as in `MonthRange`; None
            when none does.
    """

    skill: str
    mentions: tuple[Mention, ...] = ()
    strength: float = 0.0
    own: float = 0.0
    chain: tuple[str, ...] = ()
    shown: Shown | None = None
    months_in_jobs: int = 0
    months_in_projects: int = 0
    last_used: int | None = None

    @property
    def held(self) -> bool:
        """Whether the resume itself names the skill as held."""
        return self.own > 0.0


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one requirement adds to a fit: `points` of all requirements add up to the score.

    Attributes:
        requirement: The requirement's id.
        weight: Its weight in shares of postings.
        points: What it adds, in points of 100.
        met_by: The id of the skill that met it best; None when nothing did.
        strength: How far it is met, from 0 to 1.
    """

    requirement: str
    weight: float
    points: float
    met_by: str | None
    strength: float


@dataclass(frozen=True, slots=True)
class SalaryNote:
    """What pay is associated with a skill in postings of the role; not what it causes.

    Attributes:
        skill: The skill; of substitutes the one that most postings named.
        usd: The median of postings that name the skill.
        baseline_usd: The median of all postings of the role.
        n: How many postings named it.
        premium: The shrunken premium as a share of the baseline (0.12 is 12% more).
        cites: Where the figures stand.
    """

    skill: str
    usd: int
    baseline_usd: int
    n: int
    premium: float
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A requirement that is not fully met.

    Attributes:
        requirement: The requirement's id.
        lift: The points the score would rise if it were met, everything else as it is.
        now: What the resume shows for it today.
        now_skill: The skill id that `now` speaks of, None for missing.
        nearest: The held skill that stands nearest to it in the taxonomy, None for none.
        provenance: Where its weight comes from.
        tier: The role's tier for it.
        salary: The pay associated with it, None where no source gives one.
        ladder_step: The first rung of the role's ladder that names it; None for none.
        cites: Where the weight stands.
    """

    requirement: str
    lift: float
    now: Now
    now_skill: str | None
    nearest: str | None
    provenance: Provenance
    tier: Tier | None
    salary: SalaryNote | None
    ladder_step: int | None
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """One resume against one role.

    Attributes:
        role: The role's id.
        score: From 0 to 100.
        interval: Two fits around the score.
        word: The score in a word.
        contributions: In the order of the role's requirements; they add up to the score.
        gaps: Sorted by lift, then weight, then id.
        level: The share of such intervals that should hold the true fit.
    """

    role: str
    score: float
    interval: tuple[float, float]
    word: FitWord
    contributions: tuple[Contribution, ...]
    gaps: tuple[Gap, ...]
    level: float = 0.9


@dataclass(frozen=True, slots=True)
class LeanTerm:
    """What one requirement adds to the lean: positive towards the first role."""

    requirement: str
    weight_of_evidence: float
    met_by: str


@dataclass(frozen=True, slots=True)
class Lean:
    """Which of two roles the resume looks like.

    Attributes:
        role: The role it leans to; None when it leans to neither or shows too little of both.
        net_share: From -1 (all evidence towards the second role) to 1 (towards the first).
        word: The same in a word; `none` when too little is shown of both roles.
        probability: Of the first role, by the sum of the evidence; saturates on long resumes.
        terms: What it is made of, strongest first.
    """

    role: str | None
    net_share: float
    word: LeanWord
    probability: float
    terms: tuple[LeanTerm, ...]


@dataclass(frozen=True, slots=True)
class Raised:
    """What a step of a plan adds to one requirement, in points."""

    requirement: str
    points: float


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A skill to learn, or to show where it is only implied.

    Attributes:
        skill: Its id.
        gap: The requirement that it is named for, as the resume stands before the plan.
        gain: What it adds to the fit after the steps before it, with all that it implies.
        fit: The fit after it.
        raises: The requirements it adds to, most points first; they add up to the gain.
    """

    skill: str
    gap: Gap
    gain: float
    fit: float
    raises: tuple[Raised, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The way to a fit.

    Attributes:
        role: The role's id.
        start: The fit before the first step.
        target: The fit to reach; None for the first steps alone.
        needed: How many of the steps reach it; none when it is reached already. Further steps
            are what adds most after that.
        at_least: How few steps could reach it at best: a proven bound. A plan that needs no more
            is one of the smallest.
        steps: In the order to take them.
    """

    role: str
    start: float
    target: float | None
    needed: int
    at_least: int
    steps: tuple[PlanStep, ...]


@dataclass(frozen=True, slots=True)
class CrossingStep:
    """A skill on the way to the other role, and the net share towards that role after it."""

    skill: str
    gain: float
    net_share: float


@dataclass(frozen=True, slots=True)
class Crossing:
    """The way from one role to the other: from leaning to one to leaning to the other.

    Attributes:
        start: The id of the role that is left.
        to: The id of the role to lean to.
        net_share: The net share towards that role before the first step.
        steps: In the order to take them; None when all that the role has numbers for is not
            enough.
    """

    start: str
    to: str
    net_share: float
    steps: tuple[CrossingStep, ...] | None


@dataclass(frozen=True, slots=True)
class Contrast:
    """How differently two roles ask for one thing.

    Attributes:
        requirement: The id that both roles, or one of them, has it under.
        numbers: What the sources say for each role, as a share of postings; None where they list
            it without a number or not at all.
        shares: The same with what the lean estimates where there is no number.
        weight_of_evidence: The log ratio of the shares: positive for the first role.
    """

    requirement: str
    numbers: tuple[float | None, float | None]
    shares: tuple[float, float]
    weight_of_evidence: float


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two roles have in common; each list has the sharpest contrast first.

    Attributes:
        first: The id of the first role.
        second: The id of the second.
        shared: What both ask for.
        only_first: What the first asks for alone.
        only_second: What the second asks for alone.
        jaccard: The part that is shared, of all that either asks for, by number.
        weighted_jaccard: The same by shares of postings: the sum of the smaller ones, of the sum
            of the larger ones.
    """

    first: str
    second: str
    shared: tuple[Contrast, ...]
    only_first: tuple[Contrast, ...]
    only_second: tuple[Contrast, ...]
    jaccard: float
    weighted_jaccard: float

    @property
    def contrasts(self) -> tuple[Contrast, ...]:
        """All of them, the sharpest first."""
        every = (*self.shared, *self.only_first, *self.only_second)
        return tuple(sorted(every, key=lambda c: (-abs(c.weight_of_evidence), c.requirement)))
