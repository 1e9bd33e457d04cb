"""Commands that look at the taxonomy, check it and build it."""

from __future__ import annotations

from typing import Annotated

import typer

from skillgap.cli.loading import load
from skillgap.cli.options import Output, Sources, TaxonomyFile
from skillgap.cli.output import write
from skillgap.errors import TaxonomyFaultsError, UsageError
from skillgap.report.choice import ListingFormat

taxonomy_app = typer.Typer(
    help="Look at the skills and roles, check the data, build a taxonomy.", no_args_is_help=True
)


@taxonomy_app.command("list")
def taxonomy_list(
    area: Annotated[str | None, typer.Option(help="Only the skills of this area.")] = None,
    taxonomy: TaxonomyFile = None,
) -> None:
    """List the skills: id, name, area and number of written forms."""
    loaded = load(taxonomy)
    areas = {known.id for known in loaded.areas}
    if area is not None and area not in areas:
        raise UsageError(f"there is no area {area!r}; the areas are {', '.join(sorted(areas))}")
    for skill in loaded.skills:
        if area in (None, skill.area):
            typer.echo(f"{skill.id}\t{skill.label}\t{skill.area}\t{len(skill.aliases)}")


@taxonomy_app.command("show")
def taxonomy_show(
    name: Annotated[
        str, typer.Argument(metavar="SKILL", help="An id, a name, or any way it is written.")
    ],
    report_format: Annotated[
        ListingFormat, typer.Option("--format", "-f", help="How to tell it.")
    ] = ListingFormat.TEXT,
    taxonomy: TaxonomyFile = None,
) -> None:
    """Show one skill: forms, links, what it implies, what the roles say, and the citations."""
    from skillgap.report.lines import hung
    from skillgap.taxonomy.lookup import look_up
    from skillgap.taxonomy.show import skill_json, skill_text

    loaded = load(taxonomy)
    skill = look_up(loaded, name)
    if report_format is ListingFormat.JSON:
        typer.echo(skill_json(loaded, skill), nl=False)
    else:
        typer.echo(hung(skill_text(loaded, skill).splitlines()), nl=False)


@taxonomy_app.command("sources")
def taxonomy_sources(taxonomy: TaxonomyFile = None) -> None:
    """Name the cited articles: D2:50 in a report is line 50 of D2."""
    from skillgap.taxonomy.show import sources_text

    typer.echo(sources_text(load(taxonomy)), nl=False)


@taxonomy_app.command("check")
def taxonomy_check(taxonomy: TaxonomyFile = None) -> None:
    """Find all faults of the data at once, each with its file and key."""
    from skillgap.taxonomy.check import find_faults

    loaded = load(taxonomy)
    faults = find_faults(loaded)
    if faults:
        raise TaxonomyFaultsError(faults)
    forms = sum(len(skill.aliases) for skill in loaded.skills)
    typer.echo(f"{len(loaded.skills)} skills with {forms} written forms: no fault")


@taxonomy_app.command("verify")
def taxonomy_verify(sources: Sources, taxonomy: TaxonomyFile = None) -> None:
    """Hold every citation against the cited article."""
    from skillgap.taxonomy.verify import verify

    count = verify(load(taxonomy), sources)
    typer.echo(f"{count} cited facts checked: each stands on its line")


@taxonomy_app.command("build")
def taxonomy_build(sources: Sources, output: Output = None, taxonomy: TaxonomyFile = None) -> None:
    """Build one file of the data: checked, verified against the articles, weights computed."""
    from skillgap.taxonomy.build import build

    built = build(taxonomy, sources)
    write(built.text, output)
    typer.echo(built.summary, err=True)
