"""What surrounds a word: its line, its sentence, its section, and the lists it stands in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from operator import itemgetter

from skillgap.document.model import Span
from skillgap.extract.tokenizer import Tokens
from skillgap.resume.model import Resume, SectionKind
from skillgap.taxonomy.forms import fold

# Words that open a row of tools: "Languages: Python, R", "Tools - Docker".
_ROW_LABEL = re.compile(
    r"^\W*(?:[\w&/,+.-]+\s+){0,4}?"
    r"(?:languages?|tools?|tooling|skills?|technolog(?:y|ies)|technical|frameworks?|librar(?:y|ies)|"
    r"stack|software|platforms?|databases?|programming|environments?|packages?|cloud|infrastructure|"
    r"tech|computing|analytics|visuali[sz]ation|devops|mlops|ops|data|statistics|modell?ing|ml|ai|"
    r"web|other|proficient(?:\s+in)?|expert(?:\s+in)?|knowledge(?:\s+of)?|familiar(?:\s+with)?|"
    r"intermediate|advanced|basic|core|strong|working)"
    r"(?:\s*\([^)\n]{0,30}\))?\s*(?::|\s[-–—]\s|\|)",
    re.IGNORECASE,
)
# A short cell and a wide gap behind it, or a label with its sign: a new row of a table.
_ROW_START = re.compile(r"\S+(?: \S+){0,3}\s{2,}\S|" + _ROW_LABEL.pattern, re.IGNORECASE)
_ADDRESS = re.compile(
    r"\S+@\S+|(?:https?://|www\.)\S*|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|ai|dev|edu|co|me)(?:/\S*)?\b"
)
_BULLETS = frozenset("•●▪■◦‣·*–—-§➢➤►✓✔❖")
_SENTENCE_END = frozenset(".?!")
_LIST_SIGNS = frozenset(",;/|•·●▪■◦‣&+()[]{}:–—-")
_LIST_WORDS = frozenset(("and", "or", "with", "plus"))
_FULL_LETTERS = 20  # at the least: narrower columns are lists more often than sentences
_FULL_LINE = 0.6  # of the longest line: a shorter one was not broken for want of room
_LONGEST_ASIDE = 8  # tokens in brackets between two items of a list


def disjoint(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that overlap as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Span(start, end))
    return merged


def covers(spans: Sequence[Span], offset: int) -> bool:
    """Whether the offset lies in one of the spans, which are in order and disjoint."""
    at = bisect_right(spans, offset, key=itemgetter(0)) - 1
    return at >= 0 and offset < spans[at].end


class Context:
    """One text with its tokens, lines, sentences and sections.

    A *hard* break is a line break that starts something
    new; the other ones only wrap a sentence.
    """

    def __init__(self, tokens: Tokens, text: str, resume: Resume | None = None) -> None:
        self.text = text
        self.resume = resume
        self.words = tokens.words
        self.starts = tokens.starts
        self.norms = [fold(word) for word in tokens.words]
        self._section_of_line: dict[int, SectionKind | None] = {}

    def end(self, token: int) -> int:
        """Return the offset behind a token."""
        return self.starts[token] + len(self.words[token])

    # --- lines ----------------------------------------------------------------------------------

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def line(self, token: int) -> int:
        """Return the index of the token's line."""
        return bisect_right(self._line_starts, self.starts[token]) - 1

    def line_text(self, line: int) -> str:
        """Return the text of a line, without its line break."""
        starts = self._line_starts
        stop = starts[line + 1] - 1 if line + 1 < len(starts) else len(self.text)
        return self.text[starts[line] : stop]

    @cached_property
    def _hard_lines(self) -> frozenset[int]:
        """The lines that start something new, rather than go on with the sentence before."""
        lines = self.text.split("\n")
        full = max(_FULL_LETTERS, _FULL_LINE * max(map(len, lines)))
        hard = {0}
        for number in range(1, len(lines)):
            line, before = lines[number].lstrip(), lines[number - 1].rstrip()
            goes_on = (
                bool(line)
                and bool(before)
                and line[0] not in _BULLETS
                and not _ROW_START.match(line)
                and (line[0].islower() or (len(before) >= full and before[-1] not in ".:!?"))
            )
            if not goes_on:
                hard.add(number)
        return frozenset(hard)

    def broken(self, start: int, end: int) -> bool:
        """Whether a hard break stands between the tokens from `start` up to `end`."""
        first, last = self.line(start), self.line(end - 1)
        return any(number in self._hard_lines for number in range(first + 1, last + 1))

    def is_row(self, token: int) -> bool:
        """Whether the token's line opens with a label such as "Languages:"."""
        line = self.line(token)
        while line not in self._hard_lines:
            line -= 1
        return _ROW_LABEL.match(self.line_text(line)) is not None

    def starts_line(self, token: int) -> bool:
        """Whether nothing but bullets stands before the token on its line."""
        start = self._line_starts[self.line(token)]
        return not any(c.isalnum() for c in self.text[start : self.starts[token]])

    def fills_line(self, start: int, end: int) -> bool:
        """Whether nothing but signs stands on the line beside the tokens from `start` to `end`."""
        behind = self._line_starts[self.line(end - 1) + 1 :][:1]
        rest = self.text[self.end(end - 1) : behind[0] if behind else len(self.text)]
        return self.starts_line(start) and not any(c.isalnum() for c in rest)

    def end_of_lines(self, token: int, count: int) -> int:
        """Return the token behind the last one of `count` lines below the token's line."""
        behind = self.line(token) + 1 + count
        if behind >= len(self._line_starts):
            return len(self.words)
        return bisect_left(self.starts, self._line_starts[behind])

    def end_of_list_below(self, token: int) -> int:
        """Return the token behind the bullets below the token's line, or behind the one line."""
        below = self.line(token) + 1
        stop = below
        while stop < len(self._line_starts) and self._is_bullet(stop):
            stop += 1
        return self.end_of_lines(token, max(1, stop - below))

    def _is_bullet(self, line: int) -> bool:
        return self.line_text(line).lstrip()[:1] in _BULLETS

    def end_of_row(self, token: int) -> int:
        """Return the token behind the last one of the token's line and the lines it wraps to."""
        line = self.line(token) + 1
        while line < len(self._line_starts) and line not in self._hard_lines:
            line += 1
        if line >= len(self._line_starts):
            return len(self.words)
        return bisect_left(self.starts, self._line_starts[line])

    def in_capitals(self, token: int) -> bool:
        """Whether the token's line is written in capitals, so that case says nothing there."""
        line = self.line_text(self.line(token))
        letters = sum(map(str.isalpha, line))
        return letters > 4 and sum(map(str.isupper, line)) > 0.9 * letters

    @cached_property
    def without_capitals(self) -> bool:
        """Whether the whole text is written small, so that case says nothing anywhere."""
        letters = sum(map(str.isalpha, self.text))
        return sum(map(str.isupper, self.text)) < 0.005 * letters

    @cached_property
    def _addresses(self) -> list[Span]:
        return [Span(*match.span()) for match in _ADDRESS.finditer(self.text)]

    def in_address(self, token: int) -> bool:
        """Whether the token is part of an e-mail address or a link."""
        return covers(self._addresses, self.starts[token])

    # --- sentences ------------------------------------------------------------------------------

    @cached_property
    def sentence_of(self) -> list[int]:
        """The number of each token's sentence."""
        numbers: list[int] = []
        number = 0
        line = 0
        for token, word in enumerate(self.words):
            here = self.line(token)
            if token and here != line:
                number += any(n in self._hard_lines for n in range(line + 1, here + 1))
            elif token and self._ends_sentence(token - 1):
                number += 1
            elif word.isspace() and len(word) > 1:
                number += 1  # another column of the line
            line = here
            numbers.append(number)
        return numbers

    def _ends_sentence(self, token: int) -> bool:
        if self.words[token] not in _SENTENCE_END or token + 1 >= len(self.words):
            return False
        return self.starts[token + 1] > self.end(token) and not self.words[token + 1].islower()

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return the tokens of the sentence around the tokens from `start` up to `end`."""
        number_of = self.sentence_of
        first, last = start, end
        while first and number_of[first - 1] == number_of[start]:
            first -= 1
        while last < len(number_of) and number_of[last] == number_of[end - 1]:
            last += 1
        return first, last

    def starts_sentence(self, token: int) -> bool:
        """Whether the token is the first word of its sentence."""
        before = token - 1
        while before >= 0 and (self.words[before] in _BULLETS or self.words[before].isspace()):
            before -= 1
        return before < 0 or self.sentence_of[before] != self.sentence_of[token]

    def in_longer_name(self, start: int, end: int) -> bool:
        """Whether another word with a capital stands right beside: "Harbour Flask Inn"."""
        before, after = start - 1, end
        return (
            before >= 0
            and self.words[before].istitle()
            and self.line(before) == self.line(start)
            and not self.starts_sentence(before)
        ) or (
            after < len(self.words)
            and self.words[after].istitle()
            and self.line(after) == self.line(end - 1)
            and self.starts[after] == self.end(end - 1) + 1
        )

    # --- lists ----------------------------------------------------------------------------------

    def item_before(self, token: int) -> int | None:
        """Return the last token of the list item before the one that starts at `token`."""
        at = token - 1
        parted = self._parted(at, token)
        while at >= 0 and self._is_list_sign(at):
            parted = True
            at = self._opening(at) - 1 if self.words[at] in ")]" else at - 1
        return at if parted and at >= 0 else None

    def item_after(self, token: int) -> int | None:
        """Return the first token of the list item behind the one whose last token is `token`."""
        at = token + 1
        parted = self._parted(token, at)
        while at < len(self.words) and self._is_list_sign(at):
            parted = True
            at = self._closing(at) + 1 if self.words[at] in "([" else at + 1
        return at if parted and at < len(self.words) else None

    def _parted(self, left: int, right: int) -> bool:
        return left >= 0 and right < len(self.words) and self.line(left) != self.line(right)

    def _is_list_sign(self, token: int) -> bool:
        word = self.words[token]
        return word in _LIST_SIGNS or word.isspace() or word.lower() in _LIST_WORDS

    def _opening(self, token: int) -> int:
        for at in range(token - 1, max(-1, token - _LONGEST_ASIDE), -1):
            if self.words[at] in "([":
                return at
        return token

    def _closing(self, token: int) -> int:
        for at in range(token + 1, min(len(self.words), token + _LONGEST_ASIDE)):
            if self.words[at] in ")]":
                return at
        return token

    # --- sections -------------------------------------------------------------------------------

    def section(self, token: int) -> SectionKind | None:
        """Return the kind of section the token is in, None when the text has no sections."""
        line = self.line(token)
        if line not in self._section_of_line:
            self._section_of_line[line] = self.section_at(self.starts[token])
        return self._section_of_line[line]

    def section_at(self, offset: int) -> SectionKind | None:
        """Return the kind of section at an offset, None when the text has no sections."""
        found = self.resume.section_at(offset) if self.resume is not None else None
        return found.kind if found is not None else None
