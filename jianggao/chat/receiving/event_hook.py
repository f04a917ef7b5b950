"""Lets NoneBot show every event to the admission before any plugin, and ends those that are no requests.

One hook for all, because NoneBot runs several at once and an IgnoredException in one cancels the others
mid-write.
"""

from __future__ import annotations

from nonebot.adapters import Bot as BaseBot
from nonebot.adapters import Event as BaseEvent
from nonebot.adapters.onebot.v11 import (
    Bot,
    FriendAddNoticeEvent,
    GroupBanNoticeEvent,
    GroupIncreaseNoticeEvent,
    GroupUploadNoticeEvent,
    MessageEvent,
)
from nonebot.exception import IgnoredException
from nonebot.message import event_preprocessor
from nonebot.typing import T_State

from jianggao.chat.commands.request import STATE_KEY
from jianggao.chat.running_bot import get_running_bot
from jianggao.errors import CannotRead


def _group_open_again(event: BaseEvent, self_id: str) -> str | None:
    """Returns the group in which the account may speak again: its mute (or everyone's, account 0) was lifted,
    or it came back into the group. None for any other event."""
    lifted = isinstance(event, GroupBanNoticeEvent) and event.sub_type == "lift_ban"
    joined = isinstance(event, GroupIncreaseNoticeEvent)
    if not isinstance(event, (GroupBanNoticeEvent, GroupIncreaseNoticeEvent)) or not (lifted or joined):
        return None
    concerned = (self_id, "0") if lifted else (self_id,)
    return str(event.group_id) if str(event.user_id) in concerned else None


async def preprocess(bot: BaseBot, event: BaseEvent, state: T_State) -> None:
    """Lets a request through to the plugins, with `Request` in `state`. Raises IgnoredException for every
    other event, which ends it."""
    group = _group_open_again(event, bot.self_id)
    if group is not None and isinstance(bot, Bot):
        get_running_bot().services.senders.of(bot).release(group)
    if isinstance(event, FriendAddNoticeEvent):
        get_running_bot().services.known_friends.note(str(event.user_id))
    if isinstance(bot, Bot) and isinstance(event, GroupUploadNoticeEvent):
        get_running_bot().admission.watch.upload(bot, event)
    if isinstance(bot, Bot):
        get_running_bot().joining.hear(bot, event)
    if isinstance(bot, Bot) and isinstance(event, MessageEvent):
        running = get_running_bot()
        try:
            request = await running.admission.admit(bot, event)
        except CannotRead as error:
            running.services.warnings.warning(f"a message was not looked at ({error.explanation.cause})")
            request = None
        if request is not None:
            state[STATE_KEY] = request
            return
    raise IgnoredException("not for the bot")


def install_admission() -> None:
    """Registers the preprocessor with NoneBot."""
    event_preprocessor(preprocess)
