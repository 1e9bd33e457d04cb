"""Whole reports, word for word: what a change to data or scoring does to what people read.

Renew the files with `pytest --renew-golden`, and look at the diff before you commit it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from skillgap.analyzer import Analyzer
from skillgap.report.choice import Detail
from skillgap.report.text import render_text


@pytest.mark.parametrize("file", ["mle-senior.pdf", "ds-mid.docx"])
def test_the_report_of_an_example(
    file: str, resumes: Path, analyzer: Analyzer, as_of: date, golden: Callable[[str, str], None]
) -> None:
    """With all there is; versions and hashes are not in it, so nothing has to be scrubbed."""
    report = analyzer.analyze(resumes / file, name=file, as_of=as_of)

    golden(f"{file}.txt", render_text(report, detail=Detail(evidence=True, gaps=6, plan=True)))
