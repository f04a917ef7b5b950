"""A stored speech is as it was read, and no more of it is public than may be."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from doctor_cases import RESTORE, Installation, assert_told

HIDDEN = "(SELECT min(id) FROM sections WHERE audience = 2 AND listed = 1)"


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
    ],
)
async def test_a_text_that_was_changed_is_told(
    installation: Installation, statement: str, said: str, way: str
) -> None:
    await assert_told(installation, statement, said, way)


async def test_more_in_public_than_may_be_is_told(installation: Installation) -> None:
    installation.edit(
        "UPDATE sections SET audience = 0 WHERE speech = 1",
        "DELETE FROM text_runs WHERE speech <> 1",
    )
    with closing(sqlite3.connect(installation.database)) as connection:
        rows = connection.execute("SELECT body FROM indexed_sections WHERE speech = 1").fetchall()
        connection.executemany("INSERT OR IGNORE INTO shown_texts VALUES (1, 0, ?)", rows)
        connection.commit()
    assert [line for line in await installation.wrong() if "超出了上限" in line and "第 1 篇" in line]
