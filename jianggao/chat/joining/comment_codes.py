"""Redeems the code that somebody wrote into a request to join a group."""

from __future__ import annotations

import aiosqlite

from jianggao.errors import NotAllowed
from jianggao.joining.join_requests import CodeAccepted, CodeDeclined, CodeResult, RedeemInComment
from jianggao.membership.administration import Act
from jianggao.redeem_codes.code_form import LENGTH, find_codes, key_of_hashes
from jianggao.redeem_codes.mistyped_codes import find_mistyped
from jianggao.redeem_codes.redemption import (
    LockedOut,
    NotForMembers,
    Redeemed,
    RedemptionOutcome,
    TrialTaken,
    UsedByYou,
    redeem,
)

_ANSWER = "答案"
"""Stands before what the asker typed, where the group asks a question."""
_ONE_AT_A_TIME = "一次只能用一个卡密，请只写一个，再申请一次。"
_REJECTED = "卡密不对、用过、作废或过期了。请核对后再申请，或找卖家。"


def redeemer(codes_key: bytes) -> RedeemInComment:
    """Returns what redeems a code in a comment, in the transaction of the decision on the request."""
    key = key_of_hashes(codes_key)

    async def redeem_in_comment(
        connection: aiosqlite.Connection, account: str, comment: str, act: Act
    ) -> CodeResult:
        codes = find_codes(comment)
        if len(codes) > 1:
            return CodeDeclined(_ONE_AT_A_TIME)
        code = codes[0] if codes else _mistyped(comment)
        if code is None:
            return None
        if len(code) != LENGTH:
            return CodeDeclined(_wrong_length(code))
        try:
            found = await redeem(connection, account, code, act, key)
        except NotAllowed as error:
            return CodeDeclined(str(error))
        return CodeAccepted() if isinstance(found, Redeemed) else CodeDeclined(_why(found))

    return redeem_in_comment


def _mistyped(comment: str) -> str | None:
    """Returns the code with a slip in it that stands in the answer to the group's question, if one does. What
    the question shows was not typed by the asker."""
    return find_mistyped(comment.rpartition(_ANSWER)[2].lstrip(":："))


def _wrong_length(code: str) -> str:
    off = len(code) - LENGTH
    return f"卡密是 {LENGTH} 位，你写的{'多' if off > 0 else '少'}了 {abs(off)} 位。请核对后再申请。"


def _why(found: RedemptionOutcome) -> str:
    """Returns why a code gave nothing, in words that fit into a rejection. As everywhere, a guesser doesn't
    learn which codes there are."""
    match found:
        case UsedByYou():
            return "这个卡密你已经用过了，要另买一张再申请。"
        case LockedOut():
            return f"卡密试错太多，请 {found.minutes} 分钟后再申请。"
        case TrialTaken():
            return "试用卡密每人只能用一次，你已经试用过了。"
        case NotForMembers():
            return "试用卡密只给没当过会员的人，没有用掉。"
        case _:
            return _REJECTED
