"""Writes into a run's log who ran a command; the outermost place, which asks clock and system."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import typer

_LIST_MAX = 20  # of paths that a shell made of one star; the rest as a number
_SECRET = frozenset(["password"])


def record(
    context: typer.Context,
    run_file: Path,
    *,
    event: str = "done",
    signature: str,
    counts: Mapping[str, int],
) -> None:
    """Append to the log of a run: who, when, which command with which options.

    Args:
        context: Of the command that runs; it knows its name and options.
        run_file: The run.
        event: What of it: `done`, or `begun` and `ended` of what takes long.
        signature: Of the run.
        counts: How many files of each status it has.

    Raises:
        StoreError: The log cannot be written. Nobody should use a run without a trace.
    """
    from importlib.metadata import version

    from skillgap.batch.log import LogEntry, append, log_of, written_at

    entry = LogEntry(
        at=written_at(datetime.now().astimezone()),
        user=_user(),
        command=context.command_path,
        event=event,
        options={
            name: _plain(value) for name, value in context.params.items() if name not in _SECRET
        },
        run=str(run_file),
        signature=signature,
        counts=dict(counts),
        skillgap=version("skillgap"),
    )
    append(log_of(run_file), entry)


def _plain(value: object) -> object:
    """Return an option as JSON knows it."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        shown = [_plain(item) for item in value[:_LIST_MAX]]
        more = len(value) - len(shown)
        return [*shown, f"and {more} more"] if more else shown
    return str(value)


def _user() -> str:
    """Name who runs this, as the system knows; what anybody may set in the environment is no name.

    Windows has no other name to ask for without a library.
    """
    if sys.platform == "win32":
        return os.environ.get("USERNAME", "unknown")
    else:  # noqa: RET505 so that mypy sees one platform at a time
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:  # a container may run under a number without a name
            return f"uid {os.getuid()}"
