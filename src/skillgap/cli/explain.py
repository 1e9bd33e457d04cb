"""Commands that say what a report means: explain, and the schema of its JSON."""

from __future__ import annotations

from typing import Annotated

import typer

from skillgap.cli.loading import load_analyzer, source_of
from skillgap.cli.options import (
    BOTH,
    AsOf,
    Output,
    Password,
    PdfEngine,
    PolicyFile,
    Role,
    TaxonomyFile,
    chosen_day,
)
from skillgap.cli.output import chosen_format, keep_apart, write
from skillgap.document.options import Engine
from skillgap.report.choice import ListingFormat


def explain(
    file: Annotated[str, typer.Argument(help="A resume; - reads standard input.")],
    skill: Annotated[str, typer.Argument(help="A skill: its id, its name, or any written form.")],
    role: Role = BOTH,
    explain_format: Annotated[
        ListingFormat | None,
        typer.Option("--format", "-f", help="How to tell it; by default as -o ends."),
    ] = None,
    output: Output = None,
    as_of: AsOf = None,
    taxonomy: TaxonomyFile = None,
    policy: PolicyFile = None,
    engine: PdfEngine = Engine.AUTO,
    password: Password = None,
) -> None:
    """Explain a skill: every mention, what implies it, and every point that rests on it."""
    from skillgap.report.explain_text import explanation_json, explanation_text

    keep_apart([file], output)
    form = chosen_format(explain_format, output, ListingFormat)
    analyzer = load_analyzer(
        role, taxonomy=taxonomy, policy=policy, engine=engine, password=password
    )
    explanation = analyzer.explain(
        source_of(file),
        skill,
        name=file,
        as_of=chosen_day(as_of),
    )
    tell = explanation_json if form is ListingFormat.JSON else explanation_text
    write(tell(explanation), output)


def schema(output: Output = None) -> None:
    """Print the JSON Schema of a report: what programs that read `-f json` may build on."""
    from skillgap.report.schema import schema_json

    write(schema_json(), output)
