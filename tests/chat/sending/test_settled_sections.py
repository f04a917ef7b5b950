"""What becomes of sections that left: what QQ certainly refused doesn't count against the day, all else
does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from changes_meanwhile import meanwhile, take_down
from foreign_lock import held_by_another
from nonebot.adapters.onebot.v11 import ActionFailed, NetworkError
from simulated_chat import MEMBER, MEMBER_GROUP, SUPERUSER, Chat

from jianggao.access.verdicts import Place, PlaceKind
from jianggao.library import speech_store
from jianggao.outbound.send_outcomes import RefusalReason, Refused
from jianggao.tracing import store as tracing_store

SENDS = ("send_private_msg", "send_private_forward_msg", "send_group_msg", "send_group_forward_msg")


@pytest.fixture
async def rationed(open_chat: Callable[..., Awaitable[Chat]]) -> Chat:
    """A bot that gives a member one section a day."""
    chat = await open_chat(SECTIONS_PER_DAY="1")
    await chat.say("绑定会员群", SUPERUSER, MEMBER_GROUP)
    await chat.say(f"开通 {MEMBER} 1年", SUPERUSER)
    chat.actions.clear()
    return chat


@pytest.fixture
async def locked(open_chat: Callable[..., Awaitable[Chat]]) -> Chat:
    """A bot without previews: each section that leaves is recorded."""
    chat = await open_chat(PREVIEW_SHARE="0")
    await chat.say(f"开通 {MEMBER} 1年", SUPERUSER)
    chat.actions.clear()
    return chat


async def outcomes(chat: Chat) -> list[str]:
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT outcome FROM deliveries ORDER BY id")
    return [row[0] for row in rows]


async def numbers_for(chat: Chat, audience: int) -> list[str]:
    """The numbers of the sections that these may see and no wider audience."""
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall(
            "SELECT speech || '.' || ordinal FROM sections WHERE audience = ? AND listed = 1 ORDER BY id",
            (audience,),
        )
    return [row[0] for row in rows]


def failing(error: Exception) -> Callable[[str, dict[str, Any]], None]:
    def answer(action: str, data: dict[str, Any]) -> None:
        if action in SENDS:
            raise error

    return answer


def refused(message: str = "EventChecker Failed: result 16") -> Callable[[str, dict[str, Any]], None]:
    return failing(ActionFailed(status="failed", retcode=1200, message=message, wording=message))


def answered(action: str, data: dict[str, Any]) -> None:
    """QQ takes it."""


async def is_spent(chat: Chat, number: str) -> bool:
    """Whether another section is refused because the day's allowance is used up."""
    chat.answer = answered
    return "额度用完" in await chat.ask(f"段落 {number}", MEMBER)


async def test_a_section_that_arrived_is_settled_and_counts(rationed: Chat) -> None:
    first, second, *_ = await numbers_for(rationed, 2)
    await rationed.ask(f"段落 {first}", MEMBER)
    assert await outcomes(rationed) == ["delivered"]
    assert await is_spent(rationed, second)


@pytest.mark.parametrize(
    "message", ["EventChecker Failed: result 16", "发送失败 result 46", "消息体无法解析"]
)
async def test_a_section_that_qq_refused_does_not_count(rationed: Chat, message: str) -> None:
    first, second, *_ = await numbers_for(rationed, 2)
    rationed.answer = refused(message)
    for _ in range(3):
        await rationed.say(f"段落 {first}", MEMBER)
    assert await outcomes(rationed) == ["refused"] * 3
    assert not await is_spent(rationed, second)
    assert (await outcomes(rationed))[3:] == ["delivered"]


@pytest.mark.parametrize(
    "error",
    [
        ActionFailed(status="failed", retcode=1200, message="timeout", wording="timeout"),
        ActionFailed(status="failed", retcode=1200, message="NTEvent EventRet", wording="EventRet"),
        NetworkError("WebSocket call api timeout"),
        OSError("the line broke"),
        ValueError("nobody expected this"),
    ],
)
async def test_what_may_have_arrived_counts(rationed: Chat, error: Exception) -> None:
    first, second, *_ = await numbers_for(rationed, 2)
    rationed.answer = failing(error)
    await rationed.say(f"段落 {first}", MEMBER)
    assert await outcomes(rationed) == ["unknown"]
    assert await is_spent(rationed, second)


async def test_a_refusal_after_an_earlier_delivery_takes_nothing_back(rationed: Chat) -> None:
    """Who has read a section can't make it unread by having QQ refuse it the second time."""
    first, second, *_ = await numbers_for(rationed, 2)
    await rationed.ask(f"段落 {first}", MEMBER)
    rationed.answer = refused()
    await rationed.say(f"段落 {first}", MEMBER)
    assert await outcomes(rationed) == ["delivered", "refused"]
    assert await is_spent(rationed, second)


async def test_a_long_answer_of_which_a_part_arrived_counts(
    rationed: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text of several messages: the first one arrives, the second is refused. What was read was read."""
    first, second, *_ = await numbers_for(rationed, 2)
    calls: list[str] = []

    def answer(action: str, data: dict[str, Any]) -> None:
        calls.append(action)
        if len(calls) == 2:
            refused()(action, data)

    rationed.answer = answer
    with monkeypatch.context() as patched:
        patched.setattr("jianggao.chat.sending.sender.SINGLE", 10)
        patched.setattr(
            "jianggao.chat.sending.sender.forwards", lambda text: [[text[:20]], [text[20:40]], [text[40:]]]
        )
        await rationed.say(f"段落 {first}", MEMBER)
    assert calls == ["send_private_forward_msg"] * 2
    assert await outcomes(rationed) == ["unknown"]
    assert await is_spent(rationed, second)


async def test_in_a_member_group_it_is_the_asker_who_gets_it_back(rationed: Chat) -> None:
    shown, *_ = await numbers_for(rationed, 1)
    rationed.answer = refused("发送失败 result 120")
    await rationed.say(f"段落 {shown}", MEMBER, MEMBER_GROUP)
    assert await outcomes(rationed) == ["refused"]
    other, *_ = await numbers_for(rationed, 2)
    assert not await is_spent(rationed, other)


async def test_what_goes_from_a_group_to_the_private_chat_is_settled_by_the_private_send(
    rationed: Chat,
) -> None:
    """The note in the group, which arrives, says nothing of the text, which doesn't."""
    number, *_ = await numbers_for(rationed, 2)

    def answer(action: str, data: dict[str, Any]) -> None:
        if "private" in action:
            refused()(action, data)

    rationed.answer = answer
    sent = await rationed.say(f"段落 {number}", MEMBER, MEMBER_GROUP)
    assert [one.group for one in sent] == [MEMBER_GROUP] and "加我为好友" in sent[0].text
    assert await outcomes(rationed) == ["refused"]


async def locked_words(chat: Chat, number: str) -> str:
    """Some words of a section."""
    async with chat.application.database.read() as connection:
        row = await speech_store.section(connection, *map(int, number.split(".")))
    assert row is not None
    return row.body.strip()[8:20]


@pytest.mark.parametrize(
    "question", ["段落 {number}", "检索 “{words}”", "随机 推进会", "金句", "下一页", "相近 {number}"]
)
@pytest.mark.parametrize(("answer", "expected"), [(answered, "delivered"), (refused(), "refused")])
async def test_whatever_records_sections_has_them_settled(
    locked: Chat, question: str, answer: Callable[[str, dict[str, Any]], None], expected: str
) -> None:
    """Asked for section after section until something was recorded: not to each there are similar ones."""
    locked.answer = answer
    if question == "下一页":
        await locked.say("检索 台账", MEMBER)
    before = len(await outcomes(locked))
    for number in await numbers_for(locked, 2):
        await locked.say(question.format(number=number, words=await locked_words(locked, number)), MEMBER)
        if len(await outcomes(locked)) > before:
            break
    assert set((await outcomes(locked))[before:]) == {expected}


async def test_an_answer_that_may_not_leave_any_more_is_refused_whatever_is_said_instead(chat: Chat) -> None:
    """The sentence that is said instead arrives: that must not settle the text as delivered."""
    number = next(number for number in await numbers_for(chat, 2) if number.startswith("8."))
    happened = meanwhile(chat, lambda: take_down(chat))
    sent = await chat.say(f"段落 {number}", MEMBER)
    assert happened == [Refused(RefusalReason.NOT_ALLOWED)] and len(sent) == 1
    assert await outcomes(chat) == ["refused"]


async def test_while_nothing_can_be_written_the_answer_is_given_and_settled_later(
    rationed: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jianggao.database.writer.PATIENCE_MS", 200)
    first, second, *_ = await numbers_for(rationed, 2)
    database = rationed.application.database
    held = held_by_another(database.path, "IMMEDIATE")

    def answer(action: str, data: dict[str, Any]) -> None:
        held.__enter__()  # after the record, before the outcome

    rationed.answer = answer
    try:
        assert (await rationed.ask(f"段落 {first}", MEMBER)).startswith(first)
        assert await outcomes(rationed) == ["recorded"]
    finally:
        held.__exit__(None, None, None)
    assert await database.writer.try_to_write()
    assert await outcomes(rationed) == ["delivered"]
    assert await is_spent(rationed, second)


async def test_a_failure_to_settle_is_nothing_that_the_person_hears_of(
    rationed: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise ValueError("the trigger refuses it")

    monkeypatch.setattr("jianggao.reading.delivery_settlement.deliveries.settle", fail)
    first, second, *_ = await numbers_for(rationed, 2)
    assert (await rationed.ask(f"段落 {first}", MEMBER)).startswith(first)
    assert await outcomes(rationed) == ["recorded"]
    assert await is_spent(rationed, second)


async def test_what_was_leaving_when_the_bot_ended_is_unknown_after_the_restart(rationed: Chat) -> None:
    """Also where it certainly waited still: of a section nothing is written down when its turn comes."""
    first, second, *_ = await numbers_for(rationed, 2)
    reader = await rationed.application.reader(str(MEMBER), Place(PlaceKind.PRIVATE, str(MEMBER)))
    view = await reader.section(*map(int, first.split(".")))
    assert view.body is not None and await outcomes(rationed) == ["recorded"]
    await rationed.services.answers.take_over()
    assert await outcomes(rationed) == ["unknown"]
    assert await is_spent(rationed, second)


async def test_the_restart_changes_nothing_of_what_is_settled(rationed: Chat) -> None:
    first, *_ = await numbers_for(rationed, 2)
    await rationed.ask(f"段落 {first}", MEMBER)
    rationed.answer = refused()
    await rationed.say(f"段落 {first}", MEMBER)
    await rationed.services.answers.take_over()
    assert await outcomes(rationed) == ["delivered", "refused"]


@pytest.mark.parametrize(
    ("answer", "is_evidence"),
    [(answered, True), (refused("timeout"), True), (refused(), False)],
    ids=["delivered", "unknown", "refused"],
)
async def test_tracing_holds_what_may_have_left(
    chat: Chat, answer: Callable[[str, dict[str, Any]], None], is_evidence: bool
) -> None:
    chat.answer = answer
    number, *_ = await numbers_for(chat, 2)
    await chat.say(f"段落 {number}", MEMBER)
    async with chat.application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT DISTINCT version FROM deliveries")
        copies = await tracing_store.copies_of(connection, [row[0] for row in rows])
    assert (str(MEMBER) in {copy.account for copy in copies}) is is_evidence
