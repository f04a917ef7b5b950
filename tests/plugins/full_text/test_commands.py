"""全文: the record before the first byte, the private chat alone, and what comes after a refusal."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from nonebot.adapters.onebot.v11 import ActionFailed, NetworkError
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SUPERUSER, VISITOR, Chat, Sent

from jianggao.documents.copies import NOTICE
from jianggao.library import speech_store


async def deliveries(chat: Chat) -> list[tuple[Any, ...]]:
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall(
            "SELECT account, form, outcome, section FROM deliveries WHERE section IS NULL ORDER BY id"
        )
    return [tuple(row) for row in rows]


def refusing(*actions: str, message: str = "failed") -> Callable[[str, dict[str, Any]], None]:
    def answer(action: str, data: dict[str, Any]) -> None:
        if action in actions:
            raise ActionFailed(status="failed", retcode=1200, message=message, wording=message)

    return answer


async def test_a_member_gets_a_file_in_private(chat: Chat) -> None:
    sent = await chat.say("全文 8", MEMBER)
    assert [one.action for one in sent] == ["upload_private_file"]
    assert sent[0].params["user_id"] == MEMBER
    assert "group_id" not in sent[0].params
    assert sent[0].params["name"] == "在全县水利冬修动员会上的讲话.docx"
    document = Document(io.BytesIO(content_of(sent[0])))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert text.startswith(NOTICE) and text.endswith(NOTICE)
    assert "渠水有声，人心有秤" in text and "咨询QQ" not in text
    assert await deliveries(chat) == [(str(MEMBER), "document", "delivered", None)]


async def test_all_forms_hold_the_same_marked_copy_and_two_requests_give_one(chat: Chat) -> None:
    def letters(text: str) -> str:
        return "\n".join(line for line in text.replace("\r", "").split("\n") if line.strip())

    document = content_of((await chat.say("全文 8", MEMBER))[0])
    again = content_of((await chat.say("全文 8 文档", MEMBER))[0])
    text = content_of((await chat.say("全文 8 文本", MEMBER))[0])
    forward = (await chat.say("全文 8 转发", MEMBER))[0].text
    assert document == again
    paragraphs = [paragraph.text for paragraph in Document(io.BytesIO(document)).paragraphs]
    assert letters("\n".join(paragraphs)) == letters(text.decode("utf-8-sig")) == letters(forward)
    async with chat.application.database.read() as connection:
        rows = list(
            await connection.execute_fetchall("SELECT * FROM deliveries WHERE section IS NULL ORDER BY id")
        )
    assert [row["sha256"] for row in rows] == [
        hashlib.sha256(document).hexdigest(),
        hashlib.sha256(document).hexdigest(),
        hashlib.sha256(text).hexdigest(),
        None,
    ]
    assert len({(row["plan"], row["mark_key"], row["text_sha256"]) for row in rows}) == 1
    assert None not in (rows[0]["plan"], rows[0]["mark_key"], rows[0]["text_sha256"])


async def test_collecting_sections_in_private_gives_the_marked_copy(chat: Chat) -> None:
    """Not the clean text: what a member reads section by section is cut from that member's copy."""
    copy = await chat.application.copies.of(str(MEMBER), (await version_of(chat, 8)))
    collected = [await chat.ask(f"段落 8.{ordinal}", MEMBER) for ordinal in copy.sections]
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall(
            "SELECT ordinal, audience FROM sections WHERE version = ?", (copy.speech.version,)
        )
    for row in rows:
        if row["audience"]:
            assert f"\n{copy.sections[row['ordinal']].strip()}\n——" in collected[row["ordinal"] - 1]


def content_of(sent: Sent) -> bytes:
    return base64.b64decode(sent.params["file"].removeprefix("base64://"))


async def version_of(chat: Chat, number: int) -> int:
    async with chat.application.database.read() as connection:
        speech = await speech_store.speech(connection, number)
    assert speech is not None
    return speech.version


async def test_the_text_file_is_utf8_with_bom_and_crlf(chat: Chat) -> None:
    content = content_of((await chat.say("全文 8 文本", MEMBER))[0])
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content and b"\n" not in content.replace(b"\r\n", b"")


async def test_as_a_forward_on_request(chat: Chat) -> None:
    sent = await chat.say("全文 8 转发", MEMBER)
    assert [one.action for one in sent] == ["send_private_forward_msg"]
    assert all(len(part.split("\n")[0]) <= 1000 for part in [sent[0].text])
    assert "渠水有声，人心有秤" in sent[0].text


async def test_asked_in_a_group_only_a_note_is_seen_there(chat: Chat) -> None:
    for group in (MEMBER_GROUP, FREE_GROUP):
        sent = await chat.say("全文 8", MEMBER, group)
        assert [(one.person, one.group) for one in sent] == [(MEMBER, None), (None, group)]
        assert sent[1].text == "已私信"


async def test_the_record_comes_before_the_first_byte(chat: Chat) -> None:
    seen: list[list[tuple[Any, ...]]] = []

    async def look(action: str) -> None:
        if action.startswith("upload"):
            seen.append(await deliveries(chat))

    def answer(action: str, data: dict[str, Any]) -> Any:
        return look(action)

    chat.answer = answer
    await chat.say("全文 8", MEMBER)
    assert seen == [[(str(MEMBER), "document", "recorded", None)]]


async def test_sections_are_recorded_before_the_first_byte(chat: Chat) -> None:
    seen: list[int] = []

    async def look() -> None:
        async with chat.application.database.read() as connection:
            rows = await connection.execute_fetchall("SELECT count(*) FROM deliveries")
        seen.append(next(iter(rows))[0])

    chat.answer = lambda action, data: look()
    for ordinal in range(1, 5):
        await chat.say(f"段落 8.{ordinal}", MEMBER)
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT count(*) FROM deliveries")
    assert seen[-1] == next(iter(rows))[0] > 0


async def test_after_a_definite_refusal_of_the_file_a_forward(chat: Chat) -> None:
    chat.answer = refusing("upload_private_file", message="rich media transfer failed")
    sent = await chat.say("全文 8", MEMBER)
    assert [one.action for one in sent] == ["send_private_forward_msg"]
    assert [row[2] for row in await deliveries(chat)] == ["delivered"]


async def test_not_a_friend_is_told_in_the_group(chat: Chat) -> None:
    chat.answer = refusing("upload_private_file", "send_private_forward_msg", message="发送失败 result 16")
    sent = await chat.say("全文 8", MEMBER, MEMBER_GROUP)
    assert len(sent) == 1 and "加我为好友" in sent[0].text
    assert chat.actions.count("send_private_forward_msg") == 0
    assert [row[2] for row in await deliveries(chat)] == ["refused"]


@pytest.mark.parametrize("message", ["timeout", "Timeout: NTEvent EventRet", "请求超时"])
async def test_what_may_have_arrived_is_never_sent_again(chat: Chat, message: str) -> None:
    chat.answer = refusing("upload_private_file", message=message)
    await chat.say("全文 8", MEMBER)
    assert [one for one in chat.actions if one != "send_private_msg"] == ["upload_private_file"]
    assert [row[2] for row in await deliveries(chat)] == ["unknown"]


async def test_a_lost_connection_is_unknown_too(chat: Chat) -> None:
    def lost(action: str, data: dict[str, Any]) -> None:
        if action == "upload_private_file":
            raise NetworkError("WebSocket call api timeout")

    chat.answer = lost
    await chat.say("全文 8", MEMBER)
    assert "send_private_forward_msg" not in chat.actions
    assert [row[2] for row in await deliveries(chat)] == ["unknown"]


@pytest.mark.parametrize("group", [None, FREE_GROUP, MEMBER_GROUP])
@pytest.mark.parametrize("typed", ["全文 8", "全文 8 转发", "全文8 文本", "/全文 第8篇"])
async def test_a_visitor_gets_no_full_text_by_no_form(chat: Chat, typed: str, group: int | None) -> None:
    answer = await chat.ask(typed, VISITOR, group)
    assert "🔒" in answer and "订阅" in answer
    assert await deliveries(chat) == []


async def test_expired_suspended_and_older_than_the_window(chat: Chat) -> None:
    await chat.say(f"停用 {MEMBER} 转卖", SUPERUSER)
    assert "会员已停用" in await chat.ask("全文 8", MEMBER)
    await chat.say(f"恢复 {MEMBER}", SUPERUSER)
    assert (await chat.say("全文 8", MEMBER))[0].action == "upload_private_file"
    chat.clock.advance(days=400)
    assert "会员已到期" in await chat.ask("全文 8", MEMBER)


async def test_three_years_before_the_subscription_and_no_day_more(chat: Chat) -> None:
    """Granted on 2026-03-18: 2023-05-12 is inside; a member since 2026-06-01 has it outside."""
    late = 20002
    assert (await chat.say("全文 4", MEMBER))[0].action == "upload_private_file"
    chat.clock.advance(days=75)
    await chat.say(f"开通 {late} 1年", SUPERUSER)
    assert "早于" in await chat.ask("全文 4", late)


async def test_suspended_while_it_waited_in_the_queue(chat: Chat) -> None:
    from jianggao.membership import administration
    from jianggao.membership.administration import Act

    queue = chat.services.senders.of(chat.bot)._queue
    submit = queue.submit

    async def suspended_meanwhile(entry: Any) -> Any:
        async with chat.application.database.write() as connection:
            act = Act(str(SUPERUSER), "by-hand", chat.clock(), chat.application.settings.timezone, "转卖")
            await administration.suspend(connection, str(MEMBER), act)
        queue.submit = submit  # type: ignore[method-assign]
        return await submit(entry)

    queue.submit = suspended_meanwhile  # type: ignore[method-assign]
    sent = await chat.say("全文 8", MEMBER)
    assert [one.action for one in sent] == ["send_private_msg"]
    assert "没有发出" in sent[0].text
    assert [row[2] for row in await deliveries(chat)] == ["refused"]


async def test_the_days_allowance_of_full_texts_ends(open_chat: Any) -> None:
    chat: Chat = await open_chat(FULL_TEXTS_PER_DAY="1")
    await chat.ask(f"开通 {MEMBER} 1年", SUPERUSER)
    assert (await chat.say("全文 8", MEMBER))[0].action == "upload_private_file"
    assert "额度用完" in await chat.ask("全文 7", MEMBER)
    chat.clock.advance(days=1)
    assert (await chat.say("全文 7", MEMBER))[0].action == "upload_private_file"


async def test_a_copy_that_fails_its_check_is_not_sent_and_superusers_are_told(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    async def tell(text: str) -> bool:
        told.append(text)
        return True

    monkeypatch.setattr(chat.services.notices, "tell_superusers", tell)
    monkeypatch.setattr("jianggao.tracing.watermark.says_the_same", lambda clean, copy: False)
    sent = await chat.say("全文 8", MEMBER)
    assert [one.text for one in sent] == ["出错了，已记录"]
    assert len(told) == 1 and str(MEMBER) in told[0]
    assert await deliveries(chat) == []
