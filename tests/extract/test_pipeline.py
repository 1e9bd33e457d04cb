"""The extractor as a component of spaCy pipelines."""

from __future__ import annotations

from datetime import date

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from skillgap.document.reader import read_document
from skillgap.extract.model import Stance
from skillgap.resume.segment import segment

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

    resume = segment(read_document(TEXT.encode(), name="text"), as_of=date(2026, 1, 1))
    assert mentions == extractor.extract(resume)
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


@pytest.mark.parametrize("file", ["applied-scientist.txt", "junior.md"])
def test_a_resume_shows_what_the_library_finds_in_it(nlp, analyzer, resumes, as_of, file):
    """Sections, titles and employers are seen in the text of a document as in a file."""
    text = (resumes / file).read_text(encoding="utf-8")
    report = analyzer.analyze_text(text, as_of=as_of)

    doc = nlp(text)

    assert {span.id_ for span in doc.spans["skillgap"]} == {skill.id for skill in report.held}
    for mention in doc._.skillgap:
        assert doc.text[mention.span.start : mention.span.end].split() == mention.text.split()


def test_many_documents_in_several_processes(nlp):
    """The component works in worker processes, and its results come back whole."""
    texts = [TEXT, "Skills: SQL, dbt", "nothing of the kind"]

    docs = list(nlp.pipe(texts, n_process=2, batch_size=1))

    assert [doc._.skillgap for doc in docs] == [nlp(text)._.skillgap for text in texts]


def test_documents_survive_a_bin(nlp):
    """The store of spaCy keeps what the component wrote."""
    kept = DocBin(store_user_data=True, docs=[nlp(TEXT)])

    (again,) = DocBin().from_bytes(kept.to_bytes()).get_docs(nlp.vocab)

    assert again._.skillgap == nlp(TEXT)._.skillgap


def test_an_empty_text_has_no_skills(nlp):
    """Nothing is found in nothing, and nothing is raised."""
    assert nlp("")._.skillgap == ()
    assert nlp(" \n")._.skillgap == ()
