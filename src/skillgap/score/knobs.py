"""Constants that can be set: each with what it stands on, its range, and a file that sets it.

A dataclass of constants is described once, by its fields. What a user is shown, what a file may
set and what is refused are all read from there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from enum import StrEnum
from math import inf, isfinite
from reprlib import repr as brief
from typing import Any, TypeVar

from skillgap.errors import PolicyError
from skillgap.taxonomy.near import nearest

_Policy = TypeVar("_Policy")

# What a knob can be set to.
Setting = float | int | str | tuple[float, ...] | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Knob:
    """A constant as it is shown: its name, what it is set to, and why it has its default.

    Attributes:
        name: Its key in a policy file; with a dot when it stands in a table of its own.
        value: What it is set to.
        default: What it is when nobody sets it.
        stands_on: What the default stands on: a line of a source, a measurement, a choice.
    """

    name: str
    value: Setting
    default: Setting
    stands_on: str

    @property
    def changed(self) -> bool:
        """Whether it is set to something else than its default."""
        return self.value != self.default


# What dataclasses' own `field` returns to type checkers is its default; so does this.
def knob(default: Any, stands_on: str, *, low: float = 0.0, high: float = inf) -> Any:
    """Describe a constant, as the default of a dataclass's field.

    Args:
        default: What it is when nobody sets it.
        stands_on: What the default stands on, in a line.
        low: The least that makes sense.
        high: The most that makes sense.
    """
    return field(default=default, metadata={"stands_on": stands_on, "low": low, "high": high})


def knobs_of(policy: Any) -> Iterator[Knob]:
    """Tell all constants of a policy, those of its tables included, in their order."""
    for part in fields(policy):
        value = getattr(policy, part.name)
        if _is_table(part):
            for inner in knobs_of(value):
                yield Knob(f"{part.name}.{inner.name}", inner.value, inner.default, inner.stands_on)
        else:
            default: Any = part.default
            yield Knob(part.name, value, default, part.metadata["stands_on"])


def shown(setting: Setting) -> str:
    """Write a value for people; lists with commas between."""
    if isinstance(setting, tuple):
        return ", ".join(map(shown, setting))
    return setting if isinstance(setting, str) else f"{setting:g}"


def check_ranges(policy: Any) -> None:
    """Refuse numbers that make no sense.

    Raises:
        ValueError: The message names the constant, its range and what it was.
    """
    for part in fields(policy):
        value = getattr(policy, part.name)
        for number in value if isinstance(value, tuple) else (value,):
            if isinstance(number, int | float) and not _within(number, part):
                low, high = part.metadata["low"], part.metadata["high"]
                reach = f"from {low:g} to {high:g}" if isfinite(high) else f"{low:g} or more"
                raise ValueError(f"{part.name} must be {reach}, not {number}")


def _within(number: float, part: Field[Any]) -> bool:
    return isfinite(number) and part.metadata["low"] <= number <= part.metadata["high"]


# --- a file that sets them ------------------------------------------------------------------------


def from_toml(kind: type[_Policy], text: str, name: str) -> _Policy:
    """Make a policy of the constants that a TOML text sets; the others keep their defaults.

    Args:
        kind: The dataclass.
        text: The file's text.
        name: What to call the file in errors.

    Raises:
        PolicyError: It is no TOML, names a constant that does not exist, or sets one to what
            makes no sense.
    """
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PolicyError(
            name, "", f"this is no TOML ({error}); see examples/policy.toml"
        ) from None
    return _made(kind, table, name, "")


def _made(kind: type[_Policy], table: Mapping[str, object], name: str, at: str) -> _Policy:
    parts = {part.name: part for part in fields(kind)}  # type: ignore[arg-type]
    values = {}
    for key, value in table.items():
        if key not in parts:
            known = key if key.isprintable() else repr(key)
            raise PolicyError(name, at + known, _unknown(key, parts))
        values[key] = _value(parts[key], value, name, at + key)
    try:
        return kind(**values)
    except ValueError as error:
        key = str(error).split()[0]
        raise PolicyError(name, at + key, str(error).removeprefix(key).strip()) from None


def _unknown(key: str, parts: Mapping[str, object]) -> str:
    near = nearest(key, parts)
    advice = f"did you mean {near[0]}?" if near else "`skillgap policy show` lists all"
    return f"there is no such constant; {advice}"


def _value(part: Field[Any], value: object, name: str, key: str) -> object:
    """Return what a file sets a constant to, in the type of its default."""
    if _is_table(part):
        if not isinstance(value, dict):
            raise PolicyError(name, key, f"must be a table: [{key}]")
        return _made(part.default_factory, value, name, f"{key}.")  # type: ignore[arg-type]
    default = part.default
    if isinstance(default, StrEnum):
        kinds = [str(kind) for kind in type(default)]
        if value not in kinds:
            raise PolicyError(name, key, f"must be one of {', '.join(kinds)}, not {brief(value)}")
        return type(default)(value)
    if isinstance(default, tuple):
        return _many(default, value, name, key)
    return _number(default, value, name, key)


def _many(default: tuple[object, ...], value: object, name: str, key: str) -> tuple[object, ...]:
    if isinstance(default[0], str):
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise PolicyError(name, key, f"must be a list of words, not {brief(value)}")
        return tuple(value)
    if not isinstance(value, list) or len(value) != len(default):
        raise PolicyError(
            name, key, f"must be a list of {len(default)} numbers, not {brief(value)}"
        )
    return tuple(_number(default[0], one, name, key) for one in value)


def _number(default: object, value: object, name: str, key: str) -> float:
    whole = isinstance(default, int)
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        what = "a whole number" if whole else "a number"
        raise PolicyError(name, key, f"must be {what}, not {brief(value)}")
    return value if whole else float(value)


def _is_table(part: Field[Any]) -> bool:
    return part.default is MISSING
