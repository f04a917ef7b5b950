"""The last day of codes, as people write it: what names a day or a span is understood or refused."""

from __future__ import annotations

from datetime import date

import pytest

from jianggao.errors import WrongForm
from jianggao.redeem_codes import last_days

TODAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2027-06-30", "2027-06-30"),
        ("2027年6月30日前", "2027-06-30"),
        ("截止 20270630", "2027-06-30"),
        ("到 2027-06-30 前", "2027-06-30"),
        ("二〇二七年六月三十日", "2027-06-30"),
        ("有效期至2027/6/30", "2027-06-30"),
        ("6月30日前", "2026-06-30"),
        ("3月1日前", "2027-03-01"),
        ("六月三十日", "2026-06-30"),
        ("6 月 30 日", "2026-06-30"),
        ("6月30", "2026-06-30"),
        ("6.30", "2026-06-30"),
        ("6/30", "2026-06-30"),
        ("06-30前", "2026-06-30"),
        ("30号", "2026-03-30"),
        ("本月三十日前", "2026-03-30"),
        ("5号", "2026-04-05"),
        ("今天", "2026-03-18"),
        ("明天", "2026-03-19"),
        ("有效期：后天", "2026-03-20"),
        ("30天内", "2026-04-17"),
        ("有效期 30 天", "2026-04-17"),
        ("限三十天内兑换", "2026-04-17"),
        ("7天有效", "2026-03-25"),
        ("7天后过期", "2026-03-25"),
        ("两周内", "2026-04-01"),
        ("一个月内兑换", "2026-04-18"),
        ("有效期一年半", "2027-09-18"),
        ("半年内", "2026-09-18"),
        ("月底前", "2026-03-31"),
        ("月末", "2026-03-31"),
        ("本月内", "2026-03-31"),
        ("下个月底", "2026-04-30"),
        ("六月底前", "2026-06-30"),
        ("2月末", "2027-02-28"),
        ("年底前", "2026-12-31"),
        ("到年末", "2026-12-31"),
        ("今年内", "2026-12-31"),
        ("2027年", "2027-12-31"),
        ("2027年底", "2027-12-31"),
        ("明年底", "2027-12-31"),
        ("2027年6月底", "2027-06-30"),
    ],
)
def test_the_usual_words_are_understood(words: str, day: str) -> None:
    assert last_days.read_last_day(f"淘宝 {words}", TODAY) == (date.fromisoformat(day), "淘宝")


@pytest.mark.parametrize(
    "words",
    [
        "2027-06",
        "2027-06前",
        "明年6月前",
        "六月",
        "六月前",
        "到明年",
        "2027年前",
        "截止年后",
        "2027.6.31",
        "20271330",
        "春节前",
        "国庆",
        "2027-06-30到期前",
        "2月30日前",
        "0630",
        "270630",
        "2027",
        "30天",
        "过期7天",
        "一两天",
        "30日有效",
        "24小时内",
        "明天24点",
        "下周五",
        "周末",
        "6月初",
        "季度末",
        "双11",
        "5一节",
        "tomorrow",
        "30days",
        "淘宝6.30",
        "长期有效",
        "廿八",
        "八月中旬",
        "30天后",
        "到用完",
        "99999天内",
        "2月三十日",
        "教师节",
        "6月30日或7月1日",
    ],
)
def test_what_may_be_a_last_day_is_never_a_note(words: str) -> None:
    with pytest.raises(WrongForm, match="没看懂最后兑换日"):
        last_days.read_last_day(words, TODAY)


def test_two_last_days_are_refused() -> None:
    with pytest.raises(WrongForm, match="最后兑换日写了两个"):
        last_days.read_last_day("2027-06-30 年底", TODAY)


@pytest.mark.parametrize(
    "note",
    [
        "淘宝（旗舰店）",
        "微信群3",
        "3号店",
        "12号客服",
        "9.9元",
        "v2.0",
        "天猫",
        "1年卡",
        "10周年庆",
        "三年级",
        "周老师",
        "订单2026123456789",
        "日常",
    ],
)
def test_what_names_no_day_is_a_note(note: str) -> None:
    assert last_days.read_last_day(note, TODAY) == (None, note)


def test_what_stands_behind_its_word_is_a_note() -> None:
    assert last_days.read_last_day("备注：6月促销", TODAY) == (None, "6月促销")
    assert last_days.read_last_day("淘宝 年底 备注 双11", TODAY) == (date(2026, 12, 31), "淘宝 双11")


@pytest.mark.parametrize("sign", "–—‐‑−－·・．。，_‧•/. 、ー一")
def test_a_day_is_read_with_any_sign_between_its_numbers(sign: str) -> None:
    day = sign.join(["2027", "06", "30"])
    assert last_days.read_last_day(f"淘宝 {day}", TODAY) == (date(2027, 6, 30), "淘宝")
    with_month = sign.join(["6", "30"])
    try:
        assert last_days.read_last_day(with_month, TODAY) == (date(2026, 6, 30), "")
    except WrongForm:
        assert sign in " 、，。"


@pytest.mark.parametrize(
    ("words", "day", "note"),
    [
        ("截止日期：2027-06-30", "2027-06-30", ""),
        ("2027-06-30前，淘宝", "2027-06-30", "淘宝"),
        ("2027-06-30,淘宝", "2027-06-30", "淘宝"),
        ("淘宝店(2027-06-30前)", "2027-06-30", "淘宝店"),
        ("淘宝【2027-06-30】，客服", "2027-06-30", "淘宝，客服"),
        ("2027-06-30 23:59前", "2027-06-30", ""),
        ("明年6月30日前", "2027-06-30", ""),
        ("2027 年 6 月 30 日 以前", "2027-06-30", ""),
        ("三 十 天 内", "2026-04-17", ""),
        ("叁拾天内", "2026-04-17", ""),
        ("③月底前", "2026-03-31", ""),
        ("9.9前", "2026-09-09", ""),
        ("2027 - 06 – 30 店", "2027-06-30", "店"),
        ("6 . 30", "2026-06-30", ""),
    ],
)
def test_what_stands_around_a_day_is_no_part_of_it(words: str, day: str, note: str) -> None:
    assert last_days.read_last_day(words, TODAY) == (date.fromisoformat(day), note)


@pytest.mark.parametrize(
    "words",
    [
        "30 days",
        "Dec 31",
        "2027-Jun-30",
        "by June",
        "valid till June",
        "三 个 月",
        "俩月",
        "仨月",
        "24h",
        "24H内",
        "2w",
        "6m",
        "1y",
        "②天",
        "贰天",
        "18時",
        "一昼夜",
        "年三十",
        "大年三十",
        "2027Q1",
        "2027H1",
        "2027上半",
        "季内",
        "旬内",
        "黑五",
        "end of year",
        "next week",
        "2027~06~30",
        "6 30",
        "2027 06",
        "过 期 三 天",
        "下 周 五",
        "9.9",
        "立秋",
        "到 期",
        "长" * 501,
    ],
)
def test_words_are_judged_together(words: str) -> None:
    with pytest.raises(WrongForm):
        last_days.read_last_day(words, TODAY)
    with pytest.raises(WrongForm):
        last_days.read_last_day(f"淘宝 {words}", TODAY)


@pytest.mark.parametrize(
    "note",
    [
        "到付",
        "到店自取",
        "QQ 12345678",
        "至尊版",
        "今日头条",
        "王二日",
        "2026年会赠送",
        "7天无理由",
        "双11活动",
        "周老师 3号店",
        "春节礼品",
        "￥9.9",
        "9.9 元",
        "vip 2 号客服",
        "A店 20张",
    ],
)
def test_ordinary_notes_pass(note: str) -> None:
    assert last_days.read_last_day(note, TODAY) == (None, note)
