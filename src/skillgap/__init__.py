"""How well a resume fits Machine Learning Engineer and Data Scientist, what is missing, and why.

>>> import skillgap
>>> report = skillgap.analyze("resume.pdf")  # doctest: +SKIP
>>> report.fit("mle").score  # doctest: +SKIP

The names are loaded when they are first used: importing the package imports neither spaCy nor a
PDF reader.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from skillgap.analyzer import Analyzer, analyze
    from skillgap.batch.many import analyze_many
    from skillgap.batch.run import Run
    from skillgap.document.options import Engine, Limits, ReadOptions
    from skillgap.errors import (
        DocumentError,
        EmptyDocumentError,
        EncryptedDocumentError,
        LimitExceededError,
        PolicyError,
        ScannedDocumentError,
        SkillgapError,
        StoreError,
        TaxonomyError,
        UnreadableDocumentError,
        UnsupportedFormatError,
        UsageError,
    )
    from skillgap.report.choice import BlindOptions
    from skillgap.report.model import FitReport, Skipped
    from skillgap.score.policy import ScoringPolicy
    from skillgap.taxonomy.load import load_taxonomy
    from skillgap.taxonomy.model import Taxonomy

__all__ = [
    "Analyzer",
    "BlindOptions",
    "DocumentError",
    "EmptyDocumentError",
    "EncryptedDocumentError",
    "Engine",
    "FitReport",
    "LimitExceededError",
    "Limits",
    "PolicyError",
    "ReadOptions",
    "Run",
    "ScannedDocumentError",
    "ScoringPolicy",
    "SkillgapError",
    "Skipped",
    "StoreError",
    "Taxonomy",
    "TaxonomyError",
    "UnreadableDocumentError",
    "UnsupportedFormatError",
    "UsageError",
    "analyze",
    "analyze_many",
    "load_taxonomy",
]

_HOMES = {
    "Analyzer": "analyzer",
    "BlindOptions": "report.choice",
    "Engine": "document.options",
    "FitReport": "report.model",
    "Limits": "document.options",
    "ReadOptions": "document.options",
    "Run": "batch.run",
    "ScoringPolicy": "score.policy",
    "Skipped": "report.model",
    "Taxonomy": "taxonomy.model",
    "analyze": "analyzer",
    "analyze_many": "batch.many",
    "load_taxonomy": "taxonomy.load",
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version(__name__)
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'errors')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
