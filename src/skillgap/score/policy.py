"""How mentions become a fit and a lean: every constant of the score, with its reason.

The policy is part of every score's signature: scores made with different policies are not
comparable. `docs/scoring.md` has the figures behind the reasons.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from skillgap.document.model import WarningCode
from skillgap.errors import PolicyError
from skillgap.score.knobs import check_ranges, from_toml, knob

# What is said of a file whose text is probably incomplete or out of order.
_POOR = (
    WarningCode.FEW_LETTERS,
    WarningCode.PAGES_WITHOUT_TEXT,
    WarningCode.PAGES_CUT,
    WarningCode.NO_HEADINGS,
    WarningCode.OCR,
    WarningCode.MIXED_COLUMNS,
    WarningCode.ODD_ORDER,
    WarningCode.GARBLED_TEXT,
    WarningCode.FEW_SPACES,
)


class EvidenceRule(StrEnum):
    """What a held skill counts by itself."""

    BINARY = "binary"  # 1, however and wherever it is shown
    WEIGHTED = "weighted"  # by where, how long and how recently: see `Weighted`


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightSpread:
    """How far a weight may lie from the truth: standard deviations on the log-odds scale.

    Sampling is not the reason (thousands of postings were counted): the shares are of one set of
    postings and are used for another year, country and employer. All four are assumed, in the
    order of how directly the weight was observed: at .3 a share of 20% may well be 13% to 29%,
    at .7 it says little more than the order of size.
    """

    measured: float = knob(0.30, "assumed")
    implied: float = knob(0.35, "assumed")
    tier: float = knob(0.60, "assumed")
    tail: float = knob(0.70, "assumed")

    def __post_init__(self) -> None:
        check_ranges(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighted:
    """What a held skill counts under the rule `weighted`.

    ::

        strength = place + (1 - place) * (by_months * months / full_months
                                          + (1 - by_months) * .5 ** (age / half_life))

    Where a skill is shown gives it a place to start from; the rest is earned by how long it was
    used in dated jobs or projects and by how recently. What has no dates stays at its place: a
    resume need not date anything. More evidence of any sort never lowers a strength.

    Attributes:
        job: The place of what is shown in a job. The sources put what was shown in work above what
            is listed or certified (D1:75, D3:398), but give no number: the four are chosen,
            evenly spaced, so that only their order says anything.
        project: That of what is shown in a project.
        studies: That of what is shown in studies.
        listed: That of what is only listed. At .7 an engineer who only lists skills falls from a
            fit of 71 to 50.
        full_months: After how many months nothing more is earned by months. The first rung of
            both ladders ends after two years.
        by_months: How much of the rest is earned by months; what is left, by recency.
        half_life: After how many months without use half of what recency gives is gone.
    """

    job: float = knob(0.85, "chosen; the order is the sources' (D1:75, D3:398)", low=0.01, high=1.0)
    project: float = knob(0.80, "chosen, as above", low=0.01, high=1.0)
    studies: float = knob(0.75, "chosen, as above", low=0.01, high=1.0)
    listed: float = knob(0.70, "chosen, as above", low=0.01, high=1.0)
    full_months: int = knob(24, "the first rung of both ladders (D3:236, D3:266)", low=1)
    by_months: float = knob(0.5, "chosen: months and recency count alike", high=1.0)
    half_life: float = knob(36.0, "assumed", low=1.0)

    def __post_init__(self) -> None:
        check_ranges(self)
        places = (self.job, self.project, self.studies, self.listed)
        if list(places) != sorted(places, reverse=True):
            raise ValueError(f"job must be most, then project, studies, listed, not {places}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringPolicy:
    """All that can be chosen about scoring.

    Attributes:
        evidence: What a held skill counts by itself. `binary` is the default, because the sources
            give no numbers for more and a guess would be large: the level of a fit would then say
            more about how a resume is written than about what it names.
        weighted: What the rule `weighted` makes of where, how long and how recently.
        implication: What the strength of every implication is multiplied with, from 0 (only what
            the resume names counts) to 1. Nobody lists machine learning beside PyTorch; without
            implication the engineer of the worked example falls from 71 to 46.
        fit_bounds: Where a fit begins to be called partial, strong and broad. 100 is no target: a
            person who brings what one posting asks for scores 33 to 39, so under 40 is early;
            of real postings, about 5% are covered to 70% by a resume of 40 to 49, about half by
            one of 60 to 75, and most by one above 80.
        spread: See `WeightSpread`.
        precision: The share of found skills that are assumed to be right.
        recall: The share of a resume's skills that are assumed to be found. Both are measured
            (`benchmarks/labelled.py`): precision is that of what is held by name; recall is that
            of what careful readers grant, whether named or only shown, because a fit misses both,
            less two points for resumes that the extractor was not developed on. Errors of the
            extractor are most of an interval: 3 to 12 points to a side, against 2 to 4 for the
            weights and less than one for sampling.
        poor_parse: The warnings that mean that text was read incompletely or out of order. With
            any of them, `poor_precision` and `poor_recall` take the place of the other two, if
            they are lower: a poor parse must not look sure.
        poor_precision: The same as `precision` for such a file.
        poor_recall: The same as `recall`. Ten points of recall are worth about five of fit.
        interval_z: Half the interval's width in standard deviations; 1.645 covers 90%.
        nearest_siblings: How many parts a skill may have for any two of them to be called near
            each other. With 12 those of LLM engineering or MLOps are; those of machine learning
            or software engineering, which have more, are not.
        plan_own: The part of a step's gain that must be its own, of a skill that a plan advises:
            a skill is learnt for what postings ask for and not for what it implies. Without this
            a plan begins with the rare skill that implies most: RLHF, drift detection. They have
            a twentieth of their own, and Power BI or Kubernetes at least two fifths.
        salary_spread: The standard deviation of log pay between postings that name the same
            skill (assumed). With `salary_prior` it decides how far a median of few postings is
            pulled to the role's: the highest of many medians is high by luck too.
        salary_prior: The standard deviation of true log premiums between skills (assumed).
        lean_kappa: Added to both shares before their ratio is taken. It bounds what a single
            skill can say (the largest is 1.1, a ratio of 3) and keeps small shares from shouting.
        lean_censored: Where in the range from 0 to the lowest share that a source shows for a
            role an unshown skill is assumed to lie; half is the middle of what is known.
        lean_unnamed: The same for a skill without a number in either role that the sources list
            for the other role alone, as a part of what the listed one gets: a small push.
        lean_implied: What implied evidence counts in the lean, from 0 to 1. An implied skill
            repeats in part what the skill that implies it has said already; but narrow tools,
            which no posting was counted for, say nothing without it. On 184 real postings of both
            roles the net share told them apart best at .25 (area under the curve .9459, against
            .9441 at 0 and .9377 at 1).
        lean_temperature: What the sum is divided by before it becomes a probability. At 1 it was
            calibrated on real postings as it stood.
        lean_prior: Evidence for neither role that the net share starts from, in nats. It keeps
            one skill from being called a strong lean: at 1, Docker alone gives .45.
        lean_min_fit: The fit for either role under which there is no lean to speak of. A cook who
            names Excel and communication uses what data scientists use more often than engineers,
            and is neither. Resumes of cooks and nurses stay under 10; that of a lead data scientist
            had 13 in templates that drop the skills section.
        lean_bounds: Where the size of the net share begins to be called slight, clear and
            strong.
    """

    evidence: EvidenceRule = knob(  # noqa: RUF009, it returns a field
        EvidenceRule.BINARY, "the sources give an order and no numbers; see Evidence, weighted"
    )
    weighted: Weighted = field(default_factory=Weighted)
    implication: float = knob(1.0, "chosen", high=1.0)
    fit_bounds: tuple[float, float, float] = knob(
        (40.0, 60.0, 75.0), "coverage of real postings", high=100.0
    )
    spread: WeightSpread = field(default_factory=WeightSpread)
    precision: float = knob(
        0.96, "measured on labelled resumes (.964, .963), rounded down", low=0.01, high=1.0
    )
    recall: float = knob(
        0.95, "measured (.971 where it was developed), less two points", low=0.01, high=1.0
    )
    poor_parse: tuple[str, ...] = knob(
        tuple(map(str, _POOR)), "what a reader says of text that is incomplete or out of order"
    )
    poor_precision: float = knob(0.90, "assumed", low=0.01, high=1.0)
    poor_recall: float = knob(0.80, "assumed", low=0.01, high=1.0)
    interval_z: float = knob(1.645, "90% of a normal distribution")
    nearest_siblings: int = knob(12, "chosen")
    plan_own: float = knob(
        0.3, "chosen; at 0 a plan begins with RLHF, at .5 Power BI gives way to Looker", high=1.0
    )
    salary_spread: float = knob(0.30, "assumed")
    salary_prior: float = knob(0.08, "assumed")
    lean_kappa: float = knob(0.05, "chosen; from .02 to .1 no lean changes sides", low=1e-6)
    lean_censored: float = knob(
        0.5,
        "middle of what the source leaves open; from .05 to 1 no lean changes sides",
        high=1.0,
    )
    lean_unnamed: float = knob(0.5, "chosen; from 0 to 1 no lean changes sides", high=1.0)
    lean_implied: float = knob(0.25, "measured on real postings, see below", high=1.0)
    lean_temperature: float = knob(1.0, "calibrated on real postings as it stands", low=1e-6)
    lean_prior: float = knob(1.0, "chosen")
    lean_min_fit: float = knob(10.0, "chosen", high=100.0)
    lean_bounds: tuple[float, float, float] = knob((0.15, 0.35, 0.60), "chosen", high=1.0)

    def __post_init__(self) -> None:
        check_ranges(self)
        for name in ("fit_bounds", "lean_bounds"):
            bounds = getattr(self, name)
            if list(bounds) != sorted(bounds):
                raise ValueError(f"{name} must rise, not {bounds}")
        unknown = [code for code in self.poor_parse if code not in set(WarningCode)]
        if unknown:
            raise ValueError(f"poor_parse must hold codes of warnings, not {unknown[0]!r}")

    @classmethod
    def from_toml(cls, text: str, name: str = "policy") -> ScoringPolicy:
        """Make a policy of the constants that a TOML text sets; the others keep their defaults.

        Args:
            text: One line a constant, the nested ones in tables: `[weighted]`, `[spread]`.
            name: What to call it in errors.

        Raises:
            PolicyError: It is no TOML, or sets what does not exist or makes no sense.

        >>> ScoringPolicy.from_toml("recall = 0.8").recall
        0.8
        """
        return from_toml(cls, text, name)

    @classmethod
    def load(cls, path: str | Path) -> ScoringPolicy:
        """Read a policy file: see `from_toml`.

        Raises:
            PolicyError: It cannot be read, or see `from_toml`.
        """
        try:
            text = Path(path).read_text(encoding="utf-8")
        except OSError as error:
            reason = f"cannot be read ({error.strerror}); name a policy file"
            raise PolicyError(str(path), "", reason) from error
        except UnicodeDecodeError as error:
            reason = "this is no text in UTF-8; see examples/policy.toml"
            raise PolicyError(str(path), "", reason) from error
        return cls.from_toml(text, str(path))


DEFAULT_POLICY = ScoringPolicy()
WEIGHTED_POLICY = ScoringPolicy(evidence=EvidenceRule.WEIGHTED)
