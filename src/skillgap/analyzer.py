"""The five steps in a row, for one resume."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from skillgap.document.options import ReadOptions
from skillgap.document.reader import load_file, read_document
from skillgap.errors import UsageError
from skillgap.report.blind import blinded
from skillgap.report.build import build_report
from skillgap.report.choice import ROLES, BlindOptions
from skillgap.report.explain import Explanation, Weighings, explain
from skillgap.report.model import (
    CrossingRecord,
    FitReport,
    PlanRecord,
    ScoreRecord,
    Signature,
    WhatIfRecord,
)
from skillgap.report.ways import crossing_record, plan_record
from skillgap.resume.clock import day_of
from skillgap.resume.dates import month_number
from skillgap.resume.segment import segment
from skillgap.score.crossing import plan_crossing
from skillgap.score.evidence import weigh, with_skills
from skillgap.score.fit import assess, fit_score
from skillgap.score.lean import lean
from skillgap.score.model import Evidence, Fit, Lean
from skillgap.score.plan import default_target, plan_fit
from skillgap.score.policy import DEFAULT_POLICY, ScoringPolicy
from skillgap.taxonomy.load import load_taxonomy
from skillgap.taxonomy.lookup import look_up
from skillgap.taxonomy.model import Taxonomy

if TYPE_CHECKING:
    from skillgap.document.model import Document
    from skillgap.extract.extractor import Extractor
    from skillgap.extract.model import Mention

_HASH_SHOWN = 12  # characters of a hash: enough to tell two apart, short enough to read aloud
_ENGINES = ("spacy", "pypdfium2", "pdfminer.six")
_OPTIONAL_ENGINES = ("rapidocr", "onnxruntime")  # of the extra `ocr`


class Analyzer:
    """Reads resumes and says how they fit; build one and use it for many.

    Everything heavy is loaded on first use: building an analyzer costs nothing.

    Args:
        taxonomy: A taxonomy, the path of a compiled one or of a folder of TOML; the bundled one
            when None.
        roles: Ids of the roles to score, in the order they are reported; or the id of one.
        policy: The knobs of the score.
        options: How files are read.

    Raises:
        UsageError: No role is named.

    >>> report = Analyzer(roles=["ds"]).analyze_text("Skills: Python, SQL", as_of=date(2026, 1, 1))
    >>> [skill.id for skill in report.held]
    ['python', 'sql']
    """

    def __init__(
        self,
        taxonomy: Taxonomy | str | PathLike[str] | None = None,
        *,
        roles: Sequence[str] | str = ROLES,
        policy: ScoringPolicy = DEFAULT_POLICY,
        options: ReadOptions | None = None,
    ) -> None:
        self._taxonomy = taxonomy
        self.roles = _role_ids(roles)
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
        assume: Iterable[str] = (),
        target: float | None = None,
        blind: BlindOptions | None = None,
    ) -> FitReport:
        """Analyze one file.

        Args:
            source: A path, the file's bytes, or an open binary file.
            name: What to call the file in the report and in errors; its path by default.
            as_of: The day that "present" means; today by default. It stands in the signature:
                give it to get the same bytes another day.
            assume: Skills to add, what if: ids, names or any written form; a text is one skill.
                The report is then that of the resume with them listed.
            target: The fit to plan for; the next good word by default (`default_target`).
            blind: Mask in the report what tells whom it is about; nothing when None.

        Raises:
            DocumentError: The file cannot be read; its subclasses say why.
            TaxonomyError: The taxonomy cannot be loaded, or does not know a role or a skill.
            TypeError: The source is none of these.
        """
        for role in self.roles:
            self.taxonomy.role(role)  # a wrong role is told before a slow file is read
        assumed = self._look_up(assume)
        document = read_document(source, name=name, options=self.options)
        return self.analyze_document(
            document, as_of=as_of, assume=assumed, target=target, blind=blind
        )

    def analyze_text(
        self,
        text: str,
        *,
        name: str = "text",
        as_of: date | None = None,
        assume: Iterable[str] = (),
        target: float | None = None,
        blind: BlindOptions | None = None,
    ) -> FitReport:
        """Analyze text that was read elsewhere, as if it were a plain text file.

        Raises:
            EmptyDocumentError: There is no letter in the text.
            TaxonomyError: See `analyze`.
        """
        document = read_document(text.encode(), name=name, options=self.options)
        return self.analyze_document(
            document, as_of=as_of, assume=assume, target=target, blind=blind
        )

    def analyze_document(
        self,
        document: Document,
        *,
        as_of: date | None = None,
        assume: Iterable[str] = (),
        target: float | None = None,
        blind: BlindOptions | None = None,
    ) -> FitReport:
        """Analyze a document: the four steps after reading. For the arguments see `analyze`."""
        assumed = self._look_up(assume)
        day = day_of(as_of)
        resume = segment(document, as_of=day)
        mentions = self.extractor.extract(resume)
        found = weigh(mentions, self.taxonomy, self.policy, resume.entries, today=month_number(day))
        evidence = found
        if assumed:
            evidence = with_skills(found, self.taxonomy, self.policy, assumed)
        odd = {warning.code for warning in (*document.warnings, *resume.warnings)}
        fits = [
            assess(evidence, self.taxonomy.role(role), self.taxonomy, self.policy, odd=odd)
            for role in self.roles
        ]
        first, second = (self.taxonomy.role(role) for role in ROLES)
        leaning = lean(evidence, first, second, self.policy)
        report = build_report(
            resume,
            evidence,
            fits,
            leaning,
            towards=(first.id, second.id),
            taxonomy=self.taxonomy,
            signature=self.signature(day),
            policy=self.policy,
            plans=[self._plan(fit, target) for fit in fits],
            crossing=self._crossing(leaning, evidence),
            what_if=self._what_if(assumed, found) if assumed else None,
        )
        return blinded(report, resume, blind)[0] if blind is not None else report

    def analyze_html(
        self,
        source: str | PathLike[str] | bytes | BinaryIO,
        *,
        name: str | None = None,
        as_of: date | None = None,
        assume: Iterable[str] = (),
        target: float | None = None,
        blind: BlindOptions | None = None,
    ) -> str:
        """Analyze one file and tell the report as one HTML page, with the resume itself in it.

        A PDF's pages are shown as pictures with the evidence marked on them; other formats, and
        blind reports, as text. For the arguments and errors see `analyze`.
        """
        from skillgap.report.html import render_html
        from skillgap.report.original import Original, with_pictures

        assumed = self._look_up(assume)
        called, data = load_file(source, name=name, options=self.options)
        document = read_document(data, name=called, options=self.options)
        report = self.analyze_document(document, as_of=as_of, assume=assumed, target=target)
        if blind is None:
            return render_html(report, with_pictures(document, data, self.options))
        resume = segment(document, as_of=report.signature.as_of)
        masked, text = blinded(report, resume, blind)
        return render_html(masked, Original(text))

    def explain(
        self,
        source: str | PathLike[str] | bytes | BinaryIO,
        skill: str,
        *,
        name: str | None = None,
        as_of: date | None = None,
    ) -> Explanation:
        """Explain one skill of one file: every mention, and every point that rests on it.

        Args:
            source: As of `analyze`.
            skill: Its id, name or any written form.
            name: As of `analyze`.
            as_of: As of `analyze`.

        Raises:
            DocumentError: The file cannot be read.
            TaxonomyError: See `analyze`.
        """
        known = look_up(self.taxonomy, skill)
        roles = tuple(map(self.taxonomy.role, self.roles))
        document = read_document(source, name=name, options=self.options)
        day = day_of(as_of)
        resume = segment(document, as_of=day)
        mentions = self.extractor.extract(resume)

        def weighed(counted: Iterable[Mention]) -> Mapping[str, Evidence]:
            today = month_number(day)
            return weigh(counted, self.taxonomy, self.policy, resume.entries, today=today)

        found = weighed(mentions)
        return explain(
            known,
            resume,
            Weighings(
                found=found,
                without=weighed(m for m in mentions if m.skill != known.id),
                with_it=with_skills(found, self.taxonomy, self.policy, [known.id]),
            ),
            roles,
            taxonomy=self.taxonomy,
            policy=self.policy,
            signature=self.signature(day),
        )

    def _look_up(self, names: Iterable[str]) -> tuple[str, ...]:
        asked = (names,) if isinstance(names, str) else names  # a text is one name
        return tuple(dict.fromkeys(look_up(self.taxonomy, name).id for name in asked))

    def _plan(self, fit: Fit, target: float | None) -> PlanRecord:
        plan = plan_fit(
            fit,
            self.taxonomy.role(fit.role),
            self.taxonomy,
            self.policy,
            target=target if target is not None else default_target(fit.score, self.policy),
        )
        return plan_record(plan, self.taxonomy, self.policy)

    def _crossing(self, leaning: Lean, evidence: Mapping[str, Evidence]) -> CrossingRecord | None:
        if leaning.role is None:
            return None
        start = self.taxonomy.role(leaning.role)
        to = self.taxonomy.role(next(role for role in ROLES if role != leaning.role))
        crossing = plan_crossing(evidence, start, to, self.taxonomy, self.policy)
        return crossing_record(crossing, self.taxonomy)

    def _what_if(self, assumed: Sequence[str], evidence: Mapping[str, Evidence]) -> WhatIfRecord:
        first, second = map(self.taxonomy.role, ROLES)
        return WhatIfRecord(
            skills=tuple(assumed),
            labels=tuple(self.taxonomy.skill(skill).label for skill in assumed),
            before=tuple(
                ScoreRecord(role=role, score=fit_score(evidence, self.taxonomy.role(role)))
                for role in self.roles
            ),
            net_share_before=lean(evidence, first, second, self.policy).net_share,
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


def _role_ids(roles: Sequence[str] | str) -> tuple[str, ...]:
    """Return the ids of roles, each once; a text is one id and no row of letters."""
    ids = (roles,) if isinstance(roles, str) else tuple(dict.fromkeys(roles))
    if not ids:
        raise UsageError("no role to score; name one, such as mle")
    return ids


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
    roles: Sequence[str] | str = ROLES,
    name: str | None = None,
    as_of: date | None = None,
    assume: Iterable[str] = (),
    target: float | None = None,
    blind: BlindOptions | None = None,
) -> FitReport:
    """Analyze one resume with the bundled taxonomy: see `Analyzer.analyze`.

    The first call loads the taxonomy and spaCy, about a second; later ones take milliseconds.
    """
    analyzer = _default_analyzer(_role_ids(roles))
    return analyzer.analyze(
        source, name=name, as_of=as_of, assume=assume, target=target, blind=blind
    )
