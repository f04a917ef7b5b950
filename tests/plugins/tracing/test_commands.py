"""溯源: pasted and collected; in private alone."""

from __future__ import annotations

from typing import Any

import pytest
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SUPERUSER, UNBOUND_GROUP, VISITOR, Chat
from tracing_chat import (
    FIRST,
    LEAD,
    NOTHING_YET,
    OTHERS,
    SPEECH,
    TITLE,
    answering,
    copy_text,
    file_message,
    holding,
    sent_file,
)

IN_PRIVATE = "溯源请在这里私聊做"
SEND_IT = "把外传的内容发来"
NOTHING_TO_READ = "这条里没有能读的文字"
ENOUGH = "已经够多了"


async def looks(chat: Chat) -> list[dict[str, Any]]:
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT * FROM looks ORDER BY id")
    return [dict(row) for row in rows]


# --- a text behind the word -------------------------------------------------------------------------------------------


async def test_a_text_behind_the_word_is_examined_at_once(traced: Chat) -> None:
    answer = await traced.ask(f"溯源 {await copy_text(traced)}", SUPERUSER)
    assert f"{SPEECH}《{TITLE}》" in answer
    assert f"收到过的有 {OTHERS + 1} 人；近一年第 1 次溯源。" in answer
    assert f"强线索：QQ {MEMBER}。" in answer and LEAD in answer
    look = (await looks(traced))[0]
    assert (look["by_account"], look["verdict"], look["account"]) == (str(SUPERUSER), "strong", str(MEMBER))


async def test_a_text_of_nobody_is_told_so(traced: Chat) -> None:
    answer = await traced.ask("溯源 " + "这是谁也没有收到过的另外一篇东西，" * 12, SUPERUSER)
    assert answer.startswith("无法判定。没有找到对应的讲稿")


async def test_it_needs_no_whole_dialogue_for_a_file_in_the_same_message(traced: Chat) -> None:
    content = sent_file(await traced.say(f"全文 {SPEECH}", MEMBER))
    traced.answer = answering(get_file=holding(content))
    message = [{"type": "text", "data": {"text": "溯源"}}, *file_message("讲话.docx")]
    assert f"QQ {MEMBER}" in await traced.ask(message, SUPERUSER)


# --- who and where ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", [MEMBER_GROUP, FREE_GROUP])
async def test_in_a_group_nothing_but_a_note_is_said_and_nothing_examined(traced: Chat, group: int) -> None:
    for typed in ("溯源", f"溯源 {await copy_text(traced)}"):
        sent = await traced.say(typed, SUPERUSER, group)
        assert [(one.person, one.group) for one in sent] == [(SUPERUSER, None), (None, group)]
        assert sent[0].text.startswith(IN_PRIVATE) and sent[1].text == "已私信"
    assert await looks(traced) == []
    assert "收到" not in await traced.ask("帮助 检索", SUPERUSER)  # no dialogue was opened


async def test_an_unbound_group_hears_nothing(traced: Chat) -> None:
    assert await traced.say("溯源", SUPERUSER, UNBOUND_GROUP) == []


@pytest.mark.parametrize("group", [None, MEMBER_GROUP, FREE_GROUP])
@pytest.mark.parametrize("person", [MEMBER, VISITOR])
async def test_others_examine_nothing(traced: Chat, person: int, group: int | None) -> None:
    assert await traced.say("溯源", person, group) == []
    assert await traced.say(f"/溯源 {await copy_text(traced)}", person, group) == []
    assert await looks(traced) == []


async def test_other_peoples_messages_are_theirs_while_a_dialogue_is_open(traced: Chat) -> None:
    assert SEND_IT in await traced.ask("溯源", SUPERUSER)
    assert "有效期至" in await traced.ask("我的会员", MEMBER)
    assert await traced.say("完成", VISITOR, FREE_GROUP) == []
    assert NOTHING_YET in await traced.ask("完成", SUPERUSER)
    assert "检索" in await traced.ask("帮助 检索", SUPERUSER, FREE_GROUP)  # his own in groups neither
    assert await traced.ask("取消", SUPERUSER) == "已取消。"


# --- the dialogue -----------------------------------------------------------------------------------------------------


async def test_pasted_over_several_messages(traced: Chat) -> None:
    lines = (await copy_text(traced)).splitlines()
    middle = len(lines) // 2
    await traced.ask("溯源", SUPERUSER)
    assert FIRST in await traced.ask("\n".join(lines[:middle]), SUPERUSER)
    assert await traced.say("\n".join(lines[middle:]), SUPERUSER) == []
    answer = await traced.ask("完成", SUPERUSER)
    assert f"{SPEECH}《" in answer and "占 100%" in answer
    assert len(await looks(traced)) == 1


async def test_commands_are_texts_within_it_and_commands_again_after_it(traced: Chat) -> None:
    await traced.ask("溯源", SUPERUSER)
    assert FIRST in await traced.ask(f"停用 {MEMBER} 转卖", SUPERUSER)
    assert await traced.say("检索 渠水", SUPERUSER) == []
    assert "会员有效" in await traced.ask("我的会员", MEMBER)
    assert "无法判定" in await traced.ask("完成", SUPERUSER)
    assert "共" in await traced.ask("检索 渠水", SUPERUSER)
    assert "已停用" in await traced.ask(f"停用 {MEMBER} 转卖", SUPERUSER)


async def test_cancelled_nothing_is_examined(traced: Chat) -> None:
    await traced.ask("溯源", SUPERUSER)
    await traced.ask(await copy_text(traced), SUPERUSER)
    assert await traced.ask("取消", SUPERUSER) == "已取消。"
    assert await looks(traced) == []
    assert "没有找到" in await traced.ask("完成", SUPERUSER)  # a search


async def test_it_ends_after_ten_minutes_of_silence(traced: Chat) -> None:
    await traced.ask("溯源", SUPERUSER)
    for _ in range(3):  # as long as something comes, it goes on
        traced.clock.advance(minutes=9)
        await traced.say("还有一段", SUPERUSER)
    traced.clock.advance(minutes=10, seconds=1)
    assert "共" in await traced.ask("检索 渠水", SUPERUSER)
    assert await looks(traced) == []


async def test_the_same_message_pushed_twice_is_taken_once(traced: Chat) -> None:
    await traced.ask("溯源", SUPERUSER)
    event = traced.event("渠水有声，人心有秤", SUPERUSER)
    assert len(await traced.send(event)) == 1
    assert await traced.send(event) == []
    done = traced.event("完成", SUPERUSER)
    assert [len(await traced.send(done)), len(await traced.send(done))] == [1, 0]


async def test_a_picture_or_nothing_is_told_so_and_not_counted(traced: Chat) -> None:
    await traced.ask("溯源", SUPERUSER)
    for kind in ("image", "face"):
        assert NOTHING_TO_READ in await traced.ask([{"type": kind, "data": {"file": "a.png"}}], SUPERUSER)
    assert NOTHING_YET in await traced.ask("完成", SUPERUSER)


async def test_at_most_sixty_pieces(traced: Chat) -> None:
    await traced.ask("溯源", SUPERUSER)
    for at in range(60):
        assert len(await traced.say(f"第{at}段", SUPERUSER)) == (at == 0)
    assert ENOUGH in await traced.ask("再来一段", SUPERUSER)
    assert "无法判定" in await traced.ask("完成", SUPERUSER)


async def test_a_copy_names_the_account_of_that_time_with_where_its_subscription_went(traced: Chat) -> None:
    traced.nicknames = {MEMBER: "周笔杆"}
    await traced.say("我的会员", MEMBER)
    text = await copy_text(traced)
    await traced.say(f"转移 {MEMBER} 20099 换号", SUPERUSER)
    await traced.say("转移 20099 20098 又换号", SUPERUSER)
    await traced.services.answers.background_done()
    answer = await traced.ask(f"溯源 {text}", SUPERUSER)
    moved = "2026-03-18 转移到 20099，2026-03-18 转移到 20098"
    assert f"强线索：QQ {MEMBER}（“周笔杆”，{moved}）。" in answer
    assert "停用 20098 转卖会员资料" in answer
    assert "停用 20098" in await traced.ask(f"停用 {MEMBER} 转卖会员资料", SUPERUSER)


async def test_the_finding_of_a_report_is_stored_for_good_and_has_no_names_in_it(traced: Chat) -> None:
    traced.nicknames = {MEMBER: "周笔杆"}
    await traced.say("我的会员", MEMBER)
    await traced.services.answers.background_done()
    for typed in (f"举报 {MEMBER}", await copy_text(traced), "完成"):
        await traced.say(typed, VISITOR)
    assert "周笔杆" in await traced.ask("查看举报 1", SUPERUSER)
    async with traced.application.database.read() as connection:
        (row,) = await connection.execute_fetchall("SELECT report FROM report_findings")
    assert f"QQ {MEMBER}。" in row["report"] and "周笔杆" not in row["report"]
