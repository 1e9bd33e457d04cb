"""Commands that look at the constants of the score."""

from __future__ import annotations

import typer

from skillgap.cli.loading import load_policy
from skillgap.cli.options import PolicyFile

policy_app = typer.Typer(help="Look at the constants of the score.", no_args_is_help=True)


@policy_app.callback()
def _policy() -> None:
    """Keep `show` a command of its own, as long as it is the only one."""


@policy_app.command("show")
def policy_show(policy: PolicyFile = None) -> None:
    """Show every constant of the score: what it is, what it would be, and what that stands on."""
    from skillgap.report.policy import policy_text

    typer.echo(policy_text(load_policy(policy)), nl=False)
