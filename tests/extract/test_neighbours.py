"""A name that means other things too is borne out by the skills and the words around it."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        pytest.param("Models in Fortran 77 and Julia", "julia", id="behind a version"),
        pytest.param("Java 8/11, Spring, Maven", "spring", id="behind two versions"),
        pytest.param("MLlib    2    2022\nStorm    1    2016", "apache-storm", id="in a table"),
        pytest.param("Moved the jobs from SAS → R", "r", id="behind an arrow"),
        pytest.param("Familiar with Rust and two others", "rust", id="claimed"),
        pytest.param("services in Go, Rust and C. Two teams use them", "c", id="end of a sentence"),
        pytest.param("Queried S3 logs with Athena", "athena", id="beside a name"),
    ],
)
def test_a_name_is_borne_out_by_what_stands_beside_it(extractor, text, skill):
    """Versions, figures and arrows do not part a list."""
    assert skill in {mention.skill for mention in extractor.extract_text(text)}


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        pytest.param("Worked in the office in Oracle Street", "oracle", id="street"),
        pytest.param("Guard at the Institute for Robotics and Vision", "robotics", id="institute"),
        pytest.param("Cleaner for a deep learning company", "deep-learning", id="company"),
        pytest.param("Excel, AZ 85623", "excel", id="town"),
        pytest.param("Thesis supervised by C. Example", "c", id="initial"),
        pytest.param(
            "Ran the AI (artificial insemination) round", "artificial-intelligence", id="spelt out"
        ),
        pytest.param("Standards: Good Clinical Practice (GCP)", "gcp", id="spelt out before"),
        pytest.param("Methods: VECM, panel FE, GMM", "gaussian-mixture-models", id="another GMM"),
    ],
)
def test_part_of_another_name_is_no_skill(extractor, text, skill):
    """Streets, firms, institutes, persons and other meanings of an abbreviation."""
    assert skill not in {mention.skill for mention in extractor.extract_text(text)}


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        pytest.param("charts in\nPower\nBI\nfor the board", "power-bi", id="capital below"),
        pytest.param("a network in Tensor-\nFlow for letters", "tensorflow", id="hyphen"),
    ],
)
def test_a_name_goes_on_below_in_a_narrow_column(extractor, text, skill):
    """A line break inside a name does not hide it."""
    assert skill in {mention.skill for mention in extractor.extract_text(text)}


def test_two_names_one_below_the_other_are_no_longer_name(extractor):
    """A list with one name a line names each of them."""
    found = {mention.skill for mention in extractor.extract_text("Python\nSpark\nSQL\nAzure")}

    assert {"python", "spark", "sql", "azure"} <= found
    assert "spark-sql" not in found


def test_an_abbreviation_spelt_out_as_the_skill_stays(extractor):
    """What stands in brackets may be the skill's own name."""
    found = {m.skill for m in extractor.extract_text("Deployed on GCP (Google Cloud Platform)")}

    assert "gcp" in found
