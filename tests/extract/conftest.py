"""What the tests of extraction share: one extractor, and text read as a resume."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from skillgap.document.reader import read_document
from skillgap.extract.extractor import Extractor
from skillgap.extract.model import Mention
from skillgap.resume.segment import segment
from skillgap.taxonomy.load import load_taxonomy


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """Return one extractor of the bundled taxonomy."""
    return Extractor(load_taxonomy())


@pytest.fixture(scope="session")
def find(extractor: Extractor) -> Callable[[str], tuple[Mention, ...]]:
    """Return a function from text to mentions that reads the text as a resume."""

    def mentions(text: str) -> tuple[Mention, ...]:
        document = read_document(text.encode(), name="text")
        return extractor.extract(segment(document, as_of=date(2026, 1, 1)))

    return mentions
