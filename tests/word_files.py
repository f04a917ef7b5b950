"""Word documents with any XML as their body, their other parts, and their content type."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from docx import Document

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}/relationships" xmlns:m="{_OFFICE}/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def word_file(body: bytes) -> bytes:
    """A whole .docx with this XML as its body."""
    template, made = io.BytesIO(), io.BytesIO()
    Document().save(template)
    with zipfile.ZipFile(template) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "word/document.xml":
                content = content.partition(b"<w:body>")[0] + b"<w:body>" + body + b"</w:body></w:document>"
            archive.writestr(member.filename, content)
    return made.getvalue()


def package(
    body: str, parts: Mapping[str, str] | None = None, *, kind: str = DOCUMENT, strict: bool = False
) -> bytes:
    """A .docx of the fewest parts. `parts` holds the XML inside the root of each further one by its relation
    (`footnotes`); the relation's id is the same word. `kind` is its content type; `strict` writes it in the
    strict form."""
    relations = ""
    members = {"word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>"}
    for name, inner in (parts or {}).items():
        members[f"word/{name}.xml"] = f"<w:{name} {_NAMES}>{inner}</w:{name}>"
        relations += f'<Relationship Id="{name}" Type="{_OFFICE}/relationships/{name}" Target="{name}.xml"/>'
    relations += f'<Relationship Id="gone" Type="{_OFFICE}/relationships/image" Target="NULL"/>'
    members["word/_rels/document.xml.rels"] = _relations(relations)
    members["_rels/.rels"] = _relations(
        f'<Relationship Id="a" Type="{_OFFICE}/relationships/officeDocument" Target="/word/document.xml"/>'
    )
    members["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, _strict(content) if strict else content)
    return made.getvalue()


def _relations(inner: str) -> str:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def _strict(content: str) -> str:
    for name in ("wordprocessingml/2006/main", "officeDocument/2006"):
        plain = name.replace("/2006", "")
        content = content.replace(
            f"http://schemas.openxmlformats.org/{name}", f"http://purl.oclc.org/ooxml/{plain}"
        )
    return content


def paragraph(inner: str, properties: str = "") -> str:
    """A paragraph; `inner` is XML, or plain text which becomes a run."""
    inner = inner if inner.startswith("<") else run(inner)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run of plain text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: str) -> str:
    """A table of rows of cells."""
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(inner: str, properties: str = "") -> str:
    """A cell of a table; `inner` is XML, or plain text which becomes a paragraph."""
    inner = inner if inner.startswith("<") else paragraph(inner) if inner else "<w:p/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def note(kind: str, number: int, *paragraphs: str, type_of: str = "") -> str:
    """A footnote or an endnote."""
    typed = f' w:type="{type_of}"' if type_of else ""
    return f'<w:{kind} w:id="{number}"{typed}>{"".join(map(paragraph, paragraphs))}</w:{kind}>'


def reference(kind: str, number: int, *, own: bool = False) -> str:
    """The place in the text that refers to a note; `own` is for one that the author's own mark follows."""
    follows = ' w:customMarkFollows="1"' if own else ""
    return f'<w:r><w:{kind}Reference w:id="{number}"{follows}/></w:r>'
