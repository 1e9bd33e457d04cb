"""What a batch is pointed at: found one by one, archives looked into and never unpacked."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from skillgap.batch.sources import Source, check_paths, find_sources, lines_of, read_member
from skillgap.errors import (
    DocumentError,
    EncryptedDocumentError,
    LimitExceededError,
    UnreadableDocumentError,
    UnsupportedFormatError,
    UsageError,
)

MAX_BYTES = 1_000


def _touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")


def found(paths: Iterable[Path | str], **named: object) -> list[str]:
    """Return the names of the files that are found, sorted."""
    sources = find_sources(map(str, paths), **named)  # type: ignore[arg-type]
    return sorted(source.path.rpartition("/")[2] for source in sources)


def archived(path: Path, files: dict[str, bytes]) -> Path:
    """Write an archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


# --- files and folders ----------------------------------------------------------------------------


def test_files_are_found_at_every_depth(tmp_path: Path) -> None:
    """With their size and time, so that a known file is not opened again."""
    _touch(tmp_path, "b.pdf", "a/c.pdf", "a/b/d.pdf")

    sources = list(find_sources([str(tmp_path)]))

    assert found([tmp_path]) == ["b.pdf", "c.pdf", "d.pdf"]
    for source in sources:
        told = Path(source.path).stat()
        assert (source.size, source.mtime_ns) == (told.st_size, told.st_mtime_ns)


def test_in_a_folder_what_is_no_resume_by_its_name_is_left_out(tmp_path: Path) -> None:
    """Hidden files, programs, tables, databases; what is odd is told, what is named is taken."""
    _touch(tmp_path, ".DS_Store", ".git/config", "build.py", "Scores.CSV", "run.db", "run.db-wal")
    _touch(tmp_path, "a.pdf", "photo.heic", "resume")

    assert found([tmp_path]) == ["a.pdf", "photo.heic", "resume"]
    assert found([tmp_path / "build.py", tmp_path / ".DS_Store"]) == [".DS_Store", "build.py"]


def test_folders_that_nest_without_end_are_told(tmp_path: Path) -> None:
    """Where the walk stops there is a row; nothing is left open."""
    path = tmp_path
    for _ in range(210):
        path /= "d"
        path.mkdir()
    _touch(path, "deep.pdf")
    _touch(tmp_path, "a.pdf")

    assert found([tmp_path]) == ["a.pdf", "d"]


def test_a_walk_that_is_given_up_leaves_nothing_open(tmp_path: Path) -> None:
    """Warnings are errors here."""
    _touch(tmp_path, "a/b/c.pdf", "a/b/d.pdf")
    sources = find_sources([str(tmp_path)])

    assert next(sources).size == 1
    sources.close()  # type: ignore[attr-defined]


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    """A link to the folder it is in would never end; one to a file is that file."""
    _touch(tmp_path, "a.pdf")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "b.pdf").symlink_to(tmp_path / "a.pdf")
    (tmp_path / "c.pdf").symlink_to(tmp_path / "gone.pdf")

    assert found([tmp_path]) == ["a.pdf", "b.pdf", "c.pdf"]


def test_what_the_batch_writes_is_left_out(tmp_path: Path) -> None:
    """The table of an earlier run is no resume, however it is named."""
    _touch(tmp_path, "a.pdf", "table")

    assert found([tmp_path], leave_out=[tmp_path / "x" / ".." / "table"]) == ["a.pdf"]


def test_patterns_are_filled_in(tmp_path: Path) -> None:
    """Where no shell did; a file whose name looks like one is that file."""
    _touch(tmp_path, "a/b/c.pdf", "a/d.pdf", "a/e.txt", "x[1].pdf", "x1.pdf")

    assert found([tmp_path / "a" / "**" / "*.pdf"]) == ["c.pdf", "d.pdf"]
    assert found([tmp_path / "x[1].pdf"]) == ["x[1].pdf"]


def test_a_list_of_paths_is_read_line_by_line(tmp_path: Path) -> None:
    """Of files and folders, never patterns; what is missing is told in its row."""
    _touch(tmp_path, "in/a.pdf", "*.pdf")
    lines = [f"{tmp_path}/in\n", f"{tmp_path}/*.pdf\r\n", "\n", f"{tmp_path}/gone.pdf"]

    assert found(["-"], stdin=lines) == ["*.pdf", "a.pdf", "gone.pdf"]


def test_a_list_may_hold_names_that_are_no_unicode() -> None:
    """As the system gives them."""
    stream = TextIOWrapper(BytesIO(b"caf\xe9.pdf\n"), encoding="ascii")

    assert list(lines_of(stream)) == ["caf\udce9.pdf\n"]
    assert os.fsencode("caf\udce9.pdf") == b"caf\xe9.pdf"


@pytest.mark.parametrize("path", ["nothing", "*.nothing"])
def test_a_missing_path_is_wrong_usage(path: str, tmp_path: Path) -> None:
    """Nothing is scored before a typing mistake is told."""
    _touch(tmp_path, "a.pdf")

    with pytest.raises(UsageError, match=r"no such file or folder|no file has such a name"):
        check_paths([str(tmp_path), str(tmp_path / path)])
    check_paths([str(tmp_path), str(tmp_path / "*.pdf"), "-"])


# --- archives -------------------------------------------------------------------------------------


def test_an_archive_is_its_files(tmp_path: Path) -> None:
    """As a folder is; a name twice is two files, an archive in it is a file that is told."""
    path = archived(tmp_path / "in.ZIP", {"a.pdf": b"1", "b/c.txt": b"22", "b/x.py": b"3"})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("b/inner.zip", b"4")
        archive.writestr("__MACOSX/a.pdf", b"5")
        archive.writestr("b/.hidden", b"6")
        archive.mkdir("folder")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.pdf", b"7")

    sources = list(find_sources([str(tmp_path)]))

    assert [source.path.partition("!")[2] for source in sources] == [
        "a.pdf",
        "b/c.txt",
        "b/inner.zip",
        "a.pdf#2",
    ]
    assert [read_member(source, MAX_BYTES) for source in sources] == [b"1", b"22", b"4", b"7"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"no archive", id="other bytes"),
        pytest.param(b"PK\x05\x06" + b"\xff" * 18, id="a directory of gigabytes"),
        pytest.param(b"PK\x05\x06" + bytes(18), id="no file in it"),
    ],
)
def test_what_is_no_archive_is_a_file(content: bytes, tmp_path: Path) -> None:
    """Its row will say what it is."""
    path = tmp_path / "in.zip"
    path.write_bytes(content)

    assert [source.member for source in find_sources([str(path)])] == [None]


def test_a_directory_that_would_fill_the_memory_is_not_read(tmp_path: Path) -> None:
    """Also when only the 64-bit record tells how large it is."""
    path = archived(tmp_path / "in.zip", {"a.txt": b"1"})
    whole = path.read_bytes()
    end = whole.rfind(b"PK\x05\x06")
    wide = b"PK\x06\x06" + (44).to_bytes(8, "little") + bytes(28)
    wide += (1 << 40).to_bytes(8, "little") + bytes(8)
    locator = b"PK\x06\x07" + bytes(16)

    path.write_bytes(whole[:end] + wide + locator + whole[end:])

    assert [source.member for source in find_sources([str(path)])] == [None]


def _member(path: Path) -> Source:
    (source,) = find_sources([str(path)])
    return source


def _encrypted(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.find(mark) + offset] |= 1
    path.write_bytes(whole)


def _damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"stored", b"sTored", 1))


def _odd_method(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", "x")


def _bomb(path: Path) -> None:
    archived(path, {"a.txt": bytes(10_000_000)})


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        pytest.param(_encrypted, EncryptedDocumentError, id="encrypted"),
        pytest.param(_damaged, UnreadableDocumentError, id="damaged"),
        pytest.param(_odd_method, UnsupportedFormatError, id="a method that may ask for gigabytes"),
        pytest.param(_bomb, LimitExceededError, id="a bomb"),
    ],
)
def test_a_bad_member_is_told(spoil: object, kind: type[DocumentError], tmp_path: Path) -> None:
    """With its name in the archive, and what to do."""
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.txt", "stored as it is")
    spoil(path)  # type: ignore[operator]

    with pytest.raises(kind, match=r"in\.zip!a\.txt"):
        read_member(_member(path), MAX_BYTES)
