"""Decides which messages become requests. Most messages of a group are not for the bot: they end here without
a trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timezone

from nonebot.adapters.onebot.v11 import (
    Bot,
    GroupMessageEvent,
    MessageEvent,
    PrivateMessageEvent,
)

from jianggao.access.verdicts import Place, PlaceKind
from jianggao.chat.commands.command_registry import LONGEST_TYPED, Parsed, registry, too_long
from jianggao.chat.commands.reply import Reply
from jianggao.chat.commands.request import Request
from jianggao.chat.connection.time_difference import TimeDifference
from jianggao.chat.receiving.carried_codes import CodeWatch, text_with_forwards
from jianggao.chat.receiving.exposed_codes import (
    ANONYMOUS,
    UnansweredMessage,
    revoke_unanswered,
    too_many_notice,
)
from jianggao.chat.receiving.in_flight import InFlight
from jianggao.chat.receiving.messages import read_message, read_segments
from jianggao.chat.receiving.order import Order, Turn
from jianggao.chat.receiving.rate_limit import RateDecision, RateLimit
from jianggao.chat.receiving.typed_codes import read_codes, read_mistyped_code, read_question, without_colon
from jianggao.chat.sending.replies import send
from jianggao.chat.sending.sender import Sender
from jianggao.chat.services import ChatServices
from jianggao.database.processed_messages import TOO_OLD, ProcessedMessage, is_processed
from jianggao.redeem_codes.code_form import find_codes

LONGEST_WAIT = 10.0
"""A request whose answer would leave later than this, in seconds, is refused once."""
EXPOSURES_PER_MINUTE = 600
"""Messages of one person with redeem codes in groups that are looked at in a minute: each asks the database.
That is more than anybody types; superusers hear of it where there were more."""
SLOW_DOWN = "发得有点快，请过一分钟再试。"
GROUP_BUSY = "本群这一分钟的查询满了，请稍后再试，或私聊我。"
QUEUE_LONG = "排队较多，请稍后或私聊我"
QUEUE_LONG_IN_PRIVATE = "排队较多，这条没有处理，请过一分钟再发。"
SEND_AGAIN = "这条消息是很久以前的，没有处理。需要的话请重发。"


class Admission:
    """Decides which messages become requests, by what it remembers of those before."""

    def __init__(self, services: ChatServices) -> None:
        self.services = services
        self.application = services.application
        self.askers = RateLimit(self.application.settings.asker_per_minute)
        self.groups = RateLimit(self.application.settings.group_per_minute)
        self.exposures = RateLimit(EXPOSURES_PER_MINUTE)
        self.in_flight = InFlight()
        self.order = Order()
        """The order of superusers' commands: these change something."""
        self.time_difference = TimeDifference()
        self.watch = CodeWatch(services)
        self.is_closed = False
        """Whether the bot is stopping, so that no message is admitted any more."""

    async def admit(self, bot: Bot, event: MessageEvent) -> Request | None:
        """Returns the request that a message is; None for everything that ends here."""
        account, self_id = str(event.user_id), str(bot.self_id)
        if self.is_closed:
            return None
        if isinstance(event, GroupMessageEvent):
            self.watch.message(bot, event)
        if (
            account == self_id
            or event.post_type != "message"
            or account in self.application.settings.ignored_users
            or _is_anonymous(event)
        ):
            await self._revoke_unanswered(bot, event)
            return None
        if account not in self.application.settings.superusers:
            return await self._admit(bot, event, account, self_id)
        # Superusers' commands change things, so they act in the order in which they were sent. The turn is
        # taken before anything is awaited: only here the messages are still in that order.
        turn = self.order.take(account)
        request = None
        try:
            await turn.wait()
            request = await self._admit(bot, event, account, self_id, turn)
        finally:
            if request is None:
                turn.end()
        return request

    async def _admit(
        self, bot: Bot, event: MessageEvent, account: str, self_id: str, turn: Turn | None = None
    ) -> Request | None:
        place = await self._place(event)
        if place is None:
            return None
        superuser = account in self.application.settings.superusers
        parsed = (
            self._redeem_codes(event, self_id, superuser, place)
            or self._in_conversation(event, account, place)
            or self._parse(event, self_id, superuser, place)
        )
        if parsed is None:
            return None
        key = message_key(self_id, place, event)
        if not self.in_flight.enter(key):
            return None
        sender = self.services.senders.of(bot)
        request = self._request(parsed, account, superuser, place, event, key, sender, turn)
        admitted = False
        try:
            admitted = await self._let_in(request, event)
        finally:
            if not admitted:
                request.reservation.release()
                request.ended()
        if not admitted:
            return None
        if not request.in_group:
            self.services.known_friends.note(account)
        self._note_names(request, event)
        return request

    def _note_names(self, request: Request, event: MessageEvent) -> None:
        """Stores the sender's names in the background, if they aren't stored yet. Not with a command that
        says what is stored, or is about to delete it."""
        if request.parsed.command.keeps_no_names:
            return
        seen = self.services.seen_names.note(event)
        if seen is not None:
            self.services.answers.in_background(self.services.seen_names.store(seen))

    async def _revoke_unanswered(self, bot: Bot, event: MessageEvent) -> None:
        """Revokes the redeem codes in a group's message that is answered to nobody: others read along."""
        if not isinstance(event, GroupMessageEvent):
            return
        account, group, self_id = str(event.user_id), str(event.group_id), str(bot.self_id)
        codes = find_codes(text_with_forwards(event.original_message, self_id))
        if not codes:
            return
        who = ANONYMOUS if event.anonymous else account
        if self._may_look(account, who, group):
            key = message_key(self_id, Place(PlaceKind.UNBOUND, group), event)
            message = UnansweredMessage(key, account, who, group, self.application.clock())
            await revoke_unanswered(self.services, self.services.senders.of(bot), message, codes)

    def _may_look(self, account: str, who: str, group: str) -> bool:
        """Returns whether one more message with codes in a group is looked at; superusers hear where not."""
        decision = self.exposures.ask(account, self.application.monotonic())
        if decision is not RateDecision.PASS:
            notice = self.services.notices.tell_superusers_daily(
                f"codes of {account}", too_many_notice(who, group), self.application.clock()
            )
            self.services.answers.in_background(notice)
        return decision is RateDecision.PASS

    async def _let_in(self, request: Request, event: MessageEvent) -> bool:
        """Returns whether the request passes the rates and is new. Its place in the queue is held in between,
        so that those who ask meanwhile see how long the queue really is.

        Redeem codes in a group are revoked at whatever rate commands come, and however late the message is.
        """
        if request.in_group and request.parsed.codes:
            key = request.processed_message.key
            return self._may_look(request.account, request.account, request.place.chat) and not (
                await is_processed(self.application.database, key)
            )
        if not await self._passes(request):
            return False
        request.reservation.hold()
        return await self._is_new(request, event)

    async def _is_new(self, request: Request, event: MessageEvent) -> bool:
        """Returns whether the message hasn't acted before and is no old one come late."""
        if await is_processed(self.application.database, request.processed_message.key):
            return False
        late = self.application.clock() - _sent_at(event)
        if (minutes := self.time_difference.note(late, self.application.monotonic())) is not None:
            # In the background, so that the command doesn't wait for it.
            notice = self.services.notices.tell_superusers_daily(
                "time difference", _time_differs(minutes), request.now
            )
            self.services.answers.in_background(notice)
        if late <= TOO_OLD:
            return True
        await request.processed_message.record_or_later()
        await send(request, Reply(SEND_AGAIN))
        return False

    async def _place(self, event: MessageEvent) -> Place | None:
        """Returns the chat that the message stands in; None for temporary sessions, which could not be
        answered."""
        if isinstance(event, PrivateMessageEvent):
            return Place(PlaceKind.PRIVATE, str(event.user_id)) if event.sub_type == "friend" else None
        if not isinstance(event, GroupMessageEvent):
            return None
        group = str(event.group_id)
        binding = await self.services.known_bindings.binding(group)
        return Place(PlaceKind.UNBOUND if binding is None else binding.kind, group)

    def _redeem_codes(
        self, event: MessageEvent, self_id: str, superuser: bool, place: Place
    ) -> Parsed | None:
        """Returns the command that a message with redeem codes is, also in a group that isn't bound or within
        a conversation, so that nothing else gets to see them; None for one without."""
        if place.kind is PlaceKind.PRIVATE:
            text, _, _ = read_segments(event.original_message, self_id)
        else:
            text = text_with_forwards(event.original_message, self_id)
        return read_codes(text, superuser=superuser, place=place.kind)

    def _in_conversation(self, event: MessageEvent, account: str, place: Place) -> Parsed | None:
        """Returns what a private message means within the conversation with its sender; None if none is
        open."""
        if place.kind is not PlaceKind.PRIVATE:
            return None
        message = read_message(event.original_message)
        parsed = self.services.conversations.receive(account, message, self.application.monotonic())
        return too_long(parsed) if parsed is not None and len(message.text) > LONGEST_TYPED else parsed

    def _parse(self, event: MessageEvent, self_id: str, superuser: bool, place: Place) -> Parsed | None:
        """Returns the command that the message is; None if it is none, or one that may not be given here."""
        unbound = place.kind is PlaceKind.UNBOUND
        if unbound and not superuser:
            return None
        text, mentions, named = read_segments(event.original_message, self_id)
        addressed = named or place.kind is PlaceKind.PRIVATE
        if addressed and (mistyped := read_mistyped_code(text, superuser=superuser)) is not None:
            return mistyped
        if addressed and not superuser and (question := read_question(text)) is not None:
            return question
        # A forward outside of a conversation is no command, whatever text stands beside it.
        if any(part.type == "forward" for part in event.original_message):
            return None
        parsed = registry.parse(
            without_colon(text),
            addressed=addressed,
            superuser=superuser,
            mentions=mentions,
        )
        if parsed is None or (unbound and not parsed.command.unbound):
            return None
        return replace(parsed, message=read_message(event.original_message))

    def _request(
        self,
        parsed: Parsed,
        account: str,
        superuser: bool,
        place: Place,
        event: MessageEvent,
        key: str,
        sender: Sender,
        turn: Turn | None,
    ) -> Request:
        now = self.application.clock()
        processed_message = ProcessedMessage(key, min(now, _sent_at(event)), self.application.database)
        message_id = str(event.message_id)
        group = None if place.kind is PlaceKind.PRIVATE else place.chat
        reservation = sender.reservation(group)
        binds = group is not None and parsed.command.unbound
        return Request(
            parsed=parsed,
            account=account,
            superuser=superuser,
            place=place,
            message_id=message_id,
            now=now,
            processed_message=processed_message,
            services=self.services,
            sender=sender,
            reservation=reservation,
            ended=_all_of(
                self.services.known_bindings.expect(place.chat) if binds else None,
                None if turn is None else turn.end,
            ),
        )

    async def _passes(self, request: Request) -> bool:
        """Returns whether the asker, the group and the queue allow one more command. Who is over a limit
        reads so once a minute, and then nothing."""
        if request.superuser:
            return True
        now = self.application.monotonic()
        decision = self.askers.ask(request.account, now)
        if decision is not RateDecision.PASS:
            return await self._turn_away(request, decision, SLOW_DOWN)
        if not request.in_group:
            return await self._fits_the_queue(request, None, self.askers, QUEUE_LONG_IN_PRIVATE)
        decision = self.groups.ask(request.place.chat, now)
        if decision is not RateDecision.PASS:
            return await self._turn_away(request, decision, GROUP_BUSY)
        return await self._fits_the_queue(request, request.place.chat, self.groups, QUEUE_LONG)

    async def _fits_the_queue(self, request: Request, group: str | None, limit: RateLimit, text: str) -> bool:
        """Returns whether the answer would leave within LONGEST_WAIT. Without this many strangers in private
        would have everybody wait for minutes, and search answers would be dropped unsent."""
        if request.sender.waiting_time(group) <= LONGEST_WAIT:
            return True
        key = request.account if group is None else group
        return await self._turn_away(request, limit.tell_once(key, self.application.monotonic()), text)

    async def _turn_away(self, request: Request, decision: RateDecision, text: str) -> bool:
        if decision is RateDecision.TELL:
            await send(request, Reply(text, expires_after=60))
        return False


def _is_anonymous(event: MessageEvent) -> bool:
    """Returns whether a group's message names nobody who could be answered or told apart."""
    return isinstance(event, GroupMessageEvent) and (event.sub_type != "normal" or bool(event.anonymous))


def _sent_at(event: MessageEvent) -> datetime:
    """Returns when the message was sent, by QQ's clock."""
    return datetime.fromtimestamp(event.time, timezone.utc)


def _time_differs(minutes: int) -> str:
    way = "快" if minutes > 0 else "慢"
    what = "所有消息都会被当成很久以前的，不会处理" if minutes > 0 else "会员和导入的日期可能不对"
    return f"这台机器的时间比 QQ 的时间{way}约 {abs(minutes)} 分钟，{what}。请校准机器的时钟。"


def _all_of(*functions: Callable[[], None] | None) -> Callable[[], None]:
    def call() -> None:
        for function in functions:
            if function is not None:
                function()

    return call


def message_key(self_id: str, place: Place, event: MessageEvent) -> str:
    """Returns what tells a message from all others: account, chat, sender, message id, time."""
    chat = "private" if place.kind is PlaceKind.PRIVATE else place.chat
    return f"{self_id}:{chat}:{event.user_id}:{event.message_id}:{event.time}"
