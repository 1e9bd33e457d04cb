"""How reports put figures into words; shared by all that tells them to people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, assert_never

from skillgap.extract.model import Method, Stance
from skillgap.report.model import (
    BlindRecord,
    CitedLine,
    GapRecord,
    LeanRecord,
    MentionRecord,
    PlanRecord,
    PlanStepRecord,
)
from skillgap.report.printable import plain
from skillgap.score.model import LeanWord, Now
from skillgap.taxonomy.model import Provenance, Tier

_TIERS = {
    Tier.CRITICAL: "critical",
    Tier.IMPORTANT: "important",
    Tier.MODERATE: "moderate",
    Tier.LESS_CRITICAL: "less critical",
}
_NOW = {
    Now.MISSING: "not shown",
    Now.NEGATED: "said not to have",
    Now.ASPIRED: "being learned",
    Now.OF_OTHERS: "somebody else's",
    Now.IMPLIED: "only implied",
    Now.WEAK: "shown weakly",
}
_STANCES = {
    Stance.HELD: "held",
    Stance.NEGATED: "said not to have",
    Stance.ASPIRED: "being learned",
    Stance.OF_OTHERS: "somebody else's",
}
_RULES = {
    "list": "it stands in a list of skills",
    "beside": "another skill stands beside it",
    "section": "it stands among skills",
    "near": "the words near it speak of it",
    "case": "it is written as a name",
    "claimed": "the words before it claim it",
}


_HIDDEN = {
    "invisible": "written in invisible ink",
    "transparent": "transparent",
    "tiny": "too small to read",
    "off-page": "off the page",
    "colour": "in the colour of what is behind it",
    "covered": "covered by something",
    "vanish": "marked as hidden in the file",
}


def cites(citations: Iterable[CitedLine]) -> str:
    """Write citations as the data do: D2:50."""
    return ", ".join(f"{citation.source}:{citation.line}" for citation in citations)


def target_name(plan: PlanRecord) -> str:
    """Name the target of a plan that has one: 60 (strong)."""
    return f"{plan.target:.4g} ({plan.target_word})"


class Weighed(Protocol):
    """A requirement that weighs something, and why."""

    @property
    def weight(self) -> float:
        """The share of postings that ask for it, or what stands in for that."""

    @property
    def provenance(self) -> Provenance:
        """How the weight came about."""

    @property
    def tier(self) -> Tier | None:
        """The role's tier for it."""


def reason_words(gap: Weighed) -> str:
    """Say why a requirement weighs what it weighs."""
    match gap.provenance:
        case Provenance.MEASURED:
            return f"{gap.weight:.0%} of postings"
        case Provenance.IMPLIED:
            return f"~{gap.weight:.0%} of postings"
        case Provenance.TIER:
            return f"rated {_TIERS[gap.tier]}" if gap.tier is not None else "rated"
        case Provenance.TAIL:
            return "listed for the role"
    assert_never(gap.provenance)


def now_words(gap: GapRecord, labels: Mapping[str, str]) -> str:
    """Say what the resume shows of it, or what it shows that stands near."""
    if gap.now is Now.MISSING and gap.nearest is not None:
        return f"has {labels.get(gap.nearest, gap.nearest)}"
    return shown_words(gap.now)


def shown_words(now: Now) -> str:
    """Say what a resume shows of something that it does not fully show."""
    return _NOW[now]


def stance_words(stance: Stance) -> str:
    """Say what a text says of a skill that it names."""
    return _STANCES[stance]


def hidden_words(kind: str) -> str:
    """Say why nobody sees a hidden text; a kind that has no words is said as it is."""
    return _HIDDEN.get(kind, kind)


def duration(months: int) -> str:
    """Write months as years and months.

    >>> duration(30)
    '2 y 6 m'
    """
    years, rest = divmod(months, 12)
    return " ".join(filter(None, (f"{years} y" * bool(years), f"{rest} m" * bool(rest))))


def lean_words(lean: LeanRecord) -> str:
    """Say which role a resume looks like."""
    first, second = (role.upper() for role in lean.towards)
    if lean.word is LeanWord.NONE:
        return "Leans to neither role: it shows nothing that tells them apart"
    if lean.role is None:
        return f"Balanced between {first} and {second}"
    how = "slightly" if lean.word is LeanWord.SLIGHT else f"{lean.word}ly"
    return f"Leans to {lean.role.upper()}, {how}"


def masked_words(blind: BlindRecord) -> str:
    """Say what is masked in a blind report."""
    asked = [
        name
        for name, masked in (("employers", blind.employers), ("schools", blind.schools))
        if masked
    ]
    also = f", {' and '.join(asked)}" if asked else ""
    return f"blind: name, contact block, personal facts{also} are masked"


def step_name(step: PlanStepRecord) -> str:
    """Name a step, and that others would do as well."""
    return f"{step.label} or the like" if step.substitutes else step.label


def outlook(plan: PlanRecord, shown: int, *, where: str = "") -> str:
    """Say where the steps that are shown lead, and how many reach the target.

    Args:
        plan: The plan.
        shown: How many of its steps are shown, at least one.
        where: How to see the others, for a place that does not show them.
    """
    make = f"{'These make' if shown > 1 else 'It makes'} {plan.steps[shown - 1].score:.0f}"
    if plan.target is None:
        return make
    target = target_name(plan)
    if plan.needed == 0:
        return f"{make}; {target} is reached already"
    if plan.needed > shown:
        return f"{make}; {target} takes {plan.needed - shown} more{where}"
    if plan.needed == shown:
        return f"{make} and reach {target}"
    return f"{make}; {target} takes the first{f' {plan.needed}' if plan.needed > 1 else ''}"


def provenance_words(provenance: Provenance) -> str:
    """Say how a weight came about."""
    match provenance:
        case Provenance.MEASURED:
            return "counted in postings"
        case Provenance.IMPLIED:
            return "estimated from what the counts leave open"
        case Provenance.TIER:
            return "estimated from how the source rates it"
        case Provenance.TAIL:
            return "listed for the role without a number: a small weight"
    assert_never(provenance)


def quoted(mention: MentionRecord) -> str:
    """Write the quote of a mention with the mention between pointed quotation marks."""
    text, start, end = plain(mention.quote), mention.quote_start, mention.quote_end
    return f"{text[:start]}»{text[start:end]}«{text[end:]}"


def mention_remarks(mention: MentionRecord, *, wording: bool = True) -> Iterator[str]:
    """Say of a mention what is not plain: stance, how it was found, and why.

    Args:
        mention: A mention.
        wording: Whether to name the wording that a deed was found by, which may be long.
    """
    if mention.stance is not Stance.HELD:
        cue = f" (“{mention.cue}”)" if mention.cue else ""
        yield f"not counted: {stance_words(mention.stance)}{cue}"
    if mention.method is Method.ACTION:
        yield "shown by what was done" + (f": “{mention.read_as}”" if wording else "")
    elif mention.method is Method.TYPO:
        yield f"read as {mention.read_as}, misspelt"
    if mention.rule:
        yield f"taken for the skill because {_RULES.get(mention.rule, mention.rule)}"
