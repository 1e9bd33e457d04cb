"""The files that a batch is pointed at, one after the other and never all at once in memory.

Folders are walked, patterns filled in, archives looked into; a list may come from standard input.
"""

from __future__ import annotations

import glob
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, TextIO

from skillgap.errors import (
    EncryptedDocumentError,
    LimitExceededError,
    UnreadableDocumentError,
    UnsupportedFormatError,
    UsageError,
)

STDIN = "-"
_ARCHIVE = ".zip"
# Of the list of members, which is read whole: about 200,000 names. It would fill the memory of the
# one process that must not fail.
_MAX_DIRECTORY_BYTES = 16_000_000
_END = struct.Struct("<4s4H2LH")  # the record that ends an archive
_END_SIGNATURE = b"PK\x05\x06"
_LOCATOR_SIGNATURE = b"PK\x06\x07"  # stands before the end of archives with 64-bit sizes
_LOCATOR_BYTES = 20
_WIDE = struct.Struct("<4sQ2H2L4Q")  # the 64-bit record, before the locator
_MAX_COMMENT_BYTES = 65_535
_ENCRYPTED = 0x1
# Others (bzip2, LZMA) may ask for gigabytes before the first byte.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MAX_DEPTH = 200  # of folders in folders: each level keeps one open, and systems allow few
# Endings of files that lie in folders of resumes and are none; text readers would take them.
_NO_RESUMES = frozenset(
    [
        ".bak",
        ".cfg",
        ".css",
        ".csv",
        ".db",
        ".db-shm",
        ".db-wal",
        ".ini",
        ".jsonl",
        ".js",
        ".lock",
        ".log",
        ".py",
        ".sh",
        ".sql",
        ".sqlite",
        ".tmp",
        ".toml",
        ".ts",
        ".tsv",
        ".typ",
        ".yaml",
        ".yml",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to score.

    Attributes:
        path: What it is called in the results; `archive.zip!member` for a file in an archive.
        file: Where it is, or its archive.
        member: Its number in the archive; None for a file of its own.
        size: In bytes; -1 when there is no such file.
        mtime_ns: When it, or its archive, was last changed.
    """

    path: str
    file: str
    member: int | None = None
    size: int = -1
    mtime_ns: int = 0


def check_paths(paths: Iterable[str]) -> None:
    """Refuse a path that does not exist, before any work.

    Raises:
        UsageError: It names no file, no folder and is no pattern that fits any.
    """
    for path in paths:
        if path == STDIN or os.path.lexists(path):
            continue
        if not _is_pattern(path):
            raise UsageError(f"{path}: no such file or folder; check the name")
        if next(_matches(path), None) is None:
            raise UsageError(f"{path}: no file has such a name; check the pattern")


def find_sources(
    paths: Iterable[str], *, leave_out: Iterable[Path] = (), stdin: Iterable[str] = ()
) -> Iterator[Source]:
    """Yield the files that the paths name, those in folders and archives included.

    In a folder or an archive, what is no resume by its name is left out: hidden files, programs,
    tables and settings. A file that is named itself is always taken. The order is that of the
    paths; within a folder it is the file system's, because sorting would need all names at once.

    Args:
        paths: Files, folders, patterns (`in/**/*.pdf`), archives; `-` for the lines of `stdin`.
        leave_out: Files that the batch itself writes.
        stdin: Paths, one a line.
    """
    own = frozenset(os.path.realpath(path) for path in leave_out)
    for path in paths:
        if path == STDIN:
            for line in stdin:
                if name := line.rstrip("\r\n"):
                    yield from _sources_at(name, own)
        elif _is_pattern(path) and not os.path.lexists(path):
            for name in _matches(path):
                yield from _sources_at(name, own)
        else:
            yield from _sources_at(path, own)


def _is_pattern(path: str) -> bool:
    return glob.has_magic(path)


def _matches(pattern: str) -> Iterator[str]:
    return glob.iglob(pattern, recursive=True)  # noqa: PTH207  # Path knows no absolute patterns


def _sources_at(path: str, own: frozenset[str]) -> Iterator[Source]:
    path = str(Path(path))
    try:
        found = os.stat(path)  # noqa: PTH116  # also of what cannot be a Path
    except (OSError, ValueError):
        yield Source(path=path, file=path)  # its row will say why
        return
    if stat.S_ISDIR(found.st_mode):
        try:
            yield from _sources_in(path, own)
        except OSError:  # it may not be opened, or went away meanwhile
            yield Source(path=path, file=path)
    else:
        yield from _sources_of(path, found, own)


def _sources_in(folder: str, own: frozenset[str]) -> Iterator[Source]:
    """Walk a folder with one open folder for each level: as flat in a wide tree as in a deep one.

    Raises:
        OSError: The folder cannot be listed.
    """
    folders = [os.scandir(folder)]
    try:
        while folders:
            entry = next(folders[-1], None)
            if entry is None:
                folders.pop().close()
            elif entry.name.startswith("."):
                continue
            elif entry.is_dir(follow_symlinks=False):
                inner = _opened(entry.path) if len(folders) < _MAX_DEPTH else None
                if inner is not None:
                    folders.append(inner)
                else:
                    yield Source(path=entry.path, file=entry.path)  # its row will say so
            elif may_be_resume(entry.name) and not entry.is_dir():
                yield from _sources_at(entry.path, own)
    finally:
        for left in folders:
            left.close()


def _opened(folder: str) -> Any:
    try:
        return os.scandir(folder)
    except OSError:
        return None


def _sources_of(path: str, found: os.stat_result, own: frozenset[str]) -> Iterator[Source]:
    if own and os.path.realpath(path) in own:
        return
    if stat.S_ISREG(found.st_mode) and path.lower().endswith(_ARCHIVE):
        members = tuple(_members(path, found.st_mtime_ns))
        if members:
            yield from members
            return
    yield Source(path=path, file=path, size=found.st_size, mtime_ns=found.st_mtime_ns)


def may_be_resume(name: str) -> bool:
    """Whether a file may be a resume by its name."""
    return not name.startswith(".") and PurePosixPath(name).suffix.lower() not in _NO_RESUMES


# --- archives -------------------------------------------------------------------------------------


def _members(path: str, mtime_ns: int) -> Iterator[Source]:
    """Yield the resumes in an archive; none when it cannot be opened, which its own row tells."""
    try:
        archive = _archive(path, mtime_ns)
    except (OSError, zipfile.BadZipFile, LimitExceededError):
        return
    named: dict[str, int] = {}
    for number, info in enumerate(archive.infolist()):
        parts = PurePosixPath(info.filename).parts
        hidden = any(part.startswith((".", "__MACOSX")) for part in parts if part != "..")
        if info.is_dir() or hidden or not parts or not may_be_resume(parts[-1]):
            continue
        name = f"{path}!{info.filename}"
        named[name] = again = named.get(name, 0) + 1  # an archive may hold a name twice
        yield Source(
            path=name if again == 1 else f"{name}#{again}",
            file=path,
            member=number,
            size=info.file_size,
            mtime_ns=mtime_ns,
        )


@lru_cache(maxsize=1)  # members come one after the other, and opening reads the whole list
def _archive(path: str, mtime_ns: int) -> zipfile.ZipFile:  # noqa: ARG001  # part of the key
    with Path(path).open("rb") as stream:
        _check_directory(stream, path)
    return zipfile.ZipFile(path)


def _check_directory(stream: BinaryIO, path: str) -> None:
    """Refuse an archive whose list of members alone would fill the memory."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _END.size - _MAX_COMMENT_BYTES - _WIDE.size - _LOCATOR_BYTES))
    tail = stream.read()
    end = tail.rfind(_END_SIGNATURE)
    if end < 0 or len(tail) - end < _END.size:
        raise zipfile.BadZipFile(path)
    directory_bytes = _END.unpack_from(tail, end)[5]
    locator = end - _LOCATOR_BYTES
    if locator >= _WIDE.size and tail.startswith(_LOCATOR_SIGNATURE, locator):
        directory_bytes = _WIDE.unpack_from(tail, locator - _WIDE.size)[-2]
    if directory_bytes > _MAX_DIRECTORY_BYTES:
        raise LimitExceededError(
            path,
            "the archive has too many members to list",
            "Unpack it, and give the folder",
        )


def read_member(source: Source, max_bytes: int) -> bytes:
    """Return the bytes of a file in an archive; nothing is ever written to disk.

    Raises:
        DocumentError: It is encrypted, too large, packed in a way that is not read, or broken.
    """
    archive = _archive(source.file, source.mtime_ns)
    info = archive.infolist()[source.member or 0]
    if info.flag_bits & _ENCRYPTED:
        raise EncryptedDocumentError(
            source.path, "it needs a password", "Unpack the archive with it, and give the folder"
        )
    if info.compress_type not in _METHODS:
        raise UnsupportedFormatError(
            source.path, "it is packed in an unusual way", "Unpack the archive, give the folder"
        )
    try:
        with archive.open(info) as stream:
            data = stream.read(max_bytes + 1)
    except (OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise UnreadableDocumentError(
            source.path, f"the archive is broken here ({error})", "Pack it again"
        ) from error
    if len(data) > max_bytes:
        raise LimitExceededError(
            source.path,
            f"the file is larger than {max_bytes:,} bytes",
            "Give a smaller file",
        )
    return data


def lines_of(stream: TextIO) -> Iterator[str]:
    """Yield the paths of a list; bytes that are no UTF-8 stay what they are."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    yield from stream
