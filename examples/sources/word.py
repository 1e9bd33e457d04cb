"""Writes a resume as a Word document with the features that people use in Word."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

# Any fixed moment does: it only has to be the same in every build.
_WRITTEN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_ZIP_WRITTEN = _WRITTEN.timetuple()[:6]
_TEXT_WIDTH_CM = 17.0

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)

# Word writes a text box twice, for itself and (VML) for programs older than 2010.
_TEXT_BOX = """
<w:r {namespaces}><mc:AlternateContent>
  <mc:Choice Requires="wps"><w:drawing>
    <wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2"
        behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">
      <wp:simplePos x="0" y="0"/>
      <wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>
      <wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>
      <wp:extent cx="2160000" cy="468000"/><wp:wrapSquare wrapText="bothSides"/>
      <wp:docPr id="1" name="Text Box 1"/>
      <a:graphic><a:graphicData uri="{shape}"><wps:wsp>
        <wps:cNvSpPr txBox="1"/>
        <wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2160000" cy="468000"/></a:xfrm>
          <a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
          <a:solidFill><a:srgbClr val="{fill}"/></a:solidFill></wps:spPr>
        <wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>
        <wps:bodyPr lIns="90000" tIns="54000" rIns="90000" bIns="54000"/>
      </wps:wsp></a:graphicData></a:graphic>
    </wp:anchor></w:drawing></mc:Choice>
  <mc:Fallback><w:pict><v:shape style="width:170pt;height:45pt">
    <v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox>
  </v:shape></w:pict></mc:Fallback>
</mc:AlternateContent></w:r>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordLook:
    """How the document looks and which of Word's features it uses.

    Attributes:
        font: One font for everything.
        accent: The colour of name and headings, six hexadecimal digits.
        body_pt: The size of running text, in points.
        paper_fill: The background of the text box, six hexadecimal digits.
        skills_in_table: Whether rows with a label become a table.
        contact_in_box: Whether the address goes to the page header and the rest of the contact
            data to a text box, where many readers miss them.
    """

    font: str
    accent: str
    body_pt: float = 10
    paper_fill: str = "FFFFFF"
    skills_in_table: bool = False
    contact_in_box: bool = False


def to_docx(resume: Mapping[str, Any], look: WordLook) -> bytes:
    """Write the resume as a Word document, the same bytes for the same content."""
    word = Document()
    _set_up(word, resume, look)
    _write_head(word, resume, look)
    for section in resume["sections"]:
        _write_section(word, section, look)
    return _without_times(word)


def _set_up(word: WordDocument, resume: Mapping[str, Any], look: WordLook) -> None:
    properties = word.core_properties
    properties.title = properties.author = properties.last_modified_by = resume["name"]
    properties.comments = ""
    properties.created = properties.modified = _WRITTEN
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm((21 - _TEXT_WIDTH_CM) / 2)
    page.top_margin = page.bottom_margin = Cm(1.3)
    borders = word.styles["Title"].element.pPr.find(qn("w:pBdr"))
    borders.getparent().remove(borders)
    sizes_pt = {
        "Normal": look.body_pt,
        "Title": 24,
        "Subtitle": 12.5,
        "Heading 1": 13,
        "Heading 2": 11,
    }
    for name, size_pt in sizes_pt.items():
        _set_font(word.styles[name], look, size_pt, coloured=name not in {"Normal", "Heading 2"})
    for name, before_pt, after_pt in (
        ("Normal", 0, 2),
        ("Title", 0, 0),
        ("Subtitle", 0, 3),
        ("Heading 1", 8, 2),
        ("Heading 2", 6, 1),
        ("List Bullet", 0, 1),
    ):
        paragraphs = word.styles[name].paragraph_format
        paragraphs.space_before, paragraphs.space_after = Pt(before_pt), Pt(after_pt)
        paragraphs.line_spacing = 1.05


def _set_font(style: Any, look: WordLook, size_pt: float, *, coloured: bool) -> None:
    style.font.name = look.font
    style.font.size = Pt(size_pt)
    style.font.italic = False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)  # a theme's font would win over ours
    colour = look.accent if coloured else "222222"
    style.font.color.rgb = RGBColor.from_string(colour)


def _write_head(word: WordDocument, resume: Mapping[str, Any], look: WordLook) -> None:
    contact: Sequence[str] = resume["contact"]
    title = word.add_paragraph(style="Title")
    if look.contact_in_box:
        address, *rest = contact
        word.sections[0].header.paragraphs[0].text = address
        title._p.append(_text_box(rest, look))  # noqa: SLF001 - python-docx has no text boxes
    title.add_run(resume["name"])
    word.add_paragraph(resume["headline"], style="Subtitle")
    if not look.contact_in_box:
        word.add_paragraph(" | ".join(contact))


def _text_box(lines: Sequence[str], look: WordLook) -> Any:
    content = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    shape = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    return parse_xml(
        _TEXT_BOX.format(namespaces=_NAMESPACES, shape=shape, fill=look.paper_fill, content=content)
    )


def _write_section(word: WordDocument, section: Mapping[str, Any], look: WordLook) -> None:
    word.add_paragraph(section["heading"], style="Heading 1")
    if "text" in section:
        word.add_paragraph(section["text"])
    for entry in section.get("entries", ()):
        _write_entry(word, entry)
    _write_rows(word, section.get("rows", ()), in_table=look.skills_in_table)
    for point in section.get("points", ()):
        word.add_paragraph(point, style="List Bullet")


def _write_entry(word: WordDocument, entry: Mapping[str, Any]) -> None:
    head = word.add_paragraph(entry["title"], style="Heading 2")
    _right_tab(head)
    head.add_run(f"\t{entry['dates']}").bold = False
    place = word.add_paragraph()
    place.add_run(f"{entry['organisation']}, {entry['place']}").italic = True
    place.paragraph_format.keep_with_next = "bullets" in entry
    for bullet in entry.get("bullets", ()):
        word.add_paragraph(bullet, style="List Bullet")


def _right_tab(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(_TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)


def _write_rows(word: WordDocument, rows: Sequence[Sequence[str]], *, in_table: bool) -> None:
    if not in_table:
        for label, items in rows:
            line = word.add_paragraph()
            line.add_run(f"{label}: ").bold = True
            line.add_run(items)
        return
    if not rows:
        return
    table = word.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for label, items in rows:
        left, right = table.add_row().cells
        left.paragraphs[0].add_run(label).bold = True
        right.paragraphs[0].add_run(items)
    for column, width_cm in zip(table.columns, (4, _TEXT_WIDTH_CM - 4), strict=True):
        column.width = Cm(width_cm)
        for cell in column.cells:
            cell.width = Cm(width_cm)


def _without_times(word: WordDocument) -> bytes:
    """Pack the document again with one fixed time for every part."""
    made, packed = io.BytesIO(), io.BytesIO()
    word.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _ZIP_WRITTEN)
            new.writestr(part, old.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
