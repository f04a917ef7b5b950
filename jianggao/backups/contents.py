"""Reads what a database file contains, and compares a backup with the live database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import takewhile
from typing import Any

from jianggao.access.deliveries import count_deliveries_in
from jianggao.clock import to_text
from jianggao.errors import DatabaseDamaged
from jianggao.library.speech_store import count_listed_in
from jianggao.membership.ledger import LedgerEntry, MemberState, Standing, fold_all
from jianggao.membership.ledger_store import entries_in


@dataclass(frozen=True, slots=True)
class BackupContents:
    """What is in a database, so far as people would miss it."""

    speeches: int
    sections: int
    entries: tuple[LedgerEntry, ...]
    """The whole ledger, oldest first."""
    states: Mapping[str, MemberState]
    """The states of all members in the ledger."""
    deliveries: int

    @property
    def last(self) -> LedgerEntry | None:
        """Returns the newest entry of the ledger; None where there is none."""
        return self.entries[-1] if self.entries else None

    def active(self, now: datetime) -> int:
        """Returns how many people are members at a moment."""
        return sum(state.standing(now) is Standing.ACTIVE for state in self.states.values())

    def figures(self, now: datetime) -> dict[str, Any]:
        """Returns numbers and moments for a manifest, and nobody's account."""
        return {
            "speeches": self.speeches,
            "sections": self.sections,
            "members": self.active(now),
            "ledger_entries": len(self.entries),
            "last_entry": self.last and self.last.number,
            "last_entry_at": self.last and to_text(self.last.at),
            "deliveries": self.deliveries,
        }


@dataclass(frozen=True, slots=True)
class ContentDifferences:
    """What a restore would change in the ledger."""

    lost: tuple[LedgerEntry, ...]
    """Entries of the live database that the backup doesn't have."""
    added: tuple[LedgerEntry, ...]
    """Entries of the backup that the live database doesn't have."""
    members: Mapping[str, tuple[MemberState, MemberState]]
    """The members whose state would change: as it is, and as it would be."""


def read_contents(connection: sqlite3.Connection, zone: tzinfo) -> BackupContents:
    """Returns what a database contains, with the folded ledger.

    Raises sqlite3.Error, and DatabaseDamaged if an entry makes no sense.
    """
    try:
        entries = entries_in(connection)
        states = fold_all(entries, zone)
    except (ValueError, OverflowError, TypeError) as error:
        raise DatabaseDamaged(f"会员记录里有读不懂的（{error}），算不出会员状态。请换一个备份。") from error
    speeches, sections = count_listed_in(connection)
    return BackupContents(speeches, sections, tuple(entries), states, count_deliveries_in(connection))


def figures_check(zone: tzinfo, now: datetime) -> Callable[[sqlite3.Connection], Mapping[str, Any]]:
    """Returns the check for written backups: it reads the contents and returns the figures for the
    manifest."""
    return lambda connection: read_contents(connection, zone).figures(now)


def differences(live: BackupContents, backup: BackupContents) -> ContentDifferences:
    """Returns what a restore of the backup would lose, add and change in the live ledger."""
    pairs = zip(live.entries, backup.entries, strict=False)
    # Both ledgers only grow: what they have in common is their beginning.
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    members = live.states.keys() | backup.states.keys()
    nobody = MemberState()
    changes = {
        member: (live.states.get(member, nobody), backup.states.get(member, nobody))
        for member in sorted(members)
    }
    return ContentDifferences(
        live.entries[same:],
        backup.entries[same:],
        {member: change for member, change in changes.items() if change[0] != change[1]},
    )
