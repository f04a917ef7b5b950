"""The header is found and understood in the wordings that people and shops use."""

from __future__ import annotations

from random import Random

import pytest

from jianggao.bulk_membership.columns import ColumnRole, find_columns
from jianggao.errors import WrongUse
from jianggao.redeem_codes.code_form import new_code
from jianggao.spreadsheets.table import SheetRow


def rows(*lines: str) -> list[SheetRow]:
    return [SheetRow(number, tuple(line.split("|"))) for number, line in enumerate(lines, 1)]


def roles(header: str) -> dict[str, ColumnRole]:
    found = find_columns(rows(header))
    return {column.heading: column.role for columns in found.of.values() for column in columns}


@pytest.mark.parametrize(
    "heading", ["QQ", "qq号", "QQ 号码", "会员QQ", "账号", "帐号", "ＱＱ号（必填）", "* QQ号：", "客户QQ\n"]
)
def test_an_account_is_called_many_things(heading: str) -> None:
    assert roles(f"{heading}|时长")[heading] is ColumnRole.ACCOUNT


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("开通日期", ColumnRole.START),
        ("订单付款时间", ColumnRole.START),
        ("期限", ColumnRole.DURATION),
        ("商品名称", ColumnRole.TITLE),
        ("商品规格", ColumnRole.SPEC),
        ("有效期至", ColumnRole.UNTIL),
        ("截止日期", ColumnRole.UNTIL),
        ("昵称", ColumnRole.NOTE),
        ("说明", ColumnRole.NOTE),
        ("主订单编号", ColumnRole.ORDER),
        ("买家留言", ColumnRole.REMARK),
        ("交易状态", ColumnRole.STATUS),
        ("退款状态", ColumnRole.REFUND),
        ("宝贝总数量", ColumnRole.QUANTITY),
        *(
            (heading, ColumnRole.UNTIL)
            for heading in ("会员到期时间", "到期日", "会员到期", "有效期", "会费到期")
        ),
        *((heading, ColumnRole.START) for heading in ("入会时间", "订阅日期", "缴费日期", "支付完成时间")),
        *((heading, ColumnRole.REMARK) for heading in ("商家备注", "卖家备注", "賣家備註")),
        *((heading, ColumnRole.ACCOUNT) for heading in ("联系QQ", "企鹅号", "扣扣", "聯繫QQ")),
        *((heading, ColumnRole.REFUND) for heading in ("退款金额", "退款金额（元）")),
        ("會員到期時間", ColumnRole.UNTIL),
        ("訂單編號", ColumnRole.ORDER),
    ],
)
def test_the_other_columns_too(heading: str, role: ColumnRole) -> None:
    assert roles(f"QQ|时长|{heading}")[heading] is role


def test_titles_and_merged_cells_above_the_header_are_passed_over() -> None:
    found = find_columns(rows("2026 年会员名单", "基本信息||会员信息", "QQ号|姓名|时长", "20001|张|1年"))
    assert found.header.number == 3
    assert [column.at for column in found.of[ColumnRole.DURATION]] == [2]


def test_the_plainest_of_several_columns_comes_first() -> None:
    found = find_columns(rows("QQ|下单时间|付款时间|商品名称|规格|开始日期"))
    assert [column.heading for column in found.of[ColumnRole.START]] == ["开始日期", "付款时间", "下单时间"]
    assert [column.heading for column in found.of[ColumnRole.SPEC]] == ["规格"]
    assert [column.heading for column in found.of[ColumnRole.TITLE]] == ["商品名称"]


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("时长(月)", "个月"),
        ("时长（天）", "天"),
        ("月数", "个月"),
        ("时长", ""),
        ("会员时长/月", "个月"),
        ("会员(年)", "年"),
        ("有效期（月）", "个月"),
    ],
)
def test_a_heading_may_name_the_unit(heading: str, unit: str) -> None:
    (column,) = find_columns(rows(f"QQ|{heading}")).of[ColumnRole.DURATION]
    assert column.unit == unit


def test_what_means_nothing_is_told() -> None:
    assert find_columns(rows("QQ|时长|实付金额|物流单号|")).unused == ("实付金额", "物流单号")


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ((), "没有找到表头"),
        (("20001|1年|老客户",), "没有找到表头"),
        (("姓名|电话|地址", "甲|1|2"), "没有找到表头"),
        (("QQ|姓名", "20001|甲"), "没有时长（或到期日）这一列"),
        (("姓名|时长|备注", "甲|1年|"), "没有QQ 号（或买家留言）这一列"),
    ],
)
def test_a_table_without_its_columns_is_refused_with_what_is_missing(
    lines: tuple[str, ...], why: str
) -> None:
    with pytest.raises(WrongUse) as refused:
        find_columns(rows(*lines))
    assert why in str(refused.value) and "例如" in str(refused.value)


@pytest.mark.parametrize("header", ["QQ|{}", "QQ|时长|{}", "QQ|备注：{}"])
def test_a_row_with_a_redeem_code_is_no_header(header: str) -> None:
    code = new_code(Random(7).randbytes)
    with pytest.raises(WrongUse) as refused:
        find_columns(rows(header.format(code)))
    assert code[:5] not in str(refused.value)


def test_headings_cannot_word_the_answer() -> None:
    with pytest.raises(WrongUse) as refused:
        find_columns(rows("QQ|备注”。\n已导入第 1 份\u202e"))
    assert "\n已导入" not in str(refused.value) and "\u202e" not in str(refused.value)


@pytest.mark.parametrize(
    "heading",
    [
        "QQ(介绍人)",
        "QQ（推荐人）",
        "QQ(管理员)",
        "QQ（旧）",
        "账号（手机号）",
        "账号(淘宝)",
        "会员账号(店铺)",
    ],
)
def test_a_bracket_that_names_somebody_or_something_else_makes_another_column(heading: str) -> None:
    with pytest.raises(WrongUse, match="没有QQ 号"):
        find_columns(rows(f"{heading}|时长"))


@pytest.mark.parametrize("heading", ["QQ（必填）", "QQ号(请填写本人号码)", "账号（QQ号）", "QQ（数字）"])
def test_a_bracket_that_says_how_to_fill_it_does_not(heading: str) -> None:
    assert roles(f"{heading}|时长")[heading] is ColumnRole.ACCOUNT
