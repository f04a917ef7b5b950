"""Damaged parts that the texts can give again are made anew; records never are."""

from __future__ import annotations

import sqlite3

import pytest
from doctor_cases import DELIVERIES, LEDGER, NOW, Installation, wipe, wrong_in

from jianggao.doctor.finding import CheckContext
from jianggao.doctor.rebuilding import remake_damaged
from jianggao.library.index import GRAM_TABLES


@pytest.mark.parametrize(
    "name", [*(f"{table}_data" for table in GRAM_TABLES), "indexed_sections", "speech_index", "vocabulary"]
)
async def test_tables_made_of_the_texts_are_made_again_whatever_their_pages_hold(
    installation: Installation, name: str
) -> None:
    ledger, deliveries = installation.rows(LEDGER), installation.rows(DELIVERIES)
    wipe(installation, name)
    found = await installation.wrong()
    assert [line for line in found if "讲稿和会员记录没有坏" in line and "doctor --mend" in line], found
    assert not [line for line in found if "restore" in line]
    mended = await installation.mend()
    assert wrong_in(mended.findings) == []
    assert installation.rows(LEDGER) == ledger and installation.rows(DELIVERIES) == deliveries
    kept = list(installation.database.parent.glob("bot.db.before-mend-*"))
    assert kept and all(file.stat().st_mode & 0o077 == 0 for file in kept)


@pytest.mark.parametrize("name", ["sections_by_speech", "ledger_by_member", "deliveries_of_account"])
async def test_an_index_that_is_damaged_is_sorted_anew(installation: Installation, name: str) -> None:
    wipe(installation, name)
    found = await installation.wrong()
    assert [line for line in found if name in line and "记录本身没有坏" in line], found
    assert wrong_in((await installation.mend()).findings) == []


@pytest.mark.parametrize("where", ["id > 100", "id > 0", "id = 10"])
async def test_rows_of_a_table_of_terms_that_are_no_blocks_are_mended(
    installation: Installation, where: str
) -> None:
    for table in GRAM_TABLES:
        installation.edit(f"UPDATE {table}_data SET block = x'ff00ff00ff' WHERE {where}")
    assert len([line for line in await installation.wrong() if "_grams 的内部坏了" in line]) == len(
        GRAM_TABLES
    )
    assert wrong_in((await installation.mend()).findings) == []


@pytest.mark.parametrize("name", ["ledger", "sections", "deliveries"])
async def test_where_records_are_damaged_nothing_is_made_anew(installation: Installation, name: str) -> None:
    """The file is what a person may still rescue something from."""
    wipe(installation, name)
    wipe(installation, "speech_index")
    before = installation.database.read_bytes()
    assert remake_damaged(CheckContext(installation.settings, NOW)) == []
    assert installation.database.read_bytes() == before
    assert not list(installation.database.parent.glob("*.before-mend-*"))


async def test_a_mend_that_fails_leaves_no_copy_behind(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    wipe(installation, "speech_index")
    damaged_file = installation.database.read_bytes()
    monkeypatch.setattr("jianggao.doctor.rebuilding._take_out", fails)
    mended = await installation.mend()
    assert [line for line in mended.done if line.startswith("没做成")]
    assert installation.database.read_bytes() == damaged_file
    assert not list(installation.database.parent.glob("*.before-mend-*"))


async def test_a_mend_without_room_begins_nothing(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    wipe(installation, "speech_index")
    monkeypatch.setattr("jianggao.doctor.rebuilding.free_bytes", lambda _: 100_000)
    mended = await installation.mend()
    assert [line for line in mended.done if "磁盘只剩 100 KB" in line]
    assert not list(installation.database.parent.glob("*.before-mend-*"))
