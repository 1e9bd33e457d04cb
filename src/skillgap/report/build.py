"""What the steps made, put together into a `FitReport`: nothing is computed here but names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from skillgap.document.model import DocumentWarning
from skillgap.extract.model import Mention, Stance
from skillgap.report.beyond import beyond_record
from skillgap.report.cited import cited
from skillgap.report.model import (
    AreaRecord,
    ContributionRecord,
    CrossingRecord,
    DocumentInfo,
    FitRecord,
    FitReport,
    GapRecord,
    LeanRecord,
    LeanTermRecord,
    MentionRecord,
    Notice,
    PlanRecord,
    SalaryRecord,
    Signature,
    SkillRecord,
    WhatIfRecord,
)
from skillgap.report.parsed import month_text
from skillgap.report.quote import quote
from skillgap.report.telling import stance_words
from skillgap.resume.model import Resume
from skillgap.resume.segment import experience_months
from skillgap.score.knobs import knobs_of, shown
from skillgap.score.model import Contribution, Evidence, Fit, FitWord, Gap, Lean
from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy
from skillgap.score.profile import area_of, by_area
from skillgap.taxonomy.model import RoleProfile, Taxonomy

_FEW_SKILLS = 5  # held ones; a reader of a real resume in these fields finds 15 to 60
_MEANINGS = {
    FitWord.EARLY: "covers the skills of about one posting (33 to 39) or less",
    FitWord.PARTIAL: "covers more than one posting's worth, yet few postings well",
    FitWord.STRONG: "covers most of what a typical posting asks for",
    FitWord.BROAD: "covers nearly all of what most postings ask for",
}


def build_report(
    resume: Resume,
    evidence: Mapping[str, Evidence],
    fits: Sequence[Fit],
    lean: Lean,
    *,
    towards: tuple[str, str],
    taxonomy: Taxonomy,
    signature: Signature,
    policy: ScoringPolicy = DEFAULT_POLICY,
    plans: Iterable[PlanRecord] = (),
    crossing: CrossingRecord | None = None,
    what_if: WhatIfRecord | None = None,
) -> FitReport:
    """Put together the report on one resume.

    Args:
        resume: What was read.
        evidence: By skill id, in the order of the ids.
        fits: One for each role that was asked for.
        lean: Between the two roles of `towards`.
        towards: The ids of the first and the second role of the lean.
        taxonomy: Where labels and citations stand.
        signature: What made the numbers.
        policy: The constants they were made with; what differs from the default is told.
        plans: What to do first, one for each fit.
        crossing: The way to the other role.
        what_if: What was assumed, if anything was.
    """
    return FitReport(
        signature=signature,
        document=_document(resume),
        fits=tuple(_fit(fit, evidence, taxonomy) for fit in fits),
        lean=_lean(lean, towards, taxonomy),
        experience_months=experience_months(resume),
        skills=tuple(_skill(e, resume.document.text, taxonomy) for e in evidence.values()),
        notices=(*_notices(resume, evidence), *_policy(policy)),
        plans=tuple(plans),
        crossing=crossing,
        what_if=what_if,
        beyond=beyond_record(resume, evidence, fits, taxonomy, policy),
        labels=_labels(fits, evidence, taxonomy),
    )


def _labels(fits: Iterable[Fit], evidence: Iterable[str], taxonomy: Taxonomy) -> dict[str, str]:
    """Name every skill that is on the resume or that a requirement could be met by."""
    asked = (
        skill
        for fit in fits
        for requirement in taxonomy.role(fit.role).requirements
        for skill in requirement.skills
    )
    return {skill: taxonomy.skill(skill).label for skill in sorted({*evidence, *asked})}


def _document(resume: Resume) -> DocumentInfo:
    document = resume.document
    return DocumentInfo(
        source=_well_formed(document.source),
        sha256=document.sha256,
        format=document.format,
        engine=document.engine,
        pages=len(document.pages),
        warnings=tuple(map(_notice, document.warnings)),
    )


def _well_formed(name: str) -> str:
    """Write what is no Unicode in a file's name as escapes: it could not be written otherwise."""
    return name.encode(errors="backslashreplace").decode()


def _notice(warning: DocumentWarning) -> Notice:
    return Notice(code=warning.code, message=warning.message)


def _notices(resume: Resume, evidence: Mapping[str, Evidence]) -> Iterator[Notice]:
    yield from map(_notice, resume.document.warnings)
    yield from map(_notice, resume.warnings)
    held = sum(e.held and bool(e.mentions) for e in evidence.values())  # not what is assumed
    if held < _FEW_SKILLS:
        found = f"only {held} skill{'s' if held != 1 else ''}" if held else "no skill"
        yield Notice(
            code="few-skills",
            message=f"{found} found: check with --evidence whether the file was read right",
        )
    left_out = sorted(set(_left_out(evidence)))  # the same words may show several skills
    if left_out:
        yield Notice(
            code="not-counted",
            message="mentioned, not counted as held: " + ", ".join(left_out),
        )


def _policy(policy: ScoringPolicy) -> Iterator[Notice]:
    changed = [f"{knob.name} = {shown(knob.value)}" for knob in knobs_of(policy) if knob.changed]
    if changed:
        yield Notice(
            code="policy",
            message=f"scored with {', '.join(changed)}: not comparable with other policies",
        )


def _left_out(evidence: Mapping[str, Evidence]) -> Iterator[str]:
    """Name each skill that is mentioned only in a way that does not count."""
    for e in evidence.values():
        if e.mentions and not any(m.stance is Stance.HELD for m in e.mentions):
            mention = e.mentions[0]
            yield f"{' '.join(mention.text.split())} ({stance_words(mention.stance)})"


def _fit(fit: Fit, evidence: Mapping[str, Evidence], taxonomy: Taxonomy) -> FitRecord:
    role = taxonomy.role(fit.role)
    return FitRecord(
        role=role.id,
        label=role.label,
        score=fit.score,
        interval=fit.interval,
        level=fit.level,
        word=fit.word,
        meaning=_MEANINGS[fit.word],
        contributions=tuple(_contribution(c, role, evidence, taxonomy) for c in fit.contributions),
        gaps=tuple(_gap(gap, role, taxonomy) for gap in fit.gaps),
        areas=tuple(
            AreaRecord(**share._asdict()) for share in by_area(fit.contributions, role, taxonomy)
        ),
    )


def _contribution(
    contribution: Contribution,
    role: RoleProfile,
    evidence: Mapping[str, Evidence],
    taxonomy: Taxonomy,
) -> ContributionRecord:
    requirement = role.requirements_by_id[contribution.requirement]
    met_by = contribution.met_by
    return ContributionRecord(
        requirement=requirement.id,
        label=requirement.label,
        skills=requirement.skills,
        weight=requirement.weight,
        provenance=requirement.provenance,
        points=contribution.points,
        met_by=met_by,
        via=evidence[met_by].chain if met_by is not None else (),
        strength=contribution.strength,
        citations=cited(requirement.cites, taxonomy),
        area=area_of(requirement, taxonomy),
    )


def _gap(gap: Gap, role: RoleProfile, taxonomy: Taxonomy) -> GapRecord:
    requirement = role.requirements_by_id[gap.requirement]
    rung = next((step for step in role.ladder if step.step == gap.ladder_step), None)
    return GapRecord(
        requirement=requirement.id,
        label=requirement.label,
        skills=requirement.skills,
        lift=gap.lift,
        now=gap.now,
        now_skill=gap.now_skill,
        nearest=gap.nearest,
        weight=requirement.weight,
        provenance=gap.provenance,
        tier=gap.tier,
        salary=_salary(gap, taxonomy),
        ladder_step=gap.ladder_step,
        ladder_title=rung.title if rung is not None else None,
        citations=cited(gap.cites, taxonomy),
        ladder_citations=cited(rung.cites, taxonomy) if rung is not None else (),
    )


def _salary(gap: Gap, taxonomy: Taxonomy) -> SalaryRecord | None:
    note = gap.salary
    if note is None:
        return None
    return SalaryRecord(
        skill=note.skill,
        usd=note.usd,
        baseline_usd=note.baseline_usd,
        n=note.n,
        premium=note.premium,
        citations=cited(note.cites, taxonomy),
    )


def _lean(lean: Lean, towards: tuple[str, str], taxonomy: Taxonomy) -> LeanRecord:
    labels: dict[str, str] = {}
    for role_id in reversed(towards):
        labels |= {r.id: r.label for r in taxonomy.role(role_id).requirements}
    return LeanRecord(
        role=lean.role,
        net_share=lean.net_share,
        word=lean.word,
        probability=lean.probability,
        towards=towards,
        terms=tuple(
            LeanTermRecord(
                requirement=term.requirement,
                label=labels[term.requirement],
                weight_of_evidence=term.weight_of_evidence,
                met_by=term.met_by,
            )
            for term in lean.terms
        ),
    )


def _skill(evidence: Evidence, text: str, taxonomy: Taxonomy) -> SkillRecord:
    skill = taxonomy.skill(evidence.skill)
    return SkillRecord(
        id=skill.id,
        label=skill.label,
        area=skill.area,
        held=evidence.held,
        implied_by=evidence.chain,
        strength=evidence.strength,
        shown=evidence.shown,
        months_in_jobs=evidence.months_in_jobs,
        months_in_projects=evidence.months_in_projects,
        last_used=month_text(evidence.last_used) if evidence.last_used is not None else None,
        mentions=tuple(mention_record(mention, text) for mention in evidence.mentions),
        area_label=taxonomy.areas_by_id[skill.area].label,
    )


def mention_record(mention: Mention, text: str) -> MentionRecord:
    """Return a mention as a record of its own, with what stands around it in the text."""
    quoted = quote(text, mention.span)
    return MentionRecord(
        text=mention.text,
        start=mention.span.start,
        end=mention.span.end,
        read_as=mention.alias,
        page=mention.page,
        section=mention.section,
        entry=mention.entry,
        stance=mention.stance,
        method=mention.method,
        rule=mention.rule,
        cue=mention.cue,
        quote=quoted.text,
        quote_start=quoted.start,
        quote_end=quoted.end,
    )
