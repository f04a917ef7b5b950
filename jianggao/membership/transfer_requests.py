"""Takes members' requests to move their subscription to another account (换号).

A request alone moves nothing: the new account has to confirm it, and then an operator decides. What is
answered to somebody who names an account says nothing about that account: neither whether it is a member nor
what it has asked for. Only the account that a member names may learn that it was named, by naming the member.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta, tzinfo
from enum import Enum

import aiosqlite

from jianggao.errors import NotAllowed, WrongUse
from jianggao.membership import transfer_request_store as store
from jianggao.membership.administration import state_of
from jianggao.membership.ledger import Standing
from jianggao.membership.transfer_request_store import TransferRequest

BETWEEN_NOTICES = timedelta(days=1)
"""After superusers were told of a request, the member makes no other one within this."""
NOT_A_MEMBER = "换号要用会员还有效的那个号先发“换号 新QQ号”，再用新号私聊我确认。"
"""What everybody reads who can't ask, whatever account he names."""


class RequestStep(Enum):
    """What a message 换号 did."""

    ASKED = "asked"
    """A member asked; the new account has to confirm."""
    CONFIRMED = "confirmed"
    """The new account confirmed; superusers are to be told."""
    CONFIRMED_BEFORE = "confirmed before"


async def ask_or_confirm(
    connection: aiosqlite.Connection,
    account: str,
    named: str,
    now: datetime,
    zone: tzinfo,
    *,
    nobodys: Collection[str] = (),
) -> RequestStep:
    """Confirms the request of the account `named` if it asked to move to `account`; else takes a request of
    `account` to move to `named`, in the place of one before.

    `nobodys` are the accounts that no subscription moves to: the bot's own ones and the superusers'.

    Raises WrongUse for one's own account; NotAllowed for one of `nobodys`, for somebody who is no active
    member, and for a member whose request superusers were told of within a day.
    """
    if account == named:
        raise WrongUse("这就是你现在用的号。请写另一个 QQ 号。")
    request = await store.find(connection, named)
    if (
        request is not None
        and request.new == account
        and request.is_open(now)
        and await _is_active(connection, named, now, zone)
    ):
        if request.confirmed_at is not None:
            return RequestStep.CONFIRMED_BEFORE
        await store.confirm(connection, named, now)
        return RequestStep.CONFIRMED
    if not await _is_active(connection, account, now, zone):
        raise NotAllowed(NOT_A_MEMBER)
    if named in nobodys:
        raise NotAllowed("不能换到这个号。请写你自己的另一个 QQ 号。")
    last = await store.find(connection, account)
    told_at = None if last is None else last.confirmed_at
    if last is not None and told_at is not None and now - told_at < BETWEEN_NOTICES:
        if last.settled_at is None:
            raise NotAllowed("你的换号申请今天已经转给管理员了，请等答复。要改，请明天再申请。")
        raise NotAllowed(
            "上次的换号今天转给过管理员，现在已经不在办了。还要换，请明天再申请；急着换，请直接联系管理员。"
        )
    await store.put(connection, account, named, now)
    return RequestStep.ASKED


async def cancel(connection: aiosqlite.Connection, account: str, now: datetime) -> TransferRequest | None:
    """Withdraws the account's open request, or else those that it confirmed as the new account. Returns one
    of them; None where there is none. One that names the account and that it never confirmed is none of its
    own, and isn't told."""
    own = await store.find(connection, account)
    requests = (
        [own] if own is not None and own.is_open(now) else await store.confirmed_by(connection, account)
    )
    requests = [request for request in requests if request.is_open(now)]
    for request in requests:
        await store.settle(connection, request.old, now)
    return requests[0] if requests else None


async def _is_active(connection: aiosqlite.Connection, account: str, now: datetime, zone: tzinfo) -> bool:
    return (await state_of(connection, account, zone)).standing(now) is Standing.ACTIVE
