"""The constants of the score, as a policy file writes them, each with what it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap

from skillgap.score.knobs import Knob, Setting, knobs_of
from skillgap.score.policy import ScoringPolicy

_WIDTH = 80


def policy_text(policy: ScoringPolicy) -> str:
    """Tell a policy as a policy file that would make it, its reasons as comments."""
    return "\n".join(_lines(policy)) + "\n"


def _lines(policy: ScoringPolicy) -> Iterator[str]:
    # In TOML all that follows a table belongs to it, so the tables stand last.
    knobs = sorted(knobs_of(policy), key=lambda knob: bool(_table(knob)))
    changed = sum(knob.changed for knob in knobs)
    yield f"# {changed} of {len(knobs)} constants differ from their defaults."
    for table, rows in groupby(knobs, key=_table):
        if table:
            yield ""
            yield f"[{table}]"
        for knob in rows:
            yield ""
            yield from _knob(knob)


def _knob(knob: Knob) -> Iterator[str]:
    reason = f"{knob.stands_on} (default: {_toml(knob.default)})"
    yield from wrap(reason, _WIDTH, initial_indent="# ", subsequent_indent="# ")
    line = f"{knob.name.rpartition('.')[2]} = {_toml(knob.value)}"
    yield line if len(line) <= _WIDTH else line.replace(" [", " [\n  ").replace(", ", ",\n  ")


def _table(knob: Knob) -> str:
    return knob.name.rpartition(".")[0]


def _toml(setting: Setting) -> str:
    if isinstance(setting, tuple):
        return f"[{', '.join(map(_toml, setting))}]"
    return f'"{setting}"' if isinstance(setting, str) else repr(setting)
