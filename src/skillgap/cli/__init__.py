"""The command line: parse arguments, call the library, render, choose an exit code.

Heavy modules are imported inside the commands that need them, so that `--help` is instant.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from skillgap.cli.audit import audit
from skillgap.cli.batch import batch_app
from skillgap.cli.compare import compare
from skillgap.cli.explain import explain, schema
from skillgap.cli.log import log_app
from skillgap.cli.options import ExitCode
from skillgap.cli.output import complain, use_utf8
from skillgap.cli.policy import policy_app
from skillgap.cli.resumes import analyze, extract, parse
from skillgap.cli.roles import roles_app
from skillgap.cli.taxonomy import taxonomy_app
from skillgap.errors import DocumentError, SkillgapError, TaxonomyFaultsError

app = typer.Typer(
    name="skillgap",
    help="How well a resume fits Machine Learning Engineer and Data Scientist, what is missing, "
    "and why. Offline; the same input and day give the same output.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (analyze, compare, explain, parse, extract, audit, schema):
    app.command()(command)
app.add_typer(batch_app, name="batch")
app.add_typer(log_app, name="log")
app.add_typer(policy_app, name="policy")
app.add_typer(roles_app, name="roles")
app.add_typer(taxonomy_app, name="taxonomy")


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"skillgap {installed('skillgap')}")
        raise typer.Exit


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: The arguments after the program's name; those of the process when None.

    Returns:
        The exit code: see `ExitCode`.
    """
    use_utf8(sys.stdout)
    try:
        typer.main.get_command(app).main(args=argv, prog_name="skillgap")
    except SystemExit as stop:  # how every command ends, also one with wrong usage
        return stop.code if isinstance(stop.code, int) else ExitCode.USAGE
    except KeyboardInterrupt:
        typer.echo("skillgap: stopped", err=True)
        return ExitCode.INTERRUPTED
    except TaxonomyFaultsError as error:
        complain(error)
        return ExitCode.FAULTS
    except DocumentError as error:
        complain(error)
        return ExitCode.NOTHING_READ
    except SkillgapError as error:
        complain(error)
        return ExitCode.USAGE
    return ExitCode.DONE
