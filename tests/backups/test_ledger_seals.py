"""Who changes the ledger without its keys can't make a seal that fits."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from jianggao.backups.ledger_seals import (
    INSERT_SEAL,
    BrokenSeal,
    broken_seal,
    due_seal,
    has_seals,
    key_of_seals,
    last_number,
    seals_at,
)

KEY = key_of_seals(b"codes")
ROW = (
    "INSERT INTO ledger (kind, member, by_account, at, note, message) VALUES ('grant', ?, '9', '2026', ?, ?)"
)


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    """A ledger of four rows, without the triggers that keep it from being changed."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute(
        """CREATE TABLE ledger (number INTEGER PRIMARY KEY AUTOINCREMENT, kind, member, by_account, at,
                                duration, note, target, message)"""
    )
    connection.execute("CREATE TABLE ledger_seals (id INTEGER PRIMARY KEY, at, last_entry, seal, accepted)")
    add(connection, 4)
    yield connection
    connection.close()


def add(connection: sqlite3.Connection, count: int) -> None:
    for number in range(count):
        connection.execute(ROW, (str(20001 + number), "", f"m{number}"))


def seal(connection: sqlite3.Connection, *, accepted: bool = False) -> None:
    last = last_number(connection)
    connection.execute(INSERT_SEAL, ("2026", last, seals_at(connection, KEY, [last])[last], accepted))


def test_the_keys_of_two_databases_make_other_seals(connection: sqlite3.Connection) -> None:
    assert seals_at(connection, KEY, [4]) != seals_at(connection, key_of_seals(b"other"), [4])
    assert KEY != b"codes"


def test_seals_at_several_numbers_are_those_at_each(connection: sqlite3.Connection) -> None:
    together = seals_at(connection, KEY, [4, 0, 2, 2])
    assert together == {number: seals_at(connection, KEY, [number])[number] for number in (0, 2, 4)}
    assert len(set(together.values())) == 3


def test_a_seal_doesnt_change_when_the_ledger_grows(connection: sqlite3.Connection) -> None:
    before = seals_at(connection, KEY, [4])
    add(connection, 2)
    assert seals_at(connection, KEY, [4]) == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger SET note = 'x' WHERE number = 2",
        "UPDATE ledger SET note = NULL WHERE number = 2",
        "UPDATE ledger SET note = x'ff' WHERE number = 2",
        "UPDATE ledger SET member = '2000', by_account = '29' WHERE number = 2",
        "DELETE FROM ledger WHERE number = 2",
        "UPDATE ledger SET number = 9 WHERE number = 2",
    ],
)
def test_each_change_breaks_the_seal(connection: sqlite3.Connection, change: str) -> None:
    seal(connection)
    assert broken_seal(connection, KEY) is None
    connection.execute(change)
    assert broken_seal(connection, KEY) == BrokenSeal(0, 4)
    assert "会员记录 1–4" in str(BrokenSeal(0, 4))


def test_letters_that_move_to_the_next_column_break_the_seal(connection: sqlite3.Connection) -> None:
    """Joined without their lengths, "2000" and "19" would read as "20001" and "9"."""
    before = seals_at(connection, KEY, [4])
    connection.execute("UPDATE ledger SET member = '2000', by_account = '19' WHERE number = 1")
    assert seals_at(connection, KEY, [4]) != before


def test_a_broken_seal_says_among_which_rows(connection: sqlite3.Connection) -> None:
    seal(connection)
    add(connection, 3)
    seal(connection)
    connection.execute("UPDATE ledger SET note = 'x' WHERE number = 6")
    assert broken_seal(connection, KEY) == BrokenSeal(4, 7)


def test_seals_before_one_that_was_accepted_do_not_count(connection: sqlite3.Connection) -> None:
    seal(connection)
    connection.execute("UPDATE ledger SET note = 'corrected' WHERE number = 2")
    assert broken_seal(connection, KEY) is not None
    seal(connection, accepted=True)
    assert broken_seal(connection, KEY) is None
    connection.execute("UPDATE ledger SET note = 'again' WHERE number = 2")
    assert broken_seal(connection, KEY) is not None


def test_a_seal_is_due_while_rows_are_not_sealed(connection: sqlite3.Connection) -> None:
    assert due_seal(connection, KEY) == (4, seals_at(connection, KEY, [4])[4])
    seal(connection)
    assert due_seal(connection, KEY) is None
    add(connection, 1)
    assert (due_seal(connection, KEY) or (0,))[0] == 5


def test_an_empty_ledger_needs_no_seal(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM ledger")
    assert last_number(connection) == 0 and due_seal(connection, KEY) is None


def test_a_file_of_an_earlier_release_knows_no_seals(connection: sqlite3.Connection) -> None:
    assert has_seals(connection)
    connection.execute("DROP TABLE ledger_seals")
    assert not has_seals(connection)


def test_rows_of_the_first_release_keep_their_seals_and_later_columns_are_sealed_too(
    connection: sqlite3.Connection,
) -> None:
    before = seals_at(connection, KEY, [4])
    for column in ("successor", "starts_on", "is_trial"):
        connection.execute(f"ALTER TABLE ledger ADD COLUMN {column}")
    assert seals_at(connection, KEY, [4]) == before
    seen = {before[4]}
    for column, value in (("successor", "20009"), ("starts_on", "2026-01-01"), ("is_trial", 1)):
        connection.execute(f"UPDATE ledger SET {column} = ? WHERE number = 3", (value,))
        seen.add(seals_at(connection, KEY, [4])[4])
    connection.execute("UPDATE ledger SET successor = '2026-01-01', starts_on = '20009' WHERE number = 3")
    seen.add(seals_at(connection, KEY, [4])[4])
    assert len(seen) == 5
