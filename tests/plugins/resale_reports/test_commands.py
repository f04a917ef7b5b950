"""举报 from the first word to the verdict: in private, all kept, reporters shown to the operator alone."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from nonebot.adapters.onebot.v11 import ActionFailed, Bot, NetworkError
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SUPERUSER, VISITOR, Chat, watched

from jianggao.resale_reports.model import TraceFinding
from jianggao.tracing.accusations import TraceVerdict

REPORTER, OTHER = VISITOR, 30002
PICTURE = b"\xff\xd8 a picture"
LEAK = "会场里挂着旧地图，图上的渡口早就没有船了，可是摆渡人的后代还住在岸边。"
STRONG = TraceFinding(TraceVerdict.STRONG, str(MEMBER), False, "强线索：QQ 20001")
NOBODY = TraceFinding(TraceVerdict.CANNOT_TELL, None, False, "无法判定。")
SUPERUSER_WORDS = ["举报列表", "查看举报 1", "查看举报 1.1", "通过举报 1", "驳回举报 1 看不清", "重审 1"]


def image(name: str = "截图.jpg", size: int = len(PICTURE)) -> dict[str, Any]:
    return {"type": "image", "data": {"file": name, "file_size": str(size)}}


def file(name: str, size: int = 100) -> dict[str, Any]:
    return {"type": "file", "data": {"file": name, "file_id": f"/{name}", "file_size": str(size)}}


def serving(content: bytes) -> Callable[[str, dict[str, Any]], Any]:
    """Gives this content for every picture and file."""

    def answer(action: str, data: dict[str, Any]) -> Any:
        if action in ("get_image", "get_file"):
            return {"base64": base64.b64encode(content).decode()}
        return {} if action == "get_private_file_url" else None

    return answer


def unreachable(*people: int, error: Callable[[], Exception]) -> Callable[[str, dict[str, Any]], None]:
    def answer(action: str, data: dict[str, Any]) -> None:
        if data.get("user_id") in people:
            raise error()

    return answer


def refusing_to_fetch(action: str, data: dict[str, Any]) -> None:
    if action in ("get_image", "get_file"):
        raise ActionFailed(status="failed", retcode=1200, message="file not found")


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
    """MEMBER got texts a year ago, so that nobody takes him for the second account of a reporter."""
    async with chat.application.database.write() as connection:
        await connection.execute(
            "INSERT INTO deliveries (at, account, version, section, place, chat, form, outcome)"
            " VALUES ('2025-03-18T04:00:00.000000+00:00', ?, 1, 1, 'private', ?, 'section', 'delivered')",
            (str(MEMBER), str(MEMBER)),
        )
    return chat


async def report(chat: Chat, person: int = REPORTER, who: str = str(MEMBER), evidence: str = LEAK) -> str:
    await chat.ask(f"举报 {who}", person)
    await chat.ask(evidence, person)
    answer = await chat.ask("完成", person)
    assert "已收到你的举报" in answer
    return answer


async def stored(chat: Chat, sql: str) -> list[tuple[Any, ...]]:
    async with chat.application.database.read() as connection:
        return [tuple(row) for row in await connection.execute_fetchall(sql)]


async def rewards(chat: Chat) -> list[str]:
    return [row[0] for row in await stored(chat, "SELECT member FROM ledger WHERE kind = 'reward'")]


# --- the dialogue ----------------------------------------------------------------------------------------------------


async def test_the_dialogue_asks_who_takes_everything_and_gives_a_number(chat: Chat) -> None:
    chat.answer = serving(PICTURE)
    assert "对方的 QQ 号" in await chat.ask("举报", REPORTER)
    assert "请发材料" in await chat.ask("QQ 20001，闲鱼也在卖", REPORTER)
    assert "已收到 1 件" in await chat.ask(LEAK, REPORTER)
    assert "已收到 2 件" in await chat.ask([image()], REPORTER)
    assert "已收到 3 件" in await chat.ask([file("讲话.txt")], REPORTER)
    answer = await chat.ask("完成", REPORTER)
    assert "编号 1" in answer and "只有管理员看得到" in answer
    assert await stored(chat, "SELECT reporter, accused, told FROM reports") == [
        (str(REPORTER), "20001", "QQ 20001，闲鱼也在卖")
    ]
    assert await stored(chat, "SELECT kind, name, text, content FROM report_evidence") == [
        ("text", "", LEAK, None),
        ("picture", "截图.jpg", None, PICTURE),
        ("file", "讲话.txt", None, PICTURE),
    ]
    assert "没有找到" in await chat.ask("检索 二十面体", REPORTER)


async def test_a_forwarded_chat_is_evidence(chat: Chat) -> None:
    nodes = [{"data": {"content": [{"type": "text", "data": {"text": text}}]}} for text in ("要资料吗", LEAK)]
    chat.answer = lambda action, data: {"messages": nodes} if action == "get_forward_msg" else None
    await chat.ask("举报 20001", REPORTER)
    await chat.ask([{"type": "forward", "data": {"id": "7"}}], REPORTER)
    await chat.ask("完成", REPORTER)
    assert await stored(chat, "SELECT text FROM report_evidence") == [(f"要资料吗\n{LEAK}",)]


async def test_cancelled_nothing_is_kept(chat: Chat) -> None:
    await chat.ask("举报 20001", REPORTER)
    await chat.ask(LEAK, REPORTER)
    assert await chat.ask("取消", REPORTER) == "已取消。"
    assert await stored(chat, "SELECT * FROM reports") == []
    assert "没有找到" in await chat.ask("检索 二十面体", REPORTER)


async def test_after_ten_minutes_of_silence_a_message_is_an_ordinary_one(chat: Chat) -> None:
    await chat.ask("举报 20001", REPORTER)
    for _ in range(3):
        chat.clock.advance(minutes=9)
        assert "已收到" in await chat.ask(LEAK, REPORTER)
    chat.clock.advance(minutes=11)
    assert "没有找到" in await chat.ask("检索 二十面体", REPORTER)
    assert await stored(chat, "SELECT * FROM reports") == []


async def test_too_large_is_refused_before_it_is_fetched(chat: Chat) -> None:
    await chat.ask("举报 20001", REPORTER)
    before = list(chat.actions)
    assert "最大 5 MB" in await chat.ask([image(size=6_000_000)], REPORTER)
    assert not {"get_image", "get_file"} & set(chat.actions[len(before) :])
    assert "还没有材料" in await chat.ask("完成", REPORTER)


async def test_what_cannot_be_fetched_is_asked_for_again(chat: Chat) -> None:
    await chat.ask("举报 20001", REPORTER)
    chat.answer = refusing_to_fetch
    assert "没有收到文件内容" in await chat.ask([image()], REPORTER)
    chat.answer = serving(PICTURE)
    assert "已收到 1 件" in await chat.ask([image()], REPORTER)


async def test_done_waits_for_the_picture_before_it(chat: Chat) -> None:
    asked, arrived = asyncio.Event(), asyncio.Event()

    async def slow() -> dict[str, str]:
        asked.set()
        await arrived.wait()
        return {"base64": base64.b64encode(PICTURE).decode()}

    await chat.ask("举报 20001", REPORTER)
    chat.answer = lambda action, data: slow() if action == "get_image" else None
    heard = watched(chat, str(REPORTER))
    picture = asyncio.create_task(chat.say([image()], REPORTER))
    await asked.wait()
    done = asyncio.create_task(chat.say("完成", REPORTER))
    await heard.reached["完成"].wait()
    for _ in range(20):  # what needs no waiting ends within these
        await asyncio.sleep(0)
    assert heard.answered == []
    arrived.set()
    await asyncio.gather(picture, done)
    assert heard.answered == ["", "完成"]
    assert await stored(chat, "SELECT kind FROM report_evidence") == [("picture",)]


@pytest.mark.parametrize("group", [MEMBER_GROUP, FREE_GROUP])
async def test_in_a_group_it_says_that_it_works_in_private_and_names_nothing(chat: Chat, group: int) -> None:
    for typed in ("举报", f"举报 {MEMBER} 倒卖"):
        answer = await chat.ask(typed, REPORTER, group)
        assert answer == "举报请私聊我办理；还不是好友的，请先加我为好友。"
    assert await stored(chat, "SELECT * FROM reports") == []


async def test_what_is_said_in_a_group_meanwhile_is_no_evidence(chat: Chat) -> None:
    await chat.ask("举报 20001", REPORTER)
    assert (await chat.ask("检索 台账", REPORTER, FREE_GROUP)).startswith("共 ")
    assert "还没有材料" in await chat.ask("完成", REPORTER)


async def test_the_answer_does_not_tell_whether_others_reported(chat: Chat) -> None:
    first, second = await report(chat), await report(chat, OTHER)
    assert first.replace("编号 1", "") == second.replace("编号 2", "")
    assert await stored(chat, "SELECT case_number FROM reports") == [(1,), (1,)]


async def test_too_many_open_reports_are_refused_at_the_first_word(chat: Chat) -> None:
    for number in range(3):
        await report(chat, who=f"2100{number}", evidence=f"第 {number} 件")
    assert "还在核实" in await chat.ask("举报 21009", REPORTER)
    assert "没有找到" in await chat.ask("检索 二十面体", REPORTER)


# --- the operator ----------------------------------------------------------------------------------------------------


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


# --- with tracing itself ---------------------------------------------------------------------------------------------


async def test_a_members_own_file_names_him_and_pays(chat: Chat) -> None:
    sent = await chat.say("全文 8", MEMBER)
    copy = base64.b64decode(sent[0].params["file"].removeprefix("base64://"))
    name = sent[0].params["name"]
    chat.answer = serving(copy)
    await chat.ask("举报 闲鱼上的店", REPORTER)
    await chat.ask([file(name, len(copy))], REPORTER)
    await chat.ask("完成", REPORTER)
    chat.answer = lambda action, data: None
    shown = await chat.ask("查看举报 1", SUPERUSER)
    assert f"强线索：QQ {MEMBER}" in shown
    answer = (await chat.say("通过举报 1", SUPERUSER))[-1].text
    assert f"已奖励 {REPORTER}" in answer and f"停用 {MEMBER} 转卖会员资料" in answer
    assert await stored(chat, "SELECT report FROM looks") == [(1,)]
