"""A page taken apart, so that tests can ask what is on it and not how it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "img"})
# SVG shapes are written closed in themselves.
SHAPES = frozenset({"rect", "path", "circle"})
INLINE = frozenset({"a", "b", "code", "mark", "q", "span", "strong", "style"})


@dataclass
class Element:
    """An element with its attributes, what it stands in, and what is in it."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None
    content: list[str | Element] = field(default_factory=list)

    @property
    def children(self) -> list[Element]:
        """The elements directly in it."""
        return [part for part in self.content if isinstance(part, Element)]

    @property
    def text(self) -> str:
        """All text in it as it is written; what stands in blocks is parted by spaces."""
        told = "".join(part if isinstance(part, str) else part.text for part in self.content)
        return told if self.tag in INLINE else f" {told} "

    @property
    def words(self) -> str:
        """All text in it, with single spaces."""
        return " ".join(self.text.split())


class Page(HTMLParser):
    """All elements of a page in order; it refuses tags that are not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.declarations: list[str] = []
        self.comments: list[str] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self._open, f"never closed: {[e.tag for e in self._open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; no attribute may be there twice."""
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> says {names} twice"
        parent = self._open[-1] if self._open else None
        element = Element(tag, {name: value or "" for name, value in attrs}, parent)
        if parent is not None:
            parent.content.append(element)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element that is closed in itself."""
        self.handle_starttag(tag, attrs)
        assert tag in SHAPES, f"<{tag}/> is not closed for a browser"
        self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close an element, which must be the last that was opened."""
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self._open:
            self._open[-1].content.append(data)

    def handle_decl(self, decl: str) -> None:
        """Take a declaration."""
        self.declarations.append(decl)

    def handle_comment(self, data: str) -> None:
        """Take a comment."""
        self.comments.append(data)

    def all(self, tag: str) -> Iterator[Element]:
        """Name all elements of a kind."""
        return (element for element in self.elements if element.tag == tag)

    def by_id(self, name: str) -> Element:
        """Return the element with an id."""
        return next(e for e in self.elements if e.attributes.get("id") == name)

    @property
    def words(self) -> str:
        """All text that is shown."""
        return next(self.all("body")).words
