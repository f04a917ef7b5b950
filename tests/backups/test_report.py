"""What `restore --check` says of a backup, line by line."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from jianggao.backups import back_up
from jianggao.backups.report import examine_with_live, render
from jianggao.database import Database, Keys
from jianggao.database.backup_manifest import manifest_file
from jianggao.errors import NotFound

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
GRANT = """INSERT INTO ledger (kind, member, by_account, at, duration, note, message)
           VALUES ('grant', ?, '90001', '2026-03-01T00:00:00.000000+00:00', 'P1Y0M0W0D', '', ?)"""


def grant(path: Path, *members: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(GRANT, [(member, f"message for {member}") for member in members])


@pytest.fixture
async def live(tmp_path: Path) -> Path:
    database = await Database.open(tmp_path / "data" / "bot.db")
    await Keys.open(database)
    await database.close()
    grant(database.path, "20001")
    return database.path


@pytest.fixture
async def backup(live: Path, tmp_path: Path) -> Path:
    await back_up(live, tmp_path / "copy.db", clock=lambda: NOW)
    return tmp_path / "copy.db"


def report_on(backup: Path, live: Path) -> str:
    return "\n".join(render(examine_with_live(backup, live, ZONE), live, ZONE, NOW))


def test_a_backup_that_is_like_the_live_database(backup: Path, live: Path) -> None:
    report = report_on(backup, live)
    assert f"备份 {backup} 可以用来恢复" in report
    assert "写成：2026-03-18 12:00（手动，程序版本" in report and "校验码：和写成时一样" in report
    assert "会员：现在有效 1 人" in report
    assert "会员记录：1 条，最后是第 1 条（2026-03-01 08:00）" in report
    assert "密钥：3 个都对得上" in report
    assert "会员记录一样" in report and "会丢掉" not in report and "会员状态会变" not in report


def test_what_came_after_the_backup_is_told_entry_by_entry(backup: Path, live: Path) -> None:
    grant(live, "20002")
    assert "会丢掉 1 条会员记录（第 2 条），之后办的要重新办" in report_on(backup, live)
    grant(live, "20003")
    report = report_on(backup, live)
    assert "会丢掉 2 条会员记录（第 2–3 条）" in report
    assert "会员状态会变的有 2 人" in report
    assert "20002：有效期至 2027-03-01 → 没有订阅" in report


def test_many_members_are_counted(backup: Path, live: Path) -> None:
    grant(live, *(str(30_000 + number) for number in range(25)))
    report = report_on(backup, live)
    assert "会员状态会变的有 25 人" in report and "…还有 5 人" in report
    assert "30019：" in report and "30020：" not in report


def remove(path: Path) -> None:
    path.unlink()


def damage(path: Path) -> None:
    path.write_bytes("台账".encode() * 900)


@pytest.mark.parametrize(
    ("change", "words"), [(remove, "现在没有数据库"), (damage, "现在的数据库读不出来，没法比：")]
)
def test_a_backup_without_a_live_database_to_compare_with(
    backup: Path, live: Path, change: Callable[[Path], None], words: str
) -> None:
    change(live)
    report = report_on(backup, live)
    assert words in report and "可以用来恢复" in report and "比，恢复以后" not in report


async def test_a_backup_of_another_database_says_so(backup: Path, tmp_path: Path) -> None:
    other = await Database.open(tmp_path / "other" / "bot.db")
    await Keys.open(other)
    await other.close()
    assert "--other-database" in report_on(backup, other.path)


def test_a_backup_without_a_manifest_says_what_nobody_can_tell(backup: Path, live: Path) -> None:
    manifest_file(backup).unlink()
    report = report_on(backup, live)
    assert "没有校验码（旧版备份）" in report and "写成：" not in report


def test_a_report_changes_nothing(backup: Path, live: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    report_on(backup, live)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    with pytest.raises(NotFound):
        examine_with_live(tmp_path / "none.db", live, ZONE)
