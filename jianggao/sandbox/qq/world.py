"""The simulated QQ itself: people, friends, groups, messages, files, requests. No web and no bot in it.

Deterministic: ids come from a counter, times from the clock that is given.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from jianggao.sources.files import text_in


class Role(Enum):
    """A person's part in a group."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Chat:
    """A group, or a person's private chat with the bot."""

    kind: str
    """`group` or `private`."""
    number: str
    """The group's number, or the person's account."""

    def __str__(self) -> str:
        return f"{self.kind}:{self.number}"

    @classmethod
    def read(cls, text: str) -> Chat:
        """The inverse of `str`. Raises ValueError."""
        kind, _, number = text.partition(":")
        if kind not in ("group", "private") or not number.isdigit():
            raise ValueError(f"no chat: {text}")
        return cls(kind, number)


@dataclass(slots=True)
class Person:
    """An account."""

    account: str
    name: str
    about: str = ""
    part: str = "visitor"
    """What the person is for in a story: superuser, member, expired, visitor, reseller."""


@dataclass(slots=True)
class Group:
    """A group, its members' roles, and until when which of them are muted."""

    number: str
    name: str
    about: str = ""
    roles: dict[str, Role] = field(default_factory=dict)
    muted: dict[str, datetime] = field(default_factory=dict)


@dataclass(slots=True)
class Message:
    """A message as it stands in a chat; `parts` are OneBot segments."""

    number: int
    chat: Chat
    sender: str
    at: datetime
    parts: list[dict[str, Any]]
    recalled: bool = False

    @property
    def text(self) -> str:
        """All its text, forwards and names of files included."""
        return "".join(_text_of(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that was sent to a chat."""

    number: str
    name: str
    content: bytes
    chat: Chat
    sender: str


@dataclass(frozen=True, slots=True)
class Node:
    """A message inside a forward."""

    sender: str
    name: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Forward:
    """A bundle of messages sent as one."""

    number: str
    chat: Chat
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class PendingRequest:
    """Someone asks to join a group, or to become the bot's friend (`group` is None)."""

    flag: str
    account: str
    comment: str
    group: str | None = None


class QQRefusal(Exception):
    """QQ says no; `result` is its code."""

    def __init__(self, result: int, why: str) -> None:
        super().__init__(why)
        self.result = result


NOT_A_FRIEND, REMOVED, MUTED, RATE, LIMITED = 16, 110, 120, 299, 46

Listener = Callable[[str, dict[str, Any]], None]
"""Told of what happens: a name, and what it concerns."""


@dataclass(slots=True)
class World:
    """All of the simulated QQ around one bot."""

    bot: str
    clock: Callable[[], datetime]
    people: dict[str, Person] = field(default_factory=dict)
    friends: set[str] = field(default_factory=set)
    groups: dict[str, Group] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    forwards: dict[str, Forward] = field(default_factory=dict)
    requests: dict[str, PendingRequest] = field(default_factory=dict)
    listeners: list[Listener] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1001))

    # --- who is there -----------------------------------------------------------------------------------------

    def add_person(self, person: Person, *, friend: bool = False) -> None:
        """Someone new, perhaps a friend of the bot."""
        self.people[person.account] = person
        if friend:
            self.friends.add(person.account)

    def add_group(self, group: Group) -> None:
        """A new group."""
        self.groups[group.number] = group

    def person(self, account: str) -> Person:
        """The person of that account. Raises KeyError."""
        return self.people[account]

    def name_of(self, account: str) -> str:
        """What the account is called; its number where nobody knows it."""
        known = self.people.get(account)
        return known.name if known is not None else account

    def befriend(self, account: str, *, friend: bool) -> None:
        """Become the bot's friend, or cease to be."""
        (self.friends.add if friend else self.friends.discard)(account)
        if friend:
            self._tell("friend_add", account=account)

    # --- groups -----------------------------------------------------------------------------------------------

    def ask_to_join(self, account: str, number: str, comment: str = "") -> PendingRequest:
        """Someone asks to join a group."""
        request = PendingRequest(f"join-{self._next()}", account, comment, number)
        self.requests[request.flag] = request
        self._tell("request", request=request)
        return request

    def ask_to_be_friend(self, account: str, comment: str = "") -> PendingRequest:
        """Someone asks to become the bot's friend."""
        request = PendingRequest(f"friend-{self._next()}", account, comment)
        self.requests[request.flag] = request
        self._tell("request", request=request)
        return request

    def answer_request(self, flag: str, *, approve: bool, by: str) -> None:
        """Let someone in, or not. Raises KeyError for a flag that isn't open."""
        request = self.requests.pop(flag)
        if approve and request.group is not None:
            self.join(request.account, request.group, by=by)
        elif approve:
            self.befriend(request.account, friend=True)
        self._tell("requests")

    def join(self, account: str, number: str, *, by: str | None = None) -> None:
        """Become a member."""
        self.groups[number].roles[account] = Role.MEMBER
        self._tell("joined", group=number, account=account, by=by or account)

    def leave(self, account: str, number: str, *, by: str | None = None) -> None:
        """Leave, or be removed by someone."""
        self.groups[number].roles.pop(account, None)
        self._tell("left", group=number, account=account, by=by or account)

    def mute(self, account: str, number: str, seconds: int, *, by: str) -> None:
        """Silence someone in a group; 0 seconds lifts it."""
        group = self.groups[number]
        group.muted.pop(account, None)
        if seconds:
            group.muted[account] = self.clock() + timedelta(seconds=seconds)
        self._tell("muted", group=number, account=account, by=by, seconds=seconds)

    def is_muted(self, account: str, number: str) -> bool:
        """Whether someone is silenced now."""
        until = self.groups[number].muted.get(account)
        return until is not None and until > self.clock()

    # --- messages ---------------------------------------------------------------------------------------------

    def say(self, sender: str, chat: Chat, parts: Iterable[dict[str, Any]]) -> Message:
        """A message. Raises Refusal as QQ would: no friend, no member, muted."""
        self._require_way(sender, chat)
        message = Message(self._next(), chat, sender, self.clock(), list(parts))
        self.messages[message.number] = message
        self._tell("message", message=message)
        return message

    def send_file(self, sender: str, chat: Chat, name: str, content: bytes) -> Message:
        """A file, as a message in the chat."""
        self._require_way(sender, chat)
        file = StoredFile(f"f{self._next()}", name, content, chat, sender)
        self.files[file.number] = file
        data = {"file": name, "file_id": file.number, "file_size": str(len(content)), "name": name}
        return self.say(sender, chat, [{"type": "file", "data": data}])

    def send_forward(self, sender: str, chat: Chat, nodes: Iterable[Node]) -> Message:
        """A bundle of messages, as one."""
        self._require_way(sender, chat)
        forward = Forward(f"w{self._next()}", chat, tuple(nodes))
        self.forwards[forward.number] = forward
        return self.say(sender, chat, [{"type": "forward", "data": {"id": forward.number}}])

    def recall(self, number: int, *, by: str) -> None:
        """Take a message back. Raises KeyError."""
        message = self.messages[number]
        message.recalled = True
        self._tell("recalled", message=message, by=by)

    def history(self, chat: Chat) -> list[Message]:
        """The chat's messages, oldest first."""
        return [message for message in self.messages.values() if message.chat == chat]

    def text_of(self, message: Message) -> str:
        """All text that a reader of the message can get at: forwards opened, text files read."""
        parts = []
        for part in message.parts:
            data = part.get("data", {})
            if part["type"] == "reply":
                continue
            if part["type"] == "forward" and data.get("id") in self.forwards:
                parts += [node.text for node in self.forwards[data["id"]].nodes]
            elif part["type"] == "file" and data.get("file_id") in self.files:
                parts.append(readable(self.files[data["file_id"]]))
            else:
                parts.append(_text_of(part))
        return "\n".join(parts)

    def _require_way(self, sender: str, chat: Chat) -> None:
        if chat.kind == "private":
            if chat.number not in self.friends:
                raise QQRefusal(NOT_A_FRIEND, "not a friend")
            return
        if chat.number not in self.groups or sender not in self.groups[chat.number].roles:
            raise QQRefusal(REMOVED, "not a member of the group")
        if self.is_muted(sender, chat.number):
            raise QQRefusal(MUTED, "muted in the group")

    def _next(self) -> int:
        return next(self._numbers)

    def _tell(self, what: str, **about: Any) -> None:
        for listener in list(self.listeners):
            listener(what, about)


def readable(file: StoredFile) -> str:
    """The text of a file; of one that holds none, its name."""
    return text_in(file.content, file.name) or file.name


def _text_of(part: dict[str, Any]) -> str:
    data = part.get("data", {})
    if part["type"] == "text":
        return str(data.get("text", ""))
    if part["type"] == "at":
        return f"@{data.get('qq', '')} "
    if part["type"] == "file":
        return f"［文件］{data.get('file', '')}"
    return "" if part["type"] == "reply" else f"［{part['type']}］"
