"""The rules of the data: each fault is told with its file and key, all of them at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from skillgap.taxonomy.check import find_faults
from skillgap.taxonomy.load import compile_folder, data_folder

Append = Callable[[str, str], None]


def test_the_bundled_data_have_no_fault() -> None:
    """What ships keeps its own rules."""
    assert find_faults(compile_folder(data_folder())) == ()


def test_clean_data_have_no_fault(data: Path) -> None:
    """The rules do not forbid what they should not."""
    assert find_faults(compile_folder(data)) == ()


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        pytest.param(
            "skills/modeling.toml",
            '[sql]\nprefLabel = "SQL again"\n',
            "skills/languages.toml: sql: the id stands 2 times",
            id="id twice",
        ),
        pytest.param(
            "skills/languages.toml",
            "[go]\n",
            "skills/languages.toml: go: prefLabel is missing",
            id="no label",
        ),
        pytest.param(
            "skills/languages.toml",
            '[go]\nprefLabel = "Go"\nrelated = { rust = "curated" }\n',
            "skills/languages.toml: go.related: there is no skill 'rust'",
            id="link to nothing",
        ),
        pytest.param(
            "skills/languages.toml",
            '[py]\nprefLabel = "Py"\n[py.altLabel]\n"python" = "curated"\n',
            "skills/languages.toml: py.python: also an alias of python; "
            "remove one, or name it under `shared` in both",
            id="form of two skills, in other case",
        ),
        pytest.param(
            "skills/languages.toml",
            '[r]\nprefLabel = "R"\n[r.altLabel]\n"R" = "curated"\n',
            "skills/languages.toml: r.R: a form of one letter needs a rule",
            id="one letter",
        ),
        pytest.param(
            "skills/languages.toml",
            '[go]\nprefLabel = "Go"\n[go.altLabel]\n"Go" = "curated"\n[go.rules.Go]\n',
            "skills/languages.toml: go.Go: a rule needs examples and counterexamples",
            id="rule without examples",
        ),
        pytest.param(
            "skills/languages.toml",
            '[go]\nprefLabel = "Go"\n[go.altLabel]\n"Go" = "curated"\n[go.rules.Go]\n'
            'needs = ["near"]\nexamples = ["a"]\ncounterexamples = ["b"]\n',
            "skills/languages.toml: go.Go: `near` words and `near` in `needs` go together",
            id="near without words",
        ),
        pytest.param(
            "skills/modeling.toml",
            '[up]\nprefLabel = "Up"\nbroader = { down = "curated" }\n'
            '[down]\nprefLabel = "Down"\nbroader = { up = "curated" }\n',
            "skills/modeling.toml: up.broader: is broader than itself",
            id="broader in a ring",
        ),
        pytest.param(
            "implies.toml",
            "[sql.sql]\nstrength = 0.5\n",
            "implies.toml: sql.sql: a skill does not imply itself",
            id="implies itself",
        ),
        pytest.param(
            "groups.toml",
            '[sql]\nlabel = "SQL"\nskills = ["machine-learning", "deep-learning"]\n',
            "groups.toml: sql: a skill has the same id",
            id="group named as a skill",
        ),
        pytest.param(
            "groups.toml",
            '[other]\nlabel = "Other"\nskills = ["python", "deep-learning"]\n',
            "groups.toml: other: python is already in query-language",
            id="skill in two groups",
        ),
        pytest.param(
            "roles/mle.toml",
            '[frequencies.rust]\nshare = 0.1\ncites = "D1:7"\n',
            "roles/mle.toml: frequencies.rust: there is no skill 'rust'",
            id="share of nothing",
        ),
        pytest.param(
            "roles/mle.toml",
            '[[facts]]\nid = "mle.one"\nkind = "task"\ntext = "Serves models."\n',
            "roles/mle.toml: facts.mle.one: a fact needs a citation",
            id="fact without citation",
        ),
        pytest.param(
            "roles/mle.toml",
            '[[facts]]\nid = "tr"\nkind = "transition"\ntext = "."\nto = "cook"\ncites = ["D1:8"]',
            "roles/mle.toml: facts.tr: there is no role 'cook'",
            id="way to no role",
        ),
        pytest.param(
            "roles/other.toml",
            'id = "mle"\nlabel = "Other"\nabbreviation = "O"\n'
            'postings = { n = 1, as_of = "", cites = "D1:5" }\n'
            '[frequencies.sql]\nshare = 0.1\ncites = "D1:5"\n',
            "roles/mle.toml: id: the id stands in 2 files",
            id="role twice",
        ),
        pytest.param(
            "roles/mle.toml",
            '[exclusives]\npython = "D1:7"\n',
            "roles/mle.toml: exclusives.python: ds asks for it too",
            id="exclusive that is none",
        ),
        pytest.param(
            "roles/mle.toml",
            '[exclusives]\nrust = "D1:7"\n',
            "roles/mle.toml: exclusives.rust: there is no skill 'rust'",
            id="exclusive of nothing",
        ),
        pytest.param(
            "roles/mle.toml",
            '[skill_pay.rust]\nusd = 1\nn = 1\ncites = "D1:7"\n',
            "roles/mle.toml: skill_pay.rust: there is no skill 'rust'",
            id="pay of nothing",
        ),
        pytest.param(
            "roles/mle.toml",
            '[[pay]]\nmeasure = "median"\nlabel = "senior"\nusd = 1\ncites = ["D9:1"]\n',
            "roles/mle.toml: pay.median senior: D9:1 cites a source that sources.toml",
            id="pay from nowhere",
        ),
        pytest.param(
            "roles/mle.toml",
            '[[tiers]]\ntier = "critical"\nskills = ["rust"]\ncites = ["D1:7"]\n',
            "roles/mle.toml: tiers[1]: there is no skill 'rust'",
            id="tier of nothing",
        ),
        pytest.param(
            "roles/mle.toml",
            '[[ladder]]\nstep = 1\ntitle = "Junior"\nskills = ["rust"]\ncites = ["D1:7"]\n',
            "roles/mle.toml: ladder[1]: there is no skill 'rust'",
            id="rung of nothing",
        ),
        pytest.param(
            "roles/mle.toml",
            '[[ladder]]\nstep = 1\ntitle = "Junior"\nmin_years = 4\nmax_years = 2\n',
            "roles/mle.toml: ladder[1]: years are upside down (4 to 2)",
            id="years upside down",
        ),
        pytest.param(
            "roles/mle.toml",
            '[[pay]]\nmeasure = "by level"\nlabel = "L9"\nstep = 9\nusd = 1000\ncites = ["D1:7"]\n',
            "roles/mle.toml: pay.by level L9: the ladder has no step 9",
            id="pay for no rung",
        ),
        pytest.param(
            "roles/ds.toml",
            '[[facts]]\nid = "ds.one"\nkind = "task"\ntext = "Again."\ncites = ["D1:6"]\n',
            "roles/ds.toml: facts.ds.one: the id stands 2 times",
            id="fact twice",
        ),
        pytest.param(
            "facts.toml",
            '[[facts]]\nid = "x"\nkind = "task"\ntext = "."\nskills = ["rust"]\n'
            'cites = ["D1:6"]\nlow = 18\nhigh = 6\nunit = "months"\n',
            "facts.toml: facts.x: low and high are upside down (18 to 6)",
            id="range upside down",
        ),
        pytest.param(
            "facts.toml",
            '[[facts]]\nid = "x"\nkind = "task"\ntext = "."\nskills = ["rust"]\n',
            "facts.toml: facts.x: there is no skill 'rust'",
            id="fact of nothing",
        ),
        pytest.param(
            "implies.toml",
            '[sql.python]\nstrength = 0.5\ncites = "D1:10"\n',
            "implies.toml: sql.python: D1:10 lies behind the source's last line, 9",
            id="implication from nowhere",
        ),
        pytest.param(
            "groups.toml",
            '[other]\nlabel = "Other"\nskills = ["rust", "deep-learning"]\n',
            "groups.toml: other: there is no skill 'rust'",
            id="group of nothing",
        ),
        pytest.param(
            "skills/languages.toml",
            '[go]\nprefLabel = "Go"\n[go.altLabel]\n"Go" = "curated"\n[go.rules.Go]\n'
            'sections = ["tools"]\nexamples = ["a"]\ncounterexamples = ["b"]\n',
            "skills/languages.toml: go.Go: 'tools' is no kind of section (",
            id="unknown kind of section",
        ),
        pytest.param(
            "roles/mle.toml",
            '[frequencies.sql]\nshare = 0.1\ncites = "D2:7"\n',
            "roles/mle.toml: frequencies.sql: D2:7 cites a source that sources.toml does not name",
            id="unknown source",
        ),
        pytest.param(
            "roles/mle.toml",
            '[frequencies.sql]\nshare = 0.1\ncites = "D1:10"\n',
            "roles/mle.toml: frequencies.sql: D1:10 lies behind the source's last line, 9",
            id="line behind the last",
        ),
    ],
)
def test_a_fault_is_found(data: Path, append: Append, file: str, text: str, fault: str) -> None:
    """The message names file and key, so that a maintainer finds the place."""
    append(file, text)

    assert any(found.startswith(fault) for found in find_faults(compile_folder(data)))


def test_all_faults_are_told_at_once(data: Path, append: Append) -> None:
    """A maintainer mends everything in one go."""
    append("skills/languages.toml", "[go]\n[rust]\n")
    append("implies.toml", "[sql.nothing]\nstrength = 0.5\n")

    assert find_faults(compile_folder(data)) == (
        "implies.toml: sql.nothing: there is no skill 'nothing'",
        "skills/languages.toml: go: prefLabel is missing",
        "skills/languages.toml: rust: prefLabel is missing",
    )


def test_a_shared_form_is_no_fault_when_both_owners_say_so(data: Path, append: Append) -> None:
    """One wording may name two skills on purpose."""
    for skill in ("go", "rust"):
        text = f'[{skill}]\nprefLabel = "{skill}"\nshared = ["fast language"]\n'
        append("skills/languages.toml", text)
        append("skills/languages.toml", f'[{skill}.altLabel]\n"fast language" = "curated"\n')

    assert find_faults(compile_folder(data)) == ()


def test_weights_changed_by_hand_are_a_fault(data: Path) -> None:
    """A compiled file carries the very weights that its facts give."""
    taxonomy = compile_folder(data)
    role = taxonomy.role("mle")
    heavier = role.requirements[0].model_copy(update={"weight": 0.9})
    tampered = role.model_copy(update={"requirements": (heavier, *role.requirements[1:])})
    others = tuple(r for r in taxonomy.roles if r.id != "mle")

    faults = find_faults(taxonomy.model_copy(update={"roles": (*others, tampered)}))

    assert faults == ("roles/mle.toml: the compiled requirements are not those of the facts",)
