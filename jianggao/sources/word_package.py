"""Opens a Word file: finds its main part and those that belong to it, and reads them as XML.

python-docx opens only what calls itself .docx and lacks nothing. Files of strangers are templates (.dotx), hold
macros (.docm), are written in the strict form, or name a picture that isn't there: all that is read here.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from lxml import etree

from jianggao.sources.document_text import TOO_DEEP, TooDeep

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_FLAT = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_MAIN = "word/document.xml"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_NAMESPACES = (
    *(b"wordprocessingml/main", b"officeDocument/relationships", b"officeDocument/math", b"drawingml/main"),
    *(b"drawingml/diagram", b"drawingml/chart", b"drawingml/wordprocessingDrawing", b"drawingml/picture"),
)
"""The names of the strict form (ISO/IEC 29500-1) behind `_STRICT`; the usual form has a year in them."""


@dataclass(frozen=True, slots=True)
class _Relation:
    """What a part names: the last word of its type (`footnotes`), and the path of the other part."""

    kind: str
    path: str
    is_strict: bool


class WordPackage:
    """The parts of one Word file."""

    def __init__(self, content: bytes) -> None:
        """Opens the file. Raises what zipfile and lxml raise for a broken one, KeyError without a main part."""
        self._parts = _packed(content) if content.startswith(b"PK") else _flat(content)
        mains = [rel for rel in self._relations("").values() if rel.kind == "officeDocument"]
        # A file that names two was made to be read in two ways: the usual form goes first, as everywhere.
        main = next((rel.path for rel in sorted(mains, key=lambda rel: rel.is_strict)), _MAIN)
        self.document = self._xml(main)
        self._of_main = self._relations(main)

    def part(self, kind: str) -> Any:
        """Returns the root of the part of this kind (`styles`, `footnotes`); None if there is no whole one."""
        path = next((rel.path for rel in self._of_main.values() if rel.kind == kind), None)
        return None if path is None else self._whole_xml(path)

    def related(self, relation_id: str) -> Any:
        """Returns the root of the part that the main part names so; None if there is no whole one."""
        relation = self._of_main.get(relation_id)
        return None if relation is None else self._whole_xml(relation.path)

    def embedded(self, relation_id: str) -> bytes:
        """Returns the bytes of the part that the main part names so; b"" if there is none."""
        relation = self._of_main.get(relation_id)
        with suppress(KeyError, zipfile.BadZipFile):
            return self._parts[relation.path.lower()]() if relation else b""
        return b""

    def _relations(self, path: str) -> dict[str, _Relation]:
        folder, name = posixpath.split(path)
        root = self._whole_xml(posixpath.join(folder, "_rels", f"{name}.rels"), as_written=True)
        found: dict[str, _Relation] = {}
        for entry in () if root is None else root.iter(_RELATIONS):
            if entry.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, entry.get("Target", "")))
            kind = entry.get("Type", "").rpartition("/")[2]
            is_strict = entry.get("Type", "").startswith(_STRICT.decode("ascii"))
            found[entry.get("Id", "")] = _Relation(kind, target.lstrip("/"), is_strict)
        return found

    def _whole_xml(self, path: str, *, as_written: bool = False) -> Any:
        with suppress(KeyError, etree.XMLSyntaxError, TooDeep, zipfile.BadZipFile):
            return self._xml(path, as_written=as_written)
        return None

    def _xml(self, path: str, *, as_written: bool = False) -> Any:
        content = self._parts[path.lower()]()
        return parsed_xml(content if as_written else _in_usual_form(content))


_Parts = Mapping[str, Callable[[], bytes]]
"""What reads each part, by its path in small letters."""


def _packed(content: bytes) -> _Parts:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name.replace("\\", "/").lower(): partial(archive.read, name) for name in archive.namelist()}


def _flat(content: bytes) -> _Parts:
    """Returns the parts of a document that is one XML file, as Word saves it by that name."""
    parts: dict[str, Callable[[], bytes]] = {}
    for part in parsed_xml(content).iterchildren(f"{_FLAT}part"):
        inner = next(part.iterchildren(f"{_FLAT}xmlData"), None)
        if inner is not None and len(inner):
            parts[part.get(f"{_FLAT}name", "").lstrip("/").lower()] = partial(etree.tostring, inner[0])
    return parts


def parsed_xml(content: bytes) -> Any:
    """Returns the root of an XML document. No entity is resolved and nothing else is read for it.

    Raises TooDeep for what nests deeper than 256 elements, lxml's XMLSyntaxError for what isn't well formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if is_too_deep(error):
            raise TooDeep(TOO_DEEP) from error
        raise


def is_too_deep(error: etree.XMLSyntaxError) -> bool:
    """Returns whether libxml2 gave a document up for its depth alone: it has several codes for that, and one word."""
    # Not `error.error_log`: it holds the errors of documents that were read before, too.
    return "Excessive depth" in (error.msg or "")


def _in_usual_form(content: bytes) -> bytes:
    """Returns the XML of a part with the namespaces of the usual form, if it is written in the strict one."""
    if _STRICT in content:
        for name in _NAMESPACES:
            family, _, rest = name.partition(b"/")
            content = content.replace(_STRICT + name, _TRANSITIONAL + family + b"/2006/" + rest)
    return content
