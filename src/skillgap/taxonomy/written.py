"""Words and figures as an article writes them: what the data say, turned into what to look for.

The data hold 0.069, 235600 and "2026-06"; an article writes 6.9%, $235,600 or $235.6K, and June
2026. Figures are found as whole numbers only: 63% does not stand in 163%, nor 13 in 13.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from skillgap.taxonomy.model import Tier

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# No digit may touch a figure, also not across a decimal point, a thousands comma or a dash.
_STARTS = r"(?<!\d)(?<!\d[.,\-–—])"
_ENDS = r"(?!\d)(?![.,\-–—]\d)"
_PERCENT = r"\s?(?:%|percent\b|per\scent\b)"
_NOTHING = r"(?!)"  # an empty pattern would stand everywhere
_DASH = r"\s?(?:[-–—]|to)\s?"
_UNITS = {
    "": "",
    "months": r"[\s-]?(?:months?|mos?)\b",
    "years": r"[\s-]?(?:years?|yrs?)\b",
    "share": _PERCENT,
}
Unit = Literal["", "months", "years", "share"]


@dataclass(frozen=True, slots=True)
class Written:
    """Something to look for in a line.

    Attributes:
        shown: What it is, for people.
        pattern: All the ways it may be written.
    """

    shown: str
    pattern: re.Pattern[str]

    def stands_in(self, line: str) -> bool:
        """Tell whether the line has it."""
        return self.pattern.search(line) is not None


@cache
def any_words(forms: tuple[str, ...]) -> Written:
    """Any of the forms, letter by letter and as whole words.

    A plural is the same word. A capital may follow directly, because tables of the articles have
    lost the borders of their cells ("System DesignCritical").
    """
    longest_first = sorted(filter(None, forms), key=lambda form: (-len(form), form))
    shown = " or ".join(f'"{form}"' for form in forms[:3]) + (" or ..." if len(forms) > 3 else "")
    return Written(shown, _pattern(map(_whole_words, longest_first)))


def words(form: str) -> Written:
    """These words, letter by letter and as whole words.

    >>> words("LLM").stands_in("evaluate LLMs"), words("RAG").stands_in("FRAGILE")
    (True, False)
    """
    return any_words((form,))


def share(value: float) -> Written:
    """A share: in percent, or as a decimal number.

    >>> share(0.069).stands_in("6.9% of all"), share(0.63).stands_in("163%")
    (True, False)
    """
    percent = _number(100 * value)
    forms = [rf"{_STARTS}{_digits(percent)}{_PERCENT}"]
    if 0 < value < 1:
        forms.append(rf"{_STARTS}0?{re.escape(_number(value)[1:])}0*(?!{_PERCENT}){_ENDS}")
    return Written(f"{percent}%", _pattern(forms))


def dollars(value: int) -> Written:
    """An amount in US dollars, in full or in thousands.

    >>> dollars(235_600).stands_in("pays $235.6K"), dollars(160_000).stands_in("$160k")
    (True, True)
    """
    thousands = re.escape(_number(value / 1000))
    forms = (
        rf"\$\s?{_digits(str(value))}{_ENDS}(?!\s?[kKmM%])",
        rf"{_STARTS}\$?{thousands}\s?[kK](?!\w)",
    )
    return Written(f"${value:,}", _pattern(forms))


def count(value: int) -> Written:
    """A whole number that is no amount of money and no share.

    >>> count(7317).stands_in("7,317 postings"), count(39).stands_in("$39 or 39%")
    (True, False)
    """
    form = rf"(?<!\$){_STARTS}{_digits(str(value))}{_ENDS}(?!\s?%)(?![kKmM]\b)"
    return Written(f"{value:,}", _pattern([form]))


def span(low: float | None, high: float | None, unit: Unit) -> Written:
    """A range with its unit; with one end alone, that end.

    >>> span(6, 18, "months").stands_in("6–18 months"), span(10, None, "years").stands_in("10+ yrs")
    (True, True)
    """
    scale = 100 if unit == "share" else 1
    ends = [_number(scale * end) for end in (low, high) if end is not None]
    percent = f"(?:{_PERCENT})?" if unit == "share" else ""
    joined = f"{percent}{_DASH}".join(_digits(end) for end in ends)
    plus = r"\s?\+" if high is None else ""
    shown = "–".join(ends) + ("+" if high is None else "") + f" {unit.replace('share', '%')}"
    return Written(shown.strip(), _pattern([rf"{_STARTS}{joined}{plus}{_UNITS[unit]}{_ENDS}"]))


def date(as_of: str) -> Written:
    """A date of the data, written `2026`, `2026-06` or as the article has it.

    >>> date("2026-06").stands_in("as of June 2026")
    True
    """
    year, _, month = as_of.partition("-")
    if not re.fullmatch(r"0[1-9]|1[0-2]", month):
        return words(as_of)
    return any_words((f"{_MONTHS[int(month) - 1]} {year}", as_of))


def tier(value: Tier) -> Written:
    """A tier's name, not as the end of another one: "Less Critical" is not critical."""
    name = _tier_name(value)
    longer = [_tier_name(t) for t in Tier if _tier_name(t).endswith(f" {name}")]
    forbidden = "".join(f"(?<!{other.removesuffix(name)})" for other in longer)
    return Written(f'"{name}"', re.compile(rf"{forbidden}{name}\b", re.IGNORECASE))


def _tier_name(value: Tier) -> str:
    return value.replace("_", " ")


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(forms) or _NOTHING)


def _whole_words(form: str) -> str:
    starts = r"(?<![^\W_])" if form[0].isalnum() else ""
    ends = r"(?:e?s)?(?![a-z\d])(?![A-Z](?![a-z]))" if form[-1].isalnum() else ""
    return f"{starts}{re.escape(form)}{ends}"


def _number(value: float) -> str:
    """Write a number without what multiplying has added behind its last digit."""
    return f"{round(value, 6):.6f}".rstrip("0").rstrip(".")


def _digits(number: str) -> str:
    """Match a number with or without commas between its thousands."""
    whole, point, rest = number.partition(".")
    grouped = f"{int(whole):,}".replace(",", ",?")
    return grouped + re.escape(point + rest)
