"""ODT: all that LibreOffice prints, once, in order; what nobody sees apart."""

from __future__ import annotations

import pytest

from skillgap.document.model import Document
from skillgap.document.odt import OdtReader
from skillgap.document.options import ReadOptions
from skillgap.errors import (
    DocumentError,
    EncryptedDocumentError,
    LimitExceededError,
    ScannedDocumentError,
    UnreadableDocumentError,
)
from tests.document.office import odf_root, odt


def read(text: str, *, automatic: str = "", styles: str = "", masters: str = "") -> Document:
    data = odt(text, automatic=automatic, styles=styles, masters=masters)
    return OdtReader().read(data, "x", ReadOptions())


def style(name: str, family: str, properties: str, more: str = "") -> str:
    start = f'<style:style style:name="{name}" style:family="{family}" {more}>'
    return f"{start}{properties}</style:style>"


def row(*cells: str) -> str:
    inside = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
    return f"<table:table-row>{inside}</table:table-row>"


def box(text: str, name: str = "") -> str:
    return (
        f'<draw:frame draw:style-name="{name}"><draw:text-box>{text}</draw:text-box></draw:frame>'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<text:p>Py<text:span>Tor</text:span>ch</text:p>", "PyTorch", id="spans"),
        pytest.param("<text:p>a<text:tab/>b<text:line-break/>c</text:p>", "a  b\nc", id="breaks"),
        pytest.param(
            "<text:p>a\n <text:s/>b <text:s text:c='4'/>c</text:p>", "a b  c", id="spaces"
        ),
        pytest.param("<text:p><text:a>link</text:a></text:p>", "link", id="links"),
        pytest.param("<text:p>a</text:p><text:p/><text:p>b</text:p>", "a\n\nb", id="blank"),
        pytest.param(
            "<text:tracked-changes><text:changed-region><text:p>old</text:p></text:changed-region>"
            "</text:tracked-changes><text:p>new<text:change-start/></text:p>",
            "new",
            id="deletions",
        ),
        pytest.param(
            "<text:p>a<office:annotation><text:p>c</text:p></office:annotation></text:p>",
            "a",
            id="comments",
        ),
        pytest.param(
            "<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>note</text:p></text:note-body></text:note>, b</text:p><text:p>c</text:p>",
            "a, b\nc\nnote",
            id="notes",
        ),
        pytest.param(
            "<table:table>"
            + row("<text:p>2019</text:p>", "<text:p>Analyst</text:p>")
            + "<table:table-header-rows>"
            + row("<text:p>a</text:p><text:p>b</text:p>")
            + "</table:table-header-rows></table:table>",
            "2019  Analyst\na\nb",
            id="tables",
        ),
        pytest.param(f"<text:p>a{box('<text:p>in</text:p>')}b</text:p>", "ab\nin", id="frames"),
        pytest.param(
            "<text:p><draw:custom-shape><text:p>in</text:p></draw:custom-shape></text:p>",
            "in",
            id="shapes",
        ),
        pytest.param(
            "<text:section><text:p>a</text:p></text:section><draw:g>"
            f"{box('<text:p>b</text:p>')}</draw:g>",
            "a\nb",
            id="sections and groups",
        ),
    ],
)
def test_text(text: str, expected: str) -> None:
    """The text is what is printed, in the order of reading."""
    document = read(text)

    assert document.text == expected
    assert document.hidden == ()


def test_lists() -> None:
    """Items carry the mark of their list's level; headings in lists carry none."""
    lists = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1"'
        ' style:num-format="1"/><text:list-level-style-bullet text:level="2"/>'
        '<text:list-level-style-number text:level="3"/></text:list-style>'
    )
    inner = "<text:list><text:list-item><text:p>deep</text:p></text:list-item></text:list>"
    text = (
        '<text:list text:style-name="L"><text:list-item><text:p>a</text:p><text:p>more</text:p>'
        "<text:list><text:list-item><text:p>b</text:p>"
        f"{inner}</text:list-item></text:list></text:list-item>"
        "<text:list-item><text:h>Work</text:h></text:list-item>"
        "<text:list-item><text:p>c</text:p></text:list-item></text:list>"
    )

    document = read(text, automatic=lists)

    assert document.text == "1. a\nmore\n• b\ndeep\nWork\n3. c"
    assert [line.bullet for line in document.lines] == [True, False, True, True, False, True]


def test_looks() -> None:
    """Styles are followed to their parents; sizes may be shares of the parent's."""
    styles = (
        '<style:default-style style:family="paragraph"><style:text-properties fo:font-size="10pt"/>'
        "</style:default-style>"
        + style("Base", "paragraph", '<style:text-properties fo:font-weight="bold"/>')
        + style(
            "Head",
            "paragraph",
            '<style:text-properties fo:font-size="150%"/>',
            'style:parent-style-name="Base" style:default-outline-level="1"',
        )
        + style("Ring", "paragraph", "", 'style:parent-style-name="Ring"')
    )
    document = read(
        '<text:p text:style-name="Head">a</text:p><text:p text:style-name="Ring">b</text:p>'
        "<text:h>c</text:h>",
        styles=styles,
    )

    assert [(line.heading, line.bold, line.size_pt) for line in document.lines] == [
        (True, True, 15),
        (False, False, 10),
        (True, False, 10),
    ]


SOLID = 'draw:fill="solid" draw:fill-color="#012345"'
LOOKS = (
    style("white", "text", '<style:text-properties fo:color="#ffffff"/>')
    + style("gone", "text", '<style:text-properties text:display="none"/>')
    + style("tiny", "text", '<style:text-properties fo:font-size="1pt"/>')
    + style("dark", "graphic", f"<style:graphic-properties {SOLID}/>")
    + style("dark", "table-cell", '<style:table-cell-properties fo:background-color="#012345"/>')
    + style("dark", "paragraph", '<style:paragraph-properties fo:background-color="#012345"/>')
)
SPAM = '<text:span text:style-name="white">spam</text:span>'


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(f"<text:p>{SPAM}</text:p>", "colour", id="white"),
        pytest.param(f"<text:p>{SPAM.replace('white', 'gone')}</text:p>", "vanish", id="hidden"),
        pytest.param(f"<text:p>{SPAM.replace('white', 'tiny')}</text:p>", "tiny", id="tiny"),
        pytest.param(
            "<text:section text:display='none'><text:p>spam</text:p></text:section>",
            "vanish",
            id="section",
        ),
        pytest.param(
            "<text:p><text:hidden-text text:is-hidden='true'>spam</text:hidden-text></text:p>",
            "vanish",
            id="hidden field",
        ),
    ],
)
def test_hidden(text: str, kind: str) -> None:
    """What nobody sees is kept apart with its reason."""
    document = read(f"<text:p>Ann</text:p>{text}", automatic=LOOKS)

    assert document.text == "Ann"
    assert [(hidden.text, hidden.kind) for hidden in document.hidden] == [("spam", kind)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f'<text:p text:style-name="dark">{SPAM}</text:p>', id="paragraph"),
        pytest.param(box(f"<text:p>{SPAM}</text:p>", "dark"), id="frame"),
        pytest.param(
            "<table:table><table:table-row><table:table-cell table:style-name='dark'>"
            f"<text:p>{SPAM}</text:p></table:table-cell></table:table-row></table:table>",
            id="cell",
        ),
        pytest.param(
            f"<text:p>{SPAM}</text:p><draw:rect svg:width='20cm' svg:height='3cm'/>", id="shape"
        ),
    ],
)
def test_seen(text: str) -> None:
    """White letters on anything but white are seen."""
    assert read(text, automatic=LOOKS).text == "spam"


def test_edges() -> None:
    """Headers come first and footers last, those with the same text once."""
    unseen = "<style:header-left style:display='false'><text:p>x</text:p></style:header-left>"
    masters = "".join(
        f"<style:master-page><style:header><text:p>Ann</text:p></style:header>{more}"
        "<style:footer><text:p>end</text:p></style:footer></style:master-page>"
        for more in ("", unseen)
    )

    assert read("<text:p>body</text:p>", masters=masters).text == "Ann\nbody\nend"


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        pytest.param("<text:p text:style-name='B'>b</text:p>", [2], id="by style"),
        pytest.param(
            "<text:soft-page-break/><text:p text:style-name='B'>b</text:p>", [2], id="soft once"
        ),
        pytest.param(
            "<text:p>b<text:soft-page-break/>c<text:line-break/>d</text:p>", [1, 2], id="inside"
        ),
        pytest.param(
            "<text:p>b<text:soft-page-break/>c</text:p><text:p>d</text:p>", [1, 2], id="next line"
        ),
    ],
)
def test_pages(text: str, pages: list[int]) -> None:
    """Lines know their page from the breaks that were noted, or else from styles."""
    breaking = style("B", "paragraph", '<style:paragraph-properties fo:break-before="page"/>')

    document = read(f"<text:p>a</text:p>{text}", automatic=breaking)

    assert [line.page for line in document.lines] == [1, *pages]


def test_name_of_a_dtd() -> None:
    """Old programs leave a namespace to a DTD; it is neither fetched nor a fault."""
    manifest = '<!DOCTYPE m PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd"><m:m/>'
    data = odt("<text:p>Ann</text:p>", extra={"META-INF/manifest.xml": manifest})

    assert OdtReader().read(data, "x", ReadOptions()).text == "Ann"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(odt("", extra={"content.xml": "<x"}), UnreadableDocumentError, id="damaged"),
        pytest.param(odt("", extra={"content.xml": "<x/>"}), UnreadableDocumentError, id="no text"),
        pytest.param(
            odt("", extra={"content.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}),
            UnreadableDocumentError,
            id="entities",
        ),
        pytest.param(odt("<text:section>" * 300), LimitExceededError, id="deep"),
        pytest.param(
            odt("<text:p/>", extra={"Pictures/a.png": b"x"}), ScannedDocumentError, id="scan"
        ),
        pytest.param(
            odt(
                "",
                extra={
                    "META-INF/manifest.xml": odf_root(
                        "manifest:manifest",
                        "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>",
                    ),
                    "content.xml": b"\x00\x01",
                },
            ),
            EncryptedDocumentError,
            id="encrypted",
        ),
    ],
)
def test_refusals(data: bytes, error: type[DocumentError]) -> None:
    """A file that cannot be read is refused with its kind of error."""
    with pytest.raises(error):
        OdtReader().read(data, "x", ReadOptions())
