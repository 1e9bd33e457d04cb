"""A batch as pages for a browser: an index that sorts and filters, and one page a candidate."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from skillgap.batch.codes import read_code
from skillgap.batch.rank import Ranked
from skillgap.errors import UsageError
from skillgap.report.codes import code_of_file
from skillgap.report.printable import plain

if TYPE_CHECKING:
    from jinja2 import Environment

    from skillgap.report.model import FitReport

INDEX = "index.html"
_CANDIDATES = "candidates"
_GAPS_SHOWN = 3
# The oldest time that a zip can hold: the same pages are the same bytes on any day.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o100644 << 16  # what the upper half of a member's attributes says on Unix
_UNIX = 3


def write_pages(
    ranking: Sequence[Ranked],
    roles: Sequence[str],
    report_of: Callable[[Ranked], FitReport],
    out: Path,
    *,
    title: str = "Candidates",
) -> int:
    """Write the pages of a batch into a new folder, or into a zip when the name ends in `.zip`.

    What is there at the end is whole: pages are written beside it first. The same batch gives the
    same bytes.

    Args:
        ranking: Which files to show, in their order.
        roles: Ids of the roles, a column each.
        report_of: Returns the report on a scored file; asked once for each page.
        out: A folder that is empty or not there yet, or a `.zip`, which is replaced.
        title: The heading of the index.

    Returns:
        How many pages of candidates there are; copies of a file share one.

    Raises:
        UsageError: It cannot be written.
    """
    with _opened(out) as put:
        pages: dict[str, str] = {}
        for ranked in ranking:
            if ranked.rank is None or _key(ranked) in pages:
                continue
            name = _page_name(ranked, pages)
            pages[_key(ranked)] = name
            put(name, candidate_page(report_of(ranked)))
        put(INDEX, index_page(ranking, roles, pages, title=title))
    return len(pages)


def candidate_page(report: FitReport) -> str:
    """Return the page on one candidate: the report as HTML, which leads back to the index."""
    from skillgap.report.html import render_html

    return render_html(report, index=f"../{INDEX}")


def index_page(
    ranking: Sequence[Ranked],
    roles: Sequence[str],
    pages: dict[str, str],
    *,
    title: str = "Candidates",
) -> str:
    """Return the index: a table in order of rank, which a small script sorts and filters.

    Args:
        ranking: Which files to show, in their order.
        roles: Ids of the roles, a column each.
        pages: Names of the candidates' pages, by the hash of the file's bytes.
        title: Its heading.
    """
    style, script = _text("index.css") + _bars(), _text("index.js")
    skills = sorted({skill for ranked in ranking for skill in ranked.row.held})
    numbers = {skill: number for number, skill in enumerate(skills)}
    rows = [_row(ranked, roles, pages.get(_key(ranked), ""), numbers) for ranked in ranking]
    scored = sum(ranked.rank is not None for ranked in ranking)
    return (
        _environment()
        .get_template("index.html")
        .render(
            policy=_policy(style, script),
            style=_raw(style),
            script=_raw(script),
            title=plain(title),
            counts=f"{len(ranking):,} files, {scored:,} of them scored",
            blind=bool(ranking) and all(read_code(r.row.source) is not None for r in ranking),
            duplicates=any(ranked.duplicate_of for ranked in ranking),
            leans=sorted({row.lean for row in rows} - {""}),
            statuses=sorted({row.status for row in rows}),
            skills=skills,
            columns=_columns(roles),
            rows=rows,
        )
    )


# --- what stands in the table ---------------------------------------------------------------------


class _Column(NamedTuple):
    """A column that can be sorted: by which value, and in which direction first."""

    label: str
    key: str
    first: str = "descending"
    numeric: bool = True


class _FitCell(NamedTuple):
    """A fit as text, what it is sorted by, and the classes of its bar; all empty without one."""

    score: str = ""
    word: str = ""
    interval: str = ""
    sort: str = ""
    bar: str = ""


class _IndexRow(NamedTuple):
    """A file as the index shows it; all is text, and nothing is escaped yet."""

    rank: str
    place: str  # what it is sorted by: a duplicate has one too, and shows no rank
    range: str
    name: str
    page: str
    best: str
    fits: tuple[_FitCell, ...]
    lean: str
    lean_said: str
    net: str
    skills: str
    gaps: str
    notes: str
    status: str
    copy: str
    held: str


def _columns(roles: Sequence[str]) -> list[_Column]:
    fits = [_Column(role.upper(), f"fit{n}") for n, role in enumerate(roles, start=1)]
    return [
        _Column("Rank", "rank", "ascending"),
        _Column("Candidate", "name", "ascending", numeric=False),
        *fits,
        _Column("Leans to", "net"),
        _Column("Skills", "skills"),
    ]


def _row(ranked: Ranked, roles: Sequence[str], page: str, numbers: Mapping[str, int]) -> _IndexRow:
    row, scored = ranked.row, ranked.rank is not None
    gaps = ranked.result.gaps[:_GAPS_SHOWN] if ranked.result is not None else ()
    lean = (row.lean or row.lean_word) if scored else ""
    counts = scored and not ranked.duplicate_of
    return _IndexRow(
        rank=str(ranked.rank) if counts else "",
        place=str(ranked.rank) if scored else "",
        range=_range(ranked) if counts else "",
        name=plain(row.source),
        page=page,
        best=f"{ranked.score:.1f}" if scored else "",
        fits=tuple(_fit_cell(ranked, role) for role in roles),
        lean=lean,
        lean_said=f"{lean.upper()}, {row.lean_word}" if scored and row.lean else lean,
        net=f"{row.net_share:.2f}" if scored else "",
        skills=str(row.skills) if scored else "",
        gaps=plain(", ".join(gaps)),
        notes="; ".join(_notes(ranked)),
        status=row.status,
        copy="1" if row.copy_of or ranked.duplicate_of else "0",
        held=" ".join(str(numbers[skill]) for skill in row.held),
    )


def _range(ranked: Ranked) -> str:
    first, last = ranked.first_rank, ranked.last_rank
    return f"{first}–{last}" if first is not None and last is not None and first < last else ""


def _fit_cell(ranked: Ranked, role: str) -> _FitCell:
    result = ranked.row.results.get(role)
    if result is None or ranked.rank is None:
        return _FitCell()
    return _FitCell(
        score=f"{result.score:.0f}",
        word=result.word,
        interval=f"{result.low:.0f}–{result.high:.0f}",
        sort=f"{result.score:.1f}",
        bar=f"fit s{result.score:.0f} l{result.low:.0f} h{result.high:.0f}",
    )


def _notes(ranked: Ranked) -> Iterator[str]:
    """Say what a reader should know of a file beside its numbers."""
    row = ranked.row
    if ranked.lacks:
        yield f"lacks {', '.join(ranked.lacks)}"
    if row.copy_of:
        yield f"copy of {plain(row.copy_of)}"
    elif ranked.duplicate_of:
        yield f"likely the same person as {plain(ranked.duplicate_of)}, which counts"
    if row.status != "ok":
        yield plain(f"{row.status}: {row.reason}")
    yield from (notice for notice in row.notices if notice != "not-counted")  # nearly all have it


def _key(ranked: Ranked) -> str:
    return ranked.row.sha256 or ranked.row.source


def _page_name(ranked: Ranked, pages: dict[str, str]) -> str:
    """Name a page by the candidate's code, never by the file: names of files may hold anything."""
    code = code_of_file(ranked.row.sha256, ranked.row.source)
    name = f"{_CANDIDATES}/{code}.html"
    return name if name not in pages.values() else f"{_CANDIDATES}/{code}-{len(pages)}.html"


# --- pages ----------------------------------------------------------------------------------------


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(_text), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


@cache
def _text(name: str) -> str:
    return (resources.files(__package__) / "templates" / name).read_text(encoding="utf-8")


@cache
def _bars() -> str:
    """Return a rule for each length of a bar: a policy that allows no inline style needs them."""
    kinds = {"s": "--s", "l": "--l", "h": "--h"}
    return "".join(f".{k}{n}{{{v}:{n}%}}" for k, v in kinds.items() for n in range(101)) + "\n"


def _raw(text: str) -> str:
    """Return text of ours that is put into a page as it is."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - a file of this package, no text from outside


def _policy(style: str, script: str) -> str:
    """Return what the index may do: nothing but its own style and script, told by their hashes."""
    allowed = (f"style-src {_hash(style)}", f"script-src {_hash(script)}")
    return "; ".join(["default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"])


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


# --- where pages go -------------------------------------------------------------------------------


class _Put(Protocol):
    """Writes a page, by its name in the folder or zip."""

    def __call__(self, name: str, text: str) -> None: ...


@contextmanager
def _opened(out: Path) -> Iterator[_Put]:
    """Write beside the place and move there when all is written; what is half done is removed."""
    if out.is_dir() and (any(out.iterdir()) or out.suffix.lower() == ".zip"):
        raise UsageError(f"{out}: this folder is not empty; name a new one")
    if out.exists() and not out.is_dir() and out.suffix.lower() != ".zip":
        raise UsageError(f"{out}: there is such a file already; name a folder, or a .zip")
    part = out.with_name(f"{out.name}.part")
    try:
        with _opened_zip(part) if out.suffix.lower() == ".zip" else _opened_folder(part) as put:
            yield put
        if out.is_dir():
            out.rmdir()
        part.replace(out)
    except BaseException as error:
        if part.is_dir():
            shutil.rmtree(part)
        elif part.exists():
            part.unlink()
        if isinstance(error, OSError):
            raise UsageError(
                f"{out}: cannot be written ({error.strerror}); name another"
            ) from error
        raise


@contextmanager
def _opened_folder(part: Path) -> Iterator[_Put]:
    if part.is_dir():
        shutil.rmtree(part)  # of a run that was killed
    (part / _CANDIDATES).mkdir(parents=True)

    def put(name: str, text: str) -> None:
        (part / name).write_text(text, encoding="utf-8", newline="\n")

    yield put


@contextmanager
def _opened_zip(part: Path) -> Iterator[_Put]:
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:

        def put(name: str, text: str) -> None:
            member = zipfile.ZipInfo(name, _ZIP_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = _READABLE
            member.create_system = _UNIX
            archive.writestr(member, text)

        yield put
