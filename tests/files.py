"""Files that tests make: bytes that a reader must refuse, each for its own reason."""

from __future__ import annotations


def encrypted_pdf() -> bytes:
    """Return a PDF with one empty page that no password opens."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"00" * 32 + b">/U<" + b"11" * 32 + b">>>",
    ]
    content = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        content
        + b"xref\n0 5\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\n"
        + b"startxref\n%d\n%%%%EOF\n" % len(content)
    )


BROKEN_PDF = b"%PDF-1.7\nnothing that a PDF is made of"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
