"""Tables as operators and shops have them: made here, none is anybody's."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook

HEADER = "QQ,开始,时长,备注"
SHOP = ("订单编号", "买家会员名", "订单状态", "宝贝标题", "规格", "数量", "买家留言", "付款时间", "实付金额")


def csv_of(*lines: str, header: str = HEADER, encoding: str = "utf-8") -> bytes:
    """A CSV file with this header."""
    return "\r\n".join([header, *lines, ""]).encode(encoding)


def workbook_of(*rows: Sequence[object], title: str = "会员") -> bytes:
    """A workbook of one sheet with these rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def changed(content: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """The package with `old` in a member replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as package,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as anew,
    ):
        for name in package.namelist():
            part = package.read(name)
            assert name != member or old in part
            anew.writestr(name, part.replace(old, new) if name == member else part)
    return out.getvalue()


def order(
    number: str, remark: str, status: str = "交易成功", spec: str = "年卡", quantity: str = "1"
) -> tuple[str, ...]:
    """A row of a shop's export."""
    title = "讲稿资料会员 2026年更新"
    return (number, "tb_一位买家", status, title, spec, quantity, remark, "2026-03-17 10:22:31", "199.00")
