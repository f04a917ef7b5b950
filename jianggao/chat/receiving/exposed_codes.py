"""Revokes redeem codes that stand in groups in messages which the bot answers to nobody: of anonymous people, of
IGNORED_USERS, and of its own account."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from jianggao.chat.sending.sender import Sender
from jianggao.chat.services import ChatServices
from jianggao.errors import CannotRead, CannotWrite
from jianggao.outbound.outbox_store import OutboxAnswer
from jianggao.redeem_codes import issuing
from jianggao.redeem_codes.code_form import key_of_hashes

ANONYMOUS = "匿名的人"


@dataclass(frozen=True, slots=True)
class UnansweredMessage:
    """A group's message with codes in it, of somebody who gets no answers."""

    key: str
    account: str
    who: str
    """What superusers read of the sender: the account, or that it is anonymous."""
    group: str
    at: datetime


async def revoke_unanswered(
    services: ChatServices, sender: Sender, message: UnansweredMessage, codes: Sequence[str]
) -> None:
    """Revokes those of the codes that are unused, and tells superusers, also after a restart; nobody else
    hears of it."""
    answers, kept = services.answers, list[int]()
    key = key_of_hashes(services.application.keys.codes)
    try:
        async with services.application.database.write() as connection:
            exposed = await issuing.revoke_exposed(connection, codes, None, message.at, key)
            text = exposed_notice(message.who, message.group, exposed)
            for superuser in sorted(services.application.settings.superusers) if exposed else ():
                kept.append(await answers.keep(connection, _notice(message, sender, superuser, text)))
        await asyncio.gather(*(await answers.tell_others(kept, sender)).values())
    except (CannotWrite, CannotRead) as error:
        services.warnings.warning(f"codes were not revoked ({error.explanation.cause})")
        text = not_revoked_notice(message.who, message.group)
        await services.notices.tell_superusers_daily(f"exposed in {message.group}", text, message.at)
    finally:  # what wasn't sent is sent later
        for number in kept:
            answers.let_go(number)


def _notice(message: UnansweredMessage, sender: Sender, superuser: str, text: str) -> OutboxAnswer:
    return OutboxAnswer(
        at=message.at,
        message=message.key,
        command="兑换",
        asker=message.account,
        self_id=sender.self_id,
        group=None,
        person=superuser,
        reply_to=None,
        text=text,
        is_notice=True,
    )


def exposed_notice(who: str, group: str, batches: Mapping[int, int]) -> str:
    """Returns what superusers read of codes that somebody typed in a group."""
    which = "、".join(f"第 {number} 批 {count} 张" for number, count in batches.items())
    return f"{who} 在群 {group} 里发了还没用的卡密（{which}），已作废。请给买的人另发一张。"


def not_revoked_notice(who: str, group: str) -> str:
    """Returns what superusers read where codes in a group could not be revoked."""
    return (
        f"{who} 在群 {group} 里发了卡密，数据库写不进去，没能作废。恢复后请对照群里的消息发“作废卡密 卡密”。"
    )


def too_many_notice(who: str, group: str) -> str:
    """Returns what superusers read where so many messages with codes came that not all were looked at."""
    return (
        f"{who} 在群 {group} 里一分钟发了太多像卡密的消息，后面的没有看。"
        "请看看群里有没有没用的卡密，有就私聊发“作废卡密 卡密”，并管一管这个人。"
    )
