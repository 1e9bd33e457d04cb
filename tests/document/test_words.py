"""Glyphs to words, at the edges that a real font does not show."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillgap.document.glyphs import Glyph, Glyphs, Ink, seen_hyphen
from skillgap.document.words import clean, words_of

_INK = Ink(size_pt=10, ascent=8, descent=2)
_WIDTH = 5.0


def _glyphs(letters: str, gaps: Iterable[float], ink: Ink = _INK) -> list[Glyph]:
    """Letters of one width with these gaps, in em, after each."""
    starts = accumulate((_WIDTH + gap * ink.size_pt for gap in gaps), initial=50.0)
    return [
        Glyph(letter, x, x + _WIDTH, 100, ink) for letter, x in zip(letters, starts, strict=False)
    ]


def _texts(glyphs: Iterable[Glyph]) -> list[str]:
    return [word.text for word in words_of(Glyphs.of(glyphs))]


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [
        pytest.param([0, 0, 0, 0, 0], ["skills"], id="tight"),
        pytest.param([0, 0.14, 0, 0, 0], ["skills"], id="loose"),
        pytest.param([0, 0.16, 0, 0, 0], ["sk", "ills"], id="a gap"),
        pytest.param([0.3] * 5, ["skills"], id="evenly spaced"),
        pytest.param([0.3, 0.3, 0.9, 0.3, 0.3], ["ski", "lls"], id="spaced, with a wider gap"),
        pytest.param([0, -0.15, 0, 0, 0], ["skills"], id="kerned"),
        pytest.param([0, -0.9, 0, 0, 0], ["sk", "ills"], id="a step back"),
    ],
)
def test_gaps_part_words(gaps: list[float], expected: list[str]) -> None:
    """A gap parts words when it is wide for this text, not by a fixed width."""
    assert _texts(_glyphs("skills", gaps)) == expected


def test_letters_of_a_ligature_are_one_word() -> None:
    """Letters that share a place do not step back."""
    before, *same, after = _glyphs("otttes", [0, 0, 0, 0, 0])[:5]
    ligature = [glyph._replace(x0=same[0].x0, x1=same[-1].x1) for glyph in same]

    assert _texts([before, *ligature, after]) == ["ottte"]


def test_a_raised_word_is_a_word_of_its_own() -> None:
    """A change of baseline parts words, as a footnote's sign is set."""
    first, second = _glyphs("ab", [0])

    assert _texts([first, second._replace(baseline=96)]) == ["a", "b"]


@pytest.mark.parametrize(
    ("ink", "expected"),
    [
        pytest.param(Ink(10, 8, 2, symbols=True), ["•", "run", "•", "run"], id="picture font"),
        pytest.param(Ink(10, 8, 2), ["•", "run", "•", "run"], id="text font"),
    ],
)
def test_a_sign_before_two_lines_is_a_bullet(ink: Ink, expected: list[str]) -> None:
    """The same sign, whatever its code, in front of two lines is a bullet."""
    line = [_glyphs("{", [0], ink)[0], *(g._replace(x0=g.x0 + 10) for g in _glyphs("run", [0, 0]))]
    line[1:] = [glyph._replace(x1=glyph.x0 + _WIDTH) for glyph in line[1:]]
    below = [glyph._replace(baseline=115) for glyph in line]

    assert _texts([*line, *below]) == expected


def test_lone_pictures_are_dropped() -> None:
    """An icon in front of a telephone number is no text."""
    icon = _glyphs("M", [0], Ink(10, 8, 2, symbols=True))
    number = [
        glyph._replace(x0=glyph.x0 + 10, x1=glyph.x1 + 10) for glyph in _glyphs("555", [0] * 2)
    ]

    assert _texts([*icon, *number]) == ["555"]


@pytest.mark.parametrize(
    ("char", "width", "expected"),
    [
        pytest.param("\xad", 0.0, "\xad", id="soft hyphen unseen"),
        pytest.param("\xad", 3.0, "-", id="soft hyphen seen"),
        pytest.param("x", 5.0, "x", id="letter"),
    ],
)
def test_soft_hyphens_that_are_seen_are_hyphens(char: str, width: float, expected: str) -> None:
    """Some programs write soft hyphens for all that they print."""
    assert seen_hyphen(char, width, _INK) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("\ufb01ne", "fine", id="ligature"),
        pytest.param("data\u200bbase\ufeff", "database", id="zero width"),
        pytest.param("scikit\xadlearn", "scikitlearn", id="soft hyphen"),
        pytest.param("stake\x02", "stake-", id="PDFium's hyphen at a line's end"),
        pytest.param("\uf0b7", "•", id="bullet of a symbol font"),
        pytest.param("\ue034", "", id="private use"),
        pytest.param("C++\xa0", "C++", id="no-break space"),
        pytest.param("Cafe\u0301", "Café", id="composed"),
    ],
)
def test_clean(raw: str, expected: str) -> None:
    """Words are in NFKC and hold nothing that is not seen."""
    assert clean(raw) == expected


@given(st.text())
def test_clean_words_stay_clean(raw: str) -> None:
    """A clean word is in NFKC, has no white space, and is not changed by cleaning it again."""
    word = clean(raw)

    assert unicodedata.is_normalized("NFKC", word)
    assert not any(char.isspace() for char in word)
    assert clean(word) == word


@given(st.lists(st.floats(0, 4), max_size=12))
def test_no_letter_is_lost(gaps: list[float]) -> None:
    """However letters are spaced, words hold all of them, in order."""
    letters = "abcdefghijklm"[: len(gaps) + 1]

    assert "".join(_texts(_glyphs(letters, gaps))) == letters
