"""Reads a file or a pasted text as a table. What a file is its bytes say, not its name: shops give out CSV
and HTML under the name .xls."""

from __future__ import annotations

import json
import re

from jianggao.errors import WrongUse
from jianggao.sources.encodings import decode
from jianggao.sources.kinds import FileKind, kind_of
from jianggao.sources.source_text import RefusedFile, SourceText
from jianggao.spreadsheets.delimited import rows_of_text
from jianggao.spreadsheets.table import MAX_BYTES, SentTable, SheetRow
from jianggao.spreadsheets.workbooks import read_workbook

_SAVE_AS = "请用 Excel 或 WPS 打开，另存为 .xlsx 或 CSV 再发。"
_NO_TABLE = "这不是表格文件。请发 .xlsx 或 CSV 文件，或把表格粘贴过来。"
_REFUSED = {
    FileKind.OFFICE: f"这是旧版的 .xls（或别的旧文档），没有读。{_SAVE_AS}",
    FileKind.ENCRYPTED: "这个文件有打开密码，没有读。请去掉密码再发。",
}
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|body|table|meta|style|\?xml|workbook)", re.IGNORECASE)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")
TABLE_OF_FILES = f"{__name__}:read_sent_table"
"""The function that a worker process calls (`sources.isolated_reader`)."""


def read_table(content: bytes) -> SentTable:
    """Returns the table in a file's bytes. Raises WrongUse, saying what to do, for what is none."""
    if len(content) > MAX_BYTES:
        raise WrongUse(f"文件太大了（最多 {MAX_BYTES // 1_000_000} MB）。请只留下要用的行和列再发。")
    if content.startswith(b"PK"):
        return read_workbook(content)
    kind = kind_of(content, "")
    if kind is not FileKind.TEXT or content.startswith(_PICTURES):
        raise WrongUse(_REFUSED.get(kind, _NO_TABLE))
    if _MARKUP.match(content[:4_096].lstrip(b"\xef\xbb\xbf")):
        raise WrongUse(f"这个文件其实是网页表格（名字写成了 .xls），没有读。{_SAVE_AS}")
    if not content.strip(b"\0 \t\r\n"):
        raise WrongUse("这个文件是空的。请发有内容的表格。")
    decoded = decode(content)
    if decoded is None:
        raise WrongUse(_NO_TABLE)
    return SentTable(rows_of_text(decoded[0]))


def read_sent_table(content: bytes, name: str) -> SourceText | RefusedFile:
    """Returns the table of a file as a text that `table_of` reads back, or why there is none. Runs in a
    process of its own: the file may have been made to do harm."""
    try:
        table = read_table(content)
    except WrongUse as error:
        return RefusedFile(name, str(error))
    rows = [[row.number, row.is_hidden, *row.cells] for row in table.rows]
    return SourceText(name, json.dumps([list(table.left_out), rows], ensure_ascii=False), "table")


def table_of(text: str) -> SentTable:
    """Returns the table that `read_sent_table` wrote down."""
    left_out, rows = json.loads(text)
    return SentTable(tuple(SheetRow(row[0], tuple(row[2:]), row[1]) for row in rows), tuple(left_out))
