"""Files of one person: by bytes, by text, by nearly the same text and the same skills."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.batch import duplicates as module
from skillgap.batch.duplicates import NEAR_BITS, NEAR_SKILLS, duplicates
from skillgap.batch.model import BatchRow

TEN = tuple("abcdefghij")


def row(
    source: str,
    *,
    sha256: str = "",
    text: str = "",
    near: int | None = None,
    held: tuple[str, ...] = TEN,
) -> BatchRow:
    """Return the row of a file with these hashes."""
    near_hash = f"{near:016x}" if near is not None else ""
    return BatchRow(
        source=source, status="ok", sha256=sha256, text_hash=text, near_hash=near_hash, held=held
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param({"sha256": "1"}, {"sha256": "1"}, True, id="same bytes"),
        pytest.param({"sha256": "1"}, {"sha256": "2"}, False, id="other bytes"),
        pytest.param({}, {}, False, id="nothing known"),
        pytest.param({"text": "1"}, {"text": "1"}, True, id="same text"),
        pytest.param({"near": 0}, {"near": 0xFF}, True, id="eight bits"),
        pytest.param({"near": 0}, {"near": 0x1FF}, False, id="nine bits"),
        pytest.param({"near": 0}, {"near": 1 << 63 | 1 << 40 | 1}, True, id="bits apart"),
        pytest.param({"near": 0}, {"near": 1, "held": TEN[:8]}, True, id="most skills"),
        pytest.param({"near": 0}, {"near": 1, "held": TEN[:7]}, False, id="other skills"),
        pytest.param({"near": 0, "held": ()}, {"near": 0, "held": ()}, False, id="no skills"),
    ],
)
def test_two_files(one: dict[str, object], other: dict[str, object], expected: bool) -> None:
    """What makes two files one person's."""
    rows = [row("a", **one), row("b", **other)]  # type: ignore[arg-type]

    assert duplicates(rows) == (((0, 1),) if expected else ())


def test_likeness_is_passed_on() -> None:
    """A person's Word file, its copy, and the PDF made of it are one group."""
    rows = [
        row("a", sha256="1", text="x"),
        row("b", sha256="2"),
        row("c", sha256="1"),
        row("d", sha256="3", text="x"),
        row("e", sha256="2"),
    ]

    assert duplicates(rows) == ((0, 2, 3), (1, 4))


HASHES = st.one_of(
    st.none(), st.sets(st.integers(0, 63), max_size=10).map(lambda bits: sum(1 << b for b in bits))
)
ROWS = st.lists(
    st.builds(
        row,
        st.just("a"),
        sha256=st.sampled_from(["", "", "1", "2"]),
        text=st.sampled_from(["", "", "1", "2"]),
        near=HASHES,
        held=st.sampled_from([(), TEN, TEN[:8], TEN[:5]]),
    ),
    max_size=12,
)


def _like(one: BatchRow, other: BatchRow) -> bool:
    if one.sha256 and one.sha256 == other.sha256:
        return True
    if one.text_hash and one.text_hash == other.text_hash:
        return True
    if not (one.near_hash and other.near_hash and one.held and other.held):
        return False
    bits = (int(one.near_hash, 16) ^ int(other.near_hash, 16)).bit_count()
    first, second = set(one.held), set(other.held)
    return bits <= NEAR_BITS and len(first & second) / len(first | second) >= NEAR_SKILLS


@pytest.mark.parametrize("few", [0, 2_000], ids=["many", "few"])
@settings(deadline=None)
@given(rows=ROWS)
def test_it_finds_what_comparing_all_with_all_finds(few: int, rows: list[BatchRow]) -> None:
    """The slow obvious way: join every two that are like each other until nothing changes."""
    groups = [{position} for position in range(len(rows))]
    for one, other in combinations(range(len(rows)), 2):
        if _like(rows[one], rows[other]):
            merged = [group for group in groups if group & {one, other}]
            groups = [group for group in groups if group not in merged] + [set().union(*merged)]

    expected = sorted(tuple(sorted(group)) for group in groups if len(group) > 1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_FEW", few)
        assert list(duplicates(rows)) == expected
