"""Items that go on over the foot of a page, and what belongs to the pages instead."""

from __future__ import annotations

import pytest

from skillgap.document.options import Engine, ReadOptions
from skillgap.document.pdf import PdfReader
from tests.document.portable import column, pdf, text

_FIRST = ["Experience", "Acme Ltd", "\x02 Built models of churn for", "the whole company and"]
_SECOND = ["its partners abroad", "\x02 Wrote reports for the board", "each month", "Education"]
_READ = [line.replace("\x02", "•") for line in (*_FIRST, *_SECOND)]
_NAME = "Ann Example"


def _body(lines: list[str], y: float, x: float = 50) -> str:
    return column(x, y, lines)


def _lines(*pages: str, engine: Engine = Engine.PDFIUM) -> list[str]:
    document = PdfReader().read(pdf(*pages), "resume.pdf", ReadOptions(engine=engine))
    return document.text.split("\n")


def _title() -> str:
    return text(50, 60, _NAME, size=22)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(
            text(280, 760, "Page 1 of 2"),
            text(280, 760, "Page 2 of 2"),
            [_NAME, *_READ],
            id="page numbers",
        ),
        pytest.param(text(300, 765, "1"), text(300, 765, "2"), [_NAME, *_READ], id="lone numbers"),
        pytest.param(
            text(50, 760, "ann.example.com"),
            text(50, 760, "ann.example.com"),
            [_NAME, *_READ, "ann.example.com"],
            id="a footer, kept on its last page",
        ),
        pytest.param(
            text(50, 30, "Confidential"),
            text(50, 30, "Confidential"),
            ["Confidential", _NAME, *_READ],
            id="a header, kept on its first page",
        ),
        pytest.param(
            "",
            text(50, 30, "Ann Example - Resume") + text(500, 30, "Page 2"),
            [_NAME, *_READ],
            id="the name above the second page",
        ),
        pytest.param(
            text(50, 760, "Berlin, 2019"),
            text(50, 30, "Python, SQL"),
            [_NAME, *_READ[:4], "Berlin, 2019", "Python, SQL", *_READ[4:]],
            id="text of its own at the edges stays",
        ),
    ],
)
@pytest.mark.parametrize("engine", [Engine.PDFIUM, Engine.PDFMINER])
def test_headers_and_footers_do_not_cut_an_item(
    first: str, second: str, expected: list[str], engine: Engine
) -> None:
    """What repeats on the pages, and their numbers, never stands inside an item."""
    one = _title() + _body(_FIRST, 690) + first
    two = _body(_SECOND, 60) + second

    assert _lines(one, two, engine=engine) == expected


def test_the_only_page_keeps_all_its_rows() -> None:
    """With one page nothing can repeat, and nothing is left out."""
    page = _title() + _body(["Experience"], 300) + text(300, 765, "1")

    assert _lines(page) == [_NAME, "Experience", "1"]


def test_pages_of_nothing_but_numbers_keep_them() -> None:
    """A file is never emptied."""
    assert _lines(text(300, 765, "1"), text(300, 765, "2")) == ["1", "2"]


def test_a_profile_exported_from_a_network() -> None:
    """A narrow sidebar, footers with page numbers, and a job that goes on over the page."""
    side = column(40, 60, ["Contact", "ann@example.com", "", "Top Skills", "Python", "SQL"])
    job = ["Acme Ltd", "Data Scientist", "January 2020 - Present (3 years 2 months)", "Testville"]
    main = text(220, 58, "Ann Example", size=24) + column(
        220, 84, ["Data Scientist at Acme Ltd", "", "Summary", "Likes charts."], leading=15
    )
    one = side + main + column(220, 690, ["Experience", *job, "Builds models of churn and"])
    two = column(220, 60, ["of demand, and writes reports.", "", "Education", "Example University"])

    read = _lines(one + text(500, 775, "Page 1 of 2"), two + text(500, 775, "Page 2 of 2"))

    assert read[:5] == ["Contact", "ann@example.com", "Top Skills", "Python", "SQL"]
    assert read[5:9] == ["Ann Example", "Data Scientist at Acme Ltd", "Summary", "Likes charts."]
    assert read[9:] == [
        *("Experience", *job, "Builds models of churn and", "of demand, and writes reports."),
        *("Education", "Example University"),
    ]


def test_a_column_beside_text_that_goes_on_is_read_before_it() -> None:
    """A sidebar on the right does not part an item from its end on the next page."""
    side = column(420, 120, ["Skills", "Python", "SQL", "Docker"])
    main = column(50, 120, ["Profile", "Likes charts", "and reports"]) + _body(_FIRST, 700)
    two = _body(_SECOND, 60)

    read = _lines(_title() + main + side, two)

    assert read[:5] == [_NAME, "Skills", "Python", "SQL", "Docker"]
    assert read[5:] == ["Profile", "Likes charts", "and reports", *_READ]


def test_a_column_beside_text_that_goes_on_below_it_is_read_before_it() -> None:
    """A box on the right that ends inside a list does not part its items."""
    skills = ["Skills", "Python", "SQL", "Docker"]
    long = (
        "\x02 Wrote an item so long that it reaches under the box, and on to the edge of the page"
    )
    items = ["Experience", "\x02 Built models", "\x02 Led a team", "of two people", long]
    page = _title() + column(50, 120, items, leading=13) + column(420, 120, skills)

    read = _lines(page)

    assert read == [_NAME, *skills, *(item.replace("\x02", "•") for item in items)]


def test_a_column_on_the_left_is_read_behind_what_goes_on() -> None:
    """A sidebar on the second page does not stand inside an item of the first."""
    side = column(50, 58, ["Skills", "Python", "SQL", "Docker"], leading=15)
    two = column(200, 60, [*_SECOND, "MSc Statistics"]) + side

    read = _lines(_title() + column(200, 690, _FIRST), two)

    assert read == [_NAME, *_READ, "MSc Statistics", "Skills", "Python", "SQL", "Docker"]
