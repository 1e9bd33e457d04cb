"""The extractor as a component of spaCy pipelines."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from skillgap.extract.model import Stance

TEXT = "Built RAG services with PyTorch and FastAPI; no experience with Spark."


@pytest.fixture(scope="module")
def nlp():
    """Return a blank pipeline with the component."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe("skillgap")
    return pipeline


def test_spans_are_the_held_skills(nlp):
    """The span group holds what is held, with the skill's id; the negated one is not in it."""
    doc = nlp(TEXT)

    found = {span.id_: span.text for span in doc.spans["skillgap"]}

    assert found["pytorch"] == "PyTorch"
    assert found["rag"] == "RAG services" or found["rag"] == "RAG"
    assert "spark" not in found


def test_the_extension_has_every_mention(nlp, extractor):
    """It is what the library finds in the same text, stances included."""
    mentions = nlp(TEXT)._.skillgap

    assert mentions == extractor.extract_text(TEXT)
    assert {m.skill for m in mentions if m.stance is Stance.NEGATED} == {"spark"}


def test_documents_survive_bytes(nlp):
    """What the component wrote is saved and read with the document."""
    doc = nlp(TEXT)

    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())

    assert again._.skillgap == doc._.skillgap
    assert [span.id_ for span in again.spans["skillgap"]] == [
        span.id_ for span in doc.spans["skillgap"]
    ]


def test_the_pipeline_survives_a_folder(nlp, tmp_path):
    """A saved pipeline finds the same."""
    nlp.to_disk(tmp_path / "model")

    again = spacy.load(tmp_path / "model")

    assert again(TEXT)._.skillgap == nlp(TEXT)._.skillgap


def test_any_tokens_will_do():
    """The tokens around it may be anybody's: spans are widened to whole ones."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe("skillgap")
    doc = pipeline("Python/R/SQL")

    assert [span.id_ for span in doc.spans["skillgap"]] == ["python", "r", "sql"]
