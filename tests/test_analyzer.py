"""The whole line for one resume: sources of every kind, the signature, and the contract."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from io import BytesIO
from math import fsum
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skillgap
from skillgap.analyzer import Analyzer
from skillgap.document.reader import read_document
from skillgap.errors import (
    EmptyDocumentError,
    UnknownNameError,
    UnreadableDocumentError,
    UsageError,
)
from skillgap.report.model import FitReport
from skillgap.score.policy import ScoringPolicy
from tests.conftest import RESUMES
from tests.factories import small_taxonomy

EXACT = 1e-9
FILES = sorted(p for p in RESUMES.iterdir() if p.suffix in {".pdf", ".docx", ".txt", ".md"})

RESUME = """Avery Example
avery@example.com

Experience
Machine Learning Engineer, Example Ltd
Jan 2020 - Present
- Served PyTorch models with Docker on AWS
- No experience with Spark

Skills
Python, SQL, PyTorch, scikit-learn
"""


# --- sources --------------------------------------------------------------------------------------


def test_every_kind_of_source_gives_the_same_report(tmp_path: Path, as_of: date) -> None:
    """A path, bytes and an open file are the same resume."""
    path = tmp_path / "resume.txt"
    path.write_text(RESUME, encoding="utf-8")
    name = str(path)

    with path.open("rb") as stream:
        reports = [
            skillgap.analyze(path, as_of=as_of),
            skillgap.analyze(name, as_of=as_of),
            skillgap.analyze(path.read_bytes(), name=name, as_of=as_of),
            skillgap.analyze(BytesIO(path.read_bytes()), name=name, as_of=as_of),
            skillgap.analyze(stream, as_of=as_of),
        ]

    assert all(report == reports[0] for report in reports)


def test_text_is_read_as_a_plain_text_file(analyzer: Analyzer, as_of: date) -> None:
    """Text that was read elsewhere is no worse than a file."""
    report = analyzer.analyze_text(RESUME, name="resume.txt", as_of=as_of)

    assert report == analyzer.analyze(RESUME.encode(), name="resume.txt", as_of=as_of)


def test_a_file_that_cannot_be_read_is_an_error(analyzer: Analyzer, tmp_path: Path) -> None:
    """The error names the file and what to do."""
    with pytest.raises(UnreadableDocumentError, match=r"nothing\.pdf: there is no such file"):
        analyzer.analyze(tmp_path / "nothing.pdf")
    with pytest.raises(EmptyDocumentError):
        analyzer.analyze_text(" \n ")


def test_a_wrong_role_is_told_before_the_file_is_read(tmp_path: Path) -> None:
    """A typing mistake in a role does not wait for a slow file."""
    with pytest.raises(UnknownNameError, match="did you mean mle"):
        Analyzer(roles=["mel"]).analyze(tmp_path / "nothing.pdf")


# --- knobs and signature --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        pytest.param(["ds"], ["ds"], id="one"),
        pytest.param(["ds", "mle"], ["ds", "mle"], id="in the order asked for"),
        pytest.param(["ds", "ds"], ["ds"], id="each once"),
    ],
)
def test_the_roles_asked_for_are_reported(
    roles: list[str], expected: list[str], as_of: date
) -> None:
    """The lean looks at both roles whichever are reported."""
    report = skillgap.analyze(RESUME.encode(), roles=roles, as_of=as_of)

    assert [fit.role for fit in report.fits] == expected
    assert report.lean.towards == ("mle", "ds")


def test_no_role_is_refused(as_of: date) -> None:
    """A report without a fit would say nothing."""
    with pytest.raises(UsageError, match="name one"):
        skillgap.analyze(RESUME.encode(), roles=[], as_of=as_of)


def test_one_assumed_skill_may_be_a_text(as_of: date) -> None:
    """A name by itself is one name and no row of letters."""
    report = skillgap.analyze(RESUME.encode(), assume="docker", as_of=as_of)

    assert report.what_if is not None
    assert report.what_if.skills == ("docker",)


def test_a_fit_is_asked_for_by_role(analyze: Callable[[str], FitReport]) -> None:
    """A role that was not scored is a KeyError, as in a dictionary, with what would be right."""
    report = analyze(RESUME)

    assert report.fit("ds").label == "Data Scientist"
    for asked in (report.fit, report.plan):
        with pytest.raises(KeyError):
            asked("cook")
        with pytest.raises(UnknownNameError, match="no role 'cook' in the report; there"):
            asked("cook")
        with pytest.raises(UnknownNameError, match="did you mean mle"):
            asked("mel")


def test_a_text_to_assume_is_one_skill(as_of: date) -> None:
    """And no row of letters, of which some are skills too."""
    report = skillgap.analyze(RESUME.encode(), assume="kubernetes", as_of=as_of)

    assert report.what_if is not None
    assert report.what_if.skills == ("kubernetes",)


@pytest.mark.parametrize("source", [None, 3, ["resume.pdf"]])
def test_what_is_no_source_is_told(source: object) -> None:
    """A wrong argument is a TypeError that names what is taken."""
    with pytest.raises(TypeError, match=r"a resume is a path .*, bytes or .*; for its text"):
        skillgap.analyze(source)  # type: ignore[arg-type]


def test_the_signature_says_what_made_the_numbers(analyzer: Analyzer, as_of: date) -> None:
    """Versions, the data's hash and the day stand beside the scores."""
    signature = analyzer.signature(as_of)

    assert signature.skillgap == version("skillgap")
    assert signature.engines["spacy"] == version("spacy")
    assert analyzer.taxonomy.sha256.startswith(signature.taxonomy)
    assert signature.as_of == as_of


def test_another_policy_or_taxonomy_is_another_signature(analyzer: Analyzer, as_of: date) -> None:
    """Scores that are not comparable do not look as if they were."""
    policy = ScoringPolicy(recall=0.8)
    signatures = [
        analyzer.signature(as_of),
        Analyzer(policy=policy).signature(as_of),
        Analyzer(small_taxonomy()).signature(as_of),
        analyzer.signature(as_of + timedelta(days=1)),
    ]

    assert len({signature.model_dump_json() for signature in signatures}) == len(signatures)


def test_present_is_today_when_no_day_is_given(analyzer: Analyzer) -> None:
    """The day that was used stands in the signature."""
    before = datetime.now(tz=UTC).date()
    report = analyzer.analyze_text(RESUME)

    assert before <= report.signature.as_of <= datetime.now(tz=UTC).date()


def test_an_open_job_lasts_until_the_day_given(analyzer: Analyzer) -> None:
    """A year later the same resume has a year more."""
    months = [
        analyzer.analyze_text(RESUME, as_of=date(year, 12, 31)).experience_months
        for year in (2024, 2025)
    ]

    assert months == [60, 72]


# --- the contract ---------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.name)
def file(request: pytest.FixtureRequest) -> Path:
    """Return each example resume."""
    return Path(request.param)


@pytest.fixture(scope="module")
def report(file: Path, analyzer: Analyzer, as_of: date) -> FitReport:
    """Return its report."""
    return analyzer.analyze(file, as_of=as_of)


def test_contributions_add_up_to_the_score(report: FitReport) -> None:
    """The report can replay its own score."""
    for fit in report.fits:
        assert fsum(c.points for c in fit.contributions) == pytest.approx(fit.score, abs=EXACT)
        assert fit.interval[0] <= fit.score <= fit.interval[1]


def test_gaps_are_what_is_not_fully_met_largest_lift_first(report: FitReport) -> None:
    """Points shown and points missing make a hundred."""
    for fit in report.fits:
        lifts = [gap.lift for gap in fit.gaps]
        unmet = {c.requirement for c in fit.contributions if c.strength < 1}

        assert lifts == sorted(lifts, reverse=True)
        assert {gap.requirement for gap in fit.gaps} == unmet
        assert fit.score + fsum(lifts) == pytest.approx(100, abs=EXACT)


def test_a_mention_is_the_text_at_its_span(report: FitReport, file: Path) -> None:
    """Whoever opens the file again finds every mention where the report says."""
    document = read_document(file)

    for skill in report.skills:
        for mention in skill.mentions:
            assert document.text[mention.start : mention.end] == mention.text
            assert document.page_at(mention.start) == mention.page


def test_held_means_named_as_the_writers_own(report: FitReport) -> None:
    """No skill is held without a mention that says so, and none is dropped that has one."""
    for skill in report.skills:
        own = any(mention.stance == "held" for mention in skill.mentions)

        assert skill.held == own
        assert not (skill.held and skill.implied_by)


def test_what_meets_a_requirement_is_held_or_implied(report: FitReport) -> None:
    """Every point can be followed to a skill of the report, and from there to the page."""
    skills = {skill.id: skill for skill in report.skills}

    for fit in report.fits:
        for contribution in fit.contributions:
            if contribution.met_by is None:
                assert contribution.points == 0
            else:
                assert contribution.met_by in contribution.skills
                assert contribution.via == skills[contribution.met_by].implied_by
                assert skills[(contribution.via or (contribution.met_by,))[0]].held


def test_the_same_file_gives_the_same_bytes(report: FitReport, file: Path, as_of: date) -> None:
    """Nothing is kept between files, and nothing depends on when or by whom they are read."""
    fresh = Analyzer().analyze(file, as_of=as_of)

    assert fresh.model_dump_json() == report.model_dump_json()


def test_the_same_file_gives_the_same_bytes_in_another_process(
    resumes: Path, as_of: date, analyzer: Analyzer
) -> None:
    """The order of sets differs between processes; the report does not."""
    file = resumes / "ds-mid.docx"
    code = f"""
import sys, datetime, skillgap
report = skillgap.analyze({str(file)!r}, as_of=datetime.date.fromisoformat({as_of.isoformat()!r}))
sys.stdout.buffer.write(report.model_dump_json().encode())
"""
    here = analyzer.analyze(file, as_of=as_of).model_dump_json().encode()

    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, check=True
        )
        assert done.stdout == here


# --- laws for any text ----------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        *(
            "Python",
            "SQL",
            "C++",
            "no Spark",
            "Kubernetes",
            "R&D",
            "Experience",
            "Skills",
            "Education",
        ),
        *("Jan 2020 - Present", "2019", "learning", "the team's", "go to market"),
        *(
            " ",
            "\n",
            ", ",
            "\n- ",
            ": ",
            " / ",
            "[red]",
            "[/]",
            "\x1b[31m",
            "\u202e",
            "\u200b",
            "ﬁ",
            "e\u0301",
        ),
    ]
)
_TEXTS = st.lists(_PIECES | st.text(max_size=8), max_size=40).map("".join)


@settings(max_examples=60, deadline=None)
@given(text=_TEXTS)
def test_any_text_gives_a_report_that_keeps_the_contract(text: str) -> None:
    """No text is too odd to be scored: spans hold, points add up."""
    day = date(2026, 1, 1)
    try:
        report = skillgap.analyze(text.encode(errors="replace"), name="any.txt", as_of=day)
    except skillgap.DocumentError:
        return

    document = read_document(text.encode(errors="replace"), name="any.txt")
    for skill in report.skills:
        for mention in skill.mentions:
            assert document.text[mention.start : mention.end] == mention.text
    for fit in report.fits:
        assert fsum(c.points for c in fit.contributions) == pytest.approx(fit.score, abs=EXACT)
    assert FitReport.model_validate_json(report.model_dump_json()) == report


def test_one_role_may_be_a_text(as_of: date) -> None:
    """`roles="ds"` is the role DS, and not the roles d and s."""
    report = skillgap.analyze(b"Skills\nPython, SQL\n", roles="ds", name="x.txt", as_of=as_of)

    assert [fit.role for fit in report.fits] == ["ds"]
    assert Analyzer(roles="mle").roles == ("mle",)
