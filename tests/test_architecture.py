"""The shape of the package: who may import whom, and what an import costs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import skillgap
from skillgap.batch.store import Store, pack
from skillgap.batch.worker import row_of
from skillgap.report.model import FitReport

_PACKAGE = Path(skillgap.__file__).parent

# Each step imports only from the steps before it.
_ORDER = (
    "errors",
    "document",
    "resume",
    "taxonomy",
    "extract",
    "score",
    "report",
    "analyzer",
    "batch",
    "cli",
    "__main__",
)
_MODULES = {
    ".".join(("skillgap", *path.relative_to(_PACKAGE).with_suffix("").parts)): path
    for path in sorted(_PACKAGE.rglob("*.py"))
    if path != _PACKAGE / "__init__.py"
}


def _imports(path: Path) -> Iterator[str]:
    """Name the package's own modules that a file imports, those inside functions included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [_target(node, alias.name) for alias in node.names]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] == "skillgap")


def _target(node: ast.ImportFrom, name: str) -> str:
    """Return the module that is imported from: `from a import b` names `a.b` if that is one."""
    assert node.level == 0, f"line {node.lineno}: imports are absolute"
    module = node.module or ""
    return f"{module}.{name}" if f"{module}.{name}" in _MODULES else module


def _step(module: str) -> str:
    return module.split(".")[1]


def test_every_module_belongs_to_a_step() -> None:
    """A new folder or file at the top takes its place in the order."""
    assert {_step(module) for module in _MODULES} <= set(_ORDER)


@pytest.mark.parametrize("module", _MODULES)
def test_a_module_imports_only_from_its_left(module: str) -> None:
    """A step knows the steps before it and none behind it."""
    rank = _ORDER.index(_step(module))

    wrong = [
        name
        for name in _imports(_MODULES[module])
        if name != "skillgap" and _ORDER.index(_step(name)) > rank
    ]

    assert not wrong


@pytest.mark.parametrize("module", _MODULES)
def test_no_module_imports_the_package_root(module: str) -> None:
    """A name comes from the module that defines it, or the imports end in one ring."""
    assert "skillgap" not in list(_imports(_MODULES[module]))


@pytest.mark.parametrize("module", [name for name in _MODULES if _step(name) == "taxonomy"])
def test_the_taxonomy_knows_of_resumes_only_their_words(module: str) -> None:
    """The vocabulary names kinds of sections; how a resume is read is not its business."""
    known = {name for name in _imports(_MODULES[module]) if _step(name) == "resume"}

    assert known <= {"skillgap.resume.model"}


def test_no_import_ring() -> None:
    """The modules can be read one after the other, each after those it builds on."""
    graph: dict[str, set[str]] = defaultdict(set)
    for module, path in _MODULES.items():
        graph[module].update(_imports(path))

    TopologicalSorter(graph).prepare()  # raises CycleError, which names the ring


_READERS = frozenset({"pdfminer", "pypdfium2", "spacy"})


def _loaded_after(code: str) -> set[str]:
    """Return the top-level modules that a new interpreter has loaded after running the code."""
    tell = "\nimport sys; print('\\n' + ' '.join({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", code + tell], capture_output=True, encoding="utf-8", check=True
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import skillgap", id="import skillgap"),
        pytest.param("import skillgap; dir(skillgap)", id="dir"),
        pytest.param("from skillgap.cli import main; assert main(['--help']) == 0", id="--help"),
    ],
)
def test_heavy_libraries_wait_until_they_are_needed(code: str) -> None:
    """Importing the package and asking for help load no reader, no spaCy and no pydantic."""
    assert not _loaded_after(code).intersection({"pydantic", *_READERS})


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["status", "run.db"], id="status"),
        pytest.param(["rank", "run.db", "--must", "docker"], id="rank"),
        pytest.param(["export", "run.db", "-o", "x.csv"], id="export"),
        pytest.param(["show", "run.db", "1"], id="show"),
    ],
)
def test_what_looks_at_a_batch_loads_no_reader(
    arguments: list[str], analyze: Callable[..., FitReport], tmp_path: Path
) -> None:
    """A batch was read before: looking at it answers at once."""
    report = analyze("Skills: Python, Docker", "a.txt")
    with Store.create(tmp_path / "run.db", {"roles": ["mle", "ds"]}, "5" * 16) as store:
        store.add(row_of(report), pack(report))
    code = (
        f"import os; os.chdir({str(tmp_path)!r})\n"
        f"from skillgap.cli import main; assert main({['batch', *arguments]}) == 0"
    )

    assert not _loaded_after(code).intersection(_READERS)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--version"], id="version"),
        pytest.param(["analyze", "--help"], id="analyze --help"),
        pytest.param(["batch", "--help"], id="batch --help"),
        pytest.param(["taxonomy", "list"], id="taxonomy list"),
    ],
)
def test_what_reads_no_resume_loads_no_reader(arguments: list[str]) -> None:
    """These answer at once (typer itself may load pydantic to check their options)."""
    code = f"from skillgap.cli import main; assert main({arguments}) == 0"

    assert not _loaded_after(code).intersection(_READERS)


def test_the_architecture_names_every_module() -> None:
    """A file that the map of the house does not show is hard to find, and hard to question."""
    page = Path(__file__).parents[1] / "docs" / "architecture.md"
    table = page.read_text(encoding="utf-8").split("## Modules")[1].split("\n## ")[0]
    parts = re.split(r"^\| `(\w+)`", table, flags=re.MULTILINE)  # rows of a step follow its name
    shown = {
        f"skillgap.{step}.{name}"
        for step, rows in zip(parts[1::2], parts[2::2], strict=True)
        for name in re.findall(r"`(\w+)`", rows)
    }
    modules = {m for m in _MODULES if m.count(".") == 2 and not m.endswith("__init__")}

    assert modules <= shown, "name them under Modules in docs/architecture.md"


def test_one_place_asks_for_the_day() -> None:
    """Scores depend on the day only by an argument; the log of a run notes the time as well."""
    asks = re.compile(r"\b(?:datetime\.(?:now|utcnow)|date\.today|time\.(?:time|localtime))\(")

    found = {m for m, path in _MODULES.items() if asks.search(path.read_text(encoding="utf-8"))}

    assert found == {"skillgap.resume.clock", "skillgap.cli.recorded"}
