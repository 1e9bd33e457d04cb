"""What the sources say beyond skills: ladder, pay, market, education, and which role to choose.

Nothing here is part of a score. Each figure keeps its measure and its citation; what the sources
leave open stays open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from skillgap.extract.model import Stance
from skillgap.report.cited import cited
from skillgap.report.model import (
    AskedRecord,
    BeyondRecord,
    ChoiceRecord,
    EducationRecord,
    LadderRecord,
    MarketRecord,
    PayRecord,
    RungRecord,
    SaidRecord,
)
from skillgap.resume.model import EntryKind, Resume, months_covered
from skillgap.score.model import Evidence, Fit
from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy
from skillgap.score.remember import remembered
from skillgap.taxonomy.model import Fact, LadderStep, RoleProfile, Taxonomy

_EDUCATION = "education"  # the area of fields and degrees, and the kind of facts about them
_MONTHS = 12
# What a job must show of a role to count for its ladder. One thing is shown by many a job that has
# nothing to do with the role: a barista trains colleagues, a chef communicates.
_FEWEST_SHOWN = 2


def beyond_record(
    resume: Resume,
    evidence: Mapping[str, Evidence],
    fits: Sequence[Fit],
    taxonomy: Taxonomy,
    policy: ScoringPolicy = DEFAULT_POLICY,
) -> BeyondRecord:
    """Hold what the sources say of roles, beyond skills, against a resume.

    Args:
        resume: Whose years and degrees count.
        evidence: What it shows, by skill id.
        fits: Its fits: one for each role that is told of. A role whose fit is under
            `ScoringPolicy.lean_min_fit` is too far for years to say anything.
        taxonomy: What the sources say.
        policy: The one of the fits.
    """
    profiles = [taxonomy.role(fit.role) for fit in fits]
    near = [fit.role for fit in fits if fit.score >= policy.lean_min_fit]
    months = {role.id: _months_for(role, resume, evidence) for role in profiles if role.id in near}
    view = _View(evidence, months, taxonomy)
    said = [one for role in profiles for one in _said_of(role, taxonomy)]
    said += _said_of_both(taxonomy)
    degrees = (entry for entry in resume.entries if entry.kind is EntryKind.DEGREE)
    return BeyondRecord(
        ladders=tuple(view.ladder(role) for role in profiles),
        pay=tuple(pay for role in profiles for pay in view.pay(role)),
        postings=tuple(_postings(role, taxonomy) for role in profiles),
        market=tuple(one for one, f in said if f.kind == "market"),
        education=tuple(view.education(one, f) for one, f in said if f.kind == _EDUCATION),
        degrees=tuple(view.degrees()),
        degree_entries=sum(1 for _ in degrees),
        choices=tuple(view.choice(one, f) for one, f in said if f.kind == "choice" and not f.about),
        notes=_notes(said),
    )


# --- what is the same for every resume ------------------------------------------------------------

_Said = tuple[tuple[SaidRecord, Fact], ...]


@remembered
def _said_of(role: RoleProfile, taxonomy: Taxonomy) -> _Said:
    return tuple((_said(role.id, fact, taxonomy), fact) for fact in role.facts)


@remembered
def _said_of_both(taxonomy: Taxonomy) -> _Said:
    return tuple((_said(None, fact, taxonomy), fact) for fact in taxonomy.facts)


def _said(role: str | None, fact: Fact, taxonomy: Taxonomy) -> SaidRecord:
    return SaidRecord(
        id=fact.id,
        role=role,
        text=fact.text,
        share=fact.share,
        citations=cited(fact.cites, taxonomy),
    )


def _notes(said: Iterable[tuple[SaidRecord, Fact]]) -> dict[str, tuple[SaidRecord, ...]]:
    """Return what to bear in mind, by what it is about."""
    notes: dict[str, list[SaidRecord]] = {}
    for one, fact in said:
        if fact.about:
            notes.setdefault(fact.about, []).append(one)
    return {about: tuple(notes[about]) for about in sorted(notes)}


@remembered
def _postings(role: RoleProfile, taxonomy: Taxonomy) -> MarketRecord:
    return MarketRecord(
        role=role.id,
        postings=role.postings.n,
        as_of=role.postings.as_of,
        citations=cited(role.postings.cites, taxonomy),
    )


@remembered
def _pay(role: RoleProfile, taxonomy: Taxonomy) -> tuple[tuple[PayRecord, int | None], ...]:
    """Return the figures of pay of a role, each with the rung of its level."""
    return tuple(
        (
            PayRecord(
                role=role.id,
                measure=pay.measure,
                label=pay.label,
                usd=pay.usd,
                n=pay.n,
                here=False,
                citations=cited(pay.cites, taxonomy),
            ),
            pay.step,
        )
        for pay in role.pay
    )


# --- what the resume shows of it ------------------------------------------------------------------


def _months_for(role: RoleProfile, resume: Resume, evidence: Mapping[str, Evidence]) -> int:
    """Count the months of the dated jobs that show some of what a role asks for."""
    met: dict[int, set[str]] = {}
    for requirement in role.requirements:
        for skill in requirement.skills:
            found = evidence.get(skill)
            for mention in found.mentions if found is not None else ():
                if mention.stance is Stance.HELD and mention.entry is not None:
                    met.setdefault(mention.entry, set()).add(requirement.id)
    return months_covered(
        entry.months
        for number, entry in enumerate(resume.entries)
        if entry.kind is EntryKind.JOB
        and entry.months is not None
        and len(met.get(number, ())) >= _FEWEST_SHOWN
    )


class _View:
    """What a resume shows, to hold statements against."""

    def __init__(
        self,
        evidence: Mapping[str, Evidence],
        months: Mapping[str, int],
        taxonomy: Taxonomy,
    ) -> None:
        self._evidence = evidence
        self._months = months
        self._taxonomy = taxonomy

    # --- years ------------------------------------------------------------------------------------

    def ladder(self, role: RoleProfile) -> LadderRecord:
        """Return a ladder, with the rung that the resume's years fall on."""
        here = self._rung(role)
        return LadderRecord(
            role=role.id,
            months=self._months.get(role.id),
            rungs=tuple(
                RungRecord(
                    step=rung.step,
                    title=rung.title,
                    min_years=rung.min_years,
                    max_years=rung.max_years,
                    here=rung.step == here,
                    skills=self._asked(rung.skills),
                    citations=cited(rung.cites, self._taxonomy),
                )
                for rung in role.ladder
            ),
        )

    def _rung(self, role: RoleProfile) -> int | None:
        """Return the rung of the resume's years; none where no year counts."""
        months = self._months.get(role.id, 0)
        return max((r.step for r in role.ladder if months and _falls_on(months, r)), default=None)

    def pay(self, role: RoleProfile) -> Iterator[PayRecord]:
        """Return the figures of pay of a role, marking the level of the resume's rung."""
        here = self._rung(role)
        for pay, step in _pay(role, self._taxonomy):
            on_it = step is not None and step == here
            yield pay.model_copy(update={"here": True}) if on_it else pay

    # --- statements -------------------------------------------------------------------------------

    def education(self, said: SaidRecord, fact: Fact) -> EducationRecord:
        """Return what is asked of education, and whether the resume shows it."""
        years = fact.low if fact.unit == "years" else None
        return EducationRecord(
            **dict(said),
            asked=self._asked(fact.skills),
            min_years=years,
            enough_years=max(self._months.values(), default=0) >= years * _MONTHS
            if years is not None
            else None,
        )

    def choice(self, said: SaidRecord, fact: Fact) -> ChoiceRecord:
        """Return a question to choose a role by, answered where the resume can answer it."""
        asked = self._asked(fact.skills)
        return ChoiceRecord(**dict(said), asked=asked, answer=_answer(asked))

    # --- skills -----------------------------------------------------------------------------------

    def degrees(self) -> Iterator[str]:
        """Name the degrees and fields that the resume itself names."""
        for skill_id, found in self._evidence.items():
            skill = self._taxonomy.skill(skill_id)
            if found.held and skill.area == _EDUCATION:
                yield skill.label

    def _asked(self, skills: Sequence[str]) -> tuple[AskedRecord, ...]:
        return tuple(
            AskedRecord(
                skill=skill, label=self._taxonomy.skill(skill).label, shown=self._shows(skill)
            )
            for skill in skills
        )

    def _shows(self, skill: str) -> bool:
        found = self._evidence.get(skill)
        return found is not None and found.strength > 0.0


def _falls_on(months: int, rung: LadderStep) -> bool:
    if rung.min_years is None or months < rung.min_years * _MONTHS:
        return False
    return rung.max_years is None or months < rung.max_years * _MONTHS


def _answer(
    asked: Sequence[AskedRecord],
) -> Literal["shown", "partly", "not_shown", "open"]:
    if not asked:
        return "open"
    shown = sum(one.shown for one in asked)
    if shown == len(asked):
        return "shown"
    return "partly" if shown else "not_shown"
