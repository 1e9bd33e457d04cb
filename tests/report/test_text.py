"""The report for a terminal: narrow, plain, harmless, and honest about what it leaves out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from skillgap.analyzer import Analyzer
from skillgap.report.choice import Detail, ReportFormat
from skillgap.report.formats import render
from skillgap.report.lines import WIDTH
from skillgap.report.model import FitReport
from skillgap.report.printable import plain
from skillgap.report.text import render_text

Analyze = Callable[..., FitReport]

RESUME = """Experience
Data Scientist, Example Ltd
Jan 2020 - Dec 2021
- Ran A/B tests in Python and SQL
- Built reports with no TensorFlow
- Currently learning Kubernetes

Skills
Python, SQL, pandas, scikit-learn, Tableau
"""
ENGINEER = """Skills
C++, Kubernetes, Docker, CI/CD, PyTorch, MLOps, system design, RAG, REST APIs, fine-tuning,
scalability, model training, software engineering, deep learning, distributed training, CUDA
"""

EVERYTHING = Detail(evidence=True, gaps=100, plan=True)
NAMES = [
    pytest.param("resume.pdf", id="short"),
    pytest.param("a-very-long-name-" * 12 + ".pdf", id="long"),
    pytest.param("履歴書" * 30 + ".pdf", id="wide letters"),
    pytest.param("résumé 👩‍💻👩‍💻.pdf", id="joined pictures"),
    pytest.param("[bold red]me[/bold red] :smile: [/].pdf", id="markup"),
    pytest.param("one\ntwo\rthree\x1b[2J\x07\x00.pdf", id="control characters"),
    pytest.param("ok\u202efdp.exe", id="reversing mark"),
]


# --- any name, any width --------------------------------------------------------------------------


@pytest.mark.parametrize("detail", [Detail(), EVERYTHING], ids=["short", "everything"])
@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_wider_than_the_screen(analyze: Analyze, name: str, detail: Detail) -> None:
    """Whatever the file is called, nothing wraps at 80 columns."""
    told = render_text(analyze(RESUME, name), detail=detail)

    assert max(map(cell_len, told.splitlines())) <= WIDTH


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_any_width_is_kept(analyze: Analyze, width: int) -> None:
    """A narrow screen gets shorter cells, not broken lines."""
    told = render_text(analyze(RESUME), detail=EVERYTHING, width=width)

    assert max(map(cell_len, told.splitlines())) <= width


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_a_name_commands_the_terminal(analyze: Analyze, name: str) -> None:
    """A file's name is shown, never obeyed."""
    told = render_text(analyze(RESUME, name), detail=EVERYTHING)

    assert all(c.isprintable() for line in told.split("\n") for c in line)


def test_nothing_in_a_resume_commands_the_terminal(analyze: Analyze) -> None:
    """Neither do the words of a resume, where the report quotes them."""
    text = RESUME.replace("no TensorFlow", "no \x1b[31m[red]TensorFlow[/red] \u202e")

    told = render_text(analyze(text), detail=EVERYTHING)

    assert all(c.isprintable() for line in told.split("\n") for c in line)


def test_markup_is_shown_as_it_is_written(analyze: Analyze) -> None:
    """Square brackets are part of the name."""
    told = render_text(analyze(RESUME, "[bold]me[/bold] :smile:.pdf"))

    assert told.startswith("[bold]me[/bold] :smile:.pdf\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("plain text", "plain text", id="nothing to do"),
        pytest.param("a\x1b[31mb", "a [31mb", id="escape"),
        pytest.param("a\nb\tc", "a b c", id="white space"),
        pytest.param("naïve 日本", "naïve 日本", id="letters of any script"),
        pytest.param("a\u202eb\u200bc", "a b c", id="invisible marks"),
    ],
)
def test_plain(text: str, expected: str) -> None:
    """Each character that is no glyph becomes a space."""
    assert plain(text) == expected


# --- what it says ---------------------------------------------------------------------------------


def test_the_first_screen_answers_both_questions(analyze: Analyze) -> None:
    """The scores stand as in the data with how sure they are; the better role comes first."""
    report = analyze(RESUME)

    told = render_text(report)

    assert "90% likely" in told
    for fit in report.fits:
        assert f"{fit.label} ({fit.role.upper()})" in told
        assert f"{fit.interval[0]:.0f}-{fit.interval[1]:.0f}" in told
    ds, mle = report.fit("ds"), report.fit("mle")
    assert ds.score > mle.score
    assert told.index("\nDS: ") < told.index("\nMLE: ")
    assert "2 y of dated jobs" in told
    assert "as of 2026-01-01" in told


def test_the_first_screen_says_what_to_do_first(analyze: Analyze) -> None:
    """Three things for each role with what each adds, and where that leads."""
    report = analyze(RESUME)

    told = render_text(report)

    for plan in report.plans:
        for step in plan.steps[:3]:
            assert f"+{step.gain:.1f}  {step.label[:20]}" in told
        assert f"these make {plan.steps[2].score:.0f}" in told


@pytest.mark.parametrize("file", ["mle-senior.pdf", "ds-mid.docx", "junior.md"])
def test_the_first_screen_is_a_screen(
    file: str, analyzer: Analyzer, resumes: Path, as_of: date
) -> None:
    """Two roles, and no more than a small terminal holds."""
    told = render_text(analyzer.analyze(resumes / file, name=file, as_of=as_of))

    assert len(told.splitlines()) <= 27
    assert "[D2:50] is source D2, line 50" in told


def test_where_a_target_lies_is_said(analyze: Analyze) -> None:
    """Reached, within what is shown, or beyond it."""

    def told(target: float) -> str:
        return render_text(analyze(RESUME, target=target))

    assert "; 1 (early) is reached already; all gaps" in told(1)
    assert "; 50 (partial) takes the first; all gaps" in told(50)
    assert " and reach 60 (strong); all gaps" in told(60)
    assert re.search(r"; 100 \(broad\) takes \d+ more \(--plan\); all gaps", told(100))


def test_what_is_assumed_is_said(analyze: Analyze) -> None:
    """Nobody takes a what-if for the resume; the skills held are those of the resume."""
    report = analyze(RESUME)
    told = render_text(analyze(RESUME, assume=["docker", "k8s"]))

    assert "What if it also showed Docker, Kubernetes:" in told
    assert f"was {report.fit('mle').score:.0f}" in told
    assert f"{len(report.held)} skills held" in told


def test_a_plan_is_told_step_by_step(analyze: Analyze) -> None:
    """With the way to the other role and what the sources say of it, each with its line."""
    report = analyze(RESUME)

    told = " ".join(render_text(report, detail=Detail(plan=True)).split())

    plan = report.plan("mle")
    assert f"from {plan.start:.0f} to 60 (strong) in {plan.needed} steps" in told
    for step in plan.steps:
        assert f"+{step.gain:.1f} {step.score:.0f} {step.label.split()[0]}" in told
    assert "From DS to MLE" in told
    assert "6 to 18 months" in told
    assert "[D3:29]" in told


def test_who_cannot_cross_is_told(analyze: Analyze) -> None:
    """No list of thirty skills, but a word on what learning moves."""
    report = analyze(ENGINEER)

    told = " ".join(render_text(report, detail=Detail(plan=True)).split())

    assert report.crossing is not None
    assert report.crossing.steps is None
    assert "No set of skills makes this resume lean to DS" in told


def test_a_step_names_the_line_its_weight_stands_on(analyze: Analyze) -> None:
    """The first step cites its source."""
    report = analyze(RESUME)
    citation = report.plan("ds").steps[0].citations[0]

    assert f"[{citation.source}:{citation.line}]" in render_text(report)


@pytest.mark.parametrize("width", [72, 80, 120])
def test_a_cell_that_is_cut_says_so(analyze: Analyze, width: int) -> None:
    """Figures and citations are whole; what a row ends in is whole or ends in an ellipsis."""
    report = analyze(RESUME + "Approximate nearest neighbors, recommender systems, AWS, xgboost")
    labels = [skill.label for skill in report.skills]
    states = ("not shown", "only implied", "being learned", "said not to have", "somebody else's")
    endings = (*states, *(f"has {label}" for label in labels), "…")

    told = render_text(report, detail=Detail(gaps=100), width=width)
    rows = re.findall(r"^ +\+\d+\.\d  .*", told, flags=re.MULTILINE)

    assert rows
    assert all(row.endswith(endings) for row in rows)
    assert all(re.search(r"postings|rated|listed", row) for row in rows)


def test_gaps_are_listed_when_asked_for(analyze: Analyze) -> None:
    """As many as asked for, largest first; the first screen says how many there are."""
    report = analyze(RESUME)
    gaps = report.fit("mle").gaps

    told = render_text(report, detail=Detail(gaps=7))

    assert f"all gaps: --gaps {len(gaps)}" in render_text(report)
    assert f"Machine Learning Engineer: 7 of {len(gaps)} gaps" in told
    assert f"+{gaps[6].lift:.1f}  {gaps[6].label[:20]}" in told
    assert render_text(report, detail=Detail(gaps=999)).count("+") > told.count("+")


def test_what_is_not_counted_is_said(analyze: Analyze) -> None:
    """A reader sees at once that the word was found and why it does not count."""
    told = " ".join(render_text(analyze(RESUME)).split())

    assert "mentioned, not counted as held: " in told
    assert "Kubernetes (being learned)" in told
    assert "TensorFlow (said not to have)" in told


def test_evidence_shows_every_held_skill_with_its_place(analyze: Analyze) -> None:
    """Each skill can be looked up in the resume."""
    report = analyze(RESUME)

    told = render_text(report, detail=EVERYTHING)

    assert f"Held ({len(report.held)})" in told
    for skill in report.held:
        assert skill.label in told
    assert "“Tableau” p. 1, skills" in told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("hello there", "no skill found", id="none"),
        pytest.param("Skills: Python", "only 1 skill found", id="one"),
        pytest.param("Skills: Python, SQL", "only 2 skills found", id="two"),
    ],
)
def test_few_skills_are_pointed_out(analyze: Analyze, text: str, expected: str) -> None:
    """A poor score may come from a poor reading of the file."""
    assert f"{expected}: check with --evidence" in render_text(analyze(text))


def test_a_resume_without_skills_leans_nowhere(analyze: Analyze) -> None:
    """No evidence is not evidence of balance."""
    report = analyze("hello there")

    assert report.lean.role is None
    assert "Leans to neither role" in render_text(report)


def test_several_reports_follow_each_other(analyze: Analyze) -> None:
    """Each begins with its file's name."""
    reports = [analyze(RESUME, "one.txt"), analyze(RESUME, "two.txt")]

    told = render(reports, ReportFormat.TEXT)

    assert told.startswith("one.txt\n")
    assert "\n\ntwo.txt\n" in told


def test_a_narrow_terminal_loses_nothing(analyze: Analyze) -> None:
    """What has no room beside the reason stands beneath the name."""
    told = render_text(analyze(RESUME), width=60)

    assert all(len(line) <= 60 for line in told.splitlines())
    assert re.search(r"of postings \[\w+:\d+\]; (not shown|has|being)", told)


def test_what_if_says_where_the_lean_was(analyzer: Analyzer, as_of: date) -> None:
    """As it does for the fits."""
    before = analyzer.analyze_text(RESUME, as_of=as_of)
    report = analyzer.analyze_text(RESUME, as_of=as_of, assume="kubernetes")

    assert f", was {before.lean.net_share:+.2f}, from -1" in render_text(report)
