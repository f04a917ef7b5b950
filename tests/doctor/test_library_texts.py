"""Every table agrees on what is listed; imports that were broken off are noted."""

from __future__ import annotations

import shutil

import pytest
from doctor_cases import MEND, Installation, assert_told


@pytest.mark.parametrize(
    ("statement", "said", "way"),
    [
        ("UPDATE speeches SET version = NULL, keywords = 'x' WHERE number = 2", "不在列的还检索得到", MEND),
        ("UPDATE speeches SET taken_down_at = '2026' WHERE number = 2", "已经下线的还列着", MEND),
        ("UPDATE sections SET listed = 0 WHERE speech = 1", "该列出的没有列", MEND),
        ("DELETE FROM indexed_sections WHERE speech = 3", "检索不到", MEND),
    ],
)
async def test_tables_that_disagree_on_what_is_listed_are_told(
    installation: Installation, statement: str, said: str, way: str
) -> None:
    await assert_told(installation, statement, said, way)


async def test_a_part_of_a_file_that_was_read_is_noted(installation: Installation) -> None:
    installation.edit("DELETE FROM files WHERE path = '水利/0.txt'")
    findings = {finding.what: finding for finding in await installation.examine()}
    assert findings["读入"].wrong == () and "水利/0.txt" in findings["读入"].noted
    shutil.rmtree(installation.library / "水利")
    findings = {finding.what: finding for finding in await installation.examine()}
    assert findings["读入"].noted == "没有中断的"
