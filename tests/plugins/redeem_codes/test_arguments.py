"""What stands behind the commands on codes, as people write it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jianggao.errors import WrongForm
from jianggao.membership.durations import Duration
from jianggao.redeem_codes.code_store import CodeTerms


@pytest.fixture
def arguments(plugins: None) -> Any:
    """The module, imported when NoneBot has loaded its plugin."""
    from plugins.redeem_codes import arguments

    return arguments


YEAR, DAYS = Duration(years=1), Duration(days=3)
DAY = date(2027, 6, 30)
TODAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("argument", "count", "terms"),
    [
        ("20 1年", 20, CodeTerms(YEAR)),
        ("20张 一年", 20, CodeTerms(YEAR)),
        ("20 1年 淘宝 备注 六月", 20, CodeTerms(YEAR, note="淘宝 六月")),
        ("20 1年 2027-06-30前", 20, CodeTerms(YEAR, last_day=DAY)),
        ("20 1年 2027-6-30", 20, CodeTerms(YEAR, last_day=DAY)),
        ("20 1年 截至2027年6月30日 淘宝", 20, CodeTerms(YEAR, note="淘宝", last_day=DAY)),
        ("20 1年 淘宝 2027/06/30前", 20, CodeTerms(YEAR, note="淘宝", last_day=DAY)),
        ("5 试用3天", 5, CodeTerms(DAYS, is_trial=True)),
        ("5 试用 3天 展会", 5, CodeTerms(DAYS, is_trial=True, note="展会")),
        ("5 3天试用", 5, CodeTerms(DAYS, is_trial=True)),
        ("5 3天 试用 展会", 5, CodeTerms(DAYS, is_trial=True, note="展会")),
        ("1年 20", 20, CodeTerms(YEAR)),
        ("1年 20张 淘宝（旗舰店）", 20, CodeTerms(YEAR, note="淘宝（旗舰店）")),
        ("二十 1年", 20, CodeTerms(YEAR)),
        ("两张 1年", 2, CodeTerms(YEAR)),
        ("2张1年", 2, CodeTerms(YEAR)),
        ("：２０ 1年", 20, CodeTerms(YEAR)),
        ("20 1年 2027-06-30 前 淘宝", 20, CodeTerms(YEAR, note="淘宝", last_day=DAY)),
        ("20 1年 2027年6月30日 以前", 20, CodeTerms(YEAR, last_day=DAY)),
        ("20 1年 20270630前", 20, CodeTerms(YEAR, last_day=DAY)),
        ("20 1年 20270630", 20, CodeTerms(YEAR, last_day=DAY)),
        ("20 1年 到2027-06-30", 20, CodeTerms(YEAR, last_day=DAY)),
        ("20 1年 截止：2027-06-30", 20, CodeTerms(YEAR, last_day=DAY)),
        ("20 1年 到 2027-06-30 前", 20, CodeTerms(YEAR, last_day=DAY)),
        ("20，1年", 20, CodeTerms(YEAR)),
        ("20,1年,淘宝", 20, CodeTerms(YEAR, note="淘宝")),
        ("20张，1年，淘宝，旗舰店", 20, CodeTerms(YEAR, note="淘宝，旗舰店")),
        ("20 1年 淘宝，旗舰店", 20, CodeTerms(YEAR, note="淘宝，旗舰店")),
        ("20、1年、2027-06-30", 20, CodeTerms(YEAR, last_day=DAY)),
        ("20x1年", 20, CodeTerms(YEAR)),
        ("20 × 1年 淘宝", 20, CodeTerms(YEAR, note="淘宝")),
        ("20 1 年", 20, CodeTerms(YEAR)),
        ("20张 1 年 淘宝", 20, CodeTerms(YEAR, note="淘宝")),
        ("1 年 20", 20, CodeTerms(YEAR)),
        ("20 12 个 月", 20, CodeTerms(Duration(months=12))),
        ("20张1年卡", 20, CodeTerms(YEAR)),
        ("20 1年卡 淘宝", 20, CodeTerms(YEAR, note="淘宝")),
        ("试用 20 3天", 20, CodeTerms(DAYS, is_trial=True)),
        ("试用卡 20 3天 展会", 20, CodeTerms(DAYS, is_trial=True, note="展会")),
        ("20 试用 3 天", 20, CodeTerms(DAYS, is_trial=True)),
        ("20 1年 到付", 20, CodeTerms(YEAR, note="到付")),
        ("20 1年 2027–06–30", 20, CodeTerms(YEAR, last_day=DAY)),
        ("20 1年 备注：6月促销", 20, CodeTerms(YEAR, note="6月促销")),
    ],
)
def test_an_order_is_read(arguments: Any, argument: str, count: int, terms: CodeTerms) -> None:
    assert arguments.parse_order(argument, TODAY) == (count, terms)


@pytest.mark.parametrize(
    "argument",
    [
        "",
        "1年",
        "二十",
        "百百 1年",
        "-1 1年",
        "20",
        "20 试用",
        "20 很久",
        "20 1年 2027-13-01前",
        "20 1年 9.9",
        "20 1年 30 days",
    ],
)
def test_an_unclear_order_is_refused(arguments: Any, argument: str) -> None:
    with pytest.raises(WrongForm):
        arguments.parse_order(argument, TODAY)


def test_several_batches_are_read(arguments: Any) -> None:
    assert arguments.parse_batches("1 2") == arguments.parse_batches("：第1批、第2批，2") == [1, 2]
    assert arguments.parse_batches("1-3 第5批到第6批") == [1, 2, 3, 5, 6]
    for text in ("3-1", "1-", "1-500"):
        with pytest.raises(WrongForm, match="请写批次"):
            arguments.parse_batches(text)
    for text, told in (("", "还差批次或卡密"), ("：", "还差"), ("1 全部", "请写批次"), ("所有", "请写批次")):
        with pytest.raises(WrongForm, match=told):
            arguments.parse_batches(text)


def test_a_number_is_a_batch_and_a_page_says_so(arguments: Any) -> None:
    assert arguments.parse_list("") == arguments.ListWanted(None, 1)
    assert arguments.parse_list("3") == arguments.parse_list("第3批") == arguments.ListWanted(3, 1)
    assert arguments.parse_list("第2页") == arguments.parse_list("2页") == arguments.ListWanted(None, 2)
    assert arguments.parse_list("3 第2页") == arguments.ListWanted(3, 2)
    assert arguments.parse_batch("批") is None
    for argument in ("3 4", "什么", "0.5"):
        with pytest.raises(WrongForm):
            arguments.parse_list(argument)


def test_a_code_is_read_out_of_what_stands_around_it(arguments: Any) -> None:
    assert arguments.parse_code("卡密：abcde-fghjk lmnpq_rstvo 谢谢") == "ABCDEFGHJK1MNPQRSTV0"
    for argument, told in (
        ("", "还没写"),
        ("你好", "还没写"),
        ("ABC", "3 位"),
        ("A2" * 9, "少 2 位"),
        ("A2" * 11, "多 2 位"),
        ("A" * 5_000, "太长"),
    ):
        with pytest.raises(WrongForm, match=told):
            arguments.parse_code(argument)
