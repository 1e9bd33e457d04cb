"""Text from outside in a cell of a table: it does nothing there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillgap.report.cells import harmless, joined


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("=1+1.pdf", "'=1+1.pdf", id="equals"),
        pytest.param("+cmd.pdf", "'+cmd.pdf", id="plus"),
        pytest.param("-x.pdf", "'-x.pdf", id="minus"),
        pytest.param("@SUM(A1).pdf", "'@SUM(A1).pdf", id="at"),
        pytest.param("＝1+1.pdf", "'＝1+1.pdf", id="wide equals"),
        pytest.param("\tx.pdf", r"\tx.pdf", id="tab"),
        pytest.param("\r=1.pdf", r"\r=1.pdf", id="return"),
        pytest.param("a\x1b[2J.pdf", r"a\x1b[2J.pdf", id="terminal command"),
        pytest.param("caf\udce9.pdf", r"caf\udce9.pdf", id="no Unicode"),
        pytest.param("-12.5", "-12.5", id="a number"),
        pytest.param("a=b.pdf", "a=b.pdf", id="sign inside"),
        pytest.param('a,"b".pdf', 'a,"b".pdf', id="quotes and commas"),
        pytest.param("a\nb\u2028c.pdf", r"a\nb\u2028c.pdf", id="lines"),
        pytest.param("履歴書.pdf", "履歴書.pdf", id="any script"),
    ],
)
def test_a_spreadsheet_runs_no_name(name: str, expected: str) -> None:
    """What would be a formula is text, what would end a line is escaped; the rest stays."""
    assert harmless(name) == expected


@given(st.text())
def test_no_text_begins_as_a_formula_or_holds_a_control(text: str) -> None:
    """Whatever somebody calls a file."""
    told = harmless(text)

    assert told[:1] not in {"=", "+", "@", "\t", "\r", "\n"}
    assert not told.startswith("-") or float(told) <= 0
    assert "\n" not in told
    assert "\x00" not in told


def test_a_list_is_one_cell() -> None:
    """Its items apart."""
    assert joined(("a", "b")) == "a; b"
    assert joined("a") == "a"
