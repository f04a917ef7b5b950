"""Rows of tables with columns in words of their own: nothing is given on doubt."""

from __future__ import annotations

from datetime import date

import pytest
from sent_tables import csv_of

from jianggao.bulk_membership.member_rows import ReadLines, read_lines
from jianggao.spreadsheets.reading import read_table


def read(heading: str, cell: str, more: str = "", state: str = "") -> ReadLines:
    """An order with one column more, and perhaps a state."""
    header = f"订单号,买家留言,规格,{heading}{',' + more if more else ''}"
    row = f"A1,QQ1234567,年卡,{cell}{',' + state if more else ''}"
    return read_lines(read_table(csv_of(row, header=header)), date(2026, 3, 18))


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        *(("是否退款", "是"), ("退款时间", "2026-03-02"), ("退款原因", "不想要了"), ("已退款", "1")),
        *(("售后单状态", "处理中"), ("订单关闭原因", "买家取消"), ("是否取消", "是"), ("欠款", "98")),
        *(("是否付款", "否"), ("付款情况", "还没"), ("当前状态", "是"), ("订单交易状态", "是")),
        *(("是否有效", "否"), ("支付结果", "处理中"), ("付款截止时间", "2026-03-19"), ("是否到账", "0")),
        *(("购买份数", "3"), ("宝贝件数", "2"), ("下单数量", "两件")),
    ],
)
def test_what_is_not_plainly_paid_is_refused_by_its_column(heading: str, cell: str) -> None:
    found = read(heading, cell)
    assert not found.lines
    assert f"“{heading}”是“" in found.refused[0].reason


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        *(("是否退款", "否"), ("退款时间", ""), ("退款原因", "-"), ("退款进度", "未退款"), ("欠款", "0")),
        *(("订单关闭原因", "订单未关闭"), ("是否付款", "是"), ("付款情况", "已付款"), ("是否到账", "√")),
        *(("支付成功时间", "2026-03-17 10:22"), ("当前状态", "交易成功"), ("是否有效", "是")),
        *(("购买份数", "1"), ("宝贝件数", "1件"), ("支付方式", "微信"), ("买家应付货款", "198")),
    ],
)
def test_what_is_plainly_paid_is_given(heading: str, cell: str) -> None:
    assert [line.account for line in read(heading, cell).lines] == ["1234567"]


def test_beside_a_known_state_only_a_bad_word_counts() -> None:
    assert read("支付详情", "微信支付198.00", "订单状态", "交易成功").lines
    for cell in ("待付款", "否", "未到账"):
        assert not read("支付详情", cell, "订单状态", "交易成功").lines


def test_an_order_with_a_blank_state_or_no_day_of_payment_is_refused() -> None:
    assert read("订单状态", "").refused[0].reason == "“订单状态”是空的，看不出付没付款"
    assert read("付款时间", "").refused[0].reason == "“付款时间”是空的，看不出付没付款"
    assert read("付款时间", "", "订单状态", "交易成功").lines
    assert read("发货状态", "").lines


@pytest.mark.parametrize("words", ["已退款", "要求退款", "全额退了", "还没付款", "未付清", "只交了定金"])
def test_words_beside_an_order_that_speak_of_money_back_refuse_it(words: str) -> None:
    for heading in ("卖家备注", "备注"):
        assert f"“{heading}”里写着" in read(heading, words).refused[0].reason


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        *(
            ("处理意见", "退款"),
            ("客户要求", "退"),
            ("跟进", "客户取消了"),
            ("标签", "已退款"),
            ("结果", "关闭"),
        ),
        *(("实付金额", "0.00"), ("实收", "0")),
    ],
)
def test_any_other_column_of_an_order_that_says_so_refuses_it(heading: str, cell: str) -> None:
    assert f"“{heading}”" in read(heading, cell).refused[0].reason


def test_an_order_that_is_known_to_be_paid_may_have_cost_nothing() -> None:
    assert read("实付金额", "0", "订单状态", "交易成功").lines
    assert read("实付金额", "198").lines and read("收货地址", "关闭路1号").lines


@pytest.mark.parametrize("words", ["无退款", "不退不换", "7天无理由退货", "退休干部"])
def test_words_that_do_not_speak_of_it_pass(words: str) -> None:
    assert read("备注", words).lines


def test_that_nothing_tells_of_payment_is_noticed() -> None:
    assert read("备注", "").is_payment_untold
    assert not read("订单状态", "交易成功").is_payment_untold
    assert not read("是否付款", "是").is_payment_untold
    members = read_lines(read_table(csv_of("20001,,1年,")), date(2026, 3, 18))
    assert not members.is_payment_untold


@pytest.mark.parametrize("state", ["待发货", "已发货", "等待卖家发货", "拼单成功，待发货"])
@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("支付方式", "货到付款"),
        ("订单类型", "货到付款"),
        ("付款时间", ""),
        ("实付金额", "0.00"),
        ("支付金额", "-199"),
    ],
)
def test_an_order_on_its_way_may_be_paid_at_the_door(heading: str, cell: str, state: str) -> None:
    assert not read(heading, cell, "订单状态", f'"{state}"').lines


@pytest.mark.parametrize(
    "words",
    [
        "客户不要了",
        "不用开了",
        "刷单",
        "测试",
        "已开通",
        "已手动开通",
        "已开",
        "退199",
        "先别开通",
        "停用",
        "拉黑",
    ],
)
def test_words_of_the_seller_that_speak_against_it_refuse_it(words: str) -> None:
    for heading in ("卖家备注", "客服备注", "客服记录", "标签"):
        assert not read(heading, words, "订单状态", "交易成功").lines
    member = read_lines(read_table(csv_of(f"20001,,1年,{words}")), date(2026, 3, 18))
    assert not member.lines


@pytest.mark.parametrize("words", ["老客户", "已开票", "不要发票", "不用开发票", "已加群", "已发货"])
def test_other_words_of_the_seller_pass(words: str) -> None:
    assert read("卖家备注", words, "订单状态", "交易成功").lines


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        *(("发货状态", "无需发货"), ("物流状态", "无物流"), ("结算状态", "未结算"), ("核销状态", "未核销")),
        *(
            ("维权状态", "无维权"),
            ("退款状态", "未退"),
            ("异常", "无异常"),
            ("关闭时间", "0000-00-00 00:00:00"),
        ),
    ],
)
def test_states_of_other_things_do_not_refuse_a_paid_order(heading: str, cell: str) -> None:
    assert read(heading, cell, "订单状态", "交易成功").lines


@pytest.mark.parametrize(
    ("heading", "cell", "is_given"),
    [
        *(("收款", "199", True), ("缴费(元)", "199", True), ("收款记录", "微信199", True)),
        *(("是否付款", "已交", True), ("状态", "在用", True), ("入群状态", "已入群", True)),
        *(
            ("收款", "0", False),
            ("首付款", "50", False),
            ("是否付款", "未交", False),
            ("缴费状态", "在用", False),
        ),
    ],
)
def test_what_lists_of_members_say_of_payment(heading: str, cell: str, is_given: bool) -> None:
    found = read_lines(
        read_table(csv_of(f"20001,1年,{cell}", header=f"QQ,时长,{heading}")), date(2026, 3, 18)
    )
    assert bool(found.lines) == is_given
