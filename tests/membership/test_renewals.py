"""What was given last, and so for how long somebody renews."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from jianggao.database import Database
from jianggao.membership import administration, renewals
from jianggao.membership.administration import Act
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind, LedgerEntry

START = datetime(2026, 3, 18, 2, tzinfo=timezone.utc)
YEAR, MONTH, TRIAL = Duration(years=1), Duration(months=1), Duration(days=3)


def given(number: int, member: str, duration: Duration, kind: EntryKind = EntryKind.GRANT) -> LedgerEntry:
    return LedgerEntry(number, kind, member, "90001", START, duration, "", None, f"message {number}")


def transfer(number: int, member: str, successor: str) -> LedgerEntry:
    entry = given(number, member, YEAR, EntryKind.TRANSFER)
    return replace(entry, duration=None, successor=successor)


def undo(number: int, member: str, target: int) -> LedgerEntry:
    return replace(given(number, member, YEAR, EntryKind.UNDO), duration=None, target=target)


def last(*entries: LedgerEntry, trials: bool = True) -> dict[str, int]:
    found = renewals.last_given(reversed(entries), trials=trials)
    return {account: entry.number for account, entry in found.items()}


def test_the_newest_that_counts() -> None:
    entries = (given(1, "20001", YEAR), given(2, "20001", MONTH, EntryKind.RENEW), given(3, "20002", YEAR))
    assert last(*entries) == {"20001": 2, "20002": 3}
    assert last(*entries, undo(4, "20001", 2)) == {"20001": 1, "20002": 3}


def test_trials_are_left_out_where_they_do_not_count() -> None:
    entries = given(1, "20001", YEAR), replace(given(2, "20001", TRIAL), is_trial=True)
    assert last(*entries) == {"20001": 2} and last(*entries, trials=False) == {"20001": 1}


def test_a_transfer_brings_along_what_was_given_last() -> None:
    entries = given(1, "20001", YEAR), transfer(2, "20001", "20002")
    assert last(*entries) == {"20002": 1}
    assert last(*entries, undo(3, "20001", 2)) == {"20001": 1}
    later = given(1, "20001", YEAR), given(2, "20002", MONTH), transfer(3, "20001", "20002")
    assert last(*later) == {"20002": 2}


def test_odd_days_that_an_import_gave_are_no_product() -> None:
    """They are what was left until a 到期日; days that somebody typed are what he sells."""

    def imported(number: int, member: str, duration: Duration) -> LedgerEntry:
        return replace(given(number, member, duration), note="导入3，甲单位")

    days = Duration(days=14)
    entries = given(1, "20001", MONTH), imported(2, "20001", days), imported(3, "20002", days)
    more = imported(4, "20003", YEAR), given(5, "20004", days)
    found = renewals.last_given((*entries, *more), products=True)
    assert {account: entry.number for account, entry in found.items()} == {"20001": 1, "20003": 4, "20004": 5}
    moved = renewals.last_given((*entries, transfer(4, "20001", "20002")), products=True)
    assert {account: entry.number for account, entry in moved.items()} == {"20002": 1}


async def test_durations_are_read_of_the_whole_ledger(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "bot.db")
    async with database.write() as connection:
        act = Act("90001", "m1", START, ZoneInfo("Asia/Shanghai"))
        await administration.grant(connection, "20001", MONTH, act)
        await administration.grant(connection, "20002", TRIAL, replace(act, message="m2"), is_trial=True)
        assert await renewals.usual_durations(connection) == {"20001": MONTH}
    await database.close()


def test_a_few_days_beside_a_longer_subscription_are_not_proposed() -> None:
    """Nor where the longer one was the odd days until an imported 到期日; who has but days renews for them."""
    days, odd = Duration(days=10), Duration(days=348)
    entries = (
        given(1, "20001", YEAR),
        given(2, "20001", days),
        replace(given(3, "20002", odd), note="导入1，甲单位"),
        given(4, "20002", days),
        given(5, "20003", days),
        given(6, "20004", YEAR),
        given(7, "20004", MONTH),
        given(8, "20005", YEAR),
        transfer(9, "20005", "20006"),
        given(10, "20006", days),
    )
    assert renewals.usual_among(entries) == {
        "20001": YEAR,
        "20002": YEAR,
        "20003": days,
        "20004": MONTH,
        "20006": YEAR,
    }
