"""What a check is given: a connection that only reads and never breaks off on damaged text."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from doctor_cases import NOW, Installation

from jianggao.doctor.finding import CheckContext, list_numbers, open_to_read


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([], ""),
        ([7, 3], "3、7"),
        (range(1, 11), "1、2、3、4、5、6、7、8、9、10"),
        (range(1, 26), "1、2、3、4、5、6、7、8、9、10 等 25"),
    ],
)
def test_the_first_numbers_are_listed(numbers: list[int], text: str) -> None:
    assert list_numbers(numbers) == text


def test_the_limit_of_a_list_can_be_chosen() -> None:
    assert list_numbers({5, 1, 3}, 2) == "1、3 等 3"


def test_a_connection_of_a_check_cannot_write(installation: Installation) -> None:
    with (
        closing(open_to_read(installation.database)) as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        connection.execute("DELETE FROM facts")


def test_text_that_is_no_utf8_is_read_with_replacements(installation: Installation) -> None:
    installation.edit("INSERT INTO facts VALUES ('damaged', CAST(x'e5b9b2ff' AS TEXT))")
    with closing(open_to_read(installation.database)) as connection:
        row = connection.execute("SELECT value FROM facts WHERE name = 'damaged'").fetchone()
    assert row["value"] == "干�"


def test_a_snapshot_sees_one_state_and_the_next_one_what_came_since(installation: Installation) -> None:
    context = CheckContext(installation.settings, NOW)
    sql = "SELECT count(*) FROM facts WHERE name = 'later'"
    with context.snapshot() as connection:
        before = connection.execute(sql).fetchone()[0]
        installation.edit("INSERT INTO facts VALUES ('later', '')")
        assert connection.execute(sql).fetchone()[0] == before == 0
    assert context.rows(sql)[0][0] == 1
    assert len(context.connections) == 1
    context.close()
    assert context.connections == []


def test_a_check_that_fails_leaves_no_transaction_behind(installation: Installation) -> None:
    context = CheckContext(installation.settings, NOW)
    with pytest.raises(ZeroDivisionError), context.snapshot():
        raise ZeroDivisionError
    assert not context.connections[0].in_transaction
    assert context.rows("SELECT 1")[0][0] == 1
    context.close()
