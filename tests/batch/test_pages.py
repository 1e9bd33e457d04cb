"""A batch as pages: whole, deterministic, readable without a script, sorted with it."""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from skillgap.analyzer import Analyzer
from skillgap.batch.model import BatchRow
from skillgap.batch.pages import INDEX, index_page, write_pages
from skillgap.batch.rank import Ranked, rank
from skillgap.batch.worker import row_of
from skillgap.errors import UsageError
from skillgap.report.codes import candidate_code
from skillgap.report.model import FitReport
from tests.batch.rows import unscored
from tests.browser import Browser, chromium

ROLES = ("mle", "ds")
HOSTILE = '"><img src=x onerror="document.title=1"><script>document.title=1</script>\u202e&amp;.txt'
RESUMES = {
    "in/b.txt": "Skills\nPython, SQL, pandas, Docker, Kubernetes, PyTorch, MLOps, CI/CD, AWS",
    "in/a.txt": "Skills\nSQL, Tableau, statistics, A/B testing, R, Excel",
    f"in/{HOSTILE}": "Skills\nPython, <script>alert(1)</script>, Docker",
}
# Where pictures go that people may look at; nowhere unless asked for.
PICTURES = os.environ.get("SKILLGAP_PICTURES")


class Made:
    """Rows and reports of some resumes, without a database."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.reports = {
            name: analyzer.analyze(text.encode(), name=name, as_of=date(2026, 1, 1))
            for name, text in RESUMES.items()
        }
        rows: list[BatchRow] = [row_of(report) for report in self.reports.values()]
        copy = replace(rows[0], source="in/copy.txt", copy_of="in/b.txt")
        self.ranking = rank([*rows, copy, unscored("in/locked.pdf")], ROLES)

    def report(self, ranked: Ranked) -> FitReport:
        """Return the report on a file."""
        return self.reports[ranked.row.copy_of or ranked.row.source]


@pytest.fixture(scope="module")
def made(analyzer: Analyzer) -> Made:
    """Return the rows and reports of three resumes, a copy and one that was not read."""
    return Made(analyzer)


@pytest.fixture(scope="module")
def folder(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of their pages."""
    path = tmp_path_factory.mktemp("pages") / "out"
    assert write_pages(made.ranking, ROLES, made.report, path) == 3
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser; tests that ask for it are skipped where there is none."""
    with chromium() as opened:
        yield opened


# --- files ----------------------------------------------------------------------------------------


def test_each_candidate_has_a_page_that_the_index_leads_to(made: Made, folder: Path) -> None:
    """Copies share one; what was not read has its reason in the index and no page."""
    index = (folder / INDEX).read_text(encoding="utf-8")

    links = re.findall(r'href="([^"]+)"', index)

    pages = {f"candidates/{candidate_code(r.document.sha256)}.html" for r in made.reports.values()}
    assert set(links) == pages
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")} == {INDEX, *pages}
    assert len(links) == 4
    assert "the file is encrypted" in index


def test_names_and_texts_stay_text(folder: Path) -> None:
    """Whatever a file is called and a resume says, it is no markup and turns no writing."""
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<img" not in text
        assert "\u202e" not in text
        assert len(re.findall("<script", text)) == (1 if page.name == INDEX else 0)
        assert "default-src 'none'" in unescape(text)


def test_the_same_batch_gives_the_same_bytes(made: Made, tmp_path: Path) -> None:
    """As a folder and as a zip, whose members are those of the folder."""
    paths = [tmp_path / name for name in ("one", "other", "one.zip", "other.zip")]
    for path in paths:
        write_pages(made.ranking, ROLES, made.report, path)

    one, other, zipped, zipped_again = paths

    files = {p.relative_to(one).as_posix(): p.read_bytes() for p in one.rglob("*.html")}
    assert files == {p.relative_to(other).as_posix(): p.read_bytes() for p in other.rglob("*.html")}
    assert zipped.read_bytes() == zipped_again.read_bytes()
    with zipfile.ZipFile(zipped) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
    assert sorted(tmp_path.iterdir()) == sorted(paths)


def test_what_is_there_is_not_written_over(made: Made, tmp_path: Path) -> None:
    """A folder with something in it, or a file, stays; an empty folder and a zip are taken."""
    full, file, empty, archive = (tmp_path / name for name in ("full", "file", "empty", "x.zip"))
    full.mkdir()
    (full / "mine.txt").write_text("mine", encoding="utf-8")
    file.write_text("mine", encoding="utf-8")
    archive.write_text("an older one", encoding="utf-8")
    empty.mkdir()

    for path in (full, file):
        with pytest.raises(UsageError, match=r"name a (new one|folder)"):
            write_pages(made.ranking, ROLES, made.report, path)
    for path in (empty, archive):
        write_pages(made.ranking, ROLES, made.report, path)

    assert (full / "mine.txt").is_file()
    assert zipfile.is_zipfile(archive)
    assert (empty / INDEX).is_file()


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_what_fails_half_way_leaves_nothing(made: Made, tmp_path: Path, name: str) -> None:
    """No page that leads nowhere."""

    def failing(ranked: Ranked) -> FitReport:
        if ranked.row.source != made.ranking[0].row.source:
            raise UsageError("the disk is gone")
        return made.report(ranked)

    with pytest.raises(UsageError, match="the disk is gone"):
        write_pages(made.ranking, ROLES, failing, tmp_path / name)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(made: Made, tmp_path: Path) -> None:
    """In one line, with what to do."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(UsageError, match=r"cannot be written .*; name another"):
        write_pages(made.ranking, ROLES, made.report, tmp_path / "file" / "out")


def test_a_duplicate_has_no_rank_and_names_the_file_that_counts(made: Made) -> None:
    """It keeps its place, as in the text, and the page says which of the files counts."""
    rows = [replace(ranked.row, copy_of="") for ranked in made.ranking]

    ranking = rank(rows, ROLES)
    index = index_page(ranking, ROLES, {})

    ranks = re.findall(
        r'<td class="number">(\d*)(?: <small>[^<]*</small>)?</td>\n<td class="n', index
    )
    counting = [r.rank for r in ranking if r.rank is not None and not r.duplicate_of]
    assert ranks == [str(counting[0]), "", *map(str, counting[1:]), ""]
    assert re.findall(r'data-rank="(\d*)"', index)[:2] == ["1", "1"]
    assert "likely the same person as in/b.txt, which counts" in index
    assert "the best scored one counts" in " ".join(index.split())
    alone = index_page([r for r in ranking if not r.duplicate_of], ROLES, {})
    assert "the best scored one counts" not in " ".join(alone.split())


def test_an_empty_ranking_is_a_page_all_the_same() -> None:
    """A filter may leave nothing."""
    assert "0 files, 0 of them scored" in index_page([], ROLES, {})


# --- in a browser ---------------------------------------------------------------------------------


def _names(browser: Browser) -> list[str]:
    """Return the names that are seen, in their order."""
    found: Sequence[str] = browser.run(
        "[...document.querySelectorAll('tbody tr')].filter(row => !row.hidden)"
        ".map(row => row.querySelector('.name').innerText)"
    )
    return [Path(name).name if "img" not in name else "hostile" for name in found]


def _enter(browser: Browser, field: str, value: str) -> None:
    browser.run(
        f"(() => {{ const field = document.forms[0].elements[{json.dumps(field)}];"
        f" field.value = {json.dumps(value)};"
        " field.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )


def _click(browser: Browser, label: str) -> None:
    browser.run(
        "[...document.querySelectorAll('button')]"
        f".find(button => button.innerText.startsWith({json.dumps(label)})).click()"
    )


def _open(browser: Browser, folder: Path) -> None:
    browser.open(folder / INDEX)
    assert browser.complaints == []


def _picture(browser: Browser, name: str, *, width: int = 1400) -> None:
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        browser.picture(Path(PICTURES) / name, width=width)


def test_columns_sort_up_and_down(browser: Browser, folder: Path) -> None:
    """What was not scored stays at the end in either direction; equal ones keep their rank."""
    _open(browser, folder)
    first = _names(browser)
    _picture(browser, "batch-index.png")

    _click(browser, "DS")
    down = _names(browser)
    _click(browser, "DS")
    up = _names(browser)

    scores = "[...document.querySelectorAll('tbody tr')].map(row => row.dataset.fit2)"
    found = [float(score) for score in browser.run(scores) if score]
    assert found == sorted(found)
    assert down[-1] == up[-1] == first[-1] == "locked.pdf"
    assert sorted(first) == sorted(down) == sorted(up)
    assert browser.run("document.querySelector('[data-key=fit2]').ariaSort") == "ascending"


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param({"skills": "python docker"}, {"b.txt", "copy.txt", "hostile"}, id="skills"),
        pytest.param({"skills": "AB testing; sql"}, {"a.txt"}, id="of several words"),
        pytest.param({"skills": "tableau"}, {"a.txt"}, id="a skill"),
        pytest.param({"words": "ENCRYPTED"}, {"locked.pdf"}, id="words"),
        pytest.param({"status": "encrypted"}, {"locked.pdf"}, id="status"),
        pytest.param({"lean": "ds"}, {"a.txt"}, id="lean"),
        pytest.param({"words": "nothing like it"}, set(), id="none"),
    ],
)
def test_filters_hide_rows(
    browser: Browser, folder: Path, entries: dict[str, str], expected: set[str]
) -> None:
    """And the page says how many are left; clearing brings all back."""
    _open(browser, folder)

    for field, value in entries.items():
        _enter(browser, field, value)

    assert set(_names(browser)) == expected
    assert browser.run("document.querySelector('output').value") == f"{len(expected)} of 5 shown"


def test_a_least_fit_leaves_those_who_reach_it(browser: Browser, folder: Path, made: Made) -> None:
    """Whoever has just that fit reaches it; who has none does not."""
    _open(browser, folder)

    _enter(browser, "least", str(int(made.ranking[0].score)))
    best = _names(browser)
    _enter(browser, "least", "0")

    assert best == ["b.txt", "copy.txt"]
    assert set(_names(browser)) == {"a.txt", "b.txt", "copy.txt", "hostile"}


def test_duplicates_can_be_left_out(browser: Browser, folder: Path) -> None:
    """One row a person."""
    _open(browser, folder)

    browser.run("document.forms[0].elements.people.click()")

    assert "copy.txt" not in _names(browser)
    assert len(_names(browser)) == 4


@pytest.mark.parametrize("width", [1400, 1100, 1000])
def test_no_column_is_cut_off(browser: Browser, made: Made, tmp_path: Path, width: int) -> None:
    """Long names and notes wrap."""
    rows = [
        replace(
            ranked.row,
            source=f"applications/2026/{ranked.row.source.replace('/', '-of-a-long-name-')}",
            copy_of="",
            notices=("no-dates", "columns-run-together", "text-out-of-order"),
        )
        for ranked in made.ranking
    ]
    index = tmp_path / INDEX
    index.write_text(index_page(rank(rows, ROLES, must=["sql"]), ROLES, {}), encoding="utf-8")
    browser.resize(width)
    browser.open(index)
    _picture(browser, f"batch-index-{width}.png", width=width)

    seen = browser.run("document.querySelector('.wide').clientWidth")
    assert browser.run("document.querySelector('.wide').scrollWidth") <= seen


def test_without_scripts_the_index_is_a_table(browser: Browser, folder: Path) -> None:
    """All rows are there in order of rank, and no control that does nothing."""
    browser.open(folder / INDEX, script=False)

    assert len(_names(browser)) == 5
    assert browser.run("getComputedStyle(document.forms[0]).display") == "none"


def test_no_page_asks_for_anything_or_runs_what_a_file_brings(
    browser: Browser, folder: Path
) -> None:
    """Nothing is fetched, nothing refused, and hostile names and texts are seen as they are."""
    for page in sorted(folder.rglob("*.html")):
        browser.open(page)
        _picture(browser, f"batch-{page.stem}.png")

        assert browser.requests == [page.as_uri()]
        assert browser.complaints == []
        assert browser.run("document.title") != "1"
        assert browser.run("document.querySelectorAll('img').length") == 0
