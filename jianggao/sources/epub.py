"""Reads e-books (.epub) as text: their chapters in the order in which they are read.

An .epub is a .zip of web pages; META-INF/container.xml names the package document, which lists the pages
(EPUB 3.3, 4.2 and 5). Members are unpacked in memory and counted while they are; XML is read without its
entities, so that none can be blown up or fetched.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.entities import html5
from typing import Any
from urllib.parse import unquote

from lxml import etree

from jianggao.sources.document_text import TOO_DEEP
from jianggao.sources.epub_chapters import (
    Chapter,
    is_contents,
    is_frame,
    text_lines,
    without_note_marks,
)
from jianggao.sources.html_lines import PageLine, page_lines
from jianggao.sources.html_pages import decode_page, fragment_lines, lines_text
from jianggao.sources.html_tables import tag_of
from jianggao.sources.markup import MarkupText
from jianggao.sources.page_titles import squeezed
from jianggao.sources.word_package import is_too_deep
from jianggao.text.characters import collapse_blanks

MAX_BOOK = 200 * 1024 * 1024
"""Bytes that a book may unpack to."""
MAX_PAGE = 20 * 1024 * 1024
MAX_TEXT = 40 * 1024 * 1024
"""Bytes of all its chapters and contents together: pictures are most of a large book."""
MAX_PAGES = 2_000
MAX_ELEMENTS = 1_000_000
"""Of all its chapters and contents together, too: a book of eight million characters has a third of it."""
_TOO_LARGE = "解开后太大，没有读。请拆成几本，或把文字存成 .txt"
_BROKEN = "不是完好的电子书（.epub）。请重新下载或导出"
_CHUNK = 1 << 16
_CONTAINER = "META-INF/container.xml"
_PAGE_TYPES = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/xml"})
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}>")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{0,31});")
_LONG_BLANKS = re.compile(r"[ \t\r\n\f]{64,}")
"""Nobody sets so many blanks in a row, and to the text they are one."""
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_LONGEST_ADDRESS = 8_000
"""Characters of what names a page, each Han character as nine (%E4%BA%8C)."""
_TITLE_WITHIN = 3
_LONGEST_TITLE = 120


class UnreadableBook(Exception):
    """The book can't be read; the message says why in Chinese, and what to do."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that the package document lists."""

    path: str
    is_contents: bool


@dataclass(slots=True)
class _Package:
    """What the package document says."""

    title: str = ""
    pages: list[_Page] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    """Path of a page -> the name that the table of contents gives it."""
    places: dict[str, str] = field(default_factory=dict)
    """Path of a page -> the name of the first place in it that the table of contents leads to."""


class _Archive:
    """The members of a book. They count against MAX_BOOK together."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names: Mapping[str, str] = {name.lower(): name for name in archive.namelist()}
        self._budget = MAX_BOOK

    def has(self, path: str) -> bool:
        return path.lower() in self._names

    def read(self, path: str) -> bytes:
        """Returns the bytes of a member. Raises UnreadableBook if they are too many, KeyError if there is
        none."""
        content = self._unpacked(path)
        self._budget -= len(content)
        if content.count(b"<") > MAX_ELEMENTS:
            raise UnreadableBook(_TOO_LARGE)
        return content

    def weigh(self, paths: Iterable[str]) -> None:
        """Raises UnreadableBook if these members are too many bytes or elements for a book.

        This is before any of them is parsed: unpacking takes a hundredth of the time.
        """
        size = elements = 0
        for path in {path.lower() for path in paths if self.has(path)}:
            content = self._unpacked(path)
            size += len(content)
            elements += content.count(b"<")
            if size > MAX_TEXT or elements > MAX_ELEMENTS:
                raise UnreadableBook(_TOO_LARGE)

    def _unpacked(self, path: str) -> bytes:
        member = self._archive.getinfo(self._names[path.lower()])
        if member.flag_bits & 1:
            raise UnreadableBook("电子书加了密码，没有读。请换没有密码的，或把文字存成 .txt")
        content = bytearray()
        limit = min(MAX_PAGE, self._budget)
        with self._archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                content += chunk
                if len(content) > limit:
                    raise UnreadableBook(_TOO_LARGE)
        return bytes(content)


def read_epub(content: bytes) -> MarkupText:
    """Returns the text of a book: its title, its chapters one after another, and their headings.

    Raises UnreadableBook for what is none, is locked, or is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as zipped:
            if len(zipped.infolist()) > MAX_PAGES:
                raise UnreadableBook(
                    f"电子书里超过 {MAX_PAGES} 个文件，没有读。请拆成几本，或把文字存成 .txt"
                )
            return _book(_Archive(zipped))
    except (UnreadableBook, MemoryError):
        raise
    except Exception as error:  # zipfile, its ways of packing, and XML raise dozens of kinds
        raise UnreadableBook(_BROKEN) from error


def _book(archive: _Archive) -> MarkupText:
    package = _package(archive)
    locked = _locked(archive)
    chapters: list[Chapter] = []
    for page in package.pages:
        if page.path.lower() in locked:
            raise UnreadableBook("电子书加了密（有版权保护），没有读。请换没有加密的，或把文字存成 .txt")
        if page.is_contents or not archive.has(page.path):
            continue
        lines = page_lines_of(archive.read(page.path))
        name = package.names.get(page.path) or _name_in(lines, package.places.get(page.path, ""))
        if not lines:
            continue
        left_out = is_contents(lines) or is_frame(lines, name)
        if name or left_out or not chapters or chapters[-1].is_left_out:
            chapters.append(Chapter(_with_name(lines, "" if left_out else name), name, left_out))
        else:
            chapters[-1].lines += lines
    without_note_marks(chapters)
    return lines_text(text_lines(chapters, collapse_blanks(package.title)[:_LONGEST_TITLE]))


def _name_in(lines: list[PageLine], name: str) -> str:
    """Returns the name that the contents give to a place in a page, if it is that of the page's title."""
    head = (squeezed(line.text) for line in lines[:_TITLE_WITHIN])
    return name if name and any(text.startswith(squeezed(name)) for text in head) else ""


def _package(archive: _Archive) -> _Package:
    path = _package_path(archive)
    folder = posixpath.dirname(path)
    elements = list(_xml(archive.read(path)).iter())
    title = next(("".join(found.itertext()) for found in elements if tag_of(found) == "title"), "")
    items = {item.get("id") or "": item for item in elements if tag_of(item) == "item"}
    package = _Package(title, _pages(elements, items, folder))
    listing = (_resolved(folder, item.get("href")) for item in items.values() if _is_list(item))
    lists = {listed.lower(): listed for listed in listing if archive.has(listed)}
    archive.weigh([*(page.path for page in package.pages), *lists])
    for listed in lists.values():
        contents = _xml(archive.read(listed))
        package.names.update(_names(contents, posixpath.dirname(listed)))
        package.places.update(_names(contents, posixpath.dirname(listed), to_places=True))
    return package


def _pages(elements: Sequence[Any], items: Mapping[str, Any], folder: str) -> list[_Page]:
    """Returns the pages of a package document in the order in which they are read, each once.

    Several items may name one page: by a place in it (#x), by ./, in other letters.
    """
    guides = (found for found in elements if tag_of(found) == "reference" and found.get("type") == "toc")
    guided = {_resolved(folder, guide.get("href")) for guide in guides}
    order = dict.fromkeys(item.get("idref") or "" for item in elements if tag_of(item) == "itemref")
    pages: dict[str, _Page] = {}
    for item in filter(_is_page, (items[name] for name in order if name in items)):
        place = _resolved(folder, item.get("href"))
        pages.setdefault(place.lower(), _Page(place, place in guided or _is_list(item)))
    return list(pages.values())


def _package_path(archive: _Archive) -> str:
    elements = _xml(archive.read(_CONTAINER)).iter()
    return next((found.get("full-path") or "" for found in elements if tag_of(found) == "rootfile"), "")


def _is_page(item: Any) -> bool:
    return (item.get("media-type") or "").lower() in _PAGE_TYPES


def _is_list(item: Any) -> bool:
    """Returns whether a member is a table of contents: that of EPUB 3, or the older .ncx."""
    is_ncx = "ncx" in (item.get("media-type") or "")
    return is_ncx or "nav" in (item.get("properties") or "").split()


def _names(contents: Any, folder: str, *, to_places: bool = False) -> Iterator[tuple[str, str]]:
    """Yields the pages that a table of contents leads to, with their names; of several names of one page the
    last comes first, so that the first stays. `to_places` asks for those that lead to a place in a page."""
    found = []
    for element in contents.iter():
        if tag_of(element) == "navpoint":
            label = next((part for part in element if tag_of(part) == "navlabel"), None)
            content = next((part for part in element if tag_of(part) == "content"), None)
            if label is not None and content is not None:
                found.append((content.get("src"), "".join(label.itertext())))
        elif tag_of(element) == "a":
            found.append((element.get("href"), "".join(element.itertext())))
    for address, name in reversed(found):
        if address and ("#" in address) is to_places:
            yield _resolved(folder, address), collapse_blanks(name)


def _locked(archive: _Archive) -> set[str]:
    """Returns the members that are encrypted; fonts often are, and nobody misses them here."""
    if not archive.has("META-INF/encryption.xml"):
        return set()
    root = _xml(archive.read("META-INF/encryption.xml"))
    return {
        unquote(element.get("URI") or "").lower()
        for element in root.iter()
        if tag_of(element) == "cipherreference"
    }


def _resolved(folder: str, address: str | None) -> str:
    """Returns the member that an address in a page of this folder leads to. One that would lead out of the
    book leads to no member, and so does one that is longer than any name."""
    if address is None or len(address) > _LONGEST_ADDRESS:
        return ""
    return posixpath.normpath(posixpath.join(folder, unquote(address.partition("#")[0])))


def page_lines_of(content: bytes) -> list[PageLine]:
    """Returns the lines of a page of a book, which is XML if its maker was careful, and else HTML."""
    decoded = decode_page(content)
    if decoded is None:
        return []
    text = _LONG_BLANKS.sub(_blank, decoded[0])
    try:
        root = _xml_of(text)
    except etree.LxmlError:
        return fragment_lines(_DOCTYPE.sub("", text, count=1))
    return page_lines(root).lines


def _xml(content: bytes) -> Any:
    """Returns the root element of an XML document. Raises UnreadableBook if it is none or nests too deeply."""
    decoded = decode_page(content)
    if decoded is None:
        raise UnreadableBook(_BROKEN)
    try:
        return _xml_of(_LONG_BLANKS.sub(_blank, decoded[0]))
    except etree.XMLSyntaxError as error:
        raise UnreadableBook(TOO_DEEP if is_too_deep(error) else _BROKEN) from error


def _xml_of(text: str) -> Any:
    """Returns the root element. The document's own entities go with its DOCTYPE; HTML's are known."""
    text = _DOCTYPE.sub("", _DECLARATION.sub("", text.lstrip("\ufeff")), count=1)
    text = _ENTITY.sub(_character, text)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(text.encode(), parser)


def _blank(run: re.Match[str]) -> str:
    return "\n" if "\n" in run[0] else " "


def _character(entity: re.Match[str]) -> str:
    if entity[1] in _XML_ENTITIES:
        return entity[0]
    known = html5.get(f"{entity[1]};")
    return known if known is not None else f"&amp;{entity[1]};"


def _with_name(chapter: list[PageLine], name: str) -> list[PageLine]:
    """Returns the lines of a chapter, with its name from the table of contents if it has no heading."""
    if not name or any(line.level for line in chapter[:_TITLE_WITHIN]):
        return chapter
    for at, line in enumerate(chapter[:_TITLE_WITHIN]):
        if squeezed(line.text) == squeezed(name):
            named = PageLine(line.text, 1, line.linked, line.begins)
            return [*chapter[:at], named, *chapter[at + 1 :]]
    return [PageLine(name, 1, 0, True), *chapter]
