"""Laws of extraction: what a resume shows does not hang on how it is laid out."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.extract.model import Stance

# Parts of a resume, each in lines that a layout may break anew.
SECTIONS = {
    "Summary": [
        "Data scientist with eight years in retail and banking, mostly pricing and churn models.",
    ],
    "Experience": [
        "Data Scientist, Quillfin Ltd, Leeds, Jan 2019 - Mar 2023",
        "• Built churn models in Python with scikit-learn; the platform team ran it on Kubernetes.",
        "• Designed A/B tests for checkout, and presented results to executives each month.",
        "• Moved nightly ETL jobs from SSIS to Airflow and dbt on Snowflake, without any Scala.",
        "• Cut p99 latency of the scoring API from 300 ms to 45 ms by caching features in Redis.",
    ],
    "Projects": [
        "Bird song classifier, 2021",
        "• Trained a convolutional neural network in PyTorch on 40,000 clips; R for the plots.",
    ],
    "Skills": [
        "Languages: Python, R, SQL, Go",
        "Tools: Docker, Git, Tableau, Excel, Spark",
        "Currently learning: Rust, JAX",
    ],
    "Education": ["MSc Statistics, University of Leeds, 2014 - 2015"],
}
BODIES = {heading: "\n".join(lines) for heading, lines in SECTIONS.items()}


def _text(order=tuple(SECTIONS), *, bodies=BODIES, case=str):
    parts = (f"{case(heading)}\n{bodies[heading]}" for heading in order)
    return "\n\n".join(["Ann Example\nann@example.com", *parts])


def _shown(find, text):
    """Return what the text shows: skills with their stances."""
    return {(mention.skill, mention.stance) for mention in find(text)}


@pytest.fixture(scope="module")
def usual(find):
    """Return what the resume shows as it stands."""
    shown = _shown(find, _text())
    held = {skill for skill, stance in shown if stance is Stance.HELD}
    assert {"python", "r", "go", "spark", "ab-testing", "presentations"} <= held
    return shown


@settings(deadline=None, max_examples=40)
@given(st.permutations(list(SECTIONS)))
def test_the_order_of_sections_does_not_matter(find, usual, order):
    """A reader finds the skills wherever the sections stand."""
    assert _shown(find, _text(tuple(order))) == usual


@pytest.mark.parametrize("case", [str.upper, str.lower, str.title, lambda h: " ".join(h.upper())])
def test_the_case_of_headings_does_not_matter(find, usual, case):
    """EXPERIENCE, experience and E X P E R I E N C E are one heading."""
    assert _shown(find, _text(case=case)) == usual


@settings(deadline=None, max_examples=60)
@given(width=st.integers(48, 140))
def test_where_lines_are_broken_does_not_matter(find, usual, width):
    """A narrow page breaks sentences elsewhere, and shows the same."""
    broken = {
        heading: "\n".join(_wrapped(line, width) for line in lines)
        for heading, lines in SECTIONS.items()
    }

    assert _shown(find, _text(bodies=broken)) == usual


@settings(deadline=None, max_examples=30)
@given(st.randoms(use_true_random=False))
def test_how_wide_spaces_are_does_not_matter(find, usual, chance: random.Random):
    """Two spaces between words are one: justified text has them."""
    spread = {
        heading: re.sub(r"(?<=\w) (?=\w)", lambda _: " " * chance.choice((1, 2)), body)
        for heading, body in BODIES.items()
    }

    assert _shown(find, _text(bodies=spread)) == usual


def _wrapped(line: str, width: int) -> str:
    """Break a line as a word processor does, hung behind its bullet."""
    rows, row = [], ""
    for word in line.split(" "):
        if row and len(row) + 1 + len(word) > width:
            rows.append(row)
            row = word
        else:
            row = f"{row} {word}".strip()
    return "\n".join([*rows, row])
