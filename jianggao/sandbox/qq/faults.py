"""Keeps the faults that a page or a scenario has ordered: what goes wrong between the bot and QQ, and how
often."""

from __future__ import annotations

from dataclasses import dataclass

from jianggao.sandbox.qq.world import Chat


@dataclass(frozen=True, slots=True)
class FaultKind:
    """A fault that can be ordered."""

    name: str
    about: str
    """What it does, as the page says it."""
    needs_value: str = ""
    """What its number means, as the page says it; empty if it takes none."""


FAULT_KINDS = {
    kind.name: kind
    for kind in (
        FaultKind("delay", "迟几秒才回答", "秒"),
        FaultKind("silence", "照做了，但不回答（到底发没发，机器人不知道）"),
        FaultKind(
            "result", "发送被拒：16 不是好友、110 不在群里、120 被禁言、299 群里太快、46 账号受限", "代码"
        ),
        FaultKind("unknown_call", "说没有这个接口（1404）"),
        FaultKind("disconnect", "回答到一半断线"),
        FaultKind("duplicate", "同一条消息（或进群的申请、通知）推送两次"),
        FaultKind("reorder", "两个回答换一下先后"),
        FaultKind("request_refused", "答复进群申请时，QQ 说办不了"),
        FaultKind("request_ignored", "答复进群申请时，QQ 说好了，其实没有办"),
        FaultKind("request_unseen", "有人申请进群，机器人收不到通知（列表里看得到）"),
        FaultKind("kick_unanswered", "移出了人，但不回答"),
        FaultKind("half_open", "线路半开：机器人说什么都没有回应", "秒"),
    )
}


@dataclass(slots=True)
class Fault:
    """An active fault."""

    name: str
    left: int
    """How many more sends (for `duplicate`: messages) it happens to."""
    value: float = 0.0
    """Its number, in the unit of its kind: seconds, or a result code."""
    chat: Chat | None = None
    """The only chat that it happens in; None for any."""

    def applies_to(self, name: str, chat: Chat | None) -> bool:
        """Returns whether it has this name and happens in this chat (None: to a call that concerns no
        chat)."""
        return self.name == name and self.chat in (None, chat)


class Faults:
    """The active faults."""

    def __init__(self) -> None:
        self.active: list[Fault] = []

    def add(self, name: str, count: int = 1, value: float = 0.0, chat: Chat | None = None) -> None:
        """Orders a fault for the next `count` sends, in one chat or any. Raises ValueError if there is none
        of that name."""
        if name not in FAULT_KINDS:
            raise ValueError(f"没有“{name}”这种故障。有：{'、'.join(FAULT_KINDS)}")
        self.active.append(Fault(name, max(1, count), value, chat))

    def take(self, name: str, chat: Chat | None = None) -> Fault | None:
        """Returns the oldest active fault that applies, and counts it down; None if there is none."""
        for fault in self.active:
            if fault.applies_to(name, chat):
                fault.left -= 1
                if fault.left <= 0:
                    self.active.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """Ends all faults."""
        self.active.clear()
