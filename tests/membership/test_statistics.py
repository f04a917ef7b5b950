"""The figures of the ledger: who is what, and what was given in a month."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind, LedgerEntry
from jianggao.membership.months import Month
from jianggao.membership.statistics import LedgerCounts, MemberCounts, MonthCounts, count_ledger

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 18, 4, tzinfo=timezone.utc)
MARCH = Month(2026, 3)
YEAR, DAYS = Duration(years=1), Duration(days=3)
GRANT, RENEW, REDEEM, REWARD = EntryKind.GRANT, EntryKind.RENEW, EntryKind.REDEEM, EntryKind.REWARD
NOTHING = MonthCounts(0, 0, 0, 0, 0)


class Ledger:
    """Entries, written one after the other."""

    def __init__(self) -> None:
        self.entries: list[LedgerEntry] = []

    def add(self, kind: EntryKind, member: str, days_ago: float = 0, **fields: Any) -> Ledger:
        number = len(self.entries) + 1
        gives = kind in (GRANT, RENEW, REDEEM, REWARD)
        given: dict[str, Any] = {"duration": YEAR if gives else None, "target": None, **fields}
        at = NOW - timedelta(days=days_ago)
        self.entries.append(LedgerEntry(number, kind, member, "9", at, note="", message=str(number), **given))
        return self

    def trial(self, member: str, days_ago: float = 0) -> Ledger:
        return self.add(GRANT, member, days_ago, duration=DAYS, is_trial=True)

    def undo(self, number: int) -> Ledger:
        return self.add(EntryKind.UNDO, self.entries[number - 1].member, target=number)

    def counts(
        self, month: Month = MARCH, texts: tuple[tuple[str, datetime], ...] = (), now: datetime = NOW
    ) -> LedgerCounts:
        return count_ledger(self.entries, texts, month, now, ZONE)


def test_nothing_is_nothing() -> None:
    counts = Ledger().counts()
    assert counts == LedgerCounts(MARCH, MemberCounts(), NOTHING, NOTHING, 0, 0)


def test_each_person_is_one_thing() -> None:
    ledger = Ledger().add(GRANT, "active").add(GRANT, "soon", 340).add(GRANT, "ended", 400).trial("tries")
    ledger.add(GRANT, "suspended").add(EntryKind.SUSPEND, "suspended")
    ledger.add(GRANT, "later", starts_on=date(2026, 9, 1))
    assert ledger.counts().members == MemberCounts(active=3, on_trial=1, expiring=2, suspended=1, expired=1)


def test_who_was_rewarded_or_subscribed_is_not_on_trial() -> None:
    ledger = Ledger().trial("1").add(GRANT, "1").trial("2").add(REWARD, "2").trial("3")
    assert ledger.counts().members.on_trial == 1


def test_the_first_time_is_new_and_later_ones_are_renewals() -> None:
    ledger = Ledger().add(GRANT, "1").add(RENEW, "2").add(GRANT, "3", 30).add(RENEW, "3").add(REDEEM, "4")
    counts = ledger.counts()
    assert (counts.in_month.new, counts.in_month.renewed, counts.in_month.redeemed) == (3, 1, 1)
    assert (counts.month_before.new, counts.month_before.renewed) == (1, 0)


def test_a_person_counts_once_a_month_and_may_be_new_and_renew() -> None:
    ledger = Ledger().add(GRANT, "1").add(RENEW, "1").add(RENEW, "1")
    assert (ledger.counts().in_month.new, ledger.counts().in_month.renewed) == (1, 1)


def test_rewards_and_trials_are_no_subscriptions() -> None:
    ledger = Ledger().add(REWARD, "1").trial("2").add(REDEEM, "3", duration=DAYS, is_trial=True)
    assert ledger.counts().in_month == MonthCounts(new=0, renewed=0, redeemed=1, rewards=1, trials=2)


def test_what_was_undone_does_not_count() -> None:
    ledger = Ledger().add(GRANT, "1").add(REWARD, "2").trial("3").undo(1).undo(2).undo(3)
    counts = ledger.counts()
    assert (counts.in_month, counts.trials_in_year, counts.members) == (NOTHING, 0, MemberCounts())


def test_an_imported_subscription_counts_where_it_began() -> None:
    ledger = Ledger().add(GRANT, "1", starts_on=date(2026, 2, 10)).add(RENEW, "1")
    counts = ledger.counts()
    assert (counts.month_before.new, counts.in_month.new, counts.in_month.renewed) == (1, 0, 1)


def test_an_imported_subscription_counts_among_the_members_of_its_months() -> None:
    ledger = Ledger().add(GRANT, "1", starts_on=date(2025, 4, 1)).add(GRANT, "2", starts_on=date(2026, 2, 1))
    april, february = ledger.counts(Month(2025, 4)), ledger.counts(Month(2026, 2))
    assert (april.in_month.new, april.members.active) == (1, 1)
    assert (february.in_month.new, february.members.active) == (1, 2)


def test_what_begins_later_counts_when_it_has_come() -> None:
    ledger = Ledger().trial("1", 9).add(GRANT, "1", 1, starts_on=date(2026, 3, 25))
    counts = ledger.counts()
    assert (counts.in_month.new, counts.subscribed_later) == (0, 0)
    counts = ledger.counts(now=NOW + timedelta(days=8))
    assert (counts.in_month.new, counts.subscribed_later) == (1, 1)
    assert Ledger().add(GRANT, "1", 340).add(RENEW, "1", starts_on=date(2026, 4, 20)).counts().members == (
        MemberCounts(active=1)
    ), "renewed, so that it doesn't expire"


def test_who_subscribed_before_the_trial_by_the_days_did_not_subscribe_after_it() -> None:
    ledger = Ledger().trial("1", 20).add(GRANT, "1", 1, starts_on=date(2026, 1, 1))
    assert ledger.counts().subscribed_later == 0


def test_an_undone_transfer_makes_nobody_one_person() -> None:
    ledger = Ledger().trial("1").add(GRANT, "2", 40).add(EntryKind.TRANSFER, "2", 20, successor="1").undo(3)
    counts = ledger.counts()
    assert counts.members == MemberCounts(active=2, on_trial=1, expiring=1)


def test_two_accounts_of_one_person_are_one() -> None:
    ledger = Ledger().add(GRANT, "1", 40).add(EntryKind.TRANSFER, "1", 20, successor="2").add(RENEW, "2")
    counts = ledger.counts()
    assert (counts.in_month.new, counts.in_month.renewed) == (0, 1)
    assert counts.members == MemberCounts(active=1)


def test_who_subscribes_after_a_trial_is_told() -> None:
    ledger = Ledger().trial("1", 30).add(GRANT, "1", 9)  # yes
    ledger.trial("2", 30)  # no
    ledger.add(GRANT, "3", 400).trial("3", 3)  # before it
    ledger.trial("4", 90).add(GRANT, "4", 1)  # a trial of the year before
    ledger.trial("5", 20).add(EntryKind.TRANSFER, "5", 19, successor="6").add(
        RENEW, "6", 1
    )  # by another account
    ledger.trial("7", 9).add(REWARD, "7", 1)  # was given, and didn't subscribe
    counts = ledger.counts()
    assert (counts.trials_in_year, counts.subscribed_later) == (5, 2)


def test_a_full_text_is_a_trial_too() -> None:
    ledger = Ledger().add(GRANT, "1")
    texts = (("1", NOW - timedelta(days=9)), ("2", NOW), ("3", NOW - timedelta(days=30)))
    counts = ledger.counts(texts=texts)
    assert (counts.in_month.trials, counts.month_before.trials) == (2, 1)
    assert (counts.trials_in_year, counts.subscribed_later) == (3, 1)


def test_a_month_that_has_ended_is_told_as_it_ended() -> None:
    ledger = Ledger().add(GRANT, "1", 60, duration=Duration(months=1)).add(GRANT, "2").add(GRANT, "3", 60)
    ledger.add(GRANT, "wrong", 60).undo(4)  # a mistake of then that was undone since
    assert ledger.counts(Month(2026, 2)).members == MemberCounts(active=1, expired=1)
    assert ledger.counts(Month(2026, 1)).members == MemberCounts(active=2, expiring=1)
    assert ledger.counts().members == MemberCounts(active=2, expired=1)


def test_the_last_day_of_a_month_is_in_it() -> None:
    """By the zone's midnight: 2026-02-28 is a member's last day."""
    ledger = Ledger().add(GRANT, "1", 60, starts_on=date(2026, 1, 28), duration=Duration(months=1))
    assert ledger.counts(Month(2026, 2)).members == MemberCounts(active=1, expiring=1)


def test_thirty_thousand_entries_take_no_second() -> None:
    """A large ledger; the bound is generous, and quadratic work would take minutes."""
    from time import process_time

    ledger = Ledger()
    for number in range(30_000):
        ledger.add(GRANT, str(number // 3), 1 + number % 900)
    begun = process_time()
    assert ledger.counts().members.active > 0
    assert process_time() - begun < 20
