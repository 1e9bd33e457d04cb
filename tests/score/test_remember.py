"""Work that is done once."""

from __future__ import annotations

from skillgap.score.remember import remembered


def test_a_result_is_made_once_for_the_same_objects() -> None:
    """The objects themselves are the key, so what they are equal to does not matter."""
    made = []

    @remembered
    def joined(one: list[str], other: list[str]) -> str:
        made.append((one, other))
        return "".join(one + other)

    first, equal, second = ["a"], ["a"], ["b"]

    assert joined(first, second) == joined(first, second) == joined(equal, second) == "ab"
    assert [one is first for one, _ in made] == [True, False]


def test_what_is_remembered_is_bounded() -> None:
    """Old results make room: a program that loads many taxonomies does not keep them all."""
    made = []

    @remembered
    def first(items: tuple[int, ...]) -> int:
        made.append(items)
        return items[0]

    keys = [(number,) for number in range(100)]
    for key in keys:
        first(key)
    first(keys[0])

    assert len(made) == 101
