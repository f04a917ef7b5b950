"""What a member received in private, as somebody else would send it on: whole or in part, cleaned, edited."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator

from jianggao.sandbox.qq.world import Chat, Message, World
from jianggao.sources.files import text_in
from jianggao.tracing.digest import NOTICE

LONGEST = 3_000
"""Characters in one pasted message."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SEED = 1
"""Edits are the same in every run."""


def received(world: World, account: str, speech: str | None) -> Message:
    """The newest full text that the bot sent to the account: `speech` is the number that was asked for, or words of the
    title. Raises ValueError."""
    asked = ""
    found: Message | None = None
    for message in world.history(Chat("private", account)):
        if message.sender != world.bot:
            asked = message.text
        elif _is_full_text(message) and (speech is None or _is_of(world, message, asked, speech)):
            found = message
    if found is None:
        raise ValueError(f"{account} 没有收到过这样的全文")
    return found


def _is_full_text(message: Message) -> bool:
    return any(part["type"] in ("file", "forward") for part in message.parts)


def _is_of(world: World, message: Message, asked: str, speech: str) -> bool:
    if speech.isdigit():
        return re.search(rf"全文\s*第?{speech}(?!\d)", asked) is not None
    return speech in text_of(world, message)


def text_of(world: World, message: Message) -> str:
    """The text of a received file, read as the bot reads one, or of a forward."""
    kind, data = message.parts[0]["type"], message.parts[0]["data"]
    if kind == "file":
        file = world.files[data["file_id"]]
        return text_in(file.content, file.name)
    return "\n".join(node.text for node in world.forwards[data["id"]].nodes)


def file_of(world: World, message: Message) -> tuple[str, bytes]:
    """Name and bytes of a received file. Raises ValueError for a forward."""
    if message.parts[0]["type"] != "file":
        raise ValueError("收到的是转发，不是文件")
    file = world.files[message.parts[0]["data"]["file_id"]]
    return file.name, file.content


def treated(text: str, part: str, edited: int, *, cleaned: bool) -> str:
    """The text as it leaks; `edited` of a hundred Chinese characters are replaced."""
    if cleaned:
        lines = (line.strip() for line in unicodedata.normalize("NFKC", text).splitlines())
        notice = unicodedata.normalize("NFKC", NOTICE)
        text = "\n".join(line for line in lines if line and line != notice)
    if part == "third":
        text = text[len(text) // 3 : 2 * len(text) // 3]
    rng = random.Random(_SEED)
    letters = _HAN.findall(text)
    return _HAN.sub(lambda old: rng.choice(letters) if rng.randrange(100) < edited else old[0], text)


def pasted(text: str) -> Iterator[str]:
    """The text in messages, cut at line ends where that is possible."""
    while text:
        cut = len(text) if len(text) <= LONGEST else text.rfind("\n", 1, LONGEST) + 1 or LONGEST
        if text[:cut].strip():
            yield text[:cut].strip("\n")
        text = text[cut:]
