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


def _finds(extractor, find, skill, alias, text):
    """Whether the alias is read as the skill; in its own section when it is confined to one."""
    sections = alias.rule.sections
    mentions = find(f"{sections[0].title()}\n{text}") if sections else extractor.extract_text(text)
    form = folded(alias.form)
    return any(m.skill == skill and folded(m.alias) == form for m in mentions)


@pytest.mark.parametrize(("skill", "alias", "text"), list(_examples("examples")))
def test_example(extractor, find, skill, alias, text):
    """An example of an ambiguous alias is found."""
    assert _finds(extractor, find, skill, alias, text)


@pytest.mark.parametrize(("skill", "alias", "text"), list(_examples("counterexamples")))
def test_counterexample(extractor, find, skill, alias, text):
    """A counterexample of an ambiguous alias is not."""
    assert not _finds(extractor, find, skill, alias, text)
