"""Finds redeem codes in what comes into a group beside typed text: in forwards, and in the files of codes that
the bot makes.

Nothing is fetched for strangers, and a file's name alone revokes nothing: anybody can choose one.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from nonebot.adapters.onebot.v11 import Bot, GroupMessageEvent, GroupUploadNoticeEvent

from jianggao.chat.receiving.downloads import node_texts
from jianggao.chat.receiving.exposed_codes import ANONYMOUS, UnansweredMessage, revoke_unanswered
from jianggao.chat.receiving.messages import read_segments
from jianggao.chat.services import ChatServices
from jianggao.errors import CannotRead, WrongUse
from jianggao.redeem_codes import code_store
from jianggao.redeem_codes.code_form import LONGEST_READ, find_codes

_CODE_FILE = re.compile(r"卡密-第([1-9][0-9]{0,8})批-[0-9]+张-.{1,40}\.txt")
_DEEPEST = 5
"""Levels of forwards within a forward that are read for codes."""
_MOST_FORWARDS = 3
"""Forwards of one message that are fetched."""
_MOST_CODES = 2_000
"""Codes of one message that are looked up."""


def batch_of_file(name: str) -> int | None:
    """Returns the batch whose file of codes has this name; None for any other file."""
    match = _CODE_FILE.fullmatch(name)
    return int(match[1]) if match else None


def text_with_forwards(segments: Iterable[Any], self_id: str) -> str:
    """Returns the typed text of a message and that of the forwards which came whole in it, as far as codes are
    looked for in it."""
    parts = list(segments)
    texts, length = [read_segments(parts, self_id)[0]], 0
    for part in parts:
        content = part.data.get("content") if part.type == "forward" else None
        if not content:
            continue
        try:
            for text in [content] if isinstance(content, str) else node_texts(content, _DEEPEST):
                texts.append(text)
                length += len(text)
                if length > LONGEST_READ:
                    break
        except WrongUse:  # deeper than anybody forwards
            continue
    return "\n".join(texts)


def is_watched(segments: Iterable[Any], *, is_own: bool) -> bool:
    """Returns whether a group's message may carry codes beside its text. The account's own forwards are known
    where they don't come whole: the bot made them."""
    return any(
        (part.type == "forward" and (not is_own or bool(part.data.get("content"))))
        or (part.type == "file" and batch_of_file(_name(part)) is not None)
        for part in segments
    )


class CodeWatch:
    """Watches one bot's groups for what carries codes. All of it is done in the background."""

    def __init__(self, services: ChatServices) -> None:
        self._services = services

    def message(self, bot: Bot, event: GroupMessageEvent) -> None:
        """Looks into the files of a group's message, and into the forwards of a superuser's."""
        segments, superusers = event.original_message, self._services.application.settings.superusers
        found = self._found(bot, event.group_id, event.user_id, f"{event.message_id}:{event.time}")
        if event.anonymous:
            found = replace(found, who=ANONYMOUS)
        self._look_into_files(bot, [_name(part) for part in segments if part.type == "file"], found)
        unread = [
            str(part.data["id"])
            for part in segments
            if part.type == "forward" and part.data.get("id") and not part.data.get("content")
        ]
        if unread and found.account in superusers and not event.anonymous:
            self._services.answers.in_background(self._look_into_forwards(bot, unread, found))

    def upload(self, bot: Bot, event: GroupUploadNoticeEvent) -> None:
        """Looks into a file that somebody put into a group."""
        found = self._found(bot, event.group_id, event.user_id, f"upload:{event.file.id}:{event.time}")
        self._look_into_files(bot, [event.file.name], found)

    def _found(self, bot: Bot, group: int, account: int, what: str) -> UnansweredMessage:
        key = f"{bot.self_id}:{group}:{account}:{what}:carried"
        return UnansweredMessage(
            key, str(account), str(account), str(group), self._services.application.clock()
        )

    def _look_into_files(self, bot: Bot, names: Sequence[str], found: UnansweredMessage) -> None:
        trusted = {str(bot.self_id), *self._services.application.settings.superusers}
        for batch in sorted({batch for name in names if (batch := batch_of_file(name)) is not None}):
            is_trusted = found.account in trusted and found.who != ANONYMOUS
            self._services.answers.in_background(self._look_into_file(batch, found, is_trusted))

    async def _look_into_file(self, batch: int, found: UnansweredMessage, is_trusted: bool) -> None:
        """Tells superusers of a file that is named as one of codes, if some of these are unused: once a day and
        batch where the bot's account or a superuser sent it, else once a day and group."""
        try:
            async with self._services.application.database.read() as connection:
                stored = await code_store.find_batch(connection, batch)
        except CannotRead as error:
            self._services.warnings.warning(f"a file of codes was not looked at ({error.explanation.cause})")
            return
        if stored is not None and stored.unused:
            matter = f"file of codes in {found.group}" + (f" of batch {batch}" if is_trusted else "")
            notice = file_notice(found.who, found.group, batch, stored.unused)
            await self._services.notices.tell_superusers_daily(matter, notice, found.at)

    async def _look_into_forwards(self, bot: Bot, ids: Sequence[str], found: UnansweredMessage) -> None:
        """Revokes the codes in forwards, and tells superusers; also where one can't be opened."""
        codes: dict[str, None] = {}
        for forward_id in ids[:_MOST_FORWARDS]:
            try:
                texts = await self._services.downloads.forwarded_texts(bot, forward_id)
            except WrongUse:
                notice = unread_notice(found.who, found.group)
                await self._services.notices.tell_superusers_daily(
                    f"forward in {found.group}", notice, found.at
                )
                continue
            for text in texts:
                codes.update(dict.fromkeys(await asyncio.to_thread(find_codes, text)))
        if codes:
            sender = self._services.senders.of(bot)
            await revoke_unanswered(self._services, sender, found, list(codes)[:_MOST_CODES])


def file_notice(who: str, group: str, batch: int, unused: int) -> str:
    """Returns what superusers read of a file of codes in a group."""
    return (
        f"{who} 在群 {group} 里发了第 {batch} 批的卡密文件（看文件名；这批还有 {unused} 张没用）。"
        f"群里谁打开都能先用掉。真是卡密的话，请马上发“作废卡密 {batch}”，再另生成。"
    )


def unread_notice(who: str, group: str) -> str:
    """Returns what superusers read of a forward in a group that couldn't be opened."""
    return (
        f"{who} 在群 {group} 里发了转发，机器人打不开，没能看里面有没有卡密。有的话请马上发“作废卡密 批次”。"
    )


def _name(part: Any) -> str:
    name = part.data.get("name") or part.data.get("file") or ""
    return name if isinstance(name, str) else ""
