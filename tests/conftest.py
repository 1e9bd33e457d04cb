"""What tests of whole reports share: the example resumes, one analyzer, and the golden files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from skillgap.analyzer import Analyzer
from skillgap.report.model import FitReport

RESUMES = Path(__file__).parents[1] / "examples" / "resumes"
GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that accepts new golden files."""
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="write what the golden tests get; look at the diff before you commit it",
    )


@pytest.fixture(scope="session")
def as_of() -> date:
    """Return the day that "present" means in tests."""
    return date(2026, 1, 1)


@pytest.fixture(scope="session")
def resumes() -> Path:
    """Return the folder of the example resumes."""
    return RESUMES


@pytest.fixture(scope="session")
def sources_folder() -> Path:
    """Return the folder of the cited articles, which are not part of the repository."""
    beside = Path(__file__).parents[2] / "shared" / "documents"
    folder = Path(os.environ.get("SKILLGAP_SOURCES", beside))
    if not folder.is_dir():
        pytest.skip(f"the cited articles are not at hand: no {folder}; set SKILLGAP_SOURCES")
    return folder


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    """Return one analyzer of the bundled taxonomy."""
    return Analyzer()


@pytest.fixture(scope="session")
def analyze(analyzer: Analyzer, as_of: date) -> Callable[..., FitReport]:
    """Return a function from the text of a resume to its report."""

    def report(
        text: str,
        name: str = "resume.txt",
        *,
        assume: Iterable[str] = (),
        target: float | None = None,
    ) -> FitReport:
        return analyzer.analyze(text.encode(), name=name, as_of=as_of, assume=assume, target=target)

    return report


@pytest.fixture
def renew(request: pytest.FixtureRequest) -> bool:
    """Return whether the golden files are to be written."""
    return bool(request.config.getoption("--renew-golden"))


@pytest.fixture
def golden(renew: bool) -> Callable[[str, str], None]:
    """Return a function that holds text against a golden file, or renews the file."""

    def compare(name: str, found: str) -> None:
        path = GOLDEN / name
        if renew:
            path.parent.mkdir(exist_ok=True)
            path.write_text(found, encoding="utf-8", newline="\n")
        assert found == path.read_text(encoding="utf-8"), f"{name}: see --renew-golden"

    return compare
