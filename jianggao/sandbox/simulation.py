"""Everything together: the world, the line, the bot, the clock, the watch. What the page and the stories act on."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from jianggao.errors import CannotStart
from jianggao.layout import PROJECT, SAMPLE_LIBRARY
from jianggao.sandbox import cast
from jianggao.sandbox.bot_process import BotProcess
from jianggao.sandbox.invariants import Broken, KnownTexts, ObservedPace, Watch
from jianggao.sandbox.own_folder import refuse_near
from jianggao.sandbox.qq.actions import Actions
from jianggao.sandbox.qq.connection import BotConnection
from jianggao.sandbox.qq.faults import Faults
from jianggao.sandbox.qq.profiles import PROFILES
from jianggao.sandbox.qq.world import Chat, Message, World
from jianggao.settings import Settings, load_settings, read_environment

GENTLE = {
    "SEND_INTERVAL": "0.2",
    "GROUP_SEND_INTERVAL": "0.4",
    "GROUP_SENDS_PER_MINUTE": "60",
    "ASKER_PER_MINUTE": "60",
    "GROUP_PER_MINUTE": "60",
}
"""The page's pace: quick enough to play with."""
BEGINS_BEFORE = timedelta(days=3)
"""How far back the clock stands while the scene is set: members have been there for some days."""
_PATIENCE = 20.0
_DASH = " —— "

Listener = Callable[[str, Any], None]


class Simulation:
    """One run of the sandbox. `open` it, act, `close` it."""

    def __init__(
        self,
        folder: Path,
        *,
        library: Path = SAMPLE_LIBRARY,
        profile: str = "napcat",
        settings: Mapping[str, str] | None = None,
        url: str | None = None,
        token: str | None = None,
        home: Path = PROJECT,
    ) -> None:
        """With `url` (and `token`) it serves somebody else's bot, and starts none. `home` is where a live bot
        would be: nothing of it is touched."""
        self.folder = folder
        chosen = {**GENTLE, **(settings or {})}
        refuse_live(folder, chosen, home)
        self.bot = BotProcess(folder, library, f"{cast.SUPERUSER},{cast.WATCHER}", chosen)
        self._own = url is None
        self.world = World(cast.BOT, self.now)
        cast.people_the_world(self.world)
        self.ready = False
        """Whether the scene is set."""
        self.commands: list[dict[str, str]] = []
        """What the bot says one can type: word, usage, summary."""
        self.fencing = False
        """Whether what is being said only finds out that the bot has nothing more to say."""
        self.fence: set[int] = set()
        """The bot's messages that answered it."""
        self.faults = Faults()
        self.listeners: list[Listener] = []
        pace = ObservedPace(
            float(chosen["SEND_INTERVAL"]),
            float(chosen["GROUP_SEND_INTERVAL"]),
            int(chosen["GROUP_SENDS_PER_MINUTE"]),
        )
        self.watch = Watch(self.world, KnownTexts(self.bot.database), pace, time.monotonic, self._broken)
        self.actions = Actions(self.world, PROFILES[profile])
        self.line = BotConnection(
            url or self.bot.url,
            self.bot.token if token is None else token,
            self.actions,
            self.faults,
            on_wire=self._wire,
            on_call=self.watch.called,
            is_exempt=self._is_fence,
            on_change=lambda connected: self._tell("bot", connected),
        )
        self.world.listeners += [self.watch.happened, self.line.happened, self._happened]

    def now(self) -> datetime:
        """The world's time, which is the bot's too."""
        return datetime.now(timezone.utc) + self.bot.offset

    # --- from the start to the end ------------------------------------------------------------------------------

    async def open(self) -> None:
        """Start the bot, connect, and set the scene."""
        if self._own:
            self.bot.move_clock(-BEGINS_BEFORE)
            await self.bot.start()
        self.line.open()
        await self.until(lambda: self.line.connected, "the bot did not let the sandbox connect")
        if self._own:
            await self._set_the_scene()
        self.ready = True
        self._tell("bot", None)

    async def close(self) -> None:
        """Hang up and end the bot."""
        await self.line.close()
        await self.bot.stop()

    async def _set_the_scene(self) -> None:
        """Groups are bound and members made by the operator's own commands, some days ago."""
        boss = cast.SUPERUSER
        await self.ask(boss, Chat("group", cast.MEMBER_GROUP), "绑定会员群")
        await self.ask(boss, Chat("group", cast.FREE_GROUP), "绑定免费群")
        await self.ask(boss, Chat("private", boss), f"开通 {cast.MEMBER} 1年 样例会员")
        await self.ask(boss, Chat("private", boss), f"开通 {cast.EXPIRED} 1天 样例到期会员")
        await self.ask(boss, Chat("private", boss), f"开通 {cast.SECOND_MEMBER} 1年 样例会员")
        told = await self.ask(boss, Chat("private", boss), "帮助")
        self.commands = [_command(line) for line in self.world.text_of(told).splitlines() if _DASH in line]
        self.bot.move_clock(timedelta(0))
        self._tell("now", None)

    # --- acting -------------------------------------------------------------------------------------------------

    def say(
        self, speaker: str, chat: Chat, text: str, *, at: tuple[str, ...] = (), reply: int | None = None
    ) -> Message:
        """Someone says something. Raises Refusal as QQ would."""
        parts: list[dict[str, Any]] = []
        if reply is not None:
            parts.append({"type": "reply", "data": {"id": str(reply)}})
        parts += [{"type": "at", "data": {"qq": account}} for account in at]
        if text:
            parts.append({"type": "text", "data": {"text": (" " if at else "") + text}})
        return self.world.say(speaker, chat, parts)

    async def ask(self, speaker: str, chat: Chat, text: str) -> Message:
        """Say something and wait for the bot's next message in the same chat."""
        asked = self.say(speaker, chat, text)
        found: list[Message] = []

        def answered() -> bool:
            found[:] = [
                one
                for one in self.world.history(chat)
                if one.sender == self.world.bot and one.number > asked.number
            ]
            return bool(found)

        await self.until(answered, f"no answer to {text}")
        return found[0]

    async def quiet(self) -> None:
        """Until the bot has dealt with all that was said: a command behind it is answered in another chat."""
        self.fencing = True
        try:
            for _ in range(2):
                answer = await self.ask(cast.WATCHER, Chat("private", cast.WATCHER), "帮助 帮助")
                self.fence.add(answer.number)
        finally:
            self.fencing = False

    def advance(self, span: timedelta) -> None:
        """Move the clock, the world's and the bot's."""
        self.bot.move_clock(self.bot.offset + span)
        self._tell("now", None)

    async def restart(self, *, kill: bool) -> None:
        """End the bot, with or without a farewell, and start it again."""
        await (self.bot.kill() if kill else self.bot.stop())
        await self.until(lambda: not self.line.connected, "the line did not break")
        await self.bot.start()
        await self.until(lambda: self.line.connected, "the line was not taken up again")

    def use_profile(self, name: str) -> None:
        """Behave as another implementation from now on. Raises KeyError."""
        self.actions.profile = PROFILES[name]

    async def until(self, wanted: Callable[[], bool], otherwise: str, patience: float = _PATIENCE) -> None:
        """Wait until something is so. Raises TimeoutError."""
        deadline = time.monotonic() + patience
        while not wanted():
            if time.monotonic() > deadline:
                raise TimeoutError(otherwise)
            await asyncio.sleep(0.01)

    def _is_fence(self, action: str, params: dict[str, Any]) -> bool:
        return action == "send_private_msg" and str(params.get("user_id")) == cast.WATCHER

    # --- telling ------------------------------------------------------------------------------------------------

    def _tell(self, what: str, about: Any) -> None:
        for listener in list(self.listeners):
            listener(what, about)

    def _happened(self, what: str, about: dict[str, Any]) -> None:
        self._tell(what, about)

    def _wire(self, direction: str, kind: str, name: str, content: dict[str, Any]) -> None:
        self._tell("wire", (direction, kind, name, content))

    def _broken(self, broken: Broken) -> None:
        self._tell("broken", broken)


def _command(line: str) -> dict[str, str]:
    """A line of 帮助."""
    usage, _, summary = line.partition(_DASH)
    return {"word": usage.split()[0], "usage": usage.strip(), "summary": summary.strip()}


def refuse_live(folder: Path, settings: Mapping[str, str], home: Path) -> None:
    """The sandbox never touches what a live bot lives on. Raises CannotStart."""
    if "DATABASE_FILE" in settings or "LIBRARY_DIR" in settings:
        raise CannotStart("沙盒用自己的数据库，不接受 DATABASE_FILE 或 LIBRARY_DIR。")
    if settings.get("HOST", "127.0.0.1") not in ("127.0.0.1", "localhost"):
        raise CannotStart("沙盒只在本机运行，HOST 只能是 127.0.0.1。")
    live = live_settings(home)
    for database in (live.database_file, home / "data" / "bot.db"):
        refuse_near(folder, database, live.library_dir)


def live_settings(home: Path) -> Settings:
    """Returns where the database and library of the live bot in `home` lie, by its `.env` and the environment as the
    bot itself reads them."""
    values = read_environment(home / ".env", os.environ)
    named: dict[str, str] = {
        name: values[name] for name in ("DATABASE_FILE", "LIBRARY_DIR") if name in values
    }
    return load_settings(named, home)
