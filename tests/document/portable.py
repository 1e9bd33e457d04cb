"""PDF files made for a test: a few operators, two fonts, and a cross-reference table."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from itertools import cycle

WIDTH, HEIGHT = 612, 792
_SIDE = 64
PLAIN = bytes([128]) * (_SIDE * _SIDE)
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_FONTS = {
    "R": "/Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding"
    " /Differences [1 /fi 2 /bullet] >>",
    "B": "/Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding",
}


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = 10,
    bold: bool = False,
    colour: str = "0 0 0",
    before: str = "",
    turned: bool = False,
) -> str:
    """Operators that write words at a place, in points from the page's top left corner.

    Args:
        x: The left edge.
        y: The baseline.
        words: In Latin-1.
        size: Of the letters.
        bold: In Helvetica-Bold.
        colour: Red, green and blue, 0-1.
        before: Text operators that come first: `3 Tr`, `2 Tc`.
        turned: Written from bottom to top.
    """
    matrix = "0 1 -1 0" if turned else "1 0 0 1"
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return (
        f"q {colour} rg BT /{'B' if bold else 'R'} {size} Tf {before} "
        f"{matrix} {x} {HEIGHT - y} Tm ({escaped}) Tj ET Q\n"
    )


def column(
    x: float, y: float, lines: Sequence[str], *, leading: float = 12, size: float = 10
) -> str:
    """Operators that write lines below each other; empty ones leave a gap."""
    return "".join(
        text(x, y + leading * index, line, size=size) for index, line in enumerate(lines) if line
    )


def box(x: float, y: float, width: float, height: float, colour: str = "0 0 0") -> str:
    """Operators that fill a rectangle, given by its top left corner."""
    return f"q {colour} rg {x} {HEIGHT - y - height} {width} {height} re f Q\n"


def image(x: float, y: float, width: float, height: float) -> str:
    """Operators that show the file's picture, a light and dark pattern."""
    return f"q {width} 0 0 {height} {x} {HEIGHT - y - height} cm /Im Do Q\n"


def pdf(
    *pages: str,
    page: str = "",
    user_password: str | None = None,
    pixels: bytes | None = None,
    title: str = "(A made-up resume)",
) -> bytes:
    """Make a PDF file.

    Args:
        pages: The operators of each page.
        page: More entries of each page: `/Rotate 90`, `/CropBox [...]`.
        user_password: Encrypts the file; an empty one needs no password to be read.
        title: As a string of the PDF language.
        pixels: The picture, 64 by 64 in grey; black and white stripes.
    """
    pixels = pixels or bytes((0, 255) * (_SIDE * _SIDE // 2))
    numbers = [5 + 2 * index for index in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    fonts = " ".join(f"/{name} << /Type /Font /Subtype {f} >>" for name, f in _FONTS.items())
    picture = f"/Width {_SIDE} /Height {_SIDE} /ColorSpace /DeviceGray /BitsPerComponent 8"
    resources = (
        f"<< /Font << {fonts} >> /XObject << /Im 3 0 R >>"
        " /ExtGState << /Clear << /ca 0 >> /Faint << /ca 0.02 >> /Pale << /ca 0.1 >> >> >>"
    )
    entries = (
        f"/Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources {resources} {page}"
    )
    objects: dict[int, tuple[str, bytes | None]] = {
        1: ("/Type /Catalog /Pages 2 0 R", None),
        2: (f"/Type /Pages /Kids [{kids}] /Count {len(pages)}", None),
        3: (f"/Type /XObject /Subtype /Image {picture}", pixels),
        4: (f"/Title {title}", None),
    }
    for number, operators in zip(numbers, pages, strict=True):
        objects[number] = (f"{entries} /Contents {number + 1} 0 R", None)
        objects[number + 1] = ("", operators.encode("latin-1"))
    return _file(objects, user_password)


def _file(objects: dict[int, tuple[str, bytes | None]], user_password: str | None) -> bytes:
    key, trailer = b"", ""
    if user_password is not None:
        key, trailer = _encryption(user_password.encode("latin-1"))
        objects[4] = ("", None)  # a title would have to be encrypted, too
    written = bytearray(b"%PDF-1.4\n")
    offsets = {}
    for number, (entries, stream) in sorted(objects.items()):
        offsets[number] = len(written)
        if stream is not None:
            stream = zlib.compress(stream)
            if key:
                salt = number.to_bytes(3, "little") + b"\0\0"
                stream = _rc4(hashlib.md5(key + salt).digest()[: len(key) + 5], stream)  # noqa: S324
            entries += f" /Filter /FlateDecode /Length {len(stream)}"
        written += f"{number} 0 obj\n<< {entries} >>\n".encode("latin-1")
        if stream is not None:
            written += b"stream\n" + stream + b"\nendstream\n"
        written += b"endobj\n"
    start = len(written)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for number in range(1, len(objects) + 1):
        written += f"{offsets[number]:010} 00000 n \n".encode()
    written += (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R {trailer} >>\n"
        f"startxref\n{start}\n%%EOF\n"
    ).encode("latin-1")
    return bytes(written)


def _encryption(user_password: bytes) -> tuple[bytes, str]:
    """The key and the trailer of the oldest standard encryption: RC4 with 40 bits."""
    permissions, file_id = -4, b"made-up-file-id!"
    owner_key = hashlib.md5((b"owner" + _PADDING)[:32]).digest()[:5]  # noqa: S324
    owner = _rc4(owner_key, (user_password + _PADDING)[:32])
    key = hashlib.md5(  # noqa: S324
        (user_password + _PADDING)[:32]
        + owner
        + permissions.to_bytes(4, "little", signed=True)
        + file_id
    ).digest()[:5]
    user = _rc4(key, _PADDING)
    return key, (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /P {permissions} /O <{owner.hex()}>"
        f" /U <{user.hex()}> >> /ID [<{file_id.hex()}> <{file_id.hex()}>]"
    )


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i, byte in zip(range(256), cycle(key), strict=False):
        j = (j + state[i] + byte) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
