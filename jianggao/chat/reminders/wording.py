"""Words a reminder at the moment when it leaves, by the ledger as it stands then."""

from __future__ import annotations

from collections.abc import Sequence

import aiosqlite

from jianggao.access import usage_counts
from jianggao.application import Application
from jianggao.chat.reminders import texts
from jianggao.membership import ledger_store
from jianggao.membership.ledger import LedgerEntry, MemberState, fold_all, undone_by
from jianggao.membership.ledger_transfers import joined_accounts
from jianggao.outbound.push_store import StoredPush
from jianggao.people.people_store import names_of
from jianggao.reminders import reminder_store
from jianggao.reminders.due_reminders import DueReminder, ReminderKind, due_reminder
from jianggao.reminders.reminder_store import OrderedReminder

LIST_KIND = "undelivered reminders"
"""The kind of the pushes that list what wasn't delivered."""
_EARLY_IN_THE_YEAR = 1
"""Months in which the year before is looked back on, too: there is little to say of the new one yet."""


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

    async def list_now(self, stored: StoredPush) -> str | None:
        """Returns the list, for a superuser, of the reminders that it is about and that weren't delivered, of
        people whose time hasn't been prolonged since; None if there are none."""
        today, named = self._application.today, reminder_store.named_in(stored.push.subject)
        async with self._application.database.read() as connection:
            people = await self.not_reached(connection)
            is_named = [any(one.push in named for one in reminders) for reminders in people]
            shown = [reminders[-1] for reminders, is_one in zip(people, is_named, strict=True) if is_one]
            names = await names_of(connection, [reminder.account for reminder in shown])
        if not shown:
            return None
        # The lists of a day go through the people in this order.
        more = is_named[::-1].index(True)
        return texts.not_delivered(shown, today, names, more=more)

    async def not_reached(self, connection: aiosqlite.Connection) -> list[list[OrderedReminder]]:
        """Returns the reminders that weren't delivered and that superusers weren't told of, by person, the
        oldest first; of people whose time hasn't been prolonged since."""
        zone, now = self._application.settings.timezone, self._application.clock()
        people: dict[str, list[OrderedReminder]] = {}
        for reminder in await reminder_store.undelivered(connection):
            people.setdefault(reminder.account, []).append(reminder)
        found = []
        for account, reminders in people.items():
            entries = await ledger_store.related_entries(connection, account)
            state = fold_all(entries, zone).get(account, MemberState())
            if state.ends_on(now) == reminders[-1].valid_until and not state.suspended:
                found.append(reminders)
        return found

    @property
    def nobody(self) -> frozenset[str]:
        """The accounts that are never reminded: superusers and those that get no answers."""
        settings = self._application.settings
        return settings.superusers | settings.ignored_users

    async def _text(self, connection: aiosqlite.Connection, ordered: OrderedReminder) -> str | None:
        zone, now = self._application.settings.timezone, self._application.clock()
        entries = await ledger_store.related_entries(connection, ordered.account)
        state = fold_all(entries, zone).get(ordered.account, MemberState())
        due = due_reminder(ordered.account, state, now, zone)
        if due is None or (due.kind, due.valid_until) != (ordered.kind, ordered.valid_until):
            return None
        return await self._worded(connection, due, entries)

    async def _worded(
        self, connection: aiosqlite.Connection, due: DueReminder, entries: Sequence[LedgerEntry]
    ) -> str:
        undone = undone_by(entries)
        given = [entry for entry in entries if entry.duration is not None and entry.number not in undone]
        is_trial = all(entry.is_trial for entry in given)
        settings, today = self._application.settings, self._application.today
        if due.kind is not ReminderKind.ENDED:
            return texts.before_the_end(due, settings.subscribe_text, is_trial=is_trial)
        years = [today.year] if today.month > _EARLY_IN_THE_YEAR else [today.year - 1, today.year]
        accounts = joined_accounts(entries, due.account)
        used = await usage_counts.used_in(connection, accounts, years, settings.timezone)
        return texts.after_the_end(due, used, today, settings.subscribe_text, is_trial=is_trial)
