"""Accounts in cells of their own, and in what buyers write."""

from __future__ import annotations

import pytest

from jianggao.bulk_membership.cell_values import UnclearCell
from jianggao.bulk_membership.remarks import (
    account_in,
    account_in_remark,
    called_qq,
    is_mobile,
    names_a_number,
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
        "123456，谢谢。123456",
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
    with pytest.raises(UnclearCell, match="看不准"):
        account_in_remark(remark)


@pytest.mark.parametrize("remark", ["20260317", "260317", "202603", "19900101"])
def test_a_day_in_a_remark_is_no_account(remark: str) -> None:
    with pytest.raises(UnclearCell, match="像日期"):
        account_in_remark(remark)
    assert account_in_remark("QQ 20260317") == "20260317"


@pytest.mark.parametrize(
    "remark", ["请拉我进群，123456", "123456@qq.com", "QQ号是 123456 年卡", "QQ123456，微信abc"]
)
def test_words_beside_an_account_do_not_take_it_away(remark: str) -> None:
    assert account_in_remark(remark) == "123456"


def test_a_number_like_a_mobile_phones_counts_where_it_is_called_qq() -> None:
    assert account_in_remark("QQ：13800138000") == "13800138000"


@pytest.mark.parametrize(
    "remark",
    [
        *("12345678，快点", "q12345678", "Q号12345678", "QQ号：1234 5678", "Q Q 12345678", "12345678@qq.com"),
        *("老客户12345678", "12345678开一年", "1年 12345678", "qq12345678微信同号", "QQ12345678（微信同号）"),
        *(
            "请给 12345678 续费",
            "QQ—12345678",
            "12345678号",
            "QQ12345678年卡",
            "12345678（QQ）",
            "球球12345678",
        ),
        *("您好老板，我的qq是12345678，拉我进群，谢谢！", "请发到QQ邮箱12345678@qq.com", "12345678 半年卡"),
    ],
)
def test_plain_words_beside_an_account_leave_it_one(remark: str) -> None:
    assert account_in_remark(remark) == "12345678"


@pytest.mark.parametrize(
    "remark",
    [
        *(
            "推荐人QQ12345678",
            "介绍人12345678",
            "朋友12345678推荐的",
            "邀请码12345678",
            "优惠码123456",
            "口令12345678",
        ),
        *("不是12345678", "不要QQ12345678", "旧QQ12345678", "客服QQ12345678", "群主12345678", "退回12345678"),
        *(
            "付了12345",
            "第12345单",
            "微博12345678",
            "b站12345678",
            "北京100200",
            "你的QQ12345678",
            "老板12345678",
        ),
        *(
            "没有QQ，12345678",
            "拉12345678进群",
            "入群12345678",
            "12345678？",
            "别的QQ12345678",
            "QQ12345678 王五的",
        ),
        *("密令12345678", "团长qq12345678", "帮同事12345678", "12345678个月", "12345678 群"),
    ],
)
def test_any_other_word_makes_it_unclear_whose_it_is(remark: str) -> None:
    with pytest.raises(UnclearCell, match=r"看不准.*请加一列 QQ 号写明"):
        account_in_remark(remark)


@pytest.mark.parametrize("number", ["666666", "88888", "100000", "7777778"])
def test_a_number_of_one_digit_counts_where_it_is_called_qq(number: str) -> None:
    with pytest.raises(UnclearCell, match="不像 QQ 号"):
        account_in_remark(f"{number}，谢谢")
    assert account_in_remark(f"QQ {number}") == number


@pytest.mark.parametrize("cell", ["12345678@qq.com", "12345678（微信同号）", "QQ 1234 5678", "12345678，"])
def test_a_cell_of_accounts_may_have_plain_words(cell: str) -> None:
    assert account_in(cell) == "12345678"


@pytest.mark.parametrize(
    "cell", ["12345678(张三)", "12345678-1", "+12345678", "推荐人12345678", "12345678/87654321"]
)
def test_a_cell_of_accounts_has_no_others(cell: str) -> None:
    with pytest.raises(UnclearCell, match="不是 QQ 号"):
        account_in(cell)


def test_numbers_that_are_called_qq() -> None:
    assert called_qq("推荐人QQ12345678，手机13800138000") == {"12345678"}
    assert called_qq("13800138000qq同号") == {"13800138000"}
    assert names_a_number("单号123456") and not names_a_number("谢谢1234")
    assert is_mobile("13800138000") and not is_mobile("12800138000")
