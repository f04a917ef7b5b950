"""/health and /metrics: what they tell, when the bot is not well, and that asking costs little."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from simulated_chat import MEMBER, SUPERUSER, Chat


@pytest.fixture
def health(plugins: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    from jianggao.chat.monitoring import health

    monkeypatch.setattr(health, "checks", {**health.checks, "database": health._Probe()})
    return health


async def told(page: Any) -> tuple[bool, dict[str, Any]]:
    made = await page.make()
    return made.is_ok, json.loads(made.body)


async def test_a_bot_that_is_well_tells_counts_and_times(chat: Chat, health: Any) -> None:
    is_ok, page = await told(health.HealthPage())
    assert is_ok and page["ok"] is True
    assert page["database"] == {"writable": True}
    assert page["last_import"]["speeches"] > 0 and page["last_import"]["finished"].endswith("+08:00")
    assert page["queue"] == {"waiting": 0} and page["slow_questions"] == 0
    assert page["version"][0].isdigit() and page["uptime_seconds"] >= 0


async def test_nothing_of_people_or_paths_is_told(chat: Chat, health: Any) -> None:
    await chat.ask("检索 台账", MEMBER)
    page = (await health.HealthPage().make()).body.decode()
    for private in (str(MEMBER), str(SUPERUSER), "台账", str(chat.application.database.path.parent)):
        assert private not in page


async def test_a_database_that_cannot_be_written_is_told(
    chat: Chat, health: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await chat.application.database.writer._connection.execute("PRAGMA query_only = ON")
    is_ok, page = await told(health.HealthPage())
    assert not is_ok and page["database"] == {"writable": False, "error": "DatabaseReadOnly"}
    await chat.application.database.writer._connection.execute("PRAGMA query_only = OFF")


async def test_a_database_that_has_gone_is_told(chat: Chat, health: Any) -> None:
    path = chat.application.database.path
    path.rename(path.with_name("elsewhere"))
    is_ok, page = await told(health.HealthPage())
    path.with_name("elsewhere").rename(path)
    assert not is_ok and page["database"]["writable"] is False


async def test_the_write_that_tries_the_database_out_changes_nothing(chat: Chat) -> None:
    async with chat.application.database.read() as connection:
        before = [line async for line in _dump(connection)]
    assert await chat.application.database.writer.try_to_write()
    async with chat.application.database.read() as connection:
        assert [line async for line in _dump(connection)] == before


async def _dump(connection: Any) -> Any:
    for table in ("sqlite_master", "ledger", "speeches"):
        for row in await connection.execute_fetchall(f"SELECT * FROM {table}"):
            yield tuple(row)


async def test_the_database_is_tried_out_every_ten_seconds_at_most(
    chat: Chat, health: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    async def count() -> bool:
        return not tried.append(1)

    monkeypatch.setattr(chat.application.database.writer, "try_to_write", count)
    page = health.HealthPage()
    for _ in range(20):
        await page.make()
    assert len(tried) == 1


async def test_no_account_is_well_for_two_minutes(
    chat: Chat, health: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, bots = 0.0, {"10001": chat.bot}
    monkeypatch.setattr(health, "get_bots", lambda: bots)
    presence = health.Presence(lambda: now)
    now = 1_000.0
    assert (await presence(chat.services)).shown == {"online": 1, "offline_seconds": 0}
    now = 2_000.0
    await presence.left()
    bots.clear()
    now = 2_120.0
    assert (await presence(chat.services)).is_ok
    now = 2_121.0
    finding = await presence(chat.services)
    assert not finding.is_ok and finding.shown == {"online": 0, "offline_seconds": 121}


async def test_a_check_that_hangs_is_told_and_not_begun_again(
    chat: Chat, health: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = [], asyncio.Event()

    async def hang(application: object) -> Any:
        begun.append(application)
        await may_end.wait()
        return health.CheckResult("done")

    monkeypatch.setattr(health, "_CHECK_WITHIN", 0.01)
    monkeypatch.setattr(health, "checks", {"hanging": hang})
    page = health.HealthPage()
    for _ in range(5):
        is_ok, body = await told(page)
        assert not is_ok and body["hanging"] == {"error": "timed out"}
    may_end.set()
    await asyncio.wait(set(page._running.values()))
    monkeypatch.setattr(health, "_CHECK_WITHIN", 5)
    assert (await told(page))[1]["hanging"] == "done" and len(begun) == 2


async def test_a_check_that_fails_is_not_well_and_leaves_the_others(
    chat: Chat, health: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(application: object) -> Any:
        raise ValueError("words")

    health.checks["failing"] = fail
    is_ok, page = await told(health.HealthPage())
    assert not is_ok and page["failing"] == {"error": "ValueError"} and page["queue"] == {"waiting": 0}


async def test_before_the_start_and_after_the_end_the_bot_is_not_well(plugins: None, health: Any) -> None:
    from jianggao.chat.running_bot import set_running_bot

    set_running_bot(None)
    assert await told(health.HealthPage()) == (False, {"ok": False})


async def test_imports_are_counted(chat: Chat, health: Any) -> None:
    before = chat.services.imports.total
    await chat.ask("重新载入", SUPERUSER)
    assert chat.services.imports.total == before + 1
