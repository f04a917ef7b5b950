"""What an operator collects for 溯源 outlives a restart and a failure, and is nobody else's after it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from outlived_conversations import CONTENT, LEAK, serving, told
from simulated_chat import SUPERUSER, Chat


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What was examined; `fails` once where that is set."""
    seen: dict[str, Any] = {"looked": [], "fails": False}

    async def examine(inquiry: Any, texts: Any, files: Any) -> Any:
        seen["looked"].append((list(texts), list(files)))
        if seen["fails"]:
            raise sqlite3.OperationalError("database is locked")
        return SimpleNamespace(answer="无法判定。")

    monkeypatch.setattr("jianggao.tracing.leak_inquiry.LeakInquiry.examine", examine)
    return seen


async def test_who_is_no_superuser_any_more_collects_nothing_after_a_restart(
    chat: Chat, restart: Callable[..., Any]
) -> None:
    await chat.ask("溯源", SUPERUSER)
    await chat.ask(LEAK, SUPERUSER)
    again = await restart(chat, kill=True, SUPERUSERS="10009")
    assert again.application.collected.left == [] and await told(again) == []
    assert (
        list(again.application.collected.folder.iterdir())
        == list(again.application.collected.notes.iterdir())
        == []
    )
    assert str(SUPERUSER) not in again.services.conversations._open


@pytest.mark.parametrize("kill", [False, True])
async def test_what_an_operator_collects_outlives_a_restart(
    chat: Chat, restart: Callable[..., Any], looks: dict[str, Any], kill: bool
) -> None:
    chat.answer = serving
    await chat.ask("溯源", SUPERUSER)
    await chat.ask(LEAK, SUPERUSER)
    await chat.say([{"type": "file", "data": {"file": "外传.docx", "file_id": "1"}}], SUPERUSER)
    again = await restart(chat, kill=kill)
    assert [(person, "已收的 2 件都在" in text) for person, text in await told(again)] == [(SUPERUSER, True)]
    await again.say("第二段。", SUPERUSER)
    assert await again.ask("完成", SUPERUSER) == "无法判定。"
    assert looks["looked"] == [([LEAK, "第二段。"], [("外传.docx", CONTENT)])]
    assert (
        list(again.application.collected.folder.iterdir())
        == list(again.application.collected.notes.iterdir())
        == []
    )


@pytest.mark.parametrize("pieces", [5, [1], [["00000001", 7]], [[{}, None]]])
async def test_what_an_operator_collected_and_cannot_be_opened_again_is_told(
    chat: Chat, restart: Callable[..., Any], looks: dict[str, Any], pieces: Any
) -> None:
    await chat.ask("溯源", SUPERUSER)
    await chat.ask(LEAK, SUPERUSER)
    (note,) = chat.application.collected.notes.iterdir()
    stored = json.loads(note.read_text("utf-8"))
    stored["state"]["pieces"] = pieces
    note.write_text(json.dumps(stored), "utf-8")
    again = await restart(chat, kill=True)
    ((person, text),) = await told(again)
    assert person == SUPERUSER and "请重新发“溯源”" in text
    assert [one.suffix for one in again.application.collected.folder.iterdir()] == [".unread"]


async def test_a_look_that_failed_can_be_made_again(chat: Chat, looks: dict[str, Any]) -> None:
    await chat.ask("溯源", SUPERUSER)
    await chat.ask(LEAK, SUPERUSER)
    looks["fails"] = True
    assert "无法判定" not in await chat.ask("完成", SUPERUSER)
    looks["fails"] = False
    assert await chat.ask("完成", SUPERUSER) == "无法判定。"
    assert looks["looked"] == [([LEAK], [])] * 2
