"""A year of two thousand members: whatever is granted, redeemed, imported, moved, suspended and undone, the fold says
what a reckoning by days says, and everybody is reminded exactly once of each end."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiosqlite
import pytest
from ledger_oracle import Account, Deed, accounts_after

from jianggao.bulk_membership import imports
from jianggao.bulk_membership.member_rows import ImportLine, ReadLines
from jianggao.database import Database
from jianggao.errors import JianggaoError, NotAllowed
from jianggao.membership import administration, ledger_store
from jianggao.membership.administration import Act, MembershipChange
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import MemberState, Standing, fold_all
from jianggao.outbound import push_store
from jianggao.outbound.push_store import Push, PushState
from jianggao.redeem_codes import code_store, issuing
from jianggao.redeem_codes.code_form import characters_of, key_of_hashes
from jianggao.redeem_codes.code_store import CodeTerms
from jianggao.redeem_codes.redemption import Redeemed, redeem
from jianggao.reminders import reminder_store
from jianggao.reminders.due_reminders import due_reminders

ZONE = ZoneInfo("Asia/Shanghai")
FIRST_DAY = date(2026, 1, 1)
MEMBERS = 2_000
CHECKED_EVERY = 73
KEY = key_of_hashes(b"the codes key of this year")
MONTH = Duration(months=3)
"""What each redeem code gives."""

Change = Callable[[aiosqlite.Connection, Act], Awaitable[MembershipChange]]


class Year:
    """What operators, shops and members do in a year, in the ledger and on paper."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.rng = random.Random(20261128)
        self.deeds: list[Deed] = []
        self.refused = 0
        self.codes: list[str] = []
        self.reminded: list[tuple[str, date, str]] = []
        self.expected: set[tuple[str, date, str]] = set()

    async def pass_day(self, day: date) -> None:
        """Lets about as many things happen as give every member half a dozen in the year."""
        noon = datetime.combine(day, time(12), ZONE)
        async with self.database.write() as connection:
            for _ in range(self.rng.randint(12, 22)):
                await self._one(connection, noon)
            if day.weekday() == 0:
                await self._import(connection, noon)
        # The bot is off on some days; who should have been reminded then is reminded later.
        if self.rng.random() < 0.9:
            await self._remind(day)

    async def _import(self, connection: aiosqlite.Connection, now: datetime) -> None:
        """Imports a table of a shop: half of the orders are older ones once more."""
        lines = tuple(
            ImportLine(
                number,
                self._anybody(),
                None,
                Duration(months=1),
                None,
                "",
                f"order {self.rng.randrange(900)}",
            )
            for number in range(2, 22)
        )
        act = Act("90001", f"import {now.date()}", now, ZONE)
        dry_run = await imports.propose(
            connection, ReadLines(lines, (), (), (), ()), f"file {now.date()}", act
        )
        if dry_run.number is None:
            return
        done = await imports.confirm(connection, dry_run.number, act)
        assert isinstance(done, imports.DoneImport)
        for entry in await ledger_store.page(connection, limit=len(done.effects), skip=0):
            assert done.first_entry <= entry.number <= done.last_entry
            self.deeds.append(Deed(entry.number, "give", now.date(), entry.member, 1))
        self.deeds.sort(key=lambda deed: deed.number)

    async def _remind(self, day: date) -> None:
        """Lets the bot order what is due in the evening, and notes what should be."""
        now = datetime.combine(day, time(18), ZONE)
        async with self.database.write() as connection:
            states = fold_all(await ledger_store.all_entries(connection), ZONE)
            for due in due_reminders(states, now, ZONE):
                push = Push("reminder", reminder_store.subject(due), due.account, "", now, now)
                if await reminder_store.order(connection, due, push, now):
                    self.reminded.append((due.account, due.valid_until, due.kind.value))
                    (number,) = await connection.execute_fetchall("SELECT max(id) FROM pushes")
                    await push_store.settle(connection, number[0], PushState.DELIVERED, now)
        for account, known in accounts_after(self.deeds).items():
            due_kind = known.reminder(day)
            until = known.last_day_around(day)
            if due_kind is not None and until is not None:
                self.expected.add((account, until, due_kind))

    async def _code(self, connection: aiosqlite.Connection, now: datetime) -> str:
        if not self.codes:
            terms = CodeTerms(MONTH)
            batch = await issuing.make_at_the_terminal(connection, 500, terms, now, ZONE, KEY)
            await code_store.activate(connection, batch.number, now)
            self.codes += [characters_of(code) for code in batch.codes]
        return self.codes[-1]

    async def _one(self, connection: aiosqlite.Connection, now: datetime) -> None:
        kind = self.rng.choices(
            ["grant", "renew", "redeem", "trial", "import", "suspend", "resume", "transfer", "undo"],
            [20, 25, 20, 3, 8, 4, 5, 6, 9],
        )[0]
        deed = self._drawn(kind, now.date())
        act = Act("90001", f"m{len(self.deeds)}.{self.refused}", now, ZONE)
        try:
            change = await self._changed(kind, deed, connection, act)
        except JianggaoError:
            self.refused += 1
            return
        entry = change.entry
        account = entry.member if kind == "undo" else deed.account
        self.deeds.append(
            Deed(
                entry.number,
                deed.what,
                deed.day,
                account,
                deed.months,
                deed.days,
                deed.starts_on,
                deed.successor,
                deed.target,
            )
        )

    async def _changed(
        self, kind: str, deed: Deed, connection: aiosqlite.Connection, act: Act
    ) -> MembershipChange:
        if kind != "redeem":
            return await _changes(kind, deed)(connection, act)
        found = await redeem(connection, deed.account, await self._code(connection, act.at), act, KEY)
        if not isinstance(found, Redeemed):
            raise NotAllowed("the person is suspended")
        self.codes.pop()
        return found.change

    def _drawn(self, kind: str, day: date) -> Deed:
        account = self._anybody()
        if kind in ("suspend", "resume"):
            return Deed(0, kind, day, account)
        if kind == "transfer":
            return Deed(0, kind, day, account, successor=self._anybody())
        if kind == "undo":
            last = self.deeds[-1].number if self.deeds else 1
            return Deed(0, kind, day, account, target=max(1, last - self.rng.randint(0, 400)))
        months, days = self.rng.choice([(1, 0), (3, 0), (6, 0), (12, 0), (0, 7), (1, 15)])
        if kind == "redeem":
            months, days = MONTH.months, 0
        starts_on = day + timedelta(days=self.rng.randint(-90, 30)) if kind == "import" else None
        return Deed(0, "give", day, account, months, days, starts_on)

    def _anybody(self) -> str:
        return str(200_000 + self.rng.randrange(MEMBERS))


def _changes(kind: str, deed: Deed) -> Change:
    """Returns the change that the deed is in the ledger."""
    duration = Duration(months=deed.months, days=deed.days)
    account = deed.account
    changes: dict[str, Change] = {
        "grant": lambda c, act: administration.grant(c, account, duration, act),
        "trial": lambda c, act: administration.grant(c, account, duration, act, is_trial=True),
        "import": lambda c, act: administration.grant(c, account, duration, act, starts_on=deed.starts_on),
        "renew": lambda c, act: administration.renew(c, account, duration, act),
        "suspend": lambda c, act: administration.suspend(c, account, act),
        "resume": lambda c, act: administration.resume(c, account, act),
        "transfer": lambda c, act: administration.transfer(c, account, deed.successor, act),
        "undo": lambda c, act: administration.undo(c, deed.target, act),
    }
    return changes[kind]


@pytest.mark.slow
async def test_the_fold_says_what_a_reckoning_by_days_says(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "bot.db")
    try:
        year = Year(database)
        for number in range(365):
            day = FIRST_DAY + timedelta(days=number)
            await year.pass_day(day)
            if number % CHECKED_EVERY == CHECKED_EVERY - 1:
                await _compare(year, day)
        kinds = {deed.what for deed in year.deeds}
        assert kinds == {"give", "suspend", "resume", "transfer", "undo"}
        assert len(year.deeds) > 5_000 and year.refused > 100
        assert len(year.reminded) == len(set(year.reminded)) > 1_000
        assert set(year.reminded) == year.expected
    finally:
        await database.close()


async def _compare(year: Year, day: date) -> None:
    expected = accounts_after(year.deeds)
    async with year.database.read() as connection:
        states = fold_all(await ledger_store.all_entries(connection), ZONE)
        # One by one, too: an account's state takes the entries of all that it is joined to.
        some = sorted(expected)[:: len(expected) // 50]
        alone = {account: await administration.state_of(connection, account, ZONE) for account in some}
    assert set(expected) <= set(states)  # of the others all was undone
    assert {account: states[account] for account in some} == alone
    now = datetime.combine(day, time(18), ZONE)
    wrong = [
        account for account in states if not _is_as(states[account], expected.get(account, Account()), now)
    ]
    assert wrong == []


def _is_as(state: MemberState, expected: Account, now: datetime) -> bool:
    return (
        state.valid_until == expected.last
        and state.suspended == expected.suspended
        and (state.standing(now) is Standing.ACTIVE) == expected.is_active(now.date())
        and all(
            state.running(datetime.combine(now.date() + timedelta(days=ahead), time(12), ZONE))
            == ((now.date() + timedelta(days=ahead)).toordinal() in expected.days)
            for ahead in (1, 20, 90, 200)
        )
    )
