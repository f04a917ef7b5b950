"""Keeps the answer that somebody gets after a restart if the bot ended before the turn of a full text
came."""

from __future__ import annotations

import aiosqlite

from jianggao.chat.sending.outbox_delivery import OutboxDelivery
from jianggao.outbound import outbox_store
from jianggao.outbound.outbox_store import AnswerState, OutboxAnswer
from jianggao.outbound.send_outcomes import RefusalReason, Refused, SendOutcome
from jianggao.reading.reader import Reader
from jianggao.reading.views import FullText


class FullTextAnswer:
    """The outbox entry of one full text. While its send hasn't begun the entry waits; a start that finds it
    so knows that the text never left, and tells the person. A start that finds it begun takes the delivery
    for unknown."""

    def __init__(self, answers: OutboxDelivery, never_left: OutboxAnswer) -> None:
        """`never_left` is the answer that the person gets if the full text was never sent."""
        self._answers = answers
        self._never_left = never_left
        self._number: int | None = None

    async def keep(self, connection: aiosqlite.Connection, delivery: int) -> None:
        """Stores the entry in the transaction of the delivery record; `delivery` is the record's id."""
        self._number = await self._answers.keep(connection, self._never_left, delivery)

    async def begin(self) -> bool:
        """Writes down that the full text is about to leave; returns False if it has begun before."""
        return await self._answers.begin(self._kept)

    async def wait_again(self) -> None:
        """Writes down that the file was refused, so that the send of a forward in its place may begin."""
        await self._answers.settle(self._kept, Refused(RefusalReason.STOPPED))

    async def settle(self, reader: Reader, full_text: FullText, sent: SendOutcome) -> None:
        """Writes down what became of the full text. Where the bot stops before its turn the entry waits on:
        the person is told after the restart."""
        stopped = sent == Refused(RefusalReason.STOPPED)

        async def settle_entry(connection: aiosqlite.Connection) -> None:
            await outbox_store.release_delivery(connection, self._kept)
            state = AnswerState.WAITING if stopped else AnswerState.DROPPED
            await outbox_store.settle(connection, self._kept, state)

        await reader.settle(full_text, sent, also=settle_entry)

    def let_go(self) -> None:
        """Notes that this process doesn't work on the full text any more, however its send ended."""
        if self._number is not None:
            self._answers.let_go(self._number)

    @property
    def _kept(self) -> int:
        assert self._number is not None
        return self._number
