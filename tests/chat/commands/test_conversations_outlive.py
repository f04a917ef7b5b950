"""A dialogue ends when what it was for is stored, and a restart in the middle of it loses nothing that was
taken."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from outlived_conversations import CONTENT, LEAK, serving, told
from simulated_chat import VISITOR, Chat

REPORTER = VISITOR


def image(name: str = "截图.jpg") -> dict[str, Any]:
    return {"type": "image", "data": {"file": name}}


def drafts(chat: Chat) -> list[Path]:
    return sorted([*chat.application.drafts.folder.iterdir(), *chat.application.drafts.notes.iterdir()])


async def rows(chat: Chat, sql: str) -> list[tuple[Any, ...]]:
    async with chat.application.database.read() as connection:
        return [tuple(row) for row in await connection.execute_fetchall(sql)]


async def gathered(chat: Chat) -> None:
    chat.answer = serving
    await chat.ask("举报 20001", REPORTER)
    await chat.ask(LEAK, REPORTER)
    assert "已收到 2 件" in await chat.ask([image()], REPORTER)


# --- a passing failure -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [sqlite3.OperationalError("database is locked"), OSError(28, "full")])
async def test_a_report_that_could_not_be_stored_is_still_there_for_the_next_done(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """完成 had become a search, and everything that was sent was gone."""
    from jianggao.resale_reports import filing

    filed = filing.file

    async def fails(*args: Any, **named: Any) -> Any:
        await filed(*args, **named)
        raise error

    await gathered(chat)
    monkeypatch.setattr(filing, "file", fails)
    assert "编号" not in await chat.ask("完成", REPORTER)
    assert await rows(chat, "SELECT * FROM reports") == [] and len(drafts(chat)) == 2
    assert "已收到 3 件" in await chat.ask("还有一句：他昨天又发了一份。", REPORTER)
    monkeypatch.setattr(filing, "file", filed)
    assert "编号 1" in await chat.ask("完成", REPORTER)
    assert await rows(chat, "SELECT kind FROM report_evidence") == [("text",), ("picture",), ("text",)]
    assert drafts(chat) == [] and chat.application.drafts.taken == len(CONTENT) + len(LEAK.encode()) + 42


async def test_who_may_not_report_any_more_is_let_out_of_the_dialogue(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.errors import NotAllowed
    from jianggao.resale_reports import filing

    async def refuses(*args: Any, **named: Any) -> Any:
        raise NotAllowed("等有了结果再报新的。")

    await gathered(chat)
    monkeypatch.setattr(filing, "file", refuses)
    assert await chat.ask("完成", REPORTER) == "等有了结果再报新的。"
    assert drafts(chat) == [] and "没有找到" in await chat.ask("二十面体", REPORTER)


async def test_a_note_that_could_not_be_written_takes_nothing(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What isn't on the disk isn't called received."""
    from jianggao.resale_reports import draft_disk as module

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    await gathered(chat)
    replaced = module.replace
    monkeypatch.setattr(module, "replace", full)
    assert "已收到" not in await chat.ask([image()], REPORTER)
    monkeypatch.setattr(module, "replace", replaced)
    assert "已收到 3 件" in await chat.ask([image()], REPORTER)


async def test_cancelled_while_it_is_being_stored_it_comes_too_late(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.resale_reports import filing

    begun, goes_on, filed = asyncio.Event(), asyncio.Event(), filing.file

    async def slow(*args: Any, **named: Any) -> Any:
        begun.set()
        await goes_on.wait()
        return await filed(*args, **named)

    await gathered(chat)
    monkeypatch.setattr(filing, "file", slow)
    done = asyncio.create_task(chat.say("完成", REPORTER))
    await asyncio.wait_for(begun.wait(), 5)
    cancelled = asyncio.create_task(chat.say("取消", REPORTER))
    await asyncio.sleep(0.01)
    goes_on.set()
    await asyncio.gather(done, cancelled)
    texts = [one.text for one in chat.sent[-2:]]
    assert any("编号 1" in text for text in texts) and any("已经提交" in text for text in texts)
    assert len(await rows(chat, "SELECT * FROM report_evidence")) == 2


# --- a restart -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kill", [False, True])
async def test_a_report_goes_on_after_a_restart_with_all_that_was_taken(
    chat: Chat, restart: Callable[..., Any], kill: bool
) -> None:
    await gathered(chat)
    again = await restart(chat, kill=kill)
    assert [(person, "已收到的 2 件材料都在" in text) for person, text in await told(again)] == [
        (REPORTER, True)
    ]
    assert await told(again) == [], "once"
    assert again.application.drafts.taken == len(CONTENT) + len(LEAK.encode())
    assert "已收到 3 件" in await again.ask([image("第二张.jpg")], REPORTER)
    assert "编号 1" in await again.ask("完成", REPORTER)
    assert await rows(again, "SELECT accused, told FROM reports") == [("20001", "20001")]
    assert [row[0] for row in await rows(again, "SELECT name FROM report_evidence")] == [
        "",
        "截图.jpg",
        "第二张.jpg",
    ]
    assert drafts(again) == []
    third = await restart(again)
    assert await told(third) == [] and "没有找到" in await third.ask("二十面体", REPORTER)


async def test_a_restart_gives_an_hour_and_then_silence_ends_it_as_ever(
    chat: Chat, restart: Callable[..., Any]
) -> None:
    await gathered(chat)
    chat.clock.advance(days=2)
    again = await restart(chat)
    again.services.conversations.end_silent(again.application.monotonic() + 3_500)
    assert len(drafts(again)) == 2
    again.services.conversations.end_silent(again.application.monotonic() + 3_700)
    assert drafts(again) == [] and again.application.drafts.taken == 0


async def test_a_restart_before_anything_was_sent_asks_again(chat: Chat, restart: Callable[..., Any]) -> None:
    await chat.ask("举报", REPORTER)
    again = await restart(chat, kill=True)
    assert ["对方的 QQ 号" in text for _, text in await told(again)] == [True]
    assert "请发材料" in await again.ask("20001", REPORTER)
    assert await again.ask("取消", REPORTER) == "已取消。" and drafts(again) == []


async def test_what_was_ended_before_the_restart_is_not_open_after_it(
    chat: Chat, restart: Callable[..., Any]
) -> None:
    await gathered(chat)
    await chat.ask("取消", REPORTER)
    again = await restart(chat, kill=True)
    assert await told(again) == [] and drafts(again) == []


async def test_a_report_that_was_stored_just_before_a_kill_is_not_made_twice(
    chat: Chat, restart: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kill comes between the commit and the end of the dialogue."""
    from jianggao.resale_reports.drafts import DraftFiles

    await gathered(chat)
    monkeypatch.setattr(DraftFiles, "end", lambda self, filed=False: None)
    await chat.ask("完成", REPORTER)
    monkeypatch.undo()
    assert len(drafts(chat)) == 2
    again = await restart(chat, kill=True)
    assert await told(again) == [] and drafts(again) == []
    assert again.application.drafts.taken == len(CONTENT) + len(LEAK.encode())
    assert "没有找到" in await again.ask("二十面体", REPORTER)


async def test_done_that_a_kill_kept_from_being_stored_files_the_report_when_it_comes_again(
    chat: Chat, restart: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kill comes between the note that 完成 was heard and the commit."""
    from jianggao.resale_reports import filing

    async def killed(*args: Any, **named: Any) -> Any:
        raise OSError("killed")

    await gathered(chat)
    event = chat.event("完成", REPORTER)
    with monkeypatch.context() as patched:
        patched.setattr(filing, "file", killed)
        await chat.send(event)
    again = await restart(chat, kill=True)
    await told(again)
    assert "编号 1" in (await again.send(event))[0].text


async def test_a_message_that_was_taken_before_a_kill_and_comes_again_is_taken_once(
    chat: Chat, restart: Callable[..., Any]
) -> None:
    """An implementation sends again what it has no sign of; the claim wasn't stored yet."""
    await gathered(chat)
    event = chat.event([image("同一张.jpg")], REPORTER)
    await chat.send(event)
    async with chat.application.database.write() as connection:
        await connection.execute("DELETE FROM claims")
    again = await restart(chat, kill=True)
    assert "已收到 3 件" in (await again.send(event))[0].text


async def test_a_note_that_cannot_be_read_ends_no_start(chat: Chat, restart: Callable[..., Any]) -> None:
    await gathered(chat)
    for note in chat.application.drafts.notes.iterdir():
        note.write_bytes(b'{"person": "30001", "files": [')
    again = await restart(chat, kill=True)
    assert await told(again) == [] and again.application.drafts.taken == len(CONTENT)
    assert [one.suffix for one in drafts(again)] == [".unread", ".unread"]


@pytest.mark.parametrize(
    "changes",
    [
        {"draft": None},
        {"draft": {"told": 5, "pieces": []}},
        {"draft": {"told": "", "pieces": [["text", 1, 2, None]]}},
        {"draft": {"told": "", "pieces": [["another", "", "", None]]}},
        {"draft": {"told": "", "pieces": [["text", "", "", {}]]}},
        {"heard": 5},
        {"heard": [{}]},
        {"filing": None, "draft": []},
    ],
    ids=str,
)
async def test_whose_report_cannot_be_opened_again_is_told_once_and_it_is_set_aside(
    chat: Chat, restart: Callable[..., Any], changes: dict[str, Any]
) -> None:
    """At every start there was a traceback, and the person heard nothing."""
    await gathered(chat)
    (note,) = chat.application.drafts.notes.iterdir()
    stored = json.loads(note.read_text("utf-8"))
    stored["state"].update(changes)
    note.write_text(json.dumps(stored), "utf-8")
    again = await restart(chat, kill=True)
    ((person, text),) = await told(again)
    assert person == REPORTER and "请重新发“举报”" in text
    assert [one.suffix for one in drafts(again)] == [".unread", ".unread"]
    assert again.application.drafts.taken == len(CONTENT)
    assert "请" in await again.ask("举报", REPORTER)
    await again.ask("取消", REPORTER)
    once_more = await restart(again, kill=True)
    assert await told(once_more) == [] and once_more.application.drafts.taken == len(CONTENT)
