"""What a peer's message links to: only public addresses are reached, judged once, in a bounded time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from jianggao.sources.remote_files import DownloadFailed, DownloadTooLarge, download, is_public

INSIDE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "203.0.113.9", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "fec0::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::", "2001:0:7f00:1::", "100::1", "", "x", "1", "0x7f000001",
]  # fmt: skip
OUTSIDE = [
    "1.1.1.1",
    "8.8.8.8",
    "172.32.0.1",
    "192.169.0.1",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Any]


@asynccontextmanager
async def host(serve: Serve) -> AsyncIterator[int]:
    """A server on loopback; gives its port. At its end no connection of it is left."""
    running: set[asyncio.Task[None]] = set()

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        running.add(asyncio.current_task())  # type: ignore[arg-type]
        try:
            await serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    server = await asyncio.start_server(one, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


def answering(head: str, body: bytes = b"", seen: list[str] | None = None) -> Serve:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        if seen is not None:
            seen.append(asked)
        writer.write(head.encode("latin-1") + b"\r\n\r\n" + body)
        await writer.drain()

    return serve


def resolving(*rounds: list[str]) -> Any:
    """A resolver that answers each time with the next addresses."""
    left = list(rounds)

    async def resolve(name: str, port: int) -> list[str]:
        return left.pop(0)

    return resolve


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_outside_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "written", ["127.0.0.1", "localhost", "127.1", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "0"]
)
async def test_loopback_is_not_reached_however_it_is_written(written: str) -> None:
    seen: list[str] = []
    async with host(answering("HTTP/1.1 200 OK", b"secret", seen)) as port:
        with pytest.raises(DownloadFailed):
            await download(f"http://{written}:{port}/", 100)
    assert seen == []


async def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    resolver = resolving(["8.8.8.8", "127.0.0.1"])
    with pytest.raises(DownloadFailed, match="public"):
        await download("http://two-faced.example/", 100, resolver=resolver)


async def test_a_name_is_resolved_once_and_what_was_judged_is_connected_to() -> None:
    """It answers with a public address first, and with loopback to everybody who asks again."""
    asked = 0

    async def resolver(name: str, port: int) -> list[str]:
        nonlocal asked
        asked += 1
        return ["203.0.114.1"] if asked == 1 else ["127.0.0.1"]

    seen: list[str] = []
    async with host(answering("HTTP/1.1 200 OK", b"secret", seen)) as port:
        with pytest.raises(DownloadFailed):
            await download(f"http://rebinding.example:{port}/", 100, resolver=resolver, total=0.2)
    assert (asked, seen) == (1, [])


async def test_a_host_of_ours_is_reached_by_its_own_name() -> None:
    seen: list[str] = []
    async with host(answering("HTTP/1.1 200 OK\r\nContent-Length: 4", b"text", seen)) as port:
        for allowed in (f"nas:{port}", "nas"):
            content = await download(
                f"http://NAS:{port}/a?b=1", 100, frozenset({allowed}), resolver=resolving(["127.0.0.1"])
            )
            assert content == b"text"
        with pytest.raises(DownloadFailed, match="FILE_HOSTS"):
            await download(
                f"http://nas:{port}/", 100, frozenset({f"nas:{port + 1}"}), resolver=resolving(["127.0.0.1"])
            )
    assert len(seen) == 2 and f"host: nas:{port}" in seen[0].lower() and "/a?b=1" in seen[0]


async def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    async with host(answering("HTTP/1.1 200 OK", b"by proxy", seen)) as port:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
        with pytest.raises(DownloadFailed):
            await download("http://192.168.0.1/", 100)
    assert seen == []


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Again", "404 None", "206 Part"])
async def test_a_redirect_is_not_followed(status: str) -> None:
    seen: list[str] = []
    head = f"HTTP/1.1 {status}\r\nLocation: /again\r\nContent-Length: 0"
    async with host(answering(head, b"", seen)) as port:
        with pytest.raises(DownloadFailed, match=status[:3]):
            await download(f"http://127.0.0.1:{port}/", 100, frozenset({"127.0.0.1"}))
    assert len(seen) == 1


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://x", "/etc/passwd", "", "http://", "http://[::1", "x" * 99_999,
        "http://user:password@1.1.1.1/", "http://a b/", "http://1.1.1.1:99999999/", "http://\ud800/", "javascript:1",
    ],
)  # fmt: skip
async def test_another_address_than_a_plain_one_is_refused(url: str) -> None:
    with pytest.raises(DownloadFailed):
        await download(url, 100, resolver=resolving([]))


async def test_size_is_bounded_while_it_comes() -> None:
    async def without_end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(40):
            writer.write(b"x" * 65_536)
            await writer.drain()

    async with host(without_end) as port:
        with pytest.raises(DownloadTooLarge):
            await download(f"http://127.0.0.1:{port}/", 1_000_000, frozenset({"127.0.0.1"}))


async def test_time_is_bounded_however_steadily_it_drips() -> None:
    async def dripping(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(200):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.01)

    async with host(dripping) as port:
        with pytest.raises(DownloadFailed, match="more than"):
            await download(f"http://127.0.0.1:{port}/", 10**9, frozenset({"127.0.0.1"}), total=0.3)


async def test_a_resolver_that_hangs_is_left_behind() -> None:
    async def hanging(name: str, port: int) -> list[str]:
        await asyncio.Event().wait()
        return []

    with pytest.raises(DownloadFailed, match="more than"):
        await download("http://slow.example/", 100, resolver=hanging, total=0.05)
