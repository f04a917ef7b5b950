"""Word files that call themselves otherwise, are written otherwise, or lack a part."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from word_files import DOCUMENT, note, package, paragraph, reference, run

from jianggao.sources.document_text import TooDeep
from jianggao.sources.files import SourceText, read_source
from jianggao.sources.word import read_word
from jianggao.sources.word_package import parsed_xml

BODY = paragraph("在开犁会上的讲话") + paragraph(run("牛套好了，犁也磨过了。") + reference("footnote", 2))
NOTES = {"footnotes": note("footnote", 2, "犁头换了新的。")}
LINES = ["在开犁会上的讲话", "牛套好了，犁也磨过了。[1]", "[1] 犁头换了新的。"]


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", ".docm"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", ".dotx"),
        (DOCUMENT, ".doc"),
        (DOCUMENT, ".wps"),
    ],
)
def test_templates_files_with_macros_and_files_with_a_wrong_suffix(
    tmp_path: Path, kind: str, suffix: str
) -> None:
    (tmp_path / f"讲话{suffix}").write_bytes(package(BODY, NOTES, kind=kind))
    (source,) = read_source(tmp_path / f"讲话{suffix}")
    assert isinstance(source, SourceText)
    assert source.text.split("\n") == LINES


def test_the_strict_form_is_read_alike() -> None:
    assert read_word(package(BODY, NOTES, strict=True)).lines == LINES


def test_a_part_that_is_broken_takes_no_text_with_it() -> None:
    assert read_word(package(BODY, {"footnotes": "<w:oops>"})).lines == [
        "在开犁会上的讲话",
        "牛套好了，犁也磨过了。",
    ]


def test_no_entity_is_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", "utf-8")
    xml = f'<!DOCTYPE a [<!ENTITY b SYSTEM "{secret.as_uri()}"><!ENTITY c "很多">]><a>看&b;见&c;</a>'
    assert "秘密" not in etree.tostring(parsed_xml(xml.encode()), encoding="unicode", method="text")


@pytest.mark.parametrize("end", [b"", b"</a>" * 10_000])
def test_what_nests_too_deeply_is_told_from_what_is_broken(end: bytes) -> None:
    with pytest.raises(TooDeep, match="嵌套太深"):
        parsed_xml(b"<a>" * 10_000 + end)
    # The parser's log still holds the error before this one.
    with pytest.raises(etree.XMLSyntaxError):
        parsed_xml(b"<a><b></a>")


def test_a_document_that_is_one_xml_file_is_read_alike(tmp_path: Path) -> None:
    parts = ""
    with zipfile.ZipFile(io.BytesIO(package(BODY, NOTES))) as packed:
        for name in packed.namelist():
            data = packed.read(name).decode()
            parts += f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{data}</pkg:xmlData></pkg:part>'
    (tmp_path / "a.doc").write_text(
        f'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{parts}</pkg:package>',
        "utf-8",
    )
    (source,) = read_source(tmp_path / "a.doc")
    assert isinstance(source, SourceText)
    assert source.text.split("\n") == LINES
