"""Sends a reply where it belongs: to the group, to the asker's private chat, or as the stored answer to a
change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from nonebot import logger

from jianggao.access.verdicts import PlaceKind
from jianggao.chat.commands.reply import Reply
from jianggao.chat.commands.request import Request
from jianggao.outbound.send_outcomes import KEPT_BACK, Delivered, RefusalReason, Refused, SendOutcome

SENT_PRIVATELY = "已私信"
ADD_ME = "私信发不出去：请先加我为好友，再发一次。"
LIMITED = "机器人的账号暂时被 QQ 限制，私信发不出去。请过些时候再试。"
EXPIRES_AFTER = 600.0
"""Seconds after which an answer that changed nothing is dropped unsent, unless the reply sets another
time."""
LINES_IN_FORWARD = 50
"""Nodes of a forward of lines: QQ refuses those with more than about a hundred."""
_SAYS_NOTHING = (
    RefusalReason.NOT_ALLOWED,
    RefusalReason.NOT_JUDGED,
    RefusalReason.STOPPED,
    RefusalReason.LINE_DOWN,
    RefusalReason.ALREADY_BEGUN,
)
"""Refusals of a private answer of which the group hears nothing."""
_NOT_SENT = {RefusalReason.NOT_A_FRIEND: ADD_ME, RefusalReason.ACCOUNT_LIMITED: LIMITED}


async def send(request: Request, reply: Reply) -> SendOutcome:
    """Sends a reply where it belongs, and returns the outcome. One that is stored with its change is given by
    what is stored, once."""
    if request.stored_reply.number is not None:
        await request.achieved(reply)
        number, request.stored_reply.number = request.stored_reply.number, None
        outcome = await request.services.answers.give(number, request.sender, request.stored_reply.text)
        if isinstance(outcome, Refused) and outcome.reason in KEPT_BACK:
            return outcome  # it is given later, so nobody is asked to repeat the command
    elif reply.private or not request.in_group:
        outcome = await request.sender.to_friend(
            request.account,
            reply.text,
            expires_after=reply.expires_after or EXPIRES_AFTER,
            still_allowed=reply.still_allowed,
        )
        if isinstance(outcome, Delivered):
            await _send_lines(request, reply.to_copy)
    else:
        outcome = await _send_to_group(request, reply)
    if request.in_group and reply.private:
        await tell_group(request, outcome)
    await _settle(reply, outcome)
    return outcome


async def _send_lines(request: Request, lines: Sequence[str]) -> None:
    """Sends lines that are to be copied: a message is only copied whole, so each gets one, or a node."""
    if len(lines) == 1:
        await request.sender.to_friend(request.account, lines[0], expires_after=EXPIRES_AFTER)
        return
    for first in range(0, len(lines), LINES_IN_FORWARD):
        nodes = lines[first : first + LINES_IN_FORWARD]
        await request.sender.forward_to_friend(request.account, nodes, expires_after=EXPIRES_AFTER)


async def _settle(reply: Reply, outcome: SendOutcome) -> None:
    """Stores what became of the texts in a reply. A failure is logged and not raised: the reply has been sent
    or refused by now, and a delivery that stays unsettled counts as received."""
    if reply.settle is None:
        return
    try:
        await reply.settle(outcome)
    except Exception:
        logger.exception("what became of the texts in an answer could not be stored")


async def _send_to_group(request: Request, reply: Reply) -> SendOutcome:
    return await request.sender.to_group(
        request.place.chat,
        reply.text,
        reply_to=request.message_id,
        expires_after=reply.expires_after or EXPIRES_AFTER,
        still_allowed=reply.still_allowed if reply.also_if_unbound else _while_bound(request, reply),
    )


def _while_bound(request: Request, reply: Reply | None = None) -> Callable[[], Awaitable[bool]]:
    """Returns the check of an answer to a group as it leaves: a group that isn't bound any more gets
    nothing."""

    async def still_allowed() -> bool:
        was_bound = request.place.kind is not PlaceKind.UNBOUND
        if was_bound and (await request.place_now()).kind is PlaceKind.UNBOUND:
            return False
        return reply is None or reply.still_allowed is None or await reply.still_allowed()

    return still_allowed


async def tell_group(request: Request, outcome: SendOutcome) -> None:
    """Says in the group whether a private answer was sent, and nothing of what it says."""
    if request.place.kind is PlaceKind.UNBOUND:
        return
    note = SENT_PRIVATELY
    if isinstance(outcome, Refused):
        if outcome.reason in _SAYS_NOTHING:
            return
        note = _NOT_SENT.get(outcome.reason, "私信没有发出去。请私聊我再发一次。")
    await request.sender.to_group(
        request.place.chat,
        note,
        reply_to=request.message_id,
        expires_after=EXPIRES_AFTER,
        still_allowed=_while_bound(request),
    )
