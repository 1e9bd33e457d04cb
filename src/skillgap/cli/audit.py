"""The command that counts a batch by category."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from skillgap.batch.choice import AuditFormat
from skillgap.cli.options import Output, role_ids
from skillgap.cli.output import chosen_format, keep_apart, write
from skillgap.cli.recorded import record
from skillgap.errors import UsageError


def audit(
    context: typer.Context,
    run_file: Annotated[Path, typer.Argument(metavar="RUN.db", help="What `batch --out` wrote.")],
    groups: Annotated[
        Path,
        typer.Option(
            help="A CSV: a column `file` (path, name or sha256), then columns of categories, such "
            "as sex and race; the first two are crossed."
        ),
    ],
    role: Annotated[
        str | None,
        typer.Option(metavar="mle|ds|both", help="The role; all of the run when not given."),
    ] = None,
    min_fit: Annotated[
        float | None, typer.Option(min=0, max=100, help="Selected are those with this fit or more.")
    ] = None,
    top: Annotated[
        int | None, typer.Option(min=1, help="Selected are the best so many, with all who tie.")
    ] = None,
    leave_out_small: Annotated[
        bool,
        typer.Option(
            "--leave-out-small",
            help="Leave categories of under 2% of the applicants out of the impact ratios.",
        ),
    ] = False,
    audit_format: Annotated[
        AuditFormat | None,
        typer.Option("--format", "-f", help="How to tell it; by default as -o ends."),
    ] = None,
    output: Output = None,
) -> None:
    """Count by category who is selected and scored high, as NYC Local Law 144 counts.

    It is no independent audit; it shows what one would look at.
    """
    from skillgap.batch.audit import SelectionRule
    from skillgap.batch.audit import audit as count
    from skillgap.batch.audit_text import render_audit
    from skillgap.batch.groups import read_groups
    from skillgap.batch.run import Run

    if min_fit is not None and top is not None:
        raise UsageError("--min-fit and --top: give one of them; they are two rules of selection")
    keep_apart([str(run_file), str(groups)], output)
    form = chosen_format(audit_format, output, AuditFormat)
    table = read_groups(groups)
    with Run(run_file) as run:
        scored = tuple(run.options["roles"])
        roles = role_ids(role) if role is not None else scored
        if not set(roles) <= set(scored):
            raise UsageError(f"{run_file}: scores only {', '.join(scored)}; name such a role")
        found = count(
            run.rows(by_path=True),  # what names the groups; an audit shows no file
            table,
            roles,
            rule=SelectionRule(min_fit=min_fit, top=top),
            leave_out_small=leave_out_small,
        )
        counts, signature = run.counts(), run.signature
        told = render_audit(found, form, run=str(run_file), signature=signature)
    record(context, run_file, signature=signature, counts=counts)
    write(told, output)
