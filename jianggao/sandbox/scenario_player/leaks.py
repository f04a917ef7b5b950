"""Takes a full text that somebody received and alters it as people do who pass texts on: cut, cleaned,
edited."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator

from jianggao.sandbox.qq.world import Chat, Message, World
from jianggao.sources.files import text_in
from jianggao.tracing.digest import NOTICE

MESSAGE_LENGTH = 3_000
"""Characters in one pasted message, a little less than what QQ takes."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SEED = 1
"""Of the random edits, so that they are the same in every run."""


def received_full_text(world: World, account: str, speech: str | None) -> Message:
    """Returns the newest message with a full text that the bot sent to an account, of one speech or any.

    `speech` is the number that was asked for, or words in the text. Raises ValueError if there is no such
    message.
    """
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
    """Returns the text of a received file, read as the bot reads files, or of a forward."""
    kind, data = message.parts[0]["type"], message.parts[0]["data"]
    if kind == "file":
        file = world.files[data["file_id"]]
        return text_in(file.content, file.name)
    return "\n".join(node.text for node in world.forwards[data["id"]].nodes)


def file_of(world: World, message: Message) -> tuple[str, bytes]:
    """Returns name and content of a received file. Raises ValueError for a forward."""
    if message.parts[0]["type"] != "file":
        raise ValueError("收到的是转发，不是文件")
    file = world.files[message.parts[0]["data"]["file_id"]]
    return file.name, file.content


def altered(text: str, part: str, edited: int, *, cleaned: bool) -> str:
    """Returns a text as it is passed on; `edited` of a hundred Chinese characters are replaced.

    The replacements are drawn from the text itself, so that they have its characters' frequencies.
    """
    if cleaned:
        lines = (line.strip() for line in unicodedata.normalize("NFKC", text).splitlines())
        notice = unicodedata.normalize("NFKC", NOTICE)
        text = "\n".join(line for line in lines if line and line != notice)
    if part == "third":
        text = text[len(text) // 3 : 2 * len(text) // 3]
    rng = random.Random(_SEED)
    letters = _HAN.findall(text)
    return _HAN.sub(lambda old: rng.choice(letters) if rng.randrange(100) < edited else old[0], text)


def split_into_messages(text: str) -> Iterator[str]:
    """Yields a text in pieces of at most MESSAGE_LENGTH characters, cut at line ends where there are any."""
    while text:
        cut = (
            len(text)
            if len(text) <= MESSAGE_LENGTH
            else text.rfind("\n", 1, MESSAGE_LENGTH) + 1 or MESSAGE_LENGTH
        )
        if text[:cut].strip():
            yield text[:cut].strip("\n")
        text = text[cut:]
