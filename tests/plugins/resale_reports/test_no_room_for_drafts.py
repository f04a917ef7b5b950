"""A disk that takes nothing, and folders that were deleted: one sentence with the cause, and nobody is kept
in a dialogue of which nothing could be written down."""

from __future__ import annotations

import base64
import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from simulated_chat import SUPERUSER, VISITOR, Chat

from jianggao.resale_reports import draft_disk as module

CONTENT = b"x" * 1_000
LEAK = "会场里挂着旧地图，图上的渡口早就没有船了，可是摆渡人的后代还住在岸边。"
NO_ROOM = "材料暂时存不下（磁盘满了），这条没有收下。请过一会儿再发。"


def image() -> dict[str, Any]:
    return {"type": "image", "data": {"file": "截图.jpg"}}


def file(number: int = 1) -> dict[str, Any]:
    return {"type": "file", "data": {"file": "a.txt", "file_id": str(number)}}


def serving(action: str, data: dict[str, Any]) -> Any:
    if action in ("get_image", "get_file"):
        return {"base64": base64.b64encode(CONTENT).decode()}
    return {} if action == "get_private_file_url" else None


@contextmanager
def full_disk(after: int = 0, error: int = errno.ENOSPC) -> Iterator[None]:
    """A disk that takes `after` files more, and of the next no more than its beginning."""
    left = after
    private_file = module.private_file

    def opened(path: Path) -> Any:
        nonlocal left
        if left:
            left -= 1
            return private_file(path)
        path.write_bytes(b"x")
        raise OSError(error, "its words", str(path))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "private_file", opened)
        yield


def on_disk(folder: Any) -> list[Path]:
    return sorted([*folder.folder.iterdir(), *folder.notes.iterdir()])


def unexpected(chat: Chat) -> int:
    return sum("出错了" in one.text for one in chat.sent)


@pytest.mark.parametrize("command", ["举报", "举报 20001"])
async def test_a_report_that_cannot_be_written_down_opens_no_dialogue(chat: Chat, command: str) -> None:
    with full_disk():
        assert await chat.ask(command, VISITOR) == NO_ROOM
        assert "检索" in await chat.ask("帮助", VISITOR)
        assert "没有找到" in await chat.ask("二十面体", VISITOR)
    assert on_disk(chat.application.drafts) == [] and chat.application.drafts.taken == 0
    assert "已取消" not in await chat.ask("取消", VISITOR)
    assert "请" in await chat.ask(command, VISITOR) and len(on_disk(chat.application.drafts)) == 1
    assert unexpected(chat) == 0


async def test_a_report_whose_first_picture_finds_no_room_opens_no_dialogue(chat: Chat) -> None:
    chat.answer = serving
    with full_disk(after=1):
        assert await chat.ask([{"type": "text", "data": {"text": "举报 20001"}}, image()], VISITOR) == NO_ROOM
    assert "没有找到" in await chat.ask("二十面体", VISITOR)
    assert on_disk(chat.application.drafts) == [] and chat.application.drafts.taken == 0


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EACCES])
async def test_what_finds_no_room_within_a_report_is_refused_with_the_cause_and_may_be_sent_again(
    chat: Chat, error: int
) -> None:
    chat.answer = serving
    await chat.ask("举报 20001", VISITOR)
    await chat.ask([image()], VISITOR)
    before, taken = on_disk(chat.application.drafts), chat.application.drafts.taken
    with full_disk(error=error):
        for said in (LEAK, [image()], "完成"):
            answer = await chat.ask(said, VISITOR)
            assert answer.startswith("材料暂时存不下（") and answer.endswith("请过一会儿再发。")
            assert on_disk(chat.application.drafts) == before and chat.application.drafts.taken == taken
    assert "已收到 2 件" in await chat.ask(LEAK, VISITOR)
    assert "编号 1" in await chat.ask("完成", VISITOR)
    assert unexpected(chat) == 0 and on_disk(chat.application.drafts) == []


async def test_a_report_goes_on_in_folders_that_were_deleted_and_asks_for_what_was_in_them(
    chat: Chat,
) -> None:
    chat.answer = serving
    await chat.ask("举报 20001", VISITOR)
    await chat.ask([image()], VISITOR)
    shutil.rmtree(chat.application.drafts.folder)
    shutil.rmtree(chat.application.drafts.notes)
    assert "已收到 2 件" in await chat.ask(LEAK, VISITOR)
    assert "有 1 件找不到了" in await chat.ask("完成", VISITOR)
    assert "已收到 2 件" in await chat.ask([image()], VISITOR)
    assert "编号 1" in await chat.ask("完成", VISITOR)
    assert chat.application.drafts.folder.stat().st_mode & 0o777 == 0o700
    assert chat.application.drafts.notes.stat().st_mode & 0o777 == 0o700


async def test_a_tracing_that_cannot_be_written_down_opens_no_dialogue(chat: Chat) -> None:
    with full_disk():
        assert await chat.ask("溯源", SUPERUSER) == NO_ROOM
        assert "检索" in await chat.ask("帮助", SUPERUSER)
    assert on_disk(chat.application.collected) == [] and chat.application.collected.taken == 0
    assert "把外传的内容发来" in await chat.ask("溯源", SUPERUSER)


async def test_what_finds_no_room_while_tracing_is_refused_as_a_whole(chat: Chat) -> None:
    chat.answer = serving
    await chat.ask("溯源", SUPERUSER)
    assert "收到 1 份" in await chat.ask([file()], SUPERUSER)
    taken = chat.application.collected.taken
    for after in range(6):  # each file, and the note behind it
        with full_disk(after):
            assert await chat.ask([file(1), file(2), file(3)], SUPERUSER) == NO_ROOM
            assert chat.application.collected.taken == taken
            assert len(on_disk(chat.application.collected)) == 2
    assert "收到 2 份" in await chat.ask([file()], SUPERUSER)
    with full_disk():
        assert "无法判定" in await chat.ask("完成", SUPERUSER)
    assert unexpected(chat) == 0 and on_disk(chat.application.collected) == []


async def test_tracing_goes_on_in_folders_that_were_deleted(chat: Chat) -> None:
    chat.answer = serving
    await chat.ask("溯源", SUPERUSER)
    shutil.rmtree(chat.application.collected.folder)
    shutil.rmtree(chat.application.collected.notes)
    assert "收到 1 份" in await chat.ask(LEAK, SUPERUSER)
    assert "无法判定" in await chat.ask("完成", SUPERUSER)
