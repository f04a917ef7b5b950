"""Names and notes on a real database, and how many rows they may take."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from jianggao.database import Database
from jianggao.errors import WrongUse
from jianggao.membership import administration
from jianggao.membership.administration import Act
from jianggao.membership.durations import Duration
from jianggao.people import people_store

DAY = date(2026, 3, 18)
NOW = datetime(2026, 3, 18, 2, tzinfo=timezone.utc)


async def test_names_are_as_last_seen_and_an_empty_one_says_nothing(database: Database) -> None:
    async with database.write() as connection:
        await people_store.remember_names(connection, [("20001", "小张", "甲县 张三")], DAY)
        await people_store.remember_names(connection, [("20001", "老张", "")], DAY + timedelta(days=1))
        await people_store.remember_names(connection, [("20001", None, None)], DAY)
        known = await people_store.names_of(connection, ["20001", "20002"])
    assert list(known) == ["20001"]
    person = known["20001"]
    assert (person.nickname, person.card, person.seen_on) == ("老张", "甲县 张三", DAY + timedelta(days=1))


async def test_a_note_is_set_changed_and_taken_away(database: Database) -> None:
    async with database.write() as connection:
        assert await people_store.set_note(connection, "20001", "甲单位", "90001", NOW) == ""
        assert await people_store.set_note(connection, "20001", "乙\u202e单位", "90001", NOW) == "甲单位"
        assert (await people_store.names_of(connection, ["20001"]))["20001"].note == "乙单位"
        assert await people_store.set_note(connection, "20001", "", "90001", NOW) == "乙单位"
        assert await people_store.names_of(connection, ["20001"]) == {}, (
            "nothing is left of who was never seen"
        )
        assert await people_store.set_note(connection, "20001", "", "90001", NOW) == ""


async def test_people_are_found_by_name_card_and_note(database: Database) -> None:
    async with database.write() as connection:
        await people_store.remember_names(
            connection, [("20001", "小张", "甲县 张三"), ("20002", "ＡＢＣ", "")], DAY
        )
        await people_store.set_note(connection, "20003", "张三的同事", "90001", NOW)
    async with database.read() as connection:

        async def found(words: str, most: int = 10) -> tuple[list[str], int]:
            people, total = await people_store.find_people(connection, words, most)
            return [person.account for person in people], total

        assert await found("张三") == (["20001", "20003"], 2)
        assert await found("张三", 1) == (["20001"], 2)
        assert await found("abc") == (["20002"], 1) and await found("甲县张三") == (["20001"], 1)
        for nobody in ("%", "_", "李四", " "):
            assert await found(nobody) == ([], 0)


async def test_people_are_found_by_the_notes_of_their_entries(database: Database) -> None:
    act = Act("90001", "m1", NOW, timezone.utc, "张三 微信已付")
    async with database.write() as connection:
        await administration.grant(connection, "20001", Duration(years=1), act)
        await administration.renew(connection, "20001", Duration(years=1), replace(act, message="m2"))
        moved = replace(act, message="m3", note="张三换号")
        await administration.transfer(connection, "20001", "20002", moved)
        found, total = await people_store.find_people(connection, "张三", 10)
        assert [person.account for person in found] == ["20001", "20002"] and total == 2


async def test_a_note_has_an_author(database: Database) -> None:
    async with database.write() as connection:
        await people_store.remember_names(connection, [("20001", "小张", "")], DAY)
        assert await people_store.note_origin(connection, "20001") is None
        await people_store.set_note(connection, "20001", "甲单位", "90001", NOW)
        assert await people_store.note_origin(connection, "20001") == ("90001", NOW)
        await people_store.set_note(connection, "20001", "", "90001", NOW)
        assert await people_store.note_origin(connection, "20001") is None


async def test_taking_a_note_away_leaves_the_name(database: Database) -> None:
    async with database.write() as connection:
        await people_store.remember_names(connection, [("20001", "小张", "")], DAY)
        await people_store.set_note(connection, "20001", "甲单位", "90001", NOW)
        await people_store.set_note(connection, "20001", "", "90001", NOW)
        assert (await people_store.names_of(connection, ["20001"]))["20001"].nickname == "小张"


async def test_a_note_too_long_is_refused(database: Database) -> None:
    async with database.write() as connection:
        with pytest.raises(WrongUse, match="最多 60 字"):
            await people_store.set_note(connection, "20001", "长" * 61, "90001", NOW)


async def test_strangers_seen_the_longest_ago_make_room_and_nobody_noted_or_in_the_ledger(
    database: Database,
) -> None:
    act = Act("90001", "m", NOW, ZoneInfo("Asia/Shanghai"))
    async with database.write() as connection:
        await administration.grant(connection, "1", Duration(years=1), act)
        await people_store.set_note(connection, "2", "老客户", "90001", NOW)
        for number in range(1, 31):
            day = DAY + timedelta(days=number)
            await people_store.remember_names(connection, [(str(number), f"人{number}", "")], day, most=10)
        kept = await people_store.names_of(connection, map(str, range(1, 31)))
    assert {"1", "2", "30"} <= kept.keys() and len(kept) <= 10
    assert "3" not in kept


async def test_many_are_remembered_at_once(database: Database) -> None:
    """As the members of a group come."""
    async with database.write() as connection:
        await people_store.remember_names(
            connection, [(str(number), "某", "某") for number in range(1, 3_001)], DAY
        )
        assert len(await people_store.names_of(connection, map(str, range(1, 3_001)))) == 3_000


async def test_a_note_is_copied_to_who_has_none_and_taken_back_while_neither_changed(
    database: Database,
) -> None:
    async with database.write() as connection:
        await people_store.set_note(connection, "20001", "单位甲", "90001", NOW)
        await people_store.set_note(connection, "20003", "单位乙", "90001", NOW)
        for to in ("20002", "20003", "20004"):
            await people_store.copy_note(connection, "20001", to)
        await people_store.copy_note(connection, "20005", "20006")
        await people_store.set_note(connection, "20004", "单位丙", "90001", NOW)
        for to in ("20002", "20003", "20004"):
            await people_store.take_back_note(connection, "20001", to)
        known = await people_store.names_of(connection, [f"2000{number}" for number in range(1, 7)])
    assert {account: person.note for account, person in known.items()} == {
        "20001": "单位甲",
        "20003": "单位乙",
        "20004": "单位丙",
    }
