"""One role, or two side by side, with the lines that what is said of them stands on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from skillgap.report.lines import hung
from skillgap.score.model import Contrast, Overlap
from skillgap.taxonomy.model import CURATED, Fact, Provenance, RoleProfile, Taxonomy
from skillgap.taxonomy.show import cites_of

_SHARPEST = 12
_LABEL_WIDTH = 30
# Kinds of facts that are told of a role besides its skills, and what they are called.
_TOLD = {
    "market": "market",
    "education": "education",
    "career": "career",
    "choice": "whom the role is for",
}


def role_json(role: RoleProfile) -> str:
    """Tell a role as JSON: all that the taxonomy says of it, with the computed requirements."""
    return json.dumps(role.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def role_text(role: RoleProfile) -> str:
    """Tell a role in lines for people."""
    return hung(_role_lines(role))


def _role_lines(role: RoleProfile) -> Iterator[str]:
    yield f"{role.label} ({role.id})"
    yield f"{role.postings.n:,} postings of {role.postings.as_of}  {cites_of(role.postings)}"
    numbered = [r for r in role.requirements if r.provenance is not Provenance.TAIL]
    listed = [r for r in role.requirements if r.provenance is Provenance.TAIL]
    yield ""
    yield "asked for (points of 100; share of postings; where from)"
    for requirement in numbered:
        yield (
            f"  {role.points_of(requirement):4.1f}  {requirement.weight:4.0%}  "
            f"{requirement.label:{_LABEL_WIDTH}}  {requirement.provenance}  {cites_of(requirement)}"
        )
    if listed:
        points = role.points_of(listed[0])
        yield ""
        yield f"listed without a number ({points:.1f} points each)"
        for requirement in listed:
            yield f"  {requirement.label:{_LABEL_WIDTH}}  {cites_of(requirement)}"
    yield from _career_lines(role)


def _career_lines(role: RoleProfile) -> Iterator[str]:
    if role.pay:
        yield ""
        yield "pay, each measure by itself"
        for pay in role.pay:
            what = f"{pay.measure}, {pay.label}" if pay.label else pay.measure
            yield (
                f"  ${pay.usd:,}  {what}"
                + (f", n={pay.n:,}" if pay.n else "")
                + f"  {cites_of(pay)}"
            )
    if role.ladder:
        yield ""
        yield "ladder"
        for rung in role.ladder:
            years = _years(rung.min_years, rung.max_years)
            yield f"  {rung.step}. {rung.title}{years}  {cites_of(rung)}"
    for kind, title in _TOLD.items():
        told = [fact for fact in role.facts if fact.kind == kind]
        if told:
            yield ""
            yield title
            for fact in told:
                yield f"  {fact.text}  {cites_of(fact)}"


def _years(low: int | None, high: int | None) -> str:
    if low is None:
        return ""
    return f", {low}+ years" if high is None else f", {low}-{high} years"


# --- two roles ------------------------------------------------------------------------------------


def overlap_json(overlap: Overlap, taxonomy: Taxonomy) -> str:
    """Tell what two roles have in common as JSON, each row with its label and citations."""
    content: dict[str, Any] = asdict(overlap)
    for name in ("shared", "only_first", "only_second"):
        content[name] = [
            {
                "label": _label(contrast, overlap, taxonomy),
                **asdict(contrast),
                "citations": list(_lines_of(contrast, overlap, taxonomy)),
            }
            for contrast in getattr(overlap, name)
        ]
    content["facts"] = [fact.model_dump(mode="json") for fact in _facts(taxonomy)]
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def overlap_text(overlap: Overlap, taxonomy: Taxonomy) -> str:
    """Tell what two roles have in common in lines for people."""
    return hung(_overlap_lines(overlap, taxonomy))


def _overlap_lines(overlap: Overlap, taxonomy: Taxonomy) -> Iterator[str]:
    first, second = (taxonomy.role(role) for role in (overlap.first, overlap.second))
    one, two = first.abbreviation, second.abbreviation
    every = len(overlap.contrasts)
    yield f"{first.label} ({one}) and {second.label} ({two})"
    yield (
        f"{len(overlap.shared)} of {every} requirements are shared: Jaccard {overlap.jaccard:.2f}, "
        f"weighed by postings {overlap.weighted_jaccard:.2f}"
    )
    for fact in _facts(taxonomy):
        yield f"  {fact.text}  {cites_of(fact)}"
    yield ""
    yield (
        f"sharpest contrasts (+ speaks for {one}, - for {two}; share of postings {one}, {two}; "
        "~ is estimated)"
    )
    for contrast in overlap.contrasts[:_SHARPEST]:
        yield _row(contrast, overlap, taxonomy)
    for title, rows in (
        ("shared", overlap.shared),
        (f"{one} alone", overlap.only_first),
        (f"{two} alone", overlap.only_second),
    ):
        yield ""
        yield f"{title} ({len(rows)})"
        for contrast in rows:
            yield _row(contrast, overlap, taxonomy)


def _row(contrast: Contrast, overlap: Overlap, taxonomy: Taxonomy) -> str:
    label = _label(contrast, overlap, taxonomy)
    roles = (overlap.first, overlap.second)
    numbers = "  ".join(_number(contrast.requirement, taxonomy.role(role)) for role in roles)
    cites = ", ".join(_lines_of(contrast, overlap, taxonomy)) or CURATED
    return f"  {contrast.weight_of_evidence:+5.2f}  {numbers}  {label:{_LABEL_WIDTH}}  [{cites}]"


def _number(requirement: str, role: RoleProfile) -> str:
    """Write the share of postings; ~ where it was not counted, - where there is none."""
    found = role.requirements_by_id.get(requirement)
    if found is None or found.provenance is Provenance.TAIL:
        return "    -"
    estimated = "" if found.provenance is Provenance.MEASURED else "~"
    return f"{estimated}{found.weight:.0%}".rjust(5)


def _label(contrast: Contrast, overlap: Overlap, taxonomy: Taxonomy) -> str:
    roles = (taxonomy.role(role).requirements_by_id for role in (overlap.first, overlap.second))
    return next(
        found[contrast.requirement].label for found in roles if contrast.requirement in found
    )


def _lines_of(contrast: Contrast, overlap: Overlap, taxonomy: Taxonomy) -> Iterable[str]:
    cites = (
        cite
        for role in (overlap.first, overlap.second)
        for found in [taxonomy.role(role).requirements_by_id.get(contrast.requirement)]
        if found is not None
        for cite in found.cites
    )
    return dict.fromkeys(cites)


def _facts(taxonomy: Taxonomy) -> list[Fact]:
    return [fact for fact in taxonomy.facts if fact.kind == "overlap"]
