"""溯源: pasted, collected, as files and forwards; in private alone, and nothing of a peer's is opened by path."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from nonebot.adapters.onebot.v11 import ActionFailed
from simulated_chat import (
    FREE_GROUP,
    MEMBER,
    MEMBER_GROUP,
    SUPERUSER,
    UNBOUND_GROUP,
    VISITOR,
    Chat,
    Sent,
    watched,
)
from traced_texts import LIBRARY

from jianggao.library import speech_store

SAMPLE = "乡村振兴/2024-09-05 在全县和美乡村建设现场推进会上的讲话.txt"
SPEECH = 9
"""It comes after the small library's eight."""
TITLE = "在全县和美乡村建设现场推进会上的讲话"
OTHERS = 12
"""Members besides MEMBER who got the same text."""
LEAD = "这只是线索"
IN_PRIVATE = "溯源请在这里私聊做"
SEND_IT = "把外传的内容发来"
NOTHING_YET = "还没有收到内容"
NOTHING_TO_READ = "这条里没有能读的文字"
ENOUGH = "已经够多了"
FIRST = "收到 1 份"


def file_message(name: str = "外传.txt", number: str = "f1", **data: Any) -> list[dict[str, Any]]:
    return [{"type": "file", "data": {"file": name, "file_id": number, **data}}]


def forward_message(number: str = "w1") -> list[dict[str, Any]]:
    return [{"type": "forward", "data": {"id": number}}]


def answering(**answers: Any) -> Callable[[str, dict[str, Any]], Any]:
    """An implementation that knows these calls, and refuses the others that look for files."""

    def answer(action: str, data: dict[str, Any]) -> Any:
        if action in answers:
            return answers[action]
        if action.startswith("get_"):
            raise ActionFailed(status="failed", retcode=1404, message=f"no {action}")
        return None

    return answer


def holding(content: bytes) -> dict[str, Any]:
    return {"file": "外传", "base64": base64.b64encode(content).decode("ascii")}


@pytest.fixture
async def traced(chat: Chat, library: Path) -> Chat:
    """A long speech that MEMBER and others have received."""
    shutil.copy(LIBRARY / SAMPLE, library)
    await chat.application.importer.run()
    for account in (MEMBER, *range(21_001, 21_001 + OTHERS)):
        if account != MEMBER:
            await chat.say(f"开通 {account} 1年", SUPERUSER)
        assert (await chat.say(f"全文 {SPEECH}", account))[0].action == "upload_private_file"
    chat.sent.clear()
    chat.actions.clear()
    return chat


def sent_file(sent: list[Sent]) -> bytes:
    return base64.b64decode(sent[0].params["file"].removeprefix("base64://"))


async def copy_text(chat: Chat, account: int = MEMBER, number: int = SPEECH) -> str:
    async with chat.application.database.read() as connection:
        speech = await speech_store.speech(connection, number)
    assert speech is not None
    return (await chat.application.copies.of(str(account), speech.version)).text


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
    """完成 has reached its handler while the file is still coming in: without waiting it would find nothing there."""
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
