"""Whatever the bytes, a reader gives a whole document or one of the errors meant for it."""

from __future__ import annotations

import contextlib
import json
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from skillgap.document.docx import DocxReader
from skillgap.document.html import HtmlReader
from skillgap.document.jsonresume import JsonResumeReader
from skillgap.document.markdown import MarkdownReader
from skillgap.document.model import Document
from skillgap.document.odt import OdtReader
from skillgap.document.options import ReadOptions
from skillgap.document.plain import PlainReader
from skillgap.document.reader import Reader, read_document
from skillgap.document.rtf import RtfReader
from skillgap.errors import DocumentError
from tests.document.office import docx, odt, paragraph, table

_STYLES = '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
_DOCX = docx(
    paragraph("Experience", style="H") + table((paragraph("2020"), paragraph("Analyst"))),
    styles=_STYLES,
    header1=paragraph("Ann Example"),
)
_ODT = odt(
    '<text:h text:outline-level="1">Experience</text:h><text:list><text:list-item>'
    "<text:p>Built models</text:p></text:list-item></text:list>"
)
_RTF = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset2 Symbol;}}"
    rb"{\colortbl;\red255\green255\blue255;}{\stylesheet{\s1\outlinelevel0 heading 1;}}"
    rb"\pard\s1\b Experience\b0\par {\listtext\f1 \'b7\tab}\pard\ls1 R\'e9sum\u233?\par"
    rb"\trowd\pard\intbl 2020\cell Analyst\cell\row\pard{\cf1 white}{\field{\*\fldinst X}{\fldrslt"
    rb" y}}{\header Ann\par}{\pict\bin3 abc}\page End\par}"
)
_HTML = (
    b"<!doctype html><html><head><title>t</title><style>p{}</style></head><body><h1>Ann</h1>"
    b"<ul><li>One<li>Two</ul><table><tr><td>2020<td>Analyst</table><p hidden>x<p>y<br>z<pre>a\nb"
)
_MARKDOWN = b"# Ann\n\n## Work\n\n* One `x`\n* **Two** [three](u)\n\n|a|b|\n|-|-|\n|1|2|\n"
_JSON = json.dumps({"basics": {"name": "Ann"}, "work": [{"position": "Analyst"}]}).encode()

_CASES = [
    pytest.param(DocxReader(), _DOCX, id="docx"),
    pytest.param(OdtReader(), _ODT, id="odt"),
    pytest.param(RtfReader(), _RTF, id="rtf"),
    pytest.param(HtmlReader(), _HTML, id="html"),
    pytest.param(MarkdownReader(), _MARKDOWN, id="markdown"),
    pytest.param(PlainReader(), b"Ann Example\n\n\xb7 One\ttwo\x0c\n", id="plain"),
    pytest.param(JsonResumeReader(), _JSON, id="jsonresume"),
]
_SETTINGS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_CHANGES = st.lists(
    st.tuples(st.integers(0, 20_000), st.integers(0, 12), st.binary(max_size=8)), max_size=8
)


def check(document: Document) -> None:
    """Check the laws of `Document` that every later step stands on."""
    text = document.text
    assert unicodedata.is_normalized("NFKC", text)
    assert all(line == line.strip() for line in text.split("\n"))
    assert "\n\n\n" not in text
    assert text == text.strip()
    assert text.splitlines() == text.split("\n") or not text
    text.encode()  # no lone surrogates
    shown = [text[slice(*line.span)] for line in document.lines]
    assert shown == [line for line in text.split("\n") if line]
    for line in document.lines:
        assert line.segments[0].start == line.span.start
        assert line.segments[-1].end == line.span.end
        assert all(before.end < after.start for before, after in pairwise(line.segments))
        assert document.page_at(line.span.start) == line.page
    assert document.pages[0].span.start == 0
    assert document.pages[-1].span.end == len(text)
    assert [page.number for page in document.pages] == [*range(1, len(document.pages) + 1)]


def read_or_refuse(reader: Reader, data: bytes) -> None:
    with contextlib.suppress(DocumentError):
        check(reader.read(data, "x", ReadOptions()))


@pytest.mark.parametrize(("reader", "valid"), _CASES)
@_SETTINGS
@given(changes=_CHANGES)
@example(changes=[])
def test_changed_files(reader: Reader, valid: bytes, changes: list[tuple[int, int, bytes]]) -> None:
    """A valid file with some bytes replaced is read, or refused with a reason."""
    data = bytearray(valid)
    for position, length, new in changes:
        start = position % (len(data) + 1)
        data[start : start + length] = new

    read_or_refuse(reader, bytes(data))


@pytest.mark.parametrize(("reader", "valid"), _CASES)
@_SETTINGS
@given(length=st.floats(0, 1))
def test_cut_files(reader: Reader, valid: bytes, length: float) -> None:
    """A file that was cut short is read as far as it goes, or refused with a reason."""
    read_or_refuse(reader, valid[: int(len(valid) * length)])


@pytest.mark.parametrize(("reader", "valid"), _CASES)
@_SETTINGS
@given(data=st.binary(max_size=300))
def test_random_bytes(reader: Reader, valid: bytes, data: bytes) -> None:
    """Random bytes behind the start of a valid file are read, or refused with a reason."""
    read_or_refuse(reader, valid[:40] + data)


@_SETTINGS
@given(text=st.text(max_size=300), xml=st.sampled_from(["w:t", "w:instrText", "w:sym"]))
def test_text_in_docx(text: str, xml: str) -> None:
    """Any text in a DOCX keeps the laws of a document."""
    escaped = "".join(f"&#{ord(c)};" for c in text if c.isprintable() or c in "\t\n")

    read_or_refuse(DocxReader(), docx(f"<w:p><w:r><{xml}>{escaped}</{xml}></w:r></w:p>"))


@_SETTINGS
@given(text=st.text(max_size=300))
def test_plain_text(text: str) -> None:
    """Any text keeps the laws of a document."""
    read_or_refuse(PlainReader(), text.encode("utf-8", "surrogatepass"))


def _xml(tags: str, attributes: list[str]) -> st.SearchStrategy[str]:
    """Give XML of the tags in any nesting, each with one of the attributes."""
    leaf = st.sampled_from(["", "one", "two", " ", "x\ny"])

    def wrap(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        parts = (
            st.sampled_from(tags.split()),
            st.sampled_from(attributes),
            st.lists(children, max_size=4),
        )
        return st.tuples(*parts).map(
            lambda part: f"<{part[0]} {part[1]}>{''.join(part[2])}</{part[0]}>"
        )

    return st.recursive(leaf, wrap, max_leaves=25)


_WORD_XML = _xml(
    "w:p w:p w:r w:r w:t w:t w:tbl w:tr w:tc w:sdt w:sdtContent w:ins w:del w:hyperlink w:br w:tab"
    " w:pPr w:rPr w:numPr w:numId w:ilvl w:vanish w:sz w:color w:shd w:fldChar w:drawing w:pict"
    " w:txbxContent wps:wsp wps:spPr a:solidFill a:srgbClr mc:AlternateContent mc:Choice"
    " mc:Fallback w:sectPr w:headerReference w:lastRenderedPageBreak w:footnoteReference w:sym"
    " wp:anchor wp:extent w:pStyle w:outlineLvl m:oMath m:r m:t w14:textFill",
    [
        "",
        'w:val="1"',
        'w:val="FFFFFF"',
        'w:val="H"',
        'w:val="x" w:fill="red"',
        'w:type="page"',
        'w:fldCharType="begin"',
        'w:fldCharType="end"',
        'r:id="header1" w:type="default"',
        'w:char="F0B7"',
        'w:char="zz"',
        'cx="9999999" cy="?"',
        'fillcolor="red"',
        'w:id="7"',
    ],
)
_ODF_XML = _xml(
    "text:p text:p text:h text:span text:span text:list text:list-item text:list-header text:s"
    " text:tab text:line-break text:soft-page-break text:section text:note text:note-body"
    " text:tracked-changes table:table table:table-row table:table-cell table:table-header-rows"
    " draw:frame draw:text-box draw:custom-shape draw:image draw:g office:annotation",
    [
        "",
        'text:style-name="A"',
        'text:style-name="B"',
        'text:c="4"',
        'text:c="-"',
        'text:display="none"',
        'text:is-hidden="true"',
        'table:style-name="A"',
        'draw:style-name="A" svg:width="12cm" svg:height="1%"',
    ],
)
_ODF_STYLES = "".join(
    f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'
    '<style:paragraph-properties fo:break-before="page" fo:background-color="#000000"/>'
    '<style:text-properties fo:font-size="90%" fo:color="#000000" fo:font-weight="700"/>'
    "</style:style>"
    for name, parent in (("A", "B"), ("B", "A"))
    for family in ("paragraph", "text", "graphic", "table", "table-cell")
)


@_SETTINGS
@given(xml=_WORD_XML)
def test_word_markup(xml: str) -> None:
    """Elements of DOCX in any nesting keep the laws of a document."""
    read_or_refuse(DocxReader(), docx(xml, styles=_STYLES, header1=xml, numbering=xml))


@_SETTINGS
@given(xml=_ODF_XML)
def test_odf_markup(xml: str) -> None:
    """Elements of ODT in any nesting keep the laws of a document."""
    read_or_refuse(OdtReader(), odt(xml, styles=_ODF_STYLES))


@_SETTINGS
@given(markup=st.lists(st.sampled_from(
    ["<p>", "</p>", "<td>", "<tr>", "</tr>", "<table>", "</table>", "<li>", "<ul>", "</ul>", "<ol>",
     "<br>", "<pre>", "</pre>", "<h1>", "</h1>", "<b>", "</b>", "<div hidden>", "</div>", "a\n b"]
), max_size=60))  # fmt: skip
def test_html_markup(markup: list[str]) -> None:
    """Elements in any order, closed or not, keep every word in its place."""
    document = HtmlReader().read("".join(markup).encode(), "x", ReadOptions())

    check(document)


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=200), name=st.sampled_from(["x", "x.txt", "x.pdf", "x.md"]))
def test_front_door(data: bytes, name: str) -> None:
    """The front door lets nothing but documents and their errors out."""
    with contextlib.suppress(DocumentError):
        check(read_document(data, name=name))
