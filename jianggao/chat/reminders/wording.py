"""Words a reminder at the moment when it leaves, by the ledger as it stands then."""

from __future__ import annotations

from datetime import timedelta

import aiosqlite

from jianggao.application import Application
from jianggao.chat.reminders import texts
from jianggao.membership import ledger_store
from jianggao.membership.ledger import MemberState, fold_all
from jianggao.membership.renewals import last_given
from jianggao.outbound.push_store import StoredPush
from jianggao.reminders import reminder_store, usage_counts
from jianggao.reminders.due_reminders import DueReminder, ReminderKind, due_reminder

_COUNTED_YEAR = timedelta(days=30)
"""How long before the end the year begins to be looked back on: who ended in January reads of the year
before."""


class ReminderWording:
    """Words the reminders of one application."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def text_now(self, stored: StoredPush) -> str | None:
        """Returns what a reminder says now; None if it isn't due any more: the member has renewed, or is
        suspended, or the time for it has passed."""
        async with self._application.database.read() as connection:
            ordered = await reminder_store.of_push(connection, stored.id)
            if ordered is None or ordered.account in self.nobody:
                return None
            return await self._text(connection, ordered)

    @property
    def nobody(self) -> frozenset[str]:
        """The accounts that are never reminded: superusers and those that get no answers."""
        settings = self._application.settings
        return settings.superusers | settings.ignored_users

    async def _text(
        self, connection: aiosqlite.Connection, ordered: reminder_store.OrderedReminder
    ) -> str | None:
        zone, now = self._application.settings.timezone, self._application.clock()
        entries = await ledger_store.related_entries(connection, ordered.account)
        state = fold_all(entries, zone).get(ordered.account, MemberState())
        due = due_reminder(ordered.account, state, now, zone)
        if due is None or (due.kind, due.valid_until) != (ordered.kind, ordered.valid_until):
            return None
        given = last_given(entries).get(ordered.account)
        return await self._worded(connection, due, is_trial=given is not None and given.is_trial)

    async def _worded(self, connection: aiosqlite.Connection, due: DueReminder, *, is_trial: bool) -> str:
        settings, today = self._application.settings, self._application.today
        if due.kind is not ReminderKind.ENDED:
            return texts.before_the_end(due, settings.subscribe_text, is_trial=is_trial)
        year = (due.valid_until - _COUNTED_YEAR).year
        used = await usage_counts.used_in(connection, due.account, year, settings.timezone)
        return texts.after_the_end(due, used, today, settings.subscribe_text, is_trial=is_trial)
