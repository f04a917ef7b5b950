"""Fetches what a peer's message links to, without reaching anything that only this machine can reach.

A name is resolved once, all its addresses are judged, and the connection goes to one of those: a name that answers
otherwise the second time gains nothing. The host stays what the address says for TLS and the Host header.
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
"""Seconds for a whole download, however steadily it drips."""
_A_STEP = 20.0
"""Seconds for a connection, or without a byte."""
_TRIED = 4
"""Addresses of a host that are tried, one after another."""
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
"""IANA's special registries, 6to4 and Teredo among them; Python's own lists differ from version to version."""
_CARRIES_V4 = (ipaddress.ip_network("::ffff:0:0/96"), ipaddress.ip_network("64:ff9b::/96"))
"""IPv4 addresses written as IPv6, and those that a NAT64 translates."""

Resolve = Callable[[str, int], Awaitable[list[str]]]


class DownloadFailed(Exception):
    """Why nothing came, in words that hold nothing of the address."""


class DownloadTooLarge(DownloadFailed):
    """More bytes than are taken."""


def is_public(address: str) -> bool:
    """Whether an address lies on the public internet, and holds no other address that doesn't."""
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
    """All addresses of a host. In a thread that nobody waits for: a resolver that hangs doesn't delay the stop."""
    loop = asyncio.get_running_loop()
    found: asyncio.Future[list[str]] = loop.create_future()

    def settle(addresses: list[str]) -> None:
        if not found.done():
            found.set_result(addresses)

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            addresses = [str(answer[4][0]) for answer in answers]
        except (OSError, UnicodeError):
            addresses = []
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, addresses)

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    return await found


class _JudgedAddresses(httpcore2.AsyncNetworkBackend):
    """Connects to judged addresses alone."""

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
        """A connection to one of the host's addresses. Raises DownloadFailed if any of them isn't public."""
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
        """To the first address that answers: a machine without IPv6 reaches only the later ones."""
        for address in addresses[:-1]:
            try:
                return await self._below.connect_tcp(address, port, timeout)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return await self._below.connect_tcp(addresses[-1], port, timeout)

    async def connect_unix_socket(self, *args: Any, **kwargs: Any) -> httpcore2.AsyncNetworkStream:
        """Never: an address doesn't name a socket of this machine."""
        raise DownloadFailed("a socket of this machine")

    async def sleep(self, seconds: float) -> None:
        """What the pool waits with."""
        await asyncio.sleep(seconds)


async def download(
    url: str,
    most: int,
    allowed: frozenset[str] = frozenset(),
    *,
    resolver: Resolve = resolve,
    total: float = TOTAL,
) -> bytes:
    """What is at an http or https address; `allowed` hosts (`host` or `host:port`) may be private ones.

    Redirects are not followed, proxies of the environment not used. Raises DownloadFailed, DownloadTooLarge.
    """
    address = _address(url)
    try:
        return await asyncio.wait_for(_read(address, most, allowed, resolver), total)
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
    ) as error:  # what a made-up address or answer gets out of the library
        raise DownloadFailed(type(error).__name__) from None


async def _read(url: httpcore2.URL, most: int, allowed: frozenset[str], resolver: Resolve) -> bytes:
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
            if len(content) > most:
                raise DownloadTooLarge("too large")
    return bytes(content)


def _address(url: str) -> httpcore2.URL:
    """The address as it is asked. Raises DownloadFailed for what may not be."""
    try:
        parsed = httpx2.URL(url)
    except httpx2.InvalidURL:
        raise DownloadFailed("no address") from None
    if parsed.scheme not in ("http", "https") or not parsed.host or parsed.userinfo:
        raise DownloadFailed("no http or https address")
    return httpcore2.URL(
        scheme=parsed.raw_scheme, host=parsed.raw_host, port=parsed.port, target=parsed.raw_path
    )
