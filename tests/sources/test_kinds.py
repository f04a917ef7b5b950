"""Of what kind a file is, by its bytes and its name."""

from __future__ import annotations

import io
import zipfile

import pytest
from odt_files import flat_odt, odt_file
from pdf_files import pdf_file
from word_files import package

from jianggao.sources.kinds import FileKind, is_passed_over, kind_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def archive(**members: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/"), content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (package(""), "a.doc", FileKind.WORD),
        (package(""), "a.zip", FileKind.WORD),
        (b"PK\x03\x04", "a.docx", FileKind.WORD),
        (archive(a="1"), "a.zip", FileKind.ARCHIVE),
        (archive(word__讲话="1"), "a.zip", FileKind.ARCHIVE),
        (archive(**{"[Content_Types].xml": "", "ppt__p.xml": ""}), "a.docx", FileKind.OTHER),
        (archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "a.odt", FileKind.OTHER),
        (archive(mimetype="application/epub+zip"), "a.docx", FileKind.EPUB),
        (odt_file(""), "a.doc", FileKind.ODT),
        (flat_odt("").encode(), "a.fodt", FileKind.ODT),
        (pdf_file([[]]), "a.doc", FileKind.PDF),
        (b"\n\n" + pdf_file([[]]), "a.pdf", FileKind.PDF),
        (b"junk" + pdf_file([[]]), "a.pdf", FileKind.PDF),
        (b"\xef\xbb\xbf{\\rtf1 a}", "a.doc", FileKind.RTF),
        (OLE, "a.wps", FileKind.OFFICE),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", FileKind.ENCRYPTED),
        (
            b'<?xml version="1.0"?><w:d xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">',
            "a.doc",
            FileKind.OFFICE,
        ),
        (b"<!DOCTYPE html><p>", "a.doc", FileKind.HTML),
        ("\ufeff<html><body>".encode("utf-16-le"), "a.doc", FileKind.HTML),
        (b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="a"\n', "a.doc", FileKind.MHTML),
        (b"Received: from a.example\nFrom: a\n\n", "a.eml", FileKind.MAIL),
        (b"Received: from a.example\nFrom: a\n\n", "a.txt", FileKind.TEXT),
        ("同志们：".encode(), "a.eml", FileKind.TEXT),
        ("同志们：".encode(), "a.doc", FileKind.TEXT),
        ("<同志们> <html>".encode(), "a.txt", FileKind.TEXT),
        (b"<html>", "a.txt", FileKind.TEXT),
        (b"junk %PDF-1.4", "a.txt", FileKind.TEXT),
        (b"", "a.doc", FileKind.TEXT),
    ],
)
def test_bytes_say_the_kind(content: bytes, name: str, kind: FileKind) -> None:
    assert kind_of(content, name) is kind


@pytest.mark.parametrize(
    ("name", "passed"),
    [
        *(
            (name, True)
            for name in (".DS_Store", "Thumbs.db", "集/desktop.ini", "~$讲话.docx", "集/README.md", "readme")
        ),
        *((name, True) for name in ("__MACOSX/a.txt", "~WRL0001.tmp", "讲话.docx.crdownload")),
        *(
            (name, False)
            for name in ("讲话.docx", "readme.docx", "~讲话.txt", "年会.pptx", "tmp.txt", "讲话")
        ),
    ],
)
def test_files_of_programs_are_passed_over(name: str, passed: bool) -> None:
    assert is_passed_over(name) is passed
