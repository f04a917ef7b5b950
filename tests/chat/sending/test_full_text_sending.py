"""A full text leaves as a file, or as a forward where QQ refuses the file, as long as it may leave: the copy of a
member, and the one that is somebody's trial."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from nonebot.adapters.onebot.v11 import ActionFailed
from simulated_chat import MEMBER, SUPERUSER, VISITOR, Chat

ASKS = [("全文 8", MEMBER), ("试用 8", VISITOR)]


@pytest.fixture
async def both(open_chat: Callable[..., Any]) -> Chat:
    """A bot with a member, and a full text for trial."""
    chat: Chat = await open_chat(TRIAL="1篇", TRIAL_WAIT="0天")
    await chat.say(f"开通 {MEMBER} 1年", SUPERUSER)
    chat.sent.clear()
    chat.actions.clear()
    return chat


def refuse_file(message: str) -> Callable[[str, dict[str, Any]], None]:
    def answer(action: str, data: dict[str, Any]) -> None:
        if action == "upload_private_file":
            raise ActionFailed(status="failed", retcode=1200, message=message, wording=message)

    return answer


def texts_sent(chat: Chat) -> list[str]:
    return [action for action in chat.actions if action != "send_private_msg"]


@pytest.mark.parametrize(("typed", "person"), ASKS)
async def test_a_file_that_arrives_is_all(both: Chat, typed: str, person: int) -> None:
    await both.say(typed, person)
    assert texts_sent(both) == ["upload_private_file"]


@pytest.mark.parametrize(("typed", "person"), ASKS)
async def test_after_a_refused_file_a_forward_leaves(both: Chat, typed: str, person: int) -> None:
    both.answer = refuse_file("rich media transfer failed")
    sent = await both.say(typed, person)
    assert texts_sent(both) == ["upload_private_file", "send_private_forward_msg"]
    assert sent[0].person == person and "渠水有声" in sent[0].text


@pytest.mark.parametrize(("typed", "person"), ASKS)
@pytest.mark.parametrize("message", ["result 16", "result 46", "Timeout: NTEvent EventRet"])
async def test_no_forward_where_it_would_fare_no_better_or_the_file_may_have_arrived(
    both: Chat, typed: str, person: int, message: str
) -> None:
    both.answer = refuse_file(message)
    await both.say(typed, person)
    assert texts_sent(both) == ["upload_private_file"]


@pytest.mark.parametrize(("typed", "person"), ASKS)
async def test_a_forward_does_not_leave_once_the_text_was_taken_down(
    both: Chat, typed: str, person: int
) -> None:
    async def take_down() -> None:
        async with both.application.database.write() as connection:
            await connection.execute("UPDATE speeches SET taken_down_at = 'x' WHERE number = 8")
        raise ActionFailed(status="failed", retcode=1200, message="rich media transfer failed", wording="")

    both.answer = lambda action, data: take_down() if action == "upload_private_file" else None
    await both.say(typed, person)
    assert texts_sent(both) == ["upload_private_file"]
