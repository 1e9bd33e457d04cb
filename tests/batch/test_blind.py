"""Blind batches: what is kept and shown names nobody, what is scored stays the same."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from skillgap.batch.many import analyze_many
from skillgap.batch.model import BatchOptions
from skillgap.batch.pool import Failure, Fault
from skillgap.batch.run import Run
from skillgap.batch.runner import Batch, failed, open_store
from skillgap.batch.sources import Source, find_sources
from skillgap.batch.worker import Task
from skillgap.cli import ExitCode, main
from skillgap.errors import StoreError
from skillgap.report.choice import BlindOptions
from skillgap.report.model import FitReport

DAY = date(2026, 1, 1)
BLIND = BatchOptions(as_of=DAY, workers=1, blind=BlindOptions())
RESUME = "{name}\nData Scientist | Leeds | {email}\nSkills\nPython, SQL, pandas, Docker, {more}\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of resumes of two people, a copy and an empty file."""
    path = tmp_path_factory.mktemp("blind") / "in"
    path.mkdir()
    ada = RESUME.format(name="Ada Nobody", email="ada.nobody@example.com", more="Kafka")
    bo = RESUME.format(name="Bo Erdacht", email="bo.erdacht@example.com", more="Tableau")
    for name, text in (("Ada.txt", ada), ("Bo.txt", bo), ("Ada copy.txt", ada), ("Cy.txt", "")):
        (path / name).write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def db(folder: Path) -> Path:
    """Return the database of a blind batch of them."""
    path = folder.parent / "blind.db"
    store, options = open_store(path, BLIND)
    with store:
        Batch(store, options).run(find_sources([str(folder)]))
    return path


def test_rows_are_called_by_code(db: Path) -> None:
    """Also copies and what could not be read; the order of codes is not that of names."""
    with Run(db) as run:
        rows = list(run.rows())
        paths = {Path(row.source).name for row in run.rows(by_path=True)}

    assert run.is_blind
    assert all(re.fullmatch(r"C-[0-9A-Z]{8}(-2)?", row.source) for row in rows)
    assert sorted(row.status for row in rows) == ["empty", "ok", "ok", "ok"]
    assert [row.source for row in rows if row.copy_of] == [
        f"{row.copy_of}-2" for row in rows if row.copy_of
    ]
    assert paths == {"Ada.txt", "Ada copy.txt", "Bo.txt", "Cy.txt"}


def test_a_code_leads_to_its_row_and_report(db: Path) -> None:
    """In small letters too; the report is called by it."""
    with Run(db) as run:
        for row in run.rows():
            assert run._store.row(row.source.lower()) == row
            if row.status == "ok":
                report = run.report(row.source)
                assert report.document.source == row.source.removesuffix("-2")
                assert report.document.sha256 == row.sha256
                assert report.blind is not None
            else:
                with pytest.raises(StoreError, match=f"{row.source} was not scored: empty"):
                    run.report(row.source)


def test_nothing_that_is_kept_of_a_result_names_anybody(db: Path) -> None:
    """Only the table of paths does, by which an interrupted batch goes on."""
    with Run(db) as run:
        reports = [run.report(row.source) for row in run.rows() if row.status == "ok"]
        kept = " ".join([r.model_dump_json() for r in reports] + [str(row) for row in run.rows()])

    assert not re.search("nobody|erdacht|\\bada\\b", kept, re.IGNORECASE)


def test_scores_are_those_of_a_batch_that_shows_all(folder: Path, db: Path, tmp_path: Path) -> None:
    """Masking comes after scoring."""
    store, options = open_store(tmp_path / "open.db", BatchOptions(as_of=DAY, workers=1))
    with store:
        Batch(store, options).run(find_sources([str(folder)]))
        shown = {(row.sha256, row.source): (row.results, row.held) for row in store.rows()}

    with Run(db) as run:
        blind = {(r.sha256, r.source): (r.results, r.held) for r in run.rows(by_path=True)}

    assert blind == shown


def test_what_an_error_says_is_not_kept() -> None:
    """It may quote the resume; its kind is enough to report it."""
    source = Source(path="in/a.txt", file="in/a.txt")
    failure = Failure(Fault.CRASHED, "skillgap failed on it (ValueError: of Ada (x))", "Report it")

    row = failed(Task(source=source, sha256="", options=BLIND), failure)

    assert row.reason == "skillgap failed on it (ValueError). Report it"


@pytest.mark.parametrize("blind", [None, BlindOptions(schools=True)])
def test_a_batch_goes_on_with_the_masks_it_was_started_with(
    db: Path, blind: BlindOptions | None
) -> None:
    """One database never holds reports that show different things."""
    with pytest.raises(StoreError, match="masked in another way"):
        open_store(db, BatchOptions(as_of=DAY, blind=blind))


def test_many_reports_for_a_program_are_blind_when_asked_for(folder: Path) -> None:
    """Those that could not be read too."""
    files = [folder / "Ada.txt", folder / "Cy.txt"]

    read, skipped = analyze_many(files, workers=1, as_of=DAY, blind=BlindOptions())

    assert isinstance(read, FitReport)
    assert read.blind is not None
    assert str(folder) not in f"{read} {skipped}"


def test_the_command_writes_a_blind_table(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As JSON lines, where each source is a code."""
    table = tmp_path / "table.jsonl"

    assert main(["batch", str(folder), "--blind", "-o", str(table)]) == ExitCode.DONE

    rows = [json.loads(line) for line in table.read_text(encoding="utf-8").splitlines()]
    assert all(row["source"].startswith("C-") for row in rows)
    assert "Ada" not in table.read_text(encoding="utf-8") + capsys.readouterr().err
