"""The schema is the one that the migrations make."""

from __future__ import annotations

import pytest
from doctor_cases import MEND, RESTORE, Installation, assert_told


@pytest.mark.parametrize(
    ("statement", "said", "way"),
    [
        ("DROP TABLE speech_grams", "speech_grams 不见了", MEND),
        ("DROP TABLE shown_texts", "少了 shown_texts", RESTORE),
        ("DROP INDEX sections_by_version", "少了索引 sections_by_version", MEND),
        ("DROP TRIGGER looks_never_deleted", "少了 looks_never_deleted", MEND),
        (
            "CREATE TRIGGER quiet AFTER INSERT ON ledger BEGIN SELECT 1; END",
            "多了不是机器人建的触发器 quiet",
            RESTORE,
        ),
        ("DROP TABLE speech_topics", "speech_topics 不见了", MEND),
        ("DROP TRIGGER ledger_seals_never_updated", "少了 ledger_seals_never_updated", MEND),
    ],
)
async def test_what_the_schema_lacks_or_has_in_excess_is_told(
    installation: Installation, statement: str, said: str, way: str
) -> None:
    await assert_told(installation, statement, said, way)


async def test_a_missing_guard_is_told_once_with_one_way_to_mend_it(installation: Installation) -> None:
    installation.edit("DROP TRIGGER ledger_seals_never_deleted")
    assert len(await installation.wrong()) == 1
