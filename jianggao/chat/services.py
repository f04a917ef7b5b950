"""Holds what the chat remembers while an application is open: queues, notices, conversations, known group
bindings.

All of it is made anew with each application, so that nothing of one bot is left for the next in the same
process.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from jianggao.application import Application
from jianggao.chat.background_tasks import BackgroundTasks
from jianggao.chat.commands.conversations import Conversations
from jianggao.chat.logs.throttled import ThrottledLog
from jianggao.chat.receiving.download_turns import DownloadTurns
from jianggao.chat.receiving.downloads import Downloads
from jianggao.chat.receiving.known_bindings import KnownBindings
from jianggao.chat.receiving.known_friends import KnownFriends
from jianggao.chat.receiving.seen_names import SeenNames
from jianggao.chat.reminders.wording import LIST_KIND, ReminderWording
from jianggao.chat.sending.notices import Notices
from jianggao.chat.sending.outbox_delivery import OutboxDelivery
from jianggao.chat.sending.push_delivery import PushDelivery
from jianggao.chat.sending.sender_registry import Senders
from jianggao.counters import Counters
from jianggao.reminders import reminder_store

T = TypeVar("T")


class ChatServices:
    """What handlers, hooks and background work of one bot share."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.warnings = ThrottledLog()
        self.senders = Senders(application)
        self.notices = Notices(application, self.senders)
        self.answers = OutboxDelivery(application, self.senders, self.notices, self.warnings)
        self.pushes = PushDelivery(application, self.senders, self.notices, self.warnings)
        reminders = ReminderWording(application)
        self.pushes.wordings[reminder_store.KIND] = reminders.text_now
        self.pushes.wordings[LIST_KIND] = reminders.list_now
        self.conversations = Conversations()
        self.known_bindings = KnownBindings(application.database)
        self.known_friends = KnownFriends(application, self.answers.in_background, self.warnings)
        self.seen_names = SeenNames(application.database, lambda: application.today)
        self.downloads = Downloads(application.settings.file_hosts)
        self.download_turns = DownloadTurns()
        self.requests = BackgroundTasks()
        """The requests that are being handled."""
        self.imports = Counters()
        """Imports since the start: `complete`, `needs attention`, `failed`."""
        self._plugin_states: dict[Callable[[Application], Any], Any] = {}

    def plugin_state(self, make: Callable[[Application], T]) -> T:
        """Returns what a plugin remembers between requests: what `make` made when it was first asked for."""
        if make not in self._plugin_states:
            self._plugin_states[make] = make(self.application)
        state: T = self._plugin_states[make]
        return state

    async def close(self) -> None:
        """Ends all downloads and queues and forgets the conversations. The application itself stays open."""
        self.conversations.forget_all()
        self.downloads.stop()
        await self.senders.close()
