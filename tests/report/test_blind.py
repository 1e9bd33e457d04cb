"""Blind reports: nothing tells whom they are about, and no number changes."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillgap.analyzer import Analyzer
from skillgap.document.model import Document
from skillgap.document.reader import read_document
from skillgap.report.blind import (
    BlindOptions,
    blinded,
    blinded_skipped,
    mask_spans,
)
from skillgap.report.choice import Detail, ReportFormat
from skillgap.report.codes import candidate_code
from skillgap.report.formats import render
from skillgap.report.html import render_html
from skillgap.report.model import FitReport, Skipped
from skillgap.report.original import Original
from skillgap.resume.segment import segment

DAY = date(2026, 1, 1)
ALL = Detail(evidence=True, gaps=99, plan=True)
SRC = Path(__file__).parents[2] / "examples" / "sources"
EXAMPLES = [
    pytest.param(path, source, id=path.name)
    for path in sorted(SRC.parent.iterdir())
    if (source := SRC / f"{path.stem}.toml").is_file()
]

RESUME = """Ada Nobody
Data Scientist | Leeds, UK | ada.nobody@example.com | +44 0000 000000
Summary
She builds models in Python. Mother of two, Irish citizen.
Experience
Data Scientist, Hollowbrook Insurance Ltd
Jan 2020 - Dec 2021
- Ran A/B tests in Python and SQL at Hollowbrook
- Currently learning Kubernetes
Education
BSc Physics, University of Eastmere
2012 - 2015
"""


def _blind(
    analyzer: Analyzer,
    text: str,
    options: BlindOptions | None = None,
    *,
    name: str = "ada_nobody_cv.txt",
) -> tuple[FitReport, FitReport, Document]:
    """Return a report, the same blind, and the masked document."""
    document = read_document(text.encode(), name=name)
    report = analyzer.analyze_document(document, as_of=DAY)
    return report, *blinded(report, segment(document, as_of=DAY), options)


def _told(report: FitReport) -> str:
    """Return all that any format tells."""
    return "\n".join(render([report], form, detail=ALL) for form in ReportFormat)


def _numbers(report: FitReport) -> list[object]:
    skills = [
        (s.id, s.held, s.strength, s.months_in_jobs, s.last_used, len(s.mentions))
        for s in report.skills
    ]
    return [report.fits, report.lean, report.plans, report.experience_months, skills]


# --- laws over the examples -----------------------------------------------------------------------


@pytest.mark.parametrize(("path", "source"), EXAMPLES)
def test_no_format_tells_whom_an_example_is_about(
    path: Path, source: Path, analyzer: Analyzer
) -> None:
    """Neither the name nor an address of the person is anywhere, the file's name included."""
    content = tomllib.loads(source.read_text(encoding="utf-8"))
    name = f"{content['name']} CV{path.suffix}"
    document = read_document(path.read_bytes(), name=name)
    report = analyzer.analyze_document(document, as_of=DAY)

    shown, masked = blinded(report, segment(document, as_of=DAY))

    page = render_html(shown, Original(masked))
    told = f"{_told(shown)}\n{masked}\n{page}".casefold()
    words = [word.casefold() for word in content["name"].split()]
    secrets = [*words, *(c.casefold() for c in content["contact"] if "@" in c or "555" in c)]
    assert [secret for secret in secrets if secret in told] == []
    assert _numbers(shown) == _numbers(report)


@pytest.mark.parametrize(("path", "source"), EXAMPLES)
@pytest.mark.parametrize("full", [False, True])
def test_mentions_lead_to_their_place_in_the_masked_text(
    path: Path, source: Path, full: bool, analyzer: Analyzer
) -> None:
    """As in any report, a mention's text is what stands between its offsets."""
    document = read_document(path, name=source.stem)
    report = analyzer.analyze_document(document, as_of=DAY)
    options = BlindOptions(employers=full, schools=full)

    shown, masked = blinded(report, segment(document, as_of=DAY), options)

    mentions = [mention for skill in shown.skills for mention in skill.mentions]
    assert all(masked.text[m.start : m.end] == m.text for m in mentions)
    lines = [masked.text[slice(*line.span)] for line in masked.lines]
    assert "\n".join(lines).split() == masked.text.split()


# --- laws over invented people --------------------------------------------------------------------

# Names of sounds that make no word of a resume, an address that holds them, and a number.
_SOUNDS = st.sampled_from(
    ["quorn", "zibble", "thwaxo", "vondri", "plimzu", "orlka", "żmijo", "ébrül", "o'quax"]
)
_WORDS = st.lists(_SOUNDS, min_size=1, max_size=2).map(lambda parts: "".join(parts).capitalize())
_PEOPLE = st.tuples(_WORDS, _WORDS, st.integers(1000, 9999))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(person=_PEOPLE, upper=st.booleans(), tail=st.booleans())
def test_an_invented_person_is_not_told(
    analyzer: Analyzer, person: tuple[str, str, int], upper: bool, tail: bool
) -> None:
    """Whoever it is: name, e-mail and phone are masked, and scores are those of anybody."""
    first, last, number = person
    name = f"{first} {last}".upper() if upper else f"{first} {last}"
    email = f"{first}.{last}@example.com".lower().replace("'", "")
    phone = f"+1 555 010 {number}"
    text = RESUME.replace("Ada Nobody", name).replace("ada.nobody@example.com", email)
    text = text.replace("+44 0000 000000", phone)
    text += f"\nReferences: {last} et al., write to {email} or {phone}\n" * tail

    report, shown, masked = _blind(analyzer, text, name=f"{first}_{last}.txt")

    told = f"{_told(shown)}\n{masked}"
    assert [s for s in (first, last, first.upper(), last.upper(), email, phone) if s in told] == []
    assert _numbers(shown) == _numbers(report)


# --- what is masked, word by word -----------------------------------------------------------------


def test_the_masked_text_reads_on(analyzer: Analyzer) -> None:
    """Each mask is a label that says what it hides; the work stays."""
    _, shown, masked = _blind(analyzer, RESUME)

    assert masked.text.splitlines()[:4] == [
        "[name]",
        "Data Scientist | [contact], [address] | [e-mail] | [phone]",
        "Summary",
        "[gendered] builds models in Python. [gendered] of two, [nationality].",
    ]
    assert "Hollowbrook" in masked.text
    assert shown.blind is not None
    assert shown.blind.masked == {
        "address": 1,
        "contact": 1,
        "e-mail": 1,
        "gendered": 2,
        "name": 1,
        "nationality": 1,
        "phone": 1,
    }


def test_employers_and_schools_are_masked_when_asked_for(analyzer: Analyzer) -> None:
    """Wherever they are named, not only where their entries begin."""
    _, _, masked = _blind(analyzer, RESUME, BlindOptions(employers=True, schools=True))

    assert "Hollowbrook" not in masked.text
    assert "Eastmere" not in masked.text
    assert "tests in Python and SQL at [employer]" in masked.text


def test_a_name_that_is_a_skill_stays_where_it_is_the_skill(analyzer: Analyzer) -> None:
    """Julia who writes Julia: the language is evidence, the person is masked."""
    text = RESUME.replace("Ada", "Julia").replace("and SQL", "and Julia")

    _, _, masked = _blind(analyzer, text)

    assert "A/B tests in Python and Julia" in masked.text
    assert masked.text.startswith("[name]\n")


def test_notices_quote_no_name(analyzer: Analyzer) -> None:
    """Also where the file's name is odd, and where hidden text is told."""
    document = read_document(RESUME.encode(), name="Ada Nobody.pdf")
    report = analyzer.analyze_document(document, as_of=DAY)
    quoting = report.model_copy(
        update={
            "notices": tuple(
                n.model_copy(update={"message": f"{n.message}; see Ada Nobody.pdf of Nobody, Ada"})
                for n in report.notices
            )
        }
    )

    shown, _ = blinded(quoting, segment(document, as_of=DAY))

    assert shown.notices
    assert not re.search("ada|nobody", " ".join(n.message for n in shown.notices), re.IGNORECASE)


def test_a_resume_without_a_name_says_so(analyzer: Analyzer) -> None:
    """What cannot be found cannot be masked: whoever passes the report on should look."""
    _, shown, _ = _blind(analyzer, "Skills\nPython, SQL, pandas")

    assert [n.code for n in shown.notices if n.code == "blind-no-name"] == ["blind-no-name"]


def test_masks_are_in_order_and_apart() -> None:
    """Overlapping finds are one mask, within a line."""
    resume = segment(read_document(RESUME.encode(), name="x"), as_of=DAY)

    masks = mask_spans(resume, BlindOptions(employers=True, schools=True))

    spans = [mask.span for mask in masks]
    assert spans == sorted(spans)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert not any("\n" in resume.document.text[slice(*span)] for span in spans)


# --- codes ----------------------------------------------------------------------------------------


def test_a_code_is_the_same_for_the_same_file_and_easy_to_read(analyzer: Analyzer) -> None:
    """From the bytes alone: another name or run changes nothing."""
    _, one, _ = _blind(analyzer, RESUME, name="a.txt")
    _, other, _ = _blind(analyzer, RESUME, name="b.txt")

    assert one.document.source == other.document.source == candidate_code(one.document.sha256)
    assert re.fullmatch("C-[0-9A-HJKMNP-TV-Z]{8}", one.document.source)


def test_a_file_that_was_not_read_has_a_code_too() -> None:
    """Its reason may give the file's name."""
    skipped = Skipped(
        source="in/Ada Nobody.pdf", status="empty", reason="Ada Nobody.pdf is empty", advice="Look"
    )

    shown = blinded_skipped(skipped, "ab" * 32)

    assert shown.source == candidate_code("ab" * 32)
    assert "Ada" not in shown.reason


def test_the_report_says_that_it_is_blind(analyze: Callable[..., FitReport]) -> None:
    """A reader sees at the top what is masked."""
    report = analyze(RESUME)
    blind = Analyzer().analyze(RESUME.encode(), as_of=DAY, blind=BlindOptions(schools=True))

    assert report.blind is None
    assert "blind: name, contact block, personal facts, schools are masked" in _told(blind)
    assert FitReport.model_validate_json(blind.model_dump_json()) == blind
