"""Answers requests to join bound groups: each once, stored before it is answered (docs/rules.md, Joining).

QQ may take an approval and let nobody in; the proof is the notice that the person has come. Where that
doesn't come, superusers read so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from aiosqlite import Connection
from nonebot import logger
from nonebot.adapters.onebot.v11 import Bot

from jianggao.access import trials
from jianggao.access.verdicts import PlaceKind
from jianggao.chat.joining import calls, texts
from jianggao.chat.joining.superuser_notices import was_told
from jianggao.chat.sending.notices import connected
from jianggao.chat.sending.sender import LINE_DOWN, call_api
from jianggao.chat.services import ChatServices
from jianggao.joining import join_request_store as store
from jianggao.joining.join_request_store import RequestState, StoredRequest
from jianggao.joining.join_requests import (
    CodeAccepted,
    CodeResult,
    Grounds,
    JoinRequest,
    RedeemInComment,
    decide,
    may_redeem,
)
from jianggao.membership.administration import Act, state_of
from jianggao.membership.ledger import MemberState, Standing
from jianggao.outbound.send_outcomes import Delivered, Refused, SendOutcome
from jianggao.people.people_store import names_of

CONFIRMED_WITHIN = timedelta(minutes=10)
"""How long after an approval the person is expected in the group."""
ANSWERED_WITHIN = timedelta(hours=24)
"""How long an answer that the bot couldn't give yet is still given."""


class RequestAnswers:
    """Judges requests one after the other, and follows up what became of the answers."""

    def __init__(
        self,
        services: ChatServices,
        redeem: RedeemInComment | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`redeem` redeems a code that an asker wrote; None: codes help nobody in."""
        self._services = services
        self._application = services.application
        self._redeem = redeem
        self._sleep = sleep
        self._turn = asyncio.Lock()

    async def judge(self, bot: Bot, request: JoinRequest, comment: str) -> None:
        """Decides on a request and answers it. Does nothing for one that was seen before, or is left to
        people."""
        settings = self._application.settings
        binding = await self._services.known_bindings.binding(request.group)
        if binding is None or request.account in settings.ignored_users:
            return
        async with self._turn:
            async with self._application.database.write() as connection:
                stored = await self._decided(connection, binding.kind, request, comment)
            if stored is None:
                return
            logger.info(f"join request of {request.account} to {request.group}: {stored.grounds.value}")
            await self._answer(bot, stored)

    async def _decided(
        self, connection: Connection, kind: PlaceKind, request: JoinRequest, comment: str
    ) -> StoredRequest | None:
        """Stores a decision, with what a redeem code in the comment causes; returns None where there is
        nothing to answer."""
        settings, now = self._application.settings, self._application.clock()
        if not await store.is_to_be_judged(connection, request, now):
            return None
        is_superuser = request.account in settings.superusers
        state = await state_of(connection, request.account, settings.timezone)
        code: CodeResult = None
        if self._redeem is not None and may_redeem(kind, state, now, is_superuser=is_superuser):
            act = Act(request.account, request.key(now), now, settings.timezone)
            code = await self._redeemed(connection, self._redeem, comment, act)
        decision = decide(
            kind,
            state,
            now,
            is_superuser=is_superuser,
            approves_free_group=settings.free_group_join == "approve",
            code=code,
        )
        if decision is None:
            return None
        trial = settings.trial if await self._may_try(connection, request.account) else None
        reason = texts.reason(decision, settings.subscribe_text, trial)
        return await store.add(connection, request, decision, reason, now)

    async def _may_try(self, connection: Connection, account: str) -> bool:
        """Returns whether somebody may have a trial, now or after being a friend for long enough."""
        settings = self._application.settings
        if settings.trial is None:
            return False
        now, zone = self._application.clock(), settings.timezone
        return await trials.lasting_refusal(connection, account, now, zone) is None

    async def _redeemed(
        self, connection: Connection, redeem: RedeemInComment, comment: str, act: Act
    ) -> CodeResult:
        """Redeems a code in the comment, and returns what came of it. A code whose time begins too late to let
        the asker in stays unused, and counts as none."""
        await store.begin_trying(connection)
        code = await redeem(connection, act.by, comment, act)
        helps = True
        if isinstance(code, CodeAccepted):
            state = await state_of(connection, act.by, act.zone)
            helps = state.standing(act.at) is Standing.ACTIVE
        await store.end_trying(connection, keep=helps)
        return code if helps else None

    async def _answer(self, bot: Bot, stored: StoredRequest) -> None:
        """Gives an answer, and stores what became of it. One that certainly wasn't written waits for the next
        connection."""
        async with self._application.database.write() as connection:
            if not await store.begin(connection, stored.id):
                return
        outcome = await call_api(bot, "set_group_add_request", _parameters(stored))
        if outcome == LINE_DOWN:
            return
        state = _state_after(outcome)
        # Somebody else may have answered it meanwhile, or the bot itself before it was stopped.
        if state is RequestState.FAILED and stored.approve and await self._is_member(bot, stored):
            state = RequestState.JOINED
        if state is not RequestState.ANSWERED:
            logger.warning(f"join request {stored.id}: {state.value}")
        async with self._application.database.write() as connection:
            await store.settle(connection, stored.id, state, self._application.clock())
            # Refused a second time: the first time had its effect, and nobody has to look after it.
            if state is RequestState.FAILED and not stored.approve and stored.attempts:
                await store.mark_told(connection, [stored.id])
        await self._sleep(self._application.settings.send_interval)

    async def _is_member(self, bot: Bot, stored: StoredRequest) -> bool:
        try:
            return await calls.group_member(bot, stored.request.group, stored.request.account) is not None
        except calls.LookupFailed:
            return False

    async def look_up(self, bot: Bot) -> bool:
        """Judges the requests that came while the account wasn't connected, where the implementation lists
        them. Returns whether the list could be had; if not, it does nothing."""
        try:
            found = await calls.open_requests(bot)
        except calls.LookupFailed:
            return False
        for entry in found:
            await self.judge(bot, entry.request, entry.comment)
        return True

    async def came(self, group: str, account: str) -> None:
        """Notes that somebody came into a group: approvals of this person have succeeded."""
        async with self._application.database.write() as connection:
            await store.mark_joined(connection, group, account, self._application.clock())

    async def follow_up(self) -> None:
        """Gives the answers that a stop or a broken line left open, looks for approved people who haven't
        been seen, and tells superusers what needs them."""
        now = self._application.clock()
        async with self._application.database.read() as connection:
            unanswered = await store.unanswered(connection)
            unconfirmed = await store.unconfirmed(connection, now - CONFIRMED_WITHIN)
            untold = await store.untold(connection)
            names = await names_of(connection, [stored.request.account for stored in untold])
        accounts = {str(bot.self_id): bot for bot in connected()}
        for stored in unanswered:
            bot = accounts.get(stored.request.self_id)
            if bot is not None:
                await self._answer_again(bot, stored, now)
        for stored in unconfirmed:
            bot = accounts.get(stored.request.self_id)
            if bot is not None:
                await self._confirm(bot, stored)
        if untold and await was_told(self._services, texts.requests_to_look_after(untold, names)):
            async with self._application.database.write() as connection:
                await store.mark_told(connection, [stored.id for stored in untold])

    async def _answer_again(self, bot: Bot, stored: StoredRequest, now: datetime) -> None:
        """Gives an answer that was decided before, if it still holds."""
        async with self._turn:
            if now - stored.at <= ANSWERED_WITHIN and (
                not stored.approve or await self._still_approved(stored)
            ):
                await self._answer(bot, stored)
                return
            async with self._application.database.write() as connection:
                await store.settle(connection, stored.id, RequestState.FAILED, now)

    async def _still_approved(self, stored: StoredRequest) -> bool:
        """Returns whether somebody who was to be let in still may come: who was a member may have been
        suspended meanwhile."""
        if stored.grounds in (Grounds.SUPERUSER, Grounds.FREE_GROUP):
            return True
        account, zone = stored.request.account, self._application.settings.timezone
        async with self._application.database.read() as connection:
            state: MemberState = await state_of(connection, account, zone)
        now = self._application.clock()
        decision = decide(PlaceKind.MEMBER_GROUP, state, now, is_superuser=False, approves_free_group=False)
        return decision is not None and decision.approve

    async def _confirm(self, bot: Bot, stored: StoredRequest) -> None:
        """Looks whether somebody who was approved is in the group. What can't be looked up is looked up
        later."""
        try:
            member = await calls.group_member(bot, stored.request.group, stored.request.account)
        except calls.LookupFailed:
            return
        state = RequestState.MISSING if member is None else RequestState.JOINED
        async with self._application.database.write() as connection:
            await store.settle(connection, stored.id, state, self._application.clock())


def _parameters(stored: StoredRequest) -> dict[str, object]:
    """Returns the call's parameters. An approval has no reason: implementations refuse a null."""
    flag = {"flag": stored.request.flag, "sub_type": "add", "approve": stored.approve}
    return flag if stored.approve else {**flag, "reason": stored.reason}


def _state_after(outcome: SendOutcome) -> RequestState:
    if isinstance(outcome, Delivered):
        return RequestState.ANSWERED
    return RequestState.FAILED if isinstance(outcome, Refused) else RequestState.UNKNOWN
