"""What a worker keeps from file to file, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from skillgap.batch import worker
from skillgap.batch.model import BatchOptions
from skillgap.batch.sources import Source
from skillgap.batch.worker import Task, analyzer_of, score
from skillgap.errors import UnreadableDocumentError

OPTIONS = BatchOptions(as_of=date(2026, 1, 1))


def test_roles_share_what_is_slow_to_make() -> None:
    """A worker that was forked with it scores one role without loading anything."""
    both, one = analyzer_of(OPTIONS), analyzer_of(replace(OPTIONS, roles=("ds",)))

    assert one.roles == ("ds",)
    assert one.extractor is both.extractor
    assert analyzer_of(OPTIONS) is both


def test_the_first_file_finds_everything_loaded() -> None:
    """Of what is loaded on first use, a page of our own takes PDF reader and dictionary along."""
    report = analyzer_of(OPTIONS).analyze(worker._WARM_PAGE, as_of=OPTIONS.as_of)

    assert report.document.format == "pdf"
    assert [skill.id for skill in report.held] == ["kubernetes", "python"]
    assert {m.method for skill in report.held for m in skill.mentions} == {"typo"}


def test_a_row_has_the_hashes_of_its_text(tmp_path: Path) -> None:
    """Two formats of one resume have the same."""
    found = []
    for name, text in {
        "a.txt": "Skills\nPython, SQL",
        "b.md": "# Skills\n\n- Python\n- SQL",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        path = str(tmp_path / name)
        found.append(score(Task(source=Source(path=path, file=path), sha256="", options=OPTIONS)))

    first, second = (scored.row for scored in found)
    assert first.sha256 != second.sha256
    assert (first.text_hash, first.near_hash) == (second.text_hash, second.near_hash)


def test_a_lack_of_memory_is_no_fault_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readers of broken files tell every error as one of the file; this one is not."""

    def read(*_: object, **__: object) -> None:
        raise UnreadableDocumentError("a.pdf", "broken", "Look at it") from MemoryError()

    monkeypatch.setattr(worker, "read_document", read)
    path = str(tmp_path / "a.pdf")

    with pytest.raises(MemoryError):
        score(Task(source=Source(path=path, file=path), sha256="", options=OPTIONS))
