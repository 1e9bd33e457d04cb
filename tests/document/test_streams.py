"""Pages that unpack to far more than a page can hold."""

from __future__ import annotations

import zlib

import pytest

from skillgap.document.options import ReadOptions
from skillgap.document.pdf import PdfReader
from skillgap.document.streams import unfolds_steeply
from skillgap.errors import LimitExceededError
from tests.document.portable import image, pdf, text

_LINE = text(72, 100, "Built models of churn")
_HEAD = b"%PDF-1.7\n4 0 obj << "


def _stream(content: bytes, *, layers: int = 1, entries: bytes = b"") -> bytes:
    for _ in range(layers):
        content = zlib.compress(content, 9)
    filters = b" ".join([b"/FlateDecode"] * layers)
    return _HEAD + entries + b" /Filter [" + filters + b"] >> stream\n" + content + b"\nendstream"


@pytest.mark.parametrize("layers", [1, 2, 3, 4])
def test_one_instruction_repeated_is_a_bomb(layers: int) -> None:
    """However often it is packed."""
    assert unfolds_steeply(_stream(b"q " * 2_000_000, layers=layers))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(pdf(_LINE * 1_000), id="a page of a thousand lines"),
        pytest.param(pdf(image(0, 0, 600, 700)), id="a picture"),
        pytest.param(
            _stream(bytes(9_000_000), entries=b"/Subtype /Image /Width 3000"), id="a white picture"
        ),
        pytest.param(_stream(b"q " * 2_000_000)[:60], id="cut off"),
        pytest.param(_HEAD + b"/Filter /FlateDecode >> stream\n" + b"x" * 9_000, id="broken"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_other_files_are_none(data: bytes) -> None:
    """White pictures unpack a thousandfold and are as they should be."""
    assert not unfolds_steeply(data)


def test_a_bomb_is_refused_before_an_engine_sees_it() -> None:
    """The error says what is wrong with the file, and what helps."""
    with pytest.raises(LimitExceededError, match="unpacks to far more"):
        PdfReader().read(_stream(b"q " * 2_000_000), "a.pdf", ReadOptions())
