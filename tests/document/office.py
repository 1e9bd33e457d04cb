"""Small DOCX and ODT files, built in memory from the XML that a test is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{_W}"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODF_NAMESPACES = (
    f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" xmlns:table="{_ODF}:table:1.0"'
    f' xmlns:style="{_ODF}:style:1.0" xmlns:fo="{_ODF}:xsl-fo-compatible:1.0"'
    f' xmlns:draw="{_ODF}:drawing:1.0" xmlns:svg="{_ODF}:svg-compatible:1.0"'
    f' xmlns:manifest="{_ODF}:manifest:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file with the members, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else None
            package.writestr(name, content, compress_type=stored)
    return buffer.getvalue()


def paragraph(text: str, *, style: str = "", properties: str = "", run: str = "") -> str:
    """Return a paragraph of one run; `properties` and `run` are XML of `w:pPr` and `w:rPr`."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f"<w:p><w:pPr>{named}{properties}</w:pPr>"
        f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def table(*rows: tuple[str, ...]) -> str:
    """Return a table; each cell is given by the XML of its blocks."""
    xml = "".join(
        "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl><w:tblPr/>{xml}</w:tbl>"


def docx(body: str, *, extra: Mapping[str, str | bytes] | None = None, **parts: str) -> bytes:
    """Return a DOCX.

    Args:
        body: The XML inside `w:body`.
        extra: Further members by name; they replace those of the same name.
        **parts: The XML inside the root of another part (`styles`, `numbering`, `header1`); a
            part is related to the document by its name, for the id as well as the type.
    """
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="d"'
        f' Type="{_RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    related = "".join(
        f'<Relationship Id="{name}" Type="{_RELATION}/{name.rstrip("0123456789")}"'
        f' Target="{name}.xml"/>'
        for name in parts
    )
    relations = f'<Relationships xmlns="{_RELATIONS}">{related}</Relationships>'
    members["word/_rels/document.xml.rels"] = relations
    for name, xml in parts.items():
        members[f"word/{name}.xml"] = f"<w:{name} {_NAMESPACES}>{xml}</w:{name}>"
    return packed(members | dict(extra or {}))


def odt(
    text: str,
    *,
    automatic: str = "",
    styles: str = "",
    masters: str = "",
    extra: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return an ODT.

    Args:
        text: The XML inside `office:text`.
        automatic: The automatic styles of the content.
        styles: The common styles.
        masters: The master pages, which hold headers and footers.
        extra: Further members by name; they replace those of the same name.
    """
    content = (
        f"<office:document-content {_ODF_NAMESPACES}>"
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{text}</office:text></office:body></office:document-content>"
    )
    page = (
        f"<office:document-styles {_ODF_NAMESPACES}><office:styles>{styles}</office:styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
    )
    members: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content,
        "styles.xml": page,
    }
    return packed(members | dict(extra or {}))


def odf_root(name: str, xml: str) -> str:
    """Return an XML member with one root in the namespaces of ODF."""
    return f"<{name} {_ODF_NAMESPACES}>{xml}</{name}>"
