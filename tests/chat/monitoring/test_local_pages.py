"""Pages are for programs of this machine alone, and made once a second however many ask."""

from __future__ import annotations

import asyncio

import pytest


async def test_a_page_is_made_once_a_second_however_many_ask(plugins: None) -> None:
    from jianggao.chat.monitoring.local_pages import CachedPage, LocalPage

    made, now, may_end = [], 0.0, asyncio.Event()

    async def make() -> LocalPage:
        made.append(now)
        await may_end.wait()
        return LocalPage(str(len(made)).encode())

    kept = CachedPage(make, lambda: now)
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
