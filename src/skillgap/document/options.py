"""How a file is read: engine, password and limits, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Engine(StrEnum):
    """Which library reads a PDF."""

    AUTO = "auto"
    PDFIUM = "pdfium"
    PDFMINER = "pdfminer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds that keep one hostile file from costing time or memory that others need.

    Attributes:
        max_bytes: Size of the file. A resume with a photo is under 5 MB; 20 MB leaves room for
            scans and stops disk images and videos named resume.pdf.
        max_pages: Pages that are read; the rest is cut with a warning. The longest academic CVs
            have about 50 pages; reading time grows with pages.
        max_characters: Characters of text that are kept. 50 dense pages have about 250,000.
        max_unpacked_bytes: Bytes that a packed file (DOCX, ODT: zip) may unpack to, all members
            together. Word files unpack to about 10 times their size; zip bombs to 1,000 times. Of
            PDFs, the drawings that draw others, each counted as often as it is drawn.
        max_members: Members of a packed file. Word writes 10 to 40.
        max_depth: Nesting of XML or HTML elements, tables in tables. Word's own limit is about
            60 levels; bombs nest by the thousand.
        max_seconds: Time a reader may take. A warm page takes under 0.05 s; only a broken file
            takes seconds. Readers that cannot be stopped check it between pages.
        max_pixels: Pixels of a picture, each page of it. Letter paper at 600 dpi has 34 million;
            a small file can unpack to a thousand times as many. The size is read from the
            picture's head, before anything is unpacked.
        max_ocr_seconds: Time that text recognition may take instead, once a page has to be read
            from a picture: 2 to 5 s a page on two slow cores. It is checked between pages.
    """

    max_bytes: int = 20_000_000
    max_pages: int = 60
    max_characters: int = 500_000
    max_unpacked_bytes: int = 100_000_000
    max_members: int = 2_000
    max_depth: int = 200
    max_seconds: float = 20.0
    max_pixels: int = 50_000_000
    max_ocr_seconds: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """All that can be chosen about reading a file.

    Attributes:
        engine: Which library reads PDFs; `auto` takes PDFium and asks pdfminer.six where it
            fails.
        password: For encrypted PDFs.
        look_at_page: Whether words of a PDF must leave a mark on the page as it is painted. Without
            it, white text and text under pictures are read as if anybody could see them; only
            invisible, transparent, tiny and off-page words are still told. Painting takes up to a
            third of the time of reading.
        limits: See `Limits`.
    """

    engine: Engine = Engine.AUTO
    password: str | None = field(default=None, repr=False)
    look_at_page: bool = True
    limits: Limits = field(default_factory=Limits)
