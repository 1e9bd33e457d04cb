"""From bytes to text: which encoding a text file is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

# The longer marks first: the UTF-32 mark starts with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Python knows more codecs by name than there are encodings of web pages, some of them traps.
_DECLARABLE = re.compile(r"iso-?8859|windows|cp|koi8|euc|gb|big5|shift|latin|mac", re.IGNORECASE)
_SAMPLE = 65_536  # characters or bytes looked at to judge a file
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# A stray control character in a text is noise; in random bytes one in ten is one.
_MAX_CONTROLS = 0.01
# Western text in UTF-16 has a zero in nearly every second byte.
_MIN_ZEROS = 0.4
_MIN_PAIRS = 8  # zeros among fewer bytes prove nothing


class DecodedText(NamedTuple):
    """A file's text, the encoding it was in, and whether that had to be guessed."""

    text: str
    encoding: str
    guessed: bool


def decode_text(data: bytes, *, declared: str | None = None) -> DecodedText:
    """Decode a text file by its mark, else by what its bytes look like.

    UTF-16 shows by its zeros, UTF-8 by being valid, whatever the file says about itself; then
    comes what it says. Windows-1252 is the last resort because nearly every byte means something
    in it; what is not text at all must be told apart with `is_text`.

    Args:
        data: The whole file.
        declared: The encoding that the file names, as HTML does.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            return DecodedText(text, encoding, guessed=False)
    wide = _utf_16_without_mark(data)  # its zeros are valid UTF-8 as well, so it comes first
    if wide:
        return DecodedText(data.decode(wide, errors="replace"), wide, guessed=True)
    try:
        return DecodedText(data.decode("utf-8"), "utf-8", guessed=False)
    except UnicodeDecodeError:
        pass
    if declared is not None and _DECLARABLE.match(declared):
        try:
            return DecodedText(data.decode(declared), declared, guessed=False)
        except (LookupError, ValueError):  # unknown to Python, or not true
            pass
    return DecodedText(data.decode("cp1252", errors="replace"), "cp1252", guessed=True)


def is_text(data: bytes) -> bool:
    """Tell whether the bytes are text in one of the encodings that `decode_text` knows."""
    sample = data[:_SAMPLE]
    encoding = _utf_16_without_mark(sample)
    if encoding:
        text = sample.decode(encoding, errors="replace")
    elif any(sample.startswith(mark) for mark, _ in _MARKS):
        text = decode_text(sample).text
    else:
        text = sample.decode("latin-1")
    return len(_CONTROLS.findall(text)) <= len(text) * _MAX_CONTROLS and "\x00" not in text


def _utf_16_without_mark(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    pairs = len(sample) // 2
    if pairs < _MIN_PAIRS:
        return None
    if sample[1::2].count(0) >= pairs * _MIN_ZEROS > sample[::2].count(0):
        return "utf-16-le"
    if sample[::2].count(0) >= pairs * _MIN_ZEROS > sample[1::2].count(0):
        return "utf-16-be"
    return None
