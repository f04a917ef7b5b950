"""举报 as operators take it: lists, cases and verdicts in private, and what reporters are told."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from nonebot.adapters.onebot.v11 import ActionFailed, Bot, NetworkError
from report_chat import LEAK, OTHER, PICTURE, REPORTER, report, serving, stored, with_texts_of_long_ago
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SUPERUSER, Chat

from jianggao.resale_reports.model import TraceFinding
from jianggao.tracing.accusations import Confidence

STRONG = TraceFinding(Confidence.STRONG, str(MEMBER), False, "强线索：QQ 20001")
NOBODY = TraceFinding(Confidence.CANNOT_TELL, None, False, "无法判定。")
SUPERUSER_WORDS = ["举报列表", "查看举报 1", "查看举报 1.1", "通过举报 1", "驳回举报 1 看不清", "重审 1"]


def unreachable(*people: int, error: Callable[[], Exception]) -> Callable[[str, dict[str, Any]], None]:
    def answer(action: str, data: dict[str, Any]) -> None:
        if data.get("user_id") in people:
            raise error()

    return answer


def no_friend() -> ActionFailed:
    return ActionFailed(status="failed", retcode=1200, message="EventChecker Failed: result 16")


@pytest.fixture
def tracing(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What tracing finds (`finding`), and what it was given (`traced`)."""
    said: dict[str, Any] = {"finding": STRONG, "traced": []}

    def trace_for(request: Any, case: int) -> Any:
        async def trace(texts: Sequence[str], files: Sequence[tuple[str, bytes]]) -> TraceFinding:
            said["traced"].append((case, list(texts), list(files)))
            finding: TraceFinding = said["finding"]
            return finding

        return trace

    monkeypatch.setattr("plugins.resale_reports.commands.trace_for", trace_for)
    return said


@pytest.fixture
async def chat(chat: Chat) -> Chat:
    return await with_texts_of_long_ago(chat)


async def rewards(chat: Chat) -> list[str]:
    return [row[0] for row in await stored(chat, "SELECT member FROM ledger WHERE kind = 'reward'")]


@pytest.mark.parametrize("typed", SUPERUSER_WORDS)
async def test_the_operators_answers_go_to_the_private_chat(
    chat: Chat, tracing: dict[str, Any], typed: str
) -> None:
    await report(chat)
    chat.sent.clear()
    sent = await chat.say(typed, SUPERUSER, MEMBER_GROUP)
    in_group = [one for one in sent if one.group is not None]
    assert [one.text for one in in_group] == ["已私信"]
    assert {one.person for one in sent if one.group is None} <= {SUPERUSER, REPORTER}


@pytest.mark.parametrize(
    "typed", ["查看举报 9", "通过举报", "驳回举报 9 无", "驳回举报 1", "重审 1", "举报列表 0"]
)
async def test_refusals_go_to_the_private_chat_too(chat: Chat, tracing: dict[str, Any], typed: str) -> None:
    await report(chat)
    sent = await chat.say(typed, SUPERUSER, FREE_GROUP)
    assert [(one.person, one.group) for one in sent] == [(SUPERUSER, None), (None, FREE_GROUP)]
    assert sent[1].text == "已私信"


@pytest.mark.parametrize("typed", SUPERUSER_WORDS)
async def test_others_get_silence_for_the_operators_words(chat: Chat, typed: str) -> None:
    await report(chat)
    assert await chat.say(typed, REPORTER) == []
    assert await chat.say(typed, MEMBER, MEMBER_GROUP) == []
    assert await rewards(chat) == []


async def test_the_list_and_a_case_with_its_tracing(chat: Chat, tracing: dict[str, Any]) -> None:
    assert await chat.ask("举报列表", SUPERUSER) == "还没有举报。"
    await report(chat)
    await report(chat, OTHER, who="他的账号 20001", evidence="他又发了一份")
    listed = await chat.ask("举报列表", SUPERUSER)
    assert "1 件待核实" in listed and "30001 等 2 人 举报 20001，材料 2 件" in listed
    shown = await chat.ask("查看举报 2", SUPERUSER)
    assert shown.startswith("举报 1（待核实）")
    for part in (
        "30001 举报：“20001”",
        "30002（编号 2，并入）",
        "1. 文字 35 字：“",
        STRONG.report,
        "通过举报 1",
    ):
        assert part in shown, shown
    assert tracing["traced"] == [(1, [LEAK, "他又发了一份"], [])]
    await chat.ask("查看举报 1", SUPERUSER)
    assert len(tracing["traced"]) == 1


async def test_each_piece_of_evidence_is_shown_whole(chat: Chat, tracing: dict[str, Any]) -> None:
    chat.answer = serving(PICTURE)
    await chat.ask("举报 20001", REPORTER)
    await chat.ask("长" * 500, REPORTER)
    hostile = {"file": "A1.jpg", "name": "../../etc/截图.jpg"}
    await chat.ask([{"type": "image", "data": hostile}], REPORTER)
    await chat.ask("完成", REPORTER)
    assert "长" * 500 in await chat.ask("查看举报 1.1", SUPERUSER)
    sent = await chat.say("查看举报 1.2", SUPERUSER)
    assert [one.action for one in sent] == ["upload_private_file", "send_private_msg"]
    assert sent[0].params["name"] == "举报1-2.jpg"
    assert base64.b64decode(sent[0].params["file"].removeprefix("base64://")) == PICTURE
    assert "没有第 3 件" in await chat.ask("查看举报 1.3", SUPERUSER)


async def test_upheld_the_reporter_gets_a_year_and_a_message(chat: Chat, tracing: dict[str, Any]) -> None:
    await report(chat)
    sent = await chat.say("通过举报 1", SUPERUSER)
    assert [one.person for one in sent] == [REPORTER, SUPERUSER]
    assert "查实了" in sent[0].text and "有效期至 2027-03-18" in sent[0].text
    assert str(MEMBER) not in sent[0].text
    answer = sent[1].text
    assert f"已奖励 {REPORTER} 一年，记录号 2，有效期至 2027-03-18" in answer
    assert f"已私信告诉举报人 {REPORTER}" in answer
    assert answer.endswith(f"停用 {MEMBER} 转卖会员资料") and "账号可能被他人使用，请先听本人说明" in answer
    assert "有效期至 2027-03-18" in await chat.ask("我的会员", REPORTER)
    assert "已停用" not in await chat.ask(f"会员查询 {MEMBER}", SUPERUSER)
    assert "奖励 30001 1年（“举报 1”）" in await chat.ask(f"操作记录 {REPORTER}", SUPERUSER)


async def test_two_clicks_at_once_pay_once(chat: Chat, tracing: dict[str, Any]) -> None:
    await report(chat)
    await asyncio.gather(*(chat.say("通过举报 1", SUPERUSER) for _ in range(3)))
    assert await rewards(chat) == [str(REPORTER)]
    assert len([one for one in chat.sent if "查实了" in one.text]) == 1
    assert "已经通过了" in await chat.ask("通过举报 1 仍奖励 再送一年", SUPERUSER)


async def test_the_same_message_twice_decides_once(chat: Chat, tracing: dict[str, Any]) -> None:
    await report(chat)
    event = chat.event("通过举报 1", SUPERUSER)
    assert len(await chat.send(event)) == 2
    chat.forget()
    assert await chat.send(event) == []
    assert await rewards(chat) == [str(REPORTER)]


async def test_nobody_named_lists_why_and_changes_nothing(chat: Chat, tracing: dict[str, Any]) -> None:
    tracing["finding"] = NOBODY
    await report(chat)
    sent = await chat.say("通过举报 1", SUPERUSER)
    assert [one.person for one in sent] == [SUPERUSER]
    assert "什么也没改" in sent[0].text and "溯源没有认定是哪个会员" in sent[0].text
    assert "通过举报 1 仍奖励 原因" in sent[0].text
    assert await rewards(chat) == [] and "1 件待核实" in await chat.ask("举报列表", SUPERUSER)
    assert "要写原因" in await chat.ask("通过举报 1 仍奖励", SUPERUSER)
    answer = (await chat.say("通过举报 1 仍奖励 店主承认了", SUPERUSER))[-1].text
    assert "已奖励" in answer and "停用" not in answer
    assert "仍奖励：店主承认了" in await chat.ask(f"操作记录 {REPORTER}", SUPERUSER)


async def test_a_second_case_of_the_seller_says_which_was_paid(chat: Chat, tracing: dict[str, Any]) -> None:
    await report(chat)
    await chat.say("通过举报 1", SUPERUSER)
    await report(chat, OTHER)
    assert "已经在举报 1 奖励过" in await chat.ask("通过举报 2", SUPERUSER)
    sent = await chat.say("通过举报 2 不奖励", SUPERUSER)
    assert "没有送会员" in sent[0].text and "没有奖励" in sent[1].text
    assert await rewards(chat) == [str(REPORTER)]


async def test_who_reports_himself_hears_nothing_of_the_others(chat: Chat, tracing: dict[str, Any]) -> None:
    await report(chat)
    await report(chat, MEMBER, who=str(MEMBER), evidence="试一试")
    await report(chat, OTHER, evidence="我也看到了")
    sent = await chat.say("通过举报 1", SUPERUSER)
    assert [one.person for one in sent] == [REPORTER, OTHER, SUPERUSER]
    assert "编号 3" in sent[1].text and "最先举报的人" in sent[1].text
    for one in sent[:2]:
        assert not re.search(r"\d{5}", one.text.replace("2027-03-18", ""))


async def test_rejected_with_its_reason_and_a_cooldown(chat: Chat, tracing: dict[str, Any]) -> None:
    await report(chat)
    sent = await chat.say("驳回举报 1 截图里看不出是谁发的", SUPERUSER)
    assert [one.person for one in sent] == [REPORTER, SUPERUSER]
    assert "截图里看不出是谁发的" in sent[0].text and "2026-03-25 12:00 之后可以再报" in sent[0].text
    assert "没有成立" in await chat.ask("举报 20002", REPORTER)
    await chat.say("重审 1", SUPERUSER)
    assert "请发材料" in await chat.ask("举报 20002", REPORTER)


async def test_reopened_the_year_is_taken_back_and_the_reporter_told(
    chat: Chat, tracing: dict[str, Any]
) -> None:
    await report(chat)
    await chat.say("通过举报 1", SUPERUSER)
    sent = await chat.say("重审 1 本人说明账号被盗", SUPERUSER)
    assert [one.person for one in sent] == [REPORTER, SUPERUSER]
    assert "先收回，现在没有会员" in sent[0].text and "账号被盗" not in sent[0].text
    assert "撤销记录 2，记录号 3" in sent[1].text
    assert "还不是会员" in await chat.ask("我的会员", REPORTER)
    shown = await chat.ask("查看举报 1", SUPERUSER)
    assert "90001 通过，记录号 2" in shown and "90001 重审，记录号 3：“本人说明账号被盗”" in shown


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (no_friend, f"没能告诉举报人 {REPORTER}（私信发不出去），请另外转告"),
        (lambda: NetworkError("timeout"), f"给举报人 {REPORTER} 的私信不确定送到没有"),
    ],
)
async def test_the_operator_hears_of_a_reporter_who_could_not_be_told(
    chat: Chat, tracing: dict[str, Any], error: Callable[[], Exception], told: str
) -> None:
    await report(chat)
    chat.answer = unreachable(REPORTER, error=error)
    answer = await chat.ask("通过举报 1", SUPERUSER)
    assert told in answer and "已奖励" in answer
    assert await rewards(chat) == [str(REPORTER)]


async def test_a_reporter_who_does_not_answer_holds_no_verdict(
    chat: Chat, tracing: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each had held it for half a minute. Whom it doesn't reach the operator hears of later, once."""
    monkeypatch.setattr("jianggao.chat.commands.request.OTHERS_WITHIN", 3.0)
    monkeypatch.setattr("jianggao.chat.sending.notices.get_bots", lambda: {"10001": chat.bot})
    gives_up = asyncio.Event()

    async def silent() -> None:
        await gives_up.wait()
        raise NetworkError("timeout")

    await report(chat)
    await report(chat, OTHER)
    chat.answer = lambda action, data: silent() if data.get("user_id") == REPORTER else None
    sent = await asyncio.wait_for(chat.say("通过举报 1", SUPERUSER), 20)
    assert [one.person for one in sent] == [OTHER, SUPERUSER]
    assert f"正在私信告诉举报人 {REPORTER}，没发到的会另外告诉你" in sent[-1].text
    assert f"已私信告诉举报人 {OTHER}" in sent[-1].text
    gives_up.set()
    for _ in range(2):
        await chat.services.answers.background_done()
        await chat.services.answers.go_on()
        await chat.services.answers.background_done()
    later = chat.sent[chat.sent.index(sent[-1]) + 1 :]
    assert [one.person for one in later] == [SUPERUSER]
    assert f"没能确定告诉 {REPORTER}，请另外转告：“你的举报（编号 1）查实了" in later[0].text


async def test_reporters_are_told_also_after_a_kill(
    chat: Chat, tracing: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kill comes right behind the verdict's commit."""
    from jianggao.chat.commands.request import Request
    from jianggao.chat.sending import outbox_delivery as module

    async def killed(request: Any) -> Any:
        raise asyncio.CancelledError

    await report(chat)
    before = len(chat.sent)
    monkeypatch.setattr(Request, "tell_others", killed)
    task = asyncio.create_task(chat.say("通过举报 1", SUPERUSER))
    await asyncio.gather(task, return_exceptions=True)
    assert len(chat.sent) == before and await rewards(chat) == [str(REPORTER)]
    module._answers = None
    monkeypatch.setattr("jianggao.chat.sending.notices.get_bots", lambda: {"10001": chat.bot})
    await chat.services.answers.take_over()
    await chat.services.answers.go_on()
    await chat.services.answers.background_done()
    told = {one.person: one.text for one in chat.sent[before:]}
    assert len(chat.sent) == before + 2
    assert "查实了" in told[REPORTER] and "已奖励" in told[SUPERUSER]


async def test_another_account_tells_whom_this_one_cannot(
    chat: Chat, tracing: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def refuse_once(action: str, data: dict[str, Any]) -> None:
        tries.append(data["user_id"])
        if tries == [REPORTER]:
            raise no_friend()

    await report(chat)
    other = Bot(chat.bot.adapter, "10002")
    monkeypatch.setattr("jianggao.chat.sending.notices.get_bots", lambda: {"10001": chat.bot, "10002": other})
    chat.answer = refuse_once
    sent = await chat.say("通过举报 1", SUPERUSER)
    assert tries == [REPORTER, REPORTER, SUPERUSER]
    assert f"已私信告诉举报人 {REPORTER}" in sent[-1].text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("查看举报", "请写举报编号"),
        ("查看举报 x", "请写举报编号"),
        ("通过举报", "写法"),
        ("通过举报 1 再说", "写法"),
        ("驳回举报 1", "请写原因"),
        ("驳回举报 x", "请写举报编号"),
        ("重审", "请写举报编号"),
        ("重审 9", "没有编号 9"),
        ("通过举报 9", "没有编号 9"),
        ("举报列表 x", "正整数"),
        ("举报列表 9", "没有第 9 页"),
    ],
)
async def test_an_unclear_command_is_refused_with_the_right_form(
    chat: Chat, tracing: dict[str, Any], typed: str, told: str
) -> None:
    await report(chat)
    assert told in await chat.ask(typed, SUPERUSER)
    assert await stored(chat, "SELECT * FROM report_decisions") == []


async def test_names_and_transfers_stand_beside_what_is_stored_in_numbers(
    chat: Chat, tracing: dict[str, Any]
) -> None:
    chat.nicknames = {REPORTER: "小林", MEMBER: "周笔杆"}
    await report(chat)
    await chat.ask("我的会员", MEMBER)
    await chat.services.answers.background_done()
    listed = await chat.ask("举报列表", SUPERUSER)
    assert f"{REPORTER}（“小林”） 举报 {MEMBER}（“周笔杆”）" in listed
    await chat.ask("查看举报 1", SUPERUSER)
    await chat.say(f"转移 {MEMBER} 20099 换号", SUPERUSER)
    shown = await chat.ask("查看举报 1", SUPERUSER)
    assert f"{MEMBER}（“周笔杆”，2026-03-18 转移到 20099）。要停用，停的是现在的号：\n停用 20099 " in shown
    stored_finding = await stored(chat, "SELECT report FROM report_findings")
    assert "周笔杆" not in str(stored_finding), "names may be deleted: nothing that is kept for good has them"
    upheld = (await chat.say("通过举报 1 仍奖励 截图能确认", SUPERUSER))[-1].text
    assert f"已奖励 {REPORTER}（“小林”） 一年" in upheld and "\n停用 20099 转卖会员资料" in upheld
