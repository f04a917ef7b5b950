"""What stands in cells, as people and shops write it: accounts, days, durations, orders, what was paid."""

from __future__ import annotations

from datetime import date

import pytest

from jianggao.bulk_membership.cell_values import (
    UnclearCell,
    account_in,
    account_in_remark,
    day_in,
    duration_in,
    order_in,
    require_paid,
    require_single,
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
    ("cell", "duration"),
    [
        ("1年", "1年"),
        ("12个月", "12个月"),
        ("365天", "365天"),
        ("半年", "6个月"),
        ("3月", "3个月"),
        ("年卡", "1年"),
        ("两年卡", "2年"),
        ("半年卡", "6个月"),
        ("季卡", "3个月"),
        ("季度会员", "3个月"),
        ("月卡", "1个月"),
        ("3月卡", "3个月"),
        ("包年", "1年"),
        ("一年期", "1年"),
        ("1年3个月会员", "1年3个月"),
        ("讲稿资料会员 2026年3月更新 年卡", "1年"),
        ("颜色分类:默认;套餐类型:季卡", "3个月"),
        ("3月18日起更新，送货上门，365天", "365天"),
    ],
)
def test_the_duration_in_a_cell_or_a_products_name(cell: str, duration: str) -> None:
    assert str(duration_in(cell)) == duration


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("12", "没有单位"),
        ("-1年", "没看懂时长"),
        ("-12个月", "没看懂时长"),
        ("1.5年", "没看懂时长"),
        ("0天", "不能是 0"),
        ("99年", "最多 20 年"),
        ("永久", "没看懂时长"),
        ("2026年3月讲稿合集", "没看懂时长"),
        ("讲稿合集3月更新", "没看懂时长"),
        ("年卡送月卡", "不止一个时长"),
        ("1年会员（送1个月）", "不止一个时长"),
    ],
)
def test_an_unclear_duration_is_refused(cell: str, why: str) -> None:
    with pytest.raises(UnclearCell, match=why):
        duration_in(cell)


def test_a_bare_number_counts_what_its_column_says() -> None:
    assert str(duration_in("12", "个月")) == str(duration_in("12.0", "个月")) == "12个月"
    with pytest.raises(UnclearCell, match="不能是 0"):
        duration_in("0", "个月")


@pytest.mark.parametrize(
    "cell", ["240318123456789012", "'240318123456789012", '="240318123456789012"', "240318 123456789012"]
)
def test_an_order_is_one_however_it_is_stored(cell: str) -> None:
    assert order_in(cell) == "240318123456789012"


def test_an_order_that_lost_digits_or_is_none_is_refused() -> None:
    with pytest.raises(UnclearCell, match="末尾的数字丢了"):
        order_in("2.40318E+17")
    with pytest.raises(UnclearCell, match="超过 40"):
        order_in("1" * 41)


@pytest.mark.parametrize(
    ("status", "refund"),
    [
        ("", ""),
        ("交易成功", "没有申请退款"),
        ("买家已付款，等待卖家发货", "无"),
        ("已发货，待收货", "无售后或售后取消"),
        ("已完成", "0.00"),
        ("交易成功", "-"),
    ],
)
def test_paid_orders_pass(status: str, refund: str) -> None:
    require_paid(status, refund)


@pytest.mark.parametrize(
    ("status", "refund", "why"),
    [
        ("交易关闭", "", "订单状态是“交易关闭”"),
        ("等待买家付款", "", "等待买家付款"),
        ("待付款", "", "待付款"),
        ("已取消", "", "已取消"),
        ("已发货，退款成功", "", "退款成功"),
        ("交易成功", "退款中", "退款状态是“退款中”"),
        ("交易成功", "199.00", "退款状态是"),
        ("星际穿越中", "", "不认得订单状态"),
    ],
)
def test_orders_that_are_not_paid_or_paid_back_are_refused(status: str, refund: str, why: str) -> None:
    with pytest.raises(UnclearCell, match=why):
        require_paid(status, refund)


@pytest.mark.parametrize("quantity", ["", "1", "1.0", "１"])
def test_one_piece_passes(quantity: str) -> None:
    require_single(quantity)


@pytest.mark.parametrize("quantity", ["2", "0", "-1", "两件", "1.5"])
def test_several_pieces_are_refused(quantity: str) -> None:
    with pytest.raises(UnclearCell, match="数量是"):
        require_single(quantity)
