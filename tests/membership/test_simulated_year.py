"""A year of two thousand members: whatever is granted, redeemed, moved, suspended and undone, the fold says what
a reckoning by days says."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiosqlite
from ledger_oracle import Account, Deed, accounts_after

from jianggao.database import Database
from jianggao.errors import JianggaoError
from jianggao.membership import administration, ledger_store
from jianggao.membership.administration import Act, MembershipChange
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import MemberState, Standing, fold_all

ZONE = ZoneInfo("Asia/Shanghai")
FIRST_DAY = date(2026, 1, 1)
MEMBERS = 2_000
CHECKED_EVERY = 73

Change = Callable[[aiosqlite.Connection, Act], Awaitable[MembershipChange]]


class Year:
    """What operators, shops and members do in a year, in the ledger and on paper."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.rng = random.Random(20261128)
        self.deeds: list[Deed] = []
        self.refused = 0

    async def pass_day(self, day: date) -> None:
        """Lets about as many things happen as give every member half a dozen in the year."""
        noon = datetime.combine(day, time(12), ZONE)
        async with self.database.write() as connection:
            for _ in range(self.rng.randint(25, 45)):
                await self._one(connection, noon)

    async def _one(self, connection: aiosqlite.Connection, now: datetime) -> None:
        kind = self.rng.choices(
            ["grant", "renew", "redeem", "trial", "import", "suspend", "resume", "transfer", "undo"],
            [20, 25, 20, 3, 8, 4, 5, 6, 9],
        )[0]
        deed = self._drawn(kind, now.date())
        act = Act("90001", f"m{len(self.deeds)}.{self.refused}", now, ZONE)
        try:
            change = await _changes(kind, deed)(connection, act)
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
        "redeem": lambda c, act: administration.redeem(c, account, duration, act),
        "suspend": lambda c, act: administration.suspend(c, account, act),
        "resume": lambda c, act: administration.resume(c, account, act),
        "transfer": lambda c, act: administration.transfer(c, account, deed.successor, act),
        "undo": lambda c, act: administration.undo(c, deed.target, act),
    }
    return changes[kind]


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
        assert len(year.deeds) > 8_000 and year.refused > 100
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
