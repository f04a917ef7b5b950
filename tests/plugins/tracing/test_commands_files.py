"""溯源 of files and forwards: read where they can be had, and nothing of a peer's is opened by path."""

from __future__ import annotations

import asyncio
import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from simulated_chat import MEMBER, SUPERUSER, Chat, watched
from tracing_chat import (
    FIRST,
    LEAD,
    NOTHING_YET,
    SPEECH,
    TITLE,
    answering,
    copy_text,
    file_message,
    holding,
    sent_file,
)


def forward_message(number: str = "w1") -> list[dict[str, Any]]:
    return [{"type": "forward", "data": {"id": number}}]


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["文档", "文本"])
async def test_an_untouched_file_names_who_got_it(traced: Chat, form: str) -> None:
    content = sent_file(await traced.say(f"全文 {SPEECH} {form}", MEMBER))
    traced.answer = answering(get_file=holding(content))
    await traced.ask("溯源", SUPERUSER)
    assert FIRST in await traced.ask(file_message("讲话.docx" if form == "文档" else "讲话.txt"), SUPERUSER)
    answer = await traced.ask("完成", SUPERUSER)
    assert f"强线索：QQ {MEMBER}。文件和他收到的完全一样，别人没有同样的" in answer
    assert LEAD in answer and f"停用 {MEMBER} 转卖会员资料" in answer
    async with traced.application.database.read() as connection:
        rows = await connection.execute_fetchall(
            "SELECT count(*) FROM deliveries WHERE sha256 = ? AND account <> ?",
            (hashlib.sha256(content).hexdigest(), str(MEMBER)),
        )
    assert next(iter(rows))[0] == 0


async def test_a_document_saved_anew_is_read(traced: Chat) -> None:
    document = Document()
    for line in (await copy_text(traced)).splitlines():
        document.add_paragraph(line)
    saved = io.BytesIO()
    document.save(saved)
    traced.answer = answering(get_private_file_url={}, get_file=holding(saved.getvalue()))
    await traced.ask("溯源", SUPERUSER)
    await traced.ask(file_message("转存.docx"), SUPERUSER)
    answer = await traced.ask("完成", SUPERUSER)
    assert f"{SPEECH}《{TITLE}》" in answer and "完全一样" not in answer
    assert f"强线索：QQ {MEMBER}。" in answer  # by its marks


async def test_a_file_that_cannot_be_had_is_told_and_the_dialogue_goes_on(traced: Chat) -> None:
    await traced.ask("溯源", SUPERUSER)
    for answers in (
        {},
        {"get_file": {}},
        {"get_file": {"base64": "＊"}},
        {"get_file": {"base64": "not base64"}},
        {"get_file": {"url": "http://[::1"}},
        {"get_private_file_url": "gone"},
    ):
        traced.answer = answering(**answers)
        assert "没有收到文件内容" in await traced.ask(file_message(), SUPERUSER)
    traced.answer = answering(get_file=holding((await copy_text(traced)).encode("utf-8")))
    assert FIRST in await traced.ask(file_message(), SUPERUSER)
    assert f"{SPEECH}《" in await traced.ask("完成", SUPERUSER)


async def test_too_large_a_file_is_told_so_before_and_after_it_comes(
    traced: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await traced.ask("溯源", SUPERUSER)
    assert "文件太大" in await traced.ask(file_message(file_size=str(20_000_001)), SUPERUSER)
    assert "get_file" not in traced.actions
    monkeypatch.setattr("jianggao.chat.receiving.downloads.LARGEST", 1_000)
    traced.answer = answering(get_file=holding(b"\0" * 2_000))
    assert "文件太大" in await traced.ask(file_message(), SUPERUSER)
    assert NOTHING_YET in await traced.ask("完成", SUPERUSER)


@pytest.mark.parametrize("named", ["{}", "file://{}"])
async def test_no_path_that_a_peer_names_is_opened(traced: Chat, tmp_path: Path, named: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(await copy_text(traced), "utf-8")
    path = named.format(secret)
    traced.answer = answering(get_file={"file": path, "url": path}, get_private_file_url={"url": path})
    await traced.ask("溯源", SUPERUSER)
    assert "没有收到文件内容" in await traced.ask(file_message(path, path, url=path, path=path), SUPERUSER)
    traced.answer = answering(get_file={"file": "/etc/passwd"})
    assert "没有收到文件内容" in await traced.ask(file_message("/etc/passwd"), SUPERUSER)
    assert NOTHING_YET in await traced.ask("完成", SUPERUSER)


async def test_done_is_not_answered_before_the_file_that_came_before_it(traced: Chat) -> None:
    """完成 has reached its handler while the file is still coming in: without waiting it would find nothing
    there."""
    content = (await copy_text(traced)).encode("utf-8")
    asked, coming = asyncio.Event(), asyncio.Event()

    async def slowly() -> dict[str, Any]:
        asked.set()
        await coming.wait()
        return holding(content)

    traced.answer = lambda action, data: slowly() if action == "get_file" else answering()(action, data)
    await traced.ask("溯源", SUPERUSER)
    heard = watched(traced, str(SUPERUSER))
    file = asyncio.create_task(traced.say(file_message(), SUPERUSER))
    await asked.wait()
    done = asyncio.create_task(traced.say("完成", SUPERUSER))
    await heard.reached["完成"].wait()
    for _ in range(20):  # what needs no waiting ends within these
        await asyncio.sleep(0)
    assert "完成" not in heard.answered
    coming.set()
    await asyncio.gather(file, done)
    assert heard.answered == ["", "完成"]
    assert f"{SPEECH}《" in traced.sent[-1].text


# --- forwards ---------------------------------------------------------------------------------------------------------


def text_part(text: str) -> dict[str, Any]:
    return {"type": "text", "data": {"text": text}}


def napcat(pieces: list[str]) -> dict[str, Any]:
    """Nodes are messages; a forward within holds its nodes itself."""
    messages: list[dict[str, Any]] = [
        {"message_type": "group", "sender": {"user_id": 1, "nickname": "甲"}, "message": [text_part(piece)]}
        for piece in pieces[:-1]
    ]
    inner = {"type": "node", "data": {"user_id": 1, "content": [], "message": [text_part(pieces[-1])]}}
    messages.append({"message": [{"type": "forward", "data": {"id": "w2", "content": [inner]}}]})
    return {"messages": [*messages, None, {"data": None, "message": [{"type": "text", "data": None}]}]}


def llbot(pieces: list[str]) -> dict[str, Any]:
    """Nodes carry `content`; a node within may be a node again."""
    nodes = [
        {"type": "node", "sender": {"user_id": 1, "nickname": "甲"}, "content": [text_part(piece)]}
        for piece in pieces[:-1]
    ]
    inner = {"type": "node", "data": {"uin": "1", "content": pieces[-1]}}
    return {"message": [*nodes, {"type": "node", "data": {"uin": "1", "name": "甲", "content": [inner]}}]}


@pytest.mark.parametrize("form", [napcat, llbot])
async def test_a_forward_is_opened(traced: Chat, form: Callable[[list[str]], dict[str, Any]]) -> None:
    lines = (await copy_text(traced)).splitlines()
    pieces = ["\n".join(lines[at::3]) for at in range(3)]
    traced.answer = answering(get_forward_msg=form(pieces))
    await traced.ask("溯源", SUPERUSER)
    assert FIRST in await traced.ask(forward_message(), SUPERUSER)
    answer = await traced.ask("完成", SUPERUSER)
    assert f"{SPEECH}《" in answer
    share = int(answer.partition("占 ")[2].partition("%")[0])
    assert share > 80, "a piece is missing"


async def test_a_forward_that_cannot_be_opened_is_told_and_the_dialogue_goes_on(traced: Chat) -> None:
    traced.answer = answering()
    await traced.ask("溯源", SUPERUSER)
    assert "转发打不开" in await traced.ask(forward_message(), SUPERUSER)
    assert FIRST in await traced.ask("一段文字", SUPERUSER)


async def test_files_that_take_long_hold_nobody_up(traced: Chat) -> None:
    """Each is stopped after ten seconds; fifty of them would be eight minutes."""
    read = traced.application.people_files.read
    count = 0

    class Slow:
        async def read(self, content: bytes, name: str) -> Any:
            nonlocal count
            count += 1
            traced.clock.advance(seconds=10)
            return await read(content, name)

    object.__setattr__(traced.application, "people_files", Slow())
    traced.answer = answering(get_file=holding("只是一段文字".encode()))
    await traced.ask("溯源", SUPERUSER)
    for at in range(20):
        await traced.ask(file_message(f"第{at}份.txt", number=f"f{at}"), SUPERUSER)
    answer = await traced.ask("完成", SUPERUSER)
    assert count == 6
    assert answer.count("没有轮到它") == 14
