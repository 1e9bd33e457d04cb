"""Glyphs to words, on the evidence of their places: the first step of the layout."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from skillgap.document.glyphs import Glyphs, Ink

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Twice the side of the largest page that the PDF specification allows.
_FAR_PT = 28_800

# All in em, shares of the letters' size, found on 420 PDFs whose text is known.
# A gap this wide parts two words; letters of one word are closer even in loose setting.
_WORD_GAP = 0.15
# A change of baseline this large starts a new word; accents and kerning change it by less.
_BASELINE_CHANGE = 0.25
# A step back this large starts a new word; kerning steps back by less.
_STEP_BACK = 0.2
# Letter-spaced text: at least so many gaps, the median and the lower quartile this wide.
_SPACED_GAPS = 4
_SPACED_MEDIAN = 0.08
_SPACED_QUARTILE = 0.06
# In letter-spaced text a word ends at this many median gaps, and a little.
_SPACED_BREAK = (1.8, 0.05)
# A run of glyphs, within which letter-spacing is judged, ends at a gap this wide.
_RUN_GAP = 3.0
# And where the size changes by this ratio; that of capitals to small capitals is 1.2 to 1.5.
_SIZE_RATIO = 1.6
# "S K I L L S", written with spaces: so many pieces, each this short, so many of them single
# letters, and no gap wider than so many median gaps.
_PIECES = 4
_PIECE_LETTERS = 3
_SINGLE_SHARE = 0.7
_PIECE_GAP = 1.45

# So many lines start with the same symbol when it is the bullet of a list.
_BULLET_LINES = 2
_BULLET = "•"
# Bullets hang on the same line as their text, though often on another baseline.
_LINE_SHARE = 0.4
# Signs that part the items of a line, and that a broken line may start with; and a lost glyph.
_NO_BULLETS = frozenset("|/&,;:.()[]\"'\0")

BULLETS = frozenset("•◦▪▫●○■□‣⁃∙·➢➤►▶✓✔❖◆◇◊»›⋅∗*–—-−▸▹▷⁍⦿⚫⬤")

# Bullets of symbol fonts, which have no Unicode meaning: Symbol and Wingdings.
_SYMBOL_BULLETS = dict.fromkeys(
    map(ord, "\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc\uf076\uf071\uf06e\uf06f\uf06c\uf09f\uf0be"),
    "•",
)
_FOLDED = {**_SYMBOL_BULLETS, 0x02: "-", 0xFFFE: "-", 0xAD: None}
# Control, format (zero-width), private use, surrogate, unassigned: no reader sees them.
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


class PageWord(NamedTuple):
    """A word in the frame of its text's direction, before cleaning."""

    text: str
    x0: float
    x1: float
    baseline: float
    ink: Ink

    @property
    def size(self) -> float:
        """The size of its letters, in points."""
        return self.ink.size_pt


# The class itself does this at twice the cost, which counts for the words of a page.
_new_word: Callable[[Iterable[Any]], PageWord] = partial(tuple.__new__, PageWord)


def words_of(glyphs: Glyphs) -> list[PageWord]:
    """Join glyphs of one direction, in the order of the file, into words.

    Spaces in the file part words, and so do gaps: many PDFs hold no spaces at all. Where every
    letter stands apart ("S K I L L S"), only wider gaps do.
    """
    if not glyphs:
        return []
    with np.errstate(invalid="ignore", over="ignore"):  # broken files have places without end
        words = list(_with_bullets(list(_joined_pieces(_parted(glyphs)))))
        near = _are_near(glyphs)
    return [
        word if text == word.text else word._replace(text=text)
        for word in words
        if (text := clean(word.text)) and (near or _is_near(word))
    ]


def _are_near(glyphs: Glyphs) -> bool:
    """Whether all glyphs have a place and a size that a page can have."""
    places = (glyphs.x0s, glyphs.x1s, glyphs.baselines)
    return all((np.abs(column) < _FAR_PT).all() for column in places) and all(
        ink.size_pt < _FAR_PT for ink in glyphs.inks
    )


def _is_near(word: PageWord) -> bool:
    """Whether a word has a place and a size that a page can have; broken files have others."""
    _, x0, x1, baseline, ink = word
    return (
        -_FAR_PT < x0 < _FAR_PT
        and -_FAR_PT < x1 < _FAR_PT
        and -_FAR_PT < baseline < _FAR_PT
        and ink.size_pt < _FAR_PT
    )


def clean(text: str) -> str:
    """Return the text in NFKC without white space and unseen characters.

    >>> clean("e\ufb03cient\u200b")
    'efficient'
    """
    if text.isascii() and text.isprintable():
        return text.replace(" ", "")
    text = unicodedata.normalize("NFKC", text.translate(_FOLDED))
    seen = "".join(
        char
        for char in text
        if not char.isspace() and unicodedata.category(char) not in _UNSEEN_CATEGORIES
    )
    # Accents written as signs of their own are a space and a mark, which now meets its letter.
    return unicodedata.normalize("NFKC", seen)


def _with_bullets(words: Sequence[PageWord]) -> Iterator[PageWord]:
    """Turn symbols that start several lines into bullets, and drop other symbols.

    Fonts of pictures give them letters or private codes, which read as nonsense. The same symbol
    in front of two lines is the bullet of a list; one that comes once is an icon.
    """
    starts = Counter(
        word.text
        for index, word in enumerate(words)
        if len(word.text) == 1
        and not (word.text.isalnum() or word.text in BULLETS)
        and _starts_line(words, index)
    )
    for index, word in enumerate(words):
        if len(word.text) > 1 or word.text in BULLETS:
            yield word
        elif starts[word.text] >= _BULLET_LINES and _starts_line(words, index):
            yield word._replace(text=_BULLET)
        elif not word.ink.symbols:
            yield word


def _starts_line(words: Sequence[PageWord], index: int) -> bool:
    """Whether a word is the first of its line and has text close behind it."""
    word = words[index]
    if index + 1 == len(words) or word.text in _NO_BULLETS:
        return False
    behind = words[index + 1]
    reach = _RUN_GAP * behind.size
    if not (_same_line(word, behind) and 0 < behind.x0 - word.x1 <= reach):
        return False
    before = words[index - 1] if index else None
    return before is None or not (_same_line(before, word) and before.x0 < word.x0)


def _same_line(word: PageWord, other: PageWord) -> bool:
    return abs(word.baseline - other.baseline) <= _LINE_SHARE * max(word.size, other.size)


def _parted(glyphs: Glyphs) -> list[PageWord]:
    """Part the glyphs into words where a space or a gap stands between two of them."""
    sizes = glyphs.of_inks(ink.size_pt for ink in glyphs.inks)
    gaps = glyphs.x0s[1:] - glyphs.x1s[:-1]
    runs = np.concatenate(([0], np.flatnonzero(~_follow(glyphs, sizes, gaps)) + 1))
    limits = _gap_limits(glyphs, sizes, gaps, runs)
    parts = (gaps > limits[1:]) | glyphs.spaced[1:]
    parts[runs[1:] - 1] = True
    starts = np.concatenate(([0], np.flatnonzero(parts) + 1))
    ends = np.append(starts[1:], len(glyphs))
    texts = map(glyphs.texts.__getitem__, map(slice, starts.tolist(), ends.tolist()))
    parted = zip(
        texts if isinstance(glyphs.texts, str) else map("".join, texts),
        glyphs.x0s[starts].tolist(),
        glyphs.x1s[ends - 1].tolist(),
        glyphs.baselines[starts].tolist(),
        map(glyphs.inks.__getitem__, glyphs.ink_of[starts].tolist()),
        strict=True,
    )
    return list(map(_new_word, parted))


def _follow(
    glyphs: Glyphs, sizes: NDArray[np.float64], gaps: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Whether each glyph but the first can be on the same piece of line as the one before."""
    x0s, x1s, inks, size = glyphs.x0s, glyphs.x1s, glyphs.ink_of, sizes[1:]
    same_ink = inks[1:] == inks[:-1]
    # Letters of one ligature: one piece of text, one place.
    same_place = same_ink & (x0s[1:] == x0s[:-1]) & (x1s[1:] == x1s[:-1])
    # Two sizes may be of one word: small capitals are drawn with two sizes.
    alike = np.maximum(size, sizes[:-1]) < _SIZE_RATIO * np.minimum(size, sizes[:-1])
    same_line = np.abs(np.diff(glyphs.baselines)) <= _BASELINE_CHANGE * size
    near = (gaps <= _RUN_GAP * size) & ((gaps >= -_STEP_BACK * size) | same_place)
    follow: NDArray[np.bool_] = same_line & near & (same_ink | alike)
    return follow


def _gap_limits(
    glyphs: Glyphs,
    sizes: NDArray[np.float64],
    gaps: NDArray[np.float64],
    runs: NDArray[np.intp],
) -> NDArray[np.float64]:
    """For each glyph the gap that parts two words of its run, in points; `runs` are the starts."""
    largest = np.maximum.reduceat(sizes, runs)
    limits = _WORD_GAP * largest
    lengths = np.diff(runs, append=len(glyphs))
    inside = ~glyphs.spaced
    inside[runs] = False
    wide = inside.copy()
    wide[1:] &= gaps > np.repeat(_SPACED_MEDIAN * largest, lengths)[1:]
    # Only where half of the gaps are wide their median can be.
    counts, wides = np.add.reduceat(inside, runs, dtype=int), np.add.reduceat(wide, runs, dtype=int)
    for at in np.flatnonzero((counts >= _SPACED_GAPS) & (2 * wides >= counts)).tolist():
        first, last = runs[at], runs[at] + lengths[at] - 1
        written = gaps[first:last][inside[first + 1 : last + 1]]
        limits[at] = _gap_limit(written.tolist(), largest[at])
    return np.repeat(limits, lengths)


def _gap_limit(gaps: Sequence[float], size: float) -> float:
    """The gap that parts two words of a run, in points.

    Args:
        gaps: Those between its glyphs that hold no space.
        size: Of its largest letters.
    """
    middle = median(gaps)
    if middle <= _SPACED_MEDIAN * size or quantiles(gaps)[0] <= _SPACED_QUARTILE * size:
        return _WORD_GAP * size
    return _SPACED_BREAK[0] * middle + _SPACED_BREAK[1] * size


def _joined_pieces(words: Sequence[PageWord]) -> Iterator[PageWord]:
    """Join the letters of "S K I L L S", which stand apart with spaces between them."""
    joined_up_to = 0
    for index, word in enumerate(words):
        if index < joined_up_to:
            continue
        if len(word.text) <= _PIECE_LETTERS:
            end = _pieces_end(words, index)
            if end - index >= _PIECES:
                yield from _join_at_wide_gaps(words[index:end])
                joined_up_to = end
                continue
        yield word


def _pieces_end(words: Sequence[PageWord], start: int) -> int:
    end, singles = start, 0
    while end < len(words) and len(words[end].text) <= _PIECE_LETTERS:
        word = words[end]
        if not (word.text.isalpha() or word.text == "&"):
            break
        if end > start and not _is_next_piece(words[end - 1], word):
            break
        singles += len(word.text) == 1
        end += 1
    return end if singles >= _SINGLE_SHARE * (end - start) else start


def _is_next_piece(last: PageWord, word: PageWord) -> bool:
    return (
        word.size == last.size
        and abs(word.baseline - last.baseline) <= _BASELINE_CHANGE * word.size
        and 0 < word.x0 - last.x1 <= _RUN_GAP * word.size
    )


def _join_at_wide_gaps(pieces: Sequence[PageWord]) -> Iterator[PageWord]:
    limit = _PIECE_GAP * median(
        piece.x0 - pieces[index].x1 for index, piece in enumerate(pieces[1:])
    )
    joined = pieces[0]
    for piece in pieces[1:]:
        if piece.x0 - joined.x1 <= limit:
            joined = joined._replace(text=joined.text + piece.text, x1=piece.x1)
        else:
            yield joined
            joined = piece
    yield joined
