"""Serves pages on the bot's own port to programs of the same machine: monitoring. Nobody else learns that
they exist."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

_OF_A_PROXY = re.compile(
    rb".*(?:forward|proxy|client-?ip|real-?ip).*|(?:x-)?via|(?:x-(?:real|client|cluster|original|remote|envoy)|true-client|cf)-.*",
    re.IGNORECASE | re.DOTALL,
)
"""Names of headers by which a proxy names itself, or the client that it asks for."""
_LOCAL_NAMES = (b"", b"localhost", b"127.0.0.1", b"[::1]")
_CACHED_FOR = 1.0
"""Seconds for which a page is cached: whoever asks all the time causes no work."""


@dataclass(frozen=True, slots=True)
class LocalPage:
    """A page as a program gets it."""

    body: bytes
    is_ok: bool = True
    content_type: str = "application/json; charset=utf-8"


MakePage = Callable[[], Awaitable[LocalPage]]
Headers = Sequence[tuple[bytes, bytes]]


class CachedPage:
    """A page that is made at most once a second, and by one task at a time, however many ask for it."""

    def __init__(self, make: MakePage, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._make = make
        self._monotonic = monotonic
        self._page: LocalPage | None = None
        self._made_at = 0.0
        self._making: asyncio.Task[LocalPage] | None = None

    async def __call__(self) -> LocalPage:
        """Returns the page. Raises what making it raises."""
        if self._page is not None and self._monotonic() - self._made_at < _CACHED_FOR:
            return self._page
        if self._making is None or self._making.done():
            self._making = asyncio.ensure_future(self._made())
        return await asyncio.shield(self._making)

    async def _made(self) -> LocalPage:
        self._page = await self._make()
        self._made_at = self._monotonic()
        return self._page


def asks_from_this_machine(peer: str, version: bytes, headers: Headers) -> bool:
    """Returns whether a request comes from a program of this machine itself: from its loopback, by one of its
    loopback's names (a page in a browser can be made to ask by another), and through nothing that passes
    requests on. A proxy that says nothing of itself mostly speaks HTTP/1.0."""
    if version != b"1.1" or any(_OF_A_PROXY.fullmatch(name) for name, _ in headers):
        return False
    host = next((value for name, value in headers if name.lower() == b"host"), b"")
    name, colon, port = host.lower().rpartition(b":")
    known = host.lower() if not colon or not port.isdigit() else name
    return known in _LOCAL_NAMES and _is_loopback(peer)


def _is_loopback(peer: str) -> bool:
    try:
        address = ip_address(peer)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback
