"""Drawings that draw drawings: what is read, and what would never end."""

from __future__ import annotations

import time
import zlib
from collections.abc import Mapping

import pytest

from skillgap.document import drawings
from skillgap.document.drawings import unfolds_beyond
from skillgap.document.glyphs import EngineError
from skillgap.document.options import Engine, ReadOptions
from skillgap.document.pdf import PdfReader
from skillgap.errors import LimitExceededError
from tests.document.portable import pdf, text

_MOST = 1_000_000
_LINE = text(72, 100, "Built models of churn")
_PAGE = (
    "/MediaBox [0 0 612 792] /Resources << /XObject << /A 10 0 R >>"
    " /Font << /R << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
)
_FORM = "/Type /XObject /Subtype /Form /BBox [0 0 612 792]"


def _file(
    contents: Mapping[int, str],
    names: Mapping[int, Mapping[str, int]],
    *,
    form: str = _FORM,
    packed: bool = False,
) -> bytes:
    """A PDF of one page that draws drawing 10; `names` says what each drawing calls which."""
    parts = [
        "1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj",
        "2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R] >> endobj",
        f"3 0 obj << /Type /Page /Parent 2 0 R /Contents 4 0 R {_PAGE} >> endobj",
        f"4 0 obj << /Length {len(_LINE) + 6} >> stream\n/A Do {_LINE}\nendstream endobj",
        "6 0 obj /Form endobj",
    ]
    written = ["%PDF-1.7", *parts]
    for number, content in contents.items():
        called = "".join(f"/{name} {target} 0 R " for name, target in names[number].items())
        own = f"/Resources << /XObject << {called} >> >>" if called else ""
        stream = zlib.compress(content.encode()) if packed else content.encode()
        filtered = "/Filter /FlateDecode" if packed else ""
        head = f"{number} 0 obj << {form} {own} {filtered} /Length {len(stream)} >> stream\n"
        written.append(head + stream.decode("latin-1") + "\nendstream endobj")
    return "\n".join([*written, "trailer << /Root 1 0 R >>", "%%EOF"]).encode("latin-1")


def _chain(levels: int, times: int) -> tuple[dict[int, str], dict[int, dict[str, int]]]:
    """Drawings of which each draws the next so many times."""
    numbers = range(10, 10 + levels)
    contents = dict.fromkeys(numbers, "/A Do " * times)
    return contents, {number: {"A": number + 1} for number in numbers}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(({10: "/A Do /A Do"}, {10: {"A": 10}}), id="itself twice"),
        pytest.param(
            ({10: "/B Do", 11: "/C Do /C Do"}, {10: {"B": 11}, 11: {"C": 10}}), id="in a ring"
        ),
        pytest.param(_chain(30, 2), id="doubled at each level"),
        pytest.param(({10: "/A Do\n/A\tDo"}, {10: {}}), id="by the page's names"),
    ],
)
def test_drawings_without_end_are_refused(
    data: tuple[dict[int, str], dict[int, dict[str, int]]], packed: bool
) -> None:
    """A small file that would unfold to more than memory holds is an error, with both engines."""
    bomb = _file(*data, packed=packed)

    for engine in Engine:
        with pytest.raises(LimitExceededError, match="drawings draw each other"):
            PdfReader().read(bomb, "resume.pdf", ReadOptions(engine=engine))


@pytest.mark.parametrize(
    "disguise",
    [
        pytest.param("/Subtype /F#6frm", id="a letter by its number"),
        pytest.param("/Subtype 6 0 R", id="the kind elsewhere"),
        pytest.param("/Length 7 0 R /Subtype /Form", id="the length elsewhere"),
    ],
)
def test_disguised_drawings_are_found(disguise: str) -> None:
    """Other ways to write the same file do not hide it."""
    bomb = _file({10: "/A Do /A Do"}, {10: {"A": 10}}, form=disguise)

    assert unfolds_beyond(bomb, None, _MOST, time.monotonic() + 9)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(({10: "/A Do"}, {10: {"A": 10}}), id="itself once"),
        pytest.param(_chain(5, 3), id="a few levels"),
        pytest.param(({10: "0 0 m 9 9 l S"}, {10: {}}), id="lines alone"),
    ],
)
def test_drawings_that_end_are_read(
    data: tuple[dict[int, str], dict[int, dict[str, int]]],
) -> None:
    """Drawings may draw drawings, as charts and icons do; the text beside them is read."""
    document = PdfReader().read(_file(*data), "resume.pdf", ReadOptions(engine=Engine.PDFIUM))

    assert document.text == "Built models of churn"


def test_a_vast_drawing_is_too_long() -> None:
    """A stream that unpacks to more than all drawings may have is not unpacked to its end."""
    bomb = _file({10: "/A Do /A Do" + " " * 2 * _MOST}, {10: {"A": 10}}, packed=True)

    assert unfolds_beyond(bomb, None, _MOST, time.monotonic() + 9)


def test_plain_files_cost_a_glance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no drawing draws two others, the file is not taken apart."""
    monkeypatch.setattr(drawings, "_drawings", pytest.fail)

    assert not unfolds_beyond(pdf(_LINE), None, _MOST, time.monotonic() + 9)
    assert not unfolds_beyond(
        _file({10: "/A Do"}, {10: {"A": 10}}), None, _MOST, time.monotonic() + 9
    )


def test_a_file_that_cannot_be_taken_apart_is_broken() -> None:
    """Where drawings multiply and nothing says which, no engine is let near it."""
    bomb = _file({10: "/A Do /A Do"}, {10: {"A": 10}}).replace(b"trailer", b"nothing")

    with pytest.raises(EngineError):
        unfolds_beyond(bomb, None, _MOST, time.monotonic() + 9)


def test_taking_apart_ends_in_time() -> None:
    """The time for reading a file is the time for its drawings, too."""
    bomb = _file(*_chain(30, 2))

    with pytest.raises(TimeoutError):
        unfolds_beyond(bomb, None, _MOST, time.monotonic())
