"""The examples: every script runs, and every resume is read as a careful reader reads it."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from skillgap.analyzer import Analyzer
from skillgap.report.model import FitReport
from skillgap.taxonomy.forms import folded
from skillgap.taxonomy.model import Taxonomy
from tests.conftest import RESUMES

SCRIPTS = sorted(RESUMES.parent.glob("*.py"))
EXPECTED: list[dict[str, Any]] = tomllib.loads(
    (RESUMES / "expected.toml").read_text(encoding="utf-8")
)["resumes"]


# --- scripts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_runs_from_anywhere(script: Path, tmp_path: Path) -> None:
    """Without arguments, without a warning, and with something to say."""
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script)],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_short_and_named_in_the_readme(script: Path) -> None:
    """An example is read before it is run."""
    readme = (RESUMES.parent / "README.md").read_text(encoding="utf-8")

    assert len(script.read_text(encoding="utf-8").splitlines()) <= 60
    assert f"`{script.name}`" in readme


# --- resumes --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reports(analyzer: Analyzer, as_of: date) -> dict[str, FitReport]:
    """Return the reports of all files by name."""
    files = [file for resume in EXPECTED for file in resume["files"]]
    return {file: analyzer.analyze(RESUMES / file, name=file, as_of=as_of) for file in files}


def _owners(taxonomy: Taxonomy) -> dict[tuple[str, ...], set[str]]:
    """Map each written form, as it is compared, to the skills that own it."""
    owners: dict[tuple[str, ...], set[str]] = {}
    for skill in taxonomy.skills:
        for form in (skill.label, *(alias.form for alias in skill.aliases)):
            owners.setdefault(folded(form), set()).add(skill.id)
    return owners


@pytest.fixture(scope="module")
def owners(analyzer: Analyzer) -> dict[tuple[str, ...], set[str]]:
    """Return the skills by written form."""
    return _owners(analyzer.taxonomy)


def _each_file() -> Iterator[Any]:
    for resume in EXPECTED:
        for file in resume["files"]:
            yield pytest.param(resume, file, id=file)


def test_every_resume_in_the_folder_has_its_expectations() -> None:
    """A new example brings its truth along."""
    kinds = {".pdf", ".docx", ".txt", ".md"}

    found = {path.name for path in RESUMES.iterdir() if path.suffix in kinds}

    assert found == {file for resume in EXPECTED for file in resume["files"]}


@pytest.mark.parametrize(("resume", "file"), list(_each_file()))
def test_the_lean(resume: dict[str, Any], file: str, reports: dict[str, FitReport]) -> None:
    """The role is the one a reader would say; a slight lean passes for balance."""
    lean = reports[file].lean

    if resume["leans"] in ("mle", "ds"):
        assert lean.role == resume["leans"]
    elif resume["leans"] == "balanced":
        assert lean.word in ("balanced", "slight")
    else:
        assert lean.word == "none"


@pytest.mark.parametrize(("resume", "file"), list(_each_file()))
def test_the_skills_that_are_held(
    resume: dict[str, Any],
    file: str,
    reports: dict[str, FitReport],
    owners: dict[tuple[str, ...], set[str]],
) -> None:
    """Each skill a reader finds is held or implied, if the taxonomy knows the form.

    Implied too: readers grant what a job title names, and a title alone is no evidence here.
    """
    shown = {skill.id for skill in reports[file].skills if skill.strength > 0}

    missed = [
        form for form in resume["held"] if (known := owners.get(folded(form))) and not known & shown
    ]

    assert not missed


@pytest.mark.parametrize(("resume", "file"), list(_each_file()))
def test_the_words_that_are_no_skill_of_the_writer(
    resume: dict[str, Any],
    file: str,
    reports: dict[str, FitReport],
    owners: dict[tuple[str, ...], set[str]],
) -> None:
    """What is negated, wished for, of others or another word altogether is not held."""
    held = {skill.id for skill in reports[file].held}

    wrong = [
        f"{word['word']}: {word['text']}"
        for word in resume["not_held"]
        if owners.get(folded(word["word"]), set()) & held
    ]

    assert not wrong


@pytest.mark.parametrize(
    "resume", [r for r in EXPECTED if len(r["files"]) > 1], ids=lambda resume: resume["id"]
)
def test_every_file_of_a_resume_shows_the_same_skills(
    resume: dict[str, Any], reports: dict[str, FitReport]
) -> None:
    """The format makes no difference to what a person can do."""
    first, *others = [reports[file] for file in resume["files"]]

    for other in others:
        assert _skills(other) == _skills(first)
        assert other.experience_months == first.experience_months


def _skills(report: FitReport) -> set[tuple[str, bool]]:
    return {(skill.id, skill.held) for skill in report.skills if skill.mentions}
