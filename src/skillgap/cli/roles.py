"""Commands that look at roles."""

from __future__ import annotations

from typing import Annotated

import typer

from skillgap.cli.loading import load
from skillgap.cli.options import TaxonomyFile
from skillgap.report.choice import ListingFormat

roles_app = typer.Typer(
    help="Look at a role, or hold two against each other.", no_args_is_help=True
)


@roles_app.command("show")
def roles_show(
    role: Annotated[str, typer.Argument(help="The id or the name of a role.")],
    report_format: Annotated[
        ListingFormat, typer.Option("--format", "-f", help="How to tell it.")
    ] = ListingFormat.TEXT,
    taxonomy: TaxonomyFile = None,
) -> None:
    """Show what a role asks for and how much it weighs, pay and ladder, with citations."""
    from skillgap.report.roles import role_json, role_text
    from skillgap.taxonomy.lookup import look_up_role

    found = look_up_role(load(taxonomy), role)
    tell = role_json if report_format is ListingFormat.JSON else role_text
    typer.echo(tell(found), nl=False)


@roles_app.command("diff")
def roles_diff(
    first: Annotated[str, typer.Argument(help="The id or the name of a role.")],
    second: Annotated[str, typer.Argument(help="Another one.")],
    report_format: Annotated[
        ListingFormat, typer.Option("--format", "-f", help="How to tell it.")
    ] = ListingFormat.TEXT,
    taxonomy: TaxonomyFile = None,
) -> None:
    """Show what two roles share, what one asks for alone, and where they differ most."""
    from skillgap.report.roles import overlap_json, overlap_text
    from skillgap.score.overlap import overlap
    from skillgap.taxonomy.lookup import look_up_role

    loaded = load(taxonomy)
    found = overlap(look_up_role(loaded, first), look_up_role(loaded, second))
    tell = overlap_json if report_format is ListingFormat.JSON else overlap_text
    typer.echo(tell(found, loaded), nl=False)
