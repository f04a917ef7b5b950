"""The keys that the database names lie beside it."""

from __future__ import annotations

import pytest
from doctor_cases import Installation, assert_told

from jianggao.backups import back_up


@pytest.mark.parametrize(
    ("statement", "said", "way"),
    [
        ("UPDATE keys SET key_id = 'x' WHERE purpose = 'codes'", "bot.codes.key", "放回来"),
    ],
)
async def test_another_key_is_told(installation: Installation, statement: str, said: str, way: str) -> None:
    await assert_told(installation, statement, said, way)


async def test_a_lost_key_is_found_in_the_backup_that_has_it(installation: Installation) -> None:
    target = installation.database.parent / "backups" / "one" / "bot.db"
    await back_up(installation.database, target)
    installation.database.with_name("bot.marks.key").unlink()
    assert [line for line in await installation.wrong() if str(target.with_name("bot.marks.key")) in line]


async def test_a_retired_key_that_is_lost_for_ever_is_noted_and_no_alarm(installation: Installation) -> None:
    installation.edit("INSERT INTO retired_mark_keys VALUES ('0123456789abcdef', '2025')")
    findings = {finding.what: finding for finding in await installation.examine()}
    assert findings["密钥"].wrong == () and "0123456789abcdef" in findings["密钥"].noted
