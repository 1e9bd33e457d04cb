"""The page in a real browser: nothing in it bars people, and it asks for nothing.

It needs node, Chromium, and the npm packages axe-core and playwright-core in the folder that
SKILLGAP_NODE_MODULES names; `.ci/run` gets them where it can. Pictures of the pages are left in
SKILLGAP_ARTEFACTS, for eyes.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from skillgap.analyzer import Analyzer

_SCRIPT = Path(__file__).with_name("browser.js")
_FILES = ("mle-senior.pdf", "ds-mid.docx", "junior.md")


@pytest.fixture(scope="module")
def modules() -> Path:
    """Return the folder of the npm packages."""
    folder = Path(os.environ.get("SKILLGAP_NODE_MODULES", "node_modules")).resolve()
    if not all((folder / name).is_dir() for name in ("axe-core", "playwright-core")):
        pytest.skip("axe-core and playwright-core are not at hand: set SKILLGAP_NODE_MODULES")
    return folder


@pytest.fixture(scope="module")
def seen(
    modules: Path,
    analyzer: Analyzer,
    resumes: Path,
    as_of: date,
    tmp_path_factory: pytest.TempPathFactory,
) -> list[dict[str, Any]]:
    """Return what a browser saw of some pages: in light, in dark, and narrow."""
    node, chromium = shutil.which("node"), shutil.which("chromium") or shutil.which("google-chrome")
    if node is None or chromium is None:
        pytest.skip("node and Chromium are needed to open the page")
    folder = Path(os.environ.get("SKILLGAP_ARTEFACTS") or tmp_path_factory.mktemp("pages"))
    folder.mkdir(parents=True, exist_ok=True)
    pages = []
    for name in _FILES:
        pages.append(folder / f"{name}.html")
        told = analyzer.analyze_html(resumes / name, name=name, as_of=as_of)
        pages[-1].write_text(told, encoding="utf-8")
    command = [node, str(_SCRIPT), str(modules), chromium, str(folder), *map(str, pages)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_axe_finds_nothing(seen: list[dict[str, Any]]) -> None:
    """With all closed and with all open, in light, in dark and on a narrow screen."""
    found = {(one["page"], one["name"]): one["closed"] + one["opened"] for one in seen}

    assert len(found) == 3 * len(_FILES)
    assert not any(found.values()), found


def test_the_page_asks_for_nothing(seen: list[dict[str, Any]]) -> None:
    """No request leaves it, and it breaks no rule of its own policy."""
    assert not [one["noise"] for one in seen if one["noise"]]


def test_nothing_is_wider_than_the_screen(seen: list[dict[str, Any]]) -> None:
    """Only tables scroll sideways, each in its own frame."""
    assert not [one["overflow"] for one in seen if one["overflow"]]


def test_a_mark_leads_to_its_mention(seen: list[dict[str, Any]]) -> None:
    """Also where the mention is in a part that is closed: the browser opens it."""
    assert all(one["revealed"] for one in seen)
