"""What runs in a worker process: one file in, its row and its packed report out."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from skillgap.analyzer import Analyzer
from skillgap.batch.fingerprint import near_hash, text_hash
from skillgap.batch.model import BatchOptions, BatchRow, RoleResult
from skillgap.batch.sources import Source, read_member
from skillgap.batch.store import pack
from skillgap.document.reader import READERS, LazyReader, read_document
from skillgap.errors import DocumentError, UnsupportedFormatError
from skillgap.report.blind import blinded_skipped
from skillgap.report.model import FitReport, Skipped
from skillgap.score.policy import ScoringPolicy

_GAPS_SHOWN = 5
# A page that says "Skills: Pyhton, Kuberentes", without a table of its objects: readers find them.
_WARM_PAGE = (
    b"%PDF-1.4\n"
    b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 99]/Contents 4 0 R"
    b"/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length 57>>stream\n"
    b"BT /F 12 Tf 20 50 Td (Skills: Pyhton, Kuberentes) Tj ET   \n"
    b"endstream endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A file, and the hash that its bytes had when it was found; empty when nobody could tell."""

    source: Source
    sha256: str
    options: BatchOptions


@dataclass(frozen=True, slots=True)
class Scored:
    """What came of a file: its row, and its report as it is stored, or why there is none."""

    row: BatchRow
    report: bytes | None = None
    skipped: Skipped | None = None


@cache
def _analyzer(roles: tuple[str, ...], taxonomy: Path | None, policy: ScoringPolicy) -> Analyzer:
    first = _first_analyzer(taxonomy)
    analyzer = Analyzer(first.taxonomy, roles=roles, policy=policy)
    analyzer.extractor = first.extractor  # it knows no roles, and takes a second to make
    return analyzer


@cache
def _first_analyzer(taxonomy: Path | None) -> Analyzer:
    return Analyzer(taxonomy)


def analyzer_of(options: BatchOptions) -> Analyzer:
    """Return the analyzer of this process, made on first use."""
    return _analyzer(options.roles, options.taxonomy, options.policy)


def warm_up(options: BatchOptions) -> None:
    """Load everything that a first file would wait for: its time limit is for the file alone.

    A page with a misspelt word takes PDF reader, extractor, dictionary and report along.
    """
    for reader in READERS:
        if isinstance(reader, LazyReader):
            reader.load()
    with suppress(DocumentError):  # of a broken installation, which each file will tell
        analyzer_of(options).analyze(_WARM_PAGE, as_of=options.day)


def score(task: Task) -> Scored:
    """Read and score one file, and shorten it to its row."""
    analyzer = analyzer_of(task.options)
    source = task.source
    try:
        document = read_document(
            _checked(source) if source.member is None else read_member(source, _limit(analyzer)),
            name=source.path,
            options=replace(analyzer.options, password=task.options.password),
        )
    except DocumentError as error:
        if _for_want_of_memory(error):
            raise MemoryError from error
        return _skipped(error, task)
    options = task.options
    report = analyzer.analyze_document(document, as_of=options.as_of, blind=options.blind)
    row = row_of(report, document.text)
    # The path is what an interrupted batch goes on by; a blind store shows the code instead.
    return Scored(replace(row, source=source.path) if options.blind else row, pack(report))


def _skipped(error: DocumentError, task: Task) -> Scored:
    skipped = Skipped(
        source=task.source.path, status=error.status, reason=error.reason, advice=error.advice
    )
    if task.options.blind is not None:
        skipped = blinded_skipped(skipped, task.sha256)
    row = BatchRow(
        source=task.source.path,
        status=error.status,
        reason=f"{skipped.reason}. {skipped.advice}",
        sha256=task.sha256,
    )
    return Scored(row, skipped=skipped)


def _for_want_of_memory(error: BaseException) -> bool:
    """Tell whether a reader took running out of memory for a fault of the file."""
    cause = error.__cause__ or error.__context__
    return isinstance(error, MemoryError) or (cause is not None and _for_want_of_memory(cause))


def _limit(analyzer: Analyzer) -> int:
    return analyzer.options.limits.max_bytes


def _checked(source: Source) -> str:
    """Refuse what has no end, or waits for somebody to write."""
    path = Path(source.file)
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise UnsupportedFormatError(
            source.path, "this is a pipe or a device", "Save its content as a file"
        )
    return source.file


def row_of(report: FitReport, text: str = "") -> BatchRow:
    """Return the row that a report is shortened to.

    Args:
        report: The report.
        text: What was read, for the hashes that find the same resume in another file.
    """
    return BatchRow(
        source=report.document.source,
        status="ok",
        sha256=report.document.sha256,
        results={
            fit.role: RoleResult(
                score=fit.score,
                low=fit.interval[0],
                high=fit.interval[1],
                word=fit.word,
                gaps=tuple(gap.label for gap in fit.gaps[:_GAPS_SHOWN]),
            )
            for fit in report.fits
        },
        lean=report.lean.role or "",
        lean_word=report.lean.word,
        net_share=report.lean.net_share,
        skills=len(report.held),
        held=tuple(skill.id for skill in report.held),
        notices=tuple(notice.code for notice in report.notices),
        text_hash=text_hash(text) if text else "",
        near_hash=near_hash(text) if text else "",
    )
