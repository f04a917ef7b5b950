"""What is stored about one person is counted and deleted, and nobody else's."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import aiosqlite
import pytest

from jianggao.clock import to_text
from jianggao.database import Database
from jianggao.membership import administration, transfer_request_store
from jianggao.membership.administration import Act
from jianggao.membership.durations import Duration
from jianggao.people import people_store
from jianggao.personal_data import personal_rows

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 18, 2, tzinfo=timezone.utc)
ME, OTHER = "20001", "200011"
"""The one is the beginning of the other."""


def act(message: str) -> Act:
    return Act("90001", message, NOW, ZONE)


async def filled(connection: Any, account: str) -> None:
    """Something of this account in each table that is told."""
    await people_store.remember_names(connection, [(account, "某", "某")], date(2026, 3, 18))
    await administration.grant(connection, account, Duration(years=1), act(f"g{account}"))
    await transfer_request_store.put(connection, account, f"{account}9", NOW)
    for section, at in ((None, NOW), (7, NOW), (8, NOW + timedelta(days=3))):
        await connection.execute(
            """INSERT INTO deliveries (at, account, version, section, place, chat, form, outcome)
               VALUES (?, ?, 1, ?, 'private', ?, 'text', 'delivered')""",
            (to_text(at), account, section, account),
        )
    await connection.execute(
        "INSERT INTO claims VALUES (?, ?)", (f"10001:private:{account}:5:99", to_text(NOW))
    )
    await connection.execute("INSERT INTO random_cursors VALUES (?, '', 5)", (f"private:{account}",))
    for state, chat in (("delivered", account), ("delivered", "90001"), ("waiting", account)):
        await connection.execute(
            """INSERT INTO outbox (at, message, command, asker, self_id, kind, chat, text, heard_unbound, is_notice,
                                   state)
               VALUES (?, 'm', '开通', ?, '10001', 'private', ?, '', 0, 0, ?)""",
            (to_text(NOW), account, chat, state),
        )
    await connection.execute(
        "INSERT INTO reports (reporter, told, at, message) VALUES (?, 'x', ?, ?)",
        (account, to_text(NOW), f"r{account}"),
    )


SUBSCRIPTION_ROWS = (
    "INSERT INTO code_attempts (account, first_at, wrong) VALUES (?, '2026-03-18', 2)",
    "INSERT INTO friends (account, since) VALUES (?, '2026-03-18T00:00:00.000000+00:00')",
    "INSERT INTO usage_counts (account, year, searches) VALUES (?, 2026, 9)",
    """INSERT INTO newcomers (account, group_id, self_id, at, state)
       VALUES (?, '700001', '10001', '2026-03-18T00:00:00.000000+00:00', 'welcomed')""",
    """INSERT INTO reminders (account, valid_until, kind, at)
       VALUES (?, '2026-03-18', 'week', '2026-03-11T00:00:00.000000+00:00')""",
    """INSERT INTO pushes (chat, at, kind, subject, place, text, not_before, expires_at, state, settled_at)
       VALUES (?, '2026-03-18', 'reminder', 'reminder:' || hex(randomblob(4)), 'private', '还有 7 天', '', '',
               'delivered', '2026-03-18')""",
)
"""What trials, codes, reminders and joining store of somebody."""


async def filled_by_subscriptions(connection: aiosqlite.Connection, account: str) -> None:
    for statement in SUBSCRIPTION_ROWS:
        await connection.execute(statement, (account,))


@pytest.fixture
async def database(database: Database) -> Database:
    async with database.write() as connection:
        for account in (ME, OTHER):
            await filled(connection, account)
            await filled_by_subscriptions(connection, account)
    return database


async def counted(database: Database, account: str) -> dict[str, int]:
    async with database.read() as connection:
        stored = await personal_rows.stored_about(connection, account)
    return {f"{count.table.name} {count.table.unit}": count.rows for count in stored.counts}


async def test_a_person_reads_how_much_there_is_from_when_to_when(database: Database) -> None:
    async with database.read() as connection:
        stored = await personal_rows.stored_about(connection, ME)
    assert stored.person is not None and stored.person.nickname == "某"
    told = {(count.table.name, count.rows) for count in stored.counts}
    assert told == {
        ("ledger", 1),
        ("deliveries", 1),
        ("deliveries", 2),
        ("reports", 1),
        ("transfer_requests", 1),
        ("outbox", 3),
        ("random_cursors", 1),
        ("claims", 1),
        ("code_attempts", 1),
        ("friends", 1),
        ("usage_counts", 1),
        ("newcomers", 1),
        ("reminders", 1),
        ("pushes", 1),
    }
    sections = next(count for count in stored.counts if count.rows == 2)
    assert (sections.first, sections.last) == (NOW, NOW + timedelta(days=3))


async def test_of_somebody_unknown_nothing_is_stored(database: Database) -> None:
    async with database.write() as connection:
        stored = await personal_rows.stored_about(connection, "2000")
        gone = await personal_rows.delete(connection, "2000", NOW)
    assert (stored.person, stored.counts) == (None, ()) and not any(gone.values())


async def test_what_can_go_goes_what_must_stay_stays_and_others_are_not_touched(database: Database) -> None:
    others = await counted(database, OTHER)
    async with database.write() as connection:
        gone = await personal_rows.delete(connection, ME, NOW)
        again = await personal_rows.delete(connection, ME, NOW)
        left = await personal_rows.stored_about(connection, ME)
    assert {what: rows for what, rows in gone.items() if rows} == {
        "昵称、群名片和备注": 1,
        "换号申请（刚转给管理员的，满一天才删）": 1,
        "最近两天的办事回复": 2,
        "私聊里“随机”发到了哪里": 1,
        "成为机器人好友的时间": 1,
        "进群时欢迎过你的记录": 1,
        "机器人主动发给你的消息": 1,
        "每年检索的次数（没有检索的词）": 1,
    }
    assert not any(again.values()), "a second time there is nothing left"
    assert left.person is None
    assert await counted(database, ME) == {
        "ledger 条": 1,
        "deliveries 次": 2,
        "reports 件": 1,
        "outbox 条": 1,
        "claims 条": 1,
        "code_attempts 条": 1,
        "reminders 条": 1,
    }
    assert await counted(database, OTHER) == others


async def test_words_to_others_and_lists_that_wait_name_the_person_no_longer(database: Database) -> None:
    async with database.write() as connection:
        for number in (1, 2):
            lines = f'[[2, "{ME}", "某人"], [3, "20009", "某"]]' if number == 1 else f'[[2, "{OTHER}", "某"]]'
            await connection.execute(
                """INSERT INTO pending_imports (kind, by_account, at, digest, lines)
                   VALUES ('members', '90001', '', '', ?)""",
                (lines,),
            )
        for text in (f"已记下 {ME}（“某”）", f"已记下 {OTHER}（“某”）"):
            await connection.execute(
                """INSERT INTO outbox (at, message, command, asker, self_id, kind, chat, text, heard_unbound,
                                       is_notice, state)
                   VALUES ('', '', '备注', '90001', '1', 'private', '90001', ?, 0, 0, 'listed')""",
                (text,),
            )
            await connection.execute(
                """INSERT INTO pushes (chat, at, kind, subject, place, text, not_before, expires_at, state,
                                       settled_at)
                   VALUES ('90001', '', 'list', ?1, 'private', ?1, '', '', 'delivered', '')""",
                (text,),
            )
        assert await personal_rows.open_imports(connection, ME) == [1]
        gone = await personal_rows.delete(connection, ME, NOW)
        assert gone["等着管理员确认的会员名单，里面有你（最多等一天）"] == 1
        imports = await connection.execute_fetchall("SELECT state, lines FROM pending_imports")
        assert [tuple(row) for row in imports] == [("dropped", "[]"), ("open", lines)]
        for table in ("outbox", "pushes"):
            texts = await connection.execute_fetchall(
                f"SELECT text FROM {table} WHERE chat = '90001' AND asker = '90001'"
                if table == "outbox"
                else f"SELECT text FROM {table} WHERE chat = '90001'"
            )
            assert [row[0] for row in texts] == ["", text]


async def test_a_note_that_went_along_with_a_transfer_goes_with_the_persons_data(database: Database) -> None:
    async with database.write() as connection:
        await people_store.set_note(connection, ME, "单位甲", "90001", NOW)
        await people_store.set_note(connection, "20009", "单位甲", "90001", NOW + timedelta(seconds=1))
        await people_store.copy_note(connection, ME, OTHER)
        await people_store.copy_note(connection, OTHER, "20010")
        assert (await people_store.names_of(connection, ["20010"]))["20010"].note == "单位甲"
        await personal_rows.delete(connection, OTHER, NOW)
        left = await people_store.names_of(connection, [ME, OTHER, "20009", "20010"])
    assert {account: person.note for account, person in left.items()} == {ME: "", "20009": "单位甲"}


async def test_who_is_named_by_somebody_elses_request_is_told_nothing_of_it_until_he_confirmed(
    database: Database,
) -> None:
    named = f"{ME}9"
    assert "transfer_requests 条" not in await counted(database, named)
    async with database.write() as connection:
        assert not any((await personal_rows.delete(connection, named, NOW)).values())
        await transfer_request_store.confirm(connection, ME, NOW)
    assert (await counted(database, named))["transfer_requests 条"] == 1


async def test_what_superusers_have_just_read_of_is_deleted_a_day_later(database: Database) -> None:
    """Deleted at once, it would let its member have them told again and again."""
    async with database.write() as connection:
        await transfer_request_store.confirm(connection, ME, NOW)
        await personal_rows.delete(connection, ME, NOW + timedelta(hours=23))
        assert await transfer_request_store.find(connection, ME) is not None
        await personal_rows.delete(connection, ME, NOW + timedelta(days=1))
        assert await transfer_request_store.find(connection, ME) is None


async def test_half_a_deletion_is_none(database: Database) -> None:
    before = await counted(database, ME)
    with pytest.raises(RuntimeError):
        async with database.write() as connection:
            await personal_rows.delete(connection, ME, NOW)
            raise RuntimeError
    assert await counted(database, ME) == before
