"""The database of a batch: what is committed stays, whatever happens after."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from skillgap.batch.model import BatchRow, RoleResult
from skillgap.batch.run import Run
from skillgap.batch.store import Store, pack
from skillgap.batch.worker import row_of
from skillgap.errors import StoreError
from skillgap.report.model import FitReport

OPTIONS = {"roles": ["mle", "ds"], "as_of": "2026-01-01"}
SIGNATURE = "f" * 16
needs_permissions = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root"
)


def row(source: str = "a.pdf", sha256: str = "a" * 64, status: str = "ok") -> BatchRow:
    """Return the row of a file."""
    fit = RoleResult(score=12.5, low=5.0, high=20.0, word="early", gaps=("Statistics", "SQL"))
    return BatchRow(
        source=source,
        status=status,
        sha256=sha256,
        results={"mle": fit, "ds": replace(fit, score=1 / 3)},
        lean="ds",
        lean_word="slight",
        net_share=-0.1,
        skills=2,
        held=("python", "sql"),
        notices=("few-skills",),
        text_hash="1" * 32,
        near_hash="2" * 16,
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a database."""
    return tmp_path / "run.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """Return a new database."""
    with Store.create(path, OPTIONS, SIGNATURE) as made:
        yield made


@pytest.fixture
def report(analyze: Callable[..., FitReport]) -> FitReport:
    """Return the report on a small resume."""
    return analyze("Skills\nPython, SQL, Docker\n", "a.txt")


def test_a_row_comes_back_as_it_was(store: Store) -> None:
    """Also numbers that no decimal fraction is equal to."""
    store.add(row())

    assert list(store.rows()) == [row()]
    assert store.row("a.pdf") == row()
    assert store.row("b.pdf") is None


def test_rows_are_sorted_by_path(store: Store) -> None:
    """In whatever order the files were done."""
    for number, name in enumerate(["b/a.pdf", "a/z.pdf", "a.pdf", "Z.pdf"]):
        store.add(row(name, sha256=f"{number:064x}"))

    assert [r.source for r in store.rows()] == ["Z.pdf", "a.pdf", "a/z.pdf", "b/a.pdf"]


def test_copies_share_a_result_and_name_the_first_of_them(store: Store) -> None:
    """The first by name, which may have been found last."""
    store.add(row("b.pdf"))
    store.add_copy("c.pdf", "a" * 64)
    store.add_copy("a.pdf", "a" * 64)

    assert [(r.source, r.copy_of) for r in store.rows()] == [
        ("a.pdf", ""),
        ("b.pdf", "a.pdf"),
        ("c.pdf", "a.pdf"),
    ]
    assert [replace(r, source="", copy_of="") for r in store.rows()] == [row("")] * 3
    assert store.counts() == {"ok": 3}


def test_what_a_name_ends_in_is_part_of_what_is_known(store: Store) -> None:
    """Text named .md is read as Markdown: the same bytes, another result."""
    store.add(row("a.txt"))

    assert store.known("a" * 64, "deep/b.TXT") == "ok"
    assert store.known("a" * 64, "b.md") is None
    assert store.known("b" * 64, "a.txt") is None


def test_a_file_is_known_while_it_has_not_changed(store: Store) -> None:
    """Its size and time tell, without a look at its bytes."""
    store.add(row("a.txt", status="timeout"), size=7, mtime_ns=11)

    assert store.known_file("a.txt", size=7, mtime_ns=11) == "timeout"
    assert store.known_file("a.txt", size=7, mtime_ns=12) is None
    assert store.known_file("a.txt", size=8, mtime_ns=11) is None
    assert store.known_file("b.txt", size=7, mtime_ns=11) is None


def test_a_file_that_changed_has_one_row(store: Store) -> None:
    """That of its bytes as they are now."""
    store.add(row(sha256="a" * 64))
    store.add(row(sha256="b" * 64, status="empty"))

    assert [(r.source, r.status) for r in store.rows()] == [("a.pdf", "empty")]
    assert store.counts() == {"empty": 1}


def test_files_that_nobody_could_read_are_no_copies_of_each_other(store: Store) -> None:
    """Without bytes there is nothing to compare, and the next run tries them again."""
    for name in ("a.pdf", "b.pdf"):
        store.add(BatchRow(source=name, status="error", reason="gone"), size=1, mtime_ns=1)

    assert [(r.source, r.sha256, r.copy_of) for r in store.rows()] == [
        ("a.pdf", "", ""),
        ("b.pdf", "", ""),
    ]
    assert store.known_file("a.pdf", size=1, mtime_ns=1) is None


def test_a_name_that_is_no_unicode_is_kept_escaped(store: Store) -> None:
    """As reports write it; it costs nobody a row."""
    store.add(row("caf\udce9.pdf"))

    assert [r.source for r in store.rows()] == [r"caf\udce9.pdf"]
    assert store.row("caf\udce9.pdf") is not None


def test_a_report_is_the_one_of_analyze(store: Store, report: FitReport) -> None:
    """By its path or by the hash of its bytes; a copy's carries its own name."""
    store.add(row_of(report), pack(report))
    sha256 = report.document.sha256
    store.add_copy("z.txt", sha256)

    assert store.report("a.txt") == report
    assert store.report(sha256) == report
    assert store.report("z.txt").document.source == "z.txt"
    assert store.report("z.txt").fits == report.fits


@pytest.mark.parametrize(
    ("which", "said"),
    [
        pytest.param("none.pdf", "no file none.pdf in it", id="no such file"),
        pytest.param("b.pdf", "was not scored: empty, nothing in it", id="not scored"),
    ],
)
def test_a_report_that_is_not_there_is_told(store: Store, which: str, said: str) -> None:
    """And why a file has none."""
    store.add(BatchRow(source="b.pdf", status="empty", reason="nothing in it", sha256="b" * 64))

    with pytest.raises(StoreError, match=said):
        store.report(which)


def test_it_is_read_from_outside_while_it_is_written(store: Store, path: Path) -> None:
    """Each row is there as soon as `add` returns."""
    with Run(path) as run:
        for number in range(3):
            assert run.counts().get("ok", 0) == number
            store.add(row(f"{number}.pdf", sha256=f"{number:064x}"))

        assert len(list(run.rows())) == 3
        assert run.options == OPTIONS
        assert run.signature == SIGNATURE


# --- what can go wrong ----------------------------------------------------------------------------


def test_a_full_disk_is_told_and_costs_no_row(store: Store, path: Path) -> None:
    """Rows before it are there, and more can follow once there is space."""
    store.add(row("a.pdf"))
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages + 1}")

    with pytest.raises(StoreError, match="the disk is full; what is done is kept"):
        store.add(row("b.pdf", sha256="b" * 64), os.urandom(100_000))

    store._connection.execute("PRAGMA max_page_count = 1000000")
    store.add(row("c.pdf", sha256="c" * 64))
    with Run(path) as run:
        assert [r.source for r in run.rows()] == ["a.pdf", "c.pdf"]


@needs_permissions
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    """Nothing is made."""
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="check that its folder exists and is writable"):
            Store.create(tmp_path / "run.db", OPTIONS, SIGNATURE)
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    """In one line, with what to do."""
    with pytest.raises(StoreError, match="check that its folder exists and is writable"):
        Store.create(tmp_path / "none" / "run.db", OPTIONS, SIGNATURE)


@needs_permissions
def test_a_finished_batch_is_read_where_nothing_may_be_written(path: Path) -> None:
    """A database on a read-only share answers like any other."""
    with Store.create(path, OPTIONS, SIGNATURE) as store:
        store.add(row())
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        with Run(path) as run:
            assert list(run.rows()) == [row()]
        with pytest.raises(StoreError, match=r"may not be written to|cannot be opened"):
            Store.open(path, write=True).add(row("b.pdf"))
    finally:
        path.parent.chmod(0o700)


def _other_schema(path: Path) -> None:
    Store.create(path, OPTIONS, SIGNATURE).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE run SET value = '99' WHERE key = 'schema'")


def _other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE run (x)")


@pytest.mark.parametrize("write", [False, True], ids=["to read", "to write"])
@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(lambda path: None, "there is no such file", id="missing"),  # noqa: ARG005
        pytest.param(lambda path: path.mkdir(), "there is no such file", id="folder"),
        pytest.param(lambda path: path.write_text("rank,source\n" * 99), "no database", id="text"),
        pytest.param(lambda path: path.touch(), "no database of a batch", id="empty"),
        pytest.param(_other_database, "no database of a batch", id="another database"),
        pytest.param(_other_schema, "another version of skillgap", id="another version"),
    ],
)
def test_what_is_no_batch_is_told(
    make: Callable[[Path], None], said: str, write: bool, path: Path
) -> None:
    """In one line; the file is left as it is."""
    make(path)
    before = path.read_bytes() if path.is_file() else None

    with pytest.raises(StoreError, match=said):
        Store.open(path, write=write)

    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_file_that_is_there_is_never_written_over(path: Path) -> None:
    """Whatever it is."""
    path.write_text("mine", encoding="utf-8")

    with pytest.raises(StoreError, match="there is such a file already"):
        Store.create(path, OPTIONS, SIGNATURE)

    assert path.read_text(encoding="utf-8") == "mine"


def test_a_transaction_that_is_interrupted_leaves_nothing_behind(store: Store) -> None:
    """The next row finds the database ready."""

    def stopped() -> None:
        with store._transaction():
            store._add_file("a.pdf", "a" * 64, 1, 1)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()

    store.add(row("b.pdf"))

    assert [r.source for r in store.rows()] == ["b.pdf"]
