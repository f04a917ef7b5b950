"""People who report a reseller in a chat, what they send, and what is stored of it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from simulated_chat import MEMBER, VISITOR, Chat

REPORTER, OTHER = VISITOR, 30002
PICTURE = b"\xff\xd8 a picture"
LEAK = "会场里挂着旧地图，图上的渡口早就没有船了，可是摆渡人的后代还住在岸边。"


def serving(content: bytes) -> Callable[[str, dict[str, Any]], Any]:
    """Gives this content for every picture and file."""

    def answer(action: str, data: dict[str, Any]) -> Any:
        if action in ("get_image", "get_file"):
            return {"base64": base64.b64encode(content).decode()}
        return {} if action == "get_private_file_url" else None

    return answer


async def with_texts_of_long_ago(chat: Chat) -> Chat:
    """MEMBER got texts a year ago, so that nobody takes him for the second account of a reporter."""
    async with chat.application.database.write() as connection:
        await connection.execute(
            "INSERT INTO deliveries (at, account, version, section, place, chat, form, outcome)"
            " VALUES ('2025-03-18T04:00:00.000000+00:00', ?, 1, 1, 'private', ?, 'section', 'delivered')",
            (str(MEMBER), str(MEMBER)),
        )
    return chat


async def report(chat: Chat, person: int = REPORTER, who: str = str(MEMBER), evidence: str = LEAK) -> str:
    await chat.ask(f"举报 {who}", person)
    await chat.ask(evidence, person)
    answer = await chat.ask("完成", person)
    assert "已收到你的举报" in answer
    return answer


async def stored(chat: Chat, sql: str) -> list[tuple[Any, ...]]:
    async with chat.application.database.read() as connection:
        return [tuple(row) for row in await connection.execute_fetchall(sql)]
