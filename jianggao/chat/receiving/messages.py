"""Reads an incoming message: its text, who is mentioned, and the attachments that a handler may fetch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from jianggao.text.whole_numbers import whole_number

_MOST_SEGMENTS = 1_000
"""Segments of a message that is read; nobody types so many pictures and faces."""
_MENTIONED = re.compile(r"[0-9]{1,20}")
_LARGEST_SIZE = 10**15 - 1
"""Bytes; a size beyond is none. What really comes in is counted anyway."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or file as a message names it; nothing of it has been fetched yet."""

    kind: str
    name: str
    size: int | None
    data: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """The parts of a message that handlers use."""

    text: str = ""
    pictures: tuple[Attachment, ...] = ()
    files: tuple[Attachment, ...] = ()
    forwards: tuple[str, ...] = ()
    """Ids of forwarded messages; `Request.forwarded` reads them."""
    typed: str = field(default="", repr=False, compare=False)
    """The text with `@` and the account in the place of each person who is mentioned: tells which stands
    first."""


EMPTY_MESSAGE = IncomingMessage()


def read_message(segments: Iterable[Any]) -> IncomingMessage:
    """Returns all parts of a message that a handler may use; other segments are left out."""
    text: list[str] = []
    typed: list[str] = []
    pictures: list[Attachment] = []
    files: list[Attachment] = []
    forwards: list[str] = []
    for segment in segments:
        data = {str(name): str(value) for name, value in segment.data.items() if value is not None}
        if segment.type == "text":
            text.append(data.get("text", ""))
            typed.append(data.get("text", ""))
        elif segment.type == "at" and _MENTIONED.fullmatch(data.get("qq", "")):
            typed.append(f" @{data['qq']} ")
        elif segment.type in ("image", "file"):
            size = data.get("file_size", data.get("size", ""))
            name = data.get("name") or data.get("file", "")
            attachment = Attachment(segment.type, name, whole_number(size, _LARGEST_SIZE), data)
            (pictures if segment.type == "image" else files).append(attachment)
        elif segment.type == "forward" and data.get("id"):
            forwards.append(data["id"])
    return IncomingMessage(
        "".join(text).strip(), tuple(pictures), tuple(files), tuple(forwards), "".join(typed)
    )


def read_segments(segments: Iterable[Any], self_id: str) -> tuple[str, tuple[str, ...], bool]:
    """Returns the typed text, the accounts named by @ (the bot left out), and whether the bot itself was
    named; nothing of a message of more segments than people send."""
    text: list[str] = []
    mentions: list[str] = []
    addressed = False
    read = list(islice(segments, _MOST_SEGMENTS + 1))
    for segment in read if len(read) <= _MOST_SEGMENTS else ():
        if segment.type == "text":
            text.append(str(segment.data.get("text", "")))
        elif segment.type == "at":
            account = str(segment.data.get("qq", ""))
            if account == self_id:
                addressed = True
                text.append(" ")
            elif _MENTIONED.fullmatch(account):
                mentions.append(account)
                text.append(" ")
    return "".join(text).strip(), tuple(mentions), addressed
