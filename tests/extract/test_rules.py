"""Every rule of the taxonomy against its own examples and counterexamples."""

from __future__ import annotations

import pytest

from skillgap.taxonomy.forms import folded
from skillgap.taxonomy.load import load_taxonomy


def _examples(kind):
    for skill in load_taxonomy().skills:
        for alias in skill.aliases:
            if alias.rule is not None:
                for text in getattr(alias.rule, kind):
                    yield pytest.param(skill.id, alias, text, id=f"{skill.id}: {text[:50]}")


def _forms_found(extractor, find, skill, alias, text):
    """Return the aliases read as the skill; in its own section when the rule is confined to one."""
    sections = alias.rule.sections
    mentions = find(f"{sections[0].title()}\n{text}") if sections else extractor.extract_text(text)
    return {folded(m.alias) for m in mentions if m.skill == skill}


@pytest.mark.parametrize(("skill", "alias", "text"), list(_examples("examples")))
def test_example(extractor, find, skill, alias, text):
    """The skill is found in an example, by this alias or by a longer one around it."""
    assert _forms_found(extractor, find, skill, alias, text)


@pytest.mark.parametrize(("skill", "alias", "text"), list(_examples("counterexamples")))
def test_counterexample(extractor, find, skill, alias, text):
    """The alias is not read as the skill in a counterexample."""
    assert folded(alias.form) not in _forms_found(extractor, find, skill, alias, text)
