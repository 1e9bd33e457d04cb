"""The report as Markdown: complete, and never more markup than we wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from skillgap.analyzer import Analyzer
from skillgap.report.markdown import escaped, render_markdown
from skillgap.report.model import FitReport

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
HOSTILE = """Skills
[Python](https://evil.example.com) and ![SQL](https://evil.example.com/x.png)
<script>alert(1)</script> Docker | PyTorch | **pandas** `R` <https://evil.example.com>
# Kubernetes
- [ ] @somebody www.example.com &lt; Airflow ~~Spark~~ $x$ C++17 c:\\Keras
"""


def _tokens(text: str) -> Iterator[Token]:
    for token in MARKDOWN.parse(text):
        yield token
        yield from token.children or ()


@given(st.text(max_size=60))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    """For any text: no markup comes of it, and no letter is lost."""
    told = f"x {escaped(text)} x"

    tokens = list(_tokens(told))

    assert {token.type for token in tokens} <= {
        "paragraph_open",
        "paragraph_close",
        "inline",
        "text",
        "text_special",
    }
    shown = "".join(token.content for token in tokens if token.type.startswith("text"))
    readable = "".join(c if c.isprintable() else " " for c in text)
    assert " ".join(shown.split()) == " ".join(f"x {readable} x".split())


def test_a_hostile_resume_brings_no_markup(analyze: Callable[..., FitReport]) -> None:
    """No link, picture, HTML or row of a table that we did not write, also from the file's name."""
    report = analyze(HOSTILE, name="<b>a|b</b>[x](y).txt")

    told = render_markdown(report)

    kinds = {token.type for token in _tokens(told)}
    assert not kinds & {"link_open", "image", "html_inline", "html_block", "s_open", "fence"}
    assert "@somebody" not in told.replace("\\@", "")
    assert not re.search(r"https?://|www\.", told)
    rows = [line for line in told.splitlines() if line.startswith("|")]
    cells = [len(re.findall(r"(?<!\\)\|", row)) for row in rows]
    assert len(cells) > 10
    assert set(cells) <= {3, 5, 6}


def test_every_skill_notice_and_quote_is_told(analyze: Callable[..., FitReport]) -> None:
    """Nothing of the first screen and of the evidence is left out."""
    report = analyze("Skills\nPython, SQL, no Spark\n\nSummary\nEager to learn Rust\n")

    told = render_markdown(report)

    for skill in report.skills:
        assert f"**{escaped(skill.label)}**" in told
    for notice in report.notices:
        assert escaped(notice.message) in told
    assert "“**Python**, SQL, no Spark” (p. 1, skills)" in told
    for fit in report.fits:
        assert all(escaped(gap.label) in told for gap in fit.gaps)


@pytest.mark.parametrize("file", ["mle-senior.pdf", "ds-mid.docx"])
def test_the_markdown_of_an_example(
    file: str, resumes: Path, analyzer: Analyzer, as_of: date, golden: Callable[[str, str], None]
) -> None:
    """Word for word, save what made the numbers."""
    report = analyzer.analyze(resumes / file, name=file, as_of=as_of)

    told, _, signature = render_markdown(report).partition("## Signature")

    assert report.signature.taxonomy in signature
    golden(f"{file}.md", told)
