"""DOCX: all that Word prints, once, in order; what nobody sees apart."""

from __future__ import annotations

import pytest

from skillgap.document.docx import DocxReader
from skillgap.document.model import Document
from skillgap.document.options import Limits, ReadOptions
from skillgap.errors import (
    DocumentError,
    LimitExceededError,
    ScannedDocumentError,
    UnreadableDocumentError,
)
from tests.document.office import docx, packed, paragraph, table


def read(body: str, **parts: str) -> Document:
    return DocxReader().read(docx(body, **parts), "x", ReadOptions())


def runs(*xml: str) -> str:
    return f"<w:p>{''.join(f'<w:r>{run}</w:r>' for run in xml)}</w:p>"


def text_box(body: str, *, fill: str = "<a:noFill/>", vml: str = "") -> str:
    """Return a paragraph with a text box as Word writes it: twice, for new and old programs."""
    inside = f"<w:txbxContent>{body}</w:txbxContent>"
    return (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
        f"<wps:wsp><wps:spPr>{fill}</wps:spPr><wps:txbx>{inside}</wps:txbx></wps:wsp>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:rect {vml}><v:textbox>{inside}</v:textbox></v:rect>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


FIELD = (
    '<w:fldChar w:fldCharType="begin"/>',
    "<w:instrText>PAGE</w:instrText><w:t>inner</w:t>",
    '<w:fldChar w:fldCharType="separate"/>',
    "<w:t>3</w:t>",
    '<w:fldChar w:fldCharType="end"/>',
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(runs("<w:t>Py</w:t>", "<w:t>Torch</w:t>"), "PyTorch", id="runs"),
        pytest.param(runs("<w:t>a</w:t><w:tab/><w:t>b</w:t>"), "a  b", id="tab"),
        pytest.param(
            runs("<w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t>"), "a\nb\nc", id="br"
        ),
        pytest.param(runs("<w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t>"), "e-mail", id="hyphen"),
        pytest.param(runs("<w:t>so</w:t><w:softHyphen/><w:t>ft</w:t>"), "soft", id="soft hyphen"),
        pytest.param(runs('<w:sym w:char="F0B7"/><w:t> a</w:t>'), "• a", id="symbol"),
        pytest.param(runs("<w:t>a\n\tb</w:t>"), "a b", id="white space of the XML"),
        pytest.param("<w:p><w:hyperlink><w:r><w:t>a</w:t></w:r></w:hyperlink></w:p>", "a", id="a"),
        pytest.param(
            "<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText>"
            "</w:r></w:del><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom></w:p>",
            "new",
            id="changes",
        ),
        pytest.param(runs(*FIELD), "3", id="fields"),
        pytest.param(
            runs(FIELD[0], FIELD[1]) + paragraph("on"), "on", id="a field that never ends"
        ),
        pytest.param(
            f"<w:sdt><w:sdtContent>{paragraph('a')}</w:sdtContent></w:sdt>"
            "<w:p><w:sdt><w:sdtContent><w:r><w:t>b</w:t></w:r></w:sdtContent></w:sdt></w:p>",
            "a\nb",
            id="content controls",
        ),
        pytest.param("<w:p><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>", "x", id="formulas"),
        pytest.param(
            paragraph("a") + paragraph("") + paragraph("") + paragraph("b"), "a\n\nb", id="blank"
        ),
        pytest.param(table((paragraph("2019"), paragraph("Analyst"))), "2019  Analyst", id="row"),
        pytest.param(
            table((paragraph("Skills") + paragraph("SQL"), paragraph("Work") + paragraph("Acme"))),
            "Skills\nSQL\nWork\nAcme",
            id="columns",
        ),
        pytest.param(
            table((table((paragraph("a"), paragraph("b"))), paragraph("c") + paragraph("d"))),
            "a  b\nc\nd",
            id="nested tables",
        ),
        pytest.param(
            paragraph("a") + text_box(paragraph("in") + paragraph("box")) + paragraph("b"),
            "a\nin\nbox\nb",
            id="text boxes once",
        ),
        pytest.param(text_box(text_box(paragraph("deep"))), "deep", id="box in a box"),
        pytest.param(text_box(table((paragraph("a"), paragraph("b")))), "a  b", id="table in box"),
    ],
)
def test_text(body: str, expected: str) -> None:
    """The text is what Word prints, in the order of reading."""
    document = read(body)

    assert document.text == expected
    assert document.hidden == ()


def test_strict_documents() -> None:
    """The strict kind has other namespaces and the same words."""
    data = packed(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": '<d:document xmlns:d="http://purl.oclc.org/ooxml/wordprocessingml'
            '/main"><d:body><d:p><d:r><d:t>Ann</d:t></d:r></d:p></d:body></d:document>',
        }
    )

    assert DocxReader().read(data, "x", ReadOptions()).text == "Ann"


NUMBERING = """
<w:abstractNum w:abstractNumId="5">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="6">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val=" "/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num>
"""
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/>
  <w:basedOn w:val="N"/><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/>
  <w:basedOn w:val="berschrift1"/><w:rPr><w:b w:val="0"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="LB"><w:name w:val="List Bullet"/></w:style>
<w:style w:type="paragraph" w:styleId="L2"><w:name w:val="L2"/>
  <w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="R"/><w:basedOn w:val="Ring"/></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/>
  <w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Dark"><w:name w:val="Dark"/>
  <w:pPr><w:shd w:val="clear" w:fill="223344"/></w:pPr></w:style>
<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/><w:tblStylePr w:type="firstRow">
  <w:tcPr><w:shd w:val="clear" w:fill="4472C4"/></w:tcPr></w:tblStylePr></w:style>
"""


def place(list_id: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def test_lists() -> None:
    """Items carry the bullet or number that is drawn before them, and continue their counts."""
    document = read(
        paragraph("a", properties=place(1))
        + paragraph("b", properties=place(1, 1))
        + paragraph("c", properties=place(1, 1))
        + paragraph("d", properties=place(1))
        + paragraph("e", properties=place(1, 1))
        + paragraph("f", properties=place(2))
        + paragraph("g", properties=place(2, 1))
        + paragraph("h", style="LB")
        + paragraph("i", style="L2")
        + paragraph("j", style="L2", properties=place(0)),
        styles=STYLES,
        numbering=NUMBERING,
    )

    assert document.text.split("\n") == [
        "1. a", "1. b", "2. c", "2. d", "1. e", "• f", "g", "• h", "• i", "j",
    ]  # fmt: skip
    assert [line.bullet for line in document.lines] == [True] * 6 + [False, True, True, False]


def test_lines_of_an_item() -> None:
    """Only the first line of an item starts it."""
    document = read(
        f"<w:p><w:pPr>{place(2)}</w:pPr><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>",
        numbering=NUMBERING,
    )

    assert document.text == "• a\nb"
    assert [line.bullet for line in document.lines] == [True, False]


@pytest.mark.parametrize(
    ("style", "properties", "expected"),
    [
        pytest.param("berschrift1", "", (True, True, 16), id="heading in another language"),
        pytest.param("Mine", "", (True, False, 16), id="style based on a heading"),
        pytest.param("", '<w:outlineLvl w:val="0"/>', (True, False, 11), id="outline level"),
        pytest.param(
            "berschrift1", '<w:outlineLvl w:val="9"/>', (False, True, 16), id="body level"
        ),
        pytest.param("berschrift1", place(1), (True, True, 16), id="numbered heading"),
        pytest.param("", "", (False, False, 11), id="ordinary"),
        pytest.param("Ring", "", (False, False, 11), id="style based on itself"),
        pytest.param("None", "", (False, False, 11), id="style that does not exist"),
    ],
)
def test_styles(style: str, properties: str, expected: tuple[bool, bool, float]) -> None:
    """Styles are followed to what they are based on."""
    document = read(paragraph("Ann", style=style, properties=properties), styles=STYLES)

    line = document.lines[0]
    assert document.text == "Ann"
    assert (line.heading, line.bold, line.size_pt) == expected


def test_character_style() -> None:
    """A character style makes letters bold."""
    document = read(paragraph("Ann", run='<w:rStyle w:val="Strong"/>'), styles=STYLES)

    assert document.lines[0].bold


WHITE = '<w:color w:val="FFFFFF"/>'
LARGE = '<wp:extent cx="7000000" cy="1000000"/>'


@pytest.mark.parametrize(
    ("run", "kind"),
    [
        pytest.param("<w:vanish/>", "vanish", id="marked hidden"),
        pytest.param('<w:sz w:val="2"/>', "tiny", id="one point"),
        pytest.param(WHITE, "colour", id="white"),
        pytest.param('<w:color w:val="F8F8F8"/>', "colour", id="nearly white"),
        pytest.param(
            '<w:color w:val="223344"/><w:shd w:val="clear" w:fill="223344"/>', "colour", id="ground"
        ),
        pytest.param(
            '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill>'
            "</w14:textFill>",
            "colour",
            id="white fill",
        ),
    ],
)
def test_hidden(run: str, kind: str) -> None:
    """Letters that nobody sees are kept apart with the reason."""
    document = read(paragraph("Ann") + paragraph("spam", run=run))

    assert document.text == "Ann"
    assert [(hidden.text, hidden.kind) for hidden in document.hidden] == [("spam", kind)]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(paragraph("Ann", run=f'{WHITE}<w:highlight w:val="blue"/>'), id="highlight"),
        pytest.param(paragraph("Ann", run=WHITE, style="Dark"), id="paragraph style"),
        pytest.param(
            table((f'<w:tcPr><w:shd w:fill="1F3864"/></w:tcPr>{paragraph("Ann", run=WHITE)}',)),
            id="cell",
        ),
        pytest.param(
            table((paragraph("Ann", run=WHITE),)).replace(
                "<w:tblPr/>", '<w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr>'
            ),
            id="table style",
        ),
        pytest.param(
            text_box(
                paragraph("Ann", run=WHITE),
                fill='<a:solidFill><a:srgbClr val="1F3864"/></a:solidFill>',
            ),
            id="filled text box",
        ),
        pytest.param(
            paragraph("Ann", run=WHITE)
            + f"<w:p><w:r><w:drawing><wp:anchor>{LARGE}<a:gradFill/></wp:anchor></w:drawing></w:r>"
            "</w:p>",
            id="large shape behind",
        ),
        pytest.param(paragraph("Ann", run='<w:color w:val="auto"/>'), id="automatic colour"),
        pytest.param(paragraph("Ann", run='<w:vanish w:val="0"/>'), id="hidden switched off"),
    ],
)
def test_seen(body: str) -> None:
    """White letters on anything but white are seen."""
    document = read(body, styles=STYLES)

    assert document.text == "Ann"
    assert document.hidden == ()


def test_white_in_an_empty_box_is_hidden() -> None:
    """A text box that is not filled hides white letters as the page does."""
    small = '<w:p><w:r><w:drawing><wp:anchor><wp:extent cx="900" cy="900"/><a:gradFill/>'

    document = read(
        paragraph("Ann")
        + text_box(paragraph("spam", run=WHITE))
        + f"{small}</wp:anchor></w:drawing></w:r></w:p>"
    )

    assert (document.text, document.hidden[0].text) == ("Ann", "spam")


def references(*kinds: str, more: str = "") -> str:
    return "<w:sectPr>" + "".join(kinds) + more + "</w:sectPr>"


def reference(kind: str, number: int, role: str) -> str:
    return f'<w:{kind}Reference r:id="{kind}{number}" w:type="{role}"/>'


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param("", "Ann\nbody\nend", id="default only"),
        pytest.param("<w:titlePg/>", "first\nAnn\nbody\nend", id="first page too"),
    ],
)
def test_edges(more: str, expected: str) -> None:
    """Headers come first and footers last, each once, and only those that are printed."""
    section = references(
        reference("header", 1, "default"),
        reference("header", 2, "first"),
        reference("header", 3, "even"),
        reference("footer", 1, "default"),
        more=more,
    )
    again = references(reference("header", 4, "default"))

    document = read(
        f"<w:p><w:pPr>{section}</w:pPr></w:p>{paragraph('body')}{again}",
        header1=paragraph("Ann"),
        header2=paragraph("first"),
        header3=paragraph("even"),
        header4=paragraph("Ann"),
        footer1=paragraph("end"),
    )

    assert document.text == expected


def test_even_pages() -> None:
    """Headers of even pages are printed where the settings say so."""
    document = read(
        references(reference("header", 1, "even")) + paragraph("body"),
        header1=paragraph("even"),
        settings="<w:evenAndOddHeaders/>",
    )

    assert document.text == "even\nbody"


def test_notes() -> None:
    """Footnotes that are referred to follow the body; comments are not printed."""
    document = read(
        runs("<w:t>one</w:t>", '<w:footnoteReference w:id="2"/><w:t>, two</w:t>'),
        footnotes=f'<w:footnote w:id="0">{paragraph("rule")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("note")}</w:footnote>',
        comments=f'<w:comment w:id="2">{paragraph("comment")}</w:comment>',
    )

    assert document.text == "one, two\nnote"


RENDERED = "<w:lastRenderedPageBreak/>"
BY_HAND = '<w:br w:type="page"/>'


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        pytest.param(runs(BY_HAND, "<w:t>a</w:t>"), [2], id="break before the text"),
        pytest.param(runs("<w:t>a</w:t>", BY_HAND) + paragraph("b"), [1, 2], id="after it"),
        pytest.param(runs(f"<w:t>a</w:t>{RENDERED}<w:t>b</w:t>") + paragraph("c"), [1, 2], id="in"),
        pytest.param(runs(BY_HAND, f"{RENDERED}<w:t>a</w:t>"), [2], id="noted breaks count once"),
        pytest.param(
            paragraph("a") + paragraph("b", properties="<w:pageBreakBefore/>"), [1, 2], id="before"
        ),
        pytest.param(
            table((runs(RENDERED, "<w:t>a</w:t>"), runs(RENDERED, "<w:t>b</w:t>")))
            + paragraph("c"),
            [2, 2],
            id="cells of a row that is cut",
        ),
        pytest.param(
            f"<w:p><w:pPr>{references()}</w:pPr><w:r><w:t>a</w:t></w:r></w:p>{paragraph('b')}",
            [1, 2],
            id="section",
        ),
    ],
)
def test_pages(body: str, pages: list[int]) -> None:
    """Lines know their page from Word's notes, or else from breaks set by hand."""
    found = [line.page for line in read(paragraph("start") + body).lines]

    assert found == [1, *pages]


def test_metadata() -> None:
    """Title and author come along."""
    core = '<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>CV</dc:title></p>'

    document = DocxReader().read(
        docx(paragraph("Ann"), extra={"docProps/core.xml": core}), "x", ReadOptions()
    )

    assert document.metadata == {"title": "CV"}


def refused(data: bytes, error: type[DocumentError], words: str, **limits: int) -> None:
    options = ReadOptions(limits=Limits(**limits))  # type: ignore[arg-type]
    with pytest.raises(error, match=words):
        DocxReader().read(data, "x", options)


def test_pictures_only() -> None:
    """Pictures without text are called a scan."""
    data = docx(runs(), extra={"word/media/image1.jpeg": b"x"})

    refused(data, ScannedDocumentError, "pictures")


def test_damage() -> None:
    """A cut file and a package without a document are damaged."""
    whole = docx(paragraph("Ann"))

    refused(whole[:200], UnreadableDocumentError, "damaged")
    refused(packed({"word/x.xml": "<x/>"}), UnreadableDocumentError, "no document")
    refused(
        docx("", extra={"word/document.xml": "<w:document"}), UnreadableDocumentError, "damaged"
    )


def test_bombs() -> None:
    """What unpacks to too much, or nests too deep, is refused."""
    many = {f"word/{number}.xml": "" for number in range(20)}

    refused(docx("<w:p/>" * 1_000_000), LimitExceededError, "zip bomb")
    refused(docx("", extra=many), LimitExceededError, "24 files", max_members=20)
    refused(docx(paragraph("a" * 999)), LimitExceededError, "unpacks", max_unpacked_bytes=999)
    refused(docx("<w:sdt>" * 300), LimitExceededError, "levels")
    refused(docx(table(("<w:p/>",)) * 60, styles="x"), LimitExceededError, "levels", max_depth=4)


@pytest.mark.parametrize(
    "entity", ['<!ENTITY a "aaaa">', '<!ENTITY a SYSTEM "file:///etc/passwd">', ""]
)
def test_entities(entity: str) -> None:
    """Entities and outside references are refused, not followed."""
    xml = f"<!DOCTYPE x [{entity}]><x>&a;</x>"

    refused(docx("", extra={"word/document.xml": xml}), UnreadableDocumentError, "entit")


def test_outside_parts_are_not_followed() -> None:
    """A header that lies outside the package is no header, wherever its path leads."""
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="header1" Type="x/header" Target="{target}" {mode}/></Relationships>'
    )
    for target, mode in (("https://example.com/h.xml", 'TargetMode="External"'), ("../../h", "")):
        relations = relation.format(target=target, mode=mode)
        data = docx(
            references(reference("header", 1, "default")) + paragraph("Ann"),
            extra={"word/_rels/document.xml.rels": relations},
        )

        assert DocxReader().read(data, "x", ReadOptions()).text == "Ann"
