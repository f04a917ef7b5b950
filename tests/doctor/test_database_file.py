"""The database as a file: missing, empty, another program's, or with references that lead nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from doctor_cases import MEND, RESTORE, Installation, assert_told


@pytest.mark.parametrize(
    ("statement", "said", "way"),
    [
        ("INSERT INTO shown_texts VALUES (999, 0, 'x')", "指向不存在的记录", RESTORE),
        ("INSERT INTO speech_topics (speech, topic) VALUES (999, 'x')", "指向不存在的记录", MEND),
        ("INSERT INTO quotables VALUES (999, 0, 1, 1, 'x', 0)", "指向不存在的记录", MEND),
        ("INSERT INTO migrations VALUES (9000, 'later')", "更新的版本", "升级程序"),
        ("DROP TABLE migrations", "别的程序", "DATABASE_FILE"),
    ],
)
async def test_a_file_that_is_not_as_it_should_be_is_told(
    installation: Installation, statement: str, said: str, way: str
) -> None:
    await assert_told(installation, statement, said, way)


async def test_a_database_that_is_gone_beside_its_keys_is_no_new_one(installation: Installation) -> None:
    installation.database.unlink()
    assert [line for line in await installation.wrong() if "不见了" in line and RESTORE in line]
    installation.database.touch()
    assert [line for line in await installation.wrong() if "是空的" in line and RESTORE in line]


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.write_text("今天开会，记得带上台账。" * 90)])
async def test_what_is_no_database_is_told_in_a_line(installation: Installation, make: object) -> None:
    installation.database.unlink()
    make(installation.database)  # type: ignore[operator]
    wrong = await installation.wrong()
    assert len([line for line in wrong if str(installation.database) in line]) >= 1
    assert any("DATABASE_FILE" in line or "文件夹" in line for line in wrong)


async def test_a_foreign_database_is_told(installation: Installation) -> None:
    installation.database.unlink()
    installation.edit("CREATE TABLE notes (text)")
    assert [line for line in await installation.wrong() if "别的程序的数据库" in line]
