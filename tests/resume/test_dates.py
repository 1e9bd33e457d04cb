"""Dates and ranges in every way that resumes write them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillgap.document.model import Span
from skillgap.resume.dates import (
    FoundDates,
    find_dates,
    goes_on,
    join_dates,
    may_hold_dates,
    months_of,
)
from skillgap.resume.model import MonthRange

AS_OF = date(2026, 11, 1)


def found_in(text: str) -> tuple[FoundDates, ...]:
    return find_dates(text, Span(0, len(text)))


def months_in(text: str) -> str | None:
    """The months of the only dates in a text, as `2019-01..2020-03`."""
    (found,) = found_in(text)
    months = months_of(found, as_of=AS_OF)
    if months is None:
        return None
    first, last = (f"{month // 12}-{month % 12 + 1:02}" for month in months)
    return f"{first}..{last}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Jan 2019 – Mar 2020", "2019-01..2020-03", id="short names"),
        pytest.param("January 2019 to March 2020", "2019-01..2020-03", id="full names"),
        pytest.param("Sept. 2019 — Feb. 2020", "2019-09..2020-02", id="dots"),
        pytest.param("Sept '19 - Oct '20", "2019-09..2020-10", id="apostrophes"),
        pytest.param("Sep 21 - Dec 22", "2021-09..2022-12", id="short years"),
        pytest.param("Sep ’21 – Dec ’22", "2021-09..2022-12", id="typographic apostrophes"),
        pytest.param("Jan, 2019 - Mar, 2020", "2019-01..2020-03", id="commas"),
        pytest.param("Jul-2020 to Jun-2021", "2020-07..2021-06", id="hyphens inside"),
        pytest.param("1st March 2019 to 3rd April 2020", "2019-03..2020-04", id="days"),
        pytest.param("March 1, 2019 - April 3, 2020", "2019-03..2020-04", id="American days"),
        pytest.param("01/2018-03/20", "2018-01..2020-03", id="one year short"),
        pytest.param("2016/17", "2016-07..2017-06", id="academic year"),
        pytest.param("2016/2017", "2016-07..2017-06", id="academic year in full"),
        pytest.param("01/18 – 03/20", "2018-01..2020-03", id="both years short"),
        pytest.param("2024Research Assistant", "2024-01..2024-12", id="glued before a title"),
        pytest.param("Engineer2019 – 2021", "2019-07..2021-06", id="glued behind a title"),
        pytest.param("2019 – 2021Engineer", "2019-07..2021-06", id="a range before a title"),
        pytest.param("EngineerJan 2019 – Mar 2021", "2019-01..2021-03", id="a glued month"),
        pytest.param("Engineer03/2018 - 12/2020", "2018-03..2020-12", id="a glued number"),
        pytest.param("FÉVRIER 2019 – DÉC 2020", "2019-02..2020-12", id="accents in capitals"),
        pytest.param("01/2018 - 03/2020", "2018-01..2020-03", id="slashes"),
        pytest.param("02.2017 – 08.2020", "2017-02..2020-08", id="dots between figures"),
        pytest.param("2019-03 – 2020-04", "2019-03..2020-04", id="ISO months"),
        pytest.param("2019/03 – 2020/04", "2019-03..2020-04", id="ISO with slashes"),
        pytest.param("2019-03-01 — 2020-04-30", "2019-03..2020-04", id="ISO days"),
        pytest.param("12/31/2018 - 01/02/2019", "2018-12..2019-01", id="American figures"),
        pytest.param("31.12.2018 - 01.02.2019", "2018-12..2019-02", id="day first with dots"),
        pytest.param("Jan – Mar 2019", "2019-01..2019-03", id="year once"),
        pytest.param("Nov–Jan 2020", "2019-11..2020-01", id="year once, over new year"),
        pytest.param("Q3 2020 – Q1 2021", "2020-07..2021-03", id="quarters"),
        pytest.param("2020 Q3", "2020-07..2020-09", id="quarter behind"),
        pytest.param("H1 2020", "2020-01..2020-06", id="half"),
        pytest.param("Spring 2019 – Fall 2020", "2019-03..2020-11", id="seasons"),
        pytest.param("Summer 2019", "2019-06..2019-08", id="a season"),
        pytest.param("Winter 2022", "2022-01..2022-03", id="winter term"),
        pytest.param("mid-2019 to late 2020", "2019-05..2020-12", id="parts of years"),
        pytest.param("jul/2022 – fev/2024", "2022-07..2024-02", id="Portuguese"),
        pytest.param("2012–2015", "2012-07..2015-06", id="years are three years"),
        pytest.param("2019–2020", "2019-07..2020-06", id="years are one year"),
        pytest.param("2022-23", "2022-07..2023-06", id="second year short"),
        pytest.param("1998-02", "1998-02..1998-02", id="a month, not 1998 to 2002"),
        pytest.param("2011–12", "2011-07..2012-06", id="with a dash, no month"),
        pytest.param("2019", "2019-01..2019-12", id="a year alone is all of it"),
        pytest.param("2017 – jan 2020", "2017-07..2020-01", id="year to month"),
        pytest.param("March 2018", "2018-03..2018-03", id="a month alone"),
        pytest.param("05/2019", "2019-05..2019-05", id="month and year"),
        pytest.param("2016-01–2019- 10", "2016-01..2019-10", id="broken after the year"),
        pytest.param("Analyst2017-08 – 2019-12", "2017-08..2019-12", id="glued to a word"),
    ],
)
def test_dates_give_their_months(text, expected):
    """Each way of writing a date or range is understood."""
    assert months_in(text) == expected


@pytest.mark.parametrize("dash", ["-", "–", "—", "−", "‒", "~", "->", "→", "to", "until", "till"])
def test_every_dash_makes_a_range(dash):
    """Ranges are joined by any dash or arrow, and by words for "to"."""
    assert months_in(f"Jan 2019 {dash} Mar 2020") == "2019-01..2020-03"


@pytest.mark.parametrize(
    "text",
    [
        "Mar 2018 – Present",
        "March 2018 to date",
        "03/2018 - now",
        "Mar. 2018 - Current",
        "2018-03 – ongoing",
        "Mar-2018 to till date",
        "Mar 2018 till date",
        "Mar 2018 – to date",
        "mar/2018 – atual",
        "since 03/2018",
        "Since March 2018",
        "(Mar 2018 – )",
        "Mar 2018-TODAY",
    ],
)
def test_open_ends_run_to_the_given_date(text):
    """A range that goes on ends in the month of `as_of` and is current."""
    (found,) = found_in(text)

    assert months_in(text) == "2018-03..2026-11"
    assert goes_on(found, as_of=AS_OF)


@pytest.mark.parametrize(
    "text",
    [
        "900-1000 req/s",
        "555-010-0199",
        "+44 2079 460 1990",
        "2 1/2 years",
        "24/7",
        "2000 users",
        "$2019",
        "v.10/20",
        "1,2019",
        "3.2019.4.1",
        "May 20 people",
        "03/20",
        "ISO-2019",
        "95% of 12/15",
        "GPA 3.8/4.0",
        "",
    ],
)
def test_other_numbers_are_no_dates(text):
    """Amounts, rates, phone numbers and fractions are not taken for dates."""
    assert found_in(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2020 – 2018", id="backwards"),
        pytest.param("Mar 2027", id="a single one to come"),
        pytest.param("2028 – 2030", id="all to come"),
    ],
)
def test_impossible_ranges_have_no_months(text):
    """A range that runs backwards or has not begun covers no months."""
    assert months_in(text) is None


def test_an_end_to_come_is_clipped_and_current():
    """Studies that end next year count up to `as_of`."""
    (found,) = found_in("Aug 2024 – Jun 2027")

    assert months_in("Aug 2024 – Jun 2027") == "2024-08..2026-11"
    assert goes_on(found, as_of=AS_OF)


def test_dates_carry_their_place():
    """The span covers the whole range and nothing else."""
    text = "Analyst, Acme (since 2019) and Jan 2015 – Mar 2018"

    spans = [text[found.span.start : found.span.end] for found in found_in(text)]

    assert spans == ["since 2019", "Jan 2015 – Mar 2018"]


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [
        pytest.param("Jan 2019 –", "Present", (2019 * 12, 2026 * 12 + 10), id="dash above"),
        pytest.param("Jan 2019", "– Mar 2020", (2019 * 12, 2020 * 12 + 2), id="dash below"),
        pytest.param("Jan 2019", "Mar 2020", (2019 * 12, 2020 * 12 + 2), id="no dash"),
        pytest.param("2019-01 – 2020-", "03 Built it", (2019 * 12, 2020 * 12 + 2), id="cut"),
        pytest.param("Jan 2019", "Mar 2020 was a hard month", None, id="a sentence"),
        pytest.param("Jan 2019", "Mar 2018", None, id="backwards"),
        pytest.param("Jan 2019 – Mar 2020", "Present", None, id="complete above"),
    ],
)
def test_ranges_over_two_lines(upper, lower, expected):
    """The end of a range may stand at the start of the next line."""
    text = f"{upper}\n{lower}"
    above, below = Span(0, len(upper)), Span(len(upper) + 1, len(text))
    (found,) = find_dates(text, above)

    joined = join_dates(found, text, below)

    months = months_of(joined[0], as_of=AS_OF) if joined else None
    assert months == (MonthRange(*expected) if expected else None)


FORMATS = [
    lambda y, m: f"{y}-{m:02}",
    lambda y, m: f"{y}/{m:02}",
    lambda y, m: f"{m:02}/{y}",
    lambda y, m: f"{m:02}.{y}",
    lambda y, m: date(y, m, 1).strftime("%b %Y"),
    lambda y, m: date(y, m, 1).strftime("%B %Y"),
    lambda y, m: date(y, m, 1).strftime("%b. '%y"),
    lambda y, m: date(y, m, 1).strftime("%B, %Y"),
    lambda y, m: date(y, m, 1).strftime("%Y-%m-%d"),
    lambda y, m: date(y, m, 1).strftime("%d %B %Y"),
    lambda y, m: date(y, m, 1).strftime("%b-%Y"),
    lambda y, m: date(y, m, 1).strftime("%B %d, %Y"),
]
MONTHS = st.integers(1975 * 12, 2026 * 12 + 10)


@given(
    months=st.tuples(MONTHS, MONTHS).map(sorted),
    first=st.sampled_from(FORMATS),
    last=st.sampled_from(FORMATS),
    dash=st.sampled_from([" - ", " – ", "—", " to ", " until "]),
)
def test_a_range_written_down_is_read_back(months, first, last, dash):
    """Whatever the formats of its two dates, a range survives writing and reading."""
    start, end = months
    text = first(start // 12, start % 12 + 1) + dash + last(end // 12, end % 12 + 1)

    (found,) = found_in(text)

    assert months_of(found, as_of=AS_OF) == (start, end)
    assert found.span == (0, len(text))


@given(st.text(alphabet=" 0123456789-–/.'(),JanFebMrchQsincetoprMay\n", max_size=60))
def test_any_figures_can_be_searched(text):
    """No text breaks the search; what is found lies in order inside it and passes the look."""
    found = found_in(text)

    spans = [dates.span for dates in found]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert not found or may_hold_dates(text)
    for dates in found:
        months = months_of(dates, as_of=AS_OF)
        assert months is None or months.first <= months.last <= 2026 * 12 + 10
