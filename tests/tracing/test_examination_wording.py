"""How an examination reads: what it names, how sure it says to be, and what it advises."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from jianggao.membership.account_history import AccountHistory
from jianggao.membership.ledger_transfers import TransferStep
from jianggao.people.names import KnownPerson
from jianggao.tracing.accusations import Accusation, Confidence, Rule
from jianggao.tracing.examination import Examination, ExaminedText, NamedMember, ShownToGroup
from jianggao.tracing.examination_wording import ONLY_A_LEAD, examination, unread
from jianggao.tracing.group_days import GroupDay

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 1, 4, 0, tzinfo=timezone.utc)
TEXT = ExaminedText(12, "在渠首的讲话", 40, 2, 0.934, 31)
NOTHING = Examination((TEXT,), 30, 3, Confidence.CANNOT_TELL, (), False, 0, 3_000)


def accusation(**fields: object) -> Accusation:
    lead = Accusation("20017", Confidence.LEAD, Fraction(1, 5_000), Rule.ALL, 31, 30, 30, Fraction(2))
    return replace(lead, **fields)  # type: ignore[arg-type]


def naming(accused: Accusation, *times: datetime, by_hash: bool = False) -> Examination:
    named = (NamedMember("20017", accused, times),)
    return replace(NOTHING, confidence=accused.confidence, named=named, by_hash=by_hash)


def test_a_lead_says_how_it_was_found_how_sure_it_is_and_that_it_proves_nothing() -> None:
    assert examination(naming(accusation(), AT), ZONE).split("\n") == [
        "外传的内容出自：",
        "12《在渠首的讲话》（第 2 版，占 93%），读出 31 处标记",
        "收到过的有 30 人；近一年第 3 次溯源。",
        "线索：QQ 20017。31 处里有 30 处和他的副本一致；无辜的人碰巧如此的可能不超过 5000分之一。"
        "发给他的时间：2026-03-01 12:00",
        ONLY_A_LEAD,
    ]


def test_a_strong_lead_has_the_line_to_copy_and_says_whose_the_account_may_be() -> None:
    answer = examination(
        naming(accusation(confidence=Confidence.STRONG, probability=Fraction(1, 3 * 10**9))), ZONE
    )
    assert "强线索：QQ 20017" in answer and "不超过 30 亿分之一" in answer
    assert answer.endswith("停用 20017 转卖会员资料\n（账号可能被他人使用，请先听本人说明）")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule.PUNCTUATION, "（只看标点）"),
        (Rule.BREAKS, "（只看分段）"),
        (Rule.TRIPLE, "（按几人合拼的情形看）"),
    ],
)
def test_the_rule_is_told_where_not_all_places_count(rule: Rule, words: str) -> None:
    assert f"一致{words}；" in examination(naming(accusation(rule=rule)), ZONE)


def test_a_file_names_without_counting_places() -> None:
    answer = examination(naming(accusation(rule=Rule.FILE), by_hash=True), ZONE)
    assert "文件和他收到的完全一样，别人没有同样的；无辜的人" in answer and "处和他的副本一致" not in answer


def test_only_the_last_three_times_are_listed_each_minute_once() -> None:
    times = [AT + timedelta(minutes=at // 2) for at in range(10)]
    answer = examination(naming(accusation(), *times), ZONE)
    assert "发给他的时间：2026-03-01 12:02、2026-03-01 12:03、2026-03-01 12:04 等 10 次" in answer


def test_no_chance_is_written_with_forty_digits() -> None:
    answer = examination(naming(accusation(probability=Fraction(1, 10**40))), ZONE)
    assert "不超过 10000 万亿分之一" in answer


def test_a_group_is_told_as_a_place_and_nobody_as_a_seller() -> None:
    shown = ShownToGroup(GroupDay("123456", date(2026, 2, 3)), accusation())
    answer = examination(replace(NOTHING, shown_in=(shown,)), ZONE)
    assert "来处：会员群 123456，2026-02-03 在群里发过（31 处里有 30 处一致" in answer
    assert "指不出是谁" in answer and "线索：" not in answer and "无法判定" in answer


@pytest.mark.parametrize(
    ("found", "advice"),
    [
        (replace(NOTHING, texts=()), "没有找到对应的讲稿"),
        (replace(NOTHING, suspects=0), "没有发出过这篇的带标记副本"),
        (replace(NOTHING, known_files=1), "有文件和发出过的完全一样，但标记太少"),
        (replace(NOTHING, texts=(replace(TEXT, read=0),)), "标记一处也读不出"),
        (NOTHING, "读出的标记不够多"),
    ],
)
def test_what_cannot_be_told_says_what_would_help(found: Examination, advice: str) -> None:
    answer = examination(found, ZONE)
    assert f"无法判定。{advice}" in answer and "QQ" not in answer


def test_a_file_that_was_not_read_is_named_in_quotation_marks_and_cut() -> None:
    assert unread(2, "讲话.doc", "读不了") == "第 2 个文件“讲话.doc”没有读：读不了。"
    assert len(unread(2, "长" * 400, "读不了")) < 80


def test_an_account_is_told_with_its_names_and_who_has_its_subscription_now_is_the_one_to_suspend() -> None:
    steps = (
        TransferStep(5, AT, "20017", "20018"),
        TransferStep(6, AT + timedelta(days=31), "20018", "20019"),
    )
    known = {"20017": AccountHistory("20017", KnownPerson("20017", "张三"), steps)}
    answer = examination(naming(accusation(confidence=Confidence.STRONG)), ZONE, known)
    assert "强线索：QQ 20017（“张三”，2026-03-01 转移到 20018，2026-04-01 转移到 20019）。31 处" in answer
    assert "\n停用 20019 转卖会员资料\n" in answer
