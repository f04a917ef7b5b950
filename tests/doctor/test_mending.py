"""What `--mend` does, and what it leaves alone."""

from __future__ import annotations

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from doctor_cases import NOW, Installation, open_application, wrong_in

from jianggao.backups.backup import unfinished_folder
from jianggao.doctor import mend
from jianggao.errors import DatabaseInUse
from jianggao.library.index import GRAM_TABLES

RECORDS = (
    "ledger",
    "deliveries",
    "looks",
    "reports",
    "report_evidence",
    "keys",
    "shown_texts",
    "text_runs",
    "speech_topics",
)


def records(installation: Installation) -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(installation.rows(f"SELECT * FROM {table}"), key=repr) for table in RECORDS}


@pytest.mark.parametrize(
    "statement",
    [
        *(f"INSERT INTO {table} (rowid, grams) VALUES (7, '幽灵')" for table in GRAM_TABLES),
        *(f"INSERT INTO {table} ({table}) VALUES ('delete-all')" for table in GRAM_TABLES),
        *(f"DROP TABLE {table}" for table in GRAM_TABLES),
        "DROP TABLE vocabulary",
        "DROP TABLE speech_topics",
        "DELETE FROM speech_topics",
        "UPDATE speech_topics SET topic = '别的'",
        "INSERT INTO speech_topics (speech, topic) VALUES (999, 'x')",
        "UPDATE indexed_sections SET body = body || '幽灵'",
        "UPDATE speech_index SET title = '幽灵'",
        "DELETE FROM speech_index",
        "UPDATE speeches SET taken_down_at = '2026' WHERE number = 2",
        "UPDATE sections SET listed = 1 - listed",
        "INSERT INTO quotables VALUES (999, 0, 1, 1, 'x', 0)",
        "DROP INDEX sections_by_version",
        "DROP TRIGGER ledger_never_deleted",
        "UPDATE facts SET value = 'earlier' WHERE name = 'index version'",
    ],
)
async def test_all_is_well_after_mending_and_no_record_is_touched(
    installation: Installation, statement: str
) -> None:
    before = records(installation)
    installation.edit(statement)
    mended = await installation.mend()
    assert wrong_in(mended.findings) == []
    assert mended.done and not [line for line in mended.done if "没做成" in line]
    assert records(installation) == before


async def test_guesses_are_made_anew_with_the_index(installation: Installation) -> None:
    words = installation.rows("SELECT * FROM vocabulary ORDER BY 1, 2, 3")
    public = installation.rows("SELECT * FROM public_vocabulary ORDER BY 1, 2")
    installation.edit("DELETE FROM vocabulary", "DELETE FROM public_vocabulary")
    await installation.mend(rebuild=True)
    assert installation.rows("SELECT * FROM public_vocabulary ORDER BY 1, 2") == public
    assert set(installation.rows("SELECT * FROM vocabulary ORDER BY 1, 2, 3")) >= set(words)


async def test_nothing_is_done_where_nothing_is_wrong(installation: Installation) -> None:
    before = installation.database.read_bytes()
    mended = await installation.mend()
    assert mended.done == [] and wrong_in(mended.findings) == []
    assert installation.database.read_bytes() == before


async def test_a_guard_that_came_back_guards(installation: Installation) -> None:
    installation.edit("DROP TRIGGER ledger_never_updated")
    await installation.mend()
    with pytest.raises(Exception, match="never changed"):
        installation.edit("UPDATE ledger SET note = 'x'")


async def test_a_tampered_ledger_is_not_mended(installation: Installation) -> None:
    installation.edit("DROP TRIGGER ledger_never_deleted", "DELETE FROM ledger WHERE number = 2")
    mended = await installation.mend()
    left = wrong_in(mended.findings)
    assert len(left) == 1 and "少了 1 条记录" in left[0] and "restore" in left[0]
    assert "重新加上了 ledger_never_deleted" in mended.done


async def test_files_are_made_private_and_leftovers_deleted(
    installation: Installation, tmp_path: Path
) -> None:
    young = installation.database.with_name("bot.db.incoming")
    young.write_bytes(b"x")
    backups = installation.database.parent / "backups"
    ours = [
        unfinished_folder(installation.database.with_name("copy.db.20260317120000"), installation.database),
        unfinished_folder(backups / "bot.db.20260317120000", installation.database),
        unfinished_folder(backups / "20260317-120000", installation.database),
        installation.database.with_name("bot.db.restoring"),
    ]
    for path in ours:
        path.mkdir(parents=True)
        (path / "bot.db").write_bytes(b"x")
        os.utime(path, ((NOW - timedelta(hours=3)).timestamp(),) * 2)
    key = installation.database.with_name("bot.marks.key.new")
    key.write_bytes(b"x")
    env_file = tmp_path / ".env"
    env_file.write_text("ONEBOT_ACCESS_TOKEN=abc\n")
    for path in (installation.database, young, key, env_file):
        path.chmod(0o644)
    mended = await mend(installation.settings, now=lambda: NOW, env_file=env_file)
    assert wrong_in(mended.findings) == []
    assert not any(path.exists() for path in ours) and young.exists() and key.exists()
    assert {stat.S_IMODE(path.stat().st_mode) for path in (installation.database, young, key, env_file)} == {
        0o600
    }


async def test_files_of_others_are_no_leftovers(installation: Installation) -> None:
    backups = installation.database.parent / "backups"
    theirs = [
        backups / "film.mkv.part",
        backups / "x" / "视频.part",
        backups / "copy.part",
        backups / "bot.db.20260317120000.0123abcd.part" / "bot.db",  # of another database
        installation.database.with_name("bot.db.part"),
        installation.database.with_name("botany.incoming"),
    ]
    for path in theirs:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
        path.chmod(0o600)
        for at in (path, path.parent):
            os.utime(at, ((NOW - timedelta(days=3)).timestamp(),) * 2)
    mended = await installation.mend()
    assert all(path.exists() for path in theirs)
    assert not [line for line in mended.done if "没写完" in line]


async def test_while_a_bot_runs_nothing_is_mended(installation: Installation) -> None:
    installation.edit("DELETE FROM speech_index")
    application = await open_application(installation)
    try:
        with pytest.raises(DatabaseInUse, match="先停掉机器人"):
            await installation.mend()
    finally:
        await application.close()
    assert installation.rows("SELECT count(*) FROM speech_index") == [(0,)]


async def test_a_broken_off_import_is_finished(installation: Installation) -> None:
    installation.edit("DELETE FROM files WHERE path = '水利/0.txt'")
    mended = await installation.mend()
    assert mended.done == ["读完了 水利/0.txt"]
    assert ("水利/0.txt",) in installation.rows("SELECT path FROM files")
    assert (await installation.mend()).done == []


async def test_what_cannot_be_done_is_told_and_the_rest_is(installation: Installation) -> None:
    """Texts that can't be read any more: the index isn't made of half of them."""
    installation.edit(
        "UPDATE versions SET headings = '{' WHERE speech = 1", "DELETE FROM speech_index WHERE speech = 2"
    )
    installation.database.chmod(0o644)
    before = records(installation)
    mended = await installation.mend()
    assert [line for line in mended.done if line.startswith("没做成")]
    assert [line for line in mended.done if "600" in line]
    assert [line for line in wrong_in(mended.findings) if "第 1 篇" in line and "restore" in line]
    assert records(installation) == before


async def test_without_a_database_there_is_nothing_to_mend(tmp_path: Path) -> None:
    installation = Installation(tmp_path / "new")
    installation.library.mkdir(parents=True)
    mended = await installation.mend(rebuild=True)
    assert mended.done == [] and wrong_in(mended.findings) == []
    assert not installation.database.exists()
