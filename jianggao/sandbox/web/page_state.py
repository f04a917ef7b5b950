"""Describes the simulation as the page shows it: JSON values with the fields that the page's JavaScript
reads."""

from __future__ import annotations

import json
from collections import deque
from datetime import datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

from jianggao.sandbox import cast
from jianggao.sandbox.invariants import Violation
from jianggao.sandbox.qq.faults import FAULT_KINDS
from jianggao.sandbox.qq.profiles import PROFILES
from jianggao.sandbox.qq.world import Chat, Message
from jianggao.sandbox.simulation import Simulation

ZONE = ZoneInfo("Asia/Shanghai")
_MESSAGES_SHOWN = 300
"""Messages of a chat that a page gets when it is opened."""
_WIRE_ENTRIES_KEPT = 300
_WIRE_ENTRY_LENGTH = 20_000
"""Characters of an entry that are kept: a file in base64 would freeze the page."""
_PREVIEW_NODES = 3
_PREVIEW_LENGTH = 40
_QUOTATION_LENGTH = 60

Fields = dict[str, Any]


class PageState:
    """Describes one simulation to its pages, and keeps the last texts on the connection for their log."""

    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation
        self._wire: deque[Fields] = deque(maxlen=_WIRE_ENTRIES_KEPT)

    # --- everything -----------------------------------------------------------------------------------------

    def whole(self) -> Fields:
        """Returns everything that a page shows."""
        simulation, world = self._simulation, self._simulation.world
        chats = [Chat("group", number) for number in world.groups]
        chats += [Chat("private", person.account) for person, _ in cast.PEOPLE]
        return {
            "type": "state",
            "now": self.now(),
            "bot": self.bot(),
            "profile": simulation.actions.profile.name,
            "profiles": [{"name": profile.name, "about": profile.about} for profile in PROFILES.values()],
            "personas": self._personas(),
            "chats": self.chats(),
            "messages": {
                str(chat): [self.message(message) for message in world.history(chat)[-_MESSAGES_SHOWN:]]
                for chat in chats
            },
            "requests": self.requests(),
            "commands": simulation.commands,
            "faults": {"available": self._fault_kinds(), "active": self.faults()},
            "broken": [self.violation(violation) for violation in simulation.monitor.violations],
            "wire": list(self._wire),
            "tour": self._tour(),
        }

    def now(self) -> str:
        """Returns the simulated time in China, in ISO format to the second."""
        return _local(self._simulation.now())

    def bot(self) -> Fields:
        """Returns who the bot is, and whether it runs and is connected."""
        world = self._simulation.world
        return {
            "account": world.bot,
            "name": world.name_of(world.bot),
            "running": self._simulation.bot.running,
            "connected": self._simulation.ready and self._simulation.connection.connected,
        }

    def violation(self, violation: Violation) -> Fields:
        """Returns an invariant that was violated."""
        return {"what": violation.what, "detail": violation.detail, "at": self.now()}

    def faults(self) -> list[Fields]:
        """Returns the active faults."""
        return [
            {"name": fault.name, "left": fault.left, "value": fault.value}
            for fault in self._simulation.faults.active
        ]

    def _fault_kinds(self) -> list[Fields]:
        return [
            {"name": kind.name, "about": kind.about, "needs_value": kind.needs_value}
            for kind in FAULT_KINDS.values()
        ]

    def _personas(self) -> list[Fields]:
        return [
            {"account": person.account, "name": person.name, "role": person.persona, "about": person.about}
            for person, _ in cast.PEOPLE
        ]

    def _tour(self) -> list[Fields]:
        return [
            {"title": step.title, "say": step.say, "as": step.speaker, "chat": step.chat, "about": step.about}
            for step in cast.TOUR
        ]

    # --- chats ----------------------------------------------------------------------------------------------

    def chats(self) -> list[Fields]:
        """Returns all groups, then everybody's private chat with the bot."""
        world = self._simulation.world
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

    def requests(self) -> list[Fields]:
        """Returns the open requests to join groups or to become the bot's friend."""
        world = self._simulation.world
        return [
            {
                "flag": request.flag,
                "group": request.group,
                "group_name": world.groups[request.group].name if request.group else "",
                "account": request.account,
                "name": world.name_of(request.account),
                "comment": request.comment,
            }
            for request in world.requests.values()
        ]

    # --- messages -------------------------------------------------------------------------------------------

    def message(self, message: Message) -> Fields:
        """Returns a message; what it quotes stands in `reply`, not among its parts."""
        quoted = [part for part in message.parts if part["type"] == "reply"]
        parts = [self._part(part) for part in message.parts if part["type"] != "reply"]
        return {
            "id": f"m{message.number}",
            "chat": str(message.chat),
            "sender": message.sender,
            "name": self._simulation.world.name_of(message.sender),
            "at": _local(message.at),
            "reply": self._quoted(quoted[0]) if quoted else None,
            "parts": parts,
            "recalled": message.recalled,
        }

    def _quoted(self, part: Fields) -> Fields | None:
        """Returns the message that a `reply` segment quotes; None if it was cleared from the chats."""
        message = self._simulation.world.messages.get(abs(int(part["data"]["id"])))
        if message is None:
            return None
        name = self._simulation.world.name_of(message.sender)
        return {"id": f"m{message.number}", "name": name, "text": message.text[:_QUOTATION_LENGTH]}

    def _part(self, part: Fields) -> Fields:
        data, world = part["data"], self._simulation.world
        if part["type"] == "text":
            return {"type": "text", "text": data.get("text", "")}
        if part["type"] == "at":
            return {"type": "at", "account": str(data.get("qq")), "name": world.name_of(str(data.get("qq")))}
        if part["type"] == "file":
            size = int(data.get("file_size", 0))
            return {"type": "file", "name": data.get("file"), "size": size, "file": data.get("file_id")}
        if part["type"] == "forward" and data.get("id") in world.forwards:
            nodes = world.forwards[data["id"]].nodes
            return {
                "type": "forward",
                "title": "聊天记录",
                "count": len(nodes),
                "preview": [f"{node.name}：{node.text[:_PREVIEW_LENGTH]}" for node in nodes[:_PREVIEW_NODES]],
                "forward": data["id"],
            }
        # Pictures and whatever else a bot may send: the page shows that there is one.
        return {"type": "image", "name": str(data.get("file", part["type"]))}

    def forward(self, number: str) -> Fields:
        """Returns the messages inside a forward. Raises KeyError if there is none of that number."""
        nodes = self._simulation.world.forwards[number].nodes
        return {
            "title": "聊天记录",
            "nodes": [{"name": node.name, "at": _local(node.at), "text": node.text} for node in nodes],
        }

    # --- the log of the connection --------------------------------------------------------------------------

    def add_wire_entry(self, direction: str, kind: str, name: str, content: Fields) -> Fields:
        """Keeps a text of the connection in the log and returns its entry."""
        text = json.dumps(content, ensure_ascii=False, indent=1)
        entry = {
            "at": self.now(),
            "direction": direction,
            "kind": kind,
            "name": name,
            "text": text if len(text) <= _WIRE_ENTRY_LENGTH else text[:_WIRE_ENTRY_LENGTH] + "…",
        }
        self._wire.append(entry)
        return entry

    def clear_wire(self) -> None:
        """Empties the log."""
        self._wire.clear()


def _local(moment: datetime) -> str:
    # Through UTC: a naive moment counts as local time of this machine.
    return moment.astimezone(timezone.utc).astimezone(ZONE).isoformat(timespec="seconds")
