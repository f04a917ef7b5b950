"""From a request to its handler, and from the handler's reply to the way out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from nonebot import logger, on_message
from nonebot.adapters.onebot.v11 import Bot
from nonebot.matcher import Matcher
from nonebot.rule import Rule
from nonebot.typing import T_State

from jianggao.errors import AlreadyClaimed, CannotRead, CannotWrite, JianggaoError
from jianggao.house import House
from jianggao.membership.access import Place, PlaceKind
from jianggao.membership.bindings import bindings
from jianggao.membership.reader import Reader
from jianggao.membership.views import Leaving
from jianggao.outbound.outcomes import RefusalReason, Refused, SendOutcome
from jianggao.outbound.queue import Reservation
from jianggao.tracing.mark import MarkFailed
from plugins.delivery.receiver import LARGEST
from plugins.delivery.sender import Delivery
from plugins.delivery.turns import turns
from plugins.gate.alerts import tell_superusers_daily
from plugins.gate.claims import Claim
from plugins.gate.commands import Parsed
from plugins.gate.dialogues import NOTHING_SAID, Incoming, Said
from plugins.gate.seldom import SeldomLog

STATE_KEY = "jianggao_request"
UNEXPECTED = "出错了，已记录"
SENT_PRIVATELY = "已私信"
ADD_ME = "私信发不出去：请先加我为好友，再发一次。"
NO_LONGER_ALLOWED = "资料或会员状态刚有变化，这条没有发出，请再发一次。"
LIMITED = "机器人的账号暂时被 QQ 限制，私信发不出去。请过些时候再试。"
_often = SeldomLog()
_NOT_SENT = {RefusalReason.NOT_A_FRIEND: ADD_ME, RefusalReason.ACCOUNT_LIMITED: LIMITED}


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """A command that passed the front door, with all that a handler needs."""

    parsed: Parsed
    account: str
    superuser: bool
    place: Place
    message_id: str
    now: datetime
    claim: Claim
    house: House
    delivery: Delivery
    reservation: Reservation
    """Its answer's place in the queue, until the answer stands there itself."""

    def __repr__(self) -> str:
        """Short, and without what was said. NoneBot makes this text for each matcher that runs, logged or not; made of
        all fields it would hold every copy that is kept in memory."""
        return f"<{self.parsed.command.name} by {self.account} in {self.place.kind.value} {self.place.chat}>"

    @property
    def argument(self) -> str:
        """What stands behind the command word, in NFKC."""
        return self.parsed.argument

    @property
    def in_group(self) -> bool:
        """Whether it was typed in a group."""
        return self.place.kind is not PlaceKind.PRIVATE

    @property
    def chat(self) -> str:
        """The asker in this place: what pages and cursors are kept by."""
        return f"{self.place.kind.value}:{self.place.chat}:{self.account}"

    @property
    def said(self) -> Said:
        """The whole message, pictures, files and forwards too: of a dialogue, or of the command itself."""
        return self.parsed.said or NOTHING_SAID

    async def fetch(self, incoming: Incoming, most: int = LARGEST) -> bytes:
        """A picture or file of at most `most` bytes that came with the message. Waits while others' are coming in.
        Raises WrongUse, saying what to do."""
        async with turns.turn(self.account, first=self.superuser):
            return await self.delivery.fetch(incoming.kind, incoming.name, incoming.size, incoming.data, most)

    async def forwarded(self) -> tuple[str, ...]:
        """The texts of the messages that were forwarded. Raises WrongUse."""
        return tuple([text for number in self.said.forwards for text in await self.delivery.opened(number)])

    async def reader(self) -> Reader:
        """The asker's reader here, by the ledger as it stands now."""
        return await self.house.reader(self.account, self.place)

    def still_shows(self, leaving: Leaving) -> Callable[[], Awaitable[bool]]:
        """The check of an answer when it leaves the queue: whether all that it shows may still be shown, in the place as
        it is then."""

        async def still_allowed() -> bool:
            reader = await self.house.reader(self.account, await self.place_now())
            return await reader.still_shows(leaving)

        return still_allowed

    async def place_now(self) -> Place:
        """The chat as it is bound now: a member group may have become a free one."""
        if not self.in_group:
            return self.place
        async with self.house.database.read() as connection:
            binding = (await bindings(connection)).get(self.place.chat)
        return replace(self.place, kind=PlaceKind.UNBOUND if binding is None else binding.kind)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `private`: its text goes to the asker's private chat, and the group sees `已私信`."""

    text: str
    private: bool = False
    expires_after: float | None = None
    still_allowed: Callable[[], Awaitable[bool]] | None = None
    heard_unbound: bool = False
    """Whether a group that was unbound meanwhile hears it: that it was."""


def register_matcher(plugin: str) -> type[Matcher]:
    """The one matcher of a plugin: takes the requests for its commands."""

    async def is_ours(state: T_State) -> bool:
        request = state.get(STATE_KEY)
        return isinstance(request, Request) and request.parsed.command.plugin == plugin

    matcher = on_message(rule=Rule(is_ours), priority=1, block=True)

    @matcher.handle()
    async def handle(bot: Bot, state: T_State) -> None:
        await run(state[STATE_KEY])

    return matcher


async def run(request: Request) -> None:
    """Run the handler and send its answer. Nothing is swallowed: the unexpected is logged in full."""
    try:
        answer = await request.parsed.command.handler(request)
        await request.claim.ensure()
    except AlreadyClaimed:
        return
    except (CannotWrite, CannotRead) as error:
        answer = unavailable(request, error)
    except JianggaoError as error:
        answer = str(error)
    except MarkFailed:
        logger.exception("a copy did not pass its check and was not sent")
        await tell_superusers_daily(request.house, "a copy failed", not_marked(request), request.now)
        answer = UNEXPECTED
    except Exception:
        logger.exception(f"{request.parsed.command.name} failed")
        answer = UNEXPECTED
    finally:
        request.reservation.release()
    if answer is None:
        return
    reply = answer if isinstance(answer, Reply) else Reply(answer)
    outcome = await send(request, reply)
    if not (isinstance(outcome, Refused) and outcome.reason is RefusalReason.NOT_ALLOWED):
        return
    if (await request.place_now()).kind is not PlaceKind.UNBOUND:  # a group unbound meanwhile hears nothing
        await send(request, Reply(NO_LONGER_ALLOWED, private=reply.private))


def unavailable(request: Request, error: CannotWrite | CannotRead) -> str:
    """What is answered while the database can't be used. The message counts as answered: sent again by the
    implementation after a restart, it doesn't act. The log says it once a minute; superusers hear the cause."""
    _often.warning(f"{request.parsed.command.name} was refused ({error.explanation.cause})")
    with suppress(CannotWrite):
        request.claim.keep()
    return str(error)


def not_marked(request: Request) -> str:
    """What superusers hear of a copy that would not have said what the text says."""
    whose = f"给 QQ {request.account} 的副本没有通过检查（“{request.parsed.command.name}”），没有发出。"
    return whose + "日志里有详情，请转给维护的人。"


async def send(request: Request, reply: Reply) -> SendOutcome:
    """Send a reply where it belongs."""
    if reply.private or not request.in_group:
        outcome = await request.delivery.to_friend(
            request.account,
            reply.text,
            expires_after=reply.expires_after,
            still_allowed=reply.still_allowed,
        )
        if request.in_group:
            await tell_group(request, outcome)
        return outcome
    return await request.delivery.to_group(
        request.place.chat,
        reply.text,
        reply_to=request.message_id,
        expires_after=reply.expires_after,
        still_allowed=reply.still_allowed if reply.heard_unbound else _while_bound(request, reply),
    )


def _while_bound(request: Request, reply: Reply | None = None) -> Callable[[], Awaitable[bool]]:
    """The check of an answer to a group when it leaves: a group that isn't bound any more hears nothing."""

    async def still_allowed() -> bool:
        was_bound = request.place.kind is not PlaceKind.UNBOUND
        if was_bound and (await request.place_now()).kind is PlaceKind.UNBOUND:
            return False
        return reply is None or reply.still_allowed is None or await reply.still_allowed()

    return still_allowed


async def tell_group(request: Request, outcome: SendOutcome) -> None:
    """Say in the group what became of a private answer; a free or member group sees no more than this."""
    if request.place.kind is PlaceKind.UNBOUND:
        return
    note = SENT_PRIVATELY
    if isinstance(outcome, Refused):
        if outcome.reason is RefusalReason.NOT_ALLOWED:
            return
        note = _NOT_SENT.get(outcome.reason, "私信没有发出去。请私聊我再发一次。")
    await request.delivery.to_group(
        request.place.chat, note, reply_to=request.message_id, still_allowed=_while_bound(request)
    )
