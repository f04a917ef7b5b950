"""An answer leaves for the group as it is bound when it leaves, and names no speech that is gone by then."""

from __future__ import annotations

import pytest
from changes_meanwhile import meanwhile, take_down
from simulated_chat import FREE_GROUP, MEMBER, MEMBER_GROUP, SUPERUSER, VISITOR, Chat

from jianggao.access.group_bindings import bind, unbind
from jianggao.access.verdicts import PlaceKind
from jianggao.library.section_ids import Audience
from jianggao.outbound.send_outcomes import RefusalReason, Refused


async def one_of(chat: Chat, audience: int) -> tuple[str, int]:
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall(
            "SELECT speech, ordinal, body FROM sections WHERE listed = 1 AND audience = ? LIMIT 1",
            (audience,),
        )
    row = next(iter(rows))
    return f"{row['speech']}.{row['ordinal']}", row["speech"]


@pytest.mark.parametrize("kind", [PlaceKind.FREE_GROUP, None], ids=["free group", "unbound"])
async def test_a_member_group_that_is_none_any_more_isn_t_shown_its_set(
    chat: Chat, kind: PlaceKind | None
) -> None:
    number, _ = await one_of(chat, Audience.MEMBER_GROUP)

    async def rebind() -> None:
        async with chat.application.database.write() as connection:
            await unbind(connection, str(MEMBER_GROUP))
            if kind is not None:
                await bind(connection, str(MEMBER_GROUP), kind, str(SUPERUSER), chat.clock())
        chat.services.known_bindings.forget()

    assert number in (await chat.say(f"段落 {number}", MEMBER, MEMBER_GROUP))[0].text
    outcomes = meanwhile(chat, rebind)
    sent = await chat.say(f"段落 {number}", MEMBER, MEMBER_GROUP)
    assert outcomes == [Refused(RefusalReason.NOT_ALLOWED)], [one.text for one in sent]


async def test_a_lock_doesn_t_name_a_speech_that_was_taken_down_meanwhile(chat: Chat) -> None:
    number, speech = await one_of(chat, Audience.MEMBERS)
    assert number in (await chat.say(f"段落 {number}", VISITOR, FREE_GROUP))[0].text
    outcomes = meanwhile(chat, lambda: take_down(chat, speech))
    sent = await chat.say(f"段落 {number}", VISITOR, FREE_GROUP)
    assert outcomes == [Refused(RefusalReason.NOT_ALLOWED)], [one.text for one in sent]


# --- lines to copy ---------------------------------------------------------------------------------------------------


async def replied(chat: Chat, lines: tuple[str, ...], group: int | None = None) -> list[str]:
    """What follows an answer to the superuser, by the call that each is sent with."""
    from kept_answers import admitted

    from jianggao.chat.commands.reply import Reply
    from jianggao.chat.sending.replies import send

    request = await admitted(chat, "帮助", SUPERUSER, group)
    chat.sent.clear()
    await send(request, Reply("名单", private=True, to_copy=lines))
    return [f"{one.action} {one.person or one.group}" for one in chat.sent]


async def test_lines_to_copy_follow_each_in_a_message_or_a_node(chat: Chat) -> None:
    answer = f"send_private_msg {SUPERUSER}"
    assert await replied(chat, ()) == [answer]
    assert await replied(chat, ("续期 20001 1年",)) == [answer, answer]
    assert await replied(chat, ("a", "b")) == [answer, f"send_private_forward_msg {SUPERUSER}"]
    assert len(await replied(chat, ("a",) * 120)) == 4


async def test_in_a_group_they_are_private_like_the_answer(chat: Chat) -> None:
    sent = await replied(chat, ("a",), FREE_GROUP)
    assert sent == [f"send_private_msg {SUPERUSER}"] * 2 + [f"send_group_msg {FREE_GROUP}"]


async def test_nothing_follows_an_answer_that_was_refused(chat: Chat) -> None:
    from nonebot.adapters.onebot.v11 import ActionFailed

    def refuse(action: str, data: object) -> None:
        raise ActionFailed(status="failed", retcode=1200, message="result: 16")

    chat.answer = refuse
    assert await replied(chat, ("a",)) == [] and chat.actions.count("send_private_msg") == 1
