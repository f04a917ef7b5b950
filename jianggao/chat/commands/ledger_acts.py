"""Says for the ledger who changes something by a command, when, and by which message."""

from __future__ import annotations

from jianggao.chat.commands.arguments import as_typed
from jianggao.chat.commands.request import Request
from jianggao.membership.administration import Act


def act_of(request: Request, note: str = "") -> Act:
    """Returns the act of the person who sent the command, with this note in the person's own punctuation."""
    zone = request.application.settings.timezone
    own_words = as_typed(note, request.message.typed)
    return Act(request.account, request.processed_message.key, request.now, zone, own_words)
