"""Registers the commands of a plugin with their words, usage, example and summary."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from jianggao.chat.commands.command_registry import Command, Scope, registry
from jianggao.chat.commands.request import Handler
from jianggao.chat.services import ChatServices
from jianggao.settings import Settings

Reopener = Callable[[ChatServices], Awaitable[None]]
"""Opens the conversations again that a plugin had open when the bot ended."""


class CommandTable:
    """The commands of one plugin."""

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
        keeps_no_names: bool = False,
        is_offered: Callable[[Settings], bool] = lambda settings: True,
    ) -> Callable[[Handler], Handler]:
        """Registers the decorated handler under these words; `Command` says what they mean."""

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
                    keeps_no_names,
                    is_offered,
                )
            )
            return handler

        return register

    def reopens(self, reopener: Reopener) -> Reopener:
        """Registers what opens the plugin's conversations again, by `Conversations.reopen`, at the start."""
        registry.reopeners.append(reopener)
        return reopener
