"""Conversations: what keeps them open, and what doesn't open them again."""

from __future__ import annotations

from typing import Any

ACCOUNT = "30001"


def opened() -> tuple[Any, Any]:
    """The dialogues with one that is open, and a message of it that is still being worked on."""
    from jianggao.chat.commands.command_registry import Command, Scope
    from jianggao.chat.commands.conversations import Conversations
    from jianggao.chat.receiving.messages import IncomingMessage

    async def handler(request: Any) -> None:
        """Hears nothing here."""

    command = Command("举报", "resale_reports", handler, (), (), Scope.ALL, False, "", "", "")
    known = Conversations()
    known.open(ACCOUNT, command, handler, 0.0)
    said = known.receive(ACCOUNT, IncomingMessage("图"), 1.0)
    assert said is not None
    return known, said


def test_a_message_that_takes_long_keeps_its_dialogue_open(plugins: None) -> None:
    from jianggao.chat.receiving.messages import IncomingMessage

    known, said = opened()
    known.prolong(ACCOUNT, said.command, 590.0)
    assert known.receive(ACCOUNT, IncomingMessage("完成"), 900.0) is not None


def test_a_file_that_comes_after_the_end_opens_nothing(plugins: None) -> None:
    from jianggao.chat.receiving.messages import IncomingMessage

    known, said = opened()
    known.end(ACCOUNT)
    known.prolong(ACCOUNT, said.command, 2.0)
    assert known.receive(ACCOUNT, IncomingMessage("完成"), 3.0) is None


async def test_the_command_given_again_is_no_material(plugins: None) -> None:
    from jianggao.chat.receiving.messages import IncomingMessage

    known, said = opened()
    again = known.receive(ACCOUNT, IncomingMessage("举报"), 2.0)
    assert again is not None
    assert "“举报”还没结束" in await again.command.handler(None)
    material = known.receive(ACCOUNT, IncomingMessage("举报他"), 3.0)
    assert material is not None and material.command is said.command
