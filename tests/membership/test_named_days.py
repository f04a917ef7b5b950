"""Words that name a day or a span, and those that only look so."""

from __future__ import annotations

import pytest

from jianggao.membership.named_days import names_a_day
from jianggao.text.folding import nfkc

DAYS = (
    "到2026-12-31|从2026-03-01|有效期到2026-06-30|2026-03-18|到 2027 年 3 月 1 日|3月1日起|下个月开始|明天起|送1个月"
    "|再加 3 天|3.15|0318|20260318|到年底|to 2027-01|30d|30号|从1号起|二〇二七年三月|送半年|从国庆|周五|2027年底"
    "|付款到3月1日|3月15日付款起算|2026/3/1|到2027|從明年|Mar 3|先开3天"
)
NOTES = (
    "张三|微信已付199|199|199元|订单123456789012|老客户|2026年补|到店付款|自己付|从微信转|天猫|3号店|3月15日付款"
    "|昨天转账|9.9元|三年级|10周年活动|年卡|李半夏|周主任|1班|付199.00|v2.0|陈晨日|十堰市|周一鸣|两个人|到了一半"
)


@pytest.mark.parametrize("words", DAYS.split("|"))
def test_a_day_or_a_span_is_seen(words: str) -> None:
    assert names_a_day(nfkc(words)) and names_a_day(nfkc(f"张三 {words}"))


@pytest.mark.parametrize("words", NOTES.split("|"))
def test_a_plain_note_names_none(words: str) -> None:
    assert not names_a_day(nfkc(words))
