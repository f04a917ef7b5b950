"""Checks what must hold whatever anyone types, in every run of the sandbox.

The checks see only what the bot sends and its database; they share no code with the bot's own decisions, so
that a mistake there is not made here again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jianggao.sandbox.known_texts import KnownTexts
from jianggao.sandbox.qq.world import Message, World

_MINUTE = 60.0
_LATENESS = 0.5
"""Seconds that a busy machine may hold up a send which left in time: gaps are measured where sends arrive."""
_BINDING_ANSWERS = ("已绑定", "已解绑", "本群")
"""How answers to 绑定 and 解绑 begin: all that the bot may say in a group that is bound to nothing."""


@dataclass(frozen=True, slots=True)
class Violation:
    """An invariant that did not hold."""

    what: str
    """The invariant, in Chinese as the page shows it."""
    detail: str
    """What was done against it."""


@dataclass(frozen=True, slots=True)
class ExpectedPace:
    """The pace of sending that the bot was set to."""

    interval: float
    """Least seconds between two sends."""
    group_interval: float
    """Least seconds between two sends to the same group."""
    group_per_minute: int
    """Most sends to the same group in a minute."""


@dataclass(slots=True)
class IntervalCheck:
    """Checks arrivals against a least interval by the generic cell rate algorithm (ITU-T I.371).

    All arrivals count together: one that was held up and comes shortly before the next is in time; a row that
    is a little too quick each time adds up to one that is too early.
    """

    interval: float
    """The least time between two arrivals, in seconds."""
    _due: float = float("-inf")
    """When the next arrival is due at the latest pace."""

    def arrived(self, now: float) -> float:
        """Counts an arrival and returns by how many seconds it is too early, given all before it; 0 or less
        is in time."""
        early = self._due - now
        self._due = max(self._due, now) + self.interval
        return early


class InvariantMonitor:
    """Checks every call and every message of the bot, and reports violations."""

    def __init__(
        self,
        world: World,
        texts: KnownTexts,
        pace: ExpectedPace,
        monotonic: Callable[[], float],
        on_violation: Callable[[Violation], None],
    ) -> None:
        self._world = world
        self._texts = texts
        self._pace = pace
        self._monotonic = monotonic
        self._on_violation = on_violation
        self._interval = IntervalCheck(pace.interval)
        self._group_intervals: dict[str, IntervalCheck] = {}
        self._sends: dict[str, deque[float]] = {}
        self._answered: set[str] = set()
        self.violations: list[Violation] = []
        """All violations so far."""

    def called(self, action: str, params: dict[str, Any]) -> None:
        """Checks a call of the bot."""
        if any(value is None for value in params.values()):
            self._report(
                "没有空参数",
                f"{action} 带了空参数：{[name for name, value in params.items() if value is None]}",
            )
        if not action.startswith(("send_", "upload_")):
            return
        self._check_pace(action, params)
        message = params.get("message")
        if isinstance(message, str):
            self._report("没有 CQ 字符串", f"{action} 的 message 是字符串：{message[:60]}")
        if "group" not in action and "group_id" in params:
            self._report("私聊不带群号", f"{action} 带了 group_id")

    def on_event(self, name: str, details: dict[str, Any]) -> None:
        """Checks an event of the world, if it is a message of the bot."""
        if name != "message" or details["message"].sender != self._world.bot:
            return
        message: Message = details["message"]
        self._check_answer(message)
        if message.chat.kind == "group":
            self._check_group(message)

    def _check_pace(self, action: str, params: dict[str, Any]) -> None:
        now = self._monotonic()
        early = self._interval.arrived(now)
        if early > _LATENESS:
            self._report("发送节奏", f"{action} 比允许的早了 {early:.2f} 秒")
        if "group" not in action:
            return
        group = str(params.get("group_id"))
        early = self._group_intervals.setdefault(group, IntervalCheck(self._pace.group_interval)).arrived(now)
        if early > _LATENESS:
            self._report("群里的发送节奏", f"{action} 比允许的早了 {early:.2f} 秒")
        sends = self._sends.setdefault(group, deque())
        sends.append(now)
        while sends[0] <= now - (_MINUTE - _LATENESS):
            sends.popleft()
        if len(sends) > self._pace.group_per_minute:
            self._report("群里每分钟的条数", f"一分钟里发了 {len(sends)} 条")

    def _check_answer(self, message: Message) -> None:
        quoted = [str(part["data"].get("id")) for part in message.parts if part["type"] == "reply"]
        for number in quoted:
            place = f"{message.chat}:{number}"
            if place in self._answered:
                self._report("一条消息最多一个回答", f"{message.chat} 里对消息 {number} 又答了一次")
            self._answered.add(place)

    def _check_group(self, message: Message) -> None:
        self._texts.refresh()
        kind = self._texts.bound.get(message.chat.number)
        text = self._world.text_of(message)
        if kind is None and not text.startswith(_BINDING_ANSWERS):
            self._report("没绑定的群里一声不响", f"{message.chat} 里说了：{text[:60]}")
        if any(part["type"] == "file" for part in message.parts):
            self._report("全文只发私聊", f"{message.chat} 里发了文件")
        if self._texts.member_text_in(text, group_allowed=kind == "member"):
            self._report("会员内容不出现在不该出现的群里", f"{message.chat}：{text[:80]}")

    def _report(self, what: str, detail: str) -> None:
        violation = Violation(what, detail)
        self.violations.append(violation)
        self._on_violation(violation)
