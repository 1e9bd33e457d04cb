"""The report for programs: its shape is a promise, and nothing is lost on the way."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from skillgap.report import model
from skillgap.report.choice import ReportFormat
from skillgap.report.formats import render, render_json
from skillgap.report.model import FORMAT_VERSION, FitReport

Analyze = Callable[..., FitReport]

RESUME = "Skills\nPython, SQL, PyTorch, no Spark, Docker\n"


def _records() -> Iterator[type[BaseModel]]:
    for value in vars(model).values():
        if isinstance(value, type) and issubclass(value, BaseModel) and value.model_fields:
            yield value


def test_the_shape_is_the_published_one(golden: Callable[[str, str], None]) -> None:
    """Users build on these names: a change asks for a new FORMAT_VERSION and a changelog line."""
    shape = {record.__name__: list(record.model_fields) for record in _records()}

    content = {"format_version": FORMAT_VERSION, "records": shape}

    golden("report-shape.json", json.dumps(content, indent=1) + "\n")


def test_every_field_of_the_model_is_in_the_json(analyze: Analyze) -> None:
    """Nothing is left out when it is empty or null: a program need not guess."""
    report = analyze(RESUME)

    told = json.loads(render_json([report]))

    assert list(told) == list(FitReport.model_fields)
    for fit in told["fits"]:
        assert list(fit) == list(model.FitRecord.model_fields)
        assert all(list(gap) == list(model.GapRecord.model_fields) for gap in fit["gaps"])
    for skill in told["skills"]:
        assert list(skill) == list(model.SkillRecord.model_fields)
        assert all(list(m) == list(model.MentionRecord.model_fields) for m in skill["mentions"])
    for plan in told["plans"]:
        assert list(plan) == list(model.PlanRecord.model_fields)


def test_a_report_survives_json_and_back(analyze: Analyze) -> None:
    """What was written can be read and told again."""
    report = analyze(RESUME)

    again = FitReport.model_validate_json(render_json([report]))

    assert again == report
    assert render([again], ReportFormat.TEXT) == render([report], ReportFormat.TEXT)


def test_what_if_is_the_report_of_the_resume_with_the_skills(analyze: Analyze) -> None:
    """The same scores, gaps and plans; what the resume itself has is told beside it."""
    more = RESUME.rstrip() + ", Kubernetes, MLflow\n"

    found, said = analyze(RESUME, assume=["k8s", "MLflow"]), analyze(more)

    assert found.fits == said.fits
    assert found.plans == said.plans
    assert found.lean == said.lean
    assert found.what_if is not None
    assert found.what_if.skills == ("kubernetes", "mlflow")
    assert {s.role: s.score for s in found.what_if.before} == {
        fit.role: fit.score for fit in analyze(RESUME).fits
    }
    assert said.what_if is None


def test_every_plan_is_for_a_fit_and_cited(analyze: Analyze) -> None:
    """Each step names the gap it closes, and the line that its weight stands on."""
    report = analyze(RESUME, target=50)

    assert [plan.role for plan in report.plans] == [fit.role for fit in report.fits]
    for plan, fit in zip(report.plans, report.fits, strict=True):
        assert plan.target == 50
        assert {step.requirement for step in plan.steps} <= {g.requirement for g in fit.gaps}
        assert all(step.citations for step in plan.steps)


def test_one_report_is_a_document_and_several_are_a_list(analyze: Analyze) -> None:
    """The usual case needs no unwrapping."""
    report = analyze(RESUME)

    assert isinstance(json.loads(render_json([report])), dict)
    assert json.loads(render_json([report, report])) == 2 * [json.loads(render_json([report]))]
    assert isinstance(json.loads(render_json([report], as_list=True)), list)


@pytest.mark.parametrize("report_format", ReportFormat)
def test_every_format_tells_a_report(analyze: Analyze, report_format: ReportFormat) -> None:
    """A new format cannot be half added; each ends in one line break."""
    told = render([analyze(RESUME)], report_format)

    assert told.endswith("\n")
    assert not told.endswith("\n\n")
    assert told == render([analyze(RESUME)], report_format)


def test_letters_stay_letters(analyze: Analyze) -> None:
    """Names in any script are readable in the JSON itself."""
    assert '"source": "Zoë 履歴書.txt"' in render_json([analyze(RESUME, "Zoë 履歴書.txt")])


def test_a_name_that_is_no_unicode_is_escaped(analyze: Analyze) -> None:
    """File systems allow names that no JSON can hold."""
    report = analyze(RESUME, "caf\udce9.txt")

    assert json.loads(render_json([report]).encode())["document"]["source"] == "caf\\udce9.txt"


def test_a_report_is_frozen_and_takes_nothing_unknown(analyze: Analyze) -> None:
    """A report cannot be changed by accident, nor carry what no reader expects."""
    report = analyze(RESUME)
    content: dict[str, Any] = report.model_dump(mode="json")

    with pytest.raises(ValidationError):
        report.experience_months = 99  # type: ignore[misc]
    with pytest.raises(ValidationError):
        FitReport.model_validate({**content, "surprise": 1})
    with pytest.raises(ValidationError):
        FitReport.model_validate({**content, "format_version": "0.1"})
