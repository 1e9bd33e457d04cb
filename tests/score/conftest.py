"""The vocabularies that the laws of scoring are tried on."""

from __future__ import annotations

import pytest

from skillgap.taxonomy.load import load_taxonomy
from skillgap.taxonomy.model import Taxonomy
from tests.factories import small_taxonomy


@pytest.fixture(scope="session", params=["small", "bundled"])
def vocabulary(request: pytest.FixtureRequest) -> Taxonomy:
    """Return a hand-made vocabulary, and the one that ships."""
    return small_taxonomy() if request.param == "small" else load_taxonomy()
