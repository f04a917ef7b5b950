"""What surrounds the database: the clock, the disk, files left unfinished or readable by others."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from doctor_cases import MEND, NOW, Installation, assert_told, open_application, wrong_in

from jianggao.backups.backup import unfinished_folder
from jianggao.doctor import examine


@pytest.mark.parametrize(
    ("statement", "said", "way"),
    [
        ("UPDATE import_reports SET finished_at = '2036-01-01T00:00:00.000000+00:00'", "系统时间", "校准"),
        (
            "INSERT INTO facts VALUES ('clock ahead since', '2026-01-01T00:00:00.000000+00:00')",
            "系统时间比可信的记录晚了太多",
            "import --clock-is-right",
        ),
    ],
)
async def test_a_clock_that_cannot_be_right_is_told(
    installation: Installation, statement: str, said: str, way: str
) -> None:
    await assert_told(installation, statement, said, way)


async def test_the_clock_alarm_ends_when_the_clock_was_said_to_be_right(installation: Installation) -> None:
    installation.edit("UPDATE import_reports SET finished_at = '2036-01-01T00:00:00.000000+00:00'")
    assert [line for line in await installation.wrong() if "--clock-is-right" in line]
    application = await open_application(installation)
    try:
        await application.importer.run(clock_is_right=True)
    finally:
        await application.close()
    assert not [line for line in await installation.wrong() if "系统时间" in line]


async def test_old_unfinished_files_are_told_and_young_ones_left_alone(installation: Installation) -> None:
    parts = [installation.database.with_name(f"copy.db.2026031{day}120000") for day in (7, 8)]
    old, young = (unfinished_folder(path, installation.database) for path in parts)
    for path, age in ((old, timedelta(hours=3)), (young, timedelta(minutes=5))):
        path.mkdir()
        os.utime(path, ((NOW - age).timestamp(),) * 2)
    wrong = await installation.wrong()
    assert [line for line in wrong if str(old) in line and MEND in line]
    assert not [line for line in wrong if str(young) in line]


async def test_a_token_that_others_may_read_is_told(installation: Installation, tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("SUPERUSERS=12345\n")
    env_file.chmod(0o644)
    assert wrong_in(await examine(installation.settings, now=lambda: NOW, env_file=env_file)) == []
    env_file.write_text("ONEBOT_ACCESS_TOKEN=abc\n")
    told = wrong_in(await examine(installation.settings, now=lambda: NOW, env_file=env_file))
    assert len(told) == 1 and str(env_file) in told[0] and "abc" not in told[0]


async def test_little_room_is_told_with_what_may_go(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jianggao.doctor.surroundings.free_bytes", lambda _: 3_000_000)
    assert [line for line in await installation.wrong() if "只剩 3 MB" in line and "删" in line]
