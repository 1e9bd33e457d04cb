"""A batch as pages from the shell: `batch export` into a folder or a zip."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from skillgap.cli import main
from skillgap.cli.options import ExitCode

RESUME = "Ada Nobody\nada.nobody@example.com\nSkills\nPython, SQL, Docker"


@pytest.fixture
def db(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Return the database of a batch of two files, one of them empty."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "Ada Nobody.txt").write_text(RESUME, encoding="utf-8")
    (folder / "Ada empty.txt").write_text("", encoding="utf-8")
    path = tmp_path / "run.db"
    options = getattr(request, "param", [])
    arguments = ["batch", str(folder), "--out", str(path), "--workers=1", "--as-of=2026-01-01"]
    assert main([*arguments, *options]) == ExitCode.DONE
    return path


def test_pages_in_a_folder(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An index of all files, and a page for each that was scored."""
    out = db.with_name("pages")

    assert main(["batch", "export", str(db), "-o", str(out)]) == ExitCode.DONE

    index = (out / "index.html").read_text(encoding="utf-8")
    assert "Ada Nobody.txt" in index
    assert "the file is empty" in index
    assert len(list((out / "candidates").iterdir())) == 1
    assert f"2 files written to {out}" in capsys.readouterr().err


@pytest.mark.parametrize("db", [["--blind"]], indirect=True)
def test_pages_of_a_blind_batch_name_nobody(db: Path) -> None:
    """Neither their names nor what they show."""
    out = db.with_name("pages.zip")

    assert main(["batch", "export", str(db), "-o", str(out)]) == ExitCode.DONE

    with zipfile.ZipFile(out) as archive:
        told = "".join(f"{name} {archive.read(name).decode()}" for name in archive.namelist())
    assert "masked; each candidate has a code" in " ".join(told.split())
    assert not any(name in told for name in ("Ada", "Nobody", "ada.nobody", str(db.parent)))


@pytest.mark.parametrize("db", [["--blind"]], indirect=True)
@pytest.mark.parametrize("command", ["rank", "status"])
def test_what_is_asked_of_a_blind_batch_names_nobody(
    db: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The ranking shows codes, and so do counts and reasons."""
    capsys.readouterr()

    assert main(["batch", command, str(db)]) == ExitCode.DONE

    out, err = capsys.readouterr()
    assert "Ada" not in out.replace(str(db), "") + err
