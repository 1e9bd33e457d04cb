"""From TOML or a compiled file to the same taxonomy, and what is said about broken data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from skillgap.errors import TaxonomyError, TaxonomyFaultsError, UnknownNameError
from skillgap.taxonomy.load import (
    COMPILED_NAME,
    compile_folder,
    data_folder,
    data_hash,
    dump,
    load_taxonomy,
    read_folder,
)
from skillgap.taxonomy.model import Provenance

Append = Callable[[str, str], None]


def _faults(folder: Path) -> tuple[str, ...]:
    with pytest.raises(TaxonomyFaultsError) as caught:
        compile_folder(folder)
    return caught.value.faults


# --- the bundled data -----------------------------------------------------------------------------


def test_the_bundled_taxonomy_has_both_roles_with_computed_requirements() -> None:
    """Nothing has to be named to get the two roles the package is about."""
    taxonomy = load_taxonomy()

    assert [role.id for role in taxonomy.roles] == ["ds", "mle"]
    assert all(role.requirements for role in taxonomy.roles)


def test_the_bundled_taxonomy_is_loaded_once() -> None:
    """A second call costs nothing."""
    assert load_taxonomy() is load_taxonomy()


def test_a_compiled_file_is_the_same_taxonomy_as_its_folder(tmp_path: Path) -> None:
    """Compiling loses nothing, whatever the data hold today."""
    compiled = tmp_path / "compiled.json"
    compiled.write_text(dump(compile_folder(data_folder())), encoding="utf-8")

    assert load_taxonomy(compiled) == compile_folder(data_folder())


# --- a folder -------------------------------------------------------------------------------------


def test_a_folder_is_read_into_skills_links_and_rules(data: Path) -> None:
    """What a maintainer writes for people comes out as the model's values."""
    taxonomy = compile_folder(data)

    sql = taxonomy.skill("sql")
    assert [skill.id for skill in taxonomy.skills] == sorted(taxonomy.skills_by_id)
    assert [(a.form, a.hidden, a.cites) for a in sql.aliases] == [
        ("SQL", False, ("D1:1", "D1:2")),
        ("sequel", True, ()),
    ]
    assert sql.aliases[1].rule is not None
    assert [(link.skill, link.cites) for link in sql.related] == [("python", ("D1:2",))]
    assert {area.id: area.label for area in taxonomy.areas}["languages"] == "Languages"
    assert [(i.skill, i.implies, i.strength) for i in taxonomy.implications] == [
        ("deep-learning", "machine-learning", 0.9)
    ]
    assert [(cue.words, cue.stance, cue.side) for cue in taxonomy.cues] == [
        ("no", "negated", "after"),
        ("without", "negated", "after"),
    ]


def test_requirements_are_computed_from_the_facts(data: Path) -> None:
    """A measured share becomes a weight with the line it stands on."""
    found = compile_folder(data).role("mle").requirements_by_id["deep-learning"]

    assert (found.weight, found.provenance, found.cites) == (0.5, Provenance.MEASURED, ("D1:7",))
    assert not read_folder(data).role("mle").requirements


def test_one_citation_stands_without_brackets_everywhere(data: Path, append: Append) -> None:
    """What is written for an alias may be written for a fact."""
    text = '[[facts]]\nid = "mle.one"\nkind = "task"\ntext = "Serves."\ncites = {}\n'
    append("roles/mle.toml", text.format('"D1:8"'))
    append("facts.toml", text.format('"curated"'))

    taxonomy = compile_folder(data)

    assert taxonomy.role("mle").facts[0].cites == ("D1:8",)
    assert taxonomy.facts[0].cites == ()


def test_a_fresh_compiled_file_beside_the_data_is_used(data: Path) -> None:
    """An installed package need not parse the TOML."""
    marked = compile_folder(data).model_copy(update={"cues": ()})
    (data / COMPILED_NAME).write_text(dump(marked), encoding="utf-8")

    assert load_taxonomy(data) == marked


def test_a_stale_compiled_file_is_passed_over(data: Path, append: Append) -> None:
    """Whoever edits the TOML sees the edit, not what was compiled before it."""
    (data / COMPILED_NAME).write_text(dump(compile_folder(data)), encoding="utf-8")
    append("skills/languages.toml", '[r]\nprefLabel = "R"\n')

    assert "r" in load_taxonomy(data).skills_by_id


def test_the_hash_follows_names_and_bytes(data: Path, append: Append) -> None:
    """Two taxonomies with the same hash hold the same data."""
    before = data_hash(data)
    (data / "implies.toml").rename(data / "other.toml")
    renamed = data_hash(data)
    append("cues.toml", "\n")

    assert len({before, renamed, data_hash(data)}) == 3


# --- faults ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        pytest.param(
            "skills/languages.toml",
            '[go]\nprefLabel = "Go"\naltLabel = ["Go"]\n',
            "skills/languages.toml: go.altLabel: must be a table (found ['Go'])",
            id="forms in a list",
        ),
        pytest.param(
            "skills/languages.toml",
            '[go]\nprefLabel = "Go"\nbroader = "python"\n',
            "skills/languages.toml: go.broader: must be a table (found 'python')",
            id="a link without a citation",
        ),
        pytest.param(
            "skills/languages.toml",
            '[go]\nprefLabel = "Go"\nshared = "Go"\n',
            "skills/languages.toml: go.shared: must be a list (found 'Go')",
            id="text for a list",
        ),
        pytest.param(
            "skills/more.toml",
            "go = 3\n",
            "skills/more.toml: go: must be a table (found 3)",
            id="a number for a skill",
        ),
        pytest.param(
            "implies.toml",
            "[sql]\npython = 0.5\n",
            "implies.toml: sql.python: must be a table (found 0.5)",
            id="a strength without its table",
        ),
        pytest.param(
            "cues.toml",
            '[aspired]\nafter = "learning"\n',
            "cues.toml: aspired.after: must be a list (found 'learning')",
            id="a cue without its list",
        ),
        pytest.param(
            "roles/mle.toml",
            "[ladder]\nstep = 1\n",
            "roles/mle.toml: ladder: must be a list (found {'step': 1})",
            id="one table for rows",
        ),
        pytest.param(
            "facts.toml",
            "facts = [3]\n",
            "facts.0: Input should be a valid dictionary or instance of Fact (found 3)",
            id="a row that is no table",
        ),
        pytest.param(
            "groups.toml",
            '[loose]\nlabel = "Loose"\n',
            "groups.loose.skills: Field required (found {'id': 'loose', 'label': 'Loose'})",
            id="a missing field",
        ),
        pytest.param(
            "skills/languages.toml",
            '[go]\nprefLabel = "Go"\ncolour = "blue"\n',
            "skills.go.colour: Extra inputs are not permitted (found 'blue')",
            id="an unknown key",
        ),
        pytest.param(
            "roles/mle.toml",
            '[frequencies.sql]\nshare = 17\ncites = "D1:7"\n',
            "roles.mle.frequencies.sql.share: Input should be less than or equal to 1 (found 17)",
            id="a share above 1",
        ),
    ],
)
def test_a_fault_of_shape_is_told_with_its_key(
    data: Path, append: Append, file: str, text: str, fault: str
) -> None:
    """A maintainer can search for what the message names; no traceback."""
    append(file, text)

    assert _faults(data) == (fault,)


def test_files_that_are_no_toml_are_told_all_at_once(data: Path, append: Append) -> None:
    """One run shows every broken file."""
    append("skills/modeling.toml", "[half\n")
    (data / "cues.toml").write_bytes(b"\xff")

    first, second = _faults(data)

    assert first.startswith("cues.toml: not TOML: ")
    assert second.startswith("skills/modeling.toml: not TOML: ")


def test_a_folder_without_skills_is_no_taxonomy(tmp_path: Path) -> None:
    """A wrong folder is told at once, not as an unknown role later."""
    with pytest.raises(TaxonomyError, match="no taxonomy in it"):
        load_taxonomy(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"%PDF-1.7", id="no JSON"),
        pytest.param(b"{}", id="not a taxonomy"),
        pytest.param(b'{"format": 99}', id="of a later version"),
    ],
)
def test_a_file_that_is_no_compiled_taxonomy_is_told(tmp_path: Path, content: bytes) -> None:
    """The message says how to make one."""
    path = tmp_path / "compiled.json"
    path.write_bytes(content)

    with pytest.raises(TaxonomyError, match="skillgap taxonomy build"):
        load_taxonomy(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A typing mistake in a path is not a fault of the data."""
    with pytest.raises(TaxonomyError, match="cannot be read"):
        load_taxonomy(tmp_path / "nothing.json")


def test_unknown_names_come_with_near_ones(data: Path) -> None:
    """A typing mistake is answered with what was probably meant."""
    taxonomy = compile_folder(data)

    with pytest.raises(UnknownNameError, match="did you mean python"):
        taxonomy.skill("pyhton")
    with pytest.raises(UnknownNameError, match="did you mean mle"):
        taxonomy.role("mel")
