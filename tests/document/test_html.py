"""HTML and Markdown: what a browser shows, in lines."""

from __future__ import annotations

import pytest

from skillgap.document.html import HtmlReader
from skillgap.document.markdown import MarkdownReader
from skillgap.document.model import Document, WarningCode
from skillgap.document.options import Limits, ReadOptions
from skillgap.errors import LimitExceededError


def read(html: str | bytes, limits: Limits | None = None) -> Document:
    data = html if isinstance(html, bytes) else html.encode()
    return HtmlReader().read(data, "x", ReadOptions(limits=limits or Limits()))


def markdown(text: str) -> Document:
    return MarkdownReader().read(text.encode(), "x", ReadOptions())


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<p>one <b>two</b>\n three<p>four", "one two three\nfour", id="paragraphs"),
        pytest.param("<div>a<div>b</div>c</div>", "a\nb\nc", id="nested blocks"),
        pytest.param("a<br>b<br><br>c", "a\nb\n\nc", id="line breaks"),
        pytest.param("C&amp;A R&eacute;sum&#233;", "C&A Résumé", id="entities"),
        pytest.param("<script>x</script>a<style>y</style>", "a", id="scripts and styles"),
        pytest.param("<head><title>t</title></head><body>a", "a", id="head"),
        pytest.param("<!-- b -->a<?pi?>", "a", id="comments"),
        pytest.param("<pre>a  b\n  c</pre>", "a b\nc", id="preformatted"),
        pytest.param("<ul><li>a<li>b<ul><li>c</ul></ul>", "• a\n• b\n• c", id="open items"),
        pytest.param("<ol><li><p>a</p></li><li>b</li></ol>", "1. a\n2. b", id="numbered"),
        pytest.param("<table><tr><td>a<td>b<tr><td>c", "a  b\nc", id="rows"),
        pytest.param(
            "<table><tr><td>2019<td><p>Analyst<p>Acme</table>", "2019\nAnalyst\nAcme", id="columns"
        ),
        pytest.param(
            "<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", "a  b  c", id="nested"
        ),
        pytest.param("</td></p></ul>a</div>", "a", id="stray end tags"),
        pytest.param("<dl><dt>Tools<dd>SQL<dt>More<dd>R</dl>", "Tools\nSQL\nMore\nR", id="terms"),
        pytest.param('<img src="x" alt="photo"><a href="u">link</a>', "link", id="links"),
    ],
)
def test_text(html: str, expected: str) -> None:
    """Blocks make lines, rows are read across, what is not shown is left out."""
    assert read(html).text == expected


def test_flags() -> None:
    """Headings, bold lines and items are flagged."""
    document = read("<h2>Work</h2><p><b>Analyst</b></p><ul><li>Built</ul><p>end")

    assert [(line.heading, line.bold, line.bullet) for line in document.lines] == [
        (True, True, False),
        (False, True, False),
        (False, False, True),
        (False, False, False),
    ]


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        pytest.param("<p hidden>spam</p>", "vanish", id="hidden"),
        pytest.param('<p style="DISPLAY: none">spam</p>', "vanish", id="display none"),
        pytest.param('<p style="visibility:hidden">spam</p>', "vanish", id="visibility"),
        pytest.param('<p style="opacity:0">spam</p>', "vanish", id="opacity"),
        pytest.param('<p style="font-size:1px">spam</p>', "tiny", id="one pixel"),
        pytest.param('<p style="font-size: 0">spam</p>', "tiny", id="no size"),
        pytest.param('<p style="color:#fefefe">spam</p>', "colour", id="white on white"),
        pytest.param('<font color="white">spam</font>', "colour", id="font"),
        pytest.param(
            '<td style="background:black"><i style="color:rgb(1,2,3)">spam</i></td>',
            "colour",
            id="black on black",
        ),
    ],
)
def test_hidden(html: str, kind: str) -> None:
    """What nobody sees is kept apart with its reason."""
    document = read(f"<p>Ann</p>{html}")

    assert document.text == "Ann"
    assert [(hidden.text, hidden.kind) for hidden in document.hidden] == [("spam", kind)]


@pytest.mark.parametrize(
    "html",
    [
        '<div style="background-color:#036"><p style="color:white">Ann</p></div>',
        '<table><tr><td bgcolor="navy"><font color="white">Ann</font></table>',
        "<style>.b{background:navy}</style><p class=b style='color:#fff'>Ann</p>",
        '<p style="opacity:0.9;font-size:9px">Ann</p>',
    ],
)
def test_seen(html: str) -> None:
    """White on a colour, or where a style sheet may set one, is seen."""
    assert read(html).text == "Ann"


def test_declared_encoding() -> None:
    """An old page is read in the encoding that it names."""
    document = read('<meta charset="windows-1251"><p>Данные'.encode("cp1251"))

    assert document.text == "Данные"
    assert document.warnings == ()


def test_limits() -> None:
    """Elements that nest too deep are refused; pictures inside the file cost nothing."""
    picture = f'<img src="data:image/png;base64,{"A" * 9_000}">'

    assert read(f"{picture}<p>Ann", Limits(max_characters=1_000)).text == "Ann"
    with pytest.raises(LimitExceededError, match="deeper"):
        read("<div>" * 300)
    with pytest.raises(LimitExceededError, match="longer than 0 seconds"):
        read("<p>Ann", Limits(max_seconds=0))


@pytest.mark.parametrize("endless", ["<p " + "a=<!-- " * 200_000, "<!--" * 400_000])
def test_what_never_ends_is_refused(endless: str) -> None:
    """A tag or a comment without end is told at once, and costs no memory."""
    with pytest.raises(LimitExceededError, match="tag or a comment"):
        read(f"<!doctype html>{endless}")


def test_a_script_may_be_long() -> None:
    """Pages that were saved hold scripts of any length."""
    assert read(f"<script>{'x = 1;' * 200_000}</script><p>Ann").text == "Ann"


def test_markup_is_cut() -> None:
    """Markup far beyond the text that is kept is cut, with one warning."""
    document = read("<p>Ann</p>" * 1_000, Limits(max_characters=100))

    assert [warning.code for warning in document.warnings] == [WarningCode.PAGES_CUT]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# Ann\n**Data** _Scientist_", "Ann\nData Scientist", id="emphasis"),
        pytest.param("[site](https://example.com) `sql`", "site sql", id="links and code"),
        pytest.param("- a\n- b\n\n1. c\n2. d", "• a\n• b\n1. c\n2. d", id="lists"),
        pytest.param("Analyst  \nAcme\n2019", "Analyst\nAcme\n2019", id="lines stay lines"),
        pytest.param("```\nx = 1\n\ny\n```", "x = 1\n\ny", id="code"),
        pytest.param("|a|b|\n|-|-|\n|c|d|", "a  b\nc  d", id="tables"),
        pytest.param("---\ntitle: CV\n---\nAnn", "title: CV\n\nAnn", id="front matter"),
        pytest.param("Ann\n---\n<!-- x --><b>b</b>", "Ann\nb", id="HTML inside"),
    ],
)
def test_markdown(text: str, expected: str) -> None:
    """Markdown is read as it is rendered, but lines stay lines."""
    assert markdown(text).text == expected


def test_markdown_headings() -> None:
    """Headings of both kinds are flagged."""
    document = markdown("# Ann\n\nWork\n----\n\ntext")

    assert [line.heading for line in document.lines] == [True, True, False]


@pytest.mark.parametrize("markup", ["<![\x01 x", "<![foo bar", "<![if !vml]>", "<![x[ a ]]>"])
def test_marked_sections_are_passed_over(markup: str) -> None:
    """Conditional comments of Word, and what only looks like one, cost no other text."""
    assert "Before" in read(f"<p>Before</p>{markup}").text
