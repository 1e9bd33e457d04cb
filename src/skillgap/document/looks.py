"""How letters look and whether anyone can see them: for the formats that say it in words."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace

UNKNOWN_GROUND = ""
"""Stands for a ground that cannot be told: a picture, a pattern, a gradient."""

WHITE = "FFFFFF"

# As far as two colours may be apart, channel by channel, and still look the same on a page.
_SAME_COLOUR = 0x18
_TINY_PT = 1.0

_HEX = re.compile(r"[0-9A-Fa-f]{6}$")


@dataclass(frozen=True, slots=True)
class Look:
    """How letters look; None where nothing is said, so that what lies below shows through.

    Attributes:
        bold: Whether they are bold.
        size_pt: Their size.
        vanish: Whether the file marks them as hidden.
        colour: Their colour as six hexadecimal digits; anything else is a colour unknown.
        ground: The colour right behind them.
    """

    bold: bool | None = None
    size_pt: float | None = None
    vanish: bool | None = None
    colour: str | None = None
    ground: str | None = None

    def over(self, below: Look) -> Look:
        """Return this look with what it leaves open taken from the one below."""
        said = {name: value for name in _LOOK_FIELDS if (value := getattr(self, name)) is not None}
        return replace(below, **said) if said else below

    def hidden(self, ground: str) -> str | None:
        """Return why no reader sees such letters, None when they can be seen.

        Args:
            ground: The colour of what lies behind, where the look itself has none.
        """
        if self.vanish:
            return "vanish"
        if self.size_pt is not None and self.size_pt <= _TINY_PT:
            return "tiny"
        if self.colour and _same(self.colour, ground if self.ground is None else self.ground):
            return "colour"
        return None


_LOOK_FIELDS = tuple(item.name for item in fields(Look))


def is_hex(colour: str | None) -> bool:
    """Tell whether the text is a colour of six hexadecimal digits."""
    return colour is not None and _HEX.match(colour) is not None


def _same(colour: str, ground: str) -> bool:
    if not (is_hex(colour) and is_hex(ground)):
        return False
    pairs = zip(bytes.fromhex(colour), bytes.fromhex(ground), strict=True)
    return all(abs(one - other) <= _SAME_COLOUR for one, other in pairs)
