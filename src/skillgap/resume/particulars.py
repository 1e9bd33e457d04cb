"""Particulars of a person that forms ask for: birth, marital status, nationality, religion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from skillgap.document.model import Span
from skillgap.resume.model import Found, Personal

_BEFORE = r"(?:^|[|•·⋄;,(\t]|\s{2,})[^\w\n]*"
_VALUE = r"(?P<value>[^\n|•·⋄;]*[^\s|•·⋄;])"
# Labels that nothing but a personal fact bears: a gap is enough between them and the fact.
_PLAIN = {
    Personal.BIRTH: r"date\s(?:of|&\splace\sof)\sbirth|birth\s?date|birthday|d\.?\s?o\.?\s?b\b\.?"
    r"|geburtsdatum",
    Personal.MARITAL: r"marital\sstatus|civil\sstatus|family\sstatus|familienstand",
    Personal.NATIONALITY: r"nationality|citizenship|place\sof\sbirth|country\sof\sbirth"
    r"|birth\s?place|passport\s(?:no\.?|number)|visa\s(?:status|type)|work\s(?:permit|authori[sz]ation)"
    r"|native\scountry",
    Personal.RELIGION: r"religion|religious\s(?:views|affiliation|beliefs?)",
    Personal.ORIGIN: r"ethnicity|ethnic\s(?:origin|group)|caste|race\s?/\s?ethnicity",
    Personal.FAMILY: r"(?:father|mother|husband|wife|spouse|guardian)(?:[’']?s)?\sname|no\.?\sof\s"
    r"(?:children|dependants|dependents)",
    Personal.ADDRESS: r"(?:permanent|current|home|postal|present|mailing|residential)\saddress",
}
# Labels that other things bear too: they ask for a colon or a dash.
_WITH_COLON = {
    Personal.BIRTH: r"born|age|geb\.?|geboren",
    Personal.MARITAL: r"married|status",
    Personal.NATIONALITY: r"citizen|visa|passport|domicile|native\sof|national\sid|id\sno\.?",
    Personal.RELIGION: r"faith|denomination|church",
    Personal.ORIGIN: r"race|tribe|community",
    Personal.FAMILY: r"children|dependants|dependents|spouse|family",
    Personal.GENDER: r"gender|sex|pronouns|geschlecht",
    Personal.PHOTO: r"photo(?:graph)?|picture|headshot",
    Personal.ADDRESS: r"address|residence|home\s?town|anschrift|adresse|lives\sin",
}
_KINDS = tuple(dict.fromkeys((*_PLAIN, *_WITH_COLON)))


def _labelled(labels: Mapping[Personal, str], gap: str) -> re.Pattern[str]:
    """Return one pattern for all labels, which tells the kind by the number of its group."""
    groups = (f"(?P<k{_KINDS.index(kind)}>{words})" for kind, words in labels.items())
    return re.compile(
        rf"{_BEFORE}(?:{'|'.join(groups)}){gap}{_VALUE}", re.IGNORECASE | re.MULTILINE
    )


_LABELLED = (
    _labelled(_PLAIN, r"(?:\s*[:：–—-]+\s*|[^\S\n]+)"),
    _labelled(_WITH_COLON, r"\s*[:：–—]\s*"),
)
_DAY = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?[\s./-]+)?(?:[A-Z][a-z]{2,8}|\d{1,2})?[\s./,-]*"
    r"(?:\d{1,2}(?:st|nd|rd|th)?,\s)?\d{4}"
)
_SAID = (
    (
        Personal.BIRTH,
        re.compile(rf"\b[Bb]orn\s(?:on\s|in\s)?(?:the\s)?{_DAY}(?:\sin\s[A-Z]\w+)?|\*\s?{_DAY}"),
    ),
    (
        Personal.BIRTH,
        re.compile(
            r"(?<![\w-])(?:\d{2}[\s-]years?[\s-]old\b|aged?\s\d{2}\b|\d{2}\s?y/o)", re.IGNORECASE
        ),
    ),
    (
        Personal.MARITAL,
        re.compile(
            r"\b(?:(?:happily\s)?(?:married|divorced|widowed)(?:\sto\s\w+)?(?:[\s,]+(?:with|and)?\s?(?:\w+)\s"
            r"(?:children|kids|child))?(?![-\w])|(?:parent\sof|(?:one|two|three|four|\d)\s(?:small\s|young\s)?)"
            r"(?:\s?\w+)?\s?(?:children|kids)|unmarried)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Personal.NATIONALITY,
        re.compile(
            r"\b(?:dual\s)?(?:[A-Z][A-Za-z.]+[\s/-]){1,2}(?:citizen(?:ship)?|nationality|passport)\b(?:\sholder)?"
            r"|\b(?:[Cc]itizen|[Nn]ational)\sof\s[A-Z]\w+|\b[Gg]reen\s[Cc]ard(?:\s[Hh]older)?\b"
            r"|\b[Pp]ermanent\s[Rr]esident\b|\b[Nn]aturali[sz]ed\s\w+"
        ),
    ),
    (
        Personal.RELIGION,
        re.compile(
            r"\b(?:devout|practi[sc]ing|born-again)\s[A-Z]\w+\b"
            r"|\b(?:[Ii]|[Cc]hristian|[Mm]uslim|[Jj]ewish|[Hh]indu|[Ss]ikh|[Bb]uddhist)\s(?:faith|[Ss]tudents?"
            r"|[Ss]tudent\s[A-Z]\w+|[Yy]outh|[Ff]ellowship|[Uu]nion)\b"
        ),
    ),
)


def find_particulars(text: str) -> Iterator[Found]:
    """Find dates of birth, marital status, nationality and the like, labelled or said plainly."""
    for labelled in _LABELLED:
        for match in labelled.finditer(text):
            kind = next(k for n, k in enumerate(_KINDS) if match.groupdict().get(f"k{n}"))
            yield Found(Span(*match.span("value")), kind)
    for kind, pattern in _SAID:
        for match in pattern.finditer(text):
            yield Found(Span(*match.span()), kind)
