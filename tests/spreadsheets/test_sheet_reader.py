"""Tables are read in a process of their own, which bombs end before they harm."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from sent_tables import changed, csv_of, workbook_of

from jianggao.errors import WrongUse
from jianggao.sources import worker_limits
from jianggao.sources.isolated_reader import ReaderLimits
from jianggao.spreadsheets.sheet_reader import SheetReader

needs_limits = pytest.mark.skipif(worker_limits.resource is None, reason="no limits of processes here")
SHEET = "xl/worksheets/sheet1.xml"


async def test_tables_are_read() -> None:
    reader = SheetReader()
    assert len((await reader.read_table(csv_of("20001,,1年,"), "a.csv")).rows) == 2
    assert len((await reader.read_table(workbook_of(("QQ", "时长"), ("1", "2")), "a.xlsx")).rows) == 2


async def test_a_refusal_is_told_as_a_sentence() -> None:
    with pytest.raises(WrongUse, match=r"这个文件是空的。请发有内容的表格。$"):
        await SheetReader().read_table(b"", "a.csv")


async def test_entities_that_multiply_are_not_expanded() -> None:
    entities = b'<!ENTITY a0 "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
    )
    content = workbook_of(("QQ", "时长"), ("1", "2"))
    bomb = changed(content, SHEET, b"<worksheet", b"<!DOCTYPE worksheet [" + entities + b"]><worksheet")
    bomb = changed(
        bomb,
        SHEET,
        b"<sheetData>",
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row>',
    )
    begun = time.monotonic()
    with pytest.raises(WrongUse):
        await SheetReader().read_table(bomb, "a.xlsx")
    assert time.monotonic() - begun < 60


async def test_no_file_of_the_machine_is_read_by_an_entity() -> None:
    content = workbook_of(("QQ", "时长"), ("1", "2"))
    entity = b'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet'
    evil = changed(content, SHEET, b"<worksheet", entity)
    evil = changed(
        evil,
        SHEET,
        b"<sheetData>",
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>',
    )
    try:
        table = await SheetReader().read_table(evil, "a.xlsx")
    except WrongUse:
        return
    assert "root:" not in repr(table)


@needs_limits
async def test_a_table_that_takes_too_much_is_ended_and_told_what_to_do() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        ordinary = zipfile.ZipFile(io.BytesIO(workbook_of(("QQ", "时长"))))
        for name in ordinary.namelist():
            part = ordinary.read(name)
            if name == SHEET:
                rows = b"".join(b'<row r="%d"><c r="A%d"/></row>' % (n, n) for n in range(1, 1_048_577))
                part = part.split(b"<sheetData>")[0] + b"<sheetData>" + rows + b"</sheetData></worksheet>"
            package.writestr(name, part)
    with pytest.raises(WrongUse, match="已停下。请只留下要用的行和列，另存为 CSV 再发"):
        await SheetReader(ReaderLimits(processor=2)).read_table(out.getvalue(), "a.xlsx")
