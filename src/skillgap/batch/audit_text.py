"""An audit told to people, to programs and to spreadsheets; it counts nothing."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from io import StringIO
from textwrap import wrap
from typing import assert_never

from skillgap.batch.audit import Audit, Category, CategoryTable, Rate, RoleAudit, SelectionRule
from skillgap.batch.choice import AuditFormat
from skillgap.report.cells import harmless
from skillgap.report.printable import plain

# 1.0: the first.
# 1.1: same_person, counted_apart.
FORMAT_VERSION = "1.1"

NOT_INDEPENDENT = (
    "This is not the independent bias audit that New York City Local Law 144 asks for (6 RCNY "
    "5-301): that is made by an auditor who neither uses, makes nor sells the tool."
)
FOUR_FIFTHS = (
    "<4/5: a rate under four fifths of the highest is generally regarded as evidence of "
    "adverse impact (29 CFR 1607.4 D); with few people it may be chance, and a higher one is no "
    "proof of fairness."
)
_NAME_WIDTH = 27
_NAMES_SHOWN = 2


def render_audit(audit: Audit, form: AuditFormat, *, run: str, signature: str = "") -> str:
    """Tell an audit in a format; the same audit gives the same text.

    Args:
        audit: What was counted.
        form: How to tell it.
        run: The name of the run's file.
        signature: What made its scores.
    """
    match form:
        case AuditFormat.TEXT:
            return "\n".join(_lines(audit, run, signature)) + "\n"
        case AuditFormat.JSON:
            return _json(audit, run, signature)
        case AuditFormat.CSV:
            return _csv(audit, signature)
    assert_never(form)


def _justification(audit: Audit) -> str:
    """Say why categories were left out, as 6 RCNY 5-301 (d) asks, or nothing."""
    if not audit.leave_out_small:
        return ""
    return (
        "Categories of less than 2% of the applicants are left out of the impact ratios (6 RCNY "
        "5-301 (d)): so few people let chance alone set the ratio. Their numbers and rates stand "
        "in the tables."
    )


def _rule(rule: SelectionRule) -> str:
    if rule.min_fit is not None:
        return f"a fit of at least {rule.min_fit:g}"
    if rule.top is not None:
        return f"the best {rule.top:,}, with all who tie with the last"
    return ""


# --- lines for people -----------------------------------------------------------------------------


def _lines(audit: Audit, run: str, signature: str) -> Iterator[str]:
    yield f"Rates by category: {plain(run)}" + (f" [{signature[:12]}]" if signature else "")
    yield from _wrapped(NOT_INDEPENDENT)
    yield ""
    unscored = ", ".join(f"{status} {n:,}" for status, n in audit.not_scored.items())
    scored = audit.files - sum(audit.not_scored.values())
    yield f"{_number(audit.files, 'file')}: {scored:,} scored" + (
        f", {audit.files - scored:,} not ({unscored})" if unscored else ""
    )
    if audit.copies:
        yield f"{_number(audit.copies, 'copy', 'copies')} of these counted no second time"
    yield from _same_person_lines(audit)
    if audit.not_in_run:
        shown = ", ".join(_short(name) for name in audit.not_in_run[:_NAMES_SHOWN])
        more = ", ..." if len(audit.not_in_run) > _NAMES_SHOWN else ""
        yield f"{len(audit.not_in_run):,} named in the groups, not in the run: {shown}{more}"
    if audit.rule.given:
        yield f"selected: {_rule(audit.rule)}"
    else:
        yield "selected: no rule given; --min-fit or --top counts the rates of selection too"
    for role in audit.roles:
        yield from _role_lines(role)
    yield ""
    yield from _wrapped(
        "In brackets: 95% intervals, of rates after Wilson, of ratios after Katz. An impact ratio "
        "is the rate over the highest rate of the table."
    )
    yield from _wrapped(FOUR_FIFTHS)
    yield from _wrapped("<2%: the category is under 2% of the applicants.")
    if audit.leave_out_small:
        yield from _wrapped(_justification(audit))


def _same_person_lines(audit: Audit) -> Iterator[str]:
    if audit.same_person:
        yield from _wrapped(
            f"{_number(audit.same_person, 'file')} of likely the same person as another counted "
            "with it, by the best score for each role"
        )
    if audit.counted_apart:
        yield from _wrapped(
            f"{_number(audit.counted_apart, 'file')} that look like one person's stand in "
            "different categories: each counted by itself"
        )


def _number(n: int, one: str, many: str = "") -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def _wrapped(text: str) -> list[str]:
    return wrap(text, 78)


def _role_lines(role: RoleAudit) -> Iterator[str]:
    yield ""
    head = f"{role.role}: {_number(role.applicants, 'applicant')}"
    if role.median is not None:
        head += f", median score {role.median:.1f}"
    if role.selected is not None:
        head += f", {role.selected:,} selected"
        if role.lowest_selected is not None:
            head += f" (from {role.lowest_selected:.1f})"
    yield head
    for table in role.tables:
        yield ""
        yield from _table_lines(table)


def _table_lines(table: CategoryTable) -> Iterator[str]:
    yield f"by {plain(' and '.join(table.columns))}"
    selection = {c.name: _rate_cells(c, c.selection) for c in table.categories if c.selection}
    scoring = {c.name: _rate_cells(c, c.scoring) for c in table.categories if c.scoring}
    missed = {
        c.name: f"{c.not_scored:6,} of {c.not_scored + c.applicants:,}"
        for c in table.categories
        if c.not_scored
    }
    for heading, cells in (
        (f"{'n':>6}  {'selected':>13}  impact ratio", selection),
        (f"{'n':>6}  {'above median':>13}  impact ratio", scoring),
        ("not scored, in no rate", missed),
    ):
        if cells:
            yield f"  {'':{_NAME_WIDTH}} {heading}"
            yield from _named_lines(cells)
    if table.unknown or table.unknown_not_scored:
        more = f", and {table.unknown_not_scored:,} not scored" if table.unknown_not_scored else ""
        yield f"  category not known, in no rate: {table.unknown:,}{more}"


def _named_lines(cells: Mapping[tuple[str, ...], str]) -> Iterator[str]:
    """Put each category's name before its cells; crossed ones under the name of the first."""
    above: tuple[str, ...] = ()
    for name, told in cells.items():
        if name[:-1] != above:
            above = name[:-1]
            yield f"  {_short(' / '.join(above))}"
        label = _short("  " * bool(above) + name[-1])
        yield f"  {label:{_NAME_WIDTH}} {told}"


def _short(name: str) -> str:
    text = plain(name)
    return text if len(text) <= _NAME_WIDTH else f"{text[: _NAME_WIDTH - 3]}..."


def _rate_cells(category: Category, rate: Rate) -> str:
    low, high = (f"{100 * bound:.0f}" for bound in rate.interval)
    cells = [f"{category.applicants:6,}", f"{f'{rate.rate:.0%} ({low}-{high})':>13}"]
    if rate.impact_ratio is not None:
        cells.append(f"{rate.impact_ratio:.2f}")
    if rate.ratio_interval is not None:
        low, high = (f"{bound:.2f}" for bound in rate.ratio_interval)
        cells[-1] += f" ({low}-{high})"
    if rate.below_four_fifths:
        cells.append("<4/5")
    if category.small:
        cells.append("<2%, left out" if category.left_out else "<2%")
    return "  ".join(cells)


# --- JSON and CSV ---------------------------------------------------------------------------------


def _json(audit: Audit, run: str, signature: str) -> str:
    content = {
        "format_version": FORMAT_VERSION,
        "note": NOT_INDEPENDENT,
        "run": run,
        "signature": signature,
        "selected": _rule(audit.rule) or None,
        "justification": _justification(audit) or None,
        **asdict(audit),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


_HEAD = (
    "role",
    "by",
    "category",
    "applicants",
    "share",
    "under_2_percent",
    "not_scored",
    "measure",
    "count",
    "rate",
    "rate_low",
    "rate_high",
    "impact_ratio",
    "ratio_low",
    "ratio_high",
    "below_four_fifths",
    "left_out",
    "signature",
    "note",
)


def _csv(audit: Audit, signature: str) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEAD)
    note = " ".join(filter(None, [NOT_INDEPENDENT, _justification(audit)]))
    for role in audit.roles:
        for table in role.tables:
            by = " / ".join(table.columns)
            for cells in _csv_rows(table):
                row = (role.role, by, *cells, signature, note)
                writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def _csv_rows(table: CategoryTable) -> Iterator[tuple[str | int, ...]]:
    for category in table.categories:
        head = (
            " / ".join(category.name),
            category.applicants,
            f"{category.share:.4f}",
            _yes(category.small),
            category.not_scored,
        )
        left_out = _yes(category.left_out)
        if category.selection is not None:
            yield (*head, "selection", *_csv_rate(category.selection), left_out)
        if category.scoring is not None:
            yield (*head, "scoring", *_csv_rate(category.scoring), left_out)
        elif category.selection is None:
            yield (*head, "", *[""] * 8, left_out)
    yield ("(not known)", table.unknown, "", "", table.unknown_not_scored, "", *[""] * 8, "")


def _csv_rate(rate: Rate) -> tuple[str | int, ...]:
    ratio = "" if rate.impact_ratio is None else f"{rate.impact_ratio:.4f}"
    bounds = ("", "") if rate.ratio_interval is None else [f"{b:.4f}" for b in rate.ratio_interval]
    low, high = (f"{bound:.4f}" for bound in rate.interval)
    flag = _yes(rate.below_four_fifths)
    return (rate.count, f"{rate.rate:.4f}", low, high, ratio, *bounds, flag)


def _yes(answer: bool) -> str:  # noqa: FBT001 a Boolean is all there is to say
    return "yes" if answer else "no"
