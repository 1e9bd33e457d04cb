"""The report as Markdown, for wikis, issues and mail: all of it, on one page.

Whatever comes from outside is escaped: no text of a resume becomes a link, a picture, HTML, a
table or a mention of somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from math import fsum

from skillgap.report.lines import paragraphs
from skillgap.report.model import (
    CrossingRecord,
    FitRecord,
    FitReport,
    GapRecord,
    MentionRecord,
    PlanRecord,
    SkillRecord,
)
from skillgap.report.printable import plain
from skillgap.report.telling import (
    cites,
    duration,
    lean_words,
    masked_words,
    mention_remarks,
    now_words,
    outlook,
    reason_words,
    step_name,
)

_FIRST = 3  # steps under "What to do first"
_GAPS = 20  # of each role in the table; the others are named below it
_QUOTES = 3  # of each skill
# What begins markup inside of a line, in CommonMark or in the dialects of wikis and forges.
_MARKUP = re.compile(r"([\\`*_{}\[\]|~$@&])|(?<=[hps]):(?=//)|(?<=www)\.", re.IGNORECASE)
_METHOD = """\
- **Fit**: the share of all that postings of the role ask for which the resume shows, in points of
  100. A skill counts when the resume names or shows it as the writer's own, in part when what is
  held implies it. 100 is no target: what one real posting names is worth 33 to 39.
- **Likely**: what the figures of the sources and the errors of reading leave open.
- **\\[D2:50\\]** is line 50 of source D2 (`skillgap taxonomy sources`); ~ is estimated.
- It reads words on paper, and was never checked against hiring outcomes. It is help for a
  decision and none by itself."""


def escaped(text: str) -> str:
    r"""Write text so that Markdown shows it as it is, on one line.

    >>> escaped("a|b <b>*c*</b>")
    'a\\|b &lt;b&gt;\\*c\\*&lt;/b&gt;'
    """
    return _as_written(" ".join(plain(text).split()))


def _as_written(text: str) -> str:
    """Escape a text on one line without touching its blanks."""
    marked = _MARKUP.sub(lambda match: f"\\{match[0]}", text)
    return marked.replace("<", "&lt;").replace(">", "&gt;")


def render_markdown(report: FitReport) -> str:
    """Tell all of a report as Markdown."""
    parts = [_head(report), _fits(report)]
    parts += [_first(fit, report) for fit in report.best_first]
    parts.append(_notices(report))
    parts += [_gaps(fit, report) for fit in report.best_first]
    parts += [_plan(plan) for plan in report.plans if plan.steps]
    if report.crossing is not None:
        parts.append(_crossing(report.crossing))
    parts += [_evidence(report), _method(report)]
    return paragraphs(parts)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: int = 0) -> Iterator[str]:
    """Yield a table whose cells are Markdown; the first `right` columns hold numbers."""
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('--:' if n < right else '---' for n in range(len(head)))} |"
    for row in rows:
        yield f"| {' | '.join(row)} |"


# --- how it stands, and what to do first ----------------------------------------------------------


def _head(report: FitReport) -> Iterator[str]:
    document = report.document
    yield f"# {escaped(document.source)}"
    yield ""
    pages = f"{document.pages} page{'s' if document.pages != 1 else ''}"
    jobs = f"{duration(report.experience_months)} of" if report.experience_months else "no"
    yield (
        f"{document.format.upper()}, {pages}, {jobs} dated jobs; {report.held_count} skills held; "
        f"as of {report.signature.as_of}"
    )
    if report.blind is not None:
        yield f"\n{masked_words(report.blind).capitalize()}."
    if report.what_if is not None:
        names = ", ".join(map(escaped, report.what_if.labels))
        yield f"\n**What if it also showed {names}:** all below is as if it did."


def _fits(report: FitReport) -> Iterator[str]:
    level = max(fit.level for fit in report.fits)
    before = report.scores_before
    rows = []
    for fit in report.fits:
        low, high = fit.interval
        was = f", was {before[fit.role]:.0f}" if fit.role in before else ""
        name = f"{escaped(fit.label)} ({fit.role.upper()})"
        rows.append((f"**{fit.score:.0f}**", f"{low:.0f}-{high:.0f}{was}", name, str(fit.word)))
    yield from _table(("fit", f"{level:.0%} likely", "of 100, for", "that is"), rows, right=2)
    lean = report.lean
    first, second = (role.upper() for role in lean.towards)
    yield ""
    yield f"{lean_words(lean)} ({lean.net_share:+.2f}, from -1 {second} to +1 {first})."


def _first(fit: FitRecord, report: FitReport) -> Iterator[str]:
    yield f"## {fit.role.upper()}: what to do first"
    yield ""
    yield f"{str(fit.word).capitalize()}: {fit.meaning}."
    plan = report.plan(fit.role)
    steps = plan.steps[:_FIRST]
    if not steps:
        yield "Nothing is missing."
        return
    gaps = {gap.requirement: gap for gap in fit.gaps}
    rows = [
        (f"+{step.gain:.1f}", escaped(step_name(step)), *_why(gaps[step.requirement], report))
        for step in steps
    ]
    yield ""
    yield from _table(("adds", "do first", "because", "on the resume"), rows, right=1)
    yield ""
    yield f"{outlook(plan, len(steps))}."


def _why(gap: GapRecord, report: FitReport) -> tuple[str, str]:
    """Say why a gap weighs what it weighs, with all its lines, and what the resume shows."""
    lines = f" \\[{cites(gap.citations)}\\]" if gap.citations else ""
    return f"{escaped(reason_words(gap))}{lines}", escaped(now_words(gap, report.labels))


def _notices(report: FitReport) -> Iterator[str]:
    if report.notices:
        yield "## Notices"
        yield ""
        yield from (f"- {escaped(notice.message)}" for notice in report.notices)


# --- gaps and plans -------------------------------------------------------------------------------


def _gaps(fit: FitRecord, report: FitReport) -> Iterator[str]:
    if not fit.gaps:
        return
    yield f"## {fit.role.upper()}: gaps"
    yield ""
    shown, others = fit.gaps[:_GAPS], fit.gaps[_GAPS:]
    rows = [(f"{gap.lift:.1f}", escaped(gap.label), *_why(gap, report), _pay(gap)) for gap in shown]
    head = ("points", "missing", "because", "on the resume", "associated pay")
    yield from _table(head, rows, right=1)
    if others:
        points = fsum(gap.lift for gap in others)
        names = ", ".join(escaped(gap.label) for gap in others)
        yield ""
        yield f"And {len(others)} more, together {points:.1f} points: {names}."


def _pay(gap: GapRecord) -> str:
    if gap.salary is None:
        return ""
    pay = gap.salary
    return f"${pay.usd:,} ({pay.premium:+.0%} shrunken, n={pay.n}) \\[{cites(pay.citations[:1])}\\]"


def _plan(plan: PlanRecord) -> Iterator[str]:
    yield f"## {plan.role.upper()}: plan"
    yield ""
    yield f"From {plan.start:.1f}. {outlook(plan, len(plan.steps))}."
    yield ""
    rows = [
        (
            f"{number}",
            f"+{step.gain:.1f}",
            f"{step.score:.1f}",
            escaped(step_name(step)),
            ", ".join(
                f"{escaped(raised.label)} +{raised.points:.1f}"
                for raised in step.raises
                if raised.requirement != step.requirement
            ),
        )
        for number, step in enumerate(plan.steps, start=1)
    ]
    yield from _table(("", "gain", "fit", "skill", "shows as well"), rows, right=3)


def _crossing(crossing: CrossingRecord) -> Iterator[str]:
    start, to = crossing.start.upper(), crossing.to.upper()
    yield f"## From {start} to {to}"
    yield ""
    if crossing.steps is None:
        yield f"No set of skills makes this resume lean to {to}: what it shows for {start} stays."
    else:
        names = ", ".join(escaped(step.label) for step in crossing.steps)
        yield f"The resume would lean to {to} with: {names}."
    yield ""
    for advice in crossing.advice:
        yield f"- {escaped(advice.text)} \\[{cites(advice.citations)}\\]"


# --- evidence, method -----------------------------------------------------------------------------


def _evidence(report: FitReport) -> Iterator[str]:
    yield "## Evidence"
    groups = (
        ("Held", [skill for skill in report.skills if skill.held]),
        ("Implied by what is held", [skill for skill in report.skills if skill.implied_by]),
        ("Mentioned, not counted", [skill for skill in report.skills if not skill.strength]),
    )
    for title, skills in groups:
        if skills:
            yield f"\n### {title} ({len(skills)})\n"
            for skill in skills:
                yield from _skill(skill, report)


def _skill(skill: SkillRecord, report: FitReport) -> Iterator[str]:
    said = []
    if skill.shown is not None:
        said.append("only listed" if skill.shown == "listed" else f"in {skill.shown}")
    if skill.months_in_jobs:
        said.append(f"{duration(skill.months_in_jobs)} in jobs")
    if skill.implied_by:
        chain = " → ".join(escaped(report.labels.get(s, s)) for s in skill.implied_by[:-1])
        said.append(f"by {chain}, counts {skill.strength:.2f}")
    yield f"- **{escaped(skill.label)}**" + (f": {', '.join(said)}" if said else "")
    for mention in skill.mentions[:_QUOTES]:
        yield f"  - {_mention(mention)}"
    if len(skill.mentions) > _QUOTES:
        yield f"  - and {len(skill.mentions) - _QUOTES} more"


def _mention(mention: MentionRecord) -> str:
    where = f"p. {mention.page}" + (f", {mention.section}" if mention.section else "")
    remarks = "".join(f"; {escaped(remark)}" for remark in mention_remarks(mention, wording=False))
    return f"“{_quoted(mention)}” ({where}{remarks})"


def _quoted(mention: MentionRecord) -> str:
    """Write the quote with the mention in bold, where Markdown can tell that it is meant so."""
    quote = plain(mention.quote)
    before, after = quote[: mention.quote_start], quote[mention.quote_end :]
    words = quote[mention.quote_start : mention.quote_end]
    # Next to a letter, asterisks are bold only if the letter on their other side is one too.
    opens = words[:1].isalnum() or not before[-1:].isalnum()
    closes = words[-1:].isalnum() or not after[:1].isalnum()
    bold = "**" if opens and closes and words.strip() == words else ""
    return f"{_as_written(before)}{bold}{_as_written(words)}{bold}{_as_written(after)}"


def _method(report: FitReport) -> Iterator[str]:
    signature, document = report.signature, report.document
    engines = ", ".join(f"{name} {number}" for name, number in sorted(signature.engines.items()))
    yield "## Method and limits"
    yield ""
    yield _METHOD
    yield ""
    yield "## Signature"
    yield ""
    yield "Scores with different signatures are not comparable."
    yield ""
    yield from _table(
        ("what", "which"),
        [
            ("skillgap", f"{signature.skillgap}, report {report.format_version}"),
            ("taxonomy", f"`{signature.taxonomy}`"),
            ("policy", f"`{signature.policy}`"),
            ("as of", str(signature.as_of)),
            ("read by", f"{escaped(document.engine)} ({escaped(engines)})"),
            ("file", f"sha256 `{document.sha256}`"),
        ],
    )
