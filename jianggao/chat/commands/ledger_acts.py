"""Says for the ledger who changes something by a command, when, and by which message."""

from __future__ import annotations

from jianggao.chat.commands.request import Request
from jianggao.membership.administration import Act


def act_of(request: Request, note: str = "") -> Act:
    """Returns the act of the person who sent the command, with this note."""
    zone = request.application.settings.timezone
    return Act(request.account, request.processed_message.key, request.now, zone, note)
