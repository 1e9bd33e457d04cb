"""Which category each file of a run belongs to, read from a table of the user's own."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from skillgap.batch.model import BatchRow
from skillgap.errors import UsageError

FILE_COLUMN = "file"
# A column with more values than this is a name or a number of people, not a category.
_MOST_CATEGORIES = 50
_MOST_CHARACTERS = 80  # of a category's name, so that a table stays a table
_FAULTS_SHOWN = 3
# What people write where somebody did not say. Compared in lower case.
_UNKNOWN = frozenset(
    [
        "",
        "-",
        "?",
        "declined",
        "declined to answer",
        "decline to answer",
        "n/a",
        "not given",
        "not known",
        "not stated",
        "prefer not to say",
        "undisclosed",
        "unknown",
    ]
)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One line of the table.

    Attributes:
        number: Of the line in the file, for messages.
        file: A path, the end of one, a name, or a sha256.
        categories: One a column, "" where it is not known.
    """

    number: int
    file: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """The files of a run in their categories.

    Attributes:
        categories: By sha256, or by source for a file that has none.
        not_in_run: What lines named and the run does not have.
    """

    categories: Mapping[str, tuple[str, ...]]
    not_in_run: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """The table: who belongs where.

    Attributes:
        source: Its path, for messages.
        columns: Names of the columns of categories, in their order.
        lines: One a file.
    """

    source: str
    columns: tuple[str, ...]
    lines: tuple[GroupLine, ...]

    def place(self, rows: Sequence[BatchRow]) -> Placed:
        """Find the file of each line.

        Raises:
            UsageError: A name fits files of different content, or two lines put one file into
                different categories.
        """
        by_sha = {row.sha256: row for row in rows if row.sha256}
        by_name: dict[str, list[BatchRow]] = defaultdict(list)
        for row in rows:
            by_name[_parts(row.source)[-1]].append(row)
        placed: dict[str, GroupLine] = {}
        missing, faults = [], []
        for line in self.lines:
            keys = {row.sha256 or row.source for row in _named(line.file, by_sha, by_name)}
            if not keys:
                missing.append(line.file)
            elif len(keys) > 1:
                faults.append(f"line {line.number}: {line.file} fits {len(keys)} files; give paths")
            else:
                before = placed.setdefault(keys.pop(), line)
                if before.categories != line.categories:
                    faults.append(f"line {line.number}: other categories than line {before.number}")
        self._refuse(faults)
        return Placed({key: line.categories for key, line in placed.items()}, tuple(missing))

    def _refuse(self, faults: Sequence[str]) -> None:
        refuse(self.source, faults)


def _named(
    file: str, by_sha: Mapping[str, BatchRow], by_name: Mapping[str, Sequence[BatchRow]]
) -> list[BatchRow]:
    """Return the rows that a name means: by content, by the whole path, by the end of a path."""
    if file.lower() in by_sha:
        return [by_sha[file.lower()]]
    wanted = _parts(file)
    ending = [
        row for row in by_name.get(wanted[-1], ()) if _parts(row.source)[-len(wanted) :] == wanted
    ]
    return [row for row in ending if _parts(row.source) == wanted] or ending


def _parts(path: str) -> list[str]:
    """Split a path at its folders, and where it goes into an archive (`cvs.zip!ann.pdf`)."""
    parts = re.split(r"[/\\!]+", path)
    return [part for part in parts if part != "."] or [path]


def refuse(source: str, faults: Sequence[str]) -> None:
    """Raise one error for all faults, the first of them in words; nothing when there is none."""
    if not faults:
        return
    more = f"; and {len(faults) - _FAULTS_SHOWN} more" if len(faults) > _FAULTS_SHOWN else ""
    raise UsageError(f"{source}: {'; '.join(faults[:_FAULTS_SHOWN])}{more}")


def read_groups(path: Path) -> Groups:
    """Read the table of categories: a CSV with a column `file` and one column a category.

    Values that differ only in case or spaces are one category, spelt as it comes first.

    Raises:
        UsageError: It cannot be read, or is no such table.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); check the name") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is no UTF-8; save it as CSV in UTF-8") from error
    return parse_groups(text, str(path))


def parse_groups(text: str, source: str) -> Groups:
    """Read the table from text, see `read_groups`."""
    head, _, _ = text.partition("\n")
    # Spreadsheets of half of Europe write semicolons.
    delimiter = ";" if ";" in head and "," not in head else ","
    try:
        table = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UsageError(f"{source}: is no CSV ({error}); write it with a spreadsheet") from error
    names = [" ".join(cell.split()) for cell in table[0]] if table else []
    folded = [name.casefold() for name in names]
    if folded.count(FILE_COLUMN) != 1 or len(set(folded)) != len(folded) or "" in folded:
        raise UsageError(
            f"{source}: its first line must name the columns, each once: {FILE_COLUMN}, and one "
            "or more of categories, such as sex"
        )
    if len(names) == 1:
        raise UsageError(f"{source}: has no column of categories; add one, such as sex")
    at = folded.index(FILE_COLUMN)
    columns = tuple(name for number, name in enumerate(names) if number != at)
    lines = tuple(_lines(table, at, len(names), source))
    return Groups(source, columns, tuple(_spelt_alike(lines, columns, source)))


def _lines(table: Sequence[Sequence[str]], at: int, width: int, source: str) -> Iterator[GroupLine]:
    faults = []
    for number, cells in enumerate(table[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != width:
            faults.append(f"line {number}: {len(cells)} cells where the first line has {width}")
        elif not cells[at].strip():
            faults.append(f"line {number}: no file")
        else:
            others = (cell for place, cell in enumerate(cells) if place != at)
            yield GroupLine(number, cells[at].strip(), tuple(map(_category, others)))
    refuse(source, faults)


def _category(cell: str) -> str:
    name = " ".join(cell.split())[:_MOST_CHARACTERS]
    return "" if name.casefold() in _UNKNOWN else name


def _spelt_alike(
    lines: Iterable[GroupLine], columns: Sequence[str], source: str
) -> Iterator[GroupLine]:
    """Give each category its first spelling, and refuse columns that hold none."""
    spelling: list[dict[str, str]] = [{} for _ in columns]
    for line in lines:
        yield GroupLine(
            line.number,
            line.file,
            tuple(
                spelt.setdefault(name.casefold(), name)
                for spelt, name in zip(spelling, line.categories, strict=True)
            ),
        )
    refuse(
        source,
        [
            f"column {name} has {len(spelt)} different values, more than {_MOST_CATEGORIES}: it "
            "is no category. Leave it out, or put its values into classes"
            for name, spelt in zip(columns, spelling, strict=True)
            if len(spelt) > _MOST_CATEGORIES
        ],
    )
