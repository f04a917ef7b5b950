"""Downloads files from URLs that people send, but nothing that only this machine can reach.

A host is resolved once, all its addresses are checked, and the connection goes to one of them: a name that
resolves to another address the second time gains nothing. For TLS and the Host header the host stays what the
URL says.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import httpcore2
import httpx2

TOTAL = 60.0
"""Seconds for a whole download, also for a server that sends a byte now and then."""
_A_STEP = 20.0
"""Seconds to wait for a connection, or for the next byte."""
_TRIED = 4
"""How many addresses of a host are tried, one after another."""
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(net)
    for net in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
    )
)
"""IANA's registries of special-purpose addresses, 6to4 and Teredo among them.

Python's own lists (`is_global`) differ from version to version.
"""
_CARRIES_V4 = (ipaddress.ip_network("::ffff:0:0/96"), ipaddress.ip_network("64:ff9b::/96"))
"""IPv4 addresses written as IPv6, and those that a NAT64 translates (RFC 6052)."""

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Takes a host and a port, returns all addresses of the host; [] if there is no such host."""


class DownloadFailed(Exception):
    """Nothing was downloaded; the message says why and holds nothing of the URL, which may carry a secret."""


class DownloadTooLarge(DownloadFailed):
    """The file has more bytes than the caller takes."""


def is_public(address: str) -> bool:
    """Returns whether an IP address is public; one that carries an IPv4 address counts as that."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in net for net in _NOT_PUBLIC)
    if any(ip in net for net in _CARRIES_V4):
        return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip in _GLOBAL_V6 and not any(ip in net for net in _NOT_PUBLIC)


async def resolve(host: str, port: int) -> list[str]:
    """Returns all addresses of a host, [] if there is no such host.

    Runs in a thread that nobody waits for: a resolver that hangs doesn't delay the bot's stop.
    """
    loop = asyncio.get_running_loop()
    resolved: asyncio.Future[list[str]] = loop.create_future()

    def settle(addresses: list[str]) -> None:
        if not resolved.done():
            resolved.set_result(addresses)

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            addresses = [str(answer[4][0]) for answer in answers]
        except (OSError, UnicodeError):
            addresses = []
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, addresses)

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    return await resolved


class _JudgedAddresses(httpcore2.AsyncNetworkBackend):
    """Connects to addresses that were checked, and to hosts that are allowed by name."""

    def __init__(self, allowed: frozenset[str], resolver: Resolve) -> None:
        self._allowed = allowed
        self._resolve = resolver
        self._below = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Returns a connection to the host. Raises DownloadFailed if any of its addresses isn't public."""
        addresses = await self._resolve(host, port)
        if not addresses:
            raise DownloadFailed("no such host")
        named = host.lower()
        if not {named, f"{named}:{port}", f"[{named}]:{port}"} & self._allowed and not all(
            is_public(address) for address in addresses
        ):
            raise DownloadFailed(
                "its host isn't on the public internet (FILE_HOSTS names hosts that are trusted)"
            )
        return await self._connect(addresses[:_TRIED], port, timeout)

    async def _connect(
        self, addresses: list[str], port: int, timeout: float | None
    ) -> httpcore2.AsyncNetworkStream:
        """Returns a connection to the first address that answers: without IPv6 only later ones do."""
        for address in addresses[:-1]:
            try:
                return await self._below.connect_tcp(address, port, timeout)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return await self._below.connect_tcp(addresses[-1], port, timeout)

    async def connect_unix_socket(self, *args: Any, **kwargs: Any) -> httpcore2.AsyncNetworkStream:
        """Raises DownloadFailed: a URL never names a socket of this machine."""
        raise DownloadFailed("a socket of this machine")

    async def sleep(self, seconds: float) -> None:
        """Waits, for the pool."""
        await asyncio.sleep(seconds)


async def download(
    url: str,
    limit: int,
    allowed: frozenset[str] = frozenset(),
    *,
    resolver: Resolve = resolve,
    total: float = TOTAL,
) -> bytes:
    """Returns the bytes at an http or https URL, at most `limit` of them, within `total` seconds.

    `allowed` hosts (`host` or `host:port`) may lie on private addresses. Redirects are not followed and
    proxies of the environment not used: both would lead around the check of addresses. Raises DownloadFailed,
    and DownloadTooLarge if there are more bytes.
    """
    address = _address(url)
    try:
        return await asyncio.wait_for(_read(address, limit, allowed, resolver), total)
    except asyncio.TimeoutError:
        raise DownloadFailed(f"more than {total:g} s") from None
    except (
        httpcore2.NetworkError,
        httpcore2.ProtocolError,
        httpcore2.TimeoutException,
        ssl.SSLError,
    ) as error:
        raise DownloadFailed(type(error).__name__) from None
    except (
        OSError,
        ValueError,
        TypeError,
    ) as error:  # what a malformed URL or answer makes the library raise
        raise DownloadFailed(type(error).__name__) from None


async def _read(url: httpcore2.URL, limit: int, allowed: frozenset[str], resolver: Resolve) -> bytes:
    backend = _JudgedAddresses(allowed, resolver)
    patience = dict.fromkeys(("connect", "read", "write", "pool"), _A_STEP)
    headers: dict[bytes | str, bytes | str] = {"Accept-Encoding": "identity", "User-Agent": "jianggao-bot"}
    content = bytearray()
    async with (
        httpcore2.AsyncConnectionPool(network_backend=backend) as pool,
        pool.stream("GET", url, headers=headers, extensions={"timeout": patience}) as answer,
    ):
        if answer.status != 200:
            raise DownloadFailed(f"status {answer.status}")
        async for part in answer.aiter_stream():
            content += part
            if len(content) > limit:
                raise DownloadTooLarge("too large")
    return bytes(content)


def _address(url: str) -> httpcore2.URL:
    """Returns the URL for httpcore2. Raises DownloadFailed for other schemes and for user names in it."""
    try:
        parsed = httpx2.URL(url)
    except httpx2.InvalidURL:
        raise DownloadFailed("no address") from None
    if parsed.scheme not in ("http", "https") or not parsed.host or parsed.userinfo:
        raise DownloadFailed("no http or https address")
    return httpcore2.URL(
        scheme=parsed.raw_scheme, host=parsed.raw_host, port=parsed.port, target=parsed.raw_path
    )
