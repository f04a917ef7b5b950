"""What is said about joining and leaving is short and says what to do."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from jianggao.access.verdicts import PlaceKind
from jianggao.joining.join_request_store import RequestState, StoredRequest
from jianggao.joining.join_requests import Grounds, JoinDecision, JoinRequest
from jianggao.joining.removal_store import RemovalState, StoredRemoval
from jianggao.joining.removals import RemovalCandidate, Spared
from jianggao.people.names import KnownPerson
from jianggao.trial_setting import Trial

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)


@pytest.mark.parametrize("grounds", [grounds for grounds in Grounds if grounds is not Grounds.MEMBER])
def test_a_reason_fits_into_qq_whatever_the_operator_wrote(plugins: None, grounds: Grounds) -> None:
    from jianggao.chat.joining import texts

    decision = JoinDecision(False, grounds, date(2026, 3, 1), "卡密" * 50)
    text = texts.reason(decision, "怎么订阅\n" * 50)
    assert 0 < len(text) <= texts.LONGEST_REASON and "\n" not in text


def test_who_is_let_in_reads_no_reason(plugins: None) -> None:
    from jianggao.chat.joining import texts

    assert texts.reason(JoinDecision(True, Grounds.MEMBER), "怎么订阅") == ""


def test_a_welcome_names_commands_also_in_an_empty_library(plugins: None) -> None:
    from jianggao.chat.joining import texts

    assert texts.welcome(PlaceKind.MEMBER_GROUP, 1, None, None).splitlines()[1:] == [
        "帮助",
        "随机",
        "我的会员",
    ]
    assert texts.welcome(PlaceKind.MEMBER_GROUP, 1, "水利", 7).splitlines()[1:4] == [
        "检索 水利",
        "提纲 7",
        "全文 7",
    ]


def test_many_requests_are_told_in_twenty_lines(plugins: None) -> None:
    from jianggao.chat.joining import texts

    requests = [
        StoredRequest(
            number,
            JoinRequest("1", "f", "2", str(20000 + number)),
            NOW,
            False,
            Grounds.EXPIRED,
            "",
            RequestState.UNKNOWN,
            1,
        )
        for number in range(30)
    ]
    text = texts.requests_to_look_after(requests[: texts.MOST_TOLD], more=10)
    _, *lines, last = text.splitlines()
    assert len(lines) == 20 and last == "还有 10 个，接着发。"
    assert lines[0] == "20000 申请进群 2，会员已到期，不确定拒绝了没有。请手动处理。"


def test_who_was_removed_and_who_not_stand_apart(plugins: None) -> None:
    from jianggao.chat.joining import texts

    def removal(account: str, state: RemovalState, why: Spared | None = None) -> StoredRemoval:
        return StoredRemoval(
            1, RemovalCandidate("700001", account, date(2026, 3, 1)), NOW, timedelta(), state, why
        )

    removals = [
        removal("1", RemovalState.REMOVED),
        removal("2", RemovalState.FAILED),
        removal("3", RemovalState.UNKNOWN),
        *(removal("4", RemovalState.SPARED, why) for why in Spared),
    ]
    first, second, third, *others = texts.removal_report(removals, 7).splitlines()
    assert [first, second, third] == ["已移出到期的会员 1 人：", "1（群 700001）", "没有移出，或不确定："]
    assert others[0] == "2（群 700001）：QQ 没有照办，要移出请手动" and len(others) == 4 + len(Spared)
    assert others[-3].endswith("不会自动移出的 1 人：") and others[-2] == "4（群 700001）"
    assert texts.removal_report(removals[1:], 7).startswith("没有移出，或不确定：")
    unreminded = [removal(str(number), RemovalState.SPARED, Spared.NOT_REMINDED) for number in range(30)]
    head, *named, more, _ = texts.removal_report(unreminded, 7).splitlines()
    assert (
        "不会自动移出的 30 人" in head and len(named) == 20 and more.startswith("还有 10 人，发“核对会员群”")
    )


@pytest.mark.parametrize(
    ("trial", "offer"),
    [
        (Trial(3), "加我为好友发“试用”，可先免费用 3 天。"),
        (Trial(None), "加我为好友发“试用 篇号”，可先免费看一篇全文。"),
        (None, ""),
    ],
)
def test_the_trial_is_named_however_long_the_rest_is(plugins: None, trial: Trial | None, offer: str) -> None:
    from jianggao.chat.joining import texts

    refused = JoinDecision(False, Grounds.NOT_A_MEMBER)
    assert texts.reason(refused, "订阅请联系群主。", trial) == "会员群只加会员。订阅请联系群主。" + offer
    for length in (14, 20, 30, 500):
        longer = texts.reason(refused, "订" * length, trial)
        assert offer.rstrip("。") in longer and "订" in longer and len(longer) <= 60
    assert "试用" not in texts.reason(JoinDecision(False, Grounds.EXPIRED, date(2026, 3, 1)), "", trial)


def test_names_stand_beside_the_numbers(plugins: None) -> None:
    from jianggao.chat.joining import texts

    names = {"20001": KnownPerson("20001", nickname="张三")}
    candidate = RemovalCandidate("700001", "20001", date(2026, 3, 1))
    removal = StoredRemoval(1, candidate, NOW, timedelta(), RemovalState.REMOVED, None)
    request = StoredRequest(
        1, JoinRequest("1", "f", "2", "20001"), NOW, True, Grounds.MEMBER, "", RequestState.FAILED, 1
    )
    for text in (
        texts.announcement([candidate], 7, names),
        texts.removal_report([removal], 7, names),
        texts.requests_to_look_after([request], names),
    ):
        assert "\n20001（“张三”）" in text
