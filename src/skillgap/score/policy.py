"""How mentions become a fit and a lean: every constant of the score, with its reason.

The policy is part of every score's signature: scores made with different policies are not
comparable. `docs/scoring.md` has the figures behind the reasons.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightSpread:
    """How far a weight may lie from the truth: standard deviations on the log-odds scale.

    Sampling is not the reason (thousands of postings were counted): the shares are of one set of
    postings and are used for another year, country and employer. All four are assumed, in the
    order of how directly the weight was observed: at .3 a share of 20% may well be 13% to 29%,
    at .7 it says little more than the order of size.
    """

    measured: float = 0.30
    implied: float = 0.35
    tier: float = 0.60
    tail: float = 0.70


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringPolicy:
    """All that can be chosen about scoring.

    Attributes:
        implication: What the strength of every implication is multiplied with, from 0 (only what
            the resume names counts) to 1. Nobody lists machine learning beside PyTorch; without
            implication the engineer of the worked example falls from 71 to 46.
        fit_bounds: Where a fit begins to be called partial, strong and broad. 100 is no target: a
            person who brings what one posting asks for scores 33 to 39, so under 40 is early;
            of real postings, about 5% are covered to 70% by a resume of 40 to 49, about half by
            one of 60 to 75, and most by one above 80.
        spread: See `WeightSpread`.
        precision: The share of found skills that are assumed to be right.
        recall: The share of a resume's skills that are assumed to be found. Extraction errors
            dominate the interval: at .95 and .90 they are worth 3 to 14 points to a side, the
            weights 2 to 4, sampling less than one.
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

    implication: float = 1.0
    fit_bounds: tuple[float, float, float] = (40.0, 60.0, 75.0)
    spread: WeightSpread = field(default_factory=WeightSpread)
    precision: float = 0.95
    recall: float = 0.90
    interval_z: float = 1.645
    nearest_siblings: int = 12
    plan_own: float = 0.3
    salary_spread: float = 0.30
    salary_prior: float = 0.08
    lean_kappa: float = 0.05
    lean_censored: float = 0.5
    lean_unnamed: float = 0.5
    lean_implied: float = 0.25
    lean_temperature: float = 1.0
    lean_prior: float = 1.0
    lean_min_fit: float = 10.0
    lean_bounds: tuple[float, float, float] = (0.15, 0.35, 0.60)

    def __post_init__(self) -> None:
        _check_ranges(self)
        for name in ("fit_bounds", "lean_bounds"):
            bounds = getattr(self, name)
            if list(bounds) != sorted(bounds):
                raise ValueError(f"{name} must rise, not {bounds}")


_RANGES = {
    "implication": (0.0, 1.0),
    "precision": (0.01, 1.0),
    "recall": (0.01, 1.0),
    "interval_z": (0.0, inf),
    "nearest_siblings": (0, inf),
    "plan_own": (0.0, 1.0),
    "salary_spread": (0.0, inf),
    "salary_prior": (0.0, inf),
    "lean_kappa": (1e-6, inf),
    "lean_censored": (0.0, 1.0),
    "lean_unnamed": (0.0, 1.0),
    "lean_implied": (0.0, 1.0),
    "lean_temperature": (1e-6, inf),
    "lean_prior": (0.0, inf),
    "lean_min_fit": (0.0, 100.0),
}


def _check_ranges(policy: ScoringPolicy) -> None:
    for name, (low, high) in _RANGES.items():
        value = getattr(policy, name)
        if not low <= value <= high:
            raise ValueError(f"{name} must be from {low} to {high}, not {value}")


DEFAULT_POLICY = ScoringPolicy()
