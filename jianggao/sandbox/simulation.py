"""Runs one simulation: the world, the bot's process, the connection between them, the clock and the
invariants.

The page and the scenario player act on it.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from jianggao.errors import CannotStart
from jianggao.install_paths import PROJECT, SAMPLE_LIBRARY
from jianggao.sandbox import cast
from jianggao.sandbox.bot_process import SandboxBotProcess
from jianggao.sandbox.invariants import ExpectedPace, InvariantMonitor, Violation
from jianggao.sandbox.known_texts import KnownTexts
from jianggao.sandbox.own_folder import refuse_overlap
from jianggao.sandbox.qq.actions import Actions
from jianggao.sandbox.qq.connection import BotConnection
from jianggao.sandbox.qq.faults import Faults
from jianggao.sandbox.qq.profiles import PROFILES
from jianggao.sandbox.qq.world import Chat, Message, World
from jianggao.settings import Settings, load_settings, read_environment

PAGE_PACE = {
    "SEND_INTERVAL": "0.2",
    "GROUP_SEND_INTERVAL": "0.4",
    "GROUP_SENDS_PER_MINUTE": "60",
    "ASKER_PER_MINUTE": "60",
    "GROUP_PER_MINUTE": "60",
    "QUIET_HOURS": "",
    "PUSH_INTERVAL": "1-2",
}
"""Settings of the bot behind the page: a pace quick enough to play with, and still one. Reminders come at any
hour, so that moving the clock shows them."""
BEGINS_BEFORE = timedelta(days=3)
"""How far back the clock stands while the scene is set, so that members have been there for some days."""
_PATIENCE = 20.0
"""Seconds that the bot is waited for."""
_POLL_INTERVAL = 0.01
_DASH = " —— "
"""What stands between a command's usage and its summary in the bot's 帮助."""

SimulationListener = Callable[[str, Any], None]
"""Gets each event and what it concerns: those of the world (`WorldListener`), `wire` (the four values of
`WireListener`), `violation` (a Violation), `bot` (started, connected or gone) and `now` (the clock was
moved)."""


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
        """Prepares a simulation in a folder. `settings` go over PAGE_PACE.

        With `url` (and `token`) it connects to a bot of somebody else and starts none. `home` is where a live
        bot would be. Raises CannotStart if the folder or the settings touch its data.
        """
        self.folder = folder
        chosen = {**PAGE_PACE, **(settings or {})}
        refuse_live_data(folder, chosen, home)
        self.bot = SandboxBotProcess(folder, library, f"{cast.SUPERUSER},{cast.PROBE}", chosen)
        self._starts_bot = url is None
        self.world = World(cast.BOT, self.now)
        cast.populate(self.world)
        self.ready = False
        """Whether the groups are bound and the members made, so that one may begin."""
        self.commands: list[dict[str, str]] = []
        """The commands that the bot lists in its 帮助: word, usage, summary."""
        self.is_settling = False
        """Whether `settle` is asking: such messages are no part of what happens."""
        self.settling_answers: set[int] = set()
        """The numbers of the bot's messages that answered `settle`."""
        self.faults = Faults()
        self.listeners: list[SimulationListener] = []
        pace = ExpectedPace(
            float(chosen["SEND_INTERVAL"]),
            float(chosen["GROUP_SEND_INTERVAL"]),
            int(chosen["GROUP_SENDS_PER_MINUTE"]),
        )
        self.monitor = InvariantMonitor(
            self.world, KnownTexts(self.bot.database), pace, time.monotonic, self._on_violation
        )
        self.actions = Actions(self.world, PROFILES[profile])
        self.connection = self._make_connection(
            url or self.bot.url, self.bot.token if token is None else token
        )
        self.world.listeners += [self.monitor.on_event, self.connection.on_event, self._notify]

    def _make_connection(self, url: str, token: str) -> BotConnection:
        return BotConnection(
            url,
            token,
            self.actions,
            self.faults,
            on_wire=self._on_wire,
            on_call=self.monitor.called,
            is_exempt=self._is_settling_call,
            on_change=lambda connected: self._notify("bot", connected),
        )

    def now(self) -> datetime:
        """Returns the simulated time, which the world and the bot share."""
        return datetime.now(timezone.utc) + self.bot.offset

    # --- opening and closing --------------------------------------------------------------------------------

    async def open(self) -> None:
        """Starts the bot, connects to it and sets the scene. Raises CannotStart or TimeoutError."""
        if self._starts_bot:
            self.bot.move_clock(-BEGINS_BEFORE)
            await self.bot.start()
        self.connection.open()
        await self.wait_until(lambda: self.connection.connected, "the bot did not let the sandbox connect")
        if self._starts_bot:
            await self._set_the_scene()
        self.ready = True
        self._notify("bot", None)

    async def close(self) -> None:
        """Closes the connection and ends the bot."""
        await self.connection.close()
        await self.bot.stop()

    async def _set_the_scene(self) -> None:
        """Binds the groups and makes the members by the operator's own commands, with the clock some days
        back."""
        operator = cast.SUPERUSER
        await self.ask(operator, Chat("group", cast.MEMBER_GROUP), "绑定会员群")
        await self.ask(operator, Chat("group", cast.FREE_GROUP), "绑定免费群")
        await self.ask(operator, Chat("private", operator), f"开通 {cast.MEMBER} 1年 样例会员")
        await self.ask(operator, Chat("private", operator), f"开通 {cast.EXPIRED} 1天 样例到期会员")
        await self.ask(operator, Chat("private", operator), f"开通 {cast.SECOND_MEMBER} 1年 样例会员")
        usage = await self.ask(operator, Chat("private", operator), "帮助")
        self.commands = [_command(line) for line in self.world.text_of(usage).splitlines() if _DASH in line]
        self.bot.move_clock(timedelta(0))
        self._notify("now", None)

    # --- acting ---------------------------------------------------------------------------------------------

    def say(
        self, speaker: str, chat: Chat, text: str, *, at: tuple[str, ...] = (), reply: int | None = None
    ) -> Message:
        """Adds a message with mentions (`at`) and a quotation (`reply`). Raises QQRefusal as QQ would."""
        parts: list[dict[str, Any]] = []
        if reply is not None:
            parts.append({"type": "reply", "data": {"id": str(reply)}})
        parts += [{"type": "at", "data": {"qq": account}} for account in at]
        if text:
            parts.append({"type": "text", "data": {"text": (" " if at else "") + text}})
        return self.world.say(speaker, chat, parts)

    async def ask(self, speaker: str, chat: Chat, text: str) -> Message:
        """Says something and returns the bot's next message in the same chat. Raises TimeoutError if none
        comes."""
        asked = self.say(speaker, chat, text)

        def answers() -> list[Message]:
            return [
                message
                for message in self.world.history(chat)
                if message.sender == self.world.bot and message.number > asked.number
            ]

        await self.wait_until(lambda: bool(answers()), f"no answer to {text}")
        return answers()[0]

    async def settle(self) -> None:
        """Waits until the bot has dealt with all that was said.

        It asks for help in a chat that nobody sees: the bot takes messages in order, so its answer comes
        after all others were begun; the second answer comes after all others were sent. Raises TimeoutError.
        """
        self.is_settling = True
        try:
            for _ in range(2):
                answer = await self.ask(cast.PROBE, Chat("private", cast.PROBE), "帮助 帮助")
                self.settling_answers.add(answer.number)
        finally:
            self.is_settling = False

    def advance(self, span: timedelta) -> None:
        """Moves the clock of the world and the bot on."""
        self.bot.move_clock(self.bot.offset + span)
        self._notify("now", None)

    async def restart(self, *, kill: bool) -> None:
        """Ends the bot (`kill`: with SIGKILL) and starts it again. Raises CannotStart or TimeoutError."""
        await (self.bot.kill() if kill else self.bot.stop())
        await self.wait_until(lambda: not self.connection.connected, "the line did not break")
        await self.bot.start()
        await self.wait_until(lambda: self.connection.connected, "the line was not taken up again")

    def use_profile(self, name: str) -> None:
        """Imitates another implementation from now on. Raises KeyError if there is none of that name."""
        self.actions.profile = PROFILES[name]

    async def wait_until(
        self, condition: Callable[[], bool], failure: str, patience: float = _PATIENCE
    ) -> None:
        """Waits until a condition holds. Raises TimeoutError with the text `failure` after `patience`
        seconds."""
        deadline = time.monotonic() + patience
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(failure)
            await asyncio.sleep(_POLL_INTERVAL)

    def _is_settling_call(self, action: str, params: dict[str, Any]) -> bool:
        return action == "send_private_msg" and str(params.get("user_id")) == cast.PROBE

    # --- events ---------------------------------------------------------------------------------------------

    def _notify(self, name: str, details: Any) -> None:
        for listener in list(self.listeners):
            listener(name, details)

    def _on_wire(self, direction: str, kind: str, name: str, content: dict[str, Any]) -> None:
        self._notify("wire", (direction, kind, name, content))

    def _on_violation(self, violation: Violation) -> None:
        self._notify("violation", violation)


def _command(line: str) -> dict[str, str]:
    """Returns the command that a line of 帮助 describes."""
    usage, _, summary = line.partition(_DASH)
    return {"word": usage.split()[0], "usage": usage.strip(), "summary": summary.strip()}


def refuse_live_data(folder: Path, settings: Mapping[str, str], home: Path) -> None:
    """Raises CannotStart if the sandbox would touch the data of the live bot in `home`, or be reachable from
    elsewhere."""
    if "DATABASE_FILE" in settings or "LIBRARY_DIR" in settings:
        raise CannotStart("沙盒用自己的数据库，不接受 DATABASE_FILE 或 LIBRARY_DIR。")
    if settings.get("HOST", "127.0.0.1") not in ("127.0.0.1", "localhost"):
        raise CannotStart("沙盒只在本机运行，HOST 只能是 127.0.0.1。")
    live = live_settings(home)
    for database in (live.database_file, home / "data" / "bot.db"):
        refuse_overlap(folder, database, live.library_dir)


def live_settings(home: Path) -> Settings:
    """Returns where the database and library of the live bot in `home` lie, by its `.env` and the environment
    as the bot itself reads them."""
    values = read_environment(home / ".env", os.environ)
    named: dict[str, str] = {
        name: values[name] for name in ("DATABASE_FILE", "LIBRARY_DIR") if name in values
    }
    return load_settings(named, home)
