"""Pictures for a dialogue, and what people are told of it after a restart."""

from __future__ import annotations

import base64
from typing import Any

from simulated_chat import Chat

CONTENT = b"x" * 1_000
LEAK = "会场里挂着旧地图，图上的渡口早就没有船了，可是摆渡人的后代还住在岸边。"


def serving(action: str, data: dict[str, Any]) -> Any:
    if action in ("get_image", "get_file"):
        return {"base64": base64.b64encode(CONTENT).decode()}
    return {} if action == "get_private_file_url" else None


async def told(chat: Chat) -> list[tuple[int | None, str]]:
    """What people are told when the account connects."""
    from jianggao.chat.lifecycle import tell_reopened

    before = len(chat.sent)
    await tell_reopened(chat.services, chat.bot)
    return [(one.person, one.text) for one in chat.sent[before:]]
