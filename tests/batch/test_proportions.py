"""Intervals of shares and of ratios: bounds, known values, and another library's answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillgap.batch.proportions import katz, wilson


@st.composite
def counts(draw: st.DrawFn, least: int = 0) -> tuple[int, int]:
    """Return how many, and of how many."""
    n = draw(st.integers(max(1, least), 500))
    return draw(st.integers(least, n)), n


@given(counts())
def test_an_interval_holds_its_share(pair: tuple[int, int]) -> None:
    """It stays within 0 and 1 and is never empty."""
    count, n = pair

    low, high = wilson(count, n)

    assert 0 <= low <= count / n <= high <= 1
    assert low < high


@given(counts(), counts(least=1))
def test_an_interval_holds_its_ratio(one: tuple[int, int], other: tuple[int, int]) -> None:
    """Also where the log method alone has no answer."""
    low, high = katz(*one, *other)

    assert 0 <= low <= (one[0] / one[1]) / (other[0] / other[1]) * (1 + 1e-9)
    assert (one[0] / one[1]) / (other[0] / other[1]) <= high * (1 + 1e-9)


@given(counts(least=1), counts(least=1))
def test_turning_a_ratio_round_turns_its_interval(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    """The bounds of b to a are one over those of a to b."""
    low, high = katz(*one, *other)
    turned_low, turned_high = katz(*other, *one)

    assert low == pytest.approx(1 / turned_high)
    assert high == pytest.approx(1 / turned_low)


def test_more_people_say_more() -> None:
    """The same share of a hundred times as many has a tenth of the width."""
    few, many = wilson(3, 10), wilson(300, 1000)

    assert (many[1] - many[0]) < (few[1] - few[0]) / 8


@pytest.mark.parametrize(("count", "n"), [(0, 7), (3, 10), (81, 263), (7, 7)])
def test_shares_agree_with_scipy(count: int, n: int) -> None:
    """The interval "wilson" of scipy for a binomial share is the same."""
    stats = pytest.importorskip("scipy.stats", reason="comes with the extra audit-test")

    theirs = stats.binomtest(count, n).proportion_ci(method="wilson")

    assert wilson(count, n) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@pytest.mark.parametrize(("count", "n", "other", "other_n"), [(20, 50, 30, 50), (1, 9, 70, 81)])
def test_ratios_agree_with_scipy(count: int, n: int, other: int, other_n: int) -> None:
    """The interval that scipy gives a relative risk is the log method too."""
    contingency = pytest.importorskip(
        "scipy.stats.contingency", reason="comes with the extra audit-test"
    )

    theirs = contingency.relative_risk(count, n, other, other_n).confidence_interval()

    assert katz(count, n, other, other_n) == pytest.approx((theirs.low, theirs.high))
