"""Keeps the simulated QQ: people, friends, groups, messages, files and requests. It knows neither a web page
nor a bot.

It is deterministic: ids come from a counter, times from the clock that it is given.
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
    """A person's role in a group."""

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
        """Returns the chat that `str` wrote as `text`. Raises ValueError if it is none."""
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
    """A line about the person, shown on the page."""
    persona: str = "visitor"
    """What the person plays: superuser, member, expired, visitor, reseller, or bot."""


@dataclass(slots=True)
class Group:
    """A group."""

    number: str
    name: str
    about: str = ""
    """A line about the group, shown on the page."""
    roles: dict[str, Role] = field(default_factory=dict)
    """The members' roles by account."""
    muted: dict[str, datetime] = field(default_factory=dict)
    """Until when members are muted, by account; a time that has passed counts as not muted."""


@dataclass(slots=True)
class Message:
    """A message in a chat."""

    number: int
    chat: Chat
    sender: str
    at: datetime
    parts: list[dict[str, Any]]
    """OneBot segments: each has `type` and `data`."""
    recalled: bool = False

    @property
    def text(self) -> str:
        """Returns its text in one line; of forwards and files only that there is one. See also
        `World.text_of`."""
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
class ForwardNode:
    """A message inside a forward."""

    sender: str
    name: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Forward:
    """Several messages sent as one (合并转发)."""

    number: str
    chat: Chat
    nodes: tuple[ForwardNode, ...]


@dataclass(frozen=True, slots=True)
class PendingRequest:
    """An open request to join a group, or to become the bot's friend (`group` is None)."""

    flag: str
    """The name of the request in an answer to it (OneBot: flag)."""
    account: str
    comment: str
    group: str | None = None


@dataclass(frozen=True, slots=True)
class AnsweredRequest:
    """A request that was granted or refused."""

    request: PendingRequest
    approved: bool
    reason: str = ""
    """What the asker reads; empty if it was granted."""


class QQRefusal(Exception):
    """QQ refuses a send; `result` is its code."""

    def __init__(self, result: int, why: str) -> None:
        super().__init__(why)
        self.result = result


NOT_A_FRIEND, REMOVED, MUTED, RATE, LIMITED = 16, 110, 120, 299, 46
"""QQ's result codes: no friend, not in the group, muted there, too many messages a minute, the account is
restricted."""

WorldListener = Callable[[str, dict[str, Any]], None]
"""Gets each event of the world: its name (`message`, `joined`, …) and what it concerns."""


@dataclass(slots=True)
class World:
    """The simulated QQ around one bot. Listeners are called at once, inside the call that changes
    something."""

    bot: str
    """The bot's account."""
    clock: Callable[[], datetime]
    people: dict[str, Person] = field(default_factory=dict)
    friends: set[str] = field(default_factory=set)
    groups: dict[str, Group] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    forwards: dict[str, Forward] = field(default_factory=dict)
    requests: dict[str, PendingRequest] = field(default_factory=dict)
    answered_requests: list[AnsweredRequest] = field(default_factory=list)
    """The requests that were answered, the oldest first."""
    listeners: list[WorldListener] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1001))

    # --- people ---------------------------------------------------------------------------------------------

    def add_person(self, person: Person, *, friend: bool = False) -> None:
        """Adds a person, perhaps as a friend of the bot."""
        self.people[person.account] = person
        if friend:
            self.friends.add(person.account)

    def add_group(self, group: Group) -> None:
        """Adds a group."""
        self.groups[group.number] = group

    def person(self, account: str) -> Person:
        """Returns the person of an account. Raises KeyError if there is none."""
        return self.people[account]

    def name_of(self, account: str) -> str:
        """Returns the name of an account; of an unknown one its number."""
        known = self.people.get(account)
        return known.name if known is not None else account

    def befriend(self, account: str, *, friend: bool) -> None:
        """Makes an account the bot's friend, or ends the friendship."""
        (self.friends.add if friend else self.friends.discard)(account)
        if friend:
            self._notify("friend_add", account=account)

    # --- groups ---------------------------------------------------------------------------------------------

    def ask_to_join(self, account: str, number: str, comment: str = "") -> PendingRequest:
        """Opens a request to join a group, in place of an earlier one of the same person."""
        for earlier in list(self.requests.values()):
            if (earlier.account, earlier.group) == (account, number):
                del self.requests[earlier.flag]
        request = PendingRequest(f"join-{self._next_number()}", account, comment, number)
        self.requests[request.flag] = request
        self._notify("request", request=request)
        return request

    def ask_to_be_friend(self, account: str, comment: str = "") -> PendingRequest:
        """Opens a request to become the bot's friend."""
        request = PendingRequest(f"friend-{self._next_number()}", account, comment)
        self.requests[request.flag] = request
        self._notify("request", request=request)
        return request

    def answer_request(self, flag: str, *, approve: bool, by: str, reason: str = "") -> None:
        """Grants or refuses a request. Raises KeyError if it is not open."""
        request = self.requests.pop(flag)
        self.answered_requests.append(AnsweredRequest(request, approve, "" if approve else reason))
        if approve and request.group is not None:
            self.join(request.account, request.group, by=by)
        elif approve:
            self.befriend(request.account, friend=True)
        self._notify("requests")

    def join(self, account: str, number: str, *, by: str | None = None) -> None:
        """Makes an account a member of a group; `by` is the admin who let it in."""
        self.groups[number].roles[account] = Role.MEMBER
        self._notify("joined", group=number, account=account, by=by or account)

    def leave(self, account: str, number: str, *, by: str | None = None) -> None:
        """Takes an account out of a group; `by` is the admin who removed it, if it did not leave by
        itself."""
        self.groups[number].roles.pop(account, None)
        self._notify("left", group=number, account=account, by=by or account)

    def mute(self, account: str, number: str, seconds: int, *, by: str) -> None:
        """Mutes an account in a group for some seconds; 0 lifts the mute."""
        group = self.groups[number]
        group.muted.pop(account, None)
        if seconds:
            group.muted[account] = self.clock() + timedelta(seconds=seconds)
        self._notify("muted", group=number, account=account, by=by, seconds=seconds)

    def is_muted(self, account: str, number: str) -> bool:
        """Returns whether an account is muted in a group now."""
        muted_until = self.groups[number].muted.get(account)
        return muted_until is not None and muted_until > self.clock()

    def role_of(self, account: str, number: str) -> Role:
        """Returns an account's role in a group; MEMBER if it has left or the group is gone."""
        group = self.groups.get(number)
        return Role.MEMBER if group is None else group.roles.get(account, Role.MEMBER)

    # --- messages -------------------------------------------------------------------------------------------

    def say(self, sender: str, chat: Chat, parts: Iterable[dict[str, Any]]) -> Message:
        """Adds a message to a chat. Raises QQRefusal for a chat with no friend, a group without the sender,
        or a mute."""
        self._require_may_send(sender, chat)
        message = Message(self._next_number(), chat, sender, self.clock(), list(parts))
        self.messages[message.number] = message
        self._notify("message", message=message)
        return message

    def send_file(self, sender: str, chat: Chat, name: str, content: bytes) -> Message:
        """Adds a file to a chat, with the message that carries it. Raises QQRefusal as `say` does."""
        self._require_may_send(sender, chat)
        file = StoredFile(f"f{self._next_number()}", name, content, chat, sender)
        self.files[file.number] = file
        data = {"file": name, "file_id": file.number, "file_size": str(len(content)), "name": name}
        return self.say(sender, chat, [{"type": "file", "data": data}])

    def send_forward(self, sender: str, chat: Chat, nodes: Iterable[ForwardNode]) -> Message:
        """Adds a forward to a chat, with the message that carries it. Raises QQRefusal as `say` does."""
        self._require_may_send(sender, chat)
        forward = Forward(f"w{self._next_number()}", chat, tuple(nodes))
        self.forwards[forward.number] = forward
        return self.say(sender, chat, [{"type": "forward", "data": {"id": forward.number}}])

    def recall(self, number: int, *, by: str) -> None:
        """Recalls a message. Raises KeyError if there is none of that number."""
        message = self.messages[number]
        message.recalled = True
        self._notify("recalled", message=message, by=by)

    def history(self, chat: Chat) -> list[Message]:
        """Returns a chat's messages, oldest first."""
        return [message for message in self.messages.values() if message.chat == chat]

    def text_of(self, message: Message) -> str:
        """Returns all text that a reader of the message can get at: forwards opened, files read. Quotations
        are left out."""
        parts = []
        for part in message.parts:
            data = part.get("data", {})
            if part["type"] == "reply":
                continue
            if part["type"] == "forward" and data.get("id") in self.forwards:
                parts += [node.text for node in self.forwards[data["id"]].nodes]
            elif part["type"] == "file" and data.get("file_id") in self.files:
                parts.append(text_of_file(self.files[data["file_id"]]))
            else:
                parts.append(_text_of(part))
        return "\n".join(parts)

    def _require_may_send(self, sender: str, chat: Chat) -> None:
        if chat.kind == "private":
            if chat.number not in self.friends:
                raise QQRefusal(NOT_A_FRIEND, "not a friend")
            return
        if chat.number not in self.groups or sender not in self.groups[chat.number].roles:
            raise QQRefusal(REMOVED, "not a member of the group")
        if self.is_muted(sender, chat.number):
            raise QQRefusal(MUTED, "muted in the group")

    def _next_number(self) -> int:
        return next(self._numbers)

    def _notify(self, event: str, **details: Any) -> None:
        for listener in list(self.listeners):
            listener(event, details)


def text_of_file(file: StoredFile) -> str:
    """Returns the text in a file; of a file without text (a picture) its name."""
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
