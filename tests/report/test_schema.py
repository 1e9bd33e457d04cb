"""The JSON Schema of a report: published as it is, complete, and true of every report."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from skillgap.analyzer import Analyzer
from skillgap.cli import ExitCode, main
from skillgap.report.choice import BlindOptions
from skillgap.report.formats import render_json
from skillgap.report.model import FitReport
from skillgap.report.schema import report_schema, schema_json

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "docs" / "report.schema.json"
DOCS = ROOT / "docs" / "json.md"
EXAMPLES = sorted(
    path
    for path in (ROOT / "examples" / "resumes").iterdir()
    if path.suffix in {".pdf", ".docx", ".txt", ".md"}
)
_MANY = 40  # fields of an object: more are labels by id
GOLDEN = ROOT / "tests" / "golden"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    """Return what holds JSON against the published schema."""
    schema = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def _records() -> Iterator[tuple[str, dict[str, Any]]]:
    schema = report_schema()
    yield "FitReport", schema
    yield from ((n, r) for n, r in sorted(schema["$defs"].items()) if "properties" in r)


def test_the_published_schema_is_that_of_the_model(renew: bool) -> None:
    """Renewed with the golden files."""
    if renew:
        PUBLISHED.write_text(schema_json(), encoding="utf-8", newline="\n")

    assert PUBLISHED.read_text(encoding="utf-8") == schema_json()


def test_every_field_is_described_and_always_there() -> None:
    """A field without a word is a field that everybody reads otherwise."""
    for name, record in _records():
        fields = record["properties"]
        assert not [f"{name}.{f}" for f, about in fields.items() if "description" not in about]
        assert set(record["required"]) == set(fields)


def test_the_docs_tell_every_field(renew: bool) -> None:
    """The tables at the end of docs/json.md are made from the schema."""
    tables = "\n".join(_table(name, record) for name, record in _records())
    head, mark, told = DOCS.read_text(encoding="utf-8").partition("## Fields\n\n")

    if renew:
        DOCS.write_text(head + mark + tables, encoding="utf-8", newline="\n")
    else:
        assert told == tables


def _table(name: str, record: dict[str, Any]) -> str:
    rows = [
        f"| `{field}` | {_type(about)} | {about['description']} |"
        for field, about in record["properties"].items()
    ]
    head = [f"### {name}", "", record["description"], "", "| field | type | |", "|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def _type(about: dict[str, Any]) -> str:
    if "$ref" in about:
        return str(about["$ref"]).rpartition("/")[2]
    if "anyOf" in about:
        return " or ".join(map(_type, about["anyOf"]))
    if "prefixItems" in about:
        return f"[{', '.join(map(_type, about['prefixItems']))}]"
    if about.get("type") == "array":
        return f"list of {_type(about['items'])}"
    if about.get("type") == "object":
        return f"object of {_type(about['additionalProperties'])}"
    return str(about.get("format", about.get("type")))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda path: path.name)
def test_every_report_is_valid_and_survives(
    file: Path, analyzer: Analyzer, as_of: date, validator: Draft202012Validator
) -> None:
    """As it is, what if, and blind: JSON and back gives the same report, and the same bytes."""
    for change in ({}, {"assume": ["docker"], "target": 70}, {"blind": BlindOptions()}):
        report = analyzer.analyze(file, name=file.name, as_of=as_of, **change)
        told = render_json([report])

        validator.validate(json.loads(told))
        again = FitReport.model_validate_json(told)
        assert again == report
        assert render_json([again]) == told


def test_the_json_of_an_example(
    resumes: Path,
    as_of: date,
    golden: Callable[[str, str], None],
    validator: Draft202012Validator,
) -> None:
    """Word for word for one role, lists cut short, save what made the numbers."""
    report = Analyzer(roles="ds").analyze(resumes / "junior.md", name="junior.md", as_of=as_of)
    told = json.loads(render_json([report]))
    made = told["signature"] | {"skillgap": "0", "taxonomy": "0", "policy": "0", "engines": {}}
    short = _short({**told, "signature": made})

    validator.validate(told)
    golden("junior.md.json", json.dumps(short, ensure_ascii=False, indent=1) + "\n")


def _short(told: Any) -> Any:
    """Cut lists to three items: a golden file is there to be read."""
    match told:
        case dict():
            items = list(told.items())
            return {name: _short(value) for name, value in items[:_MANY]}
        case list():
            return [_short(value) for value in told[:3]]
        case _:
            return told


def test_every_golden_json_is_valid(validator: Draft202012Validator) -> None:
    """What was written down before is what the schema promises now."""
    files = [path for path in sorted(GOLDEN.glob("*.json")) if path.name != "report-shape.json"]

    assert files
    for path in files:
        validator.validate(json.loads(path.read_text(encoding="utf-8")))


def test_the_schema_refuses_what_is_no_report(
    analyze: Callable[..., FitReport], validator: Draft202012Validator
) -> None:
    """Fields that are missing, unknown or out of range."""
    told = json.loads(render_json([analyze("Skills\nPython\n")]))
    without = {name: value for name, value in told.items() if name != "lean"}
    fit = told["fits"][0]

    assert validator.is_valid(told)
    assert not validator.is_valid(without)
    assert not validator.is_valid({**told, "surprise": 1})
    assert not validator.is_valid({**told, "fits": [{**fit, "score": 101}]})


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    """For who has no checkout at hand."""
    assert main(["schema"]) == ExitCode.DONE

    assert capsys.readouterr().out == schema_json()


def test_the_code_of_the_docs_runs(
    tmp_path: Path, resumes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside a resume of the name it uses."""
    code = DOCS.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    (tmp_path / "resume.pdf").write_bytes((resumes / "mle-senior.pdf").read_bytes())
    monkeypatch.chdir(tmp_path)

    exec(code, {})  # noqa: S102  # our own page
