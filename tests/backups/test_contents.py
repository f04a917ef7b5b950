"""What a database contains, and what a restore would change in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from jianggao.backups.contents import (
    BackupContents,
    differences,
    figures_check,
    read_contents,
)
from jianggao.errors import DatabaseDamaged
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind, LedgerEntry, MemberState, fold_all

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
GRANT = """INSERT INTO ledger (kind, member, by_account, at, duration, note, message)
           VALUES ('grant', ?, '90001', '2026-03-01T00:00:00.000000+00:00', ?, '', ?)"""


def grant(number: int, member: str, years: int = 1) -> LedgerEntry:
    return LedgerEntry(
        number=number,
        kind=EntryKind.GRANT,
        member=member,
        by="90001",
        at=NOW - timedelta(days=10),
        duration=Duration(years=years),
        note="",
        target=None,
        message=f"m{number}",
    )


def contents(*entries: LedgerEntry, deliveries: int = 0) -> BackupContents:
    return BackupContents(2, 9, entries, fold_all(list(entries), ZONE), deliveries)


@pytest.fixture
def database(imported: Path, tmp_path: Path) -> Path:
    """The small library with two members."""
    path = tmp_path / "bot.db"
    path.write_bytes((imported / "data" / "bot.db").read_bytes())
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(GRANT, [("20001", "P1Y0M0W0D", "a"), ("20002", "P0Y0M1W0D", "b")])
    return path


def test_a_database_is_read_with_its_folded_ledger(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        found = read_contents(connection, ZONE)
    assert found.speeches == 8 and found.sections > 8 and found.deliveries == 0
    assert found.last is not None and (found.last.number, found.last.member) == (2, "20002")
    assert found.active(NOW) == 1 and found.active(NOW - timedelta(days=14)) == 2


def test_the_figures_of_a_manifest_name_nobody(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        figures = figures_check(ZONE, NOW)(connection)
    assert figures["members"] == 1 and figures["ledger_entries"] == figures["last_entry"] == 2
    assert figures["last_entry_at"].startswith("2026-03-01")
    assert "20001" not in str(figures) and "20002" not in str(figures)


def test_an_empty_ledger_has_no_last_entry() -> None:
    figures = contents().figures(NOW)
    assert (figures["last_entry"], figures["last_entry_at"], figures["members"]) == (None, None, 0)


@pytest.mark.parametrize("duration", ["P9000Y0M0W0D", "soon"])
def test_an_entry_that_makes_no_sense_is_damage(database: Path, duration: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(GRANT, ("20003", duration, "c"))
        with pytest.raises(DatabaseDamaged, match="换一个备份"):
            read_contents(connection, ZONE)


def test_equal_contents_differ_in_nothing() -> None:
    same = contents(grant(1, "a"), grant(2, "b"))
    change = differences(same, same)
    assert (change.lost, change.added, change.members) == ((), (), {})


def test_what_came_after_the_backup_would_be_lost() -> None:
    live = contents(grant(1, "a"), grant(2, "b"), grant(3, "a"))
    backup = contents(grant(1, "a"))
    change = differences(live, backup)
    assert [entry.number for entry in change.lost] == [2, 3] and change.added == ()
    assert set(change.members) == {"a", "b"}
    assert change.members["b"] == (live.states["b"], MemberState())


def test_another_history_is_both_lost_and_added() -> None:
    change = differences(contents(grant(1, "a"), grant(2, "b")), contents(grant(1, "a"), grant(2, "c")))
    assert [entry.member for entry in change.lost] == ["b"]
    assert [entry.member for entry in change.added] == ["c"]
    assert set(change.members) == {"b", "c"}


def test_an_entry_that_changes_no_state_changes_no_member() -> None:
    noted = replace(grant(1, "a"), note="another note")
    change = differences(contents(grant(1, "a")), contents(noted))
    assert len(change.lost) == len(change.added) == 1 and change.members == {}
