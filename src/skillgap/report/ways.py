"""Plans and the crossing as records: nothing is computed here but names."""

from __future__ import annotations

from collections.abc import Iterator

from skillgap.report.cited import cited
from skillgap.report.model import (
    AdviceRecord,
    CrossingRecord,
    CrossingStepRecord,
    PlanRecord,
    PlanStepRecord,
    RaisedRecord,
)
from skillgap.score.fit import fit_word
from skillgap.score.model import Crossing, Plan, PlanStep
from skillgap.score.policy import ScoringPolicy
from skillgap.taxonomy.model import Fact, RoleProfile, Taxonomy


def plan_record(plan: Plan, taxonomy: Taxonomy, policy: ScoringPolicy) -> PlanRecord:
    """Return a plan as a record."""
    role = taxonomy.role(plan.role)
    return PlanRecord(
        role=plan.role,
        start=plan.start,
        target=plan.target,
        target_word=fit_word(plan.target, policy) if plan.target is not None else None,
        needed=plan.needed,
        at_least=plan.at_least,
        steps=tuple(_step(step, role, taxonomy) for step in plan.steps),
    )


def _step(step: PlanStep, role: RoleProfile, taxonomy: Taxonomy) -> PlanStepRecord:
    requirement = role.requirements_by_id[step.gap.requirement]
    return PlanStepRecord(
        skill=step.skill,
        label=taxonomy.skill(step.skill).label,
        requirement=requirement.id,
        substitutes=tuple(skill for skill in requirement.skills if skill != step.skill),
        gain=step.gain,
        score=step.fit,
        raises=tuple(
            RaisedRecord(
                requirement=raised.requirement,
                label=role.requirements_by_id[raised.requirement].label,
                points=raised.points,
            )
            for raised in step.raises
        ),
        citations=cited(step.gap.cites, taxonomy),
    )


def crossing_record(crossing: Crossing, taxonomy: Taxonomy) -> CrossingRecord:
    """Return a crossing as a record, with what the sources advise for it."""
    return CrossingRecord(
        start=crossing.start,
        to=crossing.to,
        net_share=crossing.net_share,
        steps=None
        if crossing.steps is None
        else tuple(
            CrossingStepRecord(
                skill=step.skill,
                label=taxonomy.skill(step.skill).label,
                gain=step.gain,
                net_share=step.net_share,
            )
            for step in crossing.steps
        ),
        advice=tuple(
            AdviceRecord(
                text=fact.text,
                skills=fact.skills,
                low=fact.low,
                high=fact.high,
                unit=fact.unit,
                citations=cited(fact.cites, taxonomy),
            )
            for fact in _advice(crossing, taxonomy)
        ),
    )


def _advice(crossing: Crossing, taxonomy: Taxonomy) -> Iterator[Fact]:
    """Yield what is said of this way, then what is said of both."""
    for fact in taxonomy.role(crossing.start).facts:
        if fact.kind == "transition" and fact.to == crossing.to:
            yield fact
    yield from (fact for fact in taxonomy.facts if fact.kind == "transition")
