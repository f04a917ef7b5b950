"""What the doctor finds, and that each line says what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from doctor_cases import NOW, Patient, house_on, import_all, wrong_in

from jianggao.backups import back_up
from jianggao.backups.backup import unfinished_folder
from jianggao.database.migrations import known_migrations
from jianggao.doctor import CHECKS, bigram_tables, examine, render
from jianggao.doctor.schema import expected_schema
from jianggao.library import index
from jianggao.library.index import GRAM_TABLES

RESTORE = "python bot.py restore"
MEND = "doctor --mend"
HIDDEN = "(SELECT min(id) FROM sections WHERE audience = 2 AND listed = 1)"


@pytest.mark.parametrize("quick", [False, True])
async def test_nothing_is_wrong_with_what_is_in_order(sound: Patient, quick: bool) -> None:
    findings = await sound.look(quick=quick)
    assert wrong_in(findings) == []
    assert all(finding.noted for finding in findings)
    assert {one.what for one in CHECKS if one.in_quick} <= {"设置", *(one.what for one in findings)}


async def test_quick_leaves_out_texts_and_tables_of_terms_alone(sound: Patient) -> None:
    quick, full = await sound.look(quick=True), await sound.look()
    assert {one.what for one in full} - {one.what for one in quick} == {"正文", "索引", "检索表"}


@pytest.mark.parametrize(
    ("statement", "said", "way"),
    [
        (
            "UPDATE sections SET body = body || '多' WHERE id = 1 + (SELECT min(id) FROM sections) - 1",
            "正文",
            RESTORE,
        ),
        ("UPDATE sections SET lead = '改' || lead WHERE listed", "拼起来不是读入时的正文", RESTORE),
        ("UPDATE versions SET front = '别的'", "拼起来不是读入时的正文", RESTORE),
        (
            "UPDATE sections SET ordinal = ordinal + 40 WHERE id = (SELECT min(id) FROM sections)",
            "段号",
            RESTORE,
        ),
        (f"UPDATE sections SET audience = 0 WHERE id = {HIDDEN}", "没有记过账", RESTORE),
        ("UPDATE speeches SET version = NULL, keywords = 'x' WHERE number = 2", "不在列的还检索得到", MEND),
        ("UPDATE speeches SET taken_down_at = '2026' WHERE number = 2", "已经下线的还列着", MEND),
        ("UPDATE sections SET listed = 0 WHERE speech = 1", "该列出的没有列", MEND),
        ("DELETE FROM indexed_sections WHERE speech = 3", "检索不到", MEND),
        (
            "UPDATE indexed_sections SET body_cut = x'01' WHERE speech = 3",
            "索引和正文不一致（第 3 篇）",
            MEND,
        ),
        ("UPDATE speech_index SET runs = title WHERE speech = 1", "索引和正文不一致（第 1 篇）", MEND),
        ("UPDATE versions SET headings = '{' WHERE speech = 1", "第 1 篇存的内容读不懂", RESTORE),
        ("UPDATE versions SET material_date = 'x' WHERE speech = 1", "第 1 篇存的内容读不懂", RESTORE),
        ("DROP TABLE speech_grams", "speech_grams 不见了", MEND),
        ("DROP TABLE shown_texts", "少了 shown_texts", RESTORE),
        ("DROP INDEX sections_by_version", "少了索引 sections_by_version", MEND),
        ("DROP TRIGGER looks_never_deleted", "少了 looks_never_deleted", MEND),
        (
            "CREATE TRIGGER quiet AFTER INSERT ON ledger BEGIN SELECT 1; END",
            "多了不是机器人建的触发器 quiet",
            RESTORE,
        ),
        ("INSERT INTO shown_texts VALUES (999, 0, 'x')", "指向不存在的记录", RESTORE),
        ("INSERT INTO speech_topics (speech, topic) VALUES (999, 'x')", "指向不存在的记录", MEND),
        ("DELETE FROM speech_topics WHERE speech = 2", "第 2 篇的主题", MEND),
        ("UPDATE speech_topics SET topic = 'x' WHERE speech = 3", "第 3 篇的主题", MEND),
        ("DROP TABLE speech_topics", "speech_topics 不见了", MEND),
        ("INSERT INTO quotables VALUES (999, 0, 1, 1, 'x', 0)", "指向不存在的记录", MEND),
        ("UPDATE keys SET key_id = 'x' WHERE purpose = 'codes'", "bot.codes.key", "放回来"),
        (
            "INSERT INTO ledger VALUES (NULL, 'x', 'y', '', '', NULL, '', NULL, 'z')",
            "读不懂",
            RESTORE,
        ),
        (
            "UPDATE sqlite_sequence SET seq = seq + 2 WHERE name = 'ledger'",
            "少了 2 条记录，第一条是 41",
            RESTORE,
        ),
        (
            "INSERT INTO ledger VALUES (NULL, 'grant', '20099', '9', '2026-01-01T00:00:00.000000+00:00', 'P9000Y0M0W0D',"
            " '', NULL, 'z')",
            "有 1 人的记录算不出会员状态（例如 20099：",
            RESTORE,
        ),
        ("DROP TRIGGER ledger_seals_never_updated", "少了 ledger_seals_never_updated", MEND),
        ("UPDATE sqlite_sequence SET seq = seq + 3 WHERE name = 'deliveries'", "发出记录少了 3 条", RESTORE),
        ("INSERT INTO sqlite_sequence VALUES ('ledger_seals', 2)", "会员记录的封存少了 2 条", RESTORE),
        ("UPDATE import_reports SET finished_at = '2036-01-01T00:00:00.000000+00:00'", "系统时间", "校准"),
        (
            "INSERT INTO facts VALUES ('clock ahead since', '2026-01-01T00:00:00.000000+00:00')",
            "系统时间比可信的记录晚了太多",
            "import --clock-is-right",
        ),
        ("INSERT INTO migrations VALUES (9000, 'later')", "更新的版本", "升级程序"),
        ("DROP TABLE migrations", "别的程序", "DATABASE_FILE"),
    ],
)
async def test_each_fault_is_told_with_what_to_do(
    patient: Patient, statement: str, said: str, way: str
) -> None:
    patient.edit(statement)
    wrong = await patient.wrong()
    assert [line for line in wrong if said in line and way in line], wrong


async def test_a_missing_guard_is_told_once_with_one_way_to_mend_it(patient: Patient) -> None:
    patient.edit("DROP TRIGGER ledger_seals_never_deleted")
    assert len(await patient.wrong()) == 1


async def test_a_row_gone_from_any_table_that_only_grows_is_told(patient: Patient) -> None:
    parts = expected_schema(frozenset(migration.number for migration in known_migrations()))
    growing = [
        part.name
        for part in parts
        if "AUTOINCREMENT" in part.sql
        and ("trigger", f"{part.name}_never_deleted") in {(one.kind, one.name) for one in parts}
    ]
    assert "ledger_seals" in growing
    for table in growing:
        patient.edit(f"DELETE FROM sqlite_sequence WHERE name = '{table}'")
        patient.edit(f"INSERT INTO sqlite_sequence SELECT '{table}', count(*) + 2 FROM {table}")
    wrong = await patient.wrong()
    assert len([line for line in wrong if "少了 2 条" in line and RESTORE in line]) == len(growing), wrong


async def test_more_in_public_than_may_be_is_told(patient: Patient) -> None:
    patient.edit(
        "UPDATE sections SET audience = 0 WHERE speech = 1",
        "DELETE FROM text_runs WHERE speech <> 1",
    )
    with closing(sqlite3.connect(patient.database)) as connection:
        rows = connection.execute("SELECT body FROM indexed_sections WHERE speech = 1").fetchall()
        connection.executemany("INSERT OR IGNORE INTO shown_texts VALUES (1, 0, ?)", rows)
        connection.commit()
    assert [line for line in await patient.wrong() if "超出了上限" in line and "第 1 篇" in line]


@pytest.mark.parametrize("table", GRAM_TABLES)
async def test_terms_missing_or_in_excess_are_counted_exactly(patient: Patient, table: str) -> None:
    rowid = patient.rows(f"SELECT min(rowid) FROM {table}_data")[0][0]
    assert rowid is not None
    patient.edit(f"INSERT INTO {table} (rowid, grams) VALUES (7, '幽灵 魂魄')")
    assert [line for line in await patient.wrong() if f"{table} 缺 0 处、多 2 处" in line]
    section, terms = _a_row_of(patient, table)
    patient.edit(f"INSERT INTO {table} ({table}, rowid, grams) VALUES ('delete', {section}, '{terms}')")
    missing = len(set(terms.split()))
    assert [line for line in await patient.wrong() if f"{table} 缺 {missing} 处、多 2 处" in line]


def _a_row_of(patient: Patient, table: str) -> tuple[int, str]:
    with closing(sqlite3.connect(patient.database)) as connection:
        connection.row_factory = sqlite3.Row
        bigram_tables._register_term_functions(connection)
        row = connection.execute(f"{bigram_tables._CONTENTS[table]} ORDER BY id LIMIT 1").fetchone()
        return row[0], row[1]


async def test_the_same_terms_in_other_rows_are_a_difference(patient: Patient) -> None:
    """As many of each term as there should be, and two rows changed places."""
    with closing(sqlite3.connect(patient.database)) as connection:
        connection.row_factory = sqlite3.Row
        bigram_tables._register_term_functions(connection)
        one, other = connection.execute(
            f"{bigram_tables._CONTENTS['section_grams']} ORDER BY id LIMIT 2"
        ).fetchall()
        for row in (one, other):
            connection.execute(
                "INSERT INTO section_grams (section_grams, rowid, grams) VALUES ('delete', ?, ?)", tuple(row)
            )
        for rowid, terms in ((one[0], other[1]), (other[0], one[1])):
            connection.execute("INSERT INTO section_grams (rowid, grams) VALUES (?, ?)", (rowid, terms))
        connection.commit()
    assert [line for line in await patient.wrong() if "section_grams 缺" in line]


async def test_an_index_that_changed_over_many_imports_is_found_in_order(patient: Patient) -> None:
    """Deletions leave marks in the tables; they are no ghosts."""
    file = patient.library / "水利" / "0.txt"
    for at in range(3):
        file.write_text(
            file.read_text("utf-8") + f"第{at}次补充：把渠首的闸门也换掉，换完再验收一次。\n", "utf-8"
        )
        await import_all(patient)
    (patient.library / "水利" / "1.txt").unlink()
    await import_all(patient)
    assert await patient.wrong() == []


async def test_a_database_of_an_earlier_release_waits_for_its_upgrade(patient: Patient) -> None:
    patient.edit(
        "DELETE FROM migrations WHERE number > 6", "DROP TABLE slow_questions", "DROP TABLE text_runs"
    )
    findings = {one.what: one for one in await patient.look()}
    assert "下次启动时做" in findings["升级"].noted
    assert "升级后才能查" in findings["超时的查询"].noted
    assert findings["超时的查询"].wrong == ()


async def test_the_index_of_another_version_is_no_fault(patient: Patient) -> None:
    patient.edit(
        "UPDATE facts SET value = 'earlier' WHERE name = 'index version'", "DELETE FROM speech_index"
    )
    findings = {one.what: one for one in await patient.look()}
    assert findings["索引"].wrong == findings["检索表"].wrong == findings["讲稿"].wrong == ()
    assert "下次启动时会重建" in findings["索引"].noted


async def test_the_clock_alarm_ends_when_the_clock_was_said_to_be_right(patient: Patient) -> None:
    patient.edit("UPDATE import_reports SET finished_at = '2036-01-01T00:00:00.000000+00:00'")
    assert [line for line in await patient.wrong() if "--clock-is-right" in line]
    application = await house_on(patient)
    try:
        await application.importer.run(clock_is_right=True)
    finally:
        await application.close()
    assert not [line for line in await patient.wrong() if "系统时间" in line]


async def test_texts_that_wait_for_an_upgrade_are_not_called_unreadable(patient: Patient) -> None:
    number = "(SELECT number FROM migrations WHERE name LIKE '%hidden_sections%')"
    patient.edit(f"DELETE FROM migrations WHERE number = {number}", "DROP TABLE hidden_sections")
    findings = {one.what: one for one in await patient.look()}
    for what in ("正文", "索引", "检索表"):
        assert findings[what].wrong == () and "升级后才能查" in findings[what].noted


async def test_a_missing_table_is_told_as_such_and_not_of_every_text(patient: Patient) -> None:
    patient.edit("DROP TABLE hidden_sections")
    wrong = await patient.wrong()
    assert not [line for line in wrong if "读不懂" in line]
    assert [line for line in wrong if "“数据库结构”" in line and "hidden_sections" in line]


async def test_what_only_a_backup_has_names_the_newest_one_that_opens(patient: Patient) -> None:
    folder = patient.database.parent / "backups"
    for at, name in enumerate(("20260101", "20260201")):
        target = folder / name / "bot.db"
        await back_up(patient.database, target)
        os.utime(target, (1_700_000_000 + at * 86_400,) * 2)
    (folder / "20260301").mkdir()
    (folder / "20260301" / "bot.db").write_bytes(b"no database")
    patient.edit("DROP TRIGGER ledger_never_deleted", "DELETE FROM ledger WHERE number = 5")
    wrong = await patient.wrong()
    assert [line for line in wrong if "少了 1 条记录" in line and str(folder / "20260201" / "bot.db") in line]


async def test_a_lost_key_is_found_in_the_backup_that_has_it(patient: Patient) -> None:
    target = patient.database.parent / "backups" / "one" / "bot.db"
    await back_up(patient.database, target)
    patient.database.with_name("bot.marks.key").unlink()
    assert [line for line in await patient.wrong() if str(target.with_name("bot.marks.key")) in line]


async def test_a_retired_key_that_is_lost_for_ever_is_noted_and_no_alarm(patient: Patient) -> None:
    patient.edit("INSERT INTO retired_mark_keys VALUES ('0123456789abcdef', '2025')")
    findings = {one.what: one for one in await patient.look()}
    assert findings["密钥"].wrong == () and "0123456789abcdef" in findings["密钥"].noted


async def test_a_database_that_is_gone_beside_its_keys_is_no_new_one(patient: Patient) -> None:
    patient.database.unlink()
    assert [line for line in await patient.wrong() if "不见了" in line and RESTORE in line]
    patient.database.touch()
    assert [line for line in await patient.wrong() if "是空的" in line and RESTORE in line]


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.write_text("今天开会，记得带上台账。" * 90)])
async def test_what_is_no_database_is_told_in_a_line(patient: Patient, make: object) -> None:
    patient.database.unlink()
    make(patient.database)  # type: ignore[operator]
    wrong = await patient.wrong()
    assert len([line for line in wrong if str(patient.database) in line]) >= 1
    assert any("DATABASE_FILE" in line or "文件夹" in line for line in wrong)


async def test_a_foreign_database_is_told(patient: Patient) -> None:
    patient.database.unlink()
    patient.edit("CREATE TABLE notes (text)")
    assert [line for line in await patient.wrong() if "别的程序的数据库" in line]


async def test_old_unfinished_files_are_told_and_young_ones_left_alone(patient: Patient) -> None:
    parts = [patient.database.with_name(f"copy.db.2026031{day}120000") for day in (7, 8)]
    old, young = (unfinished_folder(path, patient.database) for path in parts)
    for path, age in ((old, timedelta(hours=3)), (young, timedelta(minutes=5))):
        path.mkdir()
        os.utime(path, ((NOW - age).timestamp(),) * 2)
    wrong = await patient.wrong()
    assert [line for line in wrong if str(old) in line and MEND in line]
    assert not [line for line in wrong if str(young) in line]


async def test_a_token_that_others_may_read_is_told(patient: Patient, tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("SUPERUSERS=12345\n")
    env_file.chmod(0o644)
    assert wrong_in(await examine(patient.settings, now=lambda: NOW, env_file=env_file)) == []
    env_file.write_text("ONEBOT_ACCESS_TOKEN=abc\n")
    told = wrong_in(await examine(patient.settings, now=lambda: NOW, env_file=env_file))
    assert len(told) == 1 and str(env_file) in told[0] and "abc" not in told[0]


async def test_little_room_is_told_with_what_may_go(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jianggao.doctor.surroundings.free_bytes", lambda _: 3_000_000)
    assert [line for line in await patient.wrong() if "只剩 3 MB" in line and "删" in line]


async def test_a_bot_that_writes_meanwhile_is_neither_disturbed_nor_misread(patient: Patient) -> None:
    application = await house_on(patient)
    try:
        async with application.database.write() as writing:
            await writing.execute("UPDATE speeches SET taken_down_at = '2026' WHERE number = 1")
            await writing.execute("UPDATE sections SET listed = 0 WHERE speech = 1")
            assert await patient.wrong() == []
            await index.take_out(writing, 1)
        assert await patient.wrong() == []
        with closing(sqlite3.connect(patient.database)) as connection:
            busy, pages, moved = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        assert (busy, moved) == (0, pages)
    finally:
        await application.close()


async def test_lines_hold_nothing_that_a_terminal_obeys(patient: Patient) -> None:
    patient.edit('CREATE TRIGGER "bad\x1b[2J" AFTER INSERT ON ledger BEGIN SELECT 1; END')
    told = list(render(await patient.look()))
    assert [line for line in told if "bad" in line]
    assert all(line.isprintable() for line in told)


async def test_looking_changes_no_byte(patient: Patient) -> None:
    before = patient.database.read_bytes()
    await patient.look()
    await patient.look(quick=True)
    assert patient.database.read_bytes() == before


async def test_a_part_of_a_file_that_was_read_is_noted(patient: Patient) -> None:
    patient.edit("DELETE FROM files WHERE path = '水利/0.txt'")
    findings = {one.what: one for one in await patient.look()}
    assert findings["读入"].wrong == () and "水利/0.txt" in findings["读入"].noted
    shutil.rmtree(patient.library / "水利")
    findings = {one.what: one for one in await patient.look()}
    assert findings["读入"].noted == "没有中断的"
