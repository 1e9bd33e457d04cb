"""The order of lines on pages of the usual designs, read with both engines."""

from __future__ import annotations

import pytest

from skillgap.document.options import Engine, ReadOptions
from skillgap.document.pdf import PdfReader
from tests.document.portable import column, pdf, text

_BULLETS = (
    "\x02 Built models of churn for the whole",
    "company and its partners abroad",
    "\x02 Wrote reports for the board each month",
)
_READ_BULLETS = [line.replace("\x02", "•") for line in _BULLETS]
_SKILLS = ("Python", "SQL", "R", "Bash")
_TOOLS = ("Docker", "AWS", "GCP", "Git")
_SIDEBAR = ["Skills", "Python", "SQL", "Docker", "Languages", "English", "German"]


def _heading(x: float, y: float, words: str) -> str:
    return text(x, y, words, size=13, bold=True)


def _name(x: float = 220) -> str:
    return text(x, 60, "Ann Example", size=22, bold=True) + text(x, 80, "ann@example.com")


def _job(x: float, y: float, right: float) -> str:
    return (
        text(x, y, "Data Scientist", bold=True)
        + text(right, y, "2019 - 2023")
        + text(x, y + 12, "Acme Ltd")
        + column(x + 8, y + 26, _BULLETS)
    )


_READ_JOB = ["Data Scientist  2019 - 2023", "Acme Ltd", *_READ_BULLETS]


def _main(x: float, right: float) -> str:
    return (
        _heading(x, 120, "Experience")
        + _job(x, 140, right)
        + _job(x, 220, right)
        + _heading(x, 300, "Education")
        + text(x, 320, "MSc Statistics")
        + text(right, 320, "2014 - 2016")
    )


_READ_MAIN = ["Experience", *_READ_JOB, *_READ_JOB, "Education", "MSc Statistics  2014 - 2016"]


def _sidebar(x: float, leading: float) -> str:
    return (
        _heading(x, 120, "Skills")
        + column(x, 140, _SIDEBAR[1:4], leading=leading)
        + _heading(x, 230, "Languages")
        + column(x, 250, _SIDEBAR[5:], leading=leading)
    )


def _margin_labels(size: float) -> str:
    return (
        text(50, 110, "Summary", size=size)
        + column(160, 110, ["Data scientist of ten years who likes charts", "and short reports."])
        + text(50, 150, "Experience", size=size)
        + column(160, 150, ["Data Scientist, Acme Ltd, 2019 - 2023", *_BULLETS])
        + text(50, 214, "Education", size=size)
        + text(160, 214, "MSc Statistics, University of Nowhere")
    )


_READ_MARGIN_LABELS = [
    "Summary",
    "Data scientist of ten years who likes charts",
    "and short reports.",
    "Experience",
    "Data Scientist, Acme Ltd, 2019 - 2023",
    *_READ_BULLETS,
    "Education",
    "MSc Statistics, University of Nowhere",
]


def _dated(y: float, dates: str, title: str) -> str:
    return (
        text(50, y, dates)
        + text(50, y + 12, "Testville")
        + text(160, y, title, bold=True)
        + text(160, y + 12, "Acme Ltd")
        + column(160, y + 24, _BULLETS)
    )


def _read_dated(dates: str, title: str) -> list[str]:
    return [f"{dates}  {title}", "Testville", "Acme Ltd", *_READ_BULLETS]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param(
            _name() + _sidebar(50, 17) + _main(200, 480),
            ["Ann Example", "ann@example.com", *_SIDEBAR, *_READ_MAIN],
            id="sidebar on the left",
        ),
        pytest.param(
            _name(50) + _main(50, 330) + _sidebar(440, 17),
            ["Ann Example", "ann@example.com", *_READ_MAIN, *_SIDEBAR],
            id="sidebar on the right",
        ),
        pytest.param(
            _name(50) + _main(50, 330) + _sidebar(440, 12),
            ["Ann Example", "ann@example.com", *_READ_MAIN, *_SIDEBAR],
            id="sidebar on the same baselines",
        ),
        pytest.param(
            _name(50) + _main(50, 480), ["Ann Example", "ann@example.com", *_READ_MAIN], id="one"
        ),
        pytest.param(
            _name() + _margin_labels(10),
            ["Ann Example", "ann@example.com", *_READ_MARGIN_LABELS],
            id="labels in the margin",
        ),
        pytest.param(
            _name() + _margin_labels(14),
            ["Ann Example", "ann@example.com", *_READ_MARGIN_LABELS],
            id="large labels in the margin",
        ),
        pytest.param(
            _heading(160, 110, "Experience")
            + _dated(130, "2019 - 2023", "Data Scientist")
            + _dated(200, "2016 - 2019", "Data Analyst"),
            [
                "Experience",
                *_read_dated("2019 - 2023", "Data Scientist"),
                *_read_dated("2016 - 2019", "Data Analyst"),
            ],
            id="dates and places in the margin",
        ),
        pytest.param(
            _heading(50, 110, "Skills")
            + "".join(
                column(x, 130, [f"\x02 {skill}" for skill in skills])
                for x, skills in (
                    (50, _SKILLS),
                    (220, _TOOLS),
                )
            )
            + _heading(50, 190, "Experience")
            + _job(50, 210, 480),
            [
                "Skills",
                *(f"• {skill}" for skill in (*_SKILLS, *_TOOLS)),
                "Experience",
                *_READ_JOB,
            ],
            id="a grid of bullets",
        ),
        pytest.param(
            _heading(50, 110, "Skills")
            + "".join(
                text(50, y, label, bold=True) + text(130, y, values)
                for y, label, values in (
                    (130, "Languages", "Python, SQL, R and a little Scala"),
                    (144, "Tools", "Docker, Kubernetes, Terraform"),
                    (158, "Cloud", "AWS, GCP"),
                )
            )
            + _heading(50, 190, "Experience")
            + _job(50, 210, 480),
            [
                "Skills",
                "Languages  Python, SQL, R and a little Scala",
                "Tools  Docker, Kubernetes, Terraform",
                "Cloud  AWS, GCP",
                "Experience",
                *_READ_JOB,
            ],
            id="a table of labels and values",
        ),
        pytest.param(
            text(50, 60, "Ann Example", size=22)
            + text(50, 80, "Data Scientist")
            + column(420, 56, ["ann@example.com", "+1 555 0100", "Testville", "ann.example.com"])
            + _heading(50, 120, "Experience")
            + _job(50, 140, 480),
            [
                "Ann Example",
                "Data Scientist",
                "ann@example.com",
                "+1 555 0100",
                "Testville",
                "ann.example.com",
                "Experience",
                *_READ_JOB,
            ],
            id="addresses beside the name",
        ),
        pytest.param(
            text(50, 100, "Skills", size=14) + text(150, 100, "Python, SQL and Docker"),
            ["Skills", "Python, SQL and Docker"],
            id="a heading on the row of its text",
        ),
        pytest.param(
            _name(50)
            + _heading(50, 110, "Profile")
            + column(50, 128, ["Likes charts and short", "reports, and people who", "read them."])
            + _heading(330, 110, "Tools")
            + column(330, 128, ["Python, SQL", "Docker"])
            + _heading(50, 185, "Experience")
            + _job(50, 203, 480),
            [
                *("Ann Example", "ann@example.com"),
                *("Profile", "Likes charts and short", "reports, and people who", "read them."),
                *("Tools", "Python, SQL", "Docker"),
                *("Experience", *_READ_JOB),
            ],
            id="two short sections side by side",
        ),
        pytest.param(
            "".join(
                text(x, y, words)
                for x, y, words in (
                    *((50, 110, "PROFILE"), (150, 110, "Data scientist who likes charts and maps")),
                    *((50, 140, "TOOLBOX"), (150, 140, "Python, SQL, Docker, Airflow and dbt")),
                    (150, 152, "AWS"),
                )
            ),
            [
                *("PROFILE", "Data scientist who likes charts and maps"),
                *("TOOLBOX", "Python, SQL, Docker, Airflow and dbt", "AWS"),
            ],
            id="labels in capitals",
        ),
        pytest.param(
            column(50, 110, ["Employment", "History"])
            + column(150, 110, ["Data Scientist", "Acme Ltd, 2019 - 2023", *_BULLETS])
            + text(50, 190, "Education")
            + text(150, 190, "MSc Statistics, University of Nowhere"),
            [
                *("Employment History", "Data Scientist", "Acme Ltd, 2019 - 2023"),
                *_READ_BULLETS,
                *("Education", "MSc Statistics, University of Nowhere"),
            ],
            id="a heading of two lines in the margin",
        ),
        pytest.param(
            text(50, 100, "Education") + text(150, 100, "MSc Statistics, University of Nowhere"),
            ["Education", "MSc Statistics, University of Nowhere"],
            id="a heading by its name, on the row of its text",
        ),
        pytest.param(
            _name(50)
            + _heading(50, 110, "Experience")
            + "".join(
                column(50, y, dates, leading=11, size=8)
                + text(160, y, title, bold=True)
                + text(160, y + 12, "Acme Ltd")
                + column(160, y + 24, _BULLETS)
                for y, dates, title in (
                    (130, ("May 2019 - Jun", "2021"), "Data Scientist"),
                    (200, ("Aug 2016 - Jul", "2019"), "Data Analyst"),
                )
            )
            + _heading(50, 270, "Skills")
            + column(50, 288, ["\x02 Python", "\x02 SQL", "\x02 Docker", "\x02 Bash"])
            + _heading(160, 270, "Languages")
            + column(160, 288, ["\x02 English", "\x02 German", "\x02 Polish"]),
            [
                *("Ann Example", "ann@example.com", "Experience"),
                *("May 2019 - Jun 2021  Data Scientist", "Acme Ltd", *_READ_BULLETS),
                *("Aug 2016 - Jul 2019  Data Analyst", "Acme Ltd", *_READ_BULLETS),
                *("Skills", "• Python", "• SQL", "• Docker", "• Bash"),
                *("Languages", "• English", "• German", "• Polish"),
            ],
            id="dates in the margin, above columns with the same gutter",
        ),
        pytest.param(
            column(50, 60, ["\x02 Orienteering and maps", "\x02 Choir singing"])
            + column(
                300,
                56,
                ["\x02 Measured a classifier of", "support tickets for the", "whole company"],
            )
            + text(300, 110, "Bird Counter"),
            [
                *("• Orienteering and maps", "• Choir singing"),
                *("• Measured a classifier of", "support tickets for the", "whole company"),
                "Bird Counter",
            ],
            id="the short rest of a column",
        ),
        pytest.param(
            text(50, 110, "Skills")
            + text(150, 110, "Python, SQL and Docker, and a little Scala")
            + text(50, 140, "Interests")
            + text(150, 140, "Maps, choirs and long walks in the rain"),
            [
                *("Skills", "Python, SQL and Docker, and a little Scala"),
                *("Interests", "Maps, choirs and long walks in the rain"),
            ],
            id="labels that all name sections",
        ),
        pytest.param(
            "".join(
                _heading(x, 110, heading) + column(x, 128, lines)
                for x, heading, lines in (
                    (50, "Education", ["MSc Statistics", "Nowhere", "2014 - 2016", "BSc"]),
                    (220, "Tools", ["Python", "SQL", "Docker"]),
                    (400, "Languages", ["English", "German", "Polish"]),
                )
            ),
            [
                *("Education", "MSc Statistics", "Nowhere", "2014 - 2016", "BSc"),
                *("Tools", "Python", "SQL", "Docker"),
                *("Languages", "English", "German", "Polish"),
            ],
            id="three short columns with headings",
        ),
        pytest.param(
            _heading(50, 100, "\x02 Experience")
            + column(50, 118, ["Data Scientist", *_BULLETS])
            + _heading(50, 170, "\x02 Skills")
            + column(50, 188, ["\x02 Python", "\x02 SQL and databases"]),
            [
                *("Experience", "Data Scientist", *_READ_BULLETS),
                *("Skills", "• Python", "• SQL and databases"),
            ],
            id="signs before headings are ornaments",
        ),
        pytest.param(
            "".join(
                text(50, 100 + 30 * i, f"{word} words of one text box", size=14)
                + text(90, 101 + 30 * i, f"and {word} printed over them", size=14)
                for i, word in enumerate(("Some", "Many", "More"))
            ),
            [
                line
                for word in ("Some", "Many", "More")
                for line in (f"{word} words of one text box", f"and {word} printed over them")
            ],
            id="overlapping boxes",
        ),
    ],
)
@pytest.mark.parametrize("engine", [Engine.PDFIUM, Engine.PDFMINER])
def test_lines_come_in_the_order_of_reading(page: str, expected: list[str], engine: Engine) -> None:
    """Columns, sidebars, margins and tables are read as a person reads them."""
    document = PdfReader().read(pdf(page), "resume.pdf", ReadOptions(engine=engine))

    assert document.text.split("\n") == expected
