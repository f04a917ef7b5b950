"""A database of the first release opens: members, ledger, deliveries and texts are all there, and search finds."""

from __future__ import annotations

import random
from datetime import date, datetime, timezone
from pathlib import Path

import aiosqlite

from jianggao.database.migrations import known_migrations, migrate
from jianggao.house import House
from jianggao.library.rows import first_id
from jianggao.membership import standing
from jianggao.membership import store as membership_store
from jianggao.membership.ledger import Standing
from jianggao.settings import load_settings

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
    house = await House.open(settings, clock=lambda: NOW, chance=random.Random(1), workers=0)
    try:
        report = await house.importer.run()
        assert report.root_missing and (report.speeches, report.sections) == (1, 4)
        reader = house.local_reader(reads_all=True)
        assert (await reader.look("人心有秤", 5)).total == 4
        assert (await house.local_reader(reads_all=False).look("人心有秤", 5)).total == 1
        assert (await reader.look("人新有秤", 5)).guesses
        assert (await reader.quotables()).quotes
        async with house.database.read() as connection:
            state = await standing.state_of(connection, "20001", settings.timezone)
            deliveries = await membership_store.deliveries_of(connection, "20001")
        assert state.standing(NOW) is Standing.ACTIVE
        assert [(one.version, one.sha256) for one in deliveries] == [(4, "x")]
        copy = await house.copies.of("20001", 4)
        assert BODY in copy.text.replace("\n", "") or "渠水有声" in copy.text
    finally:
        await house.close()
