"""Reads what of a .docx may carry layout marks: its runs with their spacing, right indents, bookmarks. The
time is linear in the file's size, and bounded: the file may come from anybody."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from jianggao.text.whole_numbers import whole_number

_DOCUMENT, _RELATIONS = "word/document.xml", "_rels/.rels"
_MAIN_PART = frozenset(
    {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
        "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
    }
)
_MAX_TWIPS = 9_999_999
_MAX_RELATIONS = 64 * 1024
"""Bytes of the list that says which part is the document: Word on the web calls it document2.xml."""
_MAX_BYTES = 8 * 1024 * 1024
"""Bytes of the document's XML, unpacked; a larger one isn't read at all. Ours have half a megabyte."""
_CHUNK = 64 * 1024
_NAMESPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
_ELEMENTS = frozenset({"p", "r", "pPr", "rPr", "t", "spacing", "ind", "bookmarkStart"})
_MAX_BOOKMARKS = 10_000
_MAX_PARTS, _DEEPEST = 200_000, 256
"""Paragraphs and runs together, and elements in elements: a document that the bot makes has a thousand, ten
deep."""
_MAX_ELEMENTS = 500_000
_LONGEST_TAG = 64 * 1024
"""Bytes from one < to the next. Who holds more attributes in one element than this keeps expat, and with it
every thread, busy for seconds."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text with one spacing, in twips; None where the file doesn't say."""

    text: str
    spacing: int | None


@dataclass(slots=True)
class Paragraph:
    """Runs, and the right indent in twips; None where the file doesn't say."""

    runs: list[Run] = field(default_factory=list)
    right: int | None = None


@dataclass(slots=True)
class DocxLayout:
    """A file's paragraphs and the names of its bookmarks, in order."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)


def docx_layout(content: bytes) -> DocxLayout | None:
    """Returns the layout of a .docx, whichever office wrote it; None for anything else and for what is broken
    or too large."""
    reader = _LayoutReader()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as archive,
            archive.open(_main_part(archive)) as stream,
        ):
            left = _MAX_BYTES
            while chunk := stream.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    return None
                reader.feed(chunk)
        reader.close()
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, ValueError):
        return None
    except (NotImplementedError, RuntimeError, expat.ExpatError):
        # An unknown compression, a password, broken XML.
        return None
    return reader.layout


def _main_part(archive: zipfile.ZipFile) -> str:
    """Returns the name of the part that is the document."""
    targets: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship" and attributes.get("Type") in _MAIN_PART:
            targets.append(attributes.get("Target", ""))

    if _RELATIONS not in archive.namelist():
        return _DOCUMENT
    with archive.open(_RELATIONS) as stream:
        written = stream.read(_MAX_RELATIONS + 1)
    if len(written) > _MAX_RELATIONS:
        raise ValueError("more relations than any document of ours has")
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse
    parser.Parse(written, True)
    return posixpath.normpath(targets[0].lstrip("/")) if targets else _DOCUMENT


def _refuse(*_: object) -> None:
    raise ValueError("a document type: no office writes one, and entities hang on it")


class _LayoutReader:
    def __init__(self) -> None:
        self.layout = DocxLayout()
        self._open: list[str] = []
        self._spacing: int | None = None
        self._parts = self._elements = 0
        self._since_tag = 0
        self._prefixes: frozenset[str] = frozenset()
        # UTF-8 alone, whatever it says of itself, so that a byte < is the character <. And expat knows no
        # namespaces: it would write the whole address of one before each name, and with a long address 3 KB
        # of file take gigabytes.
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = _refuse
        self._parser.buffer_text = True

    def feed(self, chunk: bytes) -> None:
        """Reads on. Raises ValueError before the parser sees a tag that is too long."""
        first, *others = chunk.split(b"<")
        self._since_tag += len(first)
        longest = self._since_tag
        if others:
            longest = max(longest, *map(len, others))
            self._since_tag = len(others[-1])
        if longest > _LONGEST_TAG or b"\0" in chunk:
            raise ValueError("a tag or a text longer than any document of ours has, or UTF-16")
        self._parser.Parse(chunk, False)

    def close(self) -> None:
        """Ends the document. Raises ExpatError if it isn't complete."""
        self._parser.Parse(b"", True)

    # An element is known by its own name and those of the two around it: w:spacing stands in paragraphs too.
    def _start(self, name: str, attributes: dict[str, str]) -> None:
        """Takes in the beginning of an element: a paragraph, a run, or one of the properties that carry
        marks. Raises ValueError for a document that is larger or deeper than any that the bot makes."""
        if not self._elements:
            self._prefixes = _prefixes(attributes)
        prefix, _, own = name.rpartition(":")
        kind = own if own in _ELEMENTS and prefix in self._prefixes else ""
        values = {key.rpartition(":")[2]: value for key, value in attributes.items()} if kind else {}
        above = self._open[-2:]
        self._parts += kind in ("p", "r", "t")
        self._elements += 1
        if max(self._parts / _MAX_PARTS, self._elements / _MAX_ELEMENTS) > 1 or len(self._open) > _DEEPEST:
            raise ValueError("more than any document of ours has")
        if kind == "p":
            self.layout.paragraphs.append(Paragraph())
        elif kind == "r":
            self._spacing = None
        elif kind == "spacing" and above == ["r", "rPr"]:
            self._spacing = _whole(values.get("val"))
        elif kind == "ind" and above == ["p", "pPr"]:
            self.layout.paragraphs[-1].right = _whole(values.get("right", values.get("end")))
        elif kind == "bookmarkStart" and len(self.layout.bookmarks) < _MAX_BOOKMARKS:
            self.layout.bookmarks.append(values.get("name", ""))
        self._open.append(kind)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._open and self._open[-1] == "t" and self.layout.paragraphs:
            self.layout.paragraphs[-1].runs.append(Run(text, self._spacing))


def _prefixes(attributes: dict[str, str]) -> frozenset[str]:
    """Returns the prefixes that the root, as every office writes it, declares for the names of Word's
    elements; "" for none."""
    return frozenset(
        name.partition(":")[2]
        for name, value in attributes.items()
        if name.partition(":")[0] == "xmlns" and value in _NAMESPACES
    )


def _whole(value: str | None) -> int | None:
    """Twips as a whole number."""
    text = (value or "").strip()
    size = whole_number(text.removeprefix("-"), _MAX_TWIPS)
    return -size if size is not None and text.startswith("-") else size
