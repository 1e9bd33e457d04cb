"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType

import pytest

import skillgap

MODULES = [
    skillgap,
    *(
        import_module(module.name)
        for module in walk_packages(skillgap.__path__, "skillgap.")
        if not module.name.endswith("__main__")
    ),
]
_FINDER = doctest.DocTestFinder(exclude_empty=True)


@pytest.mark.parametrize(
    "module",
    [m for m in MODULES if any(t.examples for t in _FINDER.find(m))],
    ids=lambda m: m.__name__,
)
def test_a_docstring_shows_what_happens(module: ModuleType) -> None:
    """Whoever copies an example gets what it promises."""
    assert doctest.testmod(module).failed == 0
