"""What must hold whatever anyone types: watched in every run, independently of the bot's own code paths."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jianggao.sandbox.qq.world import Message, World
from jianggao.text.normal_form import normal_form

WINDOW = 24
"""A run of so many characters is enough to know a text by, and longer than what an answer repeats of a query."""
_MINUTE = 60.0
_LATENESS = 0.5
"""Seconds that a busy machine may hold up a send which left in time: gaps are measured where sends arrive."""
_QUIET_ANSWERS = ("已绑定", "已解绑", "本群")


@dataclass(frozen=True, slots=True)
class Broken:
    """An invariant that didn't hold."""

    what: str
    detail: str


@dataclass(frozen=True, slots=True)
class ObservedPace:
    """The pace that the bot was set to: seconds, seconds, sends a minute."""

    interval: float
    group_interval: float
    group_per_minute: int


@dataclass(slots=True)
class Rhythm:
    """Arrivals against a least interval, all of them together (the generic cell rate algorithm of ITU-T I.371): one
    that was held up and comes close before the next is no fault, a row that is too quick adds up to one."""

    interval: float
    _due: float = float("-inf")

    def arrived(self, now: float) -> float:
        """By how many seconds this arrival is too early, given all before it; 0 or less is in time."""
        early = self._due - now
        self._due = max(self._due, now) + self.interval
        return early


@dataclass(slots=True)
class KnownTexts:
    """Windows of the library's texts by how far they may go, read from the sandbox bot's own database."""

    database: Path
    public: set[str] = field(default_factory=set)
    group: set[str] = field(default_factory=set)
    private: dict[str, int] = field(default_factory=dict)
    bound: dict[str, str] = field(default_factory=dict)
    _seen: tuple[int, int] = (-1, -1)

    def refresh(self) -> None:
        """Read again what has changed. Before the bot made its database there is nothing."""
        if not self.database.exists():
            return
        with closing(sqlite3.connect(f"{self.database.as_uri()}?mode=ro", uri=True)) as connection:
            try:
                self.bound = dict(connection.execute("SELECT group_id, kind FROM group_bindings"))
                seen = connection.execute(
                    "SELECT count(*), coalesce(max(version), 0) FROM sections"
                ).fetchone()
                if seen == self._seen:
                    return
                rows = connection.execute(
                    "SELECT speech, audience, public_label, body FROM sections"
                ).fetchall()
            except sqlite3.OperationalError:
                return
        self._seen = seen
        self.public, self.group, self.private = set(), set(), {}
        for speech, audience, label, body in rows:
            self.public |= windows(label)
            if audience == 0:
                self.public |= windows(body)
            elif audience == 1:
                self.group |= windows(body)
            else:
                self.private.update(dict.fromkeys(windows(body), speech))

    def member_text_in(self, text: str, *, group_allowed: bool) -> bool:
        """Whether a text holds a run of what only members may read (here: beyond what a member group may see)."""
        found = windows(text) - self.public
        if group_allowed:
            return bool((found - self.group) & self.private.keys())
        return bool(found & (self.private.keys() | self.group))


class Watch:
    """Sees every call of the bot and every message, and tells what was broken."""

    def __init__(
        self,
        world: World,
        texts: KnownTexts,
        pace: ObservedPace,
        monotonic: Callable[[], float],
        on_broken: Callable[[Broken], None],
    ) -> None:
        self._world = world
        self._texts = texts
        self._pace = pace
        self._monotonic = monotonic
        self._on_broken = on_broken
        self._rhythm = Rhythm(pace.interval)
        self._rhythms: dict[str, Rhythm] = {}
        self._sends: dict[str, deque[float]] = {}
        self._answered: set[str] = set()
        self.broken: list[Broken] = []

    def called(self, action: str, params: dict[str, Any]) -> None:
        """The bot made a call."""
        if any(value is None for value in params.values()):
            self._tell("没有空参数", f"{action} 带了空参数：{[k for k, v in params.items() if v is None]}")
        if not action.startswith(("send_", "upload_")):
            return
        self._check_pace(action, params)
        message = params.get("message")
        if isinstance(message, str):
            self._tell("没有 CQ 字符串", f"{action} 的 message 是字符串：{message[:60]}")
        if "group" not in action and "group_id" in params:
            self._tell("私聊不带群号", f"{action} 带了 group_id")

    def happened(self, what: str, about: dict[str, Any]) -> None:
        """Something happened in the world."""
        if what != "message" or about["message"].sender != self._world.bot:
            return
        message: Message = about["message"]
        self._check_answer(message)
        if message.chat.kind == "group":
            self._check_group(message)

    def _check_pace(self, action: str, params: dict[str, Any]) -> None:
        now = self._monotonic()
        early = self._rhythm.arrived(now)
        if early > _LATENESS:
            self._tell("发送节奏", f"{action} 比允许的早了 {early:.2f} 秒")
        if "group" not in action:
            return
        group = str(params.get("group_id"))
        early = self._rhythms.setdefault(group, Rhythm(self._pace.group_interval)).arrived(now)
        if early > _LATENESS:
            self._tell("群里的发送节奏", f"{action} 比允许的早了 {early:.2f} 秒")
        sends = self._sends.setdefault(group, deque())
        sends.append(now)
        while sends[0] <= now - (_MINUTE - _LATENESS):
            sends.popleft()
        if len(sends) > self._pace.group_per_minute:
            self._tell("群里每分钟的条数", f"一分钟里发了 {len(sends)} 条")

    def _check_answer(self, message: Message) -> None:
        quoted = [str(part["data"].get("id")) for part in message.parts if part["type"] == "reply"]
        for number in quoted:
            place = f"{message.chat}:{number}"
            if place in self._answered:
                self._tell("一条消息最多一个回答", f"{message.chat} 里对消息 {number} 又答了一次")
            self._answered.add(place)

    def _check_group(self, message: Message) -> None:
        self._texts.refresh()
        kind = self._texts.bound.get(message.chat.number)
        text = self._world.text_of(message)
        if kind is None and not text.startswith(_QUIET_ANSWERS):
            self._tell("没绑定的群里一声不响", f"{message.chat} 里说了：{text[:60]}")
        if any(part["type"] == "file" for part in message.parts):
            self._tell("全文只发私聊", f"{message.chat} 里发了文件")
        if self._texts.member_text_in(text, group_allowed=kind == "member"):
            self._tell("会员内容不出现在不该出现的群里", f"{message.chat}：{text[:80]}")

    def _tell(self, what: str, detail: str) -> None:
        broken = Broken(what, detail)
        self.broken.append(broken)
        self._on_broken(broken)


def windows(text: str) -> set[str]:
    """All runs of WINDOW characters of a text's normal form."""
    normal = normal_form(text)
    return {normal[at : at + WINDOW] for at in range(len(normal) - WINDOW + 1)}
