"""PDF files to `Document`: which engine reads them, and what is said when none can."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import assert_never

from skillgap.document import ocr
from skillgap.document.drawings import unfolds_beyond
from skillgap.document.flow import flowing
from skillgap.document.glyphs import (
    LARGE_SCALE,
    EngineError,
    GlyphDocument,
    GlyphPage,
    PasswordNeededError,
    Raster,
)
from skillgap.document.hyphens import unbroken
from skillgap.document.layout import page_words, rows_in_order
from skillgap.document.legibility import is_garbled
from skillgap.document.model import (
    Document,
    DocumentWarning,
    Format,
    HiddenText,
    WarningCode,
)
from skillgap.document.oddities import page_oddities, readable
from skillgap.document.options import Engine, ReadOptions
from skillgap.document.paging import TextBuilder, box_around, box_of
from skillgap.document.streams import unfolds_steeply
from skillgap.document.visibility import Unseen, joined, unseen_words
from skillgap.document.words import PageWord
from skillgap.errors import (
    EmptyDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
    ScannedDocumentError,
    UnreadableDocumentError,
)

# Readers allow rubbish before the header; the specification's notes allow 1,024 bytes.
_HEADER_WITHIN = 1024
_END_MARK = b"%%EOF"
_END_WITHIN = 2048


class PdfReader:
    """Reads PDF files with PDFium, and with pdfminer.six where PDFium finds nothing, or rubbish."""

    format = Format.PDF

    def can_read(self, data: bytes, name: str) -> bool:  # noqa: ARG002 - content decides
        """Whether the data start like a PDF."""
        return b"%PDF-" in data[:_HEADER_WITHIN]

    def read(self, data: bytes, source: str, options: ReadOptions) -> Document:
        """Read a PDF.

        Args:
            data: The file.
            source: Its name, for messages.
            options: Engine, password and limits.

        Raises:
            EncryptedDocumentError: It needs a password, or another one.
            ScannedDocumentError: It holds pictures and no text.
            EmptyDocumentError: It holds neither.
            UnreadableDocumentError: No engine could make sense of it.
            LimitExceededError: It is too large or takes too long.
        """
        limits = options.limits
        if len(data) > limits.max_bytes:
            raise LimitExceededError(
                source,
                f"it has {len(data):,} bytes, more than the {limits.max_bytes:,} allowed",
                "Send a smaller file, or raise max_bytes",
            )
        ask = _Asker(data, source, options)
        ask.check_drawings()
        found, engine, warnings = _read_glyphs(ask, options.engine)
        if engine is Engine.PDFMINER and options.look_at_page:
            found = ask.painted(found)
            warnings += _look_warnings(found)
        found, recognised = ask.pictures(found)
        words = [page_words(page) for page in found.pages]
        unseen = unseen_words(found.pages, words, ask.paint)
        builder = _written(found.pages, words, unseen, ask)
        if not builder.lines:
            raise _no_text(source, found)
        warnings += _page_warnings(found)
        warnings += page_oddities(found.pages, builder.lines, builder.text)
        if recognised:
            warnings.append(ocr.warning(recognised))
        if builder.cut or found.cut:
            said = f"only the first {limits.max_characters:,} characters were read"
            warnings.append(DocumentWarning(WarningCode.PAGES_CUT, said))
        if unseen:
            warnings.append(_hidden_warning(unseen))
        return Document(
            text=builder.text,
            lines=tuple(builder.lines),
            pages=tuple(builder.pages),
            source=source,
            sha256=hashlib.sha256(data).hexdigest(),
            format=Format.PDF,
            engine=_engine_name(engine, found, recognised),
            warnings=tuple(warnings),
            hidden=tuple(_hidden_texts(unseen, found.pages)),
            metadata=found.metadata,
        )


def _written(
    pages: Sequence[GlyphPage],
    words: Sequence[Sequence[PageWord]],
    unseen: Sequence[Unseen],
    ask: _Asker,
) -> TextBuilder:
    """Write down what can be seen, in reading order."""
    builder = TextBuilder(ask.limits.max_characters)
    hidden = {id(each.word) for each in unseen}
    ordered = []
    for on_page in words:
        ask.check_time()
        seen = [word for word in on_page if id(word) not in hidden] if hidden else on_page
        ordered.append(rows_in_order(seen))
    heights = [page.height for page in pages]
    for page, rows in zip(pages, unbroken(flowing(ordered, heights)), strict=True):
        builder.add_page(page, rows)
    return builder


def _hidden_texts(unseen: Sequence[Unseen], pages: Sequence[GlyphPage]) -> Iterator[HiddenText]:
    for group in joined(unseen):
        yield HiddenText(
            text=" ".join(each.word.text for each in group),
            kind=group[0].reason,
            page=pages[group[0].page].number,
            box=box_around(box_of(each.word) for each in group),
        )


def _hidden_warning(unseen: Sequence[Unseen]) -> DocumentWarning:
    reasons = ", ".join(sorted({each.reason for each in unseen}))
    return DocumentWarning(
        WarningCode.HIDDEN_TEXT,
        f"{len(unseen)} words that no reader can see were left out ({reasons})",
    )


def _read_glyphs(
    ask: _Asker, engine: Engine
) -> tuple[GlyphDocument, Engine, list[DocumentWarning]]:
    """Ask PDFium, and pdfminer.six where PDFium fails, finds nothing at all, or finds rubbish."""
    match engine:
        case Engine.PDFMINER:
            return ask.pdfminer(), Engine.PDFMINER, []
        case Engine.PDFIUM:
            return ask.pdfium(), Engine.PDFIUM, []
        case Engine.AUTO:
            return _read_with_either(ask)
        case _:
            assert_never(engine)


def _read_with_either(ask: _Asker) -> tuple[GlyphDocument, Engine, list[DocumentWarning]]:
    try:
        found = ask.pdfium()
        if found.has_text and is_garbled(_letters_of(found)):
            return _less_garbled(found, ask)
        if found.has_text or found.pictured:
            return found, Engine.PDFIUM, []
        why = "PDFium found no text"
    except UnreadableDocumentError as error:
        why = f"PDFium could not: {error.reason}"
    warning = DocumentWarning(WarningCode.SECOND_ENGINE, f"read with pdfminer.six; {why}")
    return ask.pdfminer(), Engine.PDFMINER, [warning]


def _less_garbled(
    found: GlyphDocument, ask: _Asker
) -> tuple[GlyphDocument, Engine, list[DocumentWarning]]:
    """Take what pdfminer.six reads where PDFium's letters make no words, if its letters do."""
    with suppress(UnreadableDocumentError):
        other = ask.pdfminer()
        if other.has_text and not is_garbled(_letters_of(other)):
            said = "read with pdfminer.six; what PDFium found makes no words"
            warning = DocumentWarning(WarningCode.SECOND_ENGINE, said)
            return other, Engine.PDFMINER, [warning]
    return found, Engine.PDFIUM, []


def _letters_of(found: GlyphDocument) -> str:
    return "".join(text for page in found.pages for text in readable(page.glyphs))


class _Asker:
    """Asks an engine for one file's glyphs, and says in the package's errors what went wrong.

    The engines are imported when asked: pdfminer.six costs 0.15 s and is rarely needed.
    """

    def __init__(self, data: bytes, source: str, options: ReadOptions) -> None:
        self._data = data
        self._source = source
        self._options = options
        self._allow(options.limits.max_seconds)
        self.limits = options.limits

    def pdfium(self) -> GlyphDocument:
        """Read the glyphs with PDFium."""
        from skillgap.document import pdfium

        with self._translated():
            return pdfium.read_glyphs(self._data, self._options, self._deadline)

    def pdfminer(self) -> GlyphDocument:
        """Read the glyphs with pdfminer.six."""
        from skillgap.document import pdfminer_six

        with self._translated():
            return pdfminer_six.read_glyphs(self._data, self._options, self._deadline)

    def painted(self, found: GlyphDocument) -> GlyphDocument:
        """Add the pictures of pages that pdfminer.six has read, which cannot paint; PDFium can."""
        written = [page.number for page in found.pages if page.glyphs]
        rasters = dict(zip(written, self.paint(written, scale=1, grey=True), strict=False))
        pages = (replace(page, raster=rasters.get(page.number)) for page in found.pages)
        return replace(found, pages=tuple(pages))

    def paint(
        self, numbers: Sequence[int], *, scale: float = LARGE_SCALE, grey: bool = False
    ) -> Sequence[Raster | None]:
        """Paint pages, large and in colour unless told; none where PDFium cannot open the file."""
        if not numbers:
            return ()
        from skillgap.document import pdfium

        try:
            with self._translated():
                return pdfium.paint_pages(
                    self._data, self._options, numbers, self._deadline, scale=scale, grey=grey
                )
        except UnreadableDocumentError:
            return ()

    def pictures(self, found: GlyphDocument) -> tuple[GlyphDocument, list[ocr.RecognisedPage]]:
        """Read the pages that are pictures by text recognition, where that is installed."""
        if not any(page.is_picture for page in found.pages) or not ocr.is_installed():
            return found, []
        self._allow(self.limits.max_ocr_seconds)
        return ocr.read_pictures(found, self._picture)

    def _picture(self, page: GlyphPage) -> Raster | None:
        from skillgap.document import pdfium

        self.check_time()
        if not page.width * page.height > 0:
            return None
        scale = ocr.scale_for(page.width, page.height)
        try:
            with self._translated():
                (raster,) = pdfium.paint_pages(
                    self._data, self._options, [page.number], self._deadline, scale=scale
                )
        except UnreadableDocumentError:
            return None
        return raster

    def _allow(self, seconds: float) -> None:
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds

    def check_time(self) -> None:
        """Give up when the time is over."""
        with self._translated():
            if time.monotonic() > self._deadline:
                raise TimeoutError

    def check_drawings(self) -> None:
        """Refuse pages and drawings that no engine would come to the end of."""
        if unfolds_steeply(self._data):
            raise LimitExceededError(
                self._source,
                "a page unpacks to far more than pages hold",
                "Save it anew as PDF or DOCX",
            )
        most = self.limits.max_unpacked_bytes
        with self._translated():
            endless = unfolds_beyond(self._data, self._options.password, most, self._deadline)
        if endless:
            raise LimitExceededError(
                self._source,
                f"its drawings draw each other until they are longer than {most:,} bytes",
                "Save it anew as PDF or DOCX",
            )

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except PasswordNeededError as error:
            given = self._options.password is not None
            raise EncryptedDocumentError(
                self._source,
                "the password does not open it" if given else "it is protected by a password",
                "Give the right password, or save a copy without one",
            ) from error
        except EngineError as error:
            cut_off = _END_MARK not in self._data[-_END_WITHIN:]
            raise UnreadableDocumentError(
                self._source,
                "it is a broken PDF, which seems cut off" if cut_off else "it is a broken PDF",
                "Send it again, or save it anew as PDF or DOCX",
            ) from error
        except TimeoutError as error:
            raise LimitExceededError(
                self._source,
                f"reading took more than {self._seconds:g} seconds",
                "Save it anew as PDF, or raise the limit",
            ) from error


def _no_text(source: str, found: GlyphDocument) -> EmptyDocumentError | ScannedDocumentError:
    if found.pictured and ocr.is_installed():
        return ScannedDocumentError(
            source,
            "its pages are pictures, and text recognition found no words in them",
            "Send a sharper scan, or the original PDF or DOCX",
        )
    if found.pictured:
        return ScannedDocumentError(
            source,
            "its pages are pictures without a text layer",
            f"Install text recognition (OCR) with {ocr.INSTALL}, or send the original PDF or DOCX",
        )
    return EmptyDocumentError(source, "it holds no text", "Check that it is the right file")


def _engine_name(
    engine: Engine, found: GlyphDocument, recognised: Sequence[ocr.RecognisedPage]
) -> str:
    """Name what the text is from: an engine's reading, text recognition, or both."""
    if not recognised:
        return engine
    by_recognition = {each.page.number for each in recognised}
    mixed = any(page.glyphs and page.number not in by_recognition for page in found.pages)
    return f"{engine}+{ocr.ENGINE_NAME}" if mixed else ocr.ENGINE_NAME


def _look_warnings(found: GlyphDocument) -> list[DocumentWarning]:
    """Say so when nobody looked at pages: hidden words may be among their text."""
    missed = [str(page.number) for page in found.pages if page.glyphs and page.raster is None]
    if not missed:
        return []
    said = (
        f"page{'s' if len(missed) > 1 else ''} {', '.join(missed)}: PDFium could not paint, and so"
        " words in the colour of the page, or under shapes, were read as text"
    )
    return [DocumentWarning(WarningCode.SECOND_ENGINE, said)]


def _page_warnings(found: GlyphDocument) -> list[DocumentWarning]:
    warnings = []
    if found.page_count > len(found.pages):
        warnings.append(
            DocumentWarning(
                WarningCode.PAGES_CUT,
                f"only the first {len(found.pages)} of {found.page_count} pages were read",
            )
        )
    silent = [str(page.number) for page in found.pages if page.is_picture]
    if silent:
        warnings.append(
            DocumentWarning(
                WarningCode.PAGES_WITHOUT_TEXT,
                f"page{'s' if len(silent) > 1 else ''} {', '.join(silent)}: pictures and no text",
            )
        )
    return warnings
