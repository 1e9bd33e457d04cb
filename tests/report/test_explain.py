"""A skill explained: the figures are those of the report, and they add up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import fsum
from pathlib import Path

import pytest

from skillgap.analyzer import Analyzer
from skillgap.errors import UnknownNameError
from skillgap.extract.model import Method, Stance
from skillgap.report.explain import Explanation, State
from skillgap.report.explain_text import explanation_json, explanation_text

RESUME = """Experience
Data Scientist, Example Ltd
Jan 2020 - Present
- Built PyTorch models in Python
- Handed figures to the analytics team, who chart them in Tableau
- Kuberentes in production

Skills
Python, Go, Docker, no experience with Spark
"""
Explain = Callable[..., Explanation]


@pytest.fixture
def explain(analyzer: Analyzer, as_of: date) -> Explain:
    """Return a function that explains a skill of the resume."""

    def explained(skill: str, text: str = RESUME) -> Explanation:
        return analyzer.explain(text.encode(), skill, name="resume.txt", as_of=as_of)

    return explained


@pytest.mark.parametrize(
    ("skill", "state"),
    [
        pytest.param("PyTorch", State.HELD, id="named"),
        pytest.param("deep learning", State.IMPLIED, id="implied"),
        pytest.param("tableau", State.NOT_COUNTED, id="of others"),
        pytest.param("airflow", State.ABSENT, id="not there"),
    ],
)
def test_how_a_skill_stands(explain: Explain, skill: str, state: State) -> None:
    """A skill is found by any way it is written, and its state is one of four."""
    assert explain(skill).state is state


def test_the_figures_are_those_of_the_report(
    explain: Explain, analyzer: Analyzer, as_of: date
) -> None:
    """Scores and points are the same numbers, to the last digit, and follow from what is shown."""
    report = analyzer.analyze(RESUME.encode(), name="resume.txt", as_of=as_of)

    for skill in report.skills:
        explanation = explain(skill.id)
        assert [place.mention for place in explanation.places] == list(skill.mentions)
        for role in explanation.roles:
            fit = report.fit(role.role)
            points = {c.requirement: c.points for c in fit.contributions}
            assert role.score == fit.score
            for count in role.counts:
                assert count.points == points[count.requirement]
                made = 100 * count.weight * count.strength / role.mass
                assert count.points == pytest.approx(made, abs=1e-12)


def test_the_points_of_all_held_skills_add_up_to_the_fit(
    explain: Explain, analyzer: Analyzer, as_of: date
) -> None:
    """Each point rests on one held skill: nothing is counted twice, nothing comes from nowhere."""
    report = analyzer.analyze(RESUME.encode(), name="resume.txt", as_of=as_of)

    explained = [explain(skill.id) for skill in report.held]

    for number, fit in enumerate(report.fits):
        assert fsum(e.roles[number].points for e in explained) == pytest.approx(fit.score)


def test_without_and_with_are_what_other_resumes_get(
    explain: Explain, analyzer: Analyzer, as_of: date
) -> None:
    """Taking a skill away, or naming it, is the same as scoring a resume that does so."""
    without = analyzer.analyze(RESUME.replace("Docker, ", "").encode(), as_of=as_of)
    with_it = analyzer.analyze(RESUME.encode(), as_of=as_of, assume=["airflow"])

    docker, airflow = explain("docker"), explain("airflow")

    assert [role.without for role in docker.roles] == [fit.score for fit in without.fits]
    assert [role.with_it for role in airflow.roles] == [fit.score for fit in with_it.fits]
    for role in airflow.roles:
        gained = fsum(raised.points for raised in role.raises)
        assert gained == pytest.approx(role.with_it - role.score)


def test_a_chain_multiplies_to_the_strength(
    explain: Explain, analyzer: Analyzer, as_of: date
) -> None:
    """Every link has its own strength, and together they are what counts."""
    report = analyzer.analyze(RESUME.encode(), as_of=as_of)
    implied = [skill for skill in report.skills if skill.implied_by]

    assert implied
    for skill in implied:
        explanation = explain(skill.id)
        product = 1.0
        for link in explanation.chain:
            product *= link.strength
        assert product == pytest.approx(explanation.strength)
        assert explanation.chain[-1].implies == skill.id


def test_a_mention_says_how_it_was_read(explain: Explain) -> None:
    """A typo by what it was read as, another stance by its cue, an ambiguous name by its rule."""
    (typo,) = explain("kubernetes").places
    (others,) = explain("tableau").places
    (go,) = explain("golang").places

    assert (typo.mention.method, typo.line) == (Method.TYPO, 6)
    assert typo.entry_title == "Data Scientist, Example Ltd"
    assert others.mention.stance is Stance.OF_OTHERS
    assert others.mention.cue
    assert go.mention.rule


def test_a_skill_that_is_not_there_says_what_was_looked_for(explain: Explain) -> None:
    """Its name first; the nearest held skill and what it would add beside it."""
    explanation = explain("tensorflow")

    assert explanation.forms[0].form == "TensorFlow"
    assert "pytorch" in [near.skill for near in explanation.nearest]
    assert "Looked for: TensorFlow" in explanation_text(explanation)


def test_an_unknown_skill_is_told_with_what_is_near(explain: Explain) -> None:
    """Before any file is read."""
    with pytest.raises(UnknownNameError, match="pytorch"):
        explain("pytorchh")


def test_nothing_on_a_resume_commands_the_terminal(explain: Explain) -> None:
    """Control characters of a quote are blanks."""
    told = explanation_text(explain("python", "Skills\nR \u202e Python, SQL\n"))

    assert "SQL" in told
    assert "\u202e" not in told


@pytest.mark.parametrize("skill", ["pytorch", "tableau", "deep-learning", "spark", "git"])
def test_the_text_of_an_example(
    analyzer: Analyzer, resumes: Path, as_of: date, golden: Callable[[str, str], None], skill: str
) -> None:
    """Word for word, in 80 columns; the JSON is read back as the same."""
    file = "mle-senior.pdf"
    explanation = analyzer.explain(resumes / file, skill, name=file, as_of=as_of)
    told = explanation_text(explanation)

    assert max(map(len, told.splitlines())) <= 80
    assert Explanation.model_validate_json(explanation_json(explanation)) == explanation
    golden(f"explain-{skill}.txt", told)
