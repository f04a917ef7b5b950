"""Files that call themselves OpenDocument texts and can't be read."""

from __future__ import annotations

import pytest
from odt_files import NAMES, odt_file, p

from jianggao.sources.document_readers import read_document
from jianggao.sources.document_text import UnreadableDocument
from jianggao.sources.kinds import FileKind
from jianggao.sources.odt_package import opened_odt
from jianggao.sources.source_text import RefusedFile


def test_a_password_is_told() -> None:
    locked = odt_file(p("秘"), members={"META-INF/manifest.xml": "<manifest:encryption-data/>"})
    with pytest.raises(UnreadableDocument, match="加了密码"):
        opened_odt(locked)


def test_a_table_is_no_text() -> None:
    sheet = f"<office:document {NAMES}><office:body><office:spreadsheet/></office:body></office:document>"
    with pytest.raises(UnreadableDocument, match="不是文字文档"):
        opened_odt(sheet.encode())


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"<office:document", odt_file("<text:p>")])
def test_broken_files_are_refused(content: bytes) -> None:
    refused = read_document(content, "a.odt", FileKind.ODT)
    assert isinstance(refused, RefusedFile) and "不是完好的" in refused.reason
