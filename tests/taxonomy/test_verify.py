"""Citations against articles: what stands there passes, and nothing else does."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from skillgap.errors import VerificationError
from skillgap.taxonomy import written
from skillgap.taxonomy.load import load_taxonomy, read_folder
from skillgap.taxonomy.model import Cited, Requirement, Taxonomy
from skillgap.taxonomy.verify import Claim, claims, verify

_ARTICLE = """\
What an invented study found
Python stands in 63% of the 7,317 postings of June 2026.
Python $120,500 39
Typical pay is $131k, for n=1,249.
PythonCritical
Junior Cook (0–2 yrs)
Simple soups, Python, containers with Docker
6.9% are for beginners; the change takes 6–18 months of “slow” work.
"""

_SKILLS = """
label = "Tools"
[python]
prefLabel = "Python"
[python.altLabel]
"Python" = ["D1:2", "D1:7"]
"py" = "curated"
[docker]
prefLabel = "Docker"
broader = { containers = "D1:7" }
related = { python = "D1:7" }
[docker.altLabel]
"Docker" = "D1:7"
[containers]
prefLabel = "Containers"
[containers.altLabel]
"containers" = "D1:7"
"""

_ROLE = """
id = "cook"
label = "Cook"
abbreviation = "CK"
postings = { n = 7317, as_of = "2026-06", cites = ["D1:2"] }
[frequencies]
python = { share = 0.63, cites = ["D1:2"] }
[exclusives]
docker = ["D1:7"]
[skill_pay]
python = { usd = 120500, n = 39, cites = ["D1:3"] }
[[pay]]
measure = "typical"
usd = 131000
n = 1249
cites = ["D1:4"]
words = ["Typical pay"]
[[tiers]]
tier = "critical"
skills = ["python"]
cites = ["D1:5"]
words = ["PythonCritical"]
[[ladder]]
step = 1
title = "Junior Cook"
min_years = 0
max_years = 2
skills = ["docker"]
cites = ["D1:6", "D1:7"]
words = ["Simple soups"]
[[facts]]
id = "beginners"
kind = "market"
text = "Few begin."
share = 0.069
low = 6
high = 18
unit = "months"
cites = ["D1:8"]
words = ["for beginners", "“slow” work"]
"""

_FILES = {
    "skills/tools.toml": _SKILLS,
    "roles/cook.toml": _ROLE,
    "implies.toml": '[docker]\ncontainers = { strength = 1.0, cites = ["D1:7"] }\n',
    "groups.toml": '[tool]\nlabel = "Tool"\nskills = ["docker", "python"]\ncites = ["D1:7"]\n',
    "facts.toml": '[[facts]]\nid = "both"\nkind = "caveat"\ntext = "Invented."\n'
    'cites = ["D1:1"]\nwords = ["invented study"]\n',
}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Return a folder with one invented article."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "article.txt").write_text(_ARTICLE, encoding="utf-8", newline="\n")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder of TOML whose citations all hold."""
    folder = tmp_path / "taxonomy"
    digest = hashlib.sha256(_ARTICLE.encode()).hexdigest()
    source = (
        '[D1]\ntitle = "A study"\npublisher = "example.com"\nkind = "article"\n'
        f'file = "article.txt"\nsha256 = "{digest}"\nlines = {len(_ARTICLE.splitlines())}\n'
    )
    for name, text in {**_FILES, "sources.toml": source}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _failures(taxonomy: Taxonomy, articles: Path) -> tuple[str, ...]:
    with pytest.raises(VerificationError) as caught:
        verify(taxonomy, articles)
    return caught.value.faults


def _altered(data: Path, file: str, old: str, new: str) -> Taxonomy:
    path = data / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return read_folder(data)


# --- an invented article --------------------------------------------------------------------------


def test_what_stands_in_the_article_passes(data: Path, articles: Path) -> None:
    """Every claim is looked up, and their number is told."""
    taxonomy = read_folder(data)

    assert verify(taxonomy, articles) == len(list(claims(taxonomy))) > 20


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        pytest.param(
            "roles/cook.toml", "share = 0.63", "share = 0.3", "frequencies.python", id="share"
        ),
        pytest.param("roles/cook.toml", "share = 0.069", "share = 0.69", "beginners", id="fact"),
        pytest.param("roles/cook.toml", "n = 7317", "n = 317", "postings", id="sample"),
        pytest.param("roles/cook.toml", '"2026-06"', '"2026-07"', "postings", id="month"),
        pytest.param("roles/cook.toml", "120500", "20500", "skill_pay.python", id="skill pay"),
        pytest.param("roles/cook.toml", "n = 39", "n = 9", "skill_pay.python", id="its sample"),
        pytest.param("roles/cook.toml", "131000", "131500", "pay.typical", id="pay"),
        pytest.param("roles/cook.toml", "n = 1249", "n = 249", "pay.typical", id="sample of pay"),
        pytest.param("roles/cook.toml", '"critical"', '"important"', "tiers[1]", id="tier"),
        pytest.param("roles/cook.toml", "max_years = 2", "max_years = 3", "ladder[1]", id="years"),
        pytest.param("roles/cook.toml", "Junior Cook", "Senior Cook", "ladder[1]", id="title"),
        pytest.param("roles/cook.toml", "high = 18", "high = 8", "beginners", id="end of a range"),
        pytest.param("roles/cook.toml", '"months"', '"years"', "beginners", id="unit"),
        pytest.param("roles/cook.toml", "“slow”", "'slow'", "beginners", id="quotes"),
        pytest.param("skills/tools.toml", '"Docker" =', '"Dokker" =', "docker.Dokker", id="alias"),
        pytest.param("skills/tools.toml", '"Python" =', '"python" =', "python.python", id="case"),
        pytest.param("facts.toml", "study", "stud", "facts.both", id="half a word"),
    ],
)
def test_one_thing_altered_is_found(
    data: Path, articles: Path, file: str, old: str, new: str, expected: str
) -> None:
    """A figure, a name or a word that does not stand on its line is told with file and key."""
    taxonomy = _altered(data, file, old, new)

    assert any(fault.startswith(f"{file}: ") for fault in _failures(taxonomy, articles))
    assert expected in "\n".join(_failures(taxonomy, articles))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("skills/tools.toml", '"Docker" = "D1:7"', '"Docker" = "D1:8"', id="alias"),
        pytest.param("skills/tools.toml", 'containers = "D1:7"', 'containers = "D1:8"', id="link"),
        pytest.param("skills/tools.toml", 'python = "D1:7"', 'python = "D1:6"', id="related"),
        pytest.param("roles/cook.toml", 'docker = ["D1:7"]', 'docker = ["D1:6"]', id="exclusive"),
        pytest.param("roles/cook.toml", '"D1:6", "D1:7"', '"D1:6", "D1:8"', id="rung"),
        pytest.param("roles/cook.toml", 'cites = ["D1:8"]', 'cites = ["D1:7"]', id="fact"),
        pytest.param("roles/cook.toml", 'cites = ["D1:8"]', 'cites = ["D1:9"]', id="past the end"),
        pytest.param("implies.toml", "D1:7", "D1:8", id="implication"),
        pytest.param("groups.toml", "D1:7", "D1:6", id="group"),
    ],
)
def test_a_citation_one_line_off_is_found(
    data: Path, articles: Path, file: str, old: str, new: str
) -> None:
    """The line counts, not the neighbourhood."""
    faults = _failures(_altered(data, file, old, new), articles)

    assert all(fault.startswith(f"{file}: ") for fault in faults)


def test_a_failure_says_what_was_expected_and_what_stands_there(data: Path, articles: Path) -> None:
    """A maintainer need not open the article to understand it."""
    taxonomy = _altered(data, "roles/cook.toml", "share = 0.63", "share = 0.36")

    (fault,) = _failures(taxonomy, articles)

    assert fault == (
        "roles/cook.toml: frequencies.python: expected 36%; "
        "D1:2 reads 'Python stands in 63% of the 7,317 postings of June 2026.'"
    )


def test_all_failures_are_told_at_once(data: Path, articles: Path) -> None:
    """Everything can be mended in one go."""
    _altered(data, "roles/cook.toml", "n = 39", "n = 38")
    taxonomy = _altered(data, "skills/tools.toml", '"Docker" =', '"Dokker" =')

    faults = "\n".join(_failures(taxonomy, articles))

    assert 'docker.Dokker: expected "Dokker"' in faults
    assert "skill_pay.python: expected 38" in faults


def test_a_fact_with_nothing_to_look_up_is_a_failure(data: Path, articles: Path) -> None:
    """A citation alone proves nothing."""
    taxonomy = _altered(data, "facts.toml", 'words = ["invented study"]\n', "")

    (fault,) = _failures(taxonomy, articles)

    assert fault.startswith("facts.toml: facts.both: expected words or a figure to look up")


def test_a_line_that_bears_out_nothing_is_a_failure(data: Path, articles: Path) -> None:
    """Each cited line needs a word or figure of its own, not only the first."""
    taxonomy = _altered(data, "facts.toml", '"D1:1"', '"D1:1", "D1:2"')

    (fault,) = _failures(taxonomy, articles)

    assert "D1:2 reads" in fault


def test_an_article_that_was_changed_is_told(data: Path, articles: Path) -> None:
    """Other bytes are another text, although every claim still stands there."""
    path = articles / "article.txt"
    path.write_text(_ARTICLE.replace("soups", "soupe"), encoding="utf-8", newline="\n")
    taxonomy = _altered(data, "roles/cook.toml", "Simple soups", "Simple")

    (fault,) = _failures(taxonomy, articles)

    assert fault.startswith("sources.toml: D1: ")
    assert "not the text that is cited" in fault
    assert hashlib.sha256(path.read_bytes()).hexdigest() in fault


def test_a_changed_article_is_checked_all_the_same(data: Path, articles: Path) -> None:
    """Whoever follows a new version of an article sees what has moved."""
    text = _ARTICLE.replace("What an", "What\nan")
    (articles / "article.txt").write_text(text, encoding="utf-8", newline="\n")

    faults = "\n".join(_failures(read_folder(data), articles))

    assert "has 9 lines, recorded are 8" in faults
    assert "frequencies.python: expected 63%" in faults


def test_a_missing_article_is_told_once(data: Path, tmp_path: Path) -> None:
    """One line for the file, not one for each of its citations."""
    (fault,) = _failures(read_folder(data), tmp_path / "nowhere")

    assert fault.startswith("sources.toml: D1: ")
    assert "cannot be read" in fault


# --- the list of claims ---------------------------------------------------------------------------


def _cited(value: object) -> Iterator[Cited]:
    """Walk through all of a model's values to those that cite."""
    if isinstance(value, Cited):
        yield value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _cited(getattr(value, name))
    elif isinstance(value, tuple):
        for element in value:
            yield from _cited(element)


def _citations(taxonomy: Taxonomy) -> list[str]:
    """Every citation of the data, once for each value that has it; requirements are computed."""
    rows = (row for row in _cited(taxonomy) if not isinstance(row, Requirement))
    return sorted(cite for row in rows for cite in row.cites)


def _owned_citations(found: Iterator[Claim]) -> list[str]:
    """The citations that the claims cover, once for each place of the data."""
    return sorted({(claim.where, cite) for claim in found for cite in claim.cites}, key=str)


@pytest.mark.parametrize(
    "load", [pytest.param(read_folder, id="small"), pytest.param(None, id="bundled")]
)
def test_every_citation_yields_a_claim(load: Callable[[Path], Taxonomy], data: Path) -> None:
    """Whatever part of the model cites a line, that line is looked up for it."""
    taxonomy = load(data) if load else load_taxonomy()

    covered = sorted(cite for _, cite in _owned_citations(claims(taxonomy)))

    assert covered == _citations(taxonomy)


def test_a_claim_without_anything_to_find_does_not_hold() -> None:
    """Nothing given is not the same as nothing wrong."""
    assert not Claim("facts.toml: facts.x", ("D1:1",), ()).holds(["anything"])


# --- the bundled data against the articles --------------------------------------------------------


def test_the_bundled_citations_hold(sources_folder: Path) -> None:
    """Each figure, name and word of the shipped data stands on its line."""
    taxonomy = load_taxonomy()

    assert verify(taxonomy, sources_folder) > len(_citations(taxonomy))


_ROLE_NAMES = re.compile(r"(?P<ds>DS|Data Scientist)|(?P<mle>MLE|Machine Learning Engineer)")


def _order_of_roles(line: str, shares: dict[str, float]) -> tuple[list[str], list[str]]:
    """Return the roles in the order of their figures, and in the order of their names there."""
    found = {role: list(written.share(s).pattern.finditer(line)) for role, s in shares.items()}
    pairs = [(one.span(), other.span()) for one in found["ds"] for other in found["mle"]]
    ds, mle = min(pairs, key=lambda pair: abs(pair[0][0] - pair[1][0]))
    beside = line[max(0, min(ds[0], mle[0]) - 6) : max(ds[1], mle[1]) + 32]
    names = list(dict.fromkeys(m.lastgroup or "" for m in _ROLE_NAMES.finditer(beside)))
    return (["ds", "mle"] if ds < mle else ["mle", "ds"]), names


def test_the_figures_of_two_roles_are_not_swapped(sources_folder: Path) -> None:
    """Where a line gives both shares of a skill, each is that of its role."""
    taxonomy = load_taxonomy()
    files = {source.id: source.file for source in taxonomy.sources}
    rows = {
        role.id: {(row.skill, cite): row.share for row in role.frequencies for cite in row.cites}
        for role in taxonomy.roles
    }
    both = sorted(rows["ds"].keys() & rows["mle"].keys())

    swapped = []
    for key in both:
        source, _, number = key[1].partition(":")
        text = (sources_folder / files[source]).read_text(encoding="utf-8")
        shares = {role: rows[role][key] for role in rows}
        figures, names = _order_of_roles(text.split("\n")[int(number) - 1], shares)
        if figures != names:
            swapped.append(key)

    assert len(both) >= 13
    assert swapped == []


_FIGURES = {"share": 0.0007, "usd": 7, "n": 7, "low": 7, "high": 7, "min_years": 7, "max_years": 7}


def _with_altered_figures(raw: Any) -> Any:
    if isinstance(raw, dict):
        return {
            key: value + _FIGURES[key]
            if key in _FIGURES and value is not None
            else _with_altered_figures(value)
            for key, value in raw.items()
            if key != "requirements"
        }
    return [_with_altered_figures(value) for value in raw] if isinstance(raw, list) else raw


def _with_altered_aliases(raw: Any) -> Any:
    for skill in raw["skills"]:
        skill["forms"] = [f"{form}q" for form in skill["forms"]]
        for alias in skill["special"]:
            alias["form"] += "q"
    return raw


@pytest.mark.parametrize("alter", [_with_altered_figures, _with_altered_aliases])
def test_no_alteration_of_the_bundled_data_goes_unnoticed(
    sources_folder: Path, alter: Callable[[Any], Any]
) -> None:
    """Each figure, and each cited form, fails when it is another one."""
    taxonomy = load_taxonomy()
    altered = Taxonomy.model_validate(alter(taxonomy.model_dump(mode="json")))

    single = [claim for claim in claims(altered) if len(claim.anything) == 1]
    unchanged = set(claims(taxonomy))
    expected = [str(claim) for claim in single if claim not in unchanged]
    told = [re.sub(r"; D\d+:.*", "", fault) for fault in _failures(altered, sources_folder)]

    assert len(expected) > 100
    assert [claim for claim in expected if claim not in told] == []
