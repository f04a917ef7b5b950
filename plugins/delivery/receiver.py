"""Files, pictures and forwards that came in: fetched by the account's own calls, never by a path that a peer names."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
from nonebot import logger
from nonebot.adapters.onebot.v11 import Bot
from nonebot.adapters.onebot.v11.exception import ActionFailed, ApiNotAvailable, NetworkError

from jianggao.errors import WrongUse

LARGEST = 20_000_000
"""Bytes; larger ones are refused before and while they are read."""
_TIMEOUT = 60.0
_NOT_FETCHED = "没有收到文件内容。请再发一次，或把文字直接粘贴过来。"


async def fetch(
    bot: Bot, kind: str, name: str, size: int | None, data: Mapping[str, str], most: int = LARGEST
) -> bytes:
    """The content of a picture or file. Raises WrongUse if it is larger than `most` or LARGEST, or can't be had."""
    most = min(most, LARGEST)
    if size is not None and size > most:
        raise WrongUse(too_large(most))
    content = await _by_address(data.get("url", ""), most) or await _by_call(bot, kind, data, most)
    if content is None:
        logger.warning(f"a {kind} could not be fetched")
        raise WrongUse(_NOT_FETCHED)
    if len(content) > most:
        raise WrongUse(too_large(most))
    return content


def too_large(most: int) -> str:
    """What is said of a file of more than `most` bytes."""
    return f"文件太大了（最多 {most // 1_000_000} MB）。请只发有关的部分，或把文字粘贴过来。"


async def opened(bot: Bot, number: str) -> list[str]:
    """The texts of a forwarded message's nodes, those of forwards within it too. Raises WrongUse."""
    answer = await _asked(bot, "get_forward_msg", id=number)
    if answer is None:
        raise WrongUse("这条转发打不开。请把文字复制粘贴过来，或转成文件发来。")
    return list(_texts(answer.get("messages") or answer.get("message") or []))


def _texts(nodes: Any) -> list[str]:
    found: list[str] = []
    for node in _dicts(nodes):
        inner = _data(node) or node
        content = inner.get("content") or inner.get("message")
        if isinstance(content, str):
            found.append(content)
            continue
        parts = _dicts(content)
        found.append(
            "".join(str(_data(part).get("text", "")) for part in parts if part.get("type") == "text")
        )
        found += _texts([part for part in parts if part.get("type") == "node"])
        for part in parts:
            if part.get("type") == "forward":
                found += _texts(_data(part).get("content"))
    return [text for text in found if text]


def _dicts(these: Any) -> list[dict[str, Any]]:
    return [one for one in these if isinstance(one, dict)] if isinstance(these, list) else []


def _data(part: dict[str, Any]) -> dict[str, Any]:
    data = part.get("data")
    return data if isinstance(data, dict) else {}


async def _by_address(url: str, most: int) -> bytes | None:
    """By the address that the account gives, over HTTP alone."""
    content = bytearray()
    try:
        if urlsplit(url).scheme not in ("http", "https"):
            return None
        async with httpx.AsyncClient(timeout=_TIMEOUT) as client, client.stream("GET", url) as response:
            response.raise_for_status()
            async for part in response.aiter_bytes():
                content += part
                if len(content) > most:
                    raise WrongUse(too_large(most))
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        logger.warning(f"a file's address didn't answer: {type(error).__name__}")
        return None
    return bytes(content)


async def _by_call(bot: Bot, kind: str, data: Mapping[str, str], most: int) -> bytes | None:
    """By the calls that implementations know, each only where the one before it gave nothing."""
    number, file = data.get("file_id", ""), data.get("file", "")
    calls = [("get_private_file_url", {"file_id": number})] if number and kind == "file" else []
    calls += [("get_image", {"file": file})] if kind == "image" else []
    calls += [("get_file", {"file_id": number} if number else {"file": file})]
    for api, params in calls:
        answer = await _asked(bot, api, **params)
        encoded = str((answer or {}).get("base64") or "").removeprefix("base64://")
        if len(encoded) > most * 4 / 3 + 4:
            raise WrongUse(too_large(most))
        if encoded:
            try:
                return await asyncio.to_thread(base64.b64decode, encoded, validate=True)
            except ValueError:  # no base64, or no ASCII
                continue
        content = await _by_address(str((answer or {}).get("url") or ""), most)
        if content is not None:
            return content
    return None


async def _asked(bot: Bot, api: str, **params: str) -> dict[str, Any] | None:
    try:
        answer = await bot.call_api(api, **params)
    except (ActionFailed, ApiNotAvailable, NetworkError):
        return None
    return answer if isinstance(answer, dict) else None
