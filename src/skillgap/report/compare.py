"""Two reports side by side: what differs, and what each point of the difference comes from.

It is made of the reports alone, so reports that were kept can be compared without the files.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from math import fsum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from skillgap.errors import UsageError
from skillgap.extract.model import Stance
from skillgap.report.model import (
    ContributionRecord,
    DocumentInfo,
    FitRecord,
    FitReport,
    LeanRecord,
    MentionRecord,
    Notice,
    Signature,
    SkillRecord,
)
from skillgap.score.model import FitWord, LeanWord, Now

_NO_DIFFERENCE = 1e-9  # points; under it are errors of rounding


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Standing(StrEnum):
    """How a skill stands in a report."""

    HELD = "held"
    IMPLIED = "implied"
    NOT_COUNTED = "not_counted"
    ABSENT = "absent"


class Verdict(StrEnum):
    """What the likely ranges say of a difference."""

    SAME = "same"
    CLEAR = "clear"  # the ranges do not overlap
    LIKELY = "likely"  # they do, and neither holds the other's score
    OPEN = "open"  # one of the scores lies within the range of the other


class MetRecord(_Record):
    """How far a requirement is met, and by what.

    Attributes:
        points: What it adds to the score.
        strength: How far it is met.
        met_by: The name of the skill that meets it; null when none does.
        implied: Whether that skill is only implied.
        now: What is shown of it where nothing meets it: it may be learned, or denied.
    """

    points: float
    strength: float
    met_by: str | None
    implied: bool
    now: Now | None = None


class PointsRecord(_Record):
    """What one requirement adds to the difference of two fits."""

    requirement: str
    label: str
    difference: float
    first: MetRecord
    second: MetRecord


class FitsRecord(_Record):
    """Two fits for one role.

    Attributes:
        role: Id of the role.
        label: Its name.
        scores: Of the first and of the second.
        intervals: Where each would probably lie.
        words: Each in a word.
        difference: The second score less the first.
        verdict: What the intervals say of it.
        points: What it is made of, the largest first; they add up to the difference.
    """

    role: str
    label: str
    scores: tuple[float, float]
    intervals: tuple[tuple[float, float], tuple[float, float]]
    words: tuple[FitWord, FitWord]
    difference: float
    verdict: Verdict
    points: tuple[PointsRecord, ...]


class SkillChange(_Record):
    """A skill that one of the two shows as held and the other does not.

    Attributes:
        skill: Its id.
        label: Its name.
        first: How it stands in the first.
        second: How it stands in the second.
        mention: The first mention that counts, with its quote; null for one that is assumed.
    """

    skill: str
    label: str
    first: Standing
    second: Standing
    mention: MentionRecord | None


class LeanSide(_Record):
    """The lean of one report: see `LeanRecord`."""

    role: str | None
    net_share: float
    word: LeanWord


class Comparison(_Record):
    """Two reports side by side; gained and lost are seen from the first.

    Attributes:
        format_version: The version of this shape.
        documents: The two files.
        signatures: What made the numbers of each.
        remarks: What to bear in mind about the comparison itself.
        fits: For each role that both reports have.
        gained: What only the second shows as held, in the order of names.
        lost: What only the first does.
        leans: Of each; the net share runs to 1 for the first role of `towards`.
        towards: Ids of the two roles of the lean.
        experience_months: Months of dated jobs of each.
        only_first: Notices of the first alone.
        only_second: Notices of the second alone.
    """

    format_version: Literal["1.0"] = "1.0"
    documents: tuple[DocumentInfo, DocumentInfo]
    signatures: tuple[Signature, Signature]
    remarks: tuple[str, ...]
    fits: tuple[FitsRecord, ...]
    gained: tuple[SkillChange, ...]
    lost: tuple[SkillChange, ...]
    leans: tuple[LeanSide, LeanSide]
    towards: tuple[str, str]
    experience_months: tuple[int, int]
    only_first: tuple[Notice, ...]
    only_second: tuple[Notice, ...]


def compare(first: FitReport, second: FitReport, *, any_signature: bool = False) -> Comparison:
    """Hold two reports against each other.

    Args:
        first: A report.
        second: Another one, of another resume or of a newer version of the same.
        any_signature: Compare also what another taxonomy or policy has scored: then a difference
            may come from those.

    Raises:
        UsageError: The reports have no role in common, or were scored by another taxonomy or
            policy and `any_signature` is not set.
    """
    other = [name for name in ("taxonomy", "policy") if _differ(first, second, name)]
    if other and not any_signature:
        raise UsageError(
            f"{first.document.source} and {second.document.source} were scored with another "
            f"{' and '.join(other)}: analyze both anew, or compare all the same with "
            "--any-signature"
        )
    fits = tuple(_fits(first, second))
    if not fits:
        raise UsageError(
            f"{first.document.source} and {second.document.source} have no role in common: "
            "analyze both for the same"
        )
    return Comparison(
        documents=(first.document, second.document),
        signatures=(first.signature, second.signature),
        remarks=tuple(_remarks(first, second)),
        fits=fits,
        gained=_changes(first, second, shown=second),
        lost=_changes(first, second, shown=first),
        leans=(_lean(first.lean), _lean(second.lean)),
        towards=first.lean.towards,
        experience_months=(first.experience_months, second.experience_months),
        only_first=tuple(n for n in first.notices if n not in second.notices),
        only_second=tuple(n for n in second.notices if n not in first.notices),
    )


def _differ(first: FitReport, second: FitReport, name: str) -> bool:
    return bool(getattr(first.signature, name) != getattr(second.signature, name))


def _remarks(first: FitReport, second: FitReport) -> Iterator[str]:
    """Say what besides the resumes may make a difference."""
    for name in ("taxonomy", "policy", "skillgap", "engines"):
        if _differ(first, second, name):
            yield f"scored with another {name}: a difference may come from that"
    if _differ(first, second, "as_of"):
        days = f"{first.signature.as_of} and {second.signature.as_of}"
        yield f"“present” means {days}: months may differ by that"
    for which, report in (("first", first), ("second", second)):
        if report.what_if is not None:
            yield f"the {which} assumes {', '.join(report.what_if.labels)}"
    if first.document.sha256 == second.document.sha256:
        yield "both are of the same file"


# --- fits -----------------------------------------------------------------------------------------


def _fits(first: FitReport, second: FitReport) -> Iterator[FitsRecord]:
    others = {fit.role: fit for fit in second.fits}
    for before in first.fits:
        after = others.get(before.role)
        if after is not None:
            yield _both(before, after, {**first.labels, **second.labels})


def _both(before: FitRecord, after: FitRecord, labels: dict[str, str]) -> FitsRecord:
    points = tuple(
        sorted(_points(before, after, labels), key=lambda p: (-abs(p.difference), p.requirement))
    )
    return FitsRecord(
        role=before.role,
        label=before.label,
        scores=(before.score, after.score),
        intervals=(before.interval, after.interval),
        words=(before.word, after.word),
        difference=fsum(each.difference for each in points),
        verdict=_verdict(before, after),
        points=points,
    )


def _verdict(before: FitRecord, after: FitRecord) -> Verdict:
    if abs(before.score - after.score) < _NO_DIFFERENCE:
        return Verdict.SAME
    lower, higher = sorted((before, after), key=lambda fit: fit.score)
    if lower.interval[1] < higher.interval[0]:
        return Verdict.CLEAR
    if lower.interval[1] < higher.score and lower.score < higher.interval[0]:
        return Verdict.LIKELY
    return Verdict.OPEN


def _points(before: FitRecord, after: FitRecord, labels: dict[str, str]) -> Iterator[PointsRecord]:
    """Yield the requirements that add to the difference, also those that one side lacks."""
    gaps, other_gaps = ({gap.requirement: gap.now for gap in fit.gaps} for fit in (before, after))
    firsts = {each.requirement: each for each in before.contributions}
    seconds = {each.requirement: each for each in after.contributions}
    for requirement in dict.fromkeys((*firsts, *seconds)):
        one, other = firsts.get(requirement), seconds.get(requirement)
        difference = (other.points if other else 0.0) - (one.points if one else 0.0)
        if difference:
            yield PointsRecord(
                requirement=requirement,
                label=next(each.label for each in (other, one) if each is not None),
                difference=difference,
                first=_met(one, labels, gaps.get(requirement)),
                second=_met(other, labels, other_gaps.get(requirement)),
            )


def _met(
    contribution: ContributionRecord | None, labels: dict[str, str], now: Now | None
) -> MetRecord:
    if contribution is None:
        return MetRecord(points=0.0, strength=0.0, met_by=None, implied=False)
    met_by = contribution.met_by
    return MetRecord(
        points=contribution.points,
        strength=contribution.strength,
        met_by=labels.get(met_by, met_by) if met_by is not None else None,
        implied=bool(contribution.via),
        now=now if met_by is None else None,
    )


# --- skills and lean ------------------------------------------------------------------------------


def _changes(first: FitReport, second: FitReport, *, shown: FitReport) -> tuple[SkillChange, ...]:
    """Return what one report shows as held and the other does not."""
    firsts = {skill.id: skill for skill in first.skills}
    seconds = {skill.id: skill for skill in second.skills}
    hidden = {skill.id for skill in (second if shown is first else first).held}
    changes = (
        SkillChange(
            skill=skill.id,
            label=skill.label,
            first=_standing(firsts.get(skill.id)),
            second=_standing(seconds.get(skill.id)),
            mention=next((m for m in skill.mentions if m.stance is Stance.HELD), None),
        )
        for skill in shown.held
        if skill.id not in hidden
    )
    return tuple(sorted(changes, key=lambda change: (change.label.casefold(), change.skill)))


def _standing(skill: SkillRecord | None) -> Standing:
    if skill is None:
        return Standing.ABSENT
    if skill.held:
        return Standing.HELD
    return Standing.IMPLIED if skill.strength else Standing.NOT_COUNTED


def _lean(lean: LeanRecord) -> LeanSide:
    return LeanSide(role=lean.role, net_share=lean.net_share, word=lean.word)
