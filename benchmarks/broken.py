"""What broken and hostile files do to the readers: crashes, hangs, foreign errors, memory.

    python benchmarks/broken.py FOLDER [--count 2000] [--seed 1] [--seconds 30] [--only pdf]

FOLDER holds good files of any format; formats that are missing there are made from the text of
the others. Each is damaged in turn (cut, bits flipped, parts filled, doubled, swapped with
another file's, numbers made huge, members of a packed file damaged inside), and beside them stand
files that unpack, nest or repeat without end. They are read in a process of its own, which is
stopped when a file takes too long. Right outcomes are a document and an error of the package.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import random
import re
import resource
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from html import escape
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from skillgap.document.reader import read_document
from skillgap.errors import DocumentError

SUFFIXES = ("pdf", "docx", "odt", "rtf", "html", "md", "txt", "json")
# The child gets no more address space than this, so that the machine stays usable.
MOST_BYTES = 4 << 30
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DEEP = 100_000
_LONG = 19_000_000


class Sample(NamedTuple):
    """A file to be read: what was done to what, and its bytes."""

    name: str
    data: bytes


class Outcome(NamedTuple):
    """What came of it: `read`, the class of a right error, `FOREIGN`, `CRASH` or `HANG`."""

    sample: Sample
    kind: str
    detail: str
    seconds: float
    peak_mb: float


def good_files(folder: Path) -> dict[str, list[bytes]]:
    """The good files by suffix, those of missing formats made from the text of the others."""
    files: dict[str, list[bytes]] = {suffix: [] for suffix in SUFFIXES}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix[1:].lower() in files:
            files[path.suffix[1:].lower()].append(path.read_bytes())
    if not any(files.values()):
        raise SystemExit(f"no resume in {folder}")
    text = _any_text(files)
    for suffix, make in _MAKERS.items():
        files[suffix] = files[suffix] or [make(text)]
    return {suffix: found for suffix, found in files.items() if found}


def _any_text(files: dict[str, list[bytes]]) -> str:
    for data in (data for found in files.values() for data in found):
        try:
            return read_document(data).text
        except DocumentError:
            continue
    raise SystemExit("none of the files can be read")


def _packed(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else None
            package.writestr(name, content, compress_type=stored)
    return buffer.getvalue()


def _odt(paragraphs: str) -> bytes:
    return _packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<office:document-content xmlns:office="{_ODF}:office:1.0"'
            f' xmlns:text="{_ODF}:text:1.0"><office:body><office:text>{paragraphs}</office:text>'
            "</office:body></office:document-content>",
        }
    )


def _docx(body: str, before: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return _packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="d" Type="{main}" Target="word/document.xml"/>'
            "</Relationships>",
            "word/document.xml": f'{before}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body>'
            "</w:document>",
        }
    )


def _rtf(text: str) -> bytes:
    lines = (re.sub(r"([\\{}])", r"\\\1", line) for line in text.splitlines())
    body = r"\par ".join(lines).encode("cp1252", "replace")
    return rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 " + body + rb"\par}"


def _html(text: str) -> bytes:
    body = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
    return f"<!doctype html><html><body><h1>Resume</h1>{body}</body></html>".encode()


def _json(text: str) -> bytes:
    work = [{"name": "Acme", "position": "Analyst", "highlights": text.splitlines()}]
    return json.dumps({"basics": {"name": "Ann Example", "summary": text}, "work": work}).encode()


_MAKERS: dict[str, Callable[[str], bytes]] = {
    "odt": lambda text: _odt("".join(f"<text:p>{escape(x)}</text:p>" for x in text.splitlines())),
    "docx": lambda text: _docx(
        "".join(f"<w:p><w:r><w:t>{escape(x)}</w:t></w:r></w:p>" for x in text.splitlines())
    ),
    "rtf": _rtf,
    "html": _html,
    "md": lambda text: ("# Resume\n\n" + text.replace("\n", "\n\n* ")).encode(),
    "txt": str.encode,
    "json": _json,
}


def cut(data: bytes, dice: random.Random, _: bytes) -> bytes:
    return data[: dice.randrange(len(data))]


def flip_bits(data: bytes, dice: random.Random, _: bytes) -> bytes:
    changed = bytearray(data)
    for _number in range(dice.choice((1, 4, 20, 200))):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def fill_a_part(data: bytes, dice: random.Random, _: bytes) -> bytes:
    start = dice.randrange(len(data))
    length = dice.randrange(1, 2000)
    filling = dice.choice((bytes(length), dice.randbytes(length), b"\xff" * length, b""))
    return data[:start] + filling + data[start + length :]


def double_a_part(data: bytes, dice: random.Random, _: bytes) -> bytes:
    start, end = sorted(dice.randrange(len(data) + 1) for _number in range(2))
    return data[:end] + data[start:end] * dice.choice((1, 2, 10)) + data[end:]


def swap_the_end(data: bytes, dice: random.Random, other: bytes) -> bytes:
    return data[: dice.randrange(len(data))] + other[dice.randrange(len(other)) :]


def change_numbers(data: bytes, dice: random.Random, _: bytes) -> bytes:
    chance = dice.choice((0.01, 0.1, 0.5))
    values = (b"0", b"-1", b"65536", b"2147483648", b"99999999999999999999", b"1e308", b"nan")
    return re.sub(
        rb"\d+", lambda m: dice.choice(values) if dice.random() < chance else m.group(), data
    )


def damage_a_member(data: bytes, dice: random.Random, other: bytes) -> bytes:
    """Damage what is inside: a member of a zip file, or a stream of a PDF."""
    inner = dice.choice((flip_bits, fill_a_part, double_a_part, cut, change_numbers))
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return _damaged_streams(data, dice) if b"FlateDecode" in data else inner(data, dice, other)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members: dict[str, str | bytes] = {n: package.read(n) for n in package.namelist()}
    filled = [name for name, content in members.items() if content]
    name = dice.choice([n for n in filled if n.endswith("xml")] or filled)
    content = members[name]
    members[name] = inner(content if isinstance(content, bytes) else b"", dice, other)
    return _packed(members)


def _damaged_streams(data: bytes, dice: random.Random) -> bytes:
    """The PDF with a stream's content damaged, and packed again; offsets behind it are wrong."""

    def damaged(match: re.Match[bytes]) -> bytes:
        try:
            content = zlib.decompress(match[1])
        except zlib.error:
            return match[0]
        if not content or dice.random() < 0.5:
            return match[0]
        change = dice.choice((flip_bits, fill_a_part, double_a_part, change_numbers))
        return b"stream\n" + zlib.compress(change(content, dice, b"")) + b"\nendstream"

    return re.sub(rb"stream\r?\n(.*?)\r?\nendstream", damaged, data, flags=re.DOTALL)


DAMAGES = (
    cut,
    flip_bits,
    fill_a_part,
    double_a_part,
    swap_the_end,
    change_numbers,
    damage_a_member,
)


def _pdf(stream: bytes, *, pages: int = 1, extra: str = "", box: str = "0 0 612 792") -> bytes:
    """A PDF without a cross-reference table, all of whose pages share a stream."""
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R /Resources 3 0 R >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {pages} /Kids [{'5 0 R ' * pages}] >>",
        (
            "<< /Font << /R << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
            " /XObject << /X 6 0 R >> >>"
        ),
    ]
    parts = [f"{n} 0 obj {content} endobj\n".encode() for n, content in enumerate(objects, 1)]
    packed = zlib.compress(zlib.compress(stream, 9), 9)
    head = f"4 0 obj << /Length {len(packed)} /Filter [/FlateDecode /FlateDecode] >> stream\n"
    parts += [head.encode(), packed, b"\nendstream endobj\n", f"5 0 obj {page} endobj\n".encode()]
    tail = f"{extra}\ntrailer << /Root 1 0 R /Size 7 >>\n%%EOF"
    return b"%PDF-1.7\n" + b"".join(parts) + tail.encode()


def _laughs() -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    return f'<?xml version="1.0"?><!DOCTYPE w:document [{entities}]>'


def bombs() -> Iterator[Sample]:
    """Small or well-formed files that ask for much time or memory."""
    line = b"BT /R 10 Tf 72 700 Td (Python and SQL) Tj ET\n"
    form = "6 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources 3 0 R /Length 12"
    paragraph = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"
    yield Sample("pdf: a stream of spaces", _pdf(b" " * 400_000_000))
    yield Sample("pdf: a million lines", _pdf(line * 1_000_000))
    yield Sample("pdf: 100,000 pages", _pdf(line, pages=_DEEP))
    yield Sample("pdf: 60 pages of 20,000 lines", _pdf(line * 20_000, pages=60))
    yield Sample("pdf: saved states", _pdf(b"q " * 10_000_000 + line))
    yield Sample("pdf: arrays in arrays", _pdf(b"[" * 5_000_000 + line))
    yield Sample("pdf: shapes without end", _pdf(b"0 0 m 600 700 l S " * 2_000_000 + line))
    yield Sample(
        "pdf: a form in itself",
        _pdf(b"/X Do " + line, extra=f"{form} >> stream\n/X Do /X Do \nendstream endobj"),
    )
    chain = "".join(
        f"{number} 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 12"
        f" /Resources << /XObject << /X {number + 1} 0 R >> >> >> stream\n/X Do /X Do \n"
        "endstream endobj\n"
        for number in range(6, 40)
    )
    yield Sample("pdf: forms in forms", _pdf(b"/X Do " + line, extra=chain))
    yield Sample("pdf: a vast page", _pdf(line, box="0 0 1e30 1e30"))
    yield Sample("pdf: a thin page", _pdf(line, box="0 0 9000000 1"))
    yield Sample(
        "pdf: pages in pages",
        b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
        b"2 0 obj << /Type /Pages /Count 1 /Kids [2 0 R 2 0 R] >> endobj\n"
        b"trailer << /Root 1 0 R >>",
    )
    yield Sample("docx: spaces", _packed({"word/document.xml": b" " * 500_000_000}))
    yield Sample("docx: a million paragraphs", _docx(paragraph * 1_000_000))
    yield Sample("docx: tables in tables", _docx("<w:tbl><w:tr><w:tc>" * _DEEP))
    yield Sample(
        "docx: closed tables in tables",
        _docx("<w:tbl><w:tr><w:tc>" * 5000 + paragraph + "</w:tc></w:tr></w:tbl>" * 5000),
    )
    yield Sample(
        "docx: a billion laughs", _docx("<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>", _laughs())
    )
    yield Sample("docx: wide attributes", _docx(f'<w:p w:x="{"a" * 50_000_000}"/>'))
    yield Sample(
        "docx: 60,000 members",
        _packed({f"word/{n}.xml": "" for n in range(60_000)} | {"word/document.xml": "<a/>"}),
    )
    yield Sample("odt: a million paragraphs", _odt("<text:p>a</text:p>" * 1_000_000))
    yield Sample("odt: lists in lists", _odt("<text:list><text:list-item>" * _DEEP))
    yield Sample("odt: spaces by count", _odt('<text:p>a<text:s text:c="999999999"/>b</text:p>'))
    yield Sample(
        "odt: repeated cells",
        _odt(
            f'<table:table xmlns:table="{_ODF}:table:1.0"><table:table-row'
            ' table:number-rows-repeated="99999999"><table:table-cell><text:p>a</text:p>'
            "</table:table-cell></table:table-row></table:table>"
        ),
    )
    yield Sample("rtf: groups in groups", rb"{\rtf1 " + b"{" * _LONG)
    yield Sample("rtf: control words", rb"{\rtf1 " + rb"\par" * (_LONG // 4) + b"}")
    yield Sample("rtf: binary of any length", rb"{\rtf1 a\bin99999999999 b}")
    yield Sample("rtf: long parameter", rb"{\rtf1 \u" + b"9" * 1_000_000 + b" b}")
    yield Sample("html: tags in tags", b"<!doctype html><html><body>" + b"<div>" * 3_000_000)
    yield Sample("html: tables in tables", b"<!doctype html>" + b"<table><tr><td>" * 1_000_000)
    yield Sample("html: an open tag", b"<!doctype html><p " + b"a=<!-- " * 2_000_000)
    yield Sample("html: comments", b"<!doctype html>" + b"<!--" * 4_000_000)
    yield Sample("html: entities", b"<!doctype html><p>" + b"&" * 10_000_000)
    yield Sample("md: quotes in quotes", b"# A\n\n" + b">" * 1_000_000 + b" a")
    yield Sample(
        "md: lists in lists", b"# A\n\n" + b"".join(b" " * n + b"* a\n" for n in range(3000))
    )
    yield Sample("md: stars", b"# A\n\n" + b"*a_ " * 500_000)
    yield Sample("md: brackets", b"# A\n\n" + b"[" * 1_000_000)
    yield Sample("md: links", b"# A\n\n" + b"[a](<b" * 500_000)
    yield Sample("md: backticks", b"# A\n\n" + b"".join(b"`" * n + b" " for n in range(3000)))
    yield Sample("md: a table", b"# A\n\n|a|b|\n|-|-|\n" + b"|" * 1_000_000)
    yield Sample("txt: one word", b"a" * _LONG)
    yield Sample("txt: lines", b"a\n" * (_LONG // 2))
    yield Sample("txt: gaps", (b"a" + b" " * 500) * 30_000)
    yield Sample("txt: marks", ("a" + "\u0301" * 9_000_000).encode())
    yield Sample("txt: grows in NFKC", ("\ufdfa" * 6_000_000).encode())
    yield Sample("json: lists in lists", b'{"basics": ' + b"[" * _LONG)
    yield Sample("json: closed lists", b'{"basics": {}, "x": ' + b"[" * _DEEP + b"]" * _DEEP + b"}")
    yield Sample("json: a long number", b'{"basics": {"name": ' + b"9" * 1_000_000 + b"}}")
    yield Sample("json: many jobs", b'{"work": [' + b'{"name": "a"},' * 1_000_000 + b"{}]}")


def samples(files: dict[str, list[bytes]], count: int, seed: int) -> Iterator[Sample]:
    """Damaged files, the formats and the kinds of damage in turn."""
    dice = random.Random(seed)  # noqa: S311 - repeatable, no secret
    suffixes = sorted(files)
    everything = [data for found in files.values() for data in found]
    for number in range(count):
        suffix = suffixes[number % len(suffixes)]
        damage = DAMAGES[number // len(suffixes) % len(DAMAGES)]
        data = damage(dice.choice(files[suffix]), dice, dice.choice(everything))
        yield Sample(f"{suffix}: {damage.__name__} {number}", data)


def _peak_mb() -> float:
    """The most memory held by this process, itself alone: `getrusage` counts its parent's."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s*(\d+)", status)[0]) / 1024


def serve(connection: Connection) -> None:
    """Read what comes through the connection, and say what came of it."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    while True:
        name, data = connection.recv()
        detail = ""
        try:
            read_document(data, name="resume." + name.split(":")[0])
            kind = "read"
        except DocumentError as error:
            kind = type(error).__name__
        except BaseException as error:  # foreign errors are what is looked for
            kind, detail = "FOREIGN", "".join(traceback.format_exception(error)[-3:])
        connection.send((kind, detail, _peak_mb()))


class Child:
    """A process that reads files, and is started again when one has brought it down."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._context = multiprocessing.get_context("spawn")
        self._start()

    def _start(self) -> None:
        self._connection, theirs = self._context.Pipe()
        self._process = self._context.Process(target=serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def read(self, sample: Sample, *, alone: bool) -> Outcome:
        """Have a file read; `alone` in a fresh process, whose peak of memory is the file's own."""
        if alone:
            self.stop()
            self._start()
        start = time.monotonic()
        self._connection.send(sample)
        try:
            if self._connection.poll(self._seconds):
                kind, detail, peak = self._connection.recv()
                return Outcome(sample, kind, detail, time.monotonic() - start, peak)
            kind, detail = "HANG", f"more than {self._seconds:g} s"
        except (EOFError, ConnectionError):
            self._process.join()
            kind, detail = "CRASH", f"exit code {self._process.exitcode}"
        self.stop()
        self._start()
        return Outcome(sample, kind, detail, time.monotonic() - start, 0.0)

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._connection.close()


def report(title: str, outcomes: list[Outcome], keep: Path | None, *, shown: int) -> int:
    """Print what came of the files, and return how many went wrong."""
    counts = Counter(outcome.kind for outcome in outcomes)
    print(f"{title}: {len(outcomes)} files")
    print("  " + ", ".join(f"{kind} {count}" for kind, count in counts.most_common()))
    for outcome in sorted(outcomes, key=lambda o: -o.seconds)[:shown]:
        print(
            f"  {outcome.seconds:6.1f} s  {outcome.peak_mb:6.0f} MB  {outcome.kind:23}"
            f" {outcome.sample.name}"
        )
    most = max(outcomes, key=lambda o: o.peak_mb)
    print(f"  peak of memory {most.peak_mb:.0f} MB, first at {most.sample.name}")
    wrong = [outcome for outcome in outcomes if outcome.kind.isupper()]
    for number, outcome in enumerate(wrong):
        print(f"  {outcome.kind} {outcome.sample.name}\n{outcome.detail}")
        if keep is not None:
            (keep / f"{number}-{outcome.sample.name.split(':')[0]}").write_bytes(
                outcome.sample.data
            )
    return len(wrong)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=30.0, help="time for each file")
    parser.add_argument("--only", choices=SUFFIXES, help="one format alone")
    parser.add_argument("--keep", type=Path, help="a folder for the files that went wrong")
    arguments = parser.parse_args()
    files = good_files(arguments.folder)
    if arguments.only is not None:
        files = {arguments.only: files[arguments.only]}
    child = Child(arguments.seconds)
    try:
        damaged = [
            child.read(sample, alone=False)
            for sample in samples(files, arguments.count, arguments.seed)
        ]
        hostile = [
            child.read(sample, alone=True)
            for sample in bombs()
            if sample.name.split(":")[0] in files
        ]
    finally:
        child.stop()
    wrong = report("damaged", damaged, arguments.keep, shown=5)
    wrong += report("bombs", hostile, arguments.keep, shown=len(hostile))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
