"""Drawings that a PDF draws again and again (form XObjects), and the bombs that are made of them.

A drawing may draw others, each as often as it likes. PDFium follows them 40 levels deep and keeps
all that it meets: a file of 600 bytes, whose one drawing draws itself twice, makes 2 to the power
of 40 objects. It cannot be stopped once it has begun, and so such files are found before.
"""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from skillgap.document.glyphs import EngineError

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument

# Levels that PDFium follows.
_LEVELS = 40
# What PDFium keeps for a drawing each time that it is drawn, however short it is, in bytes.
_KEPT = 1000
# What marks a drawing. No stream lies inside another, so that the dictionaries of drawings stand
# in the file as they are, encrypted or not.
_MARK = re.compile(rb"/Form(?![A-Za-z])")
# Ways to mark it that nobody takes who has nothing to hide: a plain letter of a name written as
# its number, or the kind of an object kept in another one.
_NUMBERED_LETTER = re.compile(rb"#(?:[46][1-9A-Fa-f]|[57][0-9Aa])")
_NAME_BEFORE = re.compile(rb"/[!-.0-~]{0,127}\Z")
_KIND_ELSEWHERE = re.compile(rb"/Subtype\s{1,9}\d{1,9}\s{1,9}\d{1,9}\s{1,9}R")
_STREAM = re.compile(rb"stream\r?\n")
_LENGTH = re.compile(rb"/Length\s{1,9}(\d{1,9})(?!\s{1,9}\d)")
_FILTER = re.compile(rb"/Filter\s{0,9}\[?\s{0,9}/FlateDecode(?:\s{0,9}\])?\s{0,9}(?:/(?!D)|>>)")
_DRAW = re.compile(rb"(?<![A-Za-z])Do(?![A-Za-z])")
_DRAW_NAMED = re.compile(rb"/([^\s/\[\]()<>{}%]{1,127})\s{1,9}Do(?![A-Za-z])")


class _Drawing(NamedTuple):
    """A drawing, or a page: the bytes it costs, and how often it draws which others."""

    cost: int
    drawn: Mapping[int, int]


class _TooLongError(Exception):
    """A single stream is longer than all drawings may be."""


def unfolds_beyond(data: bytes, password: str | None, most_bytes: int, deadline: float) -> bool:
    """Whether a PDF's drawings come to more than so many bytes with all that they draw.

    In nearly all files no drawing draws more than one other, and a glance tells. For the rest
    pdfminer.six takes the file apart.

    Args:
        data: The file.
        password: For an encrypted file; a wrong one is not this function's matter.
        most_bytes: Of a drawing's operators and what is kept for it, counted each time that it
            is drawn.
        deadline: On `time.monotonic`.

    Raises:
        EngineError: Drawings draw others, and the file is too broken to tell which.
        TimeoutError: The deadline has passed.
    """
    if not _may_multiply(data, most_bytes):
        return False
    from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFParser

    from skillgap.document.pdfminer_six import within

    def come_to() -> int:
        document = PDFDocument(PDFParser(io.BytesIO(data)), password or "")
        return _dearest(_drawings(document, most_bytes), most_bytes)

    try:
        return within(deadline, come_to) > most_bytes
    except PDFPasswordIncorrect:
        return False
    except TimeoutError:
        raise
    except _TooLongError:
        return True
    except Exception as error:
        # On broken files pdfminer.six raises whatever a program meets that trusts its input.
        raise EngineError(f"{type(error).__name__}: {error}") from error


def _may_multiply(data: bytes, most_bytes: int) -> bool:
    """Whether any drawing may draw two others, as far as a glance at the file can tell.

    Drawings that draw one other each, even in a ring, come to 40 times their length at most.
    """
    return (
        any(_draws_two(data, mark.start(), most_bytes) for mark in _MARK.finditer(data))
        or any(
            _NAME_BEFORE.search(data, max(sign.start() - 128, 0), sign.start())
            for sign in _NUMBERED_LETTER.finditer(data)
        )
        or _KIND_ELSEWHERE.search(data) is not None
    )


def _draws_two(data: bytes, at: int, most_bytes: int) -> bool:
    """Whether the drawing marked here may draw two others; also where that cannot be told."""
    start = _STREAM.search(data, at)
    if start is None:
        return False
    entries = data[data.rfind(b"obj", 0, at) : start.start()]
    length = _LENGTH.search(entries)
    if length is None or b"/Encrypt" in data:
        return True
    content = data[start.end() : start.end() + int(length[1])]
    if b"/Filter" in entries:
        if not _FILTER.search(entries):
            return True
        try:
            content = zlib.decompressobj().decompress(content, most_bytes // _LEVELS)
        except zlib.error:
            return True
    return len(content) >= most_bytes // _LEVELS or len(_DRAW.findall(content)) > 1


def _drawings(document: PDFDocument, most_bytes: int) -> dict[int, _Drawing]:
    """All drawings and pages of a file by the number of their object."""
    from pdfminer.pdftypes import PDFStream, resolve1
    from pdfminer.psparser import literal_name

    calls: dict[int, tuple[Any, Counter[bytes], int]] = {}
    anywhere: dict[str, set[int]] = defaultdict(set)
    for number, item in _objects(document):
        entries = item.attrs if isinstance(item, PDFStream) else item
        resources = resolve1(entries.get("Resources"))
        own = _targets(resources) or _targets(entries)
        for name, target in own.items():
            anywhere[name].add(target)
        if isinstance(item, PDFStream):
            if literal_name(resolve1(entries.get("Subtype"))) != "Form":
                continue
            content = _content([item], most_bytes)
        else:
            contents = resolve1(entries.get("Contents"))
            parts = contents if isinstance(contents, list) else [contents]
            content = _content(map(resolve1, parts), most_bytes)
        calls[number] = own, Counter(_DRAW_NAMED.findall(content)), len(content) + _KEPT
    return {
        number: _Drawing(cost, _drawn(names, own, anywhere))
        for number, (own, names, cost) in calls.items()
    }


def _objects(document: PDFDocument) -> Iterator[tuple[int, Any]]:
    """The dictionaries and streams of a file with their numbers; broken ones are left out."""
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.pdftypes import PDFStream
    from pdfminer.psexceptions import PSException

    for number in sorted({number for xref in document.xrefs for number in xref.get_objids()}):
        try:
            item = document.getobj(number)
        except (PDFException, PSException):
            continue
        if isinstance(item, PDFStream | dict):
            yield number, item


def _targets(resources: Any) -> dict[str, int]:
    """What the names of drawings and pictures stand for in a dictionary of resources."""
    from pdfminer.pdftypes import PDFObjRef, resolve1

    named = resolve1(resources.get("XObject")) if isinstance(resources, dict) else None
    if not isinstance(named, dict):
        return {}
    return {name: item.objid for name, item in named.items() if isinstance(item, PDFObjRef)}


def _drawn(
    names: Mapping[bytes, int], own: Mapping[str, int], anywhere: Mapping[str, set[int]]
) -> Counter[int]:
    """How often each drawing is drawn.

    A name that a drawing's own resources lack is looked for in those of whatever draws it, which
    may be any.
    """
    drawn: Counter[int] = Counter()
    for name, count in names.items():
        key = name.decode("latin-1")
        for target in (own[key],) if key in own else anywhere.get(key, ()):
            drawn[target] += count
    return drawn


def _content(parts: Iterable[Any], most_bytes: int) -> bytes:
    """The operators of streams, one behind the other."""
    from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream

    contents = []
    for part in parts:
        if not isinstance(part, PDFStream):
            continue
        content = part.rawdata or b""
        try:
            for name, _ in part.get_filters():
                if name not in LITERALS_FLATE_DECODE:
                    break
                content = zlib.decompressobj().decompress(content, most_bytes + 1)
                if len(content) > most_bytes:
                    raise _TooLongError
        except zlib.error:
            # Encrypted or broken: pdfminer.six knows what to do.
            pass
        contents.append(part.get_data())
    return b"\n".join(contents)


def _dearest(drawings: Mapping[int, _Drawing], enough: int) -> int:
    """What the dearest drawing costs with all that it draws; counting ends beyond `enough`."""
    costs = {number: drawing.cost for number, drawing in drawings.items()}
    for _ in range(_LEVELS):
        deeper = {
            number: drawing.cost
            + sum(count * costs.get(other, 0) for other, count in drawing.drawn.items())
            for number, drawing in drawings.items()
        }
        if deeper == costs or max(deeper.values(), default=0) > enough:
            return max(deeper.values(), default=0)
        costs = deeper
    return max(costs.values(), default=0)
