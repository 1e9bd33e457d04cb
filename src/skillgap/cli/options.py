"""The options that several commands share, and how a command may end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import IntEnum
from pathlib import Path
from typing import Annotated

import typer

from skillgap.document.options import Engine
from skillgap.report.choice import ROLES, BlindOptions

STDIN = "-"
BOTH = "both"  # roles: machine learning engineer and data scientist


def _day(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d")  # a day has no zone
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write a day as 2030-01-31") from None


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    FAULTS = 1  # a check found faults, or documents failed under --strict
    USAGE = 2
    NOTHING_READ = 3
    INTERRUPTED = 130


Role = Annotated[
    str,
    typer.Option(
        "--role",
        metavar="mle|ds|both",
        help="The role to score; of a --taxonomy with other roles also their ids, with commas.",
    ),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write to this file, not to the screen.")
]
TaxonomyFile = Annotated[
    Path | None,
    typer.Option("--taxonomy", help="A taxonomy made by `taxonomy build`, or a folder of TOML."),
]
PolicyFile = Annotated[
    Path | None,
    typer.Option("--policy", help="A file that sets constants of the score (policy show)."),
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        parser=_day,
        metavar="YYYY-MM-DD",
        help="The day that “present” means; today when not given.",
    ),
]
PdfEngine = Annotated[Engine, typer.Option("--engine", help="Which library reads PDFs.")]
Password = Annotated[str | None, typer.Option("--password", help="For encrypted PDFs.")]
Blind = Annotated[
    bool, typer.Option("--blind", help="Mask names, contacts and what else tells who it is.")
]
BlindEmployers = Annotated[
    bool, typer.Option("--blind-employers", help="As --blind, and mask employers too.")
]
BlindSchools = Annotated[
    bool, typer.Option("--blind-schools", help="As --blind, and mask schools too.")
]
Plan = Annotated[
    bool, typer.Option("--plan", help="Also show all steps, and the way to the other role.")
]
Facts = Annotated[
    bool, typer.Option("--facts", help="Also show ladder, pay, market, education, choice.")
]
Gaps = Annotated[int, typer.Option(min=0, help="Also show so many gaps of each role.")]
Evidence = Annotated[bool, typer.Option("--evidence", help="Also show where each skill was found.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 when any file cannot be read.")]
Sources = Annotated[Path, typer.Option("--sources", help="The folder of the cited articles.")]


def blind_options(*, blind: bool, employers: bool, schools: bool) -> BlindOptions | None:
    """Return what is to be masked; None when nothing is. Each option by itself asks for it."""
    if not (blind or employers or schools):
        return None
    return BlindOptions(employers=employers, schools=schools)


def chosen_day(as_of: datetime | None) -> date | None:
    """Return the day of `--as-of`; None when it is not given."""
    return as_of.date() if as_of is not None else None


def role_ids(role: str) -> tuple[str, ...]:
    """Return the ids of the roles that `--role` names.

    >>> role_ids("both"), role_ids("ds")
    (('mle', 'ds'), ('ds',))
    """
    return ROLES if role == BOTH else tuple(name.strip() for name in split_names([role]))


def split_names(given: Iterable[str] | None) -> list[str]:
    """Return the names of an option that may be repeated, and may hold several with commas.

    >>> split_names(["docker,sql", "r"])
    ['docker', 'sql', 'r']
    """
    return [name for part in given or () for name in part.split(",") if name.strip()]
