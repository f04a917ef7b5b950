"""Dialogues: what somebody says in private goes to one handler until it has heard enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from plugins.gate.commands import Command, Handler, Parsed, Scope

if TYPE_CHECKING:
    from plugins.gate.dispatch import Request

CANCEL = "取消"
CANCELLED = "已取消。"
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Incoming:
    """A picture or file as a message names it; nothing of it has been fetched yet."""

    kind: str
    name: str
    size: int | None
    data: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """A message within a dialogue."""

    text: str = ""
    pictures: tuple[Incoming, ...] = ()
    files: tuple[Incoming, ...] = ()
    forwards: tuple[str, ...] = ()
    """Ids of forwarded messages; `Request.forwarded` reads them."""


NOTHING_SAID = Said()


@dataclass(frozen=True, slots=True)
class _Open:
    command: Command
    patience: float
    until: float


class Dialogues:
    """The open dialogues, by account; in memory, so that a restart ends them. Times are of a monotonic clock."""

    def __init__(self) -> None:
        self._open: dict[str, _Open] = {}

    def open(self, request: Request, handler: Handler, *, minutes: float = 10) -> None:
        """Every later private message of the asker goes to `handler` until `close`, 取消, or so long a silence."""
        told = request.parsed.command
        command = Command(
            told.name, told.plugin, handler, (), (), Scope.ALL, False, told.usage, told.example, told.summary
        )
        self._open.pop(request.account, None)
        patience = 60 * minutes
        self._open[request.account] = _Open(command, patience, request.house.monotonic() + patience)
        while len(self._open) > _MOST:
            self._open.pop(next(iter(self._open)))

    def close(self, request: Request) -> None:
        """Nothing more goes to the handler."""
        self._open.pop(request.account, None)

    def heard(self, account: str, said: Said, now: float) -> Parsed | None:
        """What a private message means within the account's dialogue; None where none is open."""
        found = self._open.get(account)
        if found is None:
            return None
        if found.until < now:
            self._open.pop(account)
            return None
        self._open[account] = replace(found, until=now + found.patience)
        if said.text == CANCEL:
            return Parsed(_cancelling(found.command), "", (), said)
        return Parsed(found.command, said.text, (), said)


def _cancelling(command: Command) -> Command:
    async def cancel(request: Request) -> str:
        dialogues.close(request)
        return CANCELLED

    return Command(CANCEL, command.plugin, cancel, (), (), Scope.ALL, False, CANCEL, CANCEL, "结束刚才的对话")


def read_said(segments: Iterable[Any]) -> Said:
    """Everything of a message that a dialogue may take."""
    text: list[str] = []
    pictures: list[Incoming] = []
    files: list[Incoming] = []
    forwards: list[str] = []
    for segment in segments:
        data = {str(name): str(value) for name, value in segment.data.items() if value is not None}
        if segment.type == "text":
            text.append(data.get("text", ""))
        elif segment.type in ("image", "file"):
            size = data.get("file_size", data.get("size", ""))
            name = data.get("name") or data.get("file", "")
            one = Incoming(segment.type, name, int(size) if size.isdecimal() else None, data)
            (pictures if segment.type == "image" else files).append(one)
        elif segment.type == "forward" and data.get("id"):
            forwards.append(data["id"])
    return Said("".join(text).strip(), tuple(pictures), tuple(files), tuple(forwards))


dialogues = Dialogues()
