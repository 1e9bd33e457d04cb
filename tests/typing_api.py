"""Calls of the public API that must type-check: `mypy tests/typing_api.py`. It is never run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import assert_type

import skillgap
from skillgap import (
    Analyzer,
    DocumentError,
    Engine,
    FitReport,
    Limits,
    ReadOptions,
    Run,
    ScoringPolicy,
    SkillgapError,
    Skipped,
    StoreError,
    Taxonomy,
    TaxonomyError,
    UnsupportedFormatError,
    analyze,
    analyze_many,
    load_taxonomy,
)


def every_kind_of_source() -> None:
    """A resume is a path, bytes or an open file."""
    day = date(2026, 1, 1)
    assert_type(analyze("resume.pdf"), FitReport)
    assert_type(analyze(Path("resume.pdf"), roles=["mle"]), FitReport)
    assert_type(analyze(b"Skills: Python", name="resume.txt", as_of=day), FitReport)
    assert_type(analyze(BytesIO(b"Skills: Python"), roles=("ds",)), FitReport)
    with Path("resume.pdf").open("rb") as stream:
        assert_type(skillgap.analyze(stream), FitReport)


def every_knob(password: str) -> None:
    """An analyzer takes a taxonomy, roles, a policy and reading options."""
    taxonomy = load_taxonomy()
    assert_type(taxonomy, Taxonomy)
    options = ReadOptions(engine=Engine.PDFIUM, password=password, limits=Limits(max_pages=2))
    analyzer = Analyzer(taxonomy, roles=["ds", "mle"], policy=ScoringPolicy(), options=options)
    assert_type(analyzer.taxonomy, Taxonomy)
    assert_type(analyzer.analyze_text("Python"), FitReport)
    Analyzer("compiled.json")
    Analyzer(Path("taxonomy"))


def what_a_report_says(report: FitReport) -> None:
    """Scores are numbers, ids are words, and evidence is counted in characters of the text."""
    fit = report.fit("mle")
    assert_type(fit.score, float)
    assert_type(fit.interval, tuple[float, float])
    assert_type([gap.lift for gap in fit.gaps], list[float])
    assert_type(report.lean.role, str | None)
    assert_type(report.signature.as_of, date)
    for skill in report.held:
        assert_type(skill.id, str)
        assert_type([(m.start, m.end, m.page) for m in skill.mentions], list[tuple[int, int, int]])
    assert_type(FitReport.model_validate_json(report.model_dump_json()), FitReport)


def many_files() -> None:
    """Reports in the order of the paths; what cannot be read is a value of its own."""
    found = analyze_many(["a.pdf", Path("b.pdf")], roles=["ds"], workers=2, timeout=5)
    assert_type(found, Iterator[FitReport | Skipped])
    for report in found:
        if isinstance(report, Skipped):
            assert_type(report.reason, str)
        else:
            assert_type(report.fit("ds").score, float)


def what_a_batch_found() -> None:
    """A run is asked for its rows, its reports and its counts."""
    with Run("run.db") as run:
        assert_type(run.counts(), dict[str, int])
        assert_type(run.report("a.pdf"), FitReport)
        for row in run.rows():
            assert_type(row.results["mle"].score, float)
            assert_type(row.held, tuple[str, ...])
        for ranked in run.rank(role="mle", must=["docker"], min_fit=40, lean="mle", top=20):
            assert_type(ranked.rank, int | None)
            assert_type((ranked.row.source, ranked.score), tuple[str, float])
        run.to_frame("polars", rows=run.rank())


def one_clause_for_everything_that_can_go_wrong(file: str) -> str:
    """Errors say what is wrong, where, and what to do."""
    try:
        analyze(file)
    except UnsupportedFormatError as error:
        return error.advice
    except DocumentError as error:
        return f"{error.source} {error.status} {error.reason}"
    except TaxonomyError as error:
        return str(error)
    except StoreError as error:
        return error.reason
    except SkillgapError as error:
        return str(error)
    return ""
