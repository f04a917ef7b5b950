"""What a request says of itself: NoneBot makes that text for each matcher that runs, at any level of the
log."""

from __future__ import annotations

from typing import Any

import pytest
from simulated_chat import FREE_GROUP, MEMBER, VISITOR, Chat


@pytest.fixture
def requests(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Those that the bot has worked on."""
    from jianggao.chat.commands import dispatch

    seen: list[Any] = []
    run = dispatch.run

    async def watched(request: Any) -> None:
        seen.append(request)
        await run(request)

    monkeypatch.setattr(dispatch, "run", watched)
    return seen


async def test_the_text_of_a_request_is_short_and_stays_so(chat: Chat, requests: list[Any]) -> None:
    """It once held all copies kept in memory: making it took longer with each full text, for every message of
    anyone."""
    await chat.say("我的会员", VISITOR)
    before = len(repr(requests[-1]))
    for speech in range(1, 9):
        await chat.say(f"全文 {speech}", MEMBER)
    await chat.say("我的会员", VISITOR)
    assert len(repr(requests[-1])) == before < 200


@pytest.mark.parametrize(("person", "group"), [(VISITOR, FREE_GROUP), (VISITOR, None)])
async def test_the_text_of_a_request_does_not_hold_what_was_said(
    chat: Chat, requests: list[Any], person: int, group: int | None
) -> None:
    said: dict[str, Any] = {"type": "text", "data": {"text": "检索 谁也不该读到的话"}}
    await chat.say([said, {"type": "image", "data": {"file": "私密图片.png"}}], person, group)
    told = repr(requests[-1])
    assert "不该" not in told and "私密" not in told
    assert "检索" in told and str(person) in told
