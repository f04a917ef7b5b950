"""What stands in cells, as people and shops write it: accounts, days, orders."""

from __future__ import annotations

from datetime import date

import pytest

from jianggao.bulk_membership.cell_values import (
    UnclearCell,
    account_in,
    account_in_remark,
    day_in,
    order_in,
)


@pytest.mark.parametrize(
    "cell",
    [
        "10001",
        "10001.0",
        "1.0001E4",
        "１０００１",
        " 10 001 ",
        "'10001",
        '="10001"',
        "QQ：10001",
        "\u200b10001\ufeff",
    ],
)
def test_an_account_however_it_is_stored(cell: str) -> None:
    assert account_in(cell) == "10001"


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("", "没有写 QQ 号"),
        ("张三", "不是 QQ 号"),
        ("010001", "不是 QQ 号"),
        ("1234", "不是 QQ 号"),
        ("123456789012", "不是 QQ 号"),
        ("-10001", "不是 QQ 号"),
        ("10001/10002", "不是 QQ 号"),
        ("1.23457E+09", "末尾的数字丢了"),
        ("1E+9", "末尾的数字丢了"),
        ("=1+10000", "不是 QQ 号"),
        ("٢٠٠٠١", "不是 QQ 号"),
    ],
)
def test_what_is_no_account_is_refused(cell: str, why: str) -> None:
    with pytest.raises(UnclearCell, match=why):
        account_in(cell)


@pytest.mark.parametrize(
    "remark",
    [
        "QQ：123456",
        "加群qq 123456 谢谢",
        "123456",
        "我的QQ号码：１２３４５６，谢谢老板",
        "123456。再说一遍：123456",
        "￥199.00 扣扣123456",
    ],
)
def test_the_account_in_a_remark(remark: str) -> None:
    assert account_in_remark(remark) == "123456"


@pytest.mark.parametrize(
    ("remark", "why"),
    [
        ("请尽快发货", "没有 QQ 号"),
        ("QQ 123456 或者 654321", "不止一个号码"),
        ("QQ123456 电话13800138000", "不止一个号码"),
        ("13800138000", "像手机号"),
        ("2026.3.18 1234", "没有 QQ 号"),
        ("1234567890123", "没有 QQ 号"),
    ],
)
def test_a_remark_with_no_one_account_is_refused(remark: str, why: str) -> None:
    with pytest.raises(UnclearCell, match=why):
        account_in_remark(remark)


@pytest.mark.parametrize(
    "remark",
    [
        *(
            "QQ群123456",
            "群号：123456",
            "加群：123456",
            "123456是群号",
            "邮编 450000",
            "￥123456",
            "123456元",
        ),
        *("订单号:1234567", "微信12345678", "加我微12345678", "V12345678", "VX:12345678", "tb_12345678"),
        *("房间123456", "12345678室", "电话 65432109", "010-12345678", "身份证号123456", "id123456"),
        *("123456@163.com", "12345678-1", "密码123456", "单号 12345678", "123456(微信)"),
    ],
)
def test_a_number_of_something_else_in_a_remark_is_no_account(remark: str) -> None:
    with pytest.raises(UnclearCell, match="不像 QQ 号"):
        account_in_remark(remark)


@pytest.mark.parametrize("remark", ["20260317", "260317", "202603", "3月17 20260317 付的", "19900101"])
def test_a_day_in_a_remark_is_no_account(remark: str) -> None:
    with pytest.raises(UnclearCell, match="像日期"):
        account_in_remark(remark)
    assert account_in_remark("QQ 20260317") == "20260317"


@pytest.mark.parametrize(
    "remark", ["请拉我进群，123456", "123456@qq.com", "QQ号是 123456 年卡", "QQ123456，微信abc"]
)
def test_words_beside_an_account_do_not_take_it_away(remark: str) -> None:
    assert account_in_remark(remark) == "123456"


@pytest.mark.parametrize("cell", ["无", "-", "/", "0", "暂无", "微信转账", "N/A", "——", ""])
def test_a_placeholder_is_no_order(cell: str) -> None:
    assert order_in(cell) == ""


def test_a_number_like_a_mobile_phones_counts_where_it_is_called_qq() -> None:
    assert account_in_remark("QQ：13800138000") == "13800138000"


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "2026-03-18",
            "2026/3/18",
            "2026.3.18",
            "2026年3月18日",
            "20260318",
            "20260318102231",
            "46099",
            "46099.5",
        ),
        *(
            "2026-03-18 10:22:31",
            "2026-03-18T10:22:31",
            "2026年3月18日 上午10:22",
            "'2026-3-18",
            "２０２６/3/18",
        ),
    ],
)
def test_a_day_however_it_is_written(cell: str) -> None:
    assert day_in(cell) == date(2026, 3, 18)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("明天", "没看懂日期"),
        ("18/3/2026", "没看懂日期"),
        ("2026-02-30", "没看懂日期"),
        ("2026", "没看懂日期"),
        ("-46099", "没看懂日期"),
        ("1900-01-01", "太早"),
        ("0000-00-00 00:00:00", "没看懂日期"),
    ],
)
def test_what_is_no_day_is_refused(cell: str, why: str) -> None:
    with pytest.raises(UnclearCell, match=why):
        day_in(cell)


@pytest.mark.parametrize(
    "cell", ["240318123456789012", "'240318123456789012", '="240318123456789012"', "240318 123456789012"]
)
def test_an_order_is_one_however_it_is_stored(cell: str) -> None:
    assert order_in(cell) == "240318123456789012"


def test_an_order_that_lost_digits_or_is_none_is_refused() -> None:
    with pytest.raises(UnclearCell, match="末尾的数字丢了"):
        order_in("2.40318E+17")
    with pytest.raises(UnclearCell, match="像是丢了"):
        order_in("2403181234567890000")
    with pytest.raises(UnclearCell, match="超过 40"):
        order_in("1" * 41)
