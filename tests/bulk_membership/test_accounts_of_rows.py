"""Whose a row is, where its columns say different things."""

from __future__ import annotations

from datetime import date

import pytest
from sent_tables import csv_of

from jianggao.bulk_membership.member_rows import ReadLines, read_lines
from jianggao.spreadsheets.reading import read_table


def read(header: str, *rows: str) -> ReadLines:
    return read_lines(read_table(csv_of(*rows, header=header)), date(2026, 3, 18))


@pytest.mark.parametrize("heading", ["账号", "号码", "充值账号", "QQ/微信"])
def test_a_mobile_number_is_an_account_only_in_a_column_of_qq(heading: str) -> None:
    (refused,) = read(f"{heading},时长", "13800138000,1年").refused
    assert refused.reason == f"“{heading}”是 13800138000，像手机号；是 QQ 号的，把列名改成 QQ 再发"
    (line,) = read("QQ号,时长", "13800138000,1年").lines
    assert (line.account, line.remark) == ("13800138000", "像手机号，请核对")


@pytest.mark.parametrize(
    ("heading", "cell", "words"),
    [
        ("账号", "13800138000", "QQ12345678"),
        ("账号", "23456789", "推荐人QQ12345678"),
        ("QQ", "23456789", "开给QQ12345678"),
        ("QQ", "23456789", "12345678"),
    ],
)
def test_a_column_and_the_buyers_own_words_must_agree(heading: str, cell: str, words: str) -> None:
    (refused,) = read(f"{heading},买家留言,订单号,规格", f"{cell},{words},A2,年卡").refused
    assert f"“{heading}”是 {cell}，买家留言里是 12345678，对不上" in refused.reason
    same = read(f"{heading},买家留言,订单号,规格", f"12345678,{words.replace('推荐人', '')},A2,年卡")
    assert [line.account for line in same.lines] == ["12345678"]


def test_another_number_that_is_not_the_buyers_is_told() -> None:
    (line,) = read("QQ,买家留言,规格", "23456789,推荐人QQ12345678,年卡").lines
    assert (line.account, line.remark) == ("23456789", "留言里另有 QQ 12345678，请核对")


def test_two_remarks_agree_or_refuse() -> None:
    header = "订单号,买家留言,卖家备注,规格"
    found = read(
        header,
        "1,QQ12345678,已联系,年卡",
        "2,QQ12345678,QQ12345679,年卡",
        "3,QQ12345678,号码写错了,年卡",
        "4,,QQ12345678,年卡",
        "5,谢谢,,年卡",
    )
    assert [(line.order, line.account) for line in found.lines] == [("1", "12345678"), ("4", "12345678")]
    assert [line.number for line in found.refused] == [3, 4, 6]


@pytest.mark.parametrize("heading", ["会员号", "会员账号", "账号", "号码"])
def test_beside_orders_a_column_must_say_qq(heading: str) -> None:
    order = f"订单号,{heading},时长,买家留言"
    (refused,) = read(order, "A1,8812345,1年,谢谢").refused
    assert "不一定是 QQ 号" in refused.reason
    assert read(order, "A1,tb_1,1年,QQ12345678").lines[0].account == "12345678"
    assert read(f"{heading},时长", "8812345,1年").lines
