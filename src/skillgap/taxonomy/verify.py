"""Citations held against the articles: each must stand on its line, letter by letter.

The data say where everything comes from, and copy no sentence. So a citation can be trusted only if
the article is at hand: then every alias, every figure and the few words a fact rests on are looked
up on the very line that is cited, in the very text whose hash is recorded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from skillgap.errors import VerificationError
from skillgap.taxonomy import written
from skillgap.taxonomy.model import (
    Cited,
    Fact,
    LadderStep,
    Pay,
    Postings,
    RoleProfile,
    Skill,
    Source,
    Taxonomy,
    TierRow,
)
from skillgap.taxonomy.written import Written

_SHOWN_OF_A_LINE = 100  # characters, in a message


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that must stand in an article.

    Attributes:
        where: The file and key of the data that claim it.
        cites: Where it must stand: on any one of these lines.
        anything: What must stand there: any one of these; none if the data give nothing to look
            up, and then the claim does not hold.
    """

    where: str
    cites: tuple[str, ...]
    anything: tuple[Written, ...]

    def __str__(self) -> str:
        shown = " or ".join(thing.shown for thing in self.anything)
        return (
            f"{self.where}: expected {shown or 'words or a figure to look up, but none is given'}"
        )

    def holds(self, lines: Iterable[str]) -> bool:
        """Tell whether any of the lines bears it out."""
        return any(thing.stands_in(line) for line in lines for thing in self.anything)


def verify(taxonomy: Taxonomy, sources: Path) -> int:
    """Hold every citation of a taxonomy against the cited articles.

    Args:
        taxonomy: What is to be verified.
        sources: The folder of the articles, under the names that `sources.toml` gives them.

    Returns:
        The number of claims that were looked up; all of them hold.

    Raises:
        VerificationError: An article is missing or is not the text that was cited, or a claim does
            not stand on its line. All of it is listed.
    """
    articles: dict[str, tuple[str, ...]] = {}
    faults: list[str] = []
    for source in taxonomy.sources:
        lines, found = _read(source, sources)
        faults += found
        if lines is not None:
            articles[source.id] = lines
    unread = {source.id for source in taxonomy.sources} - articles.keys()
    checked = 0
    for claim in claims(taxonomy):
        if unread.isdisjoint(_source_of(cite) for cite in claim.cites):  # else told already
            faults += _failure(claim, articles)
            checked += 1
    if faults:
        raise VerificationError(faults)
    return checked


def claims(taxonomy: Taxonomy) -> Iterator[Claim]:
    """List all that has to be looked up: the one place that says what a citation must bear out.

    Each citation of the data yields at least one claim. Requirements yield none: they are computed,
    and their citations are those of the facts they are computed from.
    """
    names = {skill.id: tuple(alias.form for alias in skill.aliases) for skill in taxonomy.skills}
    for skill in taxonomy.skills:
        yield from _skill_claims(skill, names)
    for row in taxonomy.implications:
        where = f"implies.toml: {row.skill}.{row.implies}"
        yield from _on_each_line(where, row, _a_name((row.skill, row.implies), names))
    for group in taxonomy.groups:
        yield from _on_each_line(f"groups.toml: {group.id}", group, _a_name(group.skills, names))
    for role in taxonomy.roles:
        yield from _role_claims(role, names)
    for fact in taxonomy.facts:
        yield from _on_some_line(f"facts.toml: facts.{fact.id}", fact, _of_fact(fact))


# --- the articles ---------------------------------------------------------------------------------


def _read(source: Source, folder: Path) -> tuple[tuple[str, ...] | None, list[str]]:
    """Return an article's lines, None where it cannot be read, and what is wrong with it."""
    path = folder / source.file
    where = f"sources.toml: {source.id}"
    try:
        content = path.read_bytes()
    except OSError as error:
        return None, [f"{where}: {path}: cannot be read ({error.strerror}); nothing of it checked"]
    faults = []
    digest = hashlib.sha256(content).hexdigest()
    if digest != source.sha256:
        faults.append(
            f"{where}: {path}: not the text that is cited: its SHA-256 is {digest}, "
            f"recorded is {source.sha256}"
        )
    # Only "\n" ends a line, because the lines of the data were counted so.
    lines = tuple(content.decode("utf-8", errors="replace").removesuffix("\n").split("\n"))
    if len(lines) != source.lines:
        faults.append(f"{where}: {path}: has {len(lines)} lines, recorded are {source.lines}")
    return lines, faults


def _source_of(cite: str) -> str:
    return cite.partition(":")[0]


def _failure(claim: Claim, articles: Mapping[str, Sequence[str]]) -> list[str]:
    """Say what a claim expected and what stands there; nothing if it holds."""
    lines = {cite: _line(cite, articles) for cite in claim.cites}
    if claim.holds(line for line in lines.values() if line is not None):
        return []
    found = "; ".join(f"{cite} {_shown(line)}" for cite, line in lines.items())
    return [f"{claim}; {found}"]


def _line(cite: str, articles: Mapping[str, Sequence[str]]) -> str | None:
    source, _, number = cite.partition(":")
    lines = articles.get(source, ())
    return lines[int(number) - 1] if int(number) <= len(lines) else None


def _shown(line: str | None) -> str:
    if line is None:
        return "is no line of a source"
    short = line if len(line) <= _SHOWN_OF_A_LINE else line[: _SHOWN_OF_A_LINE - 1] + "…"
    return f"reads {short!r}"


# --- what each part of the data claims ------------------------------------------------------------

_Names = Mapping[str, tuple[str, ...]]


def _on_each_line(where: str, row: Cited, *all_of: Written) -> Iterator[Claim]:
    """Claim that every cited line has all of it."""
    for cite in row.cites:
        for thing in all_of:
            yield Claim(where, (cite,), (thing,))


def _on_some_line(where: str, row: Cited, all_of: Sequence[Written]) -> Iterator[Claim]:
    """Claim that all of it stands on the cited lines together, and on each line some of it."""
    if row.cites:
        for thing in all_of:
            yield Claim(where, row.cites, (thing,))
    if len(row.cites) > 1 or not all_of:
        for cite in row.cites:
            yield Claim(where, (cite,), tuple(all_of))


def _a_name(skills: Iterable[str], names: _Names) -> Written:
    """Any name of any of the skills."""
    return written.any_words(tuple(form for skill in skills for form in names.get(skill, ())))


def _skill_claims(skill: Skill, names: _Names) -> Iterator[Claim]:
    where = f"skills/{skill.area}.toml: {skill.id}"
    for alias in skill.aliases:
        yield from _on_each_line(f"{where}.{alias.form}", alias, written.words(alias.form))
    for kind, links in (("broader", skill.broader), ("related", skill.related)):
        for link in links:
            name = _a_name((skill.id, link.skill), names)
            yield from _on_each_line(f"{where}.{kind}.{link.skill}", link, name)


def _role_claims(role: RoleProfile, names: _Names) -> Iterator[Claim]:
    file = f"roles/{role.id}.toml"
    yield from _on_some_line(f"{file}: postings", role.postings, _of_postings(role.postings))
    for row in role.frequencies:
        name = _a_name((row.skill,), names)
        share = written.share(row.share)
        yield from _on_each_line(f"{file}: frequencies.{row.skill}", row, name, share)
    for own in role.exclusives:
        name = _a_name((own.skill,), names)
        yield from _on_each_line(f"{file}: exclusives.{own.skill}", own, name)
    for number, tier in enumerate(role.tiers, 1):
        yield from _tier_claims(f"{file}: tiers[{number}]", tier, names)
    for paid in role.skill_pay:
        name = _a_name((paid.skill,), names)
        where = f"{file}: skill_pay.{paid.skill}"
        median, sample = written.dollars(paid.usd), written.count(paid.n)
        yield from _on_each_line(where, paid, name, median, sample)
    for pay in role.pay:
        yield from _on_some_line(f"{file}: pay.{pay.measure} {pay.label}", pay, _of_pay(pay))
    for step in role.ladder:
        yield from _on_some_line(f"{file}: ladder[{step.step}]", step, _of_step(step))
    for fact in role.facts:
        yield from _on_some_line(f"{file}: facts.{fact.id}", fact, _of_fact(fact))


def _tier_claims(where: str, row: TierRow, names: _Names) -> Iterator[Claim]:
    yield from _on_each_line(where, row, _a_name(row.skills, names), written.tier(row.tier))
    if row.words:
        yield from _on_some_line(where, row, _of_words(row.words))


def _of_words(words: Iterable[str]) -> tuple[Written, ...]:
    return tuple(written.words(form) for form in words)


def _of_postings(row: Postings) -> tuple[Written, ...]:
    return (written.count(row.n), *([written.date(row.as_of)] if row.as_of else []))


def _of_pay(row: Pay) -> tuple[Written, ...]:
    sample = [written.count(row.n)] if row.n is not None else []
    return (written.dollars(row.usd), *sample, *_of_words(row.words))


def _of_step(row: LadderStep) -> tuple[Written, ...]:
    bounded = row.min_years is not None or row.max_years is not None
    years = [written.span(row.min_years, row.max_years, "years")] if bounded else []
    return (written.words(row.title), *years, *_of_words(row.words))


def _of_fact(row: Fact) -> tuple[Written, ...]:
    share = [written.share(row.share)] if row.share is not None else []
    bounded = row.low is not None or row.high is not None
    span = [written.span(row.low, row.high, row.unit)] if bounded else []
    return (*share, *span, *_of_words(row.words))
