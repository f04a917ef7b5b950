"""Tells which accounts need no membership: they read everything, or are the bot itself."""

from __future__ import annotations

from jianggao.chat.commands.request import Request
from jianggao.chat.sending.notices import connected


def accounts_without_need(request: Request) -> frozenset[str]:
    """Returns the superusers and the bot's own accounts: no membership is given to them, nor moves to them."""
    own = {str(bot.self_id) for bot in connected()}
    return frozenset({request.sender.self_id, *own, *request.application.settings.superusers})
