"""How articles write what the data hold: found in every form, and never inside another figure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillgap.taxonomy import written
from skillgap.taxonomy.model import Tier
from skillgap.taxonomy.written import Written

_STANDS = [
    pytest.param(written.share(0.63), "Python (63%)", id="percent"),
    pytest.param(written.share(0.069), "6.9% of postings", id="percent with a decimal"),
    pytest.param(written.share(0.07), "7 percent", id="percent in letters"),
    pytest.param(written.share(0.5), "overlap of 0.50", id="decimal"),
    pytest.param(written.share(0.29), "Charts 29%", id="share that is no exact binary number"),
    pytest.param(written.share(1.0), "100%", id="all"),
    pytest.param(written.dollars(235_600), "RLHF $235,600 39", id="dollars in full"),
    pytest.param(written.dollars(235_600), "about $235.6K", id="dollars in thousands"),
    pytest.param(written.dollars(235_600), "235.6k", id="thousands without sign"),
    pytest.param(written.dollars(160_000), "| $160k | $281k |", id="round thousands"),
    pytest.param(written.count(7317), "7,317 postings", id="count with a comma"),
    pytest.param(written.count(7317), "n=7317", id="count without"),
    pytest.param(written.count(39), "RLHF $235,600 39", id="count at the end"),
    pytest.param(written.span(0, 2, "years"), "Junior (0–2 yrs)", id="years"),
    pytest.param(written.span(10, None, "years"), "Director (10+ yrs)", id="open end"),
    pytest.param(written.span(3, 5, "years"), "3 to 5 years", id="range in words"),
    pytest.param(written.span(6, 18, "months"), "in 6–18 months", id="months"),
    pytest.param(written.span(0.3, 0.4, "share"), "30–40% of tasks", id="range of shares"),
    pytest.param(written.span(0.3, 0.4, "share"), "30%-40%", id="percent twice"),
    pytest.param(written.span(None, 6, "months"), "6 months", id="upper end alone"),
    pytest.param(written.span(2, 3, ""), "2-3 jobs", id="no unit"),
    pytest.param(written.date("2026-06"), "as of June 2026", id="month"),
    pytest.param(written.date("2026"), "in 2026", id="year"),
    pytest.param(written.words("LLM"), "evaluate LLMs", id="plural"),
    pytest.param(written.words("R"), "Python / RCritical", id="cell without a border"),
    pytest.param(written.words("C++"), "Python/Go/C++ code", id="signs at the end"),
    pytest.param(written.words("(ML) algorithms"), "learning (ML) algorithms", id="brackets"),
    pytest.param(written.any_words(("Go", "Rust")), "written in Rust", id="any of two"),
    pytest.param(written.tier(Tier.LESS_CRITICAL), "MLOpsLess Critical", id="longer tier"),
    pytest.param(written.tier(Tier.CRITICAL), "DesignCritical", id="tier"),
]

_MISSING = [
    pytest.param(written.share(0.63), "163%", id="end of a longer number"),
    pytest.param(written.share(0.13), "113%", id="the same for 13"),
    pytest.param(written.share(0.09), "6.09%", id="after a decimal point"),
    pytest.param(written.share(0.63), "63 postings", id="no percent sign"),
    pytest.param(written.share(0.4), "30–40%", id="end of a range"),
    pytest.param(written.share(0.5), "0.55", id="longer decimal"),
    pytest.param(written.share(0.5), "10.5", id="larger decimal"),
    pytest.param(written.share(0.5), "0.5%", id="decimal in percent"),
    pytest.param(written.dollars(35_600), "$235,600", id="end of an amount"),
    pytest.param(written.dollars(235_600), "$235,6001", id="start of an amount"),
    pytest.param(written.dollars(160_000), "$160", id="no thousands"),
    pytest.param(written.dollars(160_000), "160,000 jobs", id="no dollars"),
    pytest.param(written.dollars(281_000), "$1,281k", id="more thousands"),
    pytest.param(written.count(317), "7,317", id="end of a count"),
    pytest.param(written.count(7), "7,317", id="start of a count"),
    pytest.param(written.count(39), "$39", id="money"),
    pytest.param(written.count(39), "39%", id="percent"),
    pytest.param(written.count(15), "SOC 15-1252", id="part of a code"),
    pytest.param(written.span(0, 2, "years"), "10–2 yrs", id="start of a range"),
    pytest.param(written.span(6, 18, "months"), "6–18 years", id="other unit"),
    pytest.param(written.span(10, None, "years"), "10 yrs", id="no plus"),
    pytest.param(written.date("2026-06"), "June 2025", id="other year"),
    pytest.param(written.words("RAG"), "FRAGILE", id="inside a word"),
    pytest.param(written.words("R"), "the RAG system", id="first letter of a word"),
    pytest.param(written.words("model"), "modeling", id="start of a word"),
    pytest.param(written.words("Python"), "python", id="other case"),
    pytest.param(written.words(""), "anything", id="nothing to find"),
    pytest.param(written.any_words(()), "anything", id="no forms"),
    pytest.param(written.tier(Tier.CRITICAL), "MLOpsLess Critical", id="end of a longer tier"),
]


@pytest.mark.parametrize(("thing", "line"), _STANDS)
def test_it_is_found_in_every_form(thing: Written, line: str) -> None:
    """The data hold one form, articles many."""
    assert thing.stands_in(line)


@pytest.mark.parametrize(("thing", "line"), _MISSING)
def test_it_is_not_found_inside_something_else(thing: Written, line: str) -> None:
    """A figure is a whole number, a word a whole word."""
    assert not thing.stands_in(line)


@given(st.integers(1, 999), st.integers(1, 999))
def test_a_share_is_found_in_its_own_percentage_alone(tenths: int, others: int) -> None:
    """Over all shares to a tenth of a percent: written so, found; written otherwise, not."""
    line = f"asked for in {others / 10:g}% of postings"

    assert written.share(tenths / 1000).stands_in(line) == (tenths == others)


@given(st.integers(1, 2_000_000), st.integers(1, 2_000_000))
def test_an_amount_is_found_in_itself_alone(amount: int, other: int) -> None:
    """With commas or without, no amount stands in another."""
    for line in (f"${other:,} a year", f"${other} a year"):
        assert written.dollars(amount).stands_in(line) == (amount == other)


@given(st.integers(0, 100_000), st.integers(0, 100_000))
def test_a_count_is_found_in_itself_alone(number: int, other: int) -> None:
    """With commas or without, no count stands in another."""
    for line in (f"n={other:,}", f"({other} jobs)"):
        assert written.count(number).stands_in(line) == (number == other)
