"""举报 from the first word to its number: in private, all kept; and a member's own file pays its reporter."""

from __future__ import annotations

import asyncio
import base64
from typing import Any

import pytest
from nonebot.adapters.onebot.v11 import ActionFailed
from report_chat import LEAK, OTHER, PICTURE, REPORTER, report, serving, stored, with_texts_of_long_ago
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SUPERUSER, Chat, watched


def image(name: str = "截图.jpg", size: int = len(PICTURE)) -> dict[str, Any]:
    return {"type": "image", "data": {"file": name, "file_size": str(size)}}


def file(name: str, size: int = 100) -> dict[str, Any]:
    return {"type": "file", "data": {"file": name, "file_id": f"/{name}", "file_size": str(size)}}


def refusing_to_fetch(action: str, data: dict[str, Any]) -> None:
    if action in ("get_image", "get_file"):
        raise ActionFailed(status="failed", retcode=1200, message="file not found")


@pytest.fixture
async def chat(chat: Chat) -> Chat:
    return await with_texts_of_long_ago(chat)


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
