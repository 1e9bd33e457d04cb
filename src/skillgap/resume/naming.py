"""Words that tell a job title, an employer, a school, a degree and a place apart."""

from __future__ import annotations

import re

_TITLE = re.compile(
    r"\b(?:engineer(?:ing\sintern)?|scientist|analyst|developer|dev|programmer|manager|intern|lead|head|director"
    r"|architect|consultant|researcher|statistician|specialist|administrator|officer|assistant"
    r"|associate|fellow|professor|lecturer|teacher|tutor|instructor|student|trainee|apprentice"
    r"|nurse|accountant|clerk|auditor|actuary|economist|designer|founder|co-founder|cofounder"
    r"|president|chief|vp|c[tied]o|ceo|owner|freelancer?|contractor|coordinator|co-ordinator"
    r"|supervisor|technician|operator|representative|executive|agent|advisor|adviser|strategist"
    r"|planner|buyer|editor|writer|journalist|postdoc(?:toral)?|phd\s(?:student|candidate|fellow"
    r"|researcher)|mentor|volunteer|ambassador|organi[sz]er|treasurer|secretary|chair(?:man|woman)?"
    r"|coach|captain|member|partner|principal|biologist|chemist|physicist|mathematician|biostatistician"
    r"|bioinformatician|epidemiologist|pharmacist|physician|doctor|surgeon|therapist|technologist"
    r"|maintainer|contributor|mle|sde|swe|swe\sii|de|ds|scrum\smaster|product\sowner|driver|cashier"
    r"|barista|waiter|waitress|server|salesperson|salesman|grader|evangelist|advocate|hacker"
    r"|practitioner|modell?er|quant|tester|enumerator|recruiter|cna|rn|internship|traineeship"
    r"|working\sstudent|data\sentry|employee|tl|expert|generalist|ninja|wizard|librarian|translator"
    r"|curator|investigator|observer|reviewer|judge|lawyer|paralegal|attorney|counsel|superintendent"
    r"|foreman|forester|farmer|chef|cook|pilot|sergeant|lieutenant|soldier|marketer|geologist"
    r"|psychologist|sociologist|linguist|astronomer|ecologist|scholar|residency|resident)s?\b",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"\b(?:ltd|limited|inc|llc|llp|gmbh|ag|plc|corp|corporation|s\.?a\.?(?:\b|$)|s\.?p\.?a|s\.?r\.?l|b\.?v|n\.?v"
    r"|pty|pvt|kg|oy|ab|as|aps|sas|sarl|co|company|group|holdings?|sp\.?\sz\s?o\.?o|kk|pte|bhd)\b\.?",
    re.IGNORECASE,
)
_SCHOOL = re.compile(
    r"\b(?:universit\w*|univ|college|school|institut\w*|academy|acad[eé]mie|akademia|polytechnic"
    r"|hochschule|facult\w*|facultad|gymnasium|lyc[eé]e|escola|politecnico|universidade?|bootcamp"
    r"|vidyashala|uniwersytet|campus|conservator\w*|tu|eth|mit|iit|nit|ucl|polytechnique|seminary)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:bank|hospital|clinic|cent(?:er|re)|council|ministry|department|dept|agency|foundation"
    r"|laborator(?:y|ies|io)|labs?|systems|solutions|technologies|technology|software|consulting"
    r"|consultoria|services|insurance|logistics|studios?|partners|media|networks?|industries"
    r"|ventures|capital|pharma\w*|energy|motors|robotics|analytics|airlines|railways|telecom"
    r"|payments|foods|hotels?|library|museum|society|association|club|trust|charity|church|army"
    r"|navy|government|county|city\sof|municipality|authority|organi[sz]ation|enterprises|retail"
    r"|international|global|worldwide|digital|interactive|games|health(?:care)?|medical|bio\w*tech"
    r"|investments?|finance|financial|securities|microfinance|assurance|mobile|stores?|group)\b",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"(?<![\w.])(?:b\.?\s?sc|m\.?\s?sc|b\.?\s?a|m\.?\s?a|b\.?\s?s|m\.?\s?s|b\.?\s?e|m\.?\s?e|b\.?\s?tech|m\.?\s?tech"
    r"|b\.?\s?eng|m\.?\s?eng|b\.?\s?com+|m\.?\s?com+|b\.?\s?ed|m\.?\s?phil|ph\.?\s?d|d\.?\s?phil|mba|bba|b\.?c\.?a"
    r"|m\.?c\.?a|llb|llm|md|mph|mres|msci|meng|beng|dr|pgdip|pgcert|pgce|hnd|hnc|gcse|hsc|ssc|a-levels?"
    r"|bachelor\w*|masters?|master[’']s|doctor\w*|diplom\w*|licen\w+|magister|mgr|associate\W?s?\sdegree"
    r"|certificate|degree|minor|major|nanodegree|abitur|baccalaur\w+|high\sschool\sdiploma|matura"
    r"|leaving\scert\w*|foundation|exchange|honou?rs|postgraduate|undergraduate|engineer'?s)(?!\w)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:remote|hybrid|on-?site|[A-Z]{2}|uk|usa?|u\.s\.a?|eu|united\s(?:kingdom|states)|england"
    r"|scotland|wales|ireland|germany|france|spain|italy|portugal|poland|netherlands|belgium|austria"
    r"|switzerland|sweden|norway|denmark|finland|canada|australia|new\szealand|india|china|japan"
    r"|singapore|brazil|mexico|nigeria|kenya|south\safrica|israel|turkey|greece|romania|ukraine"
    r"|london|leeds|york|manchester|new\syork|san\sfrancisco|berlin|munich|paris|boston|seattle"
    r"|chicago|toronto|vancouver|bangalore|bengaluru|mumbai|pune|delhi|dublin|amsterdam|part[\s-]time"
    r"|full[\s-]time|contract|freelance|permanent|expected|\(.*\))[\s.]*",
    re.IGNORECASE,
)
_UPPER_STATE = re.compile(r"[A-Z]{2}\.?")


def names_title(text: str) -> bool:
    """Tell whether words of a job title are in a text."""
    return _TITLE.search(text) is not None


def names_degree(text: str) -> bool:
    """Tell whether a degree or other qualification is named in a text."""
    return _DEGREE.search(text) is not None


def names_organisation(text: str) -> bool:
    """Tell whether words of an employer's or school's name are in a text."""
    return (
        _LEGAL.search(text) is not None
        or _SCHOOL.search(text) is not None
        or _ORGANISATION.search(text) is not None
    )


def names_school(text: str) -> bool:
    """Tell whether words of a school's name are in a text."""
    return _SCHOOL.search(text) is not None


def has_legal_form(text: str) -> bool:
    """Tell whether a company's legal form is in a text, which no title has."""
    return _LEGAL.search(text) is not None


def is_place(text: str) -> bool:
    """Tell whether a whole text is a place or a way of working, as far as words can say."""
    match = _PLACE.fullmatch(text)
    if match is None:
        return False
    return len(text.strip(". ")) != 2 or _UPPER_STATE.fullmatch(text.strip()) is not None
