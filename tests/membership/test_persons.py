"""Which accounts are one person, and who only tries."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind, LedgerEntry
from jianggao.membership.persons import persons, trying

GRANT, TRANSFER, UNDO = EntryKind.GRANT, EntryKind.TRANSFER, EntryKind.UNDO
AT = datetime(2026, 3, 18, tzinfo=timezone.utc)


def entry(number: int, kind: EntryKind, member: str, **fields: Any) -> LedgerEntry:
    given: dict[str, Any] = {
        "duration": Duration(days=3) if kind is GRANT else None,
        "target": None,
        **fields,
    }
    return LedgerEntry(number, kind, member, "9", AT, note="", message=str(number), **given)


def test_transfers_that_stand_join_accounts() -> None:
    moves = (
        entry(1, TRANSFER, "1", successor="2"),
        entry(2, TRANSFER, "3", successor="2"),
        entry(3, GRANT, "4"),
    )
    found = persons(moves)
    assert found["1"] == found["2"] == found["3"] != found["4"]


def test_an_undone_transfer_joins_nobody() -> None:
    entries = [entry(1, TRANSFER, "1", successor="2"), entry(2, UNDO, "1", target=1)]
    assert persons(entries)["1"] != persons(entries)["2"]
    again = persons([*entries, entry(3, UNDO, "1", target=2)])
    assert again["1"] == again["2"]


def test_who_was_given_nothing_but_trials_tries() -> None:
    entries = [entry(1, GRANT, "1", is_trial=True), entry(2, GRANT, "2"), entry(3, GRANT, "2", is_trial=True)]
    assert trying(entries) == {"1"}
    assert trying([*entries, entry(4, UNDO, "2", target=2)]) == {"1", "2"}
    assert trying([]) == frozenset()


def test_a_trial_that_moved_to_another_account_stays_one() -> None:
    entries = [entry(1, GRANT, "1", is_trial=True), entry(2, TRANSFER, "1", successor="2")]
    assert trying(entries) == {"1", "2"}
