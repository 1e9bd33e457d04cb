"""The README is true: its commands exist, its code runs, its screen is what the command shows."""

from __future__ import annotations

import re
import shlex
import shutil
from datetime import date
from pathlib import Path

import pytest
import typer

from skillgap.analyzer import Analyzer
from skillgap.cli import app, main
from skillgap.cli.options import ExitCode
from skillgap.report.text import render_text

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, flags=re.MULTILINE | re.DOTALL)


INSTALL, TEST, *OTHERS = _blocks("sh")
COMMANDS = [
    shlex.split(command, comments=True)
    for block in (INSTALL, *OTHERS)
    for line in block.splitlines()
    for command in re.split(r"&&|\|", line.split("#")[0])
    if re.match(r"(\.venv/bin/)?skillgap ", command.strip())
]


def test_the_command_for_the_tests_is_the_one_that_is_run() -> None:
    """What the README promises on a bare machine is what runs before a change lands."""
    assert TEST.strip() in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_the_commands_for_a_folder_run(
    tmp_path: Path,
    resumes: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    renew: bool,
) -> None:
    """One after the other, as a recruiter types them; the screen is what `rank` tells."""
    block = next(block for block in OTHERS if "--out run.db" in block)
    shutil.copytree(resumes, tmp_path / "resumes")
    monkeypatch.chdir(tmp_path)
    told = {}

    for line in block.splitlines():
        words = shlex.split(line, comments=True)[1:]
        assert main(words) == ExitCode.DONE, line
        told[words[1]] = capsys.readouterr().out

    assert (tmp_path / "pages" / "index.html").is_file()
    if renew:
        text = README.read_text(encoding="utf-8")
        _, place = re.finditer(r"^```text\n.*?^```$", text, flags=re.M | re.S)
        renewed = f"{text[: place.start()]}```text\n{told['rank']}```{text[place.end() :]}"
        README.write_text(renewed, encoding="utf-8")
    else:
        assert _blocks("text")[1] == told["rank"]


def test_every_command_is_named() -> None:
    """A command that the README does not show is a command that nobody finds."""
    commands = typer.main.get_command(app).commands

    assert set(commands) <= {words[1] for words in COMMANDS}


def test_the_screen_is_what_the_first_command_shows(
    analyzer: Analyzer, as_of: date, renew: bool
) -> None:
    """Renewed with the golden files; what "present" means is the tests' day."""
    file = "examples/resumes/mle-senior.pdf"
    shown = render_text(analyzer.analyze(ROOT / file, name=file, as_of=as_of))

    if renew:
        block = f"```text\n{shown}```"
        text = README.read_text(encoding="utf-8")
        renewed = re.sub(r"^```text\n.*?^```$", lambda _: block, text, count=1, flags=re.M | re.S)
        README.write_text(renewed, encoding="utf-8")
    else:
        assert _blocks("text")[0] == shown
    assert f"skillgap analyze {file} --as-of {as_of}\n" in INSTALL
