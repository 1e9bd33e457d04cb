"""The bundled facts: in our own words, short, and each of a kind that the README explains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from skillgap.taxonomy.load import data_folder, load_taxonomy
from skillgap.taxonomy.model import Fact, Implication

_LONGEST_WORDS = 6  # of a quotation: enough to find the place, too few to be the sentence
_COPIED = 7  # words in a row that an article has too


def _facts() -> Iterator[Fact]:
    taxonomy = load_taxonomy()
    yield from taxonomy.facts
    for role in taxonomy.roles:
        yield from role.facts


def _plain(text: str) -> list[str]:
    return re.sub(r"\W+", " ", text.lower()).split()


def test_each_kind_is_explained() -> None:
    """A maintainer need not guess which kinds there are."""
    readme = (data_folder() / "README.md").read_text(encoding="utf-8")
    explained = {
        kind
        for row in re.findall(r"^\| (`.*?`) \|", readme, re.MULTILINE)
        for kind in re.findall(r"`([a-z]+)`", row)
    }

    assert {fact.kind for fact in _facts()} == explained


def test_an_id_says_kind_and_subject() -> None:
    """`task.debug-latency` can be searched for and sorts beside its like."""
    odd = [
        fact.id
        for fact in _facts()
        if not re.fullmatch(rf"{fact.kind}(\.[a-z0-9]+(-[a-z0-9]+)*)+", fact.id)
    ]

    assert odd == []


def test_a_fact_is_one_short_sentence() -> None:
    """It can stand in a report as it is."""
    odd = [
        fact.id
        for fact in _facts()
        if not re.fullmatch(r"[\"A-Z0-9].*\.", fact.text) or len(fact.text) > 140
    ]

    assert odd == []


def test_quotations_are_a_few_words() -> None:
    """Enough to find the place, never the sentence."""
    long = [
        (fact.id, words)
        for fact in _facts()
        for words in fact.words
        if not 1 <= len(words.split()) <= _LONGEST_WORDS
    ]

    assert long == []


def test_a_transition_leads_to_the_other_role() -> None:
    """Both ways are described."""
    ways = {(role.id, fact.to) for role in load_taxonomy().roles for fact in role.facts if fact.to}

    assert ways == {("ds", "mle"), ("mle", "ds")}


def test_no_fact_is_copied(sources_folder: Path) -> None:
    """The text is our own: no seven words of it stand in a row in an article."""
    files = [source.file for source in load_taxonomy().sources]
    articles = [_plain((sources_folder / file).read_text(encoding="utf-8")) for file in files]
    copied = {
        tuple(article[at : at + _COPIED])
        for article in articles
        for at in range(len(article) - _COPIED + 1)
    }

    found = [
        fact.id
        for fact in _facts()
        for words in [_plain(fact.text)]
        if any(tuple(words[at : at + _COPIED]) in copied for at in range(len(words)))
    ]

    assert found == []


# --- the table of implications --------------------------------------------------------------------


def test_only_a_source_makes_an_implication_certain() -> None:
    """What no source says stays under 1."""
    certain = [(i.skill, i.implies) for i in _implications() if i.strength == 1 and not i.cites]

    assert certain == []


def test_degrees_and_certificates_imply_nothing() -> None:
    """They weigh nothing, and must not come in by the back door."""
    taxonomy = load_taxonomy()
    credentials = {s.id for s in taxonomy.skills if s.area in {"education", "credentials"}}

    assert [i.skill for i in _implications() if i.skill in credentials] == []


def _implications() -> tuple[Implication, ...]:
    return load_taxonomy().implications


@pytest.mark.parametrize(
    ("skill", "implied"),
    [
        pytest.param("pytorch", "machine-learning", id="framework and field"),
        pytest.param("pandas", "python", id="library and language"),
        pytest.param("kubernetes", "containerization", id="tool and technique"),
        pytest.param("ab-testing", "statistics", id="method and its ground"),
        pytest.param("tableau", "data-visualization", id="product and purpose"),
        pytest.param("mlflow", "mlops", id="platform and practice"),
    ],
)
def test_the_narrow_implies_the_wide_and_not_the_other_way_round(skill: str, implied: str) -> None:
    """PyTorch shows machine learning; machine learning shows no PyTorch."""
    ways: dict[str, set[str]] = {}
    for row in _implications():
        ways.setdefault(row.skill, set()).add(row.implies)

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        ahead = [start]
        while ahead:
            new = ways.get(ahead.pop(), set()) - seen
            seen |= new
            ahead += new
        return seen

    assert implied in reached(skill)
    assert skill not in reached(implied)
