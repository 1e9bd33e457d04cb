"""The explanation of a skill in lines for people: every number with what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from skillgap.extract.model import Method, Stance
from skillgap.report.explain import (
    CountRecord,
    Explanation,
    LinkRecord,
    PlaceRecord,
    RoleRecord,
    State,
)
from skillgap.report.lines import paragraphs, wrapped
from skillgap.report.model import MentionRecord
from skillgap.report.printable import plain
from skillgap.report.telling import cites, mention_remarks, quoted, reason_words
from skillgap.taxonomy.model import CURATED, Provenance

_FORMS = 12  # written forms that are named
_CITED = 6  # lines of the sources that are named for a weight
_LEAST = 0.05  # points that are not 0.0 when they are rounded
_STATES = {
    State.HELD: "held",
    State.IMPLIED: "not named as held, implied by what is",
    State.NOT_COUNTED: "mentioned, not counted as held",
    State.ABSENT: "not on the resume",
}


def explanation_json(explanation: Explanation) -> str:
    """Tell an explanation as JSON."""
    return explanation.model_dump_json(indent=2) + "\n"


def explanation_text(explanation: Explanation) -> str:
    """Tell an explanation in lines of 80 characters."""
    parts = [_head(explanation), _places(explanation), _chain(explanation)]
    parts += [_role(role, explanation) for role in explanation.roles]
    parts.append(_looked_for(explanation))
    return paragraphs(parts)


def _head(explanation: Explanation) -> Iterator[str]:
    e = explanation
    yield f"{e.label} ({e.skill}), {e.area}"
    said = [_STATES[e.state]]
    if e.shown is not None:
        where = "only listed" if e.shown == "listed" else f"shown in a {e.shown}"
        said.append("shown in studies" if e.shown == "studies" else where)
    if e.months_in_jobs:
        said.append(f"{e.months_in_jobs} months in jobs")
    if e.state in (State.HELD, State.IMPLIED):
        said.append(f"counts {e.strength:.2f}")
    yield from wrapped(f"{plain(e.source)}: {', '.join(said)}")
    if not e.scored:
        yield "No role asks for it: it is recorded, and worth no points."


# --- mentions -------------------------------------------------------------------------------------


def _places(explanation: Explanation) -> Iterator[str]:
    for number, place in enumerate(explanation.places, start=1):
        if number == 1:
            yield f"Mentions ({len(explanation.places)})"
        yield from _place(number, place)


def _place(number: int, place: PlaceRecord) -> Iterator[str]:
    mention = place.mention
    where = [f"page {mention.page}, line {place.line}"]
    if mention.section is not None:
        where.append(str(mention.section))
    if place.entry_title is not None:
        where.append(plain(place.entry_title))
    yield from wrapped(", ".join(where), f"{number:>3}. ", " " * 5)
    yield from wrapped(quoted(mention), " " * 5)
    yield from wrapped("; ".join(_reading(mention)), " " * 5)


def _reading(mention: MentionRecord) -> Iterator[str]:
    if mention.stance is Stance.HELD:
        yield "held"
    if mention.method is Method.PHRASE:
        yield f"by the name “{mention.read_as}”"
    yield from map(plain, mention_remarks(mention))


def _chain(explanation: Explanation) -> Iterator[str]:
    if explanation.chain:
        yield "Implied"
        yield from _links(explanation.chain, "  ")
        strengths = " x ".join(f"{link.strength:.2f}" for link in explanation.chain)
        if len(explanation.chain) > 1:
            yield f"  {strengths} = {explanation.strength:.2f}"


def _links(links: Iterable[LinkRecord], indent: str) -> Iterator[str]:
    for link in links:
        source = cites(link.citations) or CURATED
        text = f"{link.label} shows {link.implies_label} by {link.strength:.2f} [{source}]"
        yield from wrapped(text, indent, indent + "  ")


# --- points ---------------------------------------------------------------------------------------


def _role(role: RoleRecord, explanation: Explanation) -> Iterator[str]:
    yield f"{role.label} ({role.role.upper()}): fit {role.score:.1f}"
    if not role.counts and not role.raises:
        yield "  It counts for nothing that the role asks for."
        return
    for count in role.counts:
        yield from _count(count, role)
    if any(count.counted for count in role.counts):
        yield from wrapped(_borne(role, explanation), "  ")
    elif explanation.state is State.HELD:
        yield from wrapped("No point rests on it: other skills meet the same.", "  ")
    if role.raises:
        yield from _added(role)


def _count(count: CountRecord, role: RoleRecord) -> Iterator[str]:
    reason = reason_words(count)
    if count.provenance is Provenance.MEASURED:
        reason = reason.replace("of postings", f"of {role.postings:,} postings")
    cited = f" [{cites(count.citations[:_CITED])}]" if count.citations else ""
    yield from wrapped(f"{count.label}, {reason}{cited}", "  ", " " * 4)
    sum_ = f"{count.points:.2f} = 100 x {count.weight:.4f} x {count.strength:.4g} / {role.mass:.4f}"
    yield f"    {sum_}"
    if not count.counted and count.met_by is not None:
        yield from wrapped(f"met by {count.met_by_label}, not by this skill", " " * 4)
    elif count.met_by is None:
        yield from wrapped(f"not met; {count.worth:.2f} if it were", " " * 4)
    if count.counted:
        yield from _links(count.via, " " * 4)


def _borne(role: RoleRecord, explanation: Explanation) -> str:
    number = sum(count.counted for count in role.counts)
    borne = f"{role.points:.2f} of the {role.score:.2f} points rest on it"
    if number > 1:
        borne = "Together " + borne
    if explanation.state is State.IMPLIED:
        return f"{borne}."
    loss = role.score - role.without
    if loss < _LEAST:
        return f"{borne}; without it other skills would show the same: {role.without:.2f}."
    return f"{borne}. Without it the fit would be {role.without:.2f} ({-loss:+.2f})."


def _added(role: RoleRecord) -> Iterator[str]:
    gain = role.with_it - role.score
    names = ", ".join(f"{raised.label} {raised.points:+.2f}" for raised in role.raises)
    yield from wrapped(
        f"Named as held, the fit would be {role.with_it:.2f} ({gain:+.2f}): {names}",
        "  ",
        " " * 4,
    )


# --- what is looked for ---------------------------------------------------------------------------


def _looked_for(explanation: Explanation) -> Iterator[str]:
    e = explanation
    if e.nearest:
        yield from wrapped(f"Nearest that is held: {', '.join(n.label for n in e.nearest)}")
    if e.state is State.HELD:
        yield from wrapped(f"skillgap taxonomy show {e.skill} names all that is looked for.")
        return
    forms = [f"{form.form}{'*' * form.by_rule}" for form in e.forms]
    more = f" and {len(forms) - _FORMS} more" if len(forms) > _FORMS else ""
    deeds = f"; {e.actions} wordings of deeds" if e.actions else ""
    star = " (* in the right surroundings only)" if any(f.by_rule for f in e.forms) else ""
    yield from wrapped(f"Looked for: {', '.join(forms[:_FORMS])}{more}{deeds}{star}")
    yield from wrapped(f"skillgap taxonomy show {e.skill} names all.")
