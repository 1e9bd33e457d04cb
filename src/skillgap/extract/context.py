"""What surrounds a word: its line, its sentence, its section, and the lists it stands in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import pairwise

from skillgap.document.model import Span
from skillgap.extract.tokenizer import Tokens
from skillgap.resume.model import Resume, SectionKind
from skillgap.taxonomy.forms import fold_all

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
# Any few words with a colon: a row of its own where the row before has such a label too.
_LABELLED = re.compile(r"\S*[^\s:](?: \S*[^\s:]){0,3}:\s")
_MAY_BE_ADDRESS = re.compile(r"[@./]")
_ADDRESS = re.compile(
    r"\S+@\S+|(?:https?://|www\.)\S*|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|ai|dev|edu|co|me)(?:/\S*)?\b"
)
FIRST_PERSON = frozenset(("i", "me", "mine", "my", "myself"))
THIRD_PERSON = frozenset(("he", "her", "his", "she", "their", "they"))
_FEWEST_TELLING = 2  # sentences that begin with a pronoun, of a text that tells of its writer so
_IN_WORD = re.compile(r"[^\W\d_]-$")  # a line that ends inside a word
_BULLETS = frozenset("•●▪■◦‣·*–—-§➢➤►✓✔❖")
_SENTENCE_END = frozenset(".?!")
_LIST_SIGNS = frozenset(",;/|•·●▪■◦‣&+()[]{}:–—->→⇒")
_LIST_WORDS = frozenset(("and", "or", "with", "plus", "then", "e", "et", "und", "y"))
_BETWEEN_FIGURES = frozenset("/<~")
_FULL_LETTERS = 20  # at the least: narrower columns are lists more often than sentences
_FULL_LINE = 0.6  # of the longest line: a shorter one was not broken for want of room
_LONGEST_REST = 3  # words behind a label above its list: "Learning goals for 2025"
_LONGEST_ASIDE = 8  # tokens in brackets between two items of a list


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
        self.norms = fold_all(tokens.words)
        self._section_of_line: dict[int, SectionKind | None] = {}

    def end(self, token: int) -> int:
        """Return the offset behind a token."""
        return self.starts[token] + len(self.words[token])

    # --- lines ----------------------------------------------------------------------------------

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def _first_tokens(self) -> list[int]:
        """The first token at or behind the start of each line."""
        return [bisect_left(self.starts, start) for start in self._line_starts]

    @cached_property
    def _line_of(self) -> list[int]:
        """The line of each token."""
        firsts = [*self._first_tokens, len(self.words)]
        lines: list[int] = []
        for line, (first, behind) in enumerate(pairwise(firsts)):
            lines += [line] * (behind - first)
        return lines

    def line(self, token: int) -> int:
        """Return the index of the token's line."""
        return self._line_of[token]

    def tokens_in(self, span: Span) -> range:
        """Return the tokens that start in the span."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

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
        labelled = _LABELLED.match(lines[0]) is not None  # whether the last hard line is
        for number in range(1, len(lines)):
            line, before = lines[number].lstrip(), lines[number - 1].rstrip()
            goes_on = (
                bool(line)
                and bool(before)
                and line[0] not in _BULLETS
                and (
                    line[0].islower()
                    or (len(before) >= full and before[-1] not in ".:!?")
                    or _IN_WORD.search(before) is not None
                )
                and not _ROW_START.match(line)
                and not (labelled and _LABELLED.match(line))
            )
            if not goes_on:
                hard.add(number)
                labelled = _LABELLED.match(line) is not None
        return frozenset(hard)

    def broken(self, start: int, end: int) -> bool:
        """Whether a hard break stands between the tokens from `start` up to `end`."""
        first, last = self.line(start), self.line(end - 1)
        return first != last and any(
            number in self._hard_lines for number in range(first + 1, last + 1)
        )

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

    def heads_list(self, behind: int) -> bool:
        """Whether the words up to `behind` fill their line, or nearly do in a heading of a list."""
        below = self.line(behind - 1) + 1
        if below >= len(self._line_starts):
            return False
        rest = self.words[behind : self._first_tokens[below]]
        named = sum(word[0].isalnum() for word in rest)
        return not named or (
            named <= _LONGEST_REST
            and not any(word in ":,;" for word in rest)
            and (self._is_bullet(below) or self.in_capitals(behind - 1))
        )

    def end_of_lines(self, token: int, count: int) -> int:
        """Return the token behind the last one of `count` lines below the token's line."""
        behind = self.line(token) + 1 + count
        if behind >= len(self._line_starts):
            return len(self.words)
        return self._first_tokens[behind]

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
        return self._first_tokens[line]

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

    def in_address(self, token: int) -> bool:
        """Whether the token is part of an e-mail address or a link."""
        text, start = self.text, self.starts[token]
        end = start + len(self.words[token])
        while start and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        if _MAY_BE_ADDRESS.search(text, start, end) is None:
            return False
        found = _ADDRESS.finditer(text, start, end)
        return any(match.start() <= self.starts[token] < match.end() for match in found)

    # --- sentences ------------------------------------------------------------------------------

    @cached_property
    def _sentence_starts(self) -> list[int]:
        """The first token of each sentence: on a hard line, behind a full stop or a wide gap."""
        words, lines, last = self.words, self._line_of, len(self.words) - 1
        starts = {0, *(self._first_tokens[line] for line in self._hard_lines)}
        for token in [t for t, word in enumerate(words) if word in _SENTENCE_END or word.isspace()]:
            if words[token] in _SENTENCE_END:
                if token < last and lines[token] == lines[token + 1] and self._ends_sentence(token):
                    starts.add(token + 1)
            elif token and len(words[token]) > 1 and lines[token] == lines[token - 1]:
                starts.add(token)  # another column of the line
        return sorted(starts)

    def sentence_of(self, token: int) -> int:
        """Return the number of the token's sentence."""
        return bisect_right(self._sentence_starts, token)

    def _ends_sentence(self, token: int) -> bool:
        if self.words[token] not in _SENTENCE_END or token + 1 >= len(self.words):
            return False
        return self.starts[token + 1] > self.end(token) and not self.words[token + 1].islower()

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return the tokens of the sentence around the tokens from `start` up to `end`."""
        starts = self._sentence_starts
        behind = bisect_right(starts, end - 1)
        last = starts[behind] if behind < len(starts) else len(self.words)
        return starts[bisect_right(starts, start) - 1], last

    def starts_sentence(self, token: int) -> bool:
        """Whether the token is the first word of its sentence."""
        before = token - 1
        while before >= 0 and (self.words[before] in _BULLETS or self.words[before].isspace()):
            before -= 1
        return before < 0 or self.sentence_of(before) != self.sentence_of(token)

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

    @cached_property
    def in_third_person(self) -> bool:
        """Whether the text tells of its writer as "she": such sentences, and no "I" anywhere."""
        if not FIRST_PERSON.isdisjoint(self.norms):
            return False
        tokens = (t for t, norm in enumerate(self.norms) if norm in THIRD_PERSON)
        return sum(map(self.starts_sentence, tokens)) >= _FEWEST_TELLING

    # --- lists ----------------------------------------------------------------------------------

    def item_before(self, token: int) -> int | None:
        """Return the last token of the list item before the one that starts at `token`."""
        at = token - 1
        parted = self._parted(at, token)
        while at >= 0 and self._is_list_sign(at):
            parted = True
            at = self._opening(at) - 1 if self.words[at] in ")]" else at - 1
        return self._without_figures(at) if parted and at >= 0 else None

    def item_after(self, token: int) -> int | None:
        """Return the first token of the list item behind the one whose last token is `token`."""
        at = token + 1
        while at < len(self.words) and self._is_figure(at):
            at += 1
        parted = self._parted(at - 1, at)
        while at < len(self.words) and self._is_list_sign(at):
            parted = True
            at = self._closing(at) + 1 if self.words[at] in "([" else at + 1
        return at if parted and at < len(self.words) else None

    def _without_figures(self, token: int) -> int:
        """Return the word that the figures up to a token belong to: "Fortran 90", "Java 8/11"."""
        at = token
        while at > 0 and (self._is_figure(at) or (at < token and self._joins_figures(at))):
            at -= 1
        return at if self.words[at][0].isalpha() or self.words[at][0] == "." else token

    def _joins_figures(self, token: int) -> bool:
        return self.words[token] in _BETWEEN_FIGURES or self.words[token].isspace()

    def _is_figure(self, token: int) -> bool:
        return self.words[token][0].isdigit() or self.words[token] == "%"

    def _parted(self, left: int, right: int) -> bool:
        return left >= 0 and right < len(self.words) and self.line(left) != self.line(right)

    def _is_list_sign(self, token: int) -> bool:
        word = self.words[token]
        return word in _LIST_SIGNS or word.isspace() or word.lower() in _LIST_WORDS

    def behind_aside(self, token: int) -> int:
        """Return the token behind a short remark in brackets that opens at `token`, if one does."""
        if self.words[token : token + 1] != ["("]:
            return token
        closing = self._closing(token - 1)
        return closing + 1 if closing > token else token

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
