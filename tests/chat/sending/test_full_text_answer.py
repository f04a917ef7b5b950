"""The answer that is kept with a full text: said after a restart if the text never left, dropped
otherwise."""

from __future__ import annotations

import pytest
from delivery_records import deliveries_of
from simulated_chat import MEMBER, SUPERUSER, Chat

from jianggao.access.verdicts import Place, PlaceKind
from jianggao.chat.sending.full_text_answer import FullTextAnswer
from jianggao.outbound import outbox_store
from jianggao.outbound.outbox_store import AnswerState, OutboxAnswer
from jianggao.outbound.send_outcomes import Delivered, RefusalReason, Refused, SendOutcome, Unknown
from jianggao.reading.reader import TEXT, Reader
from jianggao.reading.views import FullText

NEVER_LEFT = "刚才没来得及发"
STOPPED = Refused(RefusalReason.STOPPED)


async def reader_of(chat: Chat) -> Reader:
    return await chat.application.reader(str(MEMBER), Place(PlaceKind.PRIVATE, str(MEMBER)))


async def kept(chat: Chat) -> tuple[Reader, FullTextAnswer, FullText]:
    """A full text that is about to leave, with the answer that is kept for it."""
    answer = OutboxAnswer(
        at=chat.clock(),
        message="key",
        command="全文",
        asker=str(MEMBER),
        self_id="10001",
        group=None,
        person=str(MEMBER),
        reply_to=None,
        text=NEVER_LEFT,
    )
    reader, entry = await reader_of(chat), FullTextAnswer(chat.services.answers, answer)
    full_text = await reader.full_text(8, TEXT, recorded=entry.keep)
    assert isinstance(full_text, FullText)
    return reader, entry, full_text


async def stored(chat: Chat) -> tuple[AnswerState, str, bool]:
    """The state of the answer, the outcome of the delivery, and whether the answer still stands for the
    text."""
    async with chat.application.database.read() as connection:
        (delivery,) = await deliveries_of(connection, str(MEMBER))
        entries = await outbox_store.in_state(connection, *AnswerState)
        return entries[-1].state, delivery.outcome.value, entries[-1].delivery == delivery.id


async def test_it_waits_from_the_record_on(chat: Chat) -> None:
    await kept(chat)
    assert await stored(chat) == (AnswerState.WAITING, "recorded", True)


async def test_it_begins_once_and_may_begin_anew_after_a_refusal(chat: Chat) -> None:
    _, entry, _ = await kept(chat)
    assert await entry.begin()
    assert await stored(chat) == (AnswerState.SENDING, "recorded", True)
    assert not await entry.begin()
    await entry.wait_again()
    assert await entry.begin()


@pytest.mark.parametrize(
    ("sent", "outcome"),
    [
        (Delivered("7"), "delivered"),
        (Unknown(), "unknown"),
        (Refused(RefusalReason.NOT_A_FRIEND), "refused"),
        (Refused(RefusalReason.EXPIRED), "refused"),
    ],
)
async def test_when_the_outcome_is_known_nobody_is_told_later(
    chat: Chat, sent: SendOutcome, outcome: str
) -> None:
    reader, entry, full_text = await kept(chat)
    await entry.settle(reader, full_text, sent)
    assert await stored(chat) == (AnswerState.DROPPED, outcome, False)


async def test_where_the_bot_stops_first_the_person_is_told_after_the_restart(chat: Chat) -> None:
    reader, entry, full_text = await kept(chat)
    await entry.settle(reader, full_text, STOPPED)
    entry.let_go()
    assert await stored(chat) == (AnswerState.WAITING, "refused", False)
    await chat.services.answers.take_over()
    assert await stored(chat) == (AnswerState.WAITING, "refused", False)


async def test_where_there_is_no_full_text_nothing_is_kept(chat: Chat) -> None:
    await chat.say(f"停用 {MEMBER}", SUPERUSER)
    answer = OutboxAnswer(
        chat.clock(), "key", "全文", str(MEMBER), "10001", None, str(MEMBER), None, NEVER_LEFT
    )
    entry = FullTextAnswer(chat.services.answers, answer)
    assert not isinstance(await (await reader_of(chat)).full_text(8, TEXT, recorded=entry.keep), FullText)
    entry.let_go()
    async with chat.application.database.read() as connection:
        texts = [kept.answer.text for kept in await outbox_store.in_state(connection, *AnswerState)]
    assert NEVER_LEFT not in texts
