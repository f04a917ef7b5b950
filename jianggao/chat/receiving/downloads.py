"""Fetches files, pictures and forwards that came in: by the account's own calls, never by a path that a peer
names."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Coroutine, Iterator, Mapping
from typing import Any, TypeVar

from nonebot import logger
from nonebot.adapters.onebot.v11 import Bot
from nonebot.adapters.onebot.v11.exception import ActionFailed, ApiNotAvailable, NetworkError

from jianggao.chat.receiving.messages import Attachment
from jianggao.errors import WrongUse
from jianggao.sources.remote_files import DownloadFailed, DownloadTooLarge, download

T = TypeVar("T")

LARGEST = 20_000_000
"""Bytes; larger ones are refused before and while they are read."""
_ID = re.compile(r"""[^\\/:%$|"'<>*?`~\x00-\x1f\x7f\s.][^\\/:%$|"'<>*?`~\x00-\x1f\x7f]{0,254}""")
_GROUP_FILE = re.compile(r"/[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
"""How implementations name files of groups: a slash and a UUID."""
_RESOURCE = re.compile(r"[A-Za-z0-9+/]{40,120}={0,2}")
_DEEPEST_FORWARD = 20
"""Levels of forwards within forwards; more of them would end in Python's own limit."""
_LONGEST_FORWARD = 1_000_000
_TOO_DEEP = f"转发里套转发超过 {_DEEPEST_FORWARD} 层，没有读。请把里面的文字复制粘贴过来，或转成文件发来。"
_TOO_LONG = f"转发里的文字太多（超过 {_LONGEST_FORWARD // 10_000} 万字），没有读。请只转发有关的几条。"
_NOT_FETCHED = "没有收到文件内容。请再发一次，或把文字直接粘贴过来。"


class Downloads:
    """Fetches what comes with messages, until the bot stops."""

    def __init__(self, file_hosts: frozenset[str] = frozenset()) -> None:
        """`file_hosts`: hosts that may be asked though they are private (FILE_HOSTS)."""
        self._file_hosts = file_hosts
        self._running: set[asyncio.Task[Any]] = set()
        self._stopped: set[asyncio.Task[Any]] = set()

    async def fetch(self, bot: Bot, attachment: Attachment, limit: int) -> bytes:
        """Returns the content of a picture or file, at most `limit` and at most LARGEST bytes.

        Raises WrongUse if it is larger, or can't be had.
        """
        limit = min(limit, LARGEST)
        if attachment.size is not None and attachment.size > limit:
            raise WrongUse(too_large(limit))
        work = _fetched(bot, attachment.kind, attachment.data, limit, self._file_hosts)
        return await self._until_stopped(work)

    async def forwarded_texts(self, bot: Bot, forward_id: str) -> list[str]:
        """Returns the texts of a forwarded message's nodes, those of forwards within it too. Raises
        WrongUse."""
        answer = None
        if _is_forward(forward_id):
            answer = await self._until_stopped(_asked(bot, "get_forward_msg", id=forward_id))
        if answer is None:
            raise WrongUse("这条转发打不开。请把文字复制粘贴过来，或转成文件发来。")
        texts: list[str] = []
        characters = 0
        for text in node_texts(answer.get("messages") or answer.get("message") or [], _DEEPEST_FORWARD):
            characters += len(text)
            if characters > _LONGEST_FORWARD:
                raise WrongUse(_TOO_LONG)
            texts.append(text)
        return texts

    async def _until_stopped(self, work: Coroutine[Any, Any, T]) -> T:
        """Does the work, unless the bot stops meanwhile: NoneBot shields handlers, so that it couldn't be
        cancelled from there. Raises WrongUse then."""
        task = asyncio.ensure_future(work)
        self._running.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            # Without this distinction a handler that is cancelled itself would go on.
            if task in self._stopped:
                raise WrongUse(_NOT_FETCHED) from None
            raise
        finally:
            self._running.discard(task)
            self._stopped.discard(task)

    def stop(self) -> None:
        """Ends everything that is being fetched: a peer that sends slowly must not hold up the bot's end."""
        for task in self._running:
            self._stopped.add(task)
            task.cancel()


async def _fetched(
    bot: Bot, kind: str, data: Mapping[str, str], limit: int, file_hosts: frozenset[str]
) -> bytes:
    """Returns the content by its address, or else by the account's calls. Raises WrongUse if neither gives
    it, or if it is larger than `limit`."""
    content = await _by_address(data.get("url", ""), limit, file_hosts)
    if not content:
        content = await _by_call(bot, kind, data, limit, file_hosts)
    if content is None:
        logger.warning(f"a {kind} could not be fetched")
        raise WrongUse(_NOT_FETCHED)
    if len(content) > limit:
        raise WrongUse(too_large(limit))
    return content


def too_large(limit: int) -> str:
    """Returns what the sender of a file of more than `limit` bytes reads."""
    return f"文件太大了（最多 {limit // 1_000_000} MB）。请只发有关的部分，或把文字粘贴过来。"


def node_texts(nodes: Any, levels: int) -> Iterator[str]:
    """Yields the texts of these nodes and of the forwards in them, at most so many levels down.
    Raises WrongUse for more of them.

    Implementations differ: the content stands under `content` or `message`, is a string or a list of
    segments, and an inner forward is a list of nodes or a segment with its own content.
    """
    if levels == 0:
        raise WrongUse(_TOO_DEEP)
    for node in _dicts(nodes):
        inner = _data(node) or node
        content = inner.get("content") or inner.get("message")
        if isinstance(content, str):
            yield from [content] if content else []
            continue
        parts = _dicts(content)
        text = "".join(str(_data(part).get("text", "")) for part in parts if part.get("type") == "text")
        yield from [text] if text else []
        if inside := [part for part in parts if part.get("type") == "node"]:
            yield from node_texts(inside, levels - 1)
        for part in parts:
            if part.get("type") == "forward" and _data(part).get("content"):
                yield from node_texts(_data(part).get("content"), levels - 1)


def _dicts(items: Any) -> list[dict[str, Any]]:
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _data(part: dict[str, Any]) -> dict[str, Any]:
    data = part.get("data")
    return data if isinstance(data, dict) else {}


def is_id(text: str) -> bool:
    """Returns whether a peer's word for a file is the name or number of one, and can be no path, address or
    content: the implementation would open the path, on its machine, for whoever made the message."""
    return (_ID.fullmatch(text) is not None and ".." not in text) or _GROUP_FILE.fullmatch(text) is not None


def _is_forward(text: str) -> bool:
    """Returns whether it is a forward's id; QQ's own ones are Base64, which has slashes."""
    return is_id(text) or _RESOURCE.fullmatch(text) is not None


async def _by_address(url: str, limit: int, file_hosts: frozenset[str]) -> bytes | None:
    """Returns the content at the address that the account gives, over HTTP alone; None if it can't be
    read."""
    if not url:
        return None
    try:
        return await download(url, limit, file_hosts)
    except DownloadTooLarge:
        raise WrongUse(too_large(limit)) from None
    except DownloadFailed as error:
        logger.warning(f"a file's address wasn't read: {error}")
        return None


async def _by_call(
    bot: Bot, kind: str, data: Mapping[str, str], limit: int, file_hosts: frozenset[str]
) -> bytes | None:
    """Returns the content by the calls that implementations know, each only where the one before it gave
    nothing; None if none does."""
    number, file = (text if is_id(text) else "" for text in (data.get("file_id", ""), data.get("file", "")))
    calls = [("get_private_file_url", {"file_id": number})] if number and kind == "file" else []
    calls += [("get_image", {"file": file})] if file and kind == "image" else []
    calls += [("get_file", {"file_id": number} if number else {"file": file})] if number or file else []
    for api, params in calls:
        answer = await _asked(bot, api, **params)
        encoded = str((answer or {}).get("base64") or "").removeprefix("base64://")
        if len(encoded) > limit * 4 / 3 + 4:
            raise WrongUse(too_large(limit))
        if encoded:
            try:
                return await asyncio.to_thread(base64.b64decode, encoded, validate=True)
            except ValueError:  # no base64, or no ASCII
                continue
        content = await _by_address(str((answer or {}).get("url") or ""), limit, file_hosts)
        if content is not None:
            return content
    return None


async def _asked(bot: Bot, api: str, **params: str) -> dict[str, Any] | None:
    try:
        answer = await bot.call_api(api, **params)
    except (ActionFailed, ApiNotAvailable, NetworkError):
        return None
    return answer if isinstance(answer, dict) else None
