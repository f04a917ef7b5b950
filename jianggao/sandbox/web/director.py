"""Between the page and the stage: what the page is shown, and what it may do."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from jianggao.errors import JianggaoError
from jianggao.sandbox import cast
from jianggao.sandbox.qq.faults import KINDS
from jianggao.sandbox.qq.profiles import PROFILES
from jianggao.sandbox.qq.world import Chat, Message, QQRefusal
from jianggao.sandbox.scenario_player.player import Failed, Player, Recorder
from jianggao.sandbox.scenario_player.steps import read_story
from jianggao.sandbox.simulation import Simulation

ZONE = ZoneInfo("Asia/Shanghai")
_WIRE_KEPT = 300
_MESSAGES_SHOWN = 300
_LONGEST_WIRE = 20_000
_PREVIEW_LINES = 3
_LARGEST_FILE = 20 * 1024 * 1024
_CLOCK_EVERY = 15.0

logger = logging.getLogger(__name__)

Send = Callable[[Any], Awaitable[None]]


class Seat:
    """One page that watches; what it is to be sent waits in order."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def show(self, what: dict[str, Any]) -> None:
        """Send this when its turn comes."""
        self._waiting.put_nowait(what)

    async def send_all(self) -> None:
        """Send what waits, until cancelled."""
        while True:
            await self._send(await self._waiting.get())


class Director:
    """Keeps the pages in step with the stage and carries out what they ask."""

    def __init__(self, stage: Simulation) -> None:
        self.stage = stage
        self._seats: list[Seat] = []
        self._wire: deque[dict[str, Any]] = deque(maxlen=_WIRE_KEPT)
        self._recorder = Recorder(stage)
        self._recording = False
        self._replaying: asyncio.Lock = asyncio.Lock()
        self._doing: dict[str, Callable[[dict[str, Any], Seat], Awaitable[None]]] = {
            "say": self._say,
            "file": self._file,
            "advance": self._advance,
            "fault": self._fault,
            "clear_faults": self._clear_faults,
            "profile": self._profile,
            "bot": self._bot,
            "join": self._join,
            "answer_request": self._answer_request,
            "mute": self._mute,
            "befriend": self._befriend,
            "save": self._save,
            "replay": self._replay,
            "reset": self._reset,
        }
        stage.listeners.append(self._happened)

    # --- showing ------------------------------------------------------------------------------------------------

    @contextmanager
    def audience(self, send: Send) -> Iterator[Seat]:
        """A page that watches, from a whole picture on."""
        seat = Seat(send)
        seat.show(self.state())
        self._seats.append(seat)
        try:
            yield seat
        finally:
            self._seats.remove(seat)

    def show_all(self) -> None:
        """A whole picture for every page: the scene is set, and what is done from now on is recorded."""
        self._recording = True
        self._show(self.state())

    def say_error(self, text: str) -> None:
        """Tell every page what went wrong."""
        self._show({"type": "error", "text": text})

    def _show(self, what: dict[str, Any]) -> None:
        for seat in self._seats:
            seat.show(what)

    def state(self) -> dict[str, Any]:
        """The whole picture."""
        stage, world = self.stage, self.stage.world
        chats = [Chat("group", number) for number in world.groups]
        chats += [Chat("private", person.account) for person, _ in cast.PEOPLE]
        return {
            "type": "state",
            "now": self._now(),
            "bot": self._bot_state(),
            "profile": stage.actions.profile.name,
            "profiles": [{"name": one.name, "about": one.about} for one in PROFILES.values()],
            "personas": [
                {"account": person.account, "name": person.name, "role": person.part, "about": person.about}
                for person, _ in cast.PEOPLE
            ],
            "chats": self._chats(),
            "messages": {
                str(chat): [self.message(one) for one in world.history(chat)[-_MESSAGES_SHOWN:]]
                for chat in chats
            },
            "requests": self._requests(),
            "commands": stage.commands,
            "faults": {
                "available": [
                    {"name": kind.name, "about": kind.about, "needs_value": kind.needs_value}
                    for kind in KINDS.values()
                ],
                "active": self._faults(),
            },
            "broken": [self._broken(one) for one in stage.watch.broken],
            "wire": list(self._wire),
            "tour": [
                {"title": one.title, "say": one.say, "as": one.speaker, "chat": one.chat, "about": one.about}
                for one in cast.TOUR
            ],
        }

    def message(self, message: Message) -> dict[str, Any]:
        """A message as the page shows it."""
        quoted = [part for part in message.parts if part["type"] == "reply"]
        parts = [self._part(part) for part in message.parts if part["type"] != "reply"]
        return {
            "id": f"m{message.number}",
            "chat": str(message.chat),
            "sender": message.sender,
            "name": self.stage.world.name_of(message.sender),
            "at": _local(message.at),
            "reply": self._quoted(quoted[0]) if quoted else None,
            "parts": parts,
            "recalled": message.recalled,
        }

    def _quoted(self, part: dict[str, Any]) -> dict[str, Any] | None:
        known = self.stage.world.messages.get(abs(int(part["data"]["id"])))
        if known is None:
            return None
        name = self.stage.world.name_of(known.sender)
        return {"id": f"m{known.number}", "name": name, "text": known.text[:60]}

    def _part(self, part: dict[str, Any]) -> dict[str, Any]:
        data, world = part["data"], self.stage.world
        if part["type"] == "text":
            return {"type": "text", "text": data.get("text", "")}
        if part["type"] == "at":
            return {"type": "at", "account": str(data.get("qq")), "name": world.name_of(str(data.get("qq")))}
        if part["type"] == "file":
            size = int(data.get("file_size", 0))
            return {"type": "file", "name": data.get("file"), "size": size, "file": data.get("file_id")}
        if part["type"] == "forward" and data.get("id") in world.forwards:
            nodes = world.forwards[data["id"]].nodes
            preview = [f"{node.name}：{node.text[:40]}" for node in nodes[:_PREVIEW_LINES]]
            return {
                "type": "forward",
                "title": "聊天记录",
                "count": len(nodes),
                "preview": preview,
                "forward": data["id"],
            }
        return {"type": "image", "name": str(data.get("file", part["type"]))}

    def forward(self, number: str) -> dict[str, Any]:
        """A forward opened."""
        nodes = self.stage.world.forwards[number].nodes
        return {
            "title": "聊天记录",
            "nodes": [{"name": node.name, "at": _local(node.at), "text": node.text} for node in nodes],
        }

    def _chats(self) -> list[dict[str, Any]]:
        world = self.stage.world
        groups = [
            {
                "id": f"group:{group.number}",
                "kind": "group",
                "name": group.name,
                "about": group.about,
                "members": [
                    {"account": account, "name": world.name_of(account), "role": role.value}
                    for account, role in group.roles.items()
                ],
                "muted": world.is_muted(world.bot, group.number),
            }
            for group in world.groups.values()
        ]
        private = [
            {
                "id": f"private:{person.account}",
                "kind": "private",
                "person": person.account,
                "name": world.name_of(world.bot),
                "friend": person.account in world.friends,
            }
            for person, _ in cast.PEOPLE
        ]
        return groups + private

    def _requests(self) -> list[dict[str, Any]]:
        world = self.stage.world
        return [
            {
                "flag": one.flag,
                "group": one.group,
                "group_name": world.groups[one.group].name if one.group else "",
                "account": one.account,
                "name": world.name_of(one.account),
                "comment": one.comment,
            }
            for one in world.requests.values()
        ]

    def _faults(self) -> list[dict[str, Any]]:
        return [{"name": one.name, "left": one.left, "value": one.value} for one in self.stage.faults.active]

    def _bot_state(self) -> dict[str, Any]:
        world = self.stage.world
        return {
            "account": world.bot,
            "name": world.name_of(world.bot),
            "running": self.stage.bot.running,
            "connected": self.stage.ready and self.stage.line.connected,
        }

    def _broken(self, broken: Any) -> dict[str, Any]:
        return {"what": broken.what, "detail": broken.detail, "at": self._now()}

    def _now(self) -> str:
        return _local(self.stage.now())

    def _happened(self, what: str, about: Any) -> None:
        if what == "message":
            message: Message = about["message"]
            if self._recording and message.sender == self.stage.world.bot:
                self._recorder.answered(message)
            self._show({"type": "message", "message": self.message(message)})
        elif what == "recalled":
            self._show({"type": "message", "message": self.message(about["message"])})
        elif what == "wire":
            self._show({"type": "wire", "entry": self._wire_entry(*about)})
            self._show({"type": "faults", "active": self._faults()})
        elif what == "broken":
            self._show({"type": "broken", "invariant": self._broken(about)})
        elif what == "bot":
            self._show({"type": "bot", "bot": self._bot_state()})
        elif what == "now":
            self._show({"type": "now", "now": self._now()})
        elif what in ("request", "requests"):
            self._show({"type": "requests", "requests": self._requests()})
        if what in ("joined", "left", "muted", "friend_add"):
            self._show({"type": "chats", "chats": self._chats()})

    def _wire_entry(self, direction: str, kind: str, name: str, content: dict[str, Any]) -> dict[str, Any]:
        text = json.dumps(content, ensure_ascii=False, indent=1)
        entry = {
            "at": self._now(),
            "direction": direction,
            "kind": kind,
            "name": name,
            "text": text if len(text) <= _LONGEST_WIRE else text[:_LONGEST_WIRE] + "…",
        }
        self._wire.append(entry)
        return entry

    # --- doing --------------------------------------------------------------------------------------------------

    async def take(self, wish: Any, seat: Seat) -> None:
        """Do what a page asks; what can't be done is told to that page."""
        if not self.stage.ready:
            seat.show({"type": "error", "text": "正在布置场景，稍等几秒。"})
            return
        try:
            await self._doing[wish["do"]](wish, seat)
        except QQRefusal as error:
            seat.show({"type": "error", "text": _REFUSALS.get(error.result, str(error))})
        except (JianggaoError, TimeoutError) as error:
            seat.show({"type": "error", "text": str(error)})
        except (KeyError, ValueError, TypeError) as error:
            logger.warning("a page asked for something odd: %r", error)
            seat.show({"type": "error", "text": f"做不到：{error}"})

    async def _say(self, wish: dict[str, Any], seat: Seat) -> None:
        chat, speaker = Chat.read(wish["chat"]), str(wish["as"])
        mentions = tuple(str(account) for account in wish.get("at") or ())
        reply = wish.get("reply")
        number = None if reply is None else int(str(reply).removeprefix("m"))
        text = str(wish["text"])
        self._recorder.say(speaker, chat, text, mentions)
        self.stage.say(speaker, chat, text, at=mentions, reply=number)

    async def _file(self, wish: dict[str, Any], seat: Seat) -> None:
        try:
            content = base64.b64decode(wish["content"], validate=True)
        except binascii.Error:
            raise ValueError("文件没有传完整") from None
        if len(content) > _LARGEST_FILE:
            raise ValueError("文件超过 20 MB")
        name = str(wish["name"]).replace("/", "_").replace("\\", "_")[:120]
        self.stage.world.send_file(str(wish["as"]), Chat.read(wish["chat"]), name, content)

    async def _advance(self, wish: dict[str, Any], seat: Seat) -> None:
        days = float(wish["days"])
        if not 0 <= days <= 3660:
            raise ValueError("一次最多往后十年")
        self._recorder.did("advance", days=days)
        self.stage.advance(timedelta(days=days))

    async def _fault(self, wish: dict[str, Any], seat: Seat) -> None:
        name, count, value = str(wish["name"]), int(wish.get("count") or 1), float(wish.get("value") or 0)
        self.stage.faults.add(name, count, value)
        self._recorder.did("fault", name=name, count=count, value=value)
        self._show({"type": "faults", "active": self._faults()})

    async def _clear_faults(self, wish: dict[str, Any], seat: Seat) -> None:
        self.stage.faults.clear()
        self._show({"type": "faults", "active": []})

    async def _profile(self, wish: dict[str, Any], seat: Seat) -> None:
        self.stage.use_profile(str(wish["name"]))
        self._show({"type": "profile", "profile": self.stage.actions.profile.name})

    async def _bot(self, wish: dict[str, Any], seat: Seat) -> None:
        act, stage = wish["act"], self.stage
        if act == "start":
            await stage.bot.start()
        elif act == "stop":
            await stage.bot.stop()
        elif act == "kill":
            await stage.bot.kill()
        elif act == "restart":
            self._recorder.did("restart")
            await stage.restart(kill=False)
        elif act == "disconnect":
            self._recorder.did("disconnect")
            await stage.line.drop()
        else:
            raise ValueError(f"不认得 {act}")
        self._show({"type": "bot", "bot": self._bot_state()})

    async def _join(self, wish: dict[str, Any], seat: Seat) -> None:
        self.stage.world.ask_to_join(str(wish["as"]), str(wish["group"]), str(wish.get("comment") or ""))

    async def _answer_request(self, wish: dict[str, Any], seat: Seat) -> None:
        self.stage.world.answer_request(str(wish["flag"]), approve=bool(wish["approve"]), by=cast.SUPERUSER)

    async def _mute(self, wish: dict[str, Any], seat: Seat) -> None:
        group, seconds = str(wish["group"]), int(wish["seconds"])
        self._recorder.did("mute", **{"in": group, "seconds": seconds})
        self.stage.world.mute(self.stage.world.bot, group, seconds, by=cast.SUPERUSER)

    async def _befriend(self, wish: dict[str, Any], seat: Seat) -> None:
        account, friend = str(wish["as"]), bool(wish["friend"])
        self._recorder.did("befriend", **{"as": account, "friend": friend})
        self.stage.world.befriend(account, friend=friend)
        self._show({"type": "chats", "chats": self._chats()})

    async def _save(self, wish: dict[str, Any], seat: Seat) -> None:
        seat.show({"type": "scenario", "yaml": self._recorder.to_yaml()})

    async def _replay(self, wish: dict[str, Any], seat: Seat) -> None:
        story = read_story(str(wish["yaml"]), "这个场景")
        if self._replaying.locked():
            raise ValueError("上一个场景还没演完")
        async with self._replaying:
            lines: list[str] = []
            self._recording = False
            player = Player(self.stage, lines.append)
            try:
                self.stage.use_profile(story.profile)
                await player.play(story)
                seat.show({"type": "replayed", "ok": True, "log": "\n".join(lines)})
            except Failed as error:
                seat.show({"type": "replayed", "ok": False, "log": "\n".join([*lines, f"✗ {error}"])})
            finally:
                player.leave()
                self._recording = True

    async def _reset(self, wish: dict[str, Any], seat: Seat) -> None:
        """The chats are emptied; the bot and its members stay."""
        world = self.stage.world
        with suppress(RuntimeError):
            world.messages.clear()
        self.stage.faults.clear()
        self.stage.watch.broken.clear()
        self._wire.clear()
        self._recorder = Recorder(self.stage)
        self._show(self.state())


_REFUSALS = {
    16: "还不是机器人的好友，发不了私聊。先加好友。",
    110: "不在这个群里，说不了话。",
    120: "被禁言了，说不了话。",
}


def _local(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).astimezone(ZONE).isoformat(timespec="seconds")
