"""Answers requests to join bound groups: each once, stored before it is answered (docs/rules.md, Joining).

QQ may take an approval and let nobody in; the proof is the notice that the person has come. Where that
doesn't come, superusers read so.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from aiosqlite import Connection
from nonebot import logger
from nonebot.adapters.onebot.v11 import Bot

from jianggao.access import trials
from jianggao.access.verdicts import PlaceKind
from jianggao.chat.joining import calls, texts
from jianggao.chat.joining.calls import OpenRequest
from jianggao.chat.joining.group_rosters import own_accounts
from jianggao.chat.joining.superuser_notices import RepeatedNotice
from jianggao.chat.joining.turns import Rank, Turns
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
from jianggao.outbound.growing_pause import GrowingPause
from jianggao.outbound.send_outcomes import Delivered, Refused, SendOutcome
from jianggao.people.people_store import names_of

CONFIRMED_WITHIN = timedelta(minutes=10)
"""How long after an approval the person is expected in the group."""
ANSWERED_WITHIN = timedelta(hours=24)
"""How long an answer that the bot couldn't give yet is still given."""
_MOST_LOOKUPS = 6
"""After so many lookups that failed, an hour after the first, superusers are asked to look themselves."""


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
        self._turns = Turns()
        self._waiting: Counter[str] = Counter()
        """How many requests of each person wait for their turn."""
        self._notice = RepeatedNotice(services)
        self._lookups: defaultdict[str | int, GrowingPause] = defaultdict(GrowingPause)
        """The lookups that failed: by account where it gets no answers, else by the request."""

    async def judge(self, bot: Bot, request: JoinRequest, comment: str) -> None:
        """Decides on a request and answers it. Does nothing for one that was seen before, or is left to
        people."""
        settings = self._application.settings
        binding = await self._services.known_bindings.binding(request.group)
        if binding is None or request.account in settings.ignored_users:
            return
        is_member = await self._is_expected(request.account)
        # Strangers' requests don't hold up a member's, nor one person's many those of others.
        rank = int(not is_member), self._waiting[request.account]
        self._waiting[request.account] += 1
        try:
            async with self._turns.turn(rank):
                async with self._application.database.write() as connection:
                    stored = await self._decided(connection, binding.kind, request, comment)
                if stored is None:
                    return
                logger.info(f"join request of {request.account} to {request.group}: {stored.grounds.value}")
                await self._answer(bot, stored)
        finally:
            self._waiting[request.account] -= 1
            self._waiting += Counter()  # without those of whom none waits

    async def _is_expected(self, account: str) -> bool:
        """Returns whether somebody is a superuser or an active member."""
        settings = self._application.settings
        if account in settings.superusers | own_accounts(self._services):
            return True
        async with self._application.database.read() as connection:
            state = await state_of(connection, account, settings.timezone)
        return state.standing(self._application.clock()) is Standing.ACTIVE

    async def _decided(
        self, connection: Connection, kind: PlaceKind, request: JoinRequest, comment: str
    ) -> StoredRequest | None:
        """Stores a decision, with what a redeem code in the comment causes; returns None where there is
        nothing to answer."""
        settings, now = self._application.settings, self._application.clock()
        if not await store.is_to_be_judged(connection, request, now):
            return None
        # The bot's other accounts belong in its groups as superusers do.
        is_superuser = request.account in settings.superusers | own_accounts(self._services)
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
            # Refused a second time, or after another account's answer: that had its effect, and nobody has to
            # look after it.
            is_again = not stored.approve and stored.attempts > 0
            if state is RequestState.FAILED and (
                is_again or await store.is_answered_by_another(connection, stored)
            ):
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
        seen: Counter[str] = Counter()
        ranked: list[tuple[Rank, OpenRequest]] = []
        for entry in found:
            account = entry.request.account
            ranked.append(((int(not await self._is_expected(account)), seen[account]), entry))
            seen[account] += 1
        for _, entry in sorted(ranked, key=lambda one: one[0]):
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
        accounts = {str(bot.self_id): bot for bot in connected()}
        for stored in sorted(unanswered, key=lambda stored: not stored.approve):
            bot = accounts.get(stored.request.self_id)
            if bot is not None:
                await self._answer_again(bot, stored, now)
        await self._tell(await self._not_confirmed(unconfirmed, accounts))

    async def _tell(self, not_confirmed: Sequence[StoredRequest]) -> None:
        """Tells superusers which requests need them; those beyond one list follow in the next one."""
        if not self._notice.is_due:
            return
        async with self._application.database.read() as connection:
            found = [*await store.untold(connection), *not_confirmed]
            shown = found[: texts.MOST_TOLD]
            names = await names_of(connection, [stored.request.account for stored in shown])
        if not found:
            return
        text = texts.requests_to_look_after(shown, names, more=len(found) - len(shown))
        told = await self._notice.told_of(text, [stored.id for stored in shown])
        if told:
            async with self._application.database.write() as connection:
                await store.mark_told(connection, told)

    async def _answer_again(self, bot: Bot, stored: StoredRequest, now: datetime) -> None:
        """Gives an answer that was decided before, if it still holds."""
        async with self._turns.turn((int(not stored.approve), 0)):
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

    async def _not_confirmed(
        self, unconfirmed: Sequence[StoredRequest], accounts: dict[str, Bot]
    ) -> list[StoredRequest]:
        """Looks whether those who were approved are in their groups, and returns those of whom that can't be
        found out. After a lookup that failed the account asks no more until the next look: each takes as long
        as the implementation lets it wait."""
        ids = {stored.id for stored in unconfirmed}
        for key in [key for key in self._lookups if isinstance(key, int) and key not in ids]:
            del self._lookups[key]
        failed: set[str] = set()
        given_up = []
        for stored in unconfirmed:
            account = stored.request.self_id
            bot, pauses = accounts.get(account), (self._lookups[account], self._lookups[stored.id])
            now = self._application.monotonic()
            if bot is not None and account not in failed and all(pause.is_over(now) for pause in pauses):
                if await self._is_confirmed(bot, stored):
                    continue
                failed.add(account)
            if any(pause.failures >= _MOST_LOOKUPS for pause in pauses):
                given_up.append(stored)
        return given_up

    async def _is_confirmed(self, bot: Bot, stored: StoredRequest) -> bool:
        """Looks whether somebody who was approved is in the group, and stores it. Returns False if that can't
        be looked up, which is tried again after a pause that grows."""
        by_account = self._lookups[stored.request.self_id]
        try:
            member = await calls.group_member(bot, stored.request.group, stored.request.account)
        except calls.LookupFailed as error:
            pause = self._lookups[stored.id] if error.is_refusal else by_account
            pause.failed(self._application.monotonic())
            if error.has_no_call:
                pause.failures = _MOST_LOOKUPS
            return False
        by_account.succeeded()
        state = RequestState.MISSING if member is None else RequestState.JOINED
        async with self._application.database.write() as connection:
            await store.settle(connection, stored.id, state, self._application.clock())
        return True


def _parameters(stored: StoredRequest) -> dict[str, object]:
    """Returns the call's parameters. An approval has no reason: implementations refuse a null."""
    flag = {"flag": stored.request.flag, "sub_type": "add", "approve": stored.approve}
    return flag if stored.approve else {**flag, "reason": stored.reason}


def _state_after(outcome: SendOutcome) -> RequestState:
    if isinstance(outcome, Delivered):
        return RequestState.ANSWERED
    return RequestState.FAILED if isinstance(outcome, Refused) else RequestState.UNKNOWN
