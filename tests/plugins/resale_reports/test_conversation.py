"""Strangers fill neither the memory nor the disk: evidence goes to the disk, within bounds, and goes away on
time."""

from __future__ import annotations

import asyncio
import base64
import errno
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running_plugins import running
from simulated_chat import MEMBER, SUPERUSER, VISITOR, Chat

from jianggao.errors import NotAllowed
from jianggao.resale_reports.conversation_steps import MAX_CHARACTERS
from jianggao.settings import load_settings

REPORTER, OTHER = VISITOR, 30002
CONTENT = b"x" * 1_000


def image(size: int | None = None, name: str = "截图.jpg") -> dict[str, Any]:
    return {"type": "image", "data": {"file": name, **({} if size is None else {"file_size": str(size)})}}


def serving(content: bytes = CONTENT) -> Callable[[str, dict[str, Any]], Any]:
    return lambda action, data: (
        {"base64": base64.b64encode(content).decode()} if action == "get_image" else None
    )


def drafts(chat: Chat) -> list[Path]:
    return sorted(chat.application.drafts.folder.iterdir())


def in_memory(chat: Chat, person: int) -> int:
    """Bytes of pictures and files that the person's dialogue holds."""
    conversation = chat.services.conversations._open[str(person)].command.handler.__self__  # type: ignore[union-attr]
    return sum(len(piece.content) for piece in conversation._draft.pieces)


async def begun(chat: Chat, person: int = REPORTER, pictures: int = 1) -> None:
    chat.answer = serving()
    await chat.ask("举报 20001", person)
    for _ in range(pictures):
        assert "已收到" in await chat.ask([image()], person)


# --- on the disk, and gone --------------------------------------------------------------------------------------------


async def test_what_comes_lies_on_the_disk_and_not_in_memory(chat: Chat) -> None:
    for person in range(REPORTER, REPORTER + 30):
        await begun(chat, person, pictures=3)
        assert in_memory(chat, person) == 0
    assert len(drafts(chat)) == 90 and chat.application.drafts.taken == 90 * len(CONTENT)


async def test_a_peers_name_is_no_name_of_ours(chat: Chat) -> None:
    chat.answer = serving()
    await chat.ask("举报 20001", REPORTER)
    named = {"file": "1.jpg", "name": "../../../tmp/../etc/passwd"}
    assert "已收到" in await chat.ask([{"type": "image", "data": named}], REPORTER)
    assert [file.name for file in drafts(chat)] == ["00000001"]


@pytest.mark.parametrize("ending", ["完成", "取消"])
async def test_filed_or_cancelled_no_draft_is_left(chat: Chat, ending: str) -> None:
    await begun(chat, pictures=2)
    await begun(chat, OTHER)
    await chat.ask(ending, REPORTER)
    assert len(drafts(chat)) == 1
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT content FROM report_evidence")
    assert [row[0] for row in rows] == ([CONTENT, CONTENT] if ending == "完成" else [])
    assert chat.application.drafts.taken == len(CONTENT) * (3 if ending == "完成" else 1)


async def test_after_ten_silent_minutes_the_files_go_without_another_word(chat: Chat) -> None:
    """By the bot's own looking at its clock, as it does every few seconds."""
    from jianggao.chat.commands.conversations import CHECKED_EVERY
    from jianggao.chat.lifecycle import end_silent_conversations

    rests: list[float] = []

    async def rest(seconds: float) -> None:
        rests.append(seconds)
        if len(rests) == 3:
            raise asyncio.CancelledError
        chat.clock.advance(minutes=9) if len(rests) == 1 else chat.clock.advance(minutes=2)
        seen.append(len(drafts(chat)))

    await begun(chat)
    seen: list[int] = []
    with pytest.raises(asyncio.CancelledError):
        await end_silent_conversations(chat.services, rest)
    assert seen == [1, 1] and drafts(chat) == [] and chat.application.drafts.taken == 0
    assert rests == [CHECKED_EVERY] * 3 and CHECKED_EVERY <= 10


async def test_the_running_bot_looks(plugins: None, tmp_path: Path, library: Path) -> None:
    """The task is started with the application and ended with it; a dialogue isn't ended by a stop."""
    ended: list[str] = []
    settings = load_settings({"LIBRARY_DIR": str(library), "DATABASE_FILE": str(tmp_path / "bot.db")})
    async with running(settings):
        names = {task.get_coro().__name__ for task in asyncio.all_tasks()}  # type: ignore[union-attr]
        assert "end_silent_conversations" in names
        file = tmp_path / "bot.drafts" / "00000001"
        file.write_bytes(b"x")
        from jianggao.chat.running_bot import get_running_bot

        conversations = get_running_bot().services.conversations
        conversations._open["30001"] = _open(lambda: ended.append("30001"))
    assert ended == [] and not file.exists() and len(conversations) == 0
    assert not any(t.get_coro().__name__ == "end_silent_conversations" for t in asyncio.all_tasks())  # type: ignore[union-attr]


def _open(ended: Callable[[], None]) -> Any:
    from jianggao.chat.commands.conversations import _OpenConversation

    return _OpenConversation(None, 600.0, 600.0, ended)  # type: ignore[arg-type]


async def test_cancelled_while_a_picture_comes_in_nothing_is_kept_and_nothing_is_open(chat: Chat) -> None:
    asked, arrived = asyncio.Event(), asyncio.Event()

    async def slow() -> dict[str, str]:
        asked.set()
        await arrived.wait()
        return {"base64": base64.b64encode(CONTENT).decode()}

    await chat.ask("举报 20001", REPORTER)
    chat.answer = lambda action, data: slow() if action == "get_image" else None
    picture = asyncio.create_task(chat.say([image()], REPORTER))
    await asked.wait()
    assert await chat.ask("取消", REPORTER) == "已取消。"
    arrived.set()
    assert "这次举报已经结束" in (await picture)[-1].text
    assert drafts(chat) == [] and chat.application.drafts.taken == 0
    assert "没有找到" in await chat.ask("检索 二十面体", REPORTER)


async def test_cancelled_after_done_it_is_filed_all_the_same(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.resale_reports import filing

    filed = filing.file

    async def cancelled_meanwhile(*args: Any, **named: Any) -> Any:
        chat.services.conversations.end(str(REPORTER))
        return await filed(*args, **named)

    await begun(chat)
    monkeypatch.setattr(filing, "file", cancelled_meanwhile)
    assert "编号 1" in await chat.ask("完成", REPORTER)
    assert drafts(chat) == []


async def test_a_second_report_ends_the_first_and_its_files(chat: Chat) -> None:
    await begun(chat)
    found = chat.services.conversations._open.pop(
        str(REPORTER)
    )  # as two messages that arrive at the same moment
    chat.services.conversations._open[str(REPORTER)] = found
    assert len(drafts(chat)) == 1
    chat.services.conversations.end(str(REPORTER))
    assert drafts(chat) == []


# --- bounds -----------------------------------------------------------------------------------------------------------


async def test_what_does_not_fit_is_refused_and_superusers_hear_of_it_once(
    open_chat: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    chat: Chat = await open_chat(EVIDENCE_MB="10")
    monkeypatch.setattr("jianggao.chat.sending.notices.get_bots", lambda: {"10001": chat.bot})
    chat.answer = serving(b"x" * 4_000_000)
    answers = []
    for person in (REPORTER, OTHER, 30003, 30004):
        await chat.ask("举报 20001", person)
        answers.append((await chat.say([image()], person))[-1].text)
    assert ["满了" in one for one in answers] == [False, False, True, True]
    told = [one for one in chat.sent if one.person == SUPERUSER]
    assert len(told) == 1 and "EVIDENCE_MB" in told[0].text
    assert "还没有材料" in await chat.ask("完成", 30003), "the dialogue goes on"
    assert "已收到 1 件" in await chat.ask("文字说明", 30003)
    chat.clock.advance(days=1)
    await chat.say("举报 20001", 30005)
    await chat.say("取消", REPORTER)
    assert chat.application.drafts.taken < 10 * 1024 * 1024


async def test_a_message_with_too_many_pictures_fetches_none(chat: Chat) -> None:
    await begun(chat)
    before = len(chat.actions)
    assert "最多 10 件" in await chat.ask([image()] * 10, REPORTER)
    assert "最多 10 件" in await chat.ask([{"type": "forward", "data": {"id": "1"}}] * 10, REPORTER)
    assert {"get_image", "get_forward_msg"} & set(chat.actions[before:]) == set()
    assert len(drafts(chat)) == 1


async def test_a_message_is_taken_as_a_whole_or_leaves_nothing(chat: Chat) -> None:
    """The second of two pictures is larger than it said."""
    await begun(chat)
    contents = iter([CONTENT, b"x" * (5 * 1024 * 1024 + 1)])
    chat.answer = lambda action, data: (
        {"base64": base64.b64encode(next(contents)).decode()} if action == "get_image" else None
    )
    assert "最多 5 MB" in await chat.ask([image(), image()], REPORTER)
    assert len(drafts(chat)) == 1 and chat.application.drafts.taken == len(CONTENT)


async def test_twenty_megabytes_a_report(chat: Chat) -> None:
    chat.answer = serving(b"x" * (5 * 1024 * 1024))
    await chat.ask("举报 20001", REPORTER)
    for _ in range(4):
        assert "已收到" in await chat.ask([image()], REPORTER)
    assert "一共最多 20 MB" in await chat.ask([image()], REPORTER)
    assert len(drafts(chat)) == 4


async def test_so_many_dialogues_and_no_more_and_nobodys_is_ended_for_another(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.import_module("jianggao.chat.commands.conversations"), "MOST_OPEN", 5)
    for person in range(40_001, 40_006):
        await begun(chat, person)
    assert "同时在办的人太多" in await chat.ask("举报 20001", REPORTER)
    assert len(chat.services.conversations) == 5 and len(drafts(chat)) == 5
    assert "把外传的内容发来" in await chat.ask("溯源", SUPERUSER)
    await chat.ask("取消", SUPERUSER)
    await chat.ask("取消", 40_001)
    assert "请发材料" in await chat.ask("举报 20001", REPORTER)
    chat.clock.advance(minutes=11)
    assert "请发材料" in await chat.ask("举报 20001", MEMBER)
    assert len(chat.services.conversations) == 1 and drafts(chat) == []


async def test_the_text_in_all_dialogues_has_an_end(chat: Chat) -> None:
    from jianggao.chat.commands.conversations import MOST_OPEN

    assert MOST_OPEN * MAX_CHARACTERS * 4 <= 16_000_000


# --- how much comes in at once ----------------------------------------------------------------------------------------


class Coming:
    """An implementation that answers when it is told to, and counts how many it is asked for at once."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self.begun, self.go = asyncio.Event(), asyncio.Event()

    def answer(self, action: str, data: dict[str, Any]) -> Any:
        return self._slow() if action == "get_image" else None

    async def _slow(self) -> dict[str, str]:
        self.now += 1
        self.most = max(self.most, self.now)
        if self.now == 2:
            self.begun.set()
        await self.go.wait()
        self.now -= 1
        return {"base64": base64.b64encode(CONTENT).decode()}


async def test_of_a_crowd_two_files_come_in_at_a_time_and_all_in_the_end(chat: Chat) -> None:
    from jianggao.chat.receiving.download_turns import AT_ONCE

    coming = Coming()
    people = range(41_001, 41_021)
    for person in people:
        await chat.ask("举报 20001", person)
    chat.answer = coming.answer
    pictures = [asyncio.create_task(chat.say([image()], person)) for person in people]
    await coming.begun.wait()
    coming.go.set()
    answers = await asyncio.gather(*pictures)
    assert coming.most == AT_ONCE == 2
    assert all("已收到 1 件" in sent[-1].text for sent in answers)


async def test_tracing_takes_in_so_much_and_no_more(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plugins.tracing.commands._MOST_BYTES", 2_500)
    chat.answer = lambda action, data: (
        {"base64": base64.b64encode(CONTENT).decode()} if action.startswith("get_") else None
    )
    file = {"type": "file", "data": {"file": "a.txt", "file_id": "1"}}
    await chat.ask("溯源", SUPERUSER)
    assert "已经够多了" in await chat.ask([file] * 5, SUPERUSER)
    assert chat.actions.count("get_private_file_url") == 3
    assert "已经够多了" in await chat.ask([file], SUPERUSER)


def test_being_refused_for_others_sake_is_an_expected_answer() -> None:
    from jianggao.chat.commands.conversations import TOO_MANY

    assert str(NotAllowed(TOO_MANY)) == TOO_MANY and "十分钟" in TOO_MANY


async def test_a_picture_that_finds_no_room_on_the_disk_is_refused_by_the_cause(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.resale_reports import draft_disk as module

    def full(path: Path, content: bytes) -> str:
        path.write_bytes(content[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    await begun(chat)
    kept = module.write
    monkeypatch.setattr(module, "write", full)
    assert (await chat.ask([image()], REPORTER)).startswith("材料暂时存不下（磁盘满了），这条没有收下")
    monkeypatch.setattr(module, "write", kept)
    assert "已收到" in await chat.ask([image()], REPORTER)
    assert len(drafts(chat)) == 2
