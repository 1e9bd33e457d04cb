"""The ranking on a terminal: 80 columns, plain, and honest about how sure the order is."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from skillgap.batch.columns import table_of
from skillgap.batch.model import BatchRow, RoleResult
from skillgap.batch.rank import rank
from skillgap.batch.rank_text import rank_json, rank_text, status_text
from tests.batch.rows import scored, unscored

ROLES = ("mle", "ds")


def row(source: str, mle: float, ds: float = 0.0, *, give: float = 4.0, text: str = "") -> BatchRow:
    """Return the row of a file whose intervals go as far below the fits as above."""

    def result(score: float) -> RoleResult:
        return RoleResult(
            score=score,
            low=max(0.0, score - give),
            high=min(100.0, score + give),
            word="broad" if score >= 75 else "early",
            gaps=("Retrieval-augmented generation", "SQL"),
        )

    made = scored(source, mle, ds)
    return replace(
        made,
        results={"mle": result(mle), "ds": result(ds)},
        lean="mle",
        lean_word="strong",
        text_hash=text,
        held=("docker",) if mle > 50 else (),
        notices=("not-counted",),
    )


def told(rows: Sequence[BatchRow], *, role: str | None = None, must: tuple[str, ...] = ()) -> str:
    """Return the ranking as text."""
    counts = {
        status: sum(row.status == status for row in rows)
        for status in sorted({row.status for row in rows}, key=lambda status: status != "ok")
    }
    ranking = rank(rows, [role] if role else ROLES, must=must)
    return rank_text(ranking, counts, role=role, run="run.db")


BATCH = [
    row("in/may/anna.pdf", 81.2, text="a"),
    row("in/june/anna-new.pdf", 80, text="a"),
    row("in/may/ben.pdf", 78.6),
    replace(row("in/may/carla.docx", 12, 64), lean="ds", lean_word="clear", notices=("hidden",)),
    replace(row("in/may/dan.pdf", 40, 39), lean="", lean_word="balanced"),
    replace(row("in/may/a-cook-with-a-very-long-name.pdf", 3, 4), lean="", lean_word="none"),
    unscored("in/may/emil.pdf"),
    unscored("in/may/fay.pdf", "empty"),
]


def test_a_ranking_is_told(golden: Callable[[str, str], None]) -> None:
    """Blocks of files that may be in another order, marks under a file, what has no score."""
    golden("rank.txt", told(BATCH))


def test_a_ranking_for_one_role_with_must_haves_is_told(
    golden: Callable[[str, str], None],
) -> None:
    """Who lacks one stands in a part of its own, and what is lacking is said."""
    golden("rank-must.txt", told(BATCH, role="mle", must=("docker",)))


def test_what_has_no_score_is_listed_when_it_is_asked_for() -> None:
    """Each with its reason; beside a ranking only the counts stand."""
    text = rank_text(rank(BATCH[-2:], ROLES), {"ok": 6}, role=None, run="run.db")

    assert "emil.pdf: encrypted, the file is encrypted. Give --password" in text
    assert "rank" not in text
    assert "likely fits overlap" not in text


def test_files_of_one_name_are_told_apart_by_their_paths() -> None:
    """By the end of it, which is where they differ most often."""
    text = told([row("in/candidates/may/cv.pdf", 80), row("in/candidates/june/cv.pdf", 20)])

    assert "…candidates/may/cv.pdf" in text
    assert "…andidates/june/cv.pdf" in text


@pytest.mark.parametrize("role", [None, "mle"])
@settings(deadline=None)
@given(name=st.text(min_size=1), gap=st.text(), score=st.floats(0, 100))
def test_no_line_is_wider_than_a_terminal(
    role: str | None, name: str, gap: str, score: float
) -> None:
    """Whatever a file is called, in any script; and no name commands the terminal."""
    one = row("a.pdf", score)
    gaps = {id_: replace(result, gaps=(gap,)) for id_, result in one.results.items()}
    rows = [replace(one, source=name, results=gaps), replace(unscored("b"), reason=gap)]

    text = told(rows, role=role)

    assert max(map(cell_len, text.split("\n"))) <= 80
    assert all(character.isprintable() for character in text.replace("\n", ""))


def test_json_has_the_columns_of_an_export() -> None:
    """And what made the scores, once for all and in each row."""
    table = table_of(rank(BATCH, ROLES), ROLES, {"taxonomy": "t"})

    found = json.loads(rank_json(table, run="run.db"))

    assert (found["format_version"], found["run"]) == ("1.0", "run.db")
    assert found["made_by"] == {"taxonomy": "t"}
    assert [file["rank"] for file in found["files"]] == [1, 2, 2, 3, 4, 5, None, None]
    assert list(found["files"][0]) == [column.name for column in table.columns]


# --- status ---------------------------------------------------------------------------------------

REASONS = (
    ("encrypted", "the file is encrypted. Give --password", 1, "in/may/emil.pdf"),
    *(("error", f"broken at {n}", 9 - n, f"in/{n}.pdf") for n in range(5)),
)


def test_the_state_of_a_batch_is_told() -> None:
    """How many, why not, what made it, and how to go on."""
    counts = {"ok": 7, "encrypted": 1, "error": 35}
    made_by = {"skillgap": "1.0", "as_of": "2026-01-01"}

    text = status_text(counts, REASONS, made_by=made_by, run="run.db")

    assert text == (
        "run.db: 43 files\n"
        "        7 ok\n"
        "        1 encrypted\n"
        "            the file is encrypted. Give --password (emil.pdf)\n"
        "       35 error\n"
        "            9 x broken at 0 (0.pdf)\n"
        "            8 x broken at 1 (1.pdf)\n"
        "            7 x broken at 2 (2.pdf)\n"
        "            and 2 more reasons\n"
        "made by skillgap 1.0, as_of 2026-01-01\n"
        "The command that began it continues it, and adds files that are new. With\n"
        "--retry-failed it tries files again that were not scored.\n"
    )


def test_a_batch_without_failures_has_nothing_to_retry() -> None:
    """And a blind one names no file."""
    assert "--retry-failed" not in status_text({"ok": 1}, (), made_by={}, run="r.db")
    blind = status_text({"empty": 1}, (("empty", "nothing in it", 1, ""),), made_by={}, run="r.db")
    assert "            nothing in it\n" in blind
