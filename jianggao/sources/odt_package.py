"""Opens an OpenDocument text: finds its body, its styles, and which of its objects are formulas."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jianggao.sources.document_text import UnreadableDocument
from jianggao.sources.odt_lists import odt_name
from jianggao.sources.page_margins import typed_margin
from jianggao.sources.word_package import parsed_xml

_MARGINS = tuple(f"style:{edge}{pages}" for edge in ("header", "footer") for pages in ("", "-left", "-first"))
"""The elements of the margins of pages: of all, of left ones, of the first."""
_MANIFEST = "META-INF/manifest.xml"
_ENCRYPTED = "文档加了密码，没有读。请取消密码后另存一份"
_NO_TEXT = "不是文字文档（是演示文稿或表格），没有读。请另存为 .docx 或 .txt"
_BEGINNING = 1_000
"""Bytes in which a formula says that it is one."""


@dataclass(frozen=True, slots=True)
class OdtPackage:
    """The parts of a document that are read."""

    body: Any
    """Its `office:text`."""
    styles: Sequence[Any]
    """The roots that hold its styles, the document's own before the common ones."""
    margins: Sequence[str] = ()
    """The lines of its headers and footers."""
    formulas: frozenset[str] = frozenset()
    """The names of its objects that are formulas."""


def opened_odt(content: bytes) -> OdtPackage:
    """Returns the parts of a packed or flat document.

    Raises UnreadableDocument, and whatever zipfile and lxml raise for a broken file.
    """
    if not content.startswith(b"PK"):
        root = parsed_xml(content)
        return OdtPackage(_body(root), [root], _margins([root]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        if _MANIFEST in names and b"encryption-data" in archive.read(_MANIFEST):
            raise UnreadableDocument(_ENCRYPTED)
        root = parsed_xml(archive.read("content.xml"))
        styles = [root]
        if "styles.xml" in names:
            styles.append(parsed_xml(archive.read("styles.xml")))
        objects = [name for name in names if name.endswith("/content.xml") and name.count("/") == 1]
        formulas = [name for name in objects if b"<math" in archive.read(name)[:_BEGINNING]]
    objects_of_formulas = frozenset(name.partition("/")[0] for name in formulas)
    return OdtPackage(_body(root), styles, _margins(styles), objects_of_formulas)


def _margins(roots: Sequence[Any]) -> list[str]:
    """Returns the lines that stand above and below the text of the pages."""
    edges = (edge for root in roots for edge in root.iter(*map(odt_name, _MARGINS)))
    paragraphs = (part for edge in edges for part in edge.iter(odt_name("text:p"), odt_name("text:h")))
    return typed_margin("".join(paragraph.itertext()) for paragraph in paragraphs)


def _body(root: Any) -> Any:
    body = root.find(f"{odt_name('office:body')}/{odt_name('office:text')}")
    if body is None:
        raise UnreadableDocument(_NO_TEXT)
    return body
