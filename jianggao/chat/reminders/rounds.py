"""Orders the reminders that are due, in daytime, and the daily list of those that weren't delivered.

Whether there is anything to do is looked at every few seconds: a timer would not notice that the clock was
set.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from nonebot import logger

from jianggao.application import Application
from jianggao.chat.reminders.texts import MOST_LISTED
from jianggao.chat.reminders.wording import LIST_KIND, ReminderWording
from jianggao.chat.repeated_work import Rest, repeat
from jianggao.chat.services import ChatServices
from jianggao.membership import ledger_store
from jianggao.membership.ledger import LedgerEntry, end_of_day, fold_all
from jianggao.outbound import push_store
from jianggao.outbound.push_store import Push
from jianggao.reminders import reminder_store
from jianggao.reminders.due_reminders import WEEK, DueReminder, due_reminders, due_until
from jianggao.reminders.reminder_store import OrderedReminder

CHECKED_EVERY = 2.0
"""Seconds between two looks whether the day or the ledger has changed."""
_IN_ONE_TRANSACTION = 100
"""Reminders that are ordered together: nobody's answer waits long for it."""
_MOST_LISTS = 5
"""Lists of a day."""
_LIST_WAITS = timedelta(hours=2)
"""How long the list of what wasn't delivered waits for reminders that have just been ordered."""


async def remind(services: ChatServices, rest: Rest = asyncio.sleep) -> None:
    """Orders what is due, for as long as the bot runs. A failure is followed by the next try."""
    await repeat(
        ReminderRounds(services).check,
        rest,
        every=CHECKED_EVERY,
        warnings=services.warnings,
        not_done="nobody is reminded for now",
    )


class ReminderRounds:
    """What is remembered from one look to the next."""

    def __init__(self, services: ChatServices) -> None:
        self._pushes = services.pushes
        self._application: Application = services.application
        self._wording = ReminderWording(self._application)
        self._seen: tuple[date, int] | None = None
        """The day, and the newest entry of the ledger, by which all that was due is ordered."""
        self._listed_on: date | None = None
        """The last day on which the list was given."""

    async def check(self) -> None:
        """Orders, in daytime, what is due if the day or the ledger has changed, and the list if it is due.
        Does nothing while the database can't be written."""
        database = self._application.database
        if self._pushes.is_night or database.writer.trouble is not None:
            return
        async with database.read() as connection:
            newest = await ledger_store.page(connection, limit=1, skip=0)
        seen = self._application.today, newest[0].number if newest else 0
        if seen != self._seen:
            await self._order_due()
            if self._seen is None or self._seen[0] != seen[0]:
                await self._pushes.clear_old()
            self._seen = seen
        if self._listed_on != self._application.today:
            await self._order_list()

    async def _order_due(self) -> None:
        now, zone = self._application.clock(), self._application.settings.timezone
        week_ago = now.astimezone(zone).date() - timedelta(days=WEEK)
        async with self._application.database.read() as connection:
            entries = await ledger_store.all_entries(connection)
            ordered = await reminder_store.ordered_since(connection, week_ago)
        # In a thread: the fold of all members takes as long as they are many.
        due = await asyncio.to_thread(self._due, entries, now)
        fresh = [one for one in due if (one.account, one.valid_until, one.kind) not in ordered]
        for first in range(0, len(fresh), _IN_ONE_TRANSACTION):
            async with self._application.database.write() as connection:
                for reminder in fresh[first : first + _IN_ONE_TRANSACTION]:
                    await reminder_store.order(connection, reminder, self._push(reminder, now), now)
        if fresh:
            logger.info(f"{len(fresh)} reminders are ordered")

    def _due(self, entries: Sequence[LedgerEntry], now: datetime) -> list[DueReminder]:
        zone = self._application.settings.timezone
        return due_reminders(fold_all(entries, zone), now, zone, self._wording.nobody)

    def _push(self, due: DueReminder, now: datetime) -> Push:
        """Returns the push of a reminder. Its words are made when it leaves: they count the days."""
        expires_at = due_until(due.kind, due.valid_until, self._application.settings.timezone)
        return Push(reminder_store.KIND, reminder_store.subject(due), due.account, "", now, expires_at)

    async def _order_list(self) -> None:
        """Orders for every superuser the lists of reminders that weren't delivered, once a day, when no
        reminder waits any more. What comes later on that day, or is too much for it, stands in those of the
        next day."""
        now, today = self._application.clock(), self._application.today
        async with self._application.database.read() as connection:
            if not await reminder_store.undelivered(connection):
                return
            # Those of the morning come first; one that waits for longer doesn't keep the list back.
            if await push_store.count_waiting(connection, reminder_store.KIND, now - _LIST_WAITS):
                return
        async with self._application.database.write() as connection:
            await reminder_store.mark_listed(connection, LIST_KIND)
        async with self._application.database.read() as connection:
            people = (await self._wording.not_reached(connection))[: _MOST_LISTS * MOST_LISTED]
        async with self._application.database.write() as connection:
            for first in range(0, len(people), MOST_LISTED):
                named = [one for reminders in people[first : first + MOST_LISTED] for one in reminders]
                for superuser in self._application.settings.superusers:
                    await push_store.order(connection, self._list(superuser, named, now), now)
        self._listed_on = today

    def _list(self, superuser: str, named: Sequence[OrderedReminder], now: datetime) -> Push:
        """Returns the push of a list of these. Its words are made when it leaves."""
        today, zone = self._application.today, self._application.settings.timezone
        pushes = [reminder.push for reminder in named if reminder.push is not None]
        subject = reminder_store.list_subject(LIST_KIND, superuser, today, pushes)
        return Push(LIST_KIND, subject, superuser, "", now, end_of_day(today + timedelta(days=1), zone))
