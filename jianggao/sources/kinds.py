"""Says of what kind a file is: by its name whether it is read at all, by its bytes how.

Names lie: what a website gives out as .doc is often HTML or RTF, and a .docx renamed to .doc is still one.
"""

from __future__ import annotations

import io
import re
import zipfile
from enum import Enum
from pathlib import PurePosixPath

from jianggao.sources.marked_texts import MARKDOWN_SUFFIXES, PAGE_SUFFIXES

MAIL_SUFFIX = ".eml"
DOCUMENT_SUFFIXES = frozenset(
    {
        *(".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".wps", ".wpt"),
        *(".rtf", ".odt", ".ott", ".fodt", ".pdf", ".epub", ".mht", ".mhtml"),
    }
)
SUFFIXES = frozenset({".txt", ".zip", *MARKDOWN_SUFFIXES, *PAGE_SUFFIXES, *DOCUMENT_SUFFIXES})
"""What files are called that are read."""
# Hidden files, Word's lock files, what macOS adds to an archive, a README.
_PASSED_OVER = re.compile(r"(^|/)(\.|~\$|__MACOSX/)|(^|/)readme(\.(md|txt|rst|html?))?$", re.IGNORECASE)
_LEFT_BEHIND = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"})
_LEFT_BEHIND_SUFFIXES = frozenset({".tmp", ".temp", ".part", ".crdownload", ".lnk", ".download"})
_HEAD = 4_096
"""Bytes in which a file says what it is."""
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|meta|body)[\s>]", re.IGNORECASE)
_MIME = re.compile(rb"(?:mime-version|content-type|from|date|subject):[^\n]{0,200}\n", re.IGNORECASE)
_HEADER = re.compile(rb"(?:>?From [^\n]{0,500}\n)?[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]")
_WORD_2003, _FLAT_WORD = b"schemas.microsoft.com/office/word/2003/wordml", b"office/2006/xmlPackage"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class FileKind(Enum):
    """How the bytes of a file are read."""

    TEXT = "text"
    HTML = "html"
    MHTML = "mhtml"
    MAIL = "eml"
    """Told and not read: the speech may be in any of its parts."""
    WORD = "docx"
    ODT = "odt"
    RTF = "rtf"
    PDF = "pdf"
    EPUB = "epub"
    OFFICE = "office"
    """Documents that only an office program reads: Word's binary format, WPS, Word 2003's XML."""
    ARCHIVE = "zip"
    ENCRYPTED = "encrypted"
    """A Word document with a password."""
    OTHER = "other"
    """Slides, tables and the like in a document's clothes."""


def is_passed_over(name: str) -> bool:
    """Returns whether a file of this name or path is none of people's: hidden, or left behind by a program.

    A README says what the files beside it are, and is passed over as well.
    """
    last = PurePosixPath(name).name.lower()
    return (
        _PASSED_OVER.search(name) is not None
        or last in _LEFT_BEHIND
        or PurePosixPath(last).suffix in _LEFT_BEHIND_SUFFIXES
    )


def kind_of(content: bytes, name: str) -> FileKind:
    """Returns the kind of a file by its bytes; its name decides only where they say nothing."""
    suffix = PurePosixPath(name).suffix.lower()
    if content.startswith(b"PK"):
        return _kind_of_package(content, suffix)
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    if head.startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in content[:1024]):
        return FileKind.PDF
    if head.startswith(b"{\\rtf"):
        return FileKind.RTF
    if content.startswith(_OLE):
        # A document with a password is an OLE file with a stream of this name, in UTF-16.
        return FileKind.ENCRYPTED if "EncryptedPackage".encode("utf-16-le") in content else FileKind.OFFICE
    # Any header can stand first in a mail; by its bytes alone it is no other than a web archive.
    if suffix == MAIL_SUFFIX and _HEADER.match(head):
        return FileKind.MAIL
    return _kind_of_text(head) if suffix in DOCUMENT_SUFFIXES else FileKind.TEXT


def _kind_of_text(head: bytes) -> FileKind:
    """Returns the kind of a document that is no archive and none of the binary formats."""
    if _FLAT_WORD in head:
        return FileKind.WORD
    if _WORD_2003 in head:
        return FileKind.OFFICE
    if b"urn:oasis:names:tc:opendocument" in head:
        return FileKind.ODT
    if _MIME.match(head) and b"multipart/" in head:
        return FileKind.MHTML
    # UTF-16 has a NUL beside every letter.
    shown = head.replace(b"\0", b"").decode("latin-1")
    return FileKind.HTML if _HTML.search(shown) and shown.startswith("<") else FileKind.TEXT


def _kind_of_package(content: bytes, suffix: str) -> FileKind:
    """Returns the kind of what begins like a .zip."""
    otherwise = {".zip": FileKind.ARCHIVE, ".epub": FileKind.EPUB}.get(suffix, FileKind.WORD)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.lower() for name in archive.namelist()}
            with archive.open("mimetype") if "mimetype" in names else io.BytesIO() as stream:
                mime = stream.read(100)
    except Exception:  # a broken one; its reader says so
        return otherwise
    if mime.startswith(b"application/epub"):
        return FileKind.EPUB
    if b"opendocument.text" in mime:
        return FileKind.ODT
    if "[content_types].xml" not in names:
        return FileKind.OTHER if b"opendocument" in mime else otherwise
    if any(name.startswith(("ppt/", "xl/", "visio/")) for name in names) and "word/document.xml" not in names:
        return FileKind.OTHER
    return FileKind.WORD
