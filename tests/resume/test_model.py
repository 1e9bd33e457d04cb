"""The values of the second step."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skillgap.resume.model import MonthRange, months_covered

RANGES = st.lists(
    st.tuples(st.integers(0, 120), st.integers(0, 30)).map(lambda r: MonthRange(r[0], r[0] + r[1]))
)


@given(RANGES)
def test_months_covered_counts_each_month_once(ranges):
    """The count equals that of a plain set of months."""
    naive = {month for first, last in ranges for month in range(first, last + 1)}

    assert months_covered(ranges) == len(naive)
