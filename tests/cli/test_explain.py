"""`skillgap explain`: one skill, from its mentions to its points."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skillgap.cli import ExitCode, main

Captured = pytest.CaptureFixture[str]
DAY = "--as-of=2026-01-01"


@pytest.fixture
def resume(tmp_path: Path) -> str:
    """Return the path of a resume."""
    path = tmp_path / "resume.txt"
    path.write_text("Skills\nPython, SQL, Docker\n", encoding="utf-8")
    return str(path)


def test_explain_tells_a_skill(resume: str, capsys: Captured) -> None:
    """By any written form, for the role that was asked for."""
    assert main(["explain", resume, "python3", "--role", "ds", DAY]) == ExitCode.DONE

    told = capsys.readouterr().out
    assert told.startswith("Python (python)")
    assert "(DS): fit" in told
    assert "(MLE)" not in told


def test_explain_as_json(resume: str, tmp_path: Path) -> None:
    """By the ending of the file, as everywhere."""
    output = tmp_path / "python.json"

    assert main(["explain", resume, "Python", DAY, "-o", str(output)]) == ExitCode.DONE

    assert json.loads(output.read_text(encoding="utf-8"))["state"] == "held"


@pytest.mark.parametrize("command", [["analyze"], ["explain"]], ids=lambda c: c[0])
def test_an_unknown_ending_is_refused(command: list[str], resume: str, capsys: Captured) -> None:
    """One line that names the endings there are; nothing is written."""
    skill = ["python"] if command == ["explain"] else []

    assert main([*command, resume, *skill, "-o", "report.docx"]) == ExitCode.USAGE

    told = capsys.readouterr().err
    assert ".docx" in told
    assert ".json" in told
    assert told.count("\n") == 1


def test_an_unknown_skill_is_wrong_usage(resume: str, capsys: Captured) -> None:
    """With what is near."""
    assert main(["explain", resume, "pyhton"]) == ExitCode.USAGE

    assert "did you mean python" in capsys.readouterr().err
