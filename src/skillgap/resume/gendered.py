"""Words that tell a person's gender, each group with the reason why it is one."""

from __future__ import annotations

import re
from typing import NamedTuple


class Gendered(NamedTuple):
    """A group of words, as a pattern, and why they are kept from view.

    Attributes:
        pattern: What is matched, whole words in any case unless the pattern says otherwise.
        reason: What they tell, and which look-alikes are left alone.
    """

    pattern: str
    reason: str


# "HE" is higher education, "MS" a degree, "MR" a merge request: `(?-i:...)` asks for the case of
# a sentence where capitals mean something else.
GENDERED = (
    Gendered(
        r"(?:s?he|they|ze|xe)\s?/\s?(?:her|him|hers|his|them|theirs|s?he|they|hir|xem)"
        r"(?:\s?/\s?(?:her|his|him|hers|theirs|them|their))?",
        "pronouns that a person declares; “they/them” too, since only some declare them",
    ),
    Gendered(
        r"(?-i:[Hh]e|[Ss]he|[Hh]im|[Hh]ers?|[Hh]is|[Hh]imself|[Hh]erself)(?![-/]\w|'|’)"
        r"|(?-i:[Ss]?[Hh]e)(?:'s|’s|'ll|’ll)",
        "pronouns of a person; in capitals they are abbreviations",
    ),
    Gendered(
        r"(?-i:Mrs?|Ms|Mx)\b\.?(?=\s[A-Z])|(?-i:MRS)\b\.?|(?-i:Miss)(?=\s[A-Z][a-z])"
        r"|(?-i:Mme|Mlle|Madame|Monsieur|Madam|Herr|Frau|Sir|Dame)(?=[\s.,])",
        "forms of address; “miss rate” and “MS” the degree are none",
    ),
    Gendered(
        r"(?:grand|step|god|house)?(?:mothers?|fathers?|mums?|moms?|dads?|daddy|mummy|wives|wife)"
        r"(?![- ]tongue)|husbands?|(?:step)?(?:daughters?|brothers?|sisters?)|(?<!& )(?<!and )sons?"
        r"|aunts?|uncles?|nephews?|nieces?|widow(?:er)?s?|fianc[ée]e?",
        "kin by gender: “mother of two”; “Moss & Sons” is a firm, a mother tongue is a language",
    ),
    Gendered(r"maternity|paternity", "leave that tells which parent took it"),
    Gendered(
        r"(?:chair|business|sales|sports|spokes|fore|fire|police|congress|camera|crafts|states|trades"
        r"|country|council|alder|anchor|fisher|yachts|space|gentle|service|states|lay|repair|handy)"
        r"(?:wo)?m[ae]n",
        "offices and trades that are named for a man or a woman",
    ),
    Gendered(
        r"actress(?:es)?|waiters?|waitress(?:es)?|hostess(?:es)?|stewardess(?:es)?|heroine|headmaster"
        r"|headmistress|barmaids?|barm[ae]n|seamstress|tailoress|alumn(?:us|a|ae)|emerit(?:us|a)",
        "trades and titles with a form for each gender",
    ),
    Gendered(
        r"(?<!isle of )wom[ae]n(?:['’]s)?|(?<!isle of )(?<![-\w])m[ae]n(?:['’]s)?"
        r"(?![- ](?:hours?|days?|weeks?|months?|years?|power|made|machine|in[- ]the|pages?))",
        "“women's football team”; hours, pages and machines of men are terms of trades",
    ),
    Gendered(
        r"girls?|boys?|lad(?:y|ies)|gentlem[ae]n|gents|females?|males?|feminine|masculine"
        r"|transgender|non-?binary|schoolgirls?|schoolboys?",
        "persons by gender, also in names of clubs and programmes: “Girl Guides”",
    ),
    Gendered(
        r"fraternit(?:y|ies)|sororit(?:y|ies)|brotherhood|sisterhood|eagle\sscouts?|cub\sscouts?"
        r"|WiML|Grace\sHopper\s(?:Celebration|Conference)",
        "societies and events that are for one gender, or mostly",
    ),
    Gendered(
        r"(?-i:(?:Alpha|Beta|Gamma|Delta|Epsilon|Zeta|Eta|Theta|Iota|Kappa|Lambda|Mu|Nu|Xi|Omicron"
        r"|Pi|Rho|Sigma|Tau|Upsilon|Phi|Chi|Psi|Omega)(?:\s(?:Alpha|Beta|Gamma|Delta|Epsilon|Zeta"
        r"|Eta|Theta|Iota|Kappa|Lambda|Mu|Nu|Xi|Omicron|Pi|Rho|Sigma|Tau|Upsilon|Phi|Chi|Psi"
        r"|Omega)){1,2})",
        "fraternities and sororities bear two or three Greek letters",
    ),
)

_ALL = re.compile(
    "|".join(f"(?:{group.pattern})" for group in GENDERED).join((r"(?<!\w)(?:", r")(?!\w)")),
    re.IGNORECASE,
)


def find_gendered(text: str) -> list[tuple[int, int]]:
    """Return where gendered words stand, in the order of the text.

    >>> find_gendered("Mother of two; HE teaching")
    [(0, 6)]
    """
    return [match.span() for match in _ALL.finditer(text)]
