"""The public names: what `import skillgap` offers, and where each of them lives."""

from __future__ import annotations

import ast
import inspect
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

import skillgap
from skillgap import errors


def test_the_public_names_are_sorted_and_each_stands_once() -> None:
    """A new name has one place in the list, so that two changes do not collide."""
    assert skillgap.__all__ == sorted(set(skillgap.__all__))


@pytest.mark.parametrize("name", skillgap.__all__)
def test_a_public_name_is_defined_where_the_package_looks_for_it(name: str) -> None:
    """What is offered is the thing itself, from the module that defines it."""
    value = getattr(skillgap, name)

    home = import_module(value.__module__)

    assert getattr(home, name) is value
    assert home.__name__ == f"skillgap.{skillgap._HOMES.get(name, 'errors')}"
    assert inspect.getdoc(value)


def test_type_checkers_see_the_same_names() -> None:
    """The imports for type checkers offer exactly what is loaded on first use."""
    tree = ast.parse(Path(skillgap.__file__).read_text(encoding="utf-8"))
    guarded = [node for node in tree.body if isinstance(node, ast.If)]

    imported = {
        alias.name
        for block in guarded
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

    assert imported == set(skillgap.__all__)


def test_no_home_without_a_name() -> None:
    """The table of homes names nothing that is not offered."""
    assert set(skillgap._HOMES) <= set(skillgap.__all__)


def test_dir_lists_the_public_names() -> None:
    """Completion finds names that are not loaded yet."""
    assert set(skillgap.__all__) <= set(dir(skillgap))


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A typing mistake is told as for any module."""
    with pytest.raises(AttributeError, match="no attribute 'analyse'"):
        skillgap.analyse  # noqa: B018


def test_every_error_that_a_reader_raises_is_public() -> None:
    """Whoever wants to tell kinds of unreadable files apart needs no private import."""
    kinds = {kind.__name__ for kind in errors.DocumentError.__subclasses__()}

    assert kinds <= set(skillgap.__all__)


def test_each_unreadable_kind_has_its_own_status() -> None:
    """In a table each reason for a missing score can be told from the others."""
    statuses = [kind.status for kind in errors.DocumentError.__subclasses__()]

    assert len(set(statuses)) == len(statuses)


def test_the_version_is_that_of_the_package() -> None:
    """As users look for it."""
    assert skillgap.__version__ == version("skillgap")
