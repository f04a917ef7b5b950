"""What a file is its bytes say, and each kind that isn't read is refused with what to do."""

from __future__ import annotations

import pytest
from sent_tables import csv_of, workbook_of

from jianggao.errors import WrongUse
from jianggao.sources.source_text import RefusedFile, SourceText
from jianggao.spreadsheets.reading import read_sent_table, read_table, table_of

ROWS = (("QQ", "开始", "时长", "备注"), ("20001", "", "1年", "张老师"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_csv_in_every_encoding(encoding: str) -> None:
    assert tuple(row.cells for row in read_table(csv_of("20001,,1年,张老师", encoding=encoding)).rows) == ROWS


def test_a_workbook_is_told_by_its_bytes() -> None:
    assert tuple(row.cells for row in read_table(workbook_of(*ROWS)).rows) == ROWS


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "是空的"),
        (b"\0\0\0 \r\n", "是空的"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "不是表格文件"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9, "不是表格文件"),
        (b"%PDF-1.7\n1 0 obj", "不是表格文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_000), "旧版的 .xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (b"<html><table><tr><td>QQ</td></tr></table></html>", "网页表格"),
        (b"\xef\xbb\xbf\r\n<table border=1><tr>", "网页表格"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "网页表格"),
        (bytes(range(256)) * 20, "不是表格文件"),
        (b"a,b\n" * 1_250_001, "最多 5 MB"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(WrongUse, match=why):
        read_table(content)


def test_what_a_worker_writes_down_is_read_back() -> None:
    content = csv_of('20001,,1年,"甲\n""乙"""')
    written = read_sent_table(content, "名单.csv")
    assert isinstance(written, SourceText) and table_of(written.text) == read_table(content)
    refused = read_sent_table(b"", "名单.csv")
    assert isinstance(refused, RefusedFile) and "是空的" in refused.reason
