"""A batch on a Ray cluster of this machine, with files that kill, hang and fill the memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from skillgap.batch.model import BatchOptions, BatchRow
from skillgap.batch.runner import Batch, open_store
from skillgap.batch.sources import find_sources
from skillgap.batch.store import Store
from skillgap.errors import StoreError, UsageError
from skillgap.report.choice import BlindOptions
from tests.batch.poison import score_or_suffer

ray: Any = pytest.importorskip("ray", reason="needs the extra ray")

from skillgap.batch.ray import score_on_ray  # noqa: E402
from skillgap.batch.shards import Shards  # noqa: E402

_EXAMPLES = Path(__file__).parents[2] / "examples" / "resumes"
_DAY = date(2026, 1, 1)
_OPTIONS = BatchOptions(timeout=5, max_memory=300 << 20, as_of=_DAY)
# Ray leaves sockets and files of its own to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """Start one cluster for all tests."""
    ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield
    ray.shutdown()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of five resumes, a copy, an empty file and what a worker does not survive."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("applied-scientist.txt", "ds-mid.docx", "junior.md", "junior.pdf", "ds-mid.pdf"):
        (folder / name).write_bytes((_EXAMPLES / name).read_bytes())
    (folder / "copy.pdf").write_bytes((_EXAMPLES / "junior.pdf").read_bytes())
    (folder / "empty.pdf").touch()
    for word in ("SEGFAULT", "EXIT", "LOOP", "BOMB", "FAULT"):
        (folder / f"{word}.txt").write_text(f"{word} now", encoding="utf-8")
    return folder


def run(folder: str, out: Path, options: BatchOptions = _OPTIONS) -> dict[str, int]:
    """Run a batch on the cluster and return its counts."""
    return dict(score_on_ray([folder], str(out), options, function=score_or_suffer))


def rows_of(out: Path, path: Path) -> dict[str, BatchRow]:
    """Return the rows of an output by path."""
    output = Shards(str(out), ("mle", "ds"))
    with Store.create(path, {"roles": ["mle", "ds"]}, "5" * 16) as store:
        output.copy_to(store)
        return {row.source: row for row in store.rows()}


def _without_addresses(rows: dict[str, BatchRow]) -> dict[str, BatchRow]:
    """Leave out where in memory something was: one of the faults tells it."""
    return {
        path: replace(row, reason=re.sub(r"0x\w+", "", row.reason)) for path, row in rows.items()
    }


def test_poison_costs_nobody_else_anything(folder: Path, tmp_path: Path) -> None:
    """Every file has its row, and it is the row that a batch on one machine gives."""
    run(str(folder), tmp_path / "out")
    there = rows_of(tmp_path / "out", tmp_path / "gathered.db")

    store, options = open_store(tmp_path / "here.db", _OPTIONS)
    with store:
        Batch(store, options, function=score_or_suffer).run(find_sources([str(folder)]))
        here = {row.source: row for row in store.rows()}
    there, here = _without_addresses(there), _without_addresses(here)
    assert there == here
    assert len(there) == 12
    assert sorted(row.status for row in there.values() if row.status != "ok") == [
        "crashed",
        "crashed",
        "crashed",
        "empty",
        "memory",
        "timeout",
    ]


def test_the_same_call_continues(folder: Path, tmp_path: Path) -> None:
    """What is known is not scored again; a new file is, and a copy of an old one is not."""
    for poison in folder.glob("[A-Z]*.txt"):
        poison.unlink()
    run(str(folder), tmp_path / "out")
    (folder / "new.txt").write_text("Skills\nPython, SQL\n", encoding="utf-8")
    (folder / "moved.docx").write_bytes((folder / "ds-mid.docx").read_bytes())

    again = run(str(folder), tmp_path / "out", BatchOptions(timeout=5))

    assert again == {"known": 8, "ok": 1}
    rows = rows_of(tmp_path / "out", tmp_path / "run.db")
    assert rows[str(folder / "moved.docx")].results == rows[str(folder / "ds-mid.docx")].results


def test_files_far_away_are_fetched(folder: Path, tmp_path: Path) -> None:
    """By address, with the same scores and the address as their name."""
    run(f"file://{folder}", tmp_path / "far")
    run(str(folder), tmp_path / "near")

    far = rows_of(tmp_path / "far", tmp_path / "far.db")
    near = rows_of(tmp_path / "near", tmp_path / "near.db")
    assert {path.removeprefix("file://"): row.results for path, row in far.items()} == {
        path: row.results for path, row in near.items()
    }


def test_scores_of_another_day_are_not_mixed(folder: Path, tmp_path: Path) -> None:
    """The output says what made its scores."""
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.txt").write_text("Skills\nPython\n", encoding="utf-8")
    run(str(tmp_path / "one"), tmp_path / "out")

    with pytest.raises(StoreError, match="other as_of"):
        run(str(folder), tmp_path / "out", BatchOptions(as_of=date(2025, 1, 1)))


def test_an_address_of_nothing_is_refused(tmp_path: Path) -> None:
    """Before any work."""
    with pytest.raises(UsageError, match="no such file or folder"):
        run(f"file://{tmp_path}/missing", tmp_path / "out")


def test_a_blind_batch_stays_blind(tmp_path: Path) -> None:
    """What is gathered of it shows codes."""
    (tmp_path / "one").mkdir()
    resume = "Ann Example\nann@example.com\n\nSkills\nPython, SQL\n"
    (tmp_path / "one" / "ann.txt").write_text(resume, encoding="utf-8")
    run(str(tmp_path / "one"), tmp_path / "out", replace(_OPTIONS, blind=BlindOptions()))
    output = Shards(str(tmp_path / "out"), ("mle", "ds"))
    settings = output.settings()
    assert settings is not None

    with Store.create(tmp_path / "run.db", settings, settings["signature"]) as store:
        output.copy_to(store)
        (row,) = store.rows()
        told = store.report(row.source).model_dump_json()

    assert "ann" not in row.source
    assert "Example" not in told
