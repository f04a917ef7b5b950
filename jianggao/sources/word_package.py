"""Opens a Word file: finds its main part and those that belong to it, and reads them as XML.

python-docx opens only what calls itself .docx and lacks nothing. Files of strangers are templates (.dotx), hold
macros (.docm), are written in the strict form, or name a picture that isn't there: all that is read here.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from lxml import etree

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
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
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._names = {name.replace("\\", "/").lower(): name for name in self._archive.namelist()}
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
        with suppress(KeyError, etree.XMLSyntaxError, zipfile.BadZipFile):
            return self._xml(path, as_written=as_written)
        return None

    def _xml(self, path: str, *, as_written: bool = False) -> Any:
        content = self._archive.read(self._names[path.lower()])
        return parsed_xml(content if as_written else _in_usual_form(content))


def parsed_xml(content: bytes) -> Any:
    """Returns the root of an XML document. No entity is resolved and nothing else is read for it.

    Raises lxml's XMLSyntaxError for what isn't well formed or nests deeper than 256 elements.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(content, parser)


def _in_usual_form(content: bytes) -> bytes:
    """Returns the XML of a part with the namespaces of the usual form, if it is written in the strict one."""
    if _STRICT in content:
        for name in _NAMESPACES:
            family, _, rest = name.partition(b"/")
            content = content.replace(_STRICT + name, _TRANSITIONAL + family + b"/2006/" + rest)
    return content
