"""The results of a batch past one machine: a folder of Parquet files, here or far away.

::

    OUT/run.json                     what made the scores, and for which roles
    OUT/files/00001/<name>.parquet   which file has which bytes, as the first run found it
    OUT/results/00001/<name>.parquet what came of these bytes

Each run has its number, and what a later one says counts. A file has its name from its content and
appears whole or not at all, so a task that is done twice leaves the same.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from skillgap.batch.model import BatchRow, RoleResult
from skillgap.batch.store import UNREAD, Store, content_key
from skillgap.errors import StoreError, UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pyarrow import Schema
    from pyarrow.fs import FileSystem

INSTALL = "pip install 'skillgap[ray]'"
SCHEME = "://"
_DIGEST_BYTES = 16  # of what is known: they keep apart more files than there are
_ROWS_READ = 10_000


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file, and the bytes that were found in it."""

    path: str
    sha256: str
    size: int
    mtime_ns: int

    @property
    def key(self) -> str:
        """What its result is kept under."""
        return content_key(self.sha256, self.path)


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier runs did, sorted, 16 bytes for each: small enough for every machine.

    Attributes:
        contents: Digests of the keys of results.
        files: Digests of path and key.
    """

    contents: NDArray[np.bytes_]
    files: NDArray[np.bytes_]

    def has_content(self, key: str) -> bool:
        """Whether these bytes have a result."""
        return _holds(self.contents, _digest(key))

    def has_file(self, file: FileRow) -> bool:
        """Whether this file is listed with these bytes."""
        return _holds(self.files, _digest(f"{file.key}\n{file.path}"))


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST_BYTES).digest()


def _holds(digests: NDArray[np.bytes_], digest: bytes) -> bool:
    at = int(digests.searchsorted(digest))
    return at < len(digests) and digests[at] == digest.rstrip(b"\0")


def open_filesystem(where: str) -> tuple[FileSystem, str]:
    """Return the file system that a path or an address lies in, and its path there.

    pyarrow knows `file`, `s3`, `gs`, `abfs` and `hdfs`; other schemes are those of fsspec and its
    plug-ins.

    Raises:
        UsageError: Nobody here knows the scheme, or pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow.fs import FileSystem, FSSpecHandler, LocalFileSystem, PyFileSystem
    except ImportError as error:
        raise UsageError(f"{where}: reading Parquet needs pyarrow; {INSTALL}") from error
    if SCHEME not in where:
        return LocalFileSystem(), os.path.abspath(where)  # noqa: PTH100 a string is wanted
    try:
        filesystem, path = FileSystem.from_uri(where)
    except pa.ArrowInvalid:  # a scheme that it does not know
        pass
    else:
        return filesystem, path
    try:
        from fsspec.core import url_to_fs

        other, path = url_to_fs(where)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{where}: cannot be reached ({error}); install its plug-in") from error
    return PyFileSystem(FSSpecHandler(other)), path


class Shards:
    """The folder. It may be sent to other machines.

    Args:
        where: Its path or address; it is made when something is written.
        roles: Ids of the roles, in the order of the columns.

    Raises:
        UsageError: The address cannot be reached.
    """

    def __init__(self, where: str, roles: Sequence[str] = ()) -> None:
        self.where = where
        self.roles = tuple(roles)
        self._files, self._root = open_filesystem(where)

    # --- settings ---------------------------------------------------------------------------------

    def settings(self) -> Mapping[str, Any] | None:
        """Return what made the scores; None for a folder that is new."""
        try:
            with self._files.open_input_stream(f"{self._root}/run.json") as stream:
                settings: dict[str, Any] = json.loads(stream.read())
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise StoreError(self.where, f"its run.json cannot be read ({error})") from error
        return settings

    def write_settings(self, settings: Mapping[str, Any]) -> None:
        """Keep what makes the scores."""
        self._write("run.json", json.dumps(settings, sort_keys=True, indent=2).encode())

    # --- writing ----------------------------------------------------------------------------------

    def next_run(self) -> int:
        """Return the number of the next run."""
        return 1 + max((_run_of(path) for path in self._parts("files")), default=0)

    def write(
        self,
        run: int,
        files: Sequence[FileRow],
        results: Sequence[tuple[BatchRow, bytes | None]],
        signature: str,
    ) -> None:
        """Keep what a block of files came to: first the results, then the files that have them.

        Raises:
            StoreError: It cannot be written.
        """
        if results:
            rows = sorted(results, key=lambda result: result[0].source)
            flat = [self._flat(row, report, signature) for row, report in rows]
            self._write_part("results", run, flat, _result_schema(self.roles), "key")
        if files:
            listed = [
                {**_fields(file), "key": file.key} for file in sorted(files, key=lambda f: f.path)
            ]
            self._write_part("files", run, listed, _file_schema(), "path")

    def _flat(self, row: BatchRow, report: bytes | None, signature: str) -> dict[str, Any]:
        flat: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN}
        for role in self.roles:
            found = row.results.get(role)
            for name in _RESULT:
                flat[f"{role}_{name}"] = getattr(found, name) if found is not None else None
        key = content_key(row.sha256, row.source)
        return {**flat, "key": key, "signature": signature, "report": report}

    def _write_part(
        self, kind: str, run: int, rows: Sequence[Mapping[str, Any]], schema: Schema, key: str
    ) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        sink = pa.BufferOutputStream()
        parquet.write_table(pa.Table.from_pylist(rows, schema=schema), sink, compression="zstd")
        named = hashlib.sha256("\n".join(row[key] for row in rows).encode()).hexdigest()
        self._write(f"{kind}/{run:05}/{named[:32]}.parquet", sink.getvalue())

    def _write(self, name: str, data: Any) -> None:
        path = f"{self._root}/{name}"
        folder, _, last = path.rpartition("/")
        half = f"{folder}/.{last}.{os.getpid()}"  # a name that readers of such folders leave out
        try:
            self._files.create_dir(folder, recursive=True)
            with self._files.open_output_stream(half) as stream:
                stream.write(data)
            self._files.move(half, path)
        except OSError as error:
            raise StoreError(
                self.where, f"{name} cannot be written ({error}); mend that"
            ) from error

    # --- reading ----------------------------------------------------------------------------------

    def known(self, *, only_scored: bool = False) -> Known:
        """Return what need not be done again.

        Args:
            only_scored: Leave out what has no score, so that it is tried again.
        """
        contents = (
            _digest(row["key"])
            for row in self._rows("results", ["key", "status"])
            if not row["key"].startswith(UNREAD) and (row["status"] == "ok" or not only_scored)
        )
        files = (
            _digest(f"{row['key']}\n{row['path']}") for row in self._rows("files", ["key", "path"])
        )
        return Known(_sorted(contents), _sorted(files))

    def copy_to(self, store: Store) -> None:
        """Put everything into the database of a batch, to rank, export and audit it there.

        Raises:
            StoreError: One cannot be read, or the other not written.
        """
        for row in self._rows("results", None):
            store.add(self._row(row), row["report"])
        for row in self._rows("files", None):
            file = FileRow(row["path"], row["sha256"], row["size"], row["mtime_ns"])
            if file.sha256:  # others stand beside their result already
                store.add_copy(file.path, file.sha256, size=file.size, mtime_ns=file.mtime_ns)

    def _row(self, flat: Mapping[str, Any]) -> BatchRow:
        results = {
            role: RoleResult(
                score=flat[f"{role}_score"],
                low=flat[f"{role}_low"],
                high=flat[f"{role}_high"],
                word=flat[f"{role}_word"],
                gaps=tuple(flat[f"{role}_gaps"]),
            )
            for role in self.roles
            if flat[f"{role}_score"] is not None
        }
        plain = {name: flat[name] for name in _PLAIN}
        plain |= {"held": tuple(flat["held"]), "notices": tuple(flat["notices"])}
        return BatchRow(results=results, **plain)

    def _rows(self, kind: str, columns: list[str] | None) -> Iterator[dict[str, Any]]:
        """Yield the rows of a kind, those of later runs behind."""
        import pyarrow as pa
        from pyarrow import parquet

        for path in self._parts(kind):
            try:
                with self._files.open_input_file(path) as stream:
                    part = parquet.ParquetFile(stream)
                    for batch in part.iter_batches(_ROWS_READ, columns=columns):
                        yield from batch.to_pylist()
            except (OSError, pa.ArrowException) as error:
                told = f"{path} cannot be read ({error}); remove it, and run the batch again"
                raise StoreError(self.where, told) from error

    def _parts(self, kind: str) -> list[str]:
        from pyarrow.fs import FileSelector

        selector = FileSelector(f"{self._root}/{kind}", allow_not_found=True, recursive=True)
        found = (info.path for info in self._files.get_file_info(selector))
        return sorted(
            path
            for path in found
            if path.endswith(".parquet") and not path.rpartition("/")[2].startswith(".")
        )


def _run_of(path: str) -> int:
    return int(path.split("/")[-2])


def _sorted(digests: Iterable[bytes]) -> NDArray[np.bytes_]:
    import numpy as np

    found = np.fromiter(digests, dtype=f"S{_DIGEST_BYTES}")
    found.sort()
    return found


# --- columns --------------------------------------------------------------------------------------

_RESULT = ("score", "low", "high", "word", "gaps")
_PLAIN = (
    "source",
    "status",
    "reason",
    "sha256",
    "lean",
    "lean_word",
    "net_share",
    "skills",
    "held",
    "notices",
    "text_hash",
    "near_hash",
)


def _fields(file: FileRow) -> dict[str, Any]:
    return {
        "path": file.path,
        "sha256": file.sha256,
        "size": file.size,
        "mtime_ns": file.mtime_ns,
    }


def _file_schema() -> Schema:
    import pyarrow as pa

    return pa.schema(
        [
            ("path", pa.string()),
            ("key", pa.string()),
            ("sha256", pa.string()),
            ("size", pa.int64()),
            ("mtime_ns", pa.int64()),
        ]
    )


def _result_schema(roles: Sequence[str]) -> Schema:
    import pyarrow as pa

    lists = pa.list_(pa.string())
    types = {"net_share": pa.float64(), "skills": pa.int64(), "held": lists, "notices": lists}
    of_role = {"word": pa.string(), "gaps": lists}
    return pa.schema(
        [
            ("key", pa.string()),
            ("signature", pa.string()),
            *((name, types.get(name, pa.string())) for name in _PLAIN),
            *(
                (f"{role}_{name}", of_role.get(name, pa.float64()))
                for role in roles
                for name in _RESULT
            ),
            ("report", pa.binary()),
        ]
    )
