"""What a peer calls a file: an implementation is never asked for a path, an address or content of the peer's
making."""

from __future__ import annotations

import asyncio

import pytest
from simulated_chat import SUPERUSER, Chat

from jianggao.chat.receiving.messages import Attachment
from jianggao.errors import WrongUse

PATHS = [
    "/etc/passwd", "file:///etc/passwd", "..\\..\\boot.ini", "../x", "C:\\x", "C:x", "~/.ssh/id_rsa", "base64://eA==",
    "http://127.0.0.1/", "\\\\host\\share", "a/../b", "%2e%2e%2fx", "x\x00y", "x\ny", ".env", "..", "", "a" * 300,
    "$HOME", "|id", "/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0/../x", "data:text/plain,x",
]  # fmt: skip
IDS = [
    "f1", "{0B1C2D3E-4F50-6172-8394-A5B6C7D8E9F0}.jpg", "0B1C2D3E4F5061728394A5B6C7D8E9F0.image", "外传 材料（一）.docx",
    "EhQx-_9abc=", "/0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0", "截图.jpg",
]  # fmt: skip


@pytest.mark.parametrize("text", PATHS)
def test_a_path_is_no_id(plugins: None, text: str) -> None:
    from jianggao.chat.receiving.downloads import is_id

    assert not is_id(text)


@pytest.mark.parametrize("text", IDS)
def test_ids_of_implementations_are(plugins: None, text: str) -> None:
    from jianggao.chat.receiving.downloads import is_id

    assert is_id(text)


@pytest.mark.parametrize("field", ["file", "file_id"])
@pytest.mark.parametrize("kind", ["image", "file"])
async def test_a_peers_path_reaches_no_implementation(chat: Chat, kind: str, field: str) -> None:
    await chat.ask("溯源", SUPERUSER)
    for path in PATHS:
        before = len(chat.actions)
        await chat.say([{"type": kind, "data": {field: path, "url": path, "path": path}}], SUPERUSER)
        calls = [action for action in chat.actions[before:] if action.startswith("get_")]
        assert calls == [], path


async def test_a_peers_forward_names_no_path(chat: Chat) -> None:
    await chat.ask("溯源", SUPERUSER)
    for path in PATHS:
        await chat.say([{"type": "forward", "data": {"id": path}}], SUPERUSER)
    assert "get_forward_msg" not in chat.actions


async def test_what_is_being_fetched_ends_with_the_bot(chat: Chat) -> None:
    """NoneBot shields the handlers that wait for it, and the peer may never answer."""
    asked = asyncio.Event()

    async def never() -> None:
        asked.set()
        await asyncio.Event().wait()

    chat.answer = lambda action, data: never() if action.startswith("get_") else None
    downloads = chat.services.downloads
    attachment = Attachment("file", "a.txt", None, {"file": "a.txt", "file_id": "f1"})
    fetching = asyncio.create_task(downloads.fetch(chat.bot, attachment, 1_000))
    await asked.wait()
    downloads.stop()
    for _ in range(100):
        await asyncio.sleep(0)
    assert fetching.done()
    with pytest.raises(WrongUse):
        await fetching
