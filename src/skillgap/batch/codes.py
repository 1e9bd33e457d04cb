"""Codes instead of paths: what the rows of a blind batch are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from skillgap.batch.model import BatchRow
from skillgap.report.codes import code_of_file

_CODE = re.compile(r"(?P<code>C-[0-9A-Z]{8})(?:-(?P<number>\d{1,9}))?")


def coded(rows: Iterable[BatchRow]) -> Iterator[BatchRow]:
    """Put the candidate's code for each row's path; copies of a file get `-2`, `-3` behind it.

    Args:
        rows: Those of one content together, in the order of their paths.
    """
    last, number = "", 0
    for row in rows:
        number = number + 1 if row.sha256 and row.sha256 == last else 1
        last = row.sha256
        code = code_of_file(row.sha256, row.source)
        if number == 1:
            yield replace(row, source=code, copy_of="")
        else:
            yield replace(row, source=f"{code}-{number}", copy_of=code)


def read_code(text: str) -> tuple[str, int] | None:
    """Return the code and the number of the copy that a text names; None when it is no code.

    >>> read_code("C-1FPGDR3Z-2")
    ('C-1FPGDR3Z', 2)
    """
    found = _CODE.fullmatch(text.upper())
    return (found["code"], int(found["number"] or 1)) if found else None
