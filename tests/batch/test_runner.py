"""Many files in workers: nothing that one file does costs another its row."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from skillgap.analyzer import Analyzer
from skillgap.batch.model import BatchOptions, BatchRow
from skillgap.batch.runner import Batch, Done, How, open_store
from skillgap.batch.sources import Source, find_sources
from skillgap.batch.store import Store
from skillgap.batch.worker import Scored, Task, row_of, score
from skillgap.errors import StoreError, UnknownNameError
from tests.batch.poison import score_or_suffer
from tests.files import BROKEN_PDF, PICTURE, encrypted_pdf

OPTIONS = BatchOptions(as_of=date(2026, 1, 1), workers=2, timeout=60, max_memory=300 << 20)


def run(
    path: Path,
    paths: Iterable[Path],
    options: BatchOptions = OPTIONS,
    **changed: object,
) -> list[Done]:
    """Run a batch and return what it told."""
    told: list[Done] = []
    store, options = open_store(path, options)
    with store:
        batch = Batch(store, options, tell=told.append, **changed)  # type: ignore[arg-type]
        batch.run(find_sources(map(str, paths)))
    return told


def rows_of(path: Path) -> list[BatchRow]:
    """Return the rows of a database."""
    with Store.open(path) as store:
        return list(store.rows())


def statuses(path: Path) -> dict[str, str]:
    """Return the status of each file by its name."""
    return {Path(row.source).name: row.status for row in rows_of(path)}


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Return the path of a database."""
    return tmp_path / "run.db"


def write(folder: Path, **files: str) -> Path:
    """Write text files into a folder."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of three resumes, a copy, and a file of every kind of trouble."""
    folder = write(
        tmp_path_factory.mktemp("resumes"),
        a="Skills\nPython, SQL, PyTorch\n",
        k="Skills\nTableau, R, SQL\n",
        m="Skills\nTableau, R, SQL\n",
        z="Skills\nDocker, Kubernetes, C++\n",
    )
    (folder / "b-broken.pdf").write_bytes(BROKEN_PDF)
    (folder / "c-empty.pdf").write_bytes(b"")
    (folder / "d-locked.pdf").write_bytes(encrypted_pdf())
    (folder / "e-photo.heic").write_bytes(PICTURE.replace(b"PNG", b"XYZ"))
    with (folder / "f-large.txt").open("wb") as large:
        large.truncate(20_000_001)
    return folder


@pytest.fixture(scope="module")
def finished(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the database of the folder."""
    path = tmp_path_factory.mktemp("run") / "run.db"
    run(path, [folder])
    return path


# --- rows -----------------------------------------------------------------------------------------


def test_each_bad_file_has_its_status_and_a_reason(finished: Path) -> None:
    """A table can be sorted by what is wrong, and says what to do."""
    bad = {Path(row.source).name: row for row in rows_of(finished) if row.status != "ok"}

    assert {name: row.status for name, row in bad.items()} == {
        "b-broken.pdf": "error",
        "c-empty.pdf": "empty",
        "d-locked.pdf": "encrypted",
        "e-photo.heic": "unsupported",
        "f-large.txt": "limit",
    }
    assert all(row.reason and not row.results for row in bad.values())


def test_each_report_and_row_is_that_of_analyze(folder: Path, finished: Path, as_of: date) -> None:
    """A batch and a single look give the same, to the byte; also for a copy."""
    analyzer = Analyzer()
    with Store.open(finished) as store:
        good = [row for row in store.rows() if row.status == "ok"]
        assert [Path(row.source).stem for row in good] == ["a", "k", "m", "z"]
        for row in good:
            report = analyzer.analyze(row.source, as_of=as_of)
            short = replace(row, copy_of="", text_hash="", near_hash="")

            assert store.report(row.source).model_dump_json() == report.model_dump_json()
            assert short == row_of(report)
    assert good[2].copy_of == good[1].source
    assert good[0].source == str(folder / "a.txt")


def test_workers_order_and_places_change_nothing(folder: Path, finished: Path, db: Path) -> None:
    """One worker, replaced after every file, the other way round: the same rows."""
    paths = sorted(folder.iterdir(), reverse=True)

    run(db, paths, replace(OPTIONS, workers=1, recycle=1))

    assert rows_of(db) == rows_of(finished)


def test_files_in_an_archive_are_read_in_it(folder: Path, finished: Path, db: Path) -> None:
    """With the results of the files themselves; a member that tells no right name goes nowhere."""
    archive = db.with_name("in.zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("a.txt", "b-broken.pdf", "f-large.txt"):
            packed.write(folder / name, f"../../{name}")
        packed.writestr("__MACOSX/a.txt", "x")

    run(db, [archive])

    expected = {row.source.rpartition("/")[2]: row for row in rows_of(finished)}
    for row in rows_of(db):
        name = row.source.rpartition("/")[2]
        assert row.source == f"{archive}!../../{name}"
        if row.status == "ok":
            assert replace(row, source="") == replace(expected[name], source="")
        else:
            assert row.status == expected[name].status
    assert len(rows_of(db)) == 3
    assert sorted(path.name for path in db.parent.iterdir()) == ["in.zip", "run.db"]


def test_what_is_gone_is_a_row(tmp_path: Path, db: Path) -> None:
    """A file may be deleted while the batch runs."""
    run(db, [tmp_path / "gone.pdf"])

    (row,) = rows_of(db)
    assert (row.status, row.sha256) == ("error", "")
    assert row.reason == "there is no such file. Check the path for typing mistakes"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path, db: Path) -> None:
    """Reading it would never end, in the worker or, worse, before."""
    os.mkfifo(tmp_path / "pipe.pdf")

    run(db, [tmp_path / "pipe.pdf"])

    assert statuses(db) == {"pipe.pdf": "unsupported"}


# --- isolation ------------------------------------------------------------------------------------


def test_what_a_worker_suffers_is_one_row_and_nobody_elses(tmp_path: Path, db: Path) -> None:
    """Death, endless loop, memory bomb and faults, among files that must all be scored."""
    good = {f"g{number:02}": f"Skills: Python, SQL\n{number}" for number in range(20)}
    bad = {
        "segfault": ("SEGFAULT", "crashed", r"its worker died \(SIGSEGV\)"),
        "abort": ("ABORT", "crashed", r"its worker died \(SIGABRT\)"),
        "exit": ("EXIT", "crashed", r"its worker died \(exit code 3\)"),
        "sysexit": ("SYSEXIT", "crashed", "SystemExit: a library ends the program"),
        "loop": ("LOOP", "timeout", "took longer than 5 s"),
        "bomb": ("BOMB", "memory", "took more than 300 MB of memory"),
        "fault": ("FAULT", "crashed", "Unpicklable"),
    }
    folder = write(tmp_path / "in", **good, **{name: case[0] for name, case in bad.items()})

    run(db, [folder], replace(OPTIONS, timeout=5), function=score_or_suffer)

    rows = {Path(row.source).stem: row for row in rows_of(db)}
    assert {name: rows[name].status for name in bad} == {n: case[1] for n, case in bad.items()}
    for name, (_, _, said) in bad.items():
        assert pytest.raises(AssertionError, match=said).matches(AssertionError(rows[name].reason))
    assert [rows[name].status for name in good] == ["ok"] * len(good)
    assert len(rows) == len(good) + len(bad)


# --- going on -------------------------------------------------------------------------------------


def test_what_is_known_is_not_done_again(folder: Path, db: Path) -> None:
    """Neither the scored nor the unreadable; what nobody could look into is tried again."""
    first = run(db, [folder])
    before = rows_of(db)

    second = run(db, [folder], function=score_or_fail)

    assert [done.how for done in first].count(How.COPY) == 1
    assert {Path(done.path).name: done.how for done in second if done.how is not How.KEPT} == {
        "f-large.txt": How.SCORED
    }
    assert rows_of(db) == before


def score_or_fail(task: Task) -> Scored:
    """Score only what nobody could look into before."""
    assert not task.sha256
    return score(task)


def test_new_changed_and_moved_files_are_seen(tmp_path: Path, db: Path) -> None:
    """The new and the changed are scored; the moved have their result."""
    folder = write(tmp_path / "in", a="Skills: Python", b="Skills: SQL", c="Skills: R")
    run(db, [folder])
    write(folder, a="Skills: Python, SQL", d="Skills: Docker")
    (folder / "b.txt").rename(folder / "e.txt")

    told = run(db, [folder])

    assert sorted((Path(done.path).stem, done.how) for done in told) == [
        ("a", How.SCORED),
        ("c", How.KEPT),
        ("d", How.SCORED),
        ("e", How.COPY),
    ]
    assert {Path(row.source).stem: row.skills for row in rows_of(db)}["a"] == 2


def test_failed_files_are_tried_again_when_asked(tmp_path: Path, db: Path) -> None:
    """Once for all copies; what was scored stays."""
    folder = write(tmp_path / "in", a="FAULT x", b="FAULT x", c="Skills: R")
    run(db, [folder], function=score_or_suffer)
    assert statuses(db) == {"a.txt": "crashed", "b.txt": "crashed", "c.txt": "ok"}

    told = run(db, [folder], replace(OPTIONS, retry_failed=True))

    assert sorted(done.how for done in told) == [How.COPY, How.KEPT, How.SCORED]
    assert set(statuses(db).values()) == {"ok"}


def score_what_changes(task: Task) -> Scored:
    """Let another program write to the file between the look at it and its reading."""
    if task.source.path.endswith("a.txt"):
        Path(task.source.file).write_text("Skills: SQL, Docker", encoding="utf-8")
    return score(task)


def test_a_file_that_changes_under_way_has_the_row_of_what_was_read(
    tmp_path: Path, db: Path
) -> None:
    """And what were copies of it are looked at anew."""
    folder = write(tmp_path / "in", a="Skills: R", b="Skills: R")

    run(db, [folder / "a.txt", folder / "b.txt"], function=score_what_changes)

    assert [(row.held, row.copy_of) for row in rows_of(db)] == [
        (("docker", "sql"), ""),
        (("r",), ""),
    ]


def test_the_day_is_that_of_the_first_run(db: Path) -> None:
    """What is continued tomorrow stays comparable with what was done today."""
    store, started = open_store(db, replace(OPTIONS, as_of=None))
    store.close()

    store, continued = open_store(db, replace(OPTIONS, as_of=None))

    assert continued.as_of == started.as_of is not None
    store.close()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"as_of": date(2020, 1, 1)}, "other as_of", id="another day"),
        pytest.param({"roles": ("mle",)}, "other roles", id="other roles"),
    ],
)
def test_scores_that_are_not_comparable_are_not_mixed(
    changed: dict[str, object], said: str, finished: Path
) -> None:
    """The message names what is different."""
    with pytest.raises(StoreError, match=said):
        open_store(finished, replace(OPTIONS, **changed))  # type: ignore[arg-type]


def test_an_unknown_role_is_told_before_any_work(db: Path) -> None:
    """It would be the same for every file; no database is left behind."""
    with pytest.raises(UnknownNameError, match="did you mean mle"):
        open_store(db, replace(OPTIONS, roles=("mel",)))

    assert not db.exists()


def test_a_full_disk_ends_the_batch_and_a_later_run_finishes_it(tmp_path: Path, db: Path) -> None:
    """Rows before it are kept; nothing is done twice."""
    folder = write(tmp_path / "in", **{f"g{n}": f"Skills: Python\n{n}" for n in range(8)})
    store, options = open_store(db, OPTIONS)
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages + 12}")
    with store, pytest.raises(StoreError, match="the disk is full; what is done is kept"):
        Batch(store, options).run(find_sources([str(folder)]))
    kept = len(rows_of(db))

    told = run(db, [folder])

    assert 0 < kept < 8
    assert [done.how for done in told].count(How.KEPT) == kept
    assert set(statuses(db).values()) == {"ok"}
    assert len(rows_of(db)) == 8


def test_nothing_to_do_starts_no_worker(db: Path) -> None:
    """No source, no row."""
    no_sources: Iterator[Source] = iter(())
    store, options = open_store(db, OPTIONS)
    with store:
        Batch(store, options).run(no_sources)

    assert rows_of(db) == []
