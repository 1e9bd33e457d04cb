"""The five steps in a row, for one resume."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from skillgap.document.options import ReadOptions
from skillgap.document.reader import read_document
from skillgap.report.build import build_report
from skillgap.report.model import FitReport, Signature
from skillgap.resume.segment import segment
from skillgap.score.evidence import weigh
from skillgap.score.fit import assess
from skillgap.score.lean import lean
from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy
from skillgap.taxonomy.load import load_taxonomy
from skillgap.taxonomy.model import Taxonomy

if TYPE_CHECKING:
    from skillgap.document.model import Document
    from skillgap.extract.extractor import Extractor

ROLES = ("mle", "ds")
_HASH_SHOWN = 12  # characters of a hash: enough to tell two apart, short enough to read aloud
_ENGINES = ("spacy", "pypdfium2", "pdfminer.six")
_OPTIONAL_ENGINES = ("rapidocr", "onnxruntime")  # of the extra `ocr`


class Analyzer:
    """Reads resumes and says how they fit; build one and use it for many.

    Everything heavy is loaded on first use: building an analyzer costs nothing.

    Args:
        taxonomy: A taxonomy, the path of a compiled one or of a folder of TOML; the bundled one
            when None.
        roles: Ids of the roles to score, in the order they are reported.
        policy: The knobs of the score.
        options: How files are read.

    >>> report = Analyzer(roles=["ds"]).analyze_text("Skills: Python, SQL", as_of=date(2026, 1, 1))
    >>> [skill.id for skill in report.held]
    ['python', 'sql']
    """

    def __init__(
        self,
        taxonomy: Taxonomy | str | PathLike[str] | None = None,
        *,
        roles: Sequence[str] = ROLES,
        policy: ScoringPolicy = DEFAULT_POLICY,
        options: ReadOptions | None = None,
    ) -> None:
        self._taxonomy = taxonomy
        self.roles = tuple(dict.fromkeys(roles))
        self.policy = policy
        self.options = options if options is not None else ReadOptions()

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """The taxonomy in use.

        Raises:
            TaxonomyError: It cannot be loaded.
        """
        if isinstance(self._taxonomy, Taxonomy):
            return self._taxonomy
        return load_taxonomy(Path(self._taxonomy) if self._taxonomy is not None else None)

    @cached_property
    def extractor(self) -> Extractor:
        """The extractor in use; making it imports spaCy."""
        from skillgap.extract.extractor import Extractor

        return Extractor(self.taxonomy)

    def analyze(
        self,
        source: str | PathLike[str] | bytes | BinaryIO,
        *,
        name: str | None = None,
        as_of: date | None = None,
    ) -> FitReport:
        """Analyze one file.

        Args:
            source: A path, the file's bytes, or an open binary file.
            name: What to call the file in the report and in errors; its path by default.
            as_of: The day that "present" means; today by default. It stands in the signature:
                give it to get the same bytes another day.

        Raises:
            DocumentError: The file cannot be read; its subclasses say why.
            TaxonomyError: The taxonomy cannot be loaded, or does not know a role.
        """
        for role in self.roles:
            self.taxonomy.role(role)  # a wrong role is told before a slow file is read
        document = read_document(source, name=name, options=self.options)
        return self.analyze_document(document, as_of=as_of)

    def analyze_text(
        self, text: str, *, name: str = "text", as_of: date | None = None
    ) -> FitReport:
        """Analyze text that was read elsewhere, as if it were a plain text file.

        Raises:
            EmptyDocumentError: There is no letter in the text.
        """
        document = read_document(text.encode(), name=name, options=self.options)
        return self.analyze_document(document, as_of=as_of)

    def analyze_document(self, document: Document, *, as_of: date | None = None) -> FitReport:
        """Analyze a document: the four steps after reading."""
        day = as_of if as_of is not None else datetime.now(tz=UTC).date()
        resume = segment(document, as_of=day)
        mentions = self.extractor.extract(resume)
        evidence = weigh(mentions, self.taxonomy, self.policy, resume.entries)
        first, second = (self.taxonomy.role(role) for role in ROLES)
        return build_report(
            resume,
            evidence,
            [
                assess(evidence, self.taxonomy.role(role), self.taxonomy, self.policy)
                for role in self.roles
            ],
            lean(evidence, first, second, self.policy),
            towards=(first.id, second.id),
            taxonomy=self.taxonomy,
            signature=self.signature(day),
        )

    def signature(self, as_of: date) -> Signature:
        """Return what makes this analyzer's numbers on that day."""
        return Signature(
            skillgap=_version("skillgap"),
            taxonomy=self.taxonomy.sha256[:_HASH_SHOWN],
            policy=hashlib.sha256(repr(self.policy).encode()).hexdigest()[:_HASH_SHOWN],
            engines=_engines(),
            as_of=as_of,
        )


def _engines() -> dict[str, str]:
    """Return the versions of what reads and matches, optional packages if they are there."""
    engines = {name: _version(name) for name in _ENGINES}
    for name in _OPTIONAL_ENGINES:
        with suppress(PackageNotFoundError):
            engines[name] = _version(name)
    return engines


@cache
def _version(package: str) -> str:
    return version(package)


@cache
def _default_analyzer(roles: tuple[str, ...]) -> Analyzer:
    return Analyzer(roles=roles)


def analyze(
    source: str | PathLike[str] | bytes | BinaryIO,
    *,
    roles: Sequence[str] = ROLES,
    name: str | None = None,
    as_of: date | None = None,
) -> FitReport:
    """Analyze one resume with the bundled taxonomy: see `Analyzer.analyze`.

    The first call loads the taxonomy and spaCy, about a second; later ones take milliseconds.
    """
    return _default_analyzer(tuple(roles)).analyze(source, name=name, as_of=as_of)
