"""The index has what the texts make of it."""

from __future__ import annotations

import pytest
from doctor_cases import MEND, RESTORE, Installation, assert_told


@pytest.mark.parametrize(
    ("statement", "said", "way"),
    [
        (
            "UPDATE indexed_sections SET body_cut = x'01' WHERE speech = 3",
            "索引和正文不一致（第 3 篇）",
            MEND,
        ),
        ("UPDATE speech_index SET runs = title WHERE speech = 1", "索引和正文不一致（第 1 篇）", MEND),
        ("UPDATE versions SET headings = '{' WHERE speech = 1", "第 1 篇存的内容读不懂", RESTORE),
        ("UPDATE versions SET material_date = 'x' WHERE speech = 1", "第 1 篇存的内容读不懂", RESTORE),
    ],
)
async def test_an_index_or_a_text_that_cannot_be_right_is_told(
    installation: Installation, statement: str, said: str, way: str
) -> None:
    await assert_told(installation, statement, said, way)


async def test_the_index_of_another_version_is_no_fault(installation: Installation) -> None:
    installation.edit(
        "UPDATE facts SET value = 'earlier' WHERE name = 'index version'", "DELETE FROM speech_index"
    )
    findings = {finding.what: finding for finding in await installation.examine()}
    assert findings["索引"].wrong == findings["检索表"].wrong == findings["讲稿"].wrong == ()
    assert "下次启动时会重建" in findings["索引"].noted


async def test_texts_that_wait_for_an_upgrade_are_not_called_unreadable(installation: Installation) -> None:
    number = "(SELECT number FROM migrations WHERE name LIKE '%hidden_sections%')"
    installation.edit(f"DELETE FROM migrations WHERE number = {number}", "DROP TABLE hidden_sections")
    findings = {finding.what: finding for finding in await installation.examine()}
    for what in ("正文", "索引", "检索表"):
        assert findings[what].wrong == () and "升级后才能查" in findings[what].noted


async def test_a_missing_table_is_told_as_such_and_not_of_every_text(installation: Installation) -> None:
    installation.edit("DROP TABLE hidden_sections")
    wrong = await installation.wrong()
    assert not [line for line in wrong if "读不懂" in line]
    assert [line for line in wrong if "“数据库结构”" in line and "hidden_sections" in line]
