"""Command words: each plugin registers a table of them; one parser reads what is typed (docs/rules.md, Commands)."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING, Any

from jianggao.errors import WrongUse
from jianggao.text.folding import nfkc
from jianggao.text.whole_numbers import whole_number

if TYPE_CHECKING:
    from jianggao.chat.commands.conversations import IncomingMessage
    from jianggao.chat.commands.request import Reply, Request

Handler = Callable[["Request"], Awaitable["Reply | str | None"]]
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
LONGEST_TYPED = 20_000
"""Characters of a message that are read; QQ's own messages end at a few thousand."""
TOO_LONG = f"这条消息太长（超过 {LONGEST_TYPED // 10_000} 万字），没有读。请分几条发，或存成 .txt 文件发来。"
_BEGINNING = 500
"""Characters that tell whether a longer message is a command at all: chatter must cost nothing, however long it is."""
_MOST_SEGMENTS = 1_000
"""Segments of a message that is read; nobody types so many pictures and faces."""
_LONGEST_NUMBER = 60
_NUMBER = re.compile(
    r"第?\s*(\d{1,9})\s*(?:篇(?:\s*(?:第\s*)?(\d{1,9})\s*段?)?|[.\-—–·。:]\s*(?:第\s*)?(\d{1,9})\s*段?)?"
)
ACCOUNT_NUMBER = re.compile(r"[1-9][0-9]{4,10}")
"""A QQ number as QQ writes it: other scripts' digits and noughts in front would make another account of the person."""
_LARGEST_WHOLE = 100_000
"""Of pages and days."""
_MENTIONED = re.compile(r"[0-9]{1,20}")
_FOLLOWS = re.compile(r"\s|\d|第\s*\d|@|“|\"")


class Scope(Enum):
    """Who may use a command."""

    ALL = "所有人"
    MEMBER = "会员"
    SUPERUSER = "管理员"


@dataclass(frozen=True, slots=True)
class Command:
    """A command and how it is told in 帮助. `short` words need `/` or @ in groups; a `glued` one needs no blank
    before its argument where the bot is addressed."""

    name: str
    plugin: str
    handler: Handler
    aliases: tuple[str, ...]
    short: tuple[str, ...]
    scope: Scope
    glued: bool
    usage: str
    example: str
    summary: str
    unbound: bool = False
    """Passes in groups that aren't bound."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A command as typed: its argument in NFKC (kept out of `repr`, and so out of logs), and the accounts named by @."""

    command: Command
    argument: str = field(repr=False)
    mentions: tuple[str, ...] = ()
    said: IncomingMessage | None = field(default=None, repr=False)
    """The whole message: its pictures, files and forwards too."""


@dataclass(slots=True)
class Registry:
    """All command words. `bare_number` and `free_text` are what an addressed number and any other text mean."""

    words: dict[str, Command] = field(default_factory=dict)
    commands: list[Command] = field(default_factory=list)
    bare_number: str = "段落"
    free_text: str = "检索"
    empty: str = "帮助"
    _longest: int = 0

    def add(self, command: Command) -> None:
        """Register a command. Raises ValueError for a word that is taken."""
        for word in (command.name, *command.aliases, *command.short):
            if word in self.words:
                raise ValueError(f"command word taken: {word}")
            self.words[word] = command
            self._longest = max(self._longest, len(word))
        self.commands.append(command)

    def parse(
        self, text: str, *, addressed: bool, superuser: bool, mentions: tuple[str, ...] = ()
    ) -> Parsed | None:
        """The command that `text` is; None for what isn't one. `addressed`: in private, or with @bot.

        The command of a text that is too long to be read says so.
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
        """The longest word that `typed` begins with, and the rest."""
        for length in range(min(self._longest, len(typed)), 0, -1):
            command = self.words.get(typed[:length])
            if command is None:
                continue
            rest = typed[length:]
            if typed[:length] in command.short and not called:
                continue
            if command.scope is Scope.SUPERUSER and not superuser:
                continue
            glued = addressed and command.glued and typed[:length] not in command.short
            if not rest or _FOLLOWS.match(rest) or glued:
                return command, rest.strip()
        return None

    def _free(self, typed: str, superuser: bool) -> Parsed | None:
        if self._is_locked_word(typed) and not superuser:
            return None
        word = self.free_text
        if not typed:
            word = self.empty
        elif _number(typed) is not None:
            word = self.bare_number
        command = self.words.get(word)
        return None if command is None else Parsed(command, typed)

    def _is_locked_word(self, typed: str) -> bool:
        """A superuser's word in someone else's mouth: silence."""
        first = typed.split(maxsplit=1)[0] if typed else ""
        command = self.words.get(first)
        return command is not None and command.scope is Scope.SUPERUSER


registry = Registry()


class CommandTable:
    """The commands of one plugin; `handles` puts one in."""

    def __init__(self, plugin: str) -> None:
        self.plugin = plugin

    def handles(
        self,
        name: str,
        *,
        usage: str,
        example: str,
        summary: str,
        aliases: Iterable[str] = (),
        short: Iterable[str] = (),
        scope: Scope = Scope.ALL,
        glued: bool = False,
        unbound: bool = False,
    ) -> Callable[[Handler], Handler]:
        """Register the decorated handler under these words."""

        def register(handler: Handler) -> Handler:
            registry.add(
                Command(
                    name,
                    self.plugin,
                    handler,
                    tuple(aliases),
                    tuple(short),
                    scope,
                    glued,
                    usage,
                    example,
                    summary,
                    unbound,
                )
            )
            return handler

        return register


@dataclass(frozen=True, slots=True)
class Number:
    """A speech, or a section of it."""

    speech: int
    section: int | None


def parse_number(text: str) -> Number | None:
    """`12`, `12.3`, `第12篇`, `12-3` and the like; None for anything else."""
    match = _number(nfkc(text).strip())
    if match is None:
        return None
    section = match[2] or match[3]
    return Number(int(match[1]), int(section) if section else None)


def _number(typed: str) -> re.Match[str] | None:
    return _NUMBER.fullmatch(typed) if len(typed) <= _LONGEST_NUMBER else None


def too_long(parsed: Parsed) -> Parsed:
    """The same command with nothing of what was typed: it says that the message is too long."""

    async def tell(request: Request) -> str:
        return TOO_LONG

    return Parsed(replace(parsed.command, handler=tell), "")


def parse_account(parsed: Parsed, usage: str, example: str) -> tuple[str, str]:
    """The account that a command names, by @ or by number, and the rest of its argument.

    Raises WrongUse with the right form when there is none, or more than one.
    """
    form = f"写法：{usage}，例如：{example}"
    if len(parsed.mentions) > 1:
        raise WrongUse(f"一次只能办一个人。{form}")
    if parsed.mentions:
        return parsed.mentions[0], parsed.argument.strip()
    head, _, rest = parsed.argument.strip().partition(" ")
    if not ACCOUNT_NUMBER.fullmatch(head):
        raise WrongUse(f"请 @ 一个人或写 QQ 号。{form}")
    return head, rest.strip()


def parse_whole(text: str, default: int, example: str) -> int:
    """The page or the days behind a command, `default` where nothing stands there. Raises WrongUse with `example`."""
    if not text.strip():
        return default
    number = whole_number(text.strip(), _LARGEST_WHOLE)
    if not number:
        raise WrongUse(f"请写一个正整数，例如：{example}")
    return number


def read_segments(segments: Iterable[Any], self_id: str) -> tuple[str, tuple[str, ...], bool]:
    """The typed text, the accounts named by @ (not the bot), and whether the bot itself was; nothing of a message of
    more parts than people send."""
    text: list[str] = []
    mentions: list[str] = []
    addressed = False
    read = list(islice(segments, _MOST_SEGMENTS + 1))
    for segment in read if len(read) <= _MOST_SEGMENTS else ():
        if segment.type == "text":
            text.append(str(segment.data.get("text", "")))
        elif segment.type == "at":
            account = str(segment.data.get("qq", ""))
            if account == self_id:
                addressed = True
                text.append(" ")
            elif _MENTIONED.fullmatch(account):
                mentions.append(account)
                text.append(" ")
    return "".join(text).strip(), tuple(mentions), addressed
