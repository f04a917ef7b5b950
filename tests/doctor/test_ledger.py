"""The ledger folds, and no row is gone from records that are only added to."""

from __future__ import annotations

import pytest
from doctor_cases import RESTORE, Installation, assert_told

from jianggao.database.migrations import known_migrations
from jianggao.doctor.schema import expected_schema

COLUMNS = "ledger (number, kind, member, by_account, at, duration, note, target, message)"


@pytest.mark.parametrize(
    ("statement", "said", "way"),
    [
        (
            f"INSERT INTO {COLUMNS} VALUES (NULL, 'x', 'y', '', '', NULL, '', NULL, 'z')",
            "读不懂",
            RESTORE,
        ),
        (
            "UPDATE sqlite_sequence SET seq = seq + 2 WHERE name = 'ledger'",
            "少了 2 条记录，第一条是 41",
            RESTORE,
        ),
        (
            f"INSERT INTO {COLUMNS} VALUES (NULL, 'grant', '20099', '9', '2026-01-01T00:00:00.000000+00:00',"
            " 'P9000Y0M0W0D', '', NULL, 'z')",
            "有 1 人的记录算不出会员状态（例如 20099：",
            RESTORE,
        ),
        ("UPDATE sqlite_sequence SET seq = seq + 3 WHERE name = 'deliveries'", "发出记录少了 3 条", RESTORE),
        ("INSERT INTO sqlite_sequence VALUES ('ledger_seals', 2)", "会员记录的封存少了 2 条", RESTORE),
    ],
)
async def test_entries_that_are_missing_or_make_no_sense_are_told(
    installation: Installation, statement: str, said: str, way: str
) -> None:
    await assert_told(installation, statement, said, way)


async def test_a_row_gone_from_any_table_that_only_grows_is_told(installation: Installation) -> None:
    parts = expected_schema(frozenset(migration.number for migration in known_migrations()))
    growing = [
        part.name
        for part in parts
        if "AUTOINCREMENT" in part.sql
        and ("trigger", f"{part.name}_never_deleted") in {(other.kind, other.name) for other in parts}
    ]
    assert "ledger_seals" in growing
    for table in growing:
        installation.edit(f"DELETE FROM sqlite_sequence WHERE name = '{table}'")
        installation.edit(f"INSERT INTO sqlite_sequence SELECT '{table}', count(*) + 2 FROM {table}")
    wrong = await installation.wrong()
    assert len([line for line in wrong if "少了 2 条" in line and RESTORE in line]) == len(growing), wrong
