"""The rows of a batch in one SQLite file: each committed as it comes, readable while it runs.

A result belongs to the bytes of a file, not to its path: copies share one, and a file that was
moved is not scored again. What the file is named ends in counts too (it may hint at the format),
so that a result is what `analyze` says about that very file.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Self

from skillgap.batch.codes import coded, read_code
from skillgap.batch.model import BatchRow, RoleResult
from skillgap.errors import StoreError
from skillgap.report.codes import code_of_file, hash_begin

if TYPE_CHECKING:
    from skillgap.report.model import FitReport

# 1: the first shape.
SCHEMA_VERSION = 1
_COMPRESSION = 1  # of reports: a level higher takes twice the time for a few per cent of the size
_BUSY_MS = 30_000  # how long to wait for another process that writes
_SUFFIX_MAX = 16  # longer ones are no suffixes but sentences with a full stop
UNREAD = "unread "  # begins the key of a file whose bytes nobody has seen

_SCHEMA = """
CREATE TABLE run (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE results (
    content TEXT NOT NULL,
    signature TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    row TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    near_hash TEXT NOT NULL,
    report BLOB,
    PRIMARY KEY (content, signature)
);
CREATE TABLE files (
    path TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    content TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    signature TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX files_by_sha256 ON files (sha256, path);
"""
_ROWS = """
SELECT path, sha256, status, reason, row, text_hash, near_hash,
       (SELECT min(path) FROM files AS other WHERE other.sha256 = files.sha256) AS first_path
FROM files JOIN results USING (content, signature)
"""
# By the names that SQLite gives its errors, which end in more words for rarer kinds.
_ADVICE = {
    "SQLITE_FULL": "the disk is full; what is done is kept: free some space and go on",
    "SQLITE_READONLY": "it may not be written to; name another file or ask for permission",
    "SQLITE_CANTOPEN": "it cannot be opened or made; check that its folder exists and is writable",
    "SQLITE_PERM": "it may not be opened; ask for permission",
    "SQLITE_NOTADB": "this is no database of a batch; name another file",
    "SQLITE_CORRUPT": "it is damaged; run the batch again into a new file",
    "SQLITE_BUSY": "another program writes to it; wait until that is done",
    "SQLITE_LOCKED": "another program writes to it; wait until that is done",
    "SQLITE_IOERR": "the disk failed to read or write; check it, or name a file elsewhere",
}


def content_key(sha256: str, source: str) -> str:
    """Return the key of a result: the hash of the bytes, and what the name ends in.

    >>> content_key("ab12", "in/Resume.PDF")
    'ab12.pdf'
    """
    if not sha256:
        return UNREAD + well_formed(source)
    suffix = PurePosixPath(well_formed(source)).suffix.lower()
    return sha256 + suffix[:_SUFFIX_MAX]


def well_formed(path: str) -> str:
    """Write what is no Unicode in a path as escapes, as reports do: SQLite takes nothing else."""
    return path.encode(errors="backslashreplace").decode()


class Store:
    """The rows of one batch. Get one from `Store.create` or `Store.open`.

    Attributes:
        path: The file.
        options: What the batch was started with.
        signature: A hash of all that makes its scores.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        with self._told():
            settings = dict(connection.execute("SELECT key, value FROM run"))
        if settings.get("schema") != str(SCHEMA_VERSION):
            raise StoreError(
                path, "it was written by another version of skillgap; write to a new file"
            )
        self.signature: str = settings["signature"]
        self.options: Mapping[str, Any] = json.loads(settings["options"])

    @classmethod
    def create(cls, path: Path, options: Mapping[str, Any], signature: str) -> Store:
        """Make a new database.

        Args:
            path: Where; nothing may be there.
            options: What the batch is started with, as JSON knows it.
            signature: A hash of all that makes the scores.

        Raises:
            StoreError: There is such a file already, or it cannot be written.
        """
        if path.exists():
            raise StoreError(path, "there is such a file already; name another")
        with _told(path):
            connection = _connect(path, "rwc")
            connection.executescript(f"PRAGMA journal_mode=WAL;BEGIN;{_SCHEMA}")
            connection.executemany(
                "INSERT INTO run VALUES (?, ?)",
                [
                    ("schema", str(SCHEMA_VERSION)),
                    ("options", json.dumps(options, sort_keys=True)),
                    ("signature", signature),
                ],
            )
            connection.execute("COMMIT")
        return cls(path, connection)

    @classmethod
    def open(cls, path: Path, *, write: bool = False) -> Store:
        """Open a database, to read or also to write; a batch may be writing to it.

        Raises:
            StoreError: There is no such file, it is no database of a batch, or another version
                wrote it.
        """
        if not path.is_file():
            raise StoreError(path, "there is no such file; check the name")
        with _told(path):
            connection = _connect(path, "rw") if write else _connect_to_read(path)
            try:
                known = connection.execute(
                    "SELECT count(*) FROM sqlite_schema WHERE name IN ('run', 'results', 'files')"
                ).fetchone()
            except sqlite3.Error:
                connection.close()
                raise
        if known != (3,):
            connection.close()
            raise StoreError(path, _ADVICE["SQLITE_NOTADB"])
        return cls(path, connection)

    def close(self) -> None:
        """Close the file; nothing is lost when this is never called."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- writing ----------------------------------------------------------------------------------

    def add(
        self, row: BatchRow, report: bytes | None = None, *, size: int = 0, mtime_ns: int = 0
    ) -> None:
        """Keep a file's row and its report; both are on disk, or neither, when this returns.

        Args:
            row: Its `copy_of` is not kept: it follows from the files there are.
            report: The report, packed by `pack`; None for a file that was not scored.
            size: Of the file, in bytes.
            mtime_ns: When it was last changed: a file with this size and time is not read again.

        Raises:
            StoreError: It cannot be written; the rows before it are kept.
        """
        content = content_key(row.sha256, row.source)
        short = {
            "results": {role: asdict(result) for role, result in row.results.items()},
            "lean": row.lean,
            "lean_word": row.lean_word,
            "net_share": row.net_share,
            "held": row.held,
            "notices": row.notices,
        }
        result = (
            content,
            self.signature,
            row.status,
            row.reason,
            json.dumps(short, separators=(",", ":")),
            row.text_hash,
            row.near_hash,
            report,
        )
        with self._transaction():
            self._connection.execute(
                "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?, ?)", result
            )
            self._add_file(row.source, row.sha256, size, mtime_ns)

    def add_copy(self, source: str, sha256: str, *, size: int = 0, mtime_ns: int = 0) -> None:
        """Keep a file whose bytes have their result already.

        Raises:
            StoreError: It cannot be written.
        """
        with self._transaction():
            self._add_file(source, sha256, size, mtime_ns)

    def _add_file(self, source: str, sha256: str, size: int, mtime_ns: int) -> None:
        path, content = well_formed(source), content_key(sha256, source)
        self._connection.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)",
            (path, sha256, content, size, mtime_ns, self.signature),
        )

    # --- asking -----------------------------------------------------------------------------------

    def known(self, sha256: str, source: str = "") -> str | None:
        """Return the status of the result that such a file has already; None when it has none.

        Args:
            sha256: The hash of its bytes.
            source: Its path, for what its name ends in.
        """
        with self._told():
            found = self._connection.execute(
                "SELECT status FROM results WHERE content = ? AND signature = ?",
                (content_key(sha256, source), self.signature),
            ).fetchone()
        return found[0] if found is not None else None

    def known_file(self, source: str, *, size: int, mtime_ns: int) -> str | None:
        """Return the status of a file that has not changed since; None when it has or is new."""
        with self._told():
            found = self._connection.execute(
                "SELECT status FROM files JOIN results USING (content, signature)"
                " WHERE path = ? AND size = ? AND mtime_ns = ? AND sha256 != ''"
                " AND signature = ?",
                (well_formed(source), size, mtime_ns, self.signature),
            ).fetchone()
        return found[0] if found is not None else None

    @property
    def is_blind(self) -> bool:
        """Whether files are called by their candidates' codes."""
        return "blind" in self.options.get("made_by", {})

    def rows(self, *, by_path: bool = False) -> Iterator[BatchRow]:
        """Yield the row of each file, sorted by path; in a blind batch by code.

        Args:
            by_path: Name files by their paths, in a blind batch too: to match them with what is
                known elsewhere, never to show them.

        Raises:
            StoreError: The file cannot be read.
        """
        if self.is_blind and not by_path:
            # In the order of the codes: that of the paths would be that of the names.
            return coded(self._rows("ORDER BY sha256, path"))
        return self._rows("ORDER BY path")

    def row(self, which: str) -> BatchRow | None:
        """Return the row of one file, by its path or code; None when there is none."""
        found = next(self._rows("WHERE path = ?", self._path(which)), None)
        if found is None or not self.is_blind:
            return found
        same = [found]
        if found.sha256:
            same = list(self._rows("WHERE sha256 = ? ORDER BY path", found.sha256))
        place = [row.source for row in same].index(found.source)
        return list(coded(same))[place]

    def _path(self, which: str) -> str:
        """Return the path that a path or, in a blind batch, a code stands for."""
        code = read_code(which) if self.is_blind else None
        if code is None:
            return well_formed(which)
        begin = hash_begin(code[0])
        with self._told():
            same = self._connection.execute(
                "SELECT path FROM files WHERE sha256 >= ? AND sha256 < ? ORDER BY sha256, path",
                (begin, f"{begin}g"),  # g comes after all digits of a hash
            ).fetchall()
        if len(same) >= code[1]:
            return str(same[code[1] - 1][0])
        unread = (row.source for row in self._rows("WHERE sha256 = ''"))
        return next((p for p in unread if code_of_file("", p) == code[0]), which)

    def _rows(self, condition: str, *values: str) -> Iterator[BatchRow]:
        with self._told():
            for found in self._connection.execute(f"{_ROWS} {condition}", values):
                yield _row(*found)

    def report(self, which: str) -> FitReport:
        """Return the report on one file, as `analyze` gives it.

        Args:
            which: Its path, the hash of its bytes, or its code in a blind batch.

        Raises:
            StoreError: There is no such file in the batch, or it was not scored: then the message
                says why.
        """
        wanted = self._path(which)
        with self._told():
            found = self._connection.execute(
                "SELECT path, status, reason, report"
                " FROM files JOIN results USING (content, signature)"
                " WHERE path = ? OR sha256 = ? ORDER BY path != ?, path LIMIT 1",
                (wanted, which, wanted),
            ).fetchone()
        if found is None:
            raise StoreError(self.path, f"no file {which} in it; `batch rank` lists them")
        path, status, reason, packed = found
        if packed is None:
            called = which if self.is_blind else path
            raise StoreError(self.path, f"{called} was not scored: {status}, {reason}")
        report = unpack(packed)
        if report.blind is not None:
            return report
        named = report.document.model_copy(update={"source": path})  # it may be a copy's report
        return report.model_copy(update={"document": named})

    def counts(self) -> dict[str, int]:
        """Return how many files there are of each status, `ok` first, then by name."""
        with self._told():
            return dict(
                self._connection.execute(
                    "SELECT status, count(*) FROM files JOIN results USING (content, signature)"
                    " GROUP BY status ORDER BY status != 'ok', status"
                )
            )

    def reasons(self) -> tuple[tuple[str, str, int, str], ...]:
        """Return why files were not scored: status, reason, how many, and the first of them.

        Sorted by status, the most frequent reason of each first. A blind batch names no file.
        """
        first = "''" if self.is_blind else "min(path)"
        with self._told():
            return tuple(
                self._connection.execute(
                    f"SELECT status, reason, count(*) AS files, {first}"  # noqa: S608  # ours
                    " FROM files JOIN results USING (content, signature) WHERE status != 'ok'"
                    " GROUP BY status, reason ORDER BY status, files DESC, reason"
                )
            )

    def _told(self) -> AbstractContextManager[None]:
        return _told(self.path)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._told():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def pack(report: FitReport) -> bytes:
    """Return a report as it is stored: its JSON, compressed."""
    return zlib.compress(report.model_dump_json().encode(), _COMPRESSION)


def unpack(packed: bytes) -> FitReport:
    """Return the report that `pack` stored."""
    from skillgap.report.model import FitReport

    return FitReport.model_validate_json(zlib.decompress(packed))


def _row(
    path: str,
    sha256: str,
    status: str,
    reason: str,
    short: str,
    text_hash: str,
    near_hash: str,
    first_path: str,
) -> BatchRow:
    content = json.loads(short)
    held = tuple(content["held"])
    return BatchRow(
        source=path,
        status=status,
        reason=reason,
        sha256=sha256,
        results={
            role: RoleResult(**{**result, "gaps": tuple(result["gaps"])})
            for role, result in content["results"].items()
        },
        lean=content["lean"],
        lean_word=content["lean_word"],
        net_share=content["net_share"],
        skills=len(held),
        held=held,
        notices=tuple(content["notices"]),
        copy_of=first_path if sha256 and first_path != path else "",
        text_hash=text_hash,
        near_hash=near_hash,
    )


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    # As an address, because a name may hold what SQLite would read as one.
    address = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(address, uri=True, isolation_level=None)
    # In WAL mode NORMAL keeps every committed row when a process dies; FULL waits for the disk.
    connection.executescript(f"PRAGMA busy_timeout={_BUSY_MS};PRAGMA synchronous=NORMAL")
    return connection


def _connect_to_read(path: Path) -> sqlite3.Connection:
    try:
        # Not mode=ro, which would leave two empty files beside the database behind.
        connection = _connect(path, "rw")
        connection.execute("SELECT 1 FROM sqlite_schema")
        connection.execute("PRAGMA query_only=1")
    except sqlite3.OperationalError as error:
        # Readers of a WAL database make a file beside it. Where they may not, nobody else can be
        # writing either, so it can be read as it is.
        if not error.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
            raise
        return _connect(path, "ro&immutable=1")
    return connection


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell what SQLite says as an error of ours, with what to do."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        advice = next(
            (text for known, text in _ADVICE.items() if name.startswith(known)),
            f"SQLite cannot use it ({error}); name another file",
        )
        raise StoreError(path, advice) from error
