"""Who is a friend since when is noted beside the answering, and only while there are trials."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from simulated_chat import FREE_GROUP, SELF, SUPERUSER, VISITOR, Chat

NEW = 30009


@pytest.fixture
async def trials(open_chat: Callable[..., Any]) -> Chat:
    chat: Chat = await open_chat(TRIAL="3天")
    await chat.say("绑定免费群", SUPERUSER, FREE_GROUP)
    return chat


async def known(chat: Chat) -> dict[str, datetime]:
    await chat.services.answers.background_done()
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT account, since FROM friends ORDER BY account")
    return {row["account"]: datetime.fromisoformat(row["since"]) for row in rows}


def friend_add(chat: Chat, account: int) -> dict[str, Any]:
    return {
        "time": int(chat.clock.now.timestamp()),
        "self_id": SELF,
        "post_type": "notice",
        "notice_type": "friend_add",
        "user_id": account,
    }


async def test_a_new_friend_is_noted(trials: Chat) -> None:
    await trials.send(friend_add(trials, NEW))
    assert (await known(trials))[str(NEW)] == trials.clock.now


async def test_the_notice_passes_the_connection() -> None:
    from jianggao.chat.connection.frames import has_listener

    assert has_listener({"post_type": "notice", "notice_type": "friend_add"})
    assert not has_listener({"post_type": "notice", "notice_type": "friend_recall"})


async def test_else_the_first_private_message_counts_and_later_ones_change_nothing(trials: Chat) -> None:
    first = trials.clock.now
    await trials.say("帮助", VISITOR)
    trials.clock.advance(hours=5)
    await trials.say("帮助", VISITOR)
    trials.forget()
    await trials.say("帮助", VISITOR)
    assert (await known(trials))[str(VISITOR)] == first


async def test_what_is_said_in_a_group_or_from_a_temporary_session_makes_nobody_a_friend(
    trials: Chat,
) -> None:
    await trials.say("检索 就业", VISITOR, FREE_GROUP)
    await trials.say("检索 就业", NEW, sub_type="group")
    assert set(await known(trials)) <= {str(SUPERUSER)}


async def test_friends_from_before_are_asked_for(trials: Chat) -> None:
    listed = [
        {"user_id": NEW},
        {"user_id": "30010"},
        {"user_id": "x"},
        {"nickname": "无号"},
        7,
        {"user_id": -5},
    ]
    trials.answer = lambda action, data: listed if action == "get_friend_list" else None
    trials.services.known_friends.ask(trials.bot)
    assert {"30009", "30010"} == set(await known(trials)) - {str(SUPERUSER)}


@pytest.mark.parametrize("answer", [None, {}, "x", 7])
async def test_an_answer_that_is_no_list_names_nobody(trials: Chat, answer: object) -> None:
    trials.answer = lambda action, data: answer if action == "get_friend_list" else None
    trials.services.known_friends.ask(trials.bot)
    assert set(await known(trials)) <= {str(SUPERUSER)}


async def test_where_it_cannot_be_asked_the_log_says_so_without_accounts(
    trials: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nonebot.adapters.onebot.v11.exception import ActionFailed

    def fails(action: str, data: dict[str, Any]) -> None:
        raise ActionFailed(retcode=1404)

    warnings: list[tuple[str, ...]] = []
    monkeypatch.setattr(trials.services.warnings, "warning", lambda *words: warnings.append(words))
    trials.answer = fails
    trials.services.known_friends.ask(trials.bot)
    await known(trials)
    assert warnings == [("the list of friends was not had", "ActionFailed")]


async def test_who_was_noted_by_a_clock_that_was_ahead_is_noted_anew(trials: Chat) -> None:
    trials.services.known_friends.note(str(NEW))
    await trials.services.answers.background_done()
    trials.clock.advance(days=-400)
    before = (await known(trials))[str(NEW)]
    trials.services.known_friends.note(str(NEW))
    assert (await known(trials))[str(NEW)] < before


async def test_without_trials_nothing_is_kept_or_asked(chat: Chat) -> None:
    await chat.send(friend_add(chat, NEW))
    await chat.say("帮助", VISITOR)
    chat.services.known_friends.ask(chat.bot)
    assert await known(chat) == {}
    assert "get_friend_list" not in chat.actions


async def test_who_could_not_be_stored_is_noted_by_the_next_message(
    trials: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.errors import CannotWrite, DiskFull

    async def full(*_: object, **__: object) -> None:
        raise CannotWrite(DiskFull("磁盘满了"))

    with monkeypatch.context() as patched:
        patched.setattr(trials.application.database.writer, "write_or_later", full)
        trials.services.known_friends.note(str(NEW))
        await trials.services.answers.background_done()
    trials.services.known_friends.note(str(NEW))
    assert str(NEW) in await known(trials)
