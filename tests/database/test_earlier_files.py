"""A database of the first release opens: members, ledger, deliveries and texts are all there, and search
finds."""

from __future__ import annotations

import json
import random
from datetime import date, datetime, timezone
from pathlib import Path

import aiosqlite
import pytest
from delivery_records import deliveries_of

from jianggao.application import Application
from jianggao.database.migrations import known_migrations, migrate
from jianggao.library.report_pages import report_page, speech_told
from jianggao.library.section_ids import first_id
from jianggao.membership import administration
from jianggao.membership.ledger import Standing
from jianggao.resale_reports import store as reports_store
from jianggao.settings import load_settings
from jianggao.tracing import store as tracing_store
from jianggao.tracing.alpha_spending import Share

NOW = datetime(2026, 3, 18, tzinfo=timezone.utc)
FIRST_RELEASE = 3
BODY = "渠水有声，人心有秤。今冬多流一身汗，来年少求一回天。"


async def first_release(path: Path) -> None:
    """A file as the first release left it: a speech of four sections, a member, a delivery."""
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await connection.execute("PRAGMA journal_mode = WAL")
        await migrate(connection, known_migrations()[:FIRST_RELEASE])
        day = date(2025, 11, 5)
        await connection.execute(
            "INSERT INTO speeches (number, version, first_import, keywords) VALUES (7, NULL, '2025-11-06', '[\"水利\"]')"
        )
        await connection.execute(
            """INSERT INTO versions (id, speech, title, salutation, occasion, material_date, date_origin, front, tail,
                                     headings, removed, text_hash, characters, imported_at)
               VALUES (4, 7, '在水利冬修会上的讲话', '同志们：', '', ?, 'line', ?, '', '[]', '[]', 'hash', 104, ?)""",
            (day.isoformat(), "在水利冬修会上的讲话\n同志们：\n", "2025-11-06T00:00:00.000000+00:00"),
        )
        for ordinal in (1, 2, 3, 4):
            await connection.execute(
                """INSERT INTO sections (id, version, speech, ordinal, label, above, public_label, lead, body, audience,
                                         label_cut, body_cut, public_cut, shuffle, listed)
                   VALUES (?, 4, 7, ?, '', '', '', '', ?, ?, x'', x'', x'', ?, 1)""",
                (
                    first_id(day) + 5 - ordinal,
                    ordinal,
                    f"第{ordinal}条，{BODY}\n",
                    0 if ordinal == 1 else 2,
                    ordinal,
                ),
            )
        await connection.execute("UPDATE speeches SET version = 4 WHERE number = 7")
        await connection.execute("INSERT INTO facts (name, value) VALUES ('index version', '1.1')")
        await connection.execute(
            """INSERT INTO ledger (kind, member, by_account, at, duration, note, message)
               VALUES ('grant', '20001', '90001', '2026-03-01T00:00:00.000000+00:00', 'P1Y0M0W0D', '转账', 'm1')"""
        )
        await connection.execute(
            """INSERT INTO deliveries (at, account, version, section, place, chat, form, outcome, sha256)
               VALUES (?, '20001', 4, NULL, 'private', '20001', 'text', 'delivered', 'x')""",
            ("2026-03-02T00:00:00.000000+00:00",),
        )


async def test_a_file_of_the_first_release_opens_with_all_that_people_entrusted_to_it(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    await first_release(path)
    settings = load_settings({"LIBRARY_DIR": str(tmp_path / "gone"), "DATABASE_FILE": str(path)})
    application = await Application.open(settings, clock=lambda: NOW, rng=random.Random(1), workers=0)
    try:
        report = await application.importer.run()
        assert report.root_missing and (report.speeches, report.sections) == (1, 4)
        reader = application.local_reader(reads_all=True)
        assert (await reader.search_unrecorded("人心有秤", 5)).total == 4
        assert (await application.local_reader(reads_all=False).search_unrecorded("人心有秤", 5)).total == 1
        assert (await reader.search_unrecorded("人新有秤", 5)).suggestions
        assert (await reader.quotables()).quotes
        async with application.database.read() as connection:
            state = await administration.state_of(connection, "20001", settings.timezone)
            left = await deliveries_of(connection, "20001")
        assert state.standing(NOW) is Standing.ACTIVE
        assert [(record.version, record.sha256) for record in left] == [(4, "x")]
        copy = await application.copies.of("20001", 4)
        assert BODY in copy.text.replace("\n", "") or "渠水有声" in copy.text
    finally:
        await application.close()


MARKED_RELEASE = 6


async def test_looks_and_findings_of_before_count_by_the_new_reckoning(tmp_path: Path) -> None:
    """Looks of operators and reporters keep their number; a file's certainty of before pays nobody any
    more."""
    path = tmp_path / "bot.db"
    await first_release(path)
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await migrate(connection, known_migrations()[:MARKED_RELEASE])
        await connection.execute(
            """INSERT INTO reports (number, reporter, told, at, message)
               VALUES (1, '66001', '某群', '2026-03-02T00:00:00.000000+00:00', 'r1')"""
        )
        await connection.execute(
            """INSERT INTO report_findings (case_number, at, last_evidence, verdict, accused, unique_hash, report)
               VALUES (1, '2026-03-02T00:00:00.000000+00:00', 0, 'strong', '20001', 1, '')"""
        )
        looks = [
            (None, "a", "[4]", "20001"),
            (None, "a", "[4]", None),
            (1, "b", "[4]", None),
            (None, "c", "[]", None),
        ]
        await connection.executemany(
            """INSERT INTO looks (at, by_account, report, leak_sha256, versions, verdict, account)
               VALUES ('2026-03-02T00:00:00.000000+00:00', '90001', ?, ?, ?, 'lead', ?)""",
            looks,
        )
        await migrate(connection)
        connection.row_factory = aiosqlite.Row
        counted = await tracing_store.counting_examinations(connection)
        assert [(record.share, record.named) for record in counted] == [
            (Share("", 0, 1), {"20001": "lead"}),
            (Share("66001", 1, 1), {}),
        ]
        files = await tracing_store.files_by_hash(connection, "x")
        assert [(record.account, record.keyed_bits) for record in files] == [("20001", None)]
        case = await reports_store.case(connection, 1)
        assert case is not None and case.finding is not None and not case.is_traced
        for change in ("DELETE FROM look_shares", "UPDATE look_shares SET number = 9"):
            with pytest.raises(aiosqlite.IntegrityError, match="never"):
                await connection.execute(change)


async def test_words_typed_after_random_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    await first_release(path)
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await connection.executemany(
            "INSERT INTO random_cursors (place, topic, shuffle) VALUES ('private:20001', ?, 5)",
            [("",), ("营商环境",), ("谁在卖",)],
        )
        await migrate(connection)
        rows = await connection.execute_fetchall("SELECT topic, shuffle FROM random_cursors")
        assert [tuple(row) for row in rows] == [("", 5)]


OLD_REPORT = {
    "added": ["7《在水利冬修会上的讲话》（冬修.txt）"],
    "problems": ["冬修.txt：没有找到标题"],
    "removed_lines": ["冬修.txt：内部资料"],
    "unchanged_files": 0,
    "speeches": 1,
    "sections": 4,
}


async def test_a_library_of_the_first_release_is_read_again_and_keeps_its_numbers(tmp_path: Path) -> None:
    path, library = tmp_path / "bot.db", tmp_path / "library"
    await first_release(path)
    library.mkdir()
    file = library / "冬修.txt"
    lines = ["在水利冬修会上的讲话", "（2025年11月5日）", "同志们："]
    lines += [f"第{ordinal}条，{BODY * 5}" for ordinal in (1, 2, 3, 4)]
    file.write_text("\n".join([*lines, "感谢各位乡亲守在渠上。"]), "utf-8")
    state = file.stat()
    async with aiosqlite.connect(path) as connection:
        await connection.execute("INSERT INTO sources VALUES ('冬修.txt', '冬修.txt', 7, NULL, 1)")
        await connection.execute(
            "INSERT INTO files (path, size, modified_ns, parser) VALUES ('冬修.txt', ?, ?, '1')",
            (state.st_size, state.st_mtime_ns),
        )
        await connection.execute(
            "INSERT INTO import_reports (finished_at, report) VALUES ('2025-11-06T00:00:00.000000+00:00', ?)",
            (json.dumps(OLD_REPORT, ensure_ascii=False),),
        )
        await connection.commit()
    settings = load_settings({"LIBRARY_DIR": str(library), "DATABASE_FILE": str(path)})
    application = await Application.open(settings, clock=lambda: NOW, rng=random.Random(1), workers=0)
    try:
        async with application.database.read() as connection:
            before = await report_page(connection, 1, settings.timezone)
        assert before.startswith("2025-11-06 08:00 的载入：\n资料库现有 1 篇、4 段；本次新增 1。")
        report = await application.importer.run()
        assert report.reread == 1 and not report.added and not report.withdrawn
        assert report.changed == ["7《在水利冬修会上的讲话》（冬修.txt）"]
        reader = application.local_reader(reads_all=True)
        assert (await reader.search_unrecorded("守在渠上", 5)).hits[0].number.startswith("7.")
        async with application.database.read() as connection:
            assert (await speech_told(connection, 7)).startswith("7《在水利冬修会上的讲话》（冬修.txt）")
            left = await deliveries_of(connection, "20001")
        assert [(record.version, record.sha256) for record in left] == [(4, "x")]
        assert (await application.importer.run()).unchanged_files == 1
    finally:
        await application.close()
