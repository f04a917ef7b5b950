"""Registers commands by their words, and finds the command that a typed text means (docs/rules.md,
Commands)."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from jianggao.chat.commands.arguments import match_number
from jianggao.chat.receiving.messages import EMPTY_MESSAGE, IncomingMessage
from jianggao.settings import Settings
from jianggao.text.folding import nfkc
from jianggao.text.simplified import simplified

AnyHandler = Callable[[Any], Awaitable[Any]]
"""A handler of requests. Requests hold commands, so their type isn't known here: `command_table` takes only
handlers of the right type."""
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
LONGEST_TYPED = 20_000
"""Characters of a message that are read; QQ's own messages end at a few thousand."""
TOO_LONG = f"这条消息太长（超过 {LONGEST_TYPED // 10_000} 万字），没有读。请分几条发，或存成 .txt 文件发来。"
_BEGINNING = 500
"""Characters that tell whether a longer message is a command at all: chatter must cost nothing, however long
it is."""
_FOLLOWS = re.compile(r"\s|\d|第\s*\d|@|“|\"")
_ACCOUNT_OR_ENTRY_FOLLOWS = re.compile(
    r"[:,、]?\s*(?:(?:QQ号?码?|(?:操作)?记录号?|#)[\s:]*)?(?:第\s*)?(?:@|[0-9])", re.IGNORECASE
)
"""What else may stand behind a superuser's command word: 开通:12345678, 开通QQ12345678, 撤销记录3."""


class Scope(Enum):
    """Who may use a command."""

    ALL = "所有人"
    SUPERUSER = "管理员"


_MEANT_BY_OTHERS = {"卡密": "兑换"}
"""What somebody who isn't a superuser means by the word of a superuser's command alone: a buyer who asks."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command, its words, and how 帮助 describes it. `short` words need `/` or @ in groups; a `glued` command
    needs no blank before its argument where the bot is addressed."""

    name: str
    plugin: str
    handler: AnyHandler
    aliases: tuple[str, ...]
    short: tuple[str, ...]
    scope: Scope
    glued: bool
    usage: str
    example: str
    summary: str
    unbound: bool = False
    """Passes in groups that aren't bound."""
    keeps_no_names: bool = False
    """Leaves the names of who gives it unstored: it says which are stored, or deletes them."""
    is_offered: Callable[[Settings], bool] = lambda settings: True
    """Whether 帮助 lists it under these settings."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A command as typed: its argument in NFKC (kept out of `repr`, and so out of logs), and the accounts
    named by @."""

    command: Command
    argument: str = field(repr=False)
    mentions: tuple[str, ...] = ()
    message: IncomingMessage = field(default=EMPTY_MESSAGE, repr=False)
    """The whole message: its pictures, files and forwards too."""
    codes: tuple[str, ...] = field(default=(), repr=False)
    """The redeem codes in the message, whatever stands beside them; `message` is empty then."""
    left_undone: str = ""
    """The command that the message would be without its redeem codes, and isn't."""


@dataclass(slots=True)
class Registry:
    """All command words. `bare_number` and `free_text` name the commands that an addressed number and any
    other text mean, `empty` the one of a message that only addresses the bot."""

    words: dict[str, Command] = field(default_factory=dict)
    commands: list[Command] = field(default_factory=list)
    reopeners: list[Callable[[Any], Awaitable[None]]] = field(default_factory=list)
    """What opens conversations again after a restart; each is called with the `ChatServices`."""
    bare_number: str = "段落"
    free_text: str = "检索"
    empty: str = "帮助"
    _longest: int = 0

    def add(self, command: Command) -> None:
        """Registers a command. Raises ValueError for a word that is taken."""
        for word in (command.name, *command.aliases, *command.short):
            if word in self.words:
                raise ValueError(f"command word taken: {word}")
            self.words[word] = command
            self._longest = max(self._longest, len(word))
        self.commands.append(command)

    def parse(
        self, text: str, *, addressed: bool, superuser: bool, mentions: tuple[str, ...] = ()
    ) -> Parsed | None:
        """Returns the command that `text` is; None if it is none. `addressed`: in private, or with @bot.

        The command of a text that is too long to be read has a handler that says so.
        """
        if len(text) <= _BEGINNING:
            return self._read(text, addressed, superuser, mentions)
        begun = self._read(text[:_BEGINNING], addressed, superuser, mentions)
        if len(text) > LONGEST_TYPED:
            return None if begun is None else too_long(begun)
        return self._read(text, addressed, superuser, mentions) if addressed or begun is not None else None

    def _read(self, text: str, addressed: bool, superuser: bool, mentions: tuple[str, ...]) -> Parsed | None:
        typed = nfkc(_INVISIBLE.sub("", text)).strip()
        slashed = typed.startswith("/")
        typed = typed.removeprefix("/").lstrip() if slashed else typed
        found = self._find(typed, addressed=addressed, called=addressed or slashed, superuser=superuser)
        if found is not None:
            command, argument = found
            return Parsed(command, argument, mentions)
        if not addressed or slashed:
            return None
        return self._free(typed, superuser)

    def _find(
        self, typed: str, *, addressed: bool, called: bool, superuser: bool
    ) -> tuple[Command, str] | None:
        """Returns the command with the longest word that `typed` begins with, and the rest; None without one.
        `called`: addressed, or with `/`."""
        for length in range(min(self._longest, len(typed)), 0, -1):
            command = self.words.get(typed[:length])
            if command is None and superuser:
                command = self._by_variant(typed[:length])
            if command is None:
                continue
            rest = typed[length:]
            if typed[:length] in command.short and not called:
                continue
            if command.scope is Scope.SUPERUSER and not superuser:
                continue
            # In a group “检索报告写好了吗” is chatter unless the bot is addressed; in private it is a search
            # for 报告写好了吗.
            glued = addressed and command.glued and typed[:length] not in command.short
            if not rest or _FOLLOWS.match(rest) or glued:
                return command, rest.strip()
            if command.scope is Scope.SUPERUSER and _ACCOUNT_OR_ENTRY_FOLLOWS.match(rest):
                return command, rest.lstrip(":,、").strip()
        return None

    def _by_variant(self, word: str) -> Command | None:
        """Returns the superusers' command of a word in traditional characters: 開通."""
        command = None if word.isascii() else self.words.get(simplified(word))
        return command if command is not None and command.scope is Scope.SUPERUSER else None

    def _free(self, typed: str, superuser: bool) -> Parsed | None:
        """Returns what an addressed text without a command word means."""
        if self._is_locked_word(typed) and not superuser:
            meant = self.words.get(_MEANT_BY_OTHERS.get(typed, ""))
            return None if meant is None else Parsed(meant, "")
        word = self.free_text
        if not typed:
            word = self.empty
        elif match_number(typed) is not None:
            word = self.bare_number
        command = self.words.get(word)
        return None if command is None else Parsed(command, typed)

    def _is_locked_word(self, typed: str) -> bool:
        """Returns whether the text begins with a superuser's command word: from anybody else it is neither
        answered nor taken for a search."""
        first = typed.split(maxsplit=1)[0] if typed else ""
        command = self.words.get(first)
        return command is not None and command.scope is Scope.SUPERUSER


registry = Registry()


def too_long(parsed: Parsed) -> Parsed:
    """Returns the same command with nothing of what was typed and a handler that says that the message is too
    long."""

    async def refuse(request: object) -> str:
        return TOO_LONG

    return Parsed(replace(parsed.command, handler=refuse), "")
