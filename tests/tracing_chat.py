"""A chat about a text that many got: what is sent to 溯源, and what is stored of it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from nonebot.adapters.onebot.v11 import ActionFailed
from simulated_chat import MEMBER, Chat, Sent

from jianggao.library import speech_store

SAMPLE = "乡村振兴/2024-09-05 在全县和美乡村建设现场推进会上的讲话.txt"
SPEECH = 9
"""It comes after the small library's eight."""
TITLE = "在全县和美乡村建设现场推进会上的讲话"
OTHERS = 12
"""Members besides MEMBER who got the same text."""
LEAD = "这只是线索"
NOTHING_YET = "还没有收到内容"
FIRST = "收到 1 份"


def file_message(name: str = "外传.txt", number: str = "f1", **data: Any) -> list[dict[str, Any]]:
    return [{"type": "file", "data": {"file": name, "file_id": number, **data}}]


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


def sent_file(sent: list[Sent]) -> bytes:
    return base64.b64decode(sent[0].params["file"].removeprefix("base64://"))


async def copy_text(chat: Chat, account: int = MEMBER, number: int = SPEECH) -> str:
    async with chat.application.database.read() as connection:
        speech = await speech_store.speech(connection, number)
    assert speech is not None
    return (await chat.application.copies.of(str(account), speech.version)).text
