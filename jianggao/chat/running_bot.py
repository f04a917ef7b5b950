"""Holds the running bot, for the hooks that NoneBot calls without saying which bot they are called for."""

from __future__ import annotations

from jianggao.application import Application
from jianggao.chat.joining.comment_codes import redeemer
from jianggao.chat.joining.events import Joining
from jianggao.chat.receiving.admission import Admission
from jianggao.chat.services import ChatServices

_running: RunningBot | None = None


class RunningBot:
    """What the chat remembers of an open application, its admission of messages, and who joins its groups."""

    def __init__(self, application: Application) -> None:
        self.services = ChatServices(application)
        self.admission = Admission(self.services)
        self.joining = Joining(self.services, redeemer(application.keys.codes))


def set_running_bot(bot: RunningBot | None) -> None:
    """Makes a bot the one that hooks find; None at its end."""
    global _running
    _running = bot


def get_running_bot() -> RunningBot:
    """Returns the running bot. Raises RuntimeError before the start has finished, and after the end."""
    if _running is None:
        raise RuntimeError("the bot is not running yet")
    return _running
