"""README and pages are true: what they say to type is typed, and links lead somewhere."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple

import pytest
import typer

from skillgap.cli import app, main
from skillgap.cli.options import ExitCode

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LANGUAGES = {"sh", "python", "toml", "csv", "json", "text"}  # of these, the first two are run
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", flags=re.MULTILINE | re.DOTALL)
ELSEWHERE = re.compile(r"s3://|--engine ray|batch gather|\.venv|pip install")  # needs a network

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


class Block(NamedTuple):
    """A fenced block of a page."""

    language: str
    text: str


def _blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(language, re.sub(rf"^{indent}", "", inner, flags=re.MULTILINE))
        for indent, language, inner in FENCE.findall(text)
    ]


def _commands(page: Path) -> list[str]:
    """Return what is to be typed, in blocks and within sentences."""
    blocks = _blocks(page)
    lines = [line for b in blocks if b.language == "sh" for line in b.text.splitlines()]
    parts = [part for line in lines for part in re.split(r"&&|\|", line.split("#")[0])]
    parts += re.findall(r"`(skillgap [a-z][^`]*)`", FENCE.sub("", page.read_text("utf-8")))
    return [part.strip() for part in parts if re.match(r"(\.venv/bin/)?skillgap ", part.strip())]


# --- a page is followed from top to bottom --------------------------------------------------------


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory, resumes: Path) -> Path:
    """Return a batch that was run, for pages that begin where one is there."""
    folder = tmp_path_factory.mktemp("scored")
    assert main(["batch", str(resumes), "--out", str(folder / "run.db")]) == ExitCode.DONE
    return folder


@pytest.fixture
def desk(tmp_path: Path, resumes: Path, scored: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with what a reader of the pages would have there, as the one to work in."""
    shutil.copytree(resumes, tmp_path / "resumes")
    shutil.copytree(
        ROOT / "taxonomy", tmp_path / "taxonomy", ignore=shutil.ignore_patterns("*.json")
    )
    for name, example in (
        ("resume.pdf", "mle-senior.pdf"),
        ("resume.docx", "ds-mid.docx"),
        ("resume.txt", "applied-scientist.txt"),
        ("old.pdf", "junior.pdf"),
        ("new.pdf", "ds-mid.pdf"),
    ):
        shutil.copy(resumes / example, tmp_path / name)
    shutil.copytree(scored, tmp_path, dirs_exist_ok=True)
    groups = "file,sex\nmle-senior.pdf,female\nds-mid.pdf,male\njunior.pdf,female\n"
    (tmp_path / "groups.csv").write_text(groups, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(text: str) -> None:
    """Write a block whose first line names the file it is for, or the file at whose end it goes."""
    named = re.match(r"# (mine/\S+\.toml)(, at its end)?$", text, flags=re.MULTILINE)
    if named:
        with Path(named[1]).open("a" if named[2] else "w", encoding="utf-8") as file:
            file.write(f"\n{text}")


def _type(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do what a shell would do with a line."""
    line = line.split("#")[0].strip()
    if not line or ELSEWHERE.search(line):
        return
    if not re.search(r"\bskillgap\b", line):
        subprocess.run(["sh", "-c", line], check=True)
        return
    *before, command = (shlex.split(part) for part in line.split("|"))
    for _, file in before:  # cat FILE
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(Path(file).read_bytes())))
    words = [
        found
        for word in command[1:]
        for found in (sorted(map(str, Path().glob(word))) if "*" in word else [word])
    ]
    assert main(words) == ExitCode.DONE, line


@each_page
def test_a_page_can_be_followed(page: Path, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command and every piece of Python runs, in the order in which they stand there."""
    blocks = _blocks(page)
    if any("--out run.db" in block.text for block in blocks):  # it begins with none
        for file in desk.glob("run.db*"):
            file.unlink()

    for block in blocks:
        if block.language == "python":
            exec(block.text, {})  # noqa: S102  # our own pages
        elif block.language == "toml":
            _write(block.text)
        elif block.language == "sh":
            for line in block.text.splitlines():
                _type(line, monkeypatch)


@pytest.mark.parametrize(
    "line", dict.fromkeys(line for page in PAGES for line in _commands(page)), ids=str
)
def test_every_command_exists_with_its_options(line: str) -> None:
    """Nobody types what is not there, also where a test cannot run it."""
    command = typer.main.get_command(app)
    arguments = shlex.split(line)[1:]
    while hasattr(command, "commands"):
        inner = arguments[0] if arguments[0] in command.commands else "run"  # `batch` runs
        arguments = arguments[inner == arguments[0] :]
        command = command.commands[inner]

    known = {name for parameter in command.params for name in parameter.opts}
    used = {word for word in arguments if re.match(r"--?\w", word)}

    assert used <= known


@each_page
def test_a_block_says_what_it_is(page: Path) -> None:
    """What is to be typed is `sh` or `python`, and so is run here; what is shown is `text`."""
    shown = [block.text for block in _blocks(page) if block.language in {"text", "json"}]

    assert {block.language for block in _blocks(page)} <= LANGUAGES
    assert not re.search(r"^(\$ )?skillgap [a-z]", "\n".join(shown), flags=re.MULTILINE)


# --- links and figures ----------------------------------------------------------------------------


def _anchors(page: Path) -> set[str]:
    """Return what the headings of a page are called in links, as code hosts and the site do."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.*)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    """To files of the repository, and to headings that are there."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for file, anchor in re.findall(r"\]\((?![a-z]+:)([^)#\s]*)#?([^)\s]*)\)", text):
        target = (page.parent / file) if file else page

        assert target.exists(), file
        assert not anchor or anchor in _anchors(target), f"{file}#{anchor}"


def test_every_page_is_reached_from_the_readme() -> None:
    """A page that nothing leads to is a page that nobody reads."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert not [page.name for page in PAGES[1:] if f"](docs/{page.name})" not in text]


def test_the_figures_of_the_limits_are_those_of_the_benchmarks() -> None:
    """They are told twice and measured once."""
    told = set(re.findall(r"(?<!\d)\.\d{3}\b", (ROOT / "docs/limits.md").read_text("utf-8")))

    measured = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")

    assert told
    assert not [figure for figure in told if figure not in measured]


def test_the_site_has_every_page() -> None:
    """The site's list of pages is written by hand."""
    listed = (ROOT / ".ci" / "mkdocs.yml").read_text(encoding="utf-8")

    assert not [page.name for page in PAGES[1:] if f": {page.name}" not in listed]
