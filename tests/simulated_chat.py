"""One account's QQ in this process: events go in, actions come out."""

from __future__ import annotations

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from implementation import Sent
from nonebot.adapters.onebot.v11 import Bot
from nonebot.message import handle_event

from jianggao.application import Application

SELF, SUPERUSER, MEMBER, VISITOR = 10001, 90001, 20001, 30001
MEMBER_GROUP, FREE_GROUP, UNBOUND_GROUP = 700001, 700002, 700003
PACELESS = {
    "SEND_INTERVAL": "0",
    "GROUP_SEND_INTERVAL": "0",
    "GROUP_SENDS_PER_MINUTE": "1000000",
    "ASKER_PER_MINUTE": "1000000",
    "GROUP_PER_MINUTE": "1000000",
}


def start(application: Application) -> None:
    """Makes a bot on this application the running one."""
    from jianggao.chat.running_bot import RunningBot, set_running_bot

    set_running_bot(RunningBot(application))


async def stop() -> None:
    """Ends the running bot, if there is one; its application stays open."""
    from jianggao.chat.running_bot import get_running_bot, set_running_bot

    with suppress(RuntimeError):
        await get_running_bot().services.close()
    set_running_bot(None)


class Chat:
    """One account's QQ: `say` an event and get what was sent because of it. `answer` may refuse an action."""

    def __init__(self, application: Application, clock: Any) -> None:
        from jianggao.chat.connection.adapter import FilteringAdapter

        chat = self

        class Wire(FilteringAdapter):
            def __init__(self) -> None:
                """No driver: nothing is connected."""

            async def _call_api(self, bot: Any, api: str, **data: Any) -> Any:
                return await chat._act(api, data)

        self.application = application
        self.clock = clock
        self.bot = Bot(Wire(), str(SELF))
        self.sent: list[Sent] = []
        self.actions: list[str] = []
        self.nicknames: dict[int, str] = {}
        """What people call themselves; others have no nickname, so that answers have their numbers alone."""
        self.answer: Callable[[str, dict[str, Any]], Any] = lambda action, data: None
        self._ids = itertools.count(1)

    @property
    def services(self) -> Any:
        """What the running bot remembers."""
        from jianggao.chat.running_bot import get_running_bot

        return get_running_bot().services

    @property
    def admission(self) -> Any:
        from jianggao.chat.running_bot import get_running_bot

        return get_running_bot().admission

    def forget(self) -> None:
        """What the bot remembers of messages and people is gone, as after a restart; the application stays
        open."""
        start(self.application)

    async def _act(self, api: str, data: dict[str, Any]) -> Any:
        data.pop("_timeout", None)
        self.actions.append(api)
        answer = self.answer(api, data)
        if asyncio.iscoroutine(answer):
            answer = await answer
        if answer is not None:
            return answer
        self.sent.append(Sent(api, data, self.clock.monotonic()))
        return {"message_id": next(self._ids)}

    def event(
        self, text: str | list[dict[str, Any]], person: int, group: int | None = None, **fields: Any
    ) -> dict[str, Any]:
        segments = [{"type": "text", "data": {"text": text}}] if isinstance(text, str) else text
        event: dict[str, Any] = {
            "time": int(self.clock.now.timestamp()),
            "self_id": SELF,
            "post_type": "message",
            "message_type": "private" if group is None else "group",
            "sub_type": "friend" if group is None else "normal",
            "message_id": next(self._ids),
            "user_id": person,
            "message": segments,
            "raw_message": "",
            "font": 0,
            "sender": {"user_id": person, "nickname": self.nicknames.get(person, "")},
        }
        return {**event, **({} if group is None else {"group_id": group}), **fields}

    async def send(self, event: dict[str, Any]) -> list[Sent]:
        before = len(self.sent)
        parsed = self.bot.adapter.json_to_event(event)
        if parsed is not None:
            await handle_event(self.bot, parsed)
        return self.sent[before:]

    async def say(
        self, text: str | list[dict[str, Any]], person: int, group: int | None = None, **fields: Any
    ) -> list[Sent]:
        return await self.send(self.event(text, person, group, **fields))

    async def ask(
        self, text: str | list[dict[str, Any]], person: int, group: int | None = None, **fields: Any
    ) -> str:
        """The one answer's text."""
        answers = await self.say(text, person, group, **fields)
        assert len(answers) == 1, [one.text for one in answers]
        return answers[0].text


@dataclass
class Heard:
    """Which messages a dialogue's handler was given, and to which it has answered."""

    reached: dict[str, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))
    answered: list[str] = field(default_factory=list)


def watched(chat: Chat, account: str) -> Heard:
    """The open dialogue of the account, looked at from beside."""
    conversations = chat.services.conversations
    heard, found = Heard(), conversations._open[account]

    async def handler(request: Any) -> Any:
        heard.reached[request.message.text].set()
        answer = await found.command.handler(request)
        heard.answered.append(request.message.text)
        return answer

    conversations._open[account] = replace(found, command=replace(found.command, handler=handler))
    return heard


def group_event(words: str) -> dict[str, Any]:
    """What somebody typed in the free group, as an implementation sends it."""
    return {
        "post_type": "message",
        "message_type": "group",
        "self_id": SELF,
        "user_id": VISITOR,
        "group_id": FREE_GROUP,
        "sub_type": "normal",
        "message_id": 1,
        "time": 1,
        "font": 0,
        "raw_message": "",
        "sender": {},
        "message": [{"type": "text", "data": {"text": words}}],
    }
