"""Bytes damaged in many places: the doctor always answers in lines that say what to do, and mends nothing away."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from doctor_cases import NOW, Patient, copy_of, wrong_in

from jianggao.doctor import render
from jianggao.doctor.finding import CheckContext
from jianggao.doctor.rebuilding import remake_damaged
from jianggao.library.index import GRAM_TABLES

PAGE = 4096
DAMAGES = 120
LEDGER = "SELECT * FROM ledger ORDER BY number"
DELIVERIES = "SELECT * FROM deliveries ORDER BY id"
WAYS = ("请", "python bot.py", "可以删")


def damaged(content: bytes, seed: int) -> bytes:
    """The file with some bytes, pages or its end changed."""
    rng = random.Random(seed)
    data = bytearray(content)
    pages = len(data) // PAGE
    page = rng.randrange(pages) * PAGE
    kind = seed % 8
    if kind == 0:
        data[page : page + PAGE] = bytes(PAGE)
    elif kind == 1:
        data[page : page + PAGE] = rng.randbytes(PAGE)
    elif kind == 2:
        for _ in range(40):
            data[rng.randrange(PAGE, len(data))] ^= 1 << rng.randrange(8)
    elif kind == 3:
        at = page + rng.randrange(12)
        data[at] = rng.randrange(256)
    elif kind == 4:
        other = rng.randrange(pages) * PAGE
        data[page : page + PAGE], data[other : other + PAGE] = (
            data[other : other + PAGE],
            data[page : page + PAGE],
        )
    elif kind == 5:
        del data[max(100, page) :]
    elif kind == 6:
        at = rng.randrange(100)
        data[at] = rng.randrange(256)
    else:
        start = page + rng.randrange(PAGE - 64)
        data[start : start + 64] = rng.randbytes(64)
    return bytes(data)


@pytest.mark.parametrize("part", range(6))
async def test_damaged_bytes_anywhere_are_told_in_lines_with_what_to_do(
    sound: Patient, tmp_path: Path, part: int
) -> None:
    content = sound.database.read_bytes()
    patient = copy_of(sound, tmp_path / "patient")
    for seed in range(part, DAMAGES, 6):
        for suffix in ("-wal", "-shm"):
            patient.database.with_name("bot.db" + suffix).unlink(missing_ok=True)
        patient.database.write_bytes(damaged(content, seed))
        for quick in (True, False):
            findings = await patient.look(quick=quick)
            for line in wrong_in(findings):
                assert any(way in line for way in WAYS), (seed, line)
            assert all(line.isprintable() for line in render(findings)), seed


@pytest.mark.parametrize("seed", range(0, 32))
async def test_mending_damage_leaves_no_record_behind(sound: Patient, tmp_path: Path, seed: int) -> None:
    """Whatever it can mend: where all is well afterwards, every record that people entrusted to us is there."""
    patient = copy_of(sound, tmp_path / "patient")
    patient.database.write_bytes(damaged(sound.database.read_bytes(), seed * 7 + seed % 8))
    mended = await patient.mend()
    for line in wrong_in(mended.findings):
        assert any(way in line for way in WAYS), line
    if not wrong_in(mended.findings):
        assert patient.rows(LEDGER) == sound.rows(LEDGER)
        assert patient.rows(DELIVERIES) == sound.rows(DELIVERIES)


def pages_of(patient: Patient, name: str) -> list[int]:
    with closing(sqlite3.connect(patient.database)) as connection:
        return [row[0] for row in connection.execute("SELECT pageno FROM dbstat WHERE name = ?", (name,))]


def wipe(patient: Patient, name: str) -> None:
    """Fill each page of a table or index with bytes that are none of SQLite's."""
    content = bytearray(patient.database.read_bytes())
    for page in pages_of(patient, name):
        content[(page - 1) * PAGE : page * PAGE] = b"\xa5" * PAGE
    patient.database.write_bytes(bytes(content))


@pytest.mark.parametrize(
    "name", [*(f"{table}_data" for table in GRAM_TABLES), "indexed_sections", "speech_index", "vocabulary"]
)
async def test_tables_made_of_the_texts_are_made_again_whatever_their_pages_hold(
    patient: Patient, name: str
) -> None:
    ledger, deliveries = patient.rows(LEDGER), patient.rows(DELIVERIES)
    wipe(patient, name)
    found = await patient.wrong()
    assert [line for line in found if "讲稿和会员记录没有坏" in line and "doctor --mend" in line], found
    assert not [line for line in found if "restore" in line]
    mended = await patient.mend()
    assert wrong_in(mended.findings) == []
    assert patient.rows(LEDGER) == ledger and patient.rows(DELIVERIES) == deliveries
    kept = list(patient.database.parent.glob("bot.db.before-mend-*"))
    assert kept and all(file.stat().st_mode & 0o077 == 0 for file in kept)


@pytest.mark.parametrize("name", ["sections_by_speech", "ledger_by_member", "deliveries_of_account"])
async def test_an_index_that_is_damaged_is_sorted_anew(patient: Patient, name: str) -> None:
    wipe(patient, name)
    found = await patient.wrong()
    assert [line for line in found if name in line and "记录本身没有坏" in line], found
    assert wrong_in((await patient.mend()).findings) == []


@pytest.mark.parametrize("where", ["id > 100", "id > 0", "id = 10"])
async def test_rows_of_a_table_of_terms_that_are_no_blocks_are_mended(patient: Patient, where: str) -> None:
    for table in GRAM_TABLES:
        patient.edit(f"UPDATE {table}_data SET block = x'ff00ff00ff' WHERE {where}")
    assert len([line for line in await patient.wrong() if "_grams 的内部坏了" in line]) == len(GRAM_TABLES)
    assert wrong_in((await patient.mend()).findings) == []


@pytest.mark.parametrize("name", ["ledger", "sections", "deliveries"])
async def test_what_only_a_backup_has_is_never_mended_away(patient: Patient, name: str) -> None:
    wipe(patient, name)
    before = patient.database.read_bytes()
    found = await patient.wrong()
    assert [line for line in found if "读不全" in line and "python bot.py restore" in line], found
    mended = await patient.mend()
    assert [line for line in wrong_in(mended.findings) if "python bot.py restore" in line]
    assert patient.database.stat().st_size >= len(before)


@pytest.mark.parametrize("name", ["ledger", "sections", "deliveries"])
async def test_where_records_are_damaged_nothing_is_made_anew(patient: Patient, name: str) -> None:
    """The file is what a person may still rescue something from."""
    wipe(patient, name)
    wipe(patient, "speech_index")
    before = patient.database.read_bytes()
    assert remake_damaged(CheckContext(patient.settings, NOW)) == []
    assert patient.database.read_bytes() == before
    assert not list(patient.database.parent.glob("*.before-mend-*"))


async def test_a_mend_that_fails_leaves_no_copy_behind(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    wipe(patient, "speech_index")
    damaged_file = patient.database.read_bytes()
    monkeypatch.setattr("jianggao.doctor.rebuilding._take_out", fails)
    mended = await patient.mend()
    assert [line for line in mended.done if line.startswith("没做成")]
    assert patient.database.read_bytes() == damaged_file
    assert not list(patient.database.parent.glob("*.before-mend-*"))


async def test_a_mend_without_room_begins_nothing(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    wipe(patient, "speech_index")
    monkeypatch.setattr("jianggao.doctor.rebuilding.free_bytes", lambda _: 100_000)
    mended = await patient.mend()
    assert [line for line in mended.done if "磁盘只剩 100 KB" in line]
    assert not list(patient.database.parent.glob("*.before-mend-*"))
