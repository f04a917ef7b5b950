"""Carries out what a page asks for: messages, faults, the clock, the bot's process, recorded scenarios."""

from __future__ import annotations

import asyncio
import base64
import binascii
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from jianggao.errors import JianggaoError
from jianggao.sandbox import cast
from jianggao.sandbox.qq.world import MUTED, NOT_A_FRIEND, REMOVED, Chat, Message, QQRefusal
from jianggao.sandbox.scenario_player.player import ScenarioFailed, ScenarioPlayer
from jianggao.sandbox.scenario_player.recorder import ScenarioRecorder
from jianggao.sandbox.scenario_player.steps import read_scenario
from jianggao.sandbox.simulation import Simulation
from jianggao.sandbox.web.page_state import PageState
from jianggao.sandbox.web.viewers import Viewer, Viewers

_LARGEST_FILE = 20 * 1024 * 1024
_FILE_NAME_LENGTH = 120
_FURTHEST_ADVANCE = 3660
"""Days that the clock may go on at once."""
_REFUSALS = {
    NOT_A_FRIEND: "还不是机器人的好友，发不了私聊。先加好友。",
    REMOVED: "不在这个群里，说不了话。",
    MUTED: "被禁言了，说不了话。",
}

logger = logging.getLogger(__name__)

PageCommand = dict[str, Any]
"""What a page sends: `do` names what to do, the rest are its parameters."""


class PageCommands:
    """Carries out the commands of all pages on one simulation, and records them as a scenario."""

    def __init__(self, simulation: Simulation, state: PageState, viewers: Viewers) -> None:
        self._simulation = simulation
        self._state = state
        self._viewers = viewers
        self._recorder = ScenarioRecorder(simulation)
        self._is_recording = False
        self._replaying = asyncio.Lock()
        self._handlers: dict[str, Callable[[PageCommand, Viewer], Awaitable[None]]] = {
            "say": self._say,
            "file": self._send_file,
            "advance": self._advance,
            "fault": self._add_fault,
            "clear_faults": self._clear_faults,
            "profile": self._use_profile,
            "bot": self._act_on_bot,
            "join": self._ask_to_join,
            "answer_request": self._answer_request,
            "mute": self._mute,
            "befriend": self._befriend,
            "save": self._save,
            "replay": self._replay,
            "reset": self._reset,
        }

    async def carry_out(self, command: Any, viewer: Viewer) -> None:
        """Does what a page asks. Nothing is raised: that page is shown why something cannot be done."""
        if not self._simulation.ready:
            viewer.show_error("正在布置场景，稍等几秒。")
            return
        try:
            await self._handlers[command["do"]](command, viewer)
        except QQRefusal as error:
            viewer.show_error(_REFUSALS.get(error.result, str(error)))
        except (JianggaoError, TimeoutError) as error:
            viewer.show_error(str(error))
        except (KeyError, ValueError, TypeError) as error:
            logger.warning("a page asked for something odd: %r", error)
            viewer.show_error(f"做不到：{error}")

    # --- recording ------------------------------------------------------------------------------------------

    def start_recording(self) -> None:
        """Records from now on: called when the scene is set, so that setting it is no part of a scenario."""
        self._is_recording = True

    def record_answer(self, message: Message) -> None:
        """Records a message of the bot as what is expected next time."""
        if self._is_recording:
            self._recorder.answered(message)

    async def _save(self, command: PageCommand, viewer: Viewer) -> None:
        viewer.show({"type": "scenario", "yaml": self._recorder.to_yaml()})

    async def _replay(self, command: PageCommand, viewer: Viewer) -> None:
        scenario = read_scenario(str(command["yaml"]), "这个场景")
        if self._replaying.locked():
            raise ValueError("上一个场景还没演完")
        async with self._replaying:
            lines: list[str] = []
            # What is played again must not be recorded on top of what was played.
            self._is_recording = False
            player = ScenarioPlayer(self._simulation, lines.append)
            try:
                self._simulation.use_profile(scenario.profile)
                await player.play(scenario)
                viewer.show({"type": "replayed", "ok": True, "log": "\n".join(lines)})
            except ScenarioFailed as error:
                viewer.show({"type": "replayed", "ok": False, "log": "\n".join([*lines, f"✗ {error}"])})
            finally:
                player.detach()
                self._is_recording = True

    async def _reset(self, command: PageCommand, viewer: Viewer) -> None:
        """Empties the chats, faults, log and recording; the bot and its members stay as they are."""
        self._simulation.world.messages.clear()
        self._simulation.faults.clear()
        self._simulation.monitor.violations.clear()
        self._state.clear_wire()
        self._recorder = ScenarioRecorder(self._simulation)
        self._viewers.show(self._state.whole())

    # --- chats ----------------------------------------------------------------------------------------------

    async def _say(self, command: PageCommand, viewer: Viewer) -> None:
        chat, speaker, text = Chat.read(command["chat"]), str(command["as"]), str(command["text"])
        mentions = tuple(str(account) for account in command.get("at") or ())
        quoted = command.get("reply")
        number = None if quoted is None else int(str(quoted).removeprefix("m"))
        self._recorder.said(speaker, chat, text, mentions)
        self._simulation.say(speaker, chat, text, at=mentions, reply=number)

    async def _send_file(self, command: PageCommand, viewer: Viewer) -> None:
        try:
            content = base64.b64decode(command["content"], validate=True)
        except binascii.Error:
            raise ValueError("文件没有传完整") from None
        if len(content) > _LARGEST_FILE:
            raise ValueError("文件超过 20 MB")
        name = str(command["name"]).replace("/", "_").replace("\\", "_")[:_FILE_NAME_LENGTH]
        self._simulation.world.send_file(str(command["as"]), Chat.read(command["chat"]), name, content)

    async def _ask_to_join(self, command: PageCommand, viewer: Viewer) -> None:
        account, group = str(command["as"]), str(command["group"])
        comment = str(command.get("comment") or "")
        self._recorder.did("ask_to_join", **{"as": account, "in": group, "text": comment})
        self._simulation.world.ask_to_join(account, group, comment)

    async def _answer_request(self, command: PageCommand, viewer: Viewer) -> None:
        flag, approve = str(command["flag"]), bool(command["approve"])
        self._simulation.world.answer_request(flag, approve=approve, by=cast.SUPERUSER)

    async def _mute(self, command: PageCommand, viewer: Viewer) -> None:
        group, seconds = str(command["group"]), int(command["seconds"])
        self._recorder.did("mute", **{"in": group, "seconds": seconds})
        self._simulation.world.mute(self._simulation.world.bot, group, seconds, by=cast.SUPERUSER)

    async def _befriend(self, command: PageCommand, viewer: Viewer) -> None:
        account, friend = str(command["as"]), bool(command["friend"])
        self._recorder.did("befriend", **{"as": account, "friend": friend})
        self._simulation.world.befriend(account, friend=friend)
        # The world reports only new friends; the page must also learn of one who is none any more.
        self._viewers.show({"type": "chats", "chats": self._state.chats()})

    # --- the clock, faults, the bot -------------------------------------------------------------------------

    async def _advance(self, command: PageCommand, viewer: Viewer) -> None:
        days = float(command["days"])
        if not 0 <= days <= _FURTHEST_ADVANCE:
            raise ValueError("一次最多往后十年")
        self._recorder.did("advance", days=days)
        self._simulation.advance(timedelta(days=days))

    async def _add_fault(self, command: PageCommand, viewer: Viewer) -> None:
        name, count = str(command["name"]), int(command.get("count") or 1)
        value = float(command.get("value") or 0)
        self._simulation.faults.add(name, count, value)
        self._recorder.did("fault", name=name, count=count, value=value)
        self._viewers.show({"type": "faults", "active": self._state.faults()})

    async def _clear_faults(self, command: PageCommand, viewer: Viewer) -> None:
        self._simulation.faults.clear()
        self._viewers.show({"type": "faults", "active": []})

    async def _use_profile(self, command: PageCommand, viewer: Viewer) -> None:
        self._simulation.use_profile(str(command["name"]))
        self._viewers.show({"type": "profile", "profile": self._simulation.actions.profile.name})

    async def _act_on_bot(self, command: PageCommand, viewer: Viewer) -> None:
        act, simulation = command["act"], self._simulation
        if act == "start":
            await simulation.bot.start()
        elif act == "stop":
            await simulation.bot.stop()
        elif act == "kill":
            await simulation.bot.kill()
        elif act == "restart":
            self._recorder.did("restart")
            await simulation.restart(kill=False)
        elif act == "disconnect":
            self._recorder.did("disconnect")
            await simulation.connection.drop()
        else:
            raise ValueError(f"不认得 {act}")
        self._viewers.show({"type": "bot", "bot": self._state.bot()})
