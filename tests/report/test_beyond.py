"""What the sources say beyond skills: years on a ladder, pay by measure, degrees, questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from skillgap.analyzer import Analyzer
from skillgap.report.choice import Detail
from skillgap.report.lines import WIDTH
from skillgap.report.model import BeyondRecord, FitReport, LadderRecord, PayRecord, RungRecord
from skillgap.report.text import render_text
from skillgap.score.policy import ScoringPolicy

Analyze = Callable[..., FitReport]
FACTS = Detail(facts=True)

JOB = """
{title}, {employer}
{dates}
- Trained models in Python with PyTorch and served them with Docker and Kubernetes
- Ran A/B tests and presented the results in Tableau; wrote SQL
"""
SKILLS = """
Skills
Python, SQL, PyTorch, scikit-learn, statistics, machine learning, deep learning
"""


def resume(*dates: str, education: str = "", other: str = "") -> str:
    """Return a resume with a job for each of the dates."""
    jobs = [
        JOB.format(title="Machine Learning Engineer", employer=f"Example {n} Ltd", dates=said)
        for n, said in enumerate(dates, 1)
    ]
    return "Experience\n" + "".join(jobs) + other + education + SKILLS


def of(report: FitReport) -> BeyondRecord:
    """Return what a report says beyond skills."""
    assert report.beyond is not None
    return report.beyond


def ladder(report: FitReport, role: str = "mle") -> LadderRecord:
    """Return the ladder of a role."""
    return next(found for found in of(report).ladders if found.role == role)


def rung(report: FitReport, role: str = "mle") -> RungRecord | None:
    """Return the rung that the resume stands on."""
    return next((rung for rung in ladder(report, role).rungs if rung.here), None)


# --- years ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "months", "step"),
    [
        pytest.param("Jan 2025 - Dec 2025", 12, 1, id="a year"),
        pytest.param("Jan 2024 - Nov 2025", 23, 1, id="a month short of the next"),
        pytest.param("Jan 2024 - Dec 2025", 24, 2, id="where one ends the next begins"),
        pytest.param("Jan 2019 - Dec 2025", 84, 4, id="seven years"),
        pytest.param("Jan 1996 - Dec 2025", 360, 5, id="the last has no end"),
    ],
)
def test_years_stand_on_a_rung(analyze: Analyze, dates: str, months: int, step: int) -> None:
    """One rung of each ladder, from its first year to before that of the next."""
    report = analyze(resume(dates))

    found = ladder(report)
    assert found.months == months
    assert [rung.step for rung in found.rungs if rung.here] == [step]
    assert [rung.step for rung in found.rungs] == [1, 2, 3, 4, 5]


def test_jobs_that_overlap_count_once(analyze: Analyze) -> None:
    """Two jobs at a time make nobody twice as senior."""
    report = analyze(resume("Jan 2024 - Dec 2025", "Jan 2024 - Jun 2025"))

    assert ladder(report).months == 24


def test_a_job_of_another_kind_does_not_count(analyze: Analyze) -> None:
    """Years behind a bar are years of work, and none of this work."""
    bar = "\nBarista, Java & Crumb\nJan 2015 - Dec 2023\n- Served up to 200 customers a day\n"
    report = analyze(resume("Jan 2025 - Dec 2025", other=bar))

    assert report.experience_months == 120
    assert ladder(report).months == 12


def test_without_dates_there_is_no_rung(analyze: Analyze) -> None:
    """Nothing is guessed."""
    report = analyze(SKILLS)

    assert ladder(report).months == 0
    assert rung(report) is None
    assert not any(pay.here for pay in of(report).pay)
    assert "stands on no rung" in render_text(report, detail=FACTS)


def test_who_is_far_from_a_role_is_on_no_rung_of_it(
    resumes: Path, analyzer: Analyzer, as_of: date
) -> None:
    """A restaurant manager of twelve years is no head of data science."""
    report = analyzer.analyze(resumes / "restaurant-manager.pdf", as_of=as_of)

    assert report.experience_months > 120
    assert [found.months for found in of(report).ladders] == [None, None]


def test_the_policy_says_what_is_far(as_of: date) -> None:
    """The same bound as for a lean."""
    analyzer = Analyzer(policy=ScoringPolicy(lean_min_fit=100.0))

    report = analyzer.analyze_text(resume("Jan 2024 - Dec 2025"), as_of=as_of)

    assert rung(report) is None


def test_a_rung_says_which_of_its_skills_are_shown(analyze: Analyze) -> None:
    """What enters there, held or implied."""
    found = ladder(analyze(resume("Jan 2024 - Dec 2025")), "ds").rungs[1]

    shown = {asked.skill: asked.shown for asked in found.skills}
    assert shown["ab-testing"]
    assert not shown["project-ownership"]


# --- pay ------------------------------------------------------------------------------------------


def pay(report: FitReport, role: str = "mle") -> list[PayRecord]:
    """Return the figures of a role."""
    return [row for row in of(report).pay if row.role == role]


def test_each_measure_of_pay_stands_by_itself(analyze: Analyze) -> None:
    """Every figure of the sources, none made of others."""
    rows = pay(analyze(resume("Jan 2024 - Dec 2025")))

    by_measure: dict[str, list[int]] = {}
    for row in rows:
        by_measure.setdefault(row.measure, []).append(row.usd)
    assert {measure: sorted(usd) for measure, usd in by_measure.items()} == {
        "typical pay by level": [160_000, 281_000, 314_000],
        "posting median base": [194_300],
        "BLS occupational median wage, May 2024": [133_080, 140_910],
    }
    assert all(row.citations for row in rows)


@pytest.mark.parametrize(
    ("dates", "usd"),
    [
        pytest.param("Jan 2025 - Dec 2025", [160_000], id="early"),
        pytest.param("Jan 2023 - Dec 2025", [281_000], id="mid"),
        pytest.param("Jan 2020 - Dec 2025", [314_000], id="senior"),
        pytest.param("Jan 2010 - Dec 2025", [], id="no source goes on"),
    ],
)
def test_the_level_of_the_rung_is_marked(analyze: Analyze, dates: str, usd: list[int]) -> None:
    """Only levels are; a median of all postings is nobody's level."""
    assert [row.usd for row in pay(analyze(resume(dates))) if row.here] == usd


# --- education and choice -------------------------------------------------------------------------


def test_degrees_are_held_against_what_is_asked(analyze: Analyze) -> None:
    """Fields and degrees by their names, and the years that do instead of one."""
    education = "\nEducation\nMSc Statistics, Example University\n2017 - 2018\n"
    report = analyze(resume("Jan 2024 - Dec 2025", education=education))

    found = of(report)
    assert found.degree_entries == 1
    assert set(found.degrees) >= {"Statistics (field)", "Master's degree"}
    senior = next(row for row in found.education if row.min_years)
    assert (senior.min_years, senior.enough_years) == (3, False)
    assert [asked.shown for asked in senior.asked] == [True]


def test_questions_are_answered_by_skills_or_left_open(analyze: Analyze) -> None:
    """A wish for pay cannot be read from a resume."""
    answers = {row.id: row for row in of(analyze(resume("Jan 2024 - Dec 2025"))).choices}

    assert answers["choice.pay"].answer == "open"
    assert answers["choice.sql"].answer == "shown"
    assert answers["choice.sql"].role == "ds"
    assert answers["choice.engineering-experience"].answer == "partly"
    assert answers["choice.production-debugging"].answer in {"not_shown", "partly"}
    assert answers["choice.llm"].role is None


def test_roles_that_are_not_asked_for_are_not_told_of(as_of: date) -> None:
    """Who asks for one role reads of that one, and of what is said of both."""
    report = Analyzer(roles=["ds"]).analyze_text(resume("Jan 2024 - Dec 2025"), as_of=as_of)

    found = of(report)
    told = {*(p.role for p in found.pay), *(m.role for m in found.market)}
    told |= {row.role for row in found.choices} | {row.role for row in found.education}
    assert told <= {"ds", None}
    assert "MLE  " not in render_text(report, detail=FACTS)


# --- the whole ------------------------------------------------------------------------------------


def test_all_that_is_said_is_cited(analyze: Analyze) -> None:
    """No line without a source."""
    found = of(analyze(resume("Jan 2024 - Dec 2025")))
    notes = [note for notes in found.notes.values() for note in notes]

    for row in (*found.market, *found.education, *found.choices, *found.postings, *notes):
        assert row.citations
    assert set(found.notes) == {"ladder", "pay", "market", "education", "choice"}


def test_nothing_of_it_is_in_a_score(analyze: Analyze) -> None:
    """Years, degrees and pay move nothing: the same skills are the same fits."""
    education = "\nEducation\nPhD Statistics, Example University\n2010 - 2016\n"
    less, more = (
        analyze(resume(dates, education=degree))
        for dates, degree in (("Jan 2025 - Dec 2025", ""), ("Jan 2005 - Dec 2025", education))
    )

    assert [fit.score for fit in less.fits] == [fit.score for fit in more.fits]


def test_it_survives_json(analyze: Analyze) -> None:
    """And comes back as it was."""
    report = analyze(resume("Jan 2024 - Dec 2025"))

    assert FitReport.model_validate_json(report.model_dump_json()) == report


@pytest.mark.parametrize("name", ["mle-senior.pdf", "junior.pdf", "restaurant-manager.pdf"])
def test_the_text_fits_the_screen_and_has_every_figure(
    resumes: Path, analyzer: Analyzer, as_of: date, name: str
) -> None:
    """Every figure of pay and every share stands there, with its line."""
    report = analyzer.analyze(resumes / name, as_of=as_of)

    told = render_text(report, detail=FACTS)

    assert max(map(cell_len, told.splitlines())) <= WIDTH
    assert "Beyond skills" in told
    assert "Beyond skills" not in render_text(report)
    for row in of(report).pay:
        assert f"${row.usd:,}" in told
    for row in of(report).postings:
        assert f"{row.postings:,} [D2:16]" in told
    for share in ("4.6% [D2:33]", "17% [D2:34]", "38% [D2:127]"):
        assert share in told
