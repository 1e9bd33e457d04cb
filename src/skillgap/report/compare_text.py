"""Two reports side by side in lines for people: what differs, and where each point is from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum
from textwrap import shorten

from skillgap.report.compare import (
    Comparison,
    FitsRecord,
    LeanSide,
    MetRecord,
    PointsRecord,
    SkillChange,
    Standing,
    Verdict,
)
from skillgap.report.lines import paragraphs, wrapped
from skillgap.report.model import Notice
from skillgap.report.printable import plain
from skillgap.report.telling import duration, quoted, shown_words
from skillgap.score.model import Now

_NAME = 22  # of a row
_COLUMN = 15
_POINTS = 15  # requirements that are named for each role
_SKILLS = 15  # skills that are quoted; the others are named
_QUOTE = 100  # characters
_VERDICTS = {
    Verdict.SAME: "the same",
    Verdict.CLEAR: "clear: the ranges are apart",
    Verdict.LIKELY: "likely: the ranges meet",
    Verdict.OPEN: "open: within the ranges",
}


def comparison_json(comparison: Comparison) -> str:
    """Tell a comparison as JSON."""
    return comparison.model_dump_json(indent=2) + "\n"


def comparison_text(comparison: Comparison) -> str:
    """Tell a comparison in lines of 80 characters."""
    parts = [_head(comparison), _sides(comparison)]
    parts += [_points(fits) for fits in comparison.fits]
    parts.append(_skills("Held only in B", comparison.gained))
    parts.append(_skills("Held only in A", comparison.lost))
    parts.append(_notices("A", comparison.only_first))
    parts.append(_notices("B", comparison.only_second))
    return paragraphs(parts)


def _head(comparison: Comparison) -> Iterator[str]:
    for letter, document in zip("AB", comparison.documents, strict=True):
        yield from wrapped(f"{letter}  {plain(document.source)}", "", "   ")
    for remark in comparison.remarks:
        yield from wrapped(f"! {plain(remark)}", "", "  ")


def _sides(comparison: Comparison) -> Iterator[str]:
    yield _row("", ("A", "B"), "B less A")
    for fits in comparison.fits:
        (one, other), (word, other_word) = fits.scores, fits.words
        scores = f"{one:.1f} {word}", f"{other:.1f} {other_word}"
        yield _row(f"{fits.role.upper()} fit", scores, f"{fits.difference:+.1f}")
        (low, high), (other_low, other_high) = fits.intervals
        ranges = f"{low:.0f}-{high:.0f}", f"{other_low:.0f}-{other_high:.0f}"
        yield _row("  likely range", ranges, _VERDICTS[fits.verdict])
    first, second = (role.upper() for role in comparison.towards)
    lean, other_lean = comparison.leans
    change = f"{other_lean.net_share - lean.net_share:+.2f}"
    yield _row(f"lean, {second} -1, {first} +1", (_leaning(lean), _leaning(other_lean)), change)
    months, other_months = comparison.experience_months
    spans = duration(months) or "none", duration(other_months) or "none"
    longer = duration(abs(other_months - months))
    sign = "-" if other_months < months else "+"
    yield _row("dated jobs", spans, f"{sign}{longer}" if longer else "the same")


def _leaning(lean: LeanSide) -> str:
    return f"{lean.net_share:+.2f} {lean.role.upper() if lean.role is not None else 'neither'}"


def _row(name: str, sides: tuple[str, str], change: str) -> str:
    first, second = sides
    return f"{name:{_NAME}}{first:{_COLUMN}}{second:{_COLUMN}}{change}".rstrip()


# --- where the points come from -------------------------------------------------------------------


def _points(fits: FitsRecord) -> Iterator[str]:
    role = fits.role.upper()
    if not fits.points:
        yield f"{role}: no requirement is met otherwise."
        return
    yield f"{role}: where the {fits.difference:+.2f} points come from"
    for point in fits.points[:_POINTS]:
        told = f"{plain(point.label)}: {_met(point, point.first)} -> {_met(point, point.second)}"
        yield from wrapped(told, f"{point.difference:+8.2f}  ", " " * 10)
    others = fits.points[_POINTS:]
    if others:
        points = fsum(point.difference for point in others)
        names = ", ".join(f"{plain(p.label)} {p.difference:+.2f}" for p in others)
        yield from wrapped(f"{len(others)} more: {names}", f"{points:+8.2f}  ", " " * 10)


def _met(point: PointsRecord, met: MetRecord) -> str:
    """Say what meets a requirement, and how far; its own name is not said twice."""
    if met.met_by is None:
        return shown_words(met.now or Now.MISSING)
    remarks = ["implied"] * met.implied
    if met.strength < 1.0:
        remarks.append(f"{met.strength:.2f}")
    if met.met_by == point.label:
        return ", ".join(remarks) or "shown"
    told = f" ({', '.join(remarks)})" if remarks else ""
    return f"{plain(met.met_by)}{told}"


# --- skills and notices ---------------------------------------------------------------------------


def _skills(title: str, changes: Sequence[SkillChange]) -> Iterator[str]:
    if not changes:
        return
    yield f"{title} ({len(changes)})"
    for change in changes[:_SKILLS]:
        yield from wrapped(f"{plain(change.label)}{_instead(change)}", "  ", " " * 6)
        if change.mention is not None:
            place = f"p. {change.mention.page}: {_short(quoted(change.mention))}"
            yield from wrapped(place, " " * 6)
    others = changes[_SKILLS:]
    if others:
        names = ", ".join(plain(change.label) for change in others)
        yield from wrapped(f"and {len(others)} more: {names}", "  ", " " * 6)


def _instead(change: SkillChange) -> str:
    """Say how the skill stands where it is not held, if it is there at all."""
    other = change.first if change.second is Standing.HELD else change.second
    letter = "A" if change.second is Standing.HELD else "B"
    match other:
        case Standing.IMPLIED:
            return f" (implied in {letter})"
        case Standing.NOT_COUNTED:
            return f" (mentioned in {letter}, not counted)"
        case _:
            return ""


def _short(text: str) -> str:
    """Cut a quote so that the mention stays in it."""
    begin = text.find("»")
    start = max(0, begin - _QUOTE // 3)
    cut = f"…{text[start:]}" if start else text
    return shorten(cut, _QUOTE, placeholder="…")


def _notices(letter: str, notices: Sequence[Notice]) -> Iterator[str]:
    for notice in notices:
        yield from wrapped(f"! {letter}: {plain(notice.message)}", "", "  ")
