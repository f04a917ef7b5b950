"""/health and /metrics: what they tell, when the bot is not well, and that asking costs little."""

from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace
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
    assert (await presence(chat.services)).told == {"online": 1, "offline_seconds": 0}
    now = 2_000.0
    await presence.left()
    bots.clear()
    now = 2_120.0
    assert (await presence(chat.services)).is_ok
    now = 2_121.0
    finding = await presence(chat.services)
    assert not finding.is_ok and finding.told == {"online": 0, "offline_seconds": 121}


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
    from jianggao.chat.current import set_running_bot

    set_running_bot(None)
    assert await told(health.HealthPage()) == (False, {"ok": False})


async def test_a_page_is_made_once_a_second_however_many_ask(plugins: None) -> None:
    from jianggao.chat.monitoring.local_pages import KeptPage, LocalPage

    made, now, may_end = [], 0.0, asyncio.Event()

    async def make() -> LocalPage:
        made.append(now)
        await may_end.wait()
        return LocalPage(str(len(made)).encode())

    kept = KeptPage(make, lambda: now)
    asking = [asyncio.create_task(kept()) for _ in range(100)]
    await asyncio.sleep(0)
    asking[0].cancel()  # who hangs up takes nothing from the others
    may_end.set()
    pages = await asyncio.gather(*asking[1:])
    assert {page.body for page in pages} == {b"1"} and (await kept()).body == b"1"
    now = 1.5
    assert (await kept()).body == b"2" and made == [0.0, 1.5]


PROXIES = [
    "X-Original-Forwarded-For",
    "X-Cluster-Client-IP",
    "X-Forwarded",
    "X-Forward-For",
    "Forwarded-For",
    "X-ProxyUser-Ip",
    "Proxy-Connection",
    "X-Real-Port",
    "X-Client-IP",
    "Client-IP",
    "True-Client-IP",
    "CF-Connecting-IP",
    "CF-Ray",
    "Via",
    "X-Via",
    "X-Original-Host",
    "X-Remote-Addr",
    "X-Envoy-External-Address",
    "x-azure-clientip",
    "ALI-CDN-Real-IP",
]


@pytest.mark.parametrize("name", PROXIES)
def test_a_header_of_whatever_proxy_is_refused(plugins: None, name: str) -> None:
    from jianggao.chat.monitoring.local_pages import asks_from_this_machine

    for written in (name, name.lower(), name.upper()):
        headers = [(b"host", b"localhost"), (written.encode(), b"1.2.3.4")]
        assert not asks_from_this_machine("127.0.0.1", b"1.1", headers)


def test_the_headers_of_programs_that_watch_are_no_proxys(plugins: None) -> None:
    from jianggao.chat.monitoring.local_pages import asks_from_this_machine

    names = [
        "User-Agent",
        "Accept",
        "Accept-Encoding",
        "Connection",
        "Cache-Control",
        "Authorization",
        "Cookie",
    ]
    names += [
        "X-Prometheus-Scrape-Timeout-Seconds",
        "X-Request-Id",
        "traceparent",
        "Sec-Fetch-Site",
        "Upgrade",
    ]
    headers = [(b"Host", b"localhost"), *((name.encode(), b"1") for name in names)]
    assert asks_from_this_machine("127.0.0.1", b"1.1", headers)


@pytest.mark.parametrize(
    ("peer", "version", "headers", "is_local"),
    [
        ("127.0.0.1", b"1.1", [(b"Host", b"127.0.0.1:8080")], True),
        ("127.0.0.1", b"1.1", [(b"host", b"localhost:8080")], True),
        ("127.0.0.1", b"1.1", [(b"host", b"LocalHost")], True),
        ("127.8.9.1", b"1.1", [], True),
        ("::1", b"1.1", [(b"host", b"[::1]:8080")], True),
        ("::1", b"1.1", [(b"host", b"[::1]")], True),
        ("::ffff:127.0.0.1", b"1.1", [(b"host", b"127.0.0.1")], True),
        ("::ffff:192.0.2.1", b"1.1", [(b"host", b"127.0.0.1")], False),
        ("192.0.2.1", b"1.1", [(b"host", b"127.0.0.1")], False),
        ("10.0.0.5", b"1.1", [(b"host", b"10.0.0.5:8080")], False),
        ("", b"1.1", [(b"host", b"127.0.0.1")], False),
        ("no address", b"1.1", [], False),
        ("127.0.0.1", b"1.1", [(b"host", b"rebound.example:8080")], False),
        ("127.0.0.1", b"1.1", [(b"host", b"127.0.0.1.example")], False),
        ("127.0.0.1", b"1.0", [(b"host", b"127.0.0.1:8080")], False),
        ("127.0.0.1", b"1.1", [(b"host", b"localhost"), (b"X-Forwarded-For", b"1.2.3.4")], False),
        ("127.0.0.1", b"1.1", [(b"host", b"localhost"), (b"x-forwarded-proto", b"https")], False),
        ("127.0.0.1", b"1.1", [(b"host", b"localhost"), (b"Forwarded", b"for=1.2.3.4")], False),
        ("127.0.0.1", b"1.1", [(b"host", b"localhost"), (b"X-Real-IP", b"1.2.3.4")], False),
        ("127.0.0.1", b"1.1", [(b"host", b"localhost"), (b"Via", b"1.1 proxy")], False),
    ],
)
def test_who_is_of_this_machine(
    plugins: None, peer: str, version: bytes, headers: list[tuple[bytes, bytes]], is_local: bool
) -> None:
    from jianggao.chat.monitoring.local_pages import asks_from_this_machine

    assert asks_from_this_machine(peer, version, headers) is is_local


async def test_metrics_count_commands_sends_and_time(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    from nonebot.adapters import Bot
    from nonebot.adapters.onebot.v11.exception import ActionFailed, NetworkError

    from jianggao.chat.connection.frames import dropped
    from jianggao.chat.monitoring.metrics import Metrics

    hooks: dict[str, Any] = {}
    monkeypatch.setattr(
        "jianggao.chat.monitoring.metrics.run_preprocessor", lambda one: hooks.update(before=one)
    )
    monkeypatch.setattr(
        "jianggao.chat.monitoring.metrics.run_postprocessor", lambda one: hooks.update(after=one)
    )
    monkeypatch.setattr(Bot, "on_called_api", lambda one: hooks.update(called=one))
    now = 10.0
    metrics = Metrics(lambda: now)
    metrics.watch()
    dropped.add("no JSON")
    from jianggao.chat.commands.request import STATE_KEY, Request

    request = Request.__new__(Request)
    object.__setattr__(request, "parsed", SimpleNamespace(command=SimpleNamespace(name="检索")))
    state: dict[str, Any] = {STATE_KEY: request}
    await hooks["before"](state)
    now = 10.2
    await hooks["after"](None, state)
    for api, error in (
        ("send_group_msg", None),
        ("upload_private_file", ActionFailed(retcode=1)),
        ("send_private_msg", NetworkError()),
        ("get_file", None),
    ):
        await hooks["called"](chat.bot, error, api, {}, None)
    text = (await metrics.make()).body.decode()
    assert 'jianggao_commands_total{command="检索"} 1.0' in text
    assert 'jianggao_answer_seconds_bucket{le="0.1"} 0.0' in text
    assert 'jianggao_answer_seconds_bucket{le="0.3"} 1.0' in text
    for outcome in ("delivered", "refused", "unknown"):
        assert f'jianggao_sends_total{{outcome="{outcome}"}} 1.0' in text
    assert "jianggao_queue_waiting 0.0" in text and "jianggao_dropped_frames_total{" in text


async def test_imports_are_counted(chat: Chat, health: Any) -> None:
    before = chat.services.imports.total
    await chat.ask("重新载入", SUPERUSER)
    assert chat.services.imports.total == before + 1
