"""Answers the bot's calls for the files, pictures and forwards that the crowd sends, mostly with odd content;
and makes frames that are no events at all."""

from __future__ import annotations

import base64
import io
import json
import random
import zipfile
from typing import Any

from implementation import SELF, failed


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("../../a.txt", "讲话" * 100)
        archive.writestr("b.md", "# 题\n" * 500)
    return buffer.getvalue()


_CONTENTS: dict[str, bytes] = {
    "plain": "同志们：今天把这件事讲清楚，办好它。\n".encode() * 60,
    "brackets": b"[" * 20_000,
    "many brackets": b"[" * 400_000,
    "stops": "。".encode() * 20_000,
    "docx": b"PK\x03\x04 not a document",
    "zip": _zip(),
    "empty": b"",
    "binary": random.Random(1).randbytes(200_000),
}
_ODD: dict[str, Any] = {
    "not base64": {"base64": "!!!\u4e2d"},
    "number": {"base64": 12, "url": 5},
    "none": None,
    "list": [1, 2],
    "file address": {"url": "file:///etc/passwd", "file": "/etc/passwd"},
    "closed address": {"url": "http://127.0.0.1:9/x"},
    "nothing": {},
}
_FORWARDS: dict[str, Any] = {
    "nodes": {"messages": [{"content": [{"type": "text", "data": {"text": "卖会员资料的聊天记录"}}]}] * 20},
    "none": None,
    "list": {"messages": [None, 1, "x", {"data": None}, {"content": {}}]},
    "number": {"message": 7},
}


def _deep(levels: int) -> dict[str, Any]:
    node: dict[str, Any] = {"content": [{"type": "text", "data": {"text": "底"}}]}
    for _ in range(levels):
        node = {"content": [{"type": "forward", "data": {"content": [node]}}]}
    return {"messages": [node]}


def given(action: str, params: dict[str, Any]) -> dict[str, Any] | None:
    """Returns the account's answer to a call that fetches; None for the ordinary answer to any other."""
    if action == "get_forward_msg":
        which = str(params.get("id"))
        if which == "failed":
            return failed("no such forward")
        return _ok(_deep(60) if which == "deep" else _FORWARDS.get(which))
    if action in ("get_private_file_url", "get_image"):
        return failed("no such call", retcode=1404)
    if action != "get_file":
        return None
    which = str(params.get("file_id") or params.get("file") or "").split(".")[0]
    if which in _CONTENTS:
        return _ok({"base64": base64.b64encode(_CONTENTS[which]).decode("ascii")})
    return _ok(_ODD[which]) if which in _ODD else failed("no such file")


def _ok(data: Any) -> dict[str, Any]:
    return {"status": "ok", "retcode": 0, "data": data}


def malformed(rng: random.Random) -> str | bytes:
    """Returns a frame that is no event, or an event with fields of wrong kinds, from nobody who may be
    answered."""
    return rng.choice((_broken, _ill_typed))(rng)


def _broken(rng: random.Random) -> str | bytes:
    return rng.choice(
        (
            "",
            "{",
            "[]",
            "null",
            "12",
            '"x"',
            "[" * 500 + "]" * 500,
            '{"post_type": null}',
            '{"post_type": []}',
            '{"post_type": "message"}',
            '{"post_type": "meta_event", "meta_event_type": "heartbeat"}',
            '{"post_type": "notice", "notice_type": "group_ban", "sub_type": "lift_ban"}',
            '{"post_type": "request", "request_type": "group", "flag": {}}',
            '{"echo": "unknown", "status": "ok", "retcode": 0, "data": null}',
            '{"echo": "1", "status": "ok", "retcode": 0}',
            '{"echo": {}, "retcode": "x"}',
            '{"time": NaN, "post_type": "message"}',
            b"\xff\xfe\x00",
            b"{}",
        )
    )


def _ill_typed(rng: random.Random) -> str:
    event: dict[str, Any] = {
        "time": 1,
        "self_id": SELF,
        "post_type": "message",
        "message_type": "private",
        "sub_type": "other",
        "message_id": 1,
        "user_id": 38_888,
        "message": [{"type": "text", "data": {"text": "检索 台账"}}],
        "raw_message": "",
        "font": 0,
        "sender": {},
    }
    name, value = rng.choice(
        (
            ("user_id", "abc"),
            ("user_id", None),
            ("user_id", 10**30),
            ("message", None),
            ("message", {"a": 1}),
            ("message", [1, None, "x", []]),
            ("message", [{"type": None, "data": None}]),
            ("message", [{"type": "text", "data": {"text": None}}]),
            ("message", [{"type": "text", "data": [1]}]),
            ("message", [{"type": "text", "data": {"text": "\ud800 检索 台账"}}]),
            ("message", "[CQ:text"),
            ("message_id", 1.5),
            ("message_id", "x"),
            ("time", -(10**18)),
            ("time", "now"),
            ("sender", []),
            ("sender", {"user_id": "x", "age": "old", "sex": 3}),
            ("message_type", 5),
            ("message_type", "guild"),
            ("sub_type", {"x": 1}),
            ("self_id", None),
            ("post_type", "message_sent"),
            ("post_type", "x" * 10_000),
        )
    )
    event[name] = value
    if rng.random() < 0.2:
        event.pop(rng.choice(tuple(event)))
    return json.dumps(event)
