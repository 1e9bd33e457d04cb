"""Quotes: what stands around a mention, short, on one line, and true to the text."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from skillgap.document.model import Span
from skillgap.report.model import FitReport
from skillgap.report.quote import LONGEST, quote

WORDS = st.text(alphabet="ab  \n\tß", max_size=400)


def test_a_quote_is_the_line_of_the_mention() -> None:
    """Not the lines above or below it."""
    text = "Acme\nBuilt   models in Python \nLed a team"

    found = quote(text, Span(text.index("Python"), text.index("Python") + 6))

    assert found.text == "Built models in Python"
    assert found.text[found.start : found.end] == "Python"


def test_a_mention_over_a_line_break_quotes_both_lines() -> None:
    """The break itself becomes a blank."""
    text = "A\nknows machine\nlearning well\nB"

    found = quote(text, Span(text.index("machine"), text.index(" well")))

    assert found.text == "knows machine learning well"
    assert found.text[found.start : found.end] == "machine learning"


def test_a_long_line_is_cut_between_words_around_the_mention() -> None:
    """What is near to the mention stays; ellipses tell where it goes on."""
    text = "before " * 80 + "Python " + "after " * 80

    found = quote(text, Span(text.index("Python"), text.index("Python") + 6))

    assert found.text.startswith("…before ")
    assert found.text.endswith(" after…")
    assert found.text[found.start : found.end] == "Python"
    assert len(found.text) <= LONGEST + 2


def test_what_one_side_does_not_need_the_other_gets() -> None:
    """A mention at the start of a long line quotes nearly all that fits."""
    found = quote("Python " + "after " * 80, Span(0, 6))

    assert found.start == 0
    assert len(found.text) > LONGEST - len(" after")


@given(WORDS, WORDS, WORDS)
def test_a_quote_is_bounded_and_holds_the_mention(before: str, mention: str, after: str) -> None:
    """For any text: one line, no longer than it may be, the mention where it says."""
    mention = f"x{mention}x"
    text = before + mention + after

    found = quote(text, Span(len(before), len(before) + len(mention)))

    assert "\n" not in found.text
    assert len(found.text) <= LONGEST + 2
    assert found.text[found.start : found.end] == " ".join(mention.split())[:LONGEST]
    assert quote(text, Span(len(before), len(before) + len(mention))) == found


def test_every_mention_of_a_report_is_quoted(analyze: Callable[..., FitReport]) -> None:
    """The quote holds the words of the mention at the place it gives."""
    report = analyze("Skills\nPython, SQL\n\nExperience\nBuilt pipelines with Apache\nSpark\n")

    mentions = [mention for skill in report.skills for mention in skill.mentions]

    assert mentions
    for mention in mentions:
        shown = mention.quote[mention.quote_start : mention.quote_end]
        assert shown == " ".join(mention.text.split())


def test_the_same_words_are_not_told_twice(analyze: Callable[..., FitReport]) -> None:
    """One phrase may show several skills; as a notice it is one phrase."""
    report = analyze("Summary\nEager to learn Apache Spark. Eager to learn apache spark.\n")

    (notice,) = [n.message for n in report.notices if n.code == "not-counted"]
    left_out = notice.partition(": ")[2].split(", ")

    assert len(left_out) == len(set(left_out))
