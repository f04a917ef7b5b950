"""What can go wrong between the bot and QQ, on demand."""

from __future__ import annotations

from dataclasses import dataclass

from jianggao.sandbox.qq.world import Chat


@dataclass(frozen=True, slots=True)
class FaultKind:
    """A fault that can be called up; `needs_value` names what its number means."""

    name: str
    about: str
    needs_value: str = ""


KINDS = {
    kind.name: kind
    for kind in (
        FaultKind("delay", "迟几秒才回答", "秒"),
        FaultKind("silence", "照做了，但不回答（到底发没发，机器人不知道）"),
        FaultKind(
            "result", "发送被拒：16 不是好友、110 不在群里、120 被禁言、299 群里太快、46 账号受限", "代码"
        ),
        FaultKind("unknown_call", "说没有这个接口（1404）"),
        FaultKind("disconnect", "回答到一半断线"),
        FaultKind("duplicate", "同一条消息推送两次"),
        FaultKind("reorder", "两个回答换一下先后"),
        FaultKind("half_open", "线路半开：机器人说什么都没有回应", "秒"),
    )
}


@dataclass(slots=True)
class Fault:
    """An active fault: it befalls the next `left` sends (or messages) and is over then."""

    name: str
    left: int
    value: float = 0.0
    chat: Chat | None = None
    """The chat that it is meant for: it waits for sends (or messages) there. None for any."""

    def befalls(self, name: str, chat: Chat | None) -> bool:
        """Whether it is of this name and may befall what happens in this chat (None: in no chat)."""
        return self.name == name and self.chat in (None, chat)


class Faults:
    """The active faults."""

    def __init__(self) -> None:
        self.active: list[Fault] = []

    def add(self, name: str, count: int = 1, value: float = 0.0, chat: Chat | None = None) -> None:
        """Call up a fault, of a chat or of any. Raises ValueError for one that doesn't exist."""
        if name not in KINDS:
            raise ValueError(f"没有“{name}”这种故障。有：{'、'.join(KINDS)}")
        self.active.append(Fault(name, max(1, count), value, chat))

    def take(self, name: str, chat: Chat | None = None) -> Fault | None:
        """The fault, if one is active that may befall this chat; counts it down."""
        for fault in self.active:
            if fault.befalls(name, chat):
                fault.left -= 1
                if fault.left <= 0:
                    self.active.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """All well again."""
        self.active.clear()
