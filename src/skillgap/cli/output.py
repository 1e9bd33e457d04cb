"""What commands write, and how: to a file or the screen, faults as lines for people."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO, TypeVar

import typer

from skillgap.cli.options import STDIN
from skillgap.errors import SkillgapError, TaxonomyFaultsError, UsageError

_ENDINGS = {
    ".txt": "text",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".csv": "csv",
}
_Format = TypeVar("_Format", bound=StrEnum)


def check_folder(output: Path) -> None:
    """Refuse a file whose folder does not exist: before the work, which may take long."""
    if not output.absolute().parent.is_dir():
        raise UsageError(f"{output}: cannot be written (its folder does not exist); make it first")


@contextlib.contextmanager
def opened(output: Path) -> Iterator[TextIO]:
    """Open a text file to write; a half-written one is removed when writing fails."""
    with opened_bytes(output) as out:
        # Names of files need not be valid Unicode; such a name must not cost the whole table.
        text = TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", newline="")
        yield text
        text.detach()  # which writes what is left; the file is closed by who opened it


@contextlib.contextmanager
def opened_bytes(output: Path) -> Iterator[BinaryIO]:
    """Open a file to write; a half-written one is removed when writing fails."""
    try:
        out = output.open("wb")
    except OSError as error:
        raise _unwritable(output, error) from error
    try:
        with out:
            yield out
    except BaseException as error:
        if output.is_file():  # /dev/stdout and pipes stay
            output.unlink()
        if isinstance(error, OSError):
            raise _unwritable(output, error) from error
        raise


def _unwritable(output: Path, error: OSError) -> UsageError:
    if isinstance(error, FileNotFoundError):
        return UsageError(f"{output}: cannot be written (its folder does not exist); make it first")
    return UsageError(f"{output}: cannot be written ({error.strerror}); name another")


def chosen_format(asked: _Format | None, output: Path | None, formats: type[_Format]) -> _Format:
    """Return the format to tell something in: the one asked for, or that of the file's name.

    Args:
        asked: What `--format` says.
        output: The file; for the screen, and for names without an ending (`-`, `/dev/stdout`),
            it is text.
        formats: Those that there are.

    Raises:
        UsageError: The name ends in something else, or as another format than the one asked for;
            the message says what would be right.
    """
    if asked is not None:
        _check_ending(asked, output)
        return asked
    known = {ending: formats(name) for ending, name in _ENDINGS.items() if name in set(formats)}
    ending = (output.suffix.lower() if output is not None else "") or ".txt"
    if ending not in known:
        *others, last = known
        raise UsageError(
            f"{output}: no format has the ending {ending}; end the name in {', '.join(others)} or "
            f"{last}, or name the format with -f"
        )
    return known[ending]


def _check_ending(asked: StrEnum, output: Path | None) -> None:
    """Refuse a name that promises another format than the file would hold."""
    named = _ENDINGS.get(output.suffix.lower()) if output is not None else None
    if named is not None and not asked.startswith(named):  # `jsonresume` is JSON too
        raise UsageError(f"{output}: the name says {named}, -f says {asked}; leave one of them out")


def keep_apart(files: Iterable[str], output: Path | None) -> None:
    """Refuse to write over a file that is to be read."""
    if output is None or not output.is_file():
        return
    if any(Path(file).is_file() and output.samefile(file) for file in files):
        raise UsageError(f"{output}: this is the resume itself; name another file for the report")


def write(text: str, output: Path | None) -> None:
    """Write to the file, or to the screen when there is none."""
    if output is None or str(output) == STDIN:
        sys.stdout.write(text)
        return
    with opened(output) as out:
        out.write(text)


def complain(error: SkillgapError) -> None:
    """Tell an error on standard error, as lines for people."""
    from skillgap.report.printable import plain

    # Faults have a line each. Other messages are one line, whatever names of files hold.
    lines = str(error).split("\n") if isinstance(error, TaxonomyFaultsError) else [str(error)]
    for number, line in enumerate(lines):
        prefix = "skillgap: " if number == 0 else ""
        typer.echo(f"{prefix}{plain(line)}", err=True)


def use_utf8(stream: TextIO) -> None:
    """Write to pipes what files get, whatever the locale: the same bytes everywhere."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
