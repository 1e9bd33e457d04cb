"""The output of a batch past one machine: what is written is known, and reaches a database."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from skillgap.batch.model import BatchRow
from skillgap.batch.shards import FileRow, Shards, open_filesystem
from skillgap.batch.store import Store
from skillgap.errors import StoreError, UsageError
from tests.batch.rows import scored, unscored

pytest.importorskip("pyarrow", reason="comes with the extra ray")

ROLES = ("mle", "ds")
ANN = replace(scored("in/ann.pdf", 40), held=("python",), skills=1, lean="ds", lean_word="slight")
LOCKED = unscored("in/locked.pdf")


def file_of(row: BatchRow, path: str = "") -> FileRow:
    """Return the file that a row came of."""
    return FileRow(path or row.source, row.sha256, 10, 5)


def shards(where: Path, *rows: BatchRow, run: int = 1) -> Shards:
    """Return an output to which a run wrote these rows."""
    output = Shards(str(where), ROLES)
    output.write(run, [file_of(row) for row in rows], [(row, None) for row in rows], "5" * 16)
    return output


def gathered(output: Shards, path: Path) -> dict[str, BatchRow]:
    """Return the rows of the database that an output is put into, by path."""
    with Store.create(path, {"roles": list(ROLES)}, "5" * 16) as store:
        output.copy_to(store)
        return {row.source: row for row in store.rows()}


def test_what_was_written_is_known(tmp_path: Path) -> None:
    """By its bytes, wherever they lie, and by the file."""
    known = shards(tmp_path, ANN).known()

    assert known.has_content(file_of(ANN).key)
    assert known.has_file(file_of(ANN))
    assert not known.has_file(file_of(ANN, "in/copy.pdf"))
    assert not known.has_content(file_of(LOCKED).key)


def test_nothing_is_known_of_a_new_folder(tmp_path: Path) -> None:
    """It need not even exist."""
    output = Shards(str(tmp_path / "new"), ROLES)

    assert output.settings() is None
    assert output.next_run() == 1
    assert not output.known().has_content(file_of(ANN).key)


def test_what_failed_may_be_tried_again(tmp_path: Path) -> None:
    """Then only what has a score is known."""
    output = shards(tmp_path, ANN, LOCKED)

    assert output.known().has_content(file_of(LOCKED).key)
    assert not output.known(only_scored=True).has_content(file_of(LOCKED).key)
    assert output.known(only_scored=True).has_content(file_of(ANN).key)


def test_a_file_that_nobody_could_read_is_never_known(tmp_path: Path) -> None:
    """It may be readable by now."""
    lost = BatchRow(source="in/lost.pdf", status="error", reason="no such file. Check the name")

    assert not shards(tmp_path, lost).known().has_content(file_of(lost).key)


def test_rows_reach_a_database_whole(tmp_path: Path) -> None:
    """Scored or not, field by field."""
    rows = gathered(shards(tmp_path / "out", ANN, LOCKED), tmp_path / "run.db")

    assert rows == {ANN.source: ANN, LOCKED.source: LOCKED}


def test_copies_share_a_result(tmp_path: Path) -> None:
    """A file that only another run listed has the result of its bytes."""
    output = shards(tmp_path / "out", ANN)
    output.write(2, [file_of(ANN, "in/copy.pdf")], [], "5" * 16)

    rows = gathered(output, tmp_path / "run.db")

    assert rows["in/copy.pdf"].results == ANN.results
    assert rows["in/copy.pdf"].copy_of == ANN.source


def test_later_runs_count(tmp_path: Path) -> None:
    """A file that was changed, and one that could be read the second time."""
    changed = scored(ANN.source, 70, content="other")
    opened = replace(scored(LOCKED.source, 30), sha256=LOCKED.sha256)
    output = shards(tmp_path / "out", ANN, LOCKED)
    assert output.next_run() == 2
    shards(tmp_path / "out", changed, opened, run=2)

    rows = gathered(output, tmp_path / "run.db")

    assert rows[ANN.source].results["mle"].score == 70
    assert rows[LOCKED.source].status == "ok"


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    """A task that was lost and done again leaves the same files."""
    shards(tmp_path, ANN, LOCKED)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.parquet")}

    shards(tmp_path, LOCKED, ANN)

    assert {path: path.read_bytes() for path in tmp_path.rglob("*.parquet")} == before
    assert len(before) == 2


def test_a_half_written_file_is_left_out(tmp_path: Path) -> None:
    """It has another name until it is whole."""
    output = shards(tmp_path, ANN)
    (tmp_path / "results" / "00001" / ".x.parquet.123").write_bytes(b"PAR1")

    assert output.known().has_content(file_of(ANN).key)


def test_a_broken_file_is_an_error(tmp_path: Path) -> None:
    """With its name and what to do."""
    output = shards(tmp_path, ANN)
    next((tmp_path / "results").rglob("*.parquet")).write_bytes(b"no table")

    with pytest.raises(StoreError, match="remove it, and run the batch again"):
        output.known()


def test_an_output_can_be_sent_to_other_machines(tmp_path: Path) -> None:
    """And writes to the same place from there."""
    sent = pickle.loads(pickle.dumps(Shards(str(tmp_path), ROLES)))  # noqa: S301 our own bytes
    sent.write(1, [file_of(ANN)], [(ANN, None)], "5" * 16)

    assert Shards(str(tmp_path), ROLES).known().has_content(file_of(ANN).key)


def test_settings_are_kept(tmp_path: Path) -> None:
    """A later run goes on with them."""
    Shards(str(tmp_path)).write_settings({"roles": ["mle"], "as_of": "2026-01-01"})

    assert Shards(str(tmp_path)).settings() == {"roles": ["mle"], "as_of": "2026-01-01"}


def test_addresses_and_paths_lead_to_the_same_place(tmp_path: Path) -> None:
    """A path here is an address too."""
    for where in (str(tmp_path), f"file://{tmp_path}"):
        assert open_filesystem(where)[1] == str(tmp_path)


def test_an_unknown_scheme_is_refused() -> None:
    """With what is missing."""
    with pytest.raises(UsageError, match="cannot be reached"):
        Shards("nowhere://bucket/folder")
