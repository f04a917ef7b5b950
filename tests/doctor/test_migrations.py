"""A database of an earlier release waits for its upgrade, and gives no alarm until then."""

from __future__ import annotations

from doctor_cases import Installation


async def test_a_database_of_an_earlier_release_waits_for_its_upgrade(installation: Installation) -> None:
    installation.edit(
        "DELETE FROM migrations WHERE number > 6", "DROP TABLE slow_questions", "DROP TABLE text_runs"
    )
    findings = {finding.what: finding for finding in await installation.examine()}
    assert "下次启动时做" in findings["升级"].noted
    assert "升级后才能查" in findings["超时的查询"].noted
    assert findings["超时的查询"].wrong == ()
