"""What an implementation sends over the line, judged frame by frame: unreadable ones are dropped, never raised.

A frame is untrusted even from an implementation that showed the token: it carries what strangers typed.
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

LARGEST_EVENT = 500_000
"""Characters of a frame that holds an event; QQ's own messages are far shorter. Answers may hold a whole file."""
LARGEST_CQ_TEXT = 20_000
"""Characters of a message given as one string: NoneBot's pattern for CQ codes is quadratic."""
_LAST_SECOND = 253_000_000_000
"""In the year 9987: later ones are no dates."""
_LARGEST_ID = 1 << 63
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_IDS = ("self_id", "user_id", "group_id", "message_id", "operator_id", "target_id")
_TYPE = re.compile(r"[A-Za-z0-9_.-]{0,40}")
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,20}")
_ANSWER_FIELDS = ("status", "retcode", "data", "message", "msg", "wording", "echo")
_TYPES = ("post_type", "message_type", "notice_type", "request_type", "meta_event_type", "sub_type")


class Unreadable(Exception):
    """A frame that is dropped; its text says why, in words that hold nothing of the frame."""


def read_frame(data: object) -> dict[str, Any]:
    """The JSON object in a frame, without lone surrogates. Raises Unreadable."""
    if not isinstance(data, (str, bytes)):
        raise Unreadable("no text")
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        whole = json.loads(text, parse_constant=_refuse)
        if isinstance(whole, dict) and (_SURROGATE_ESCAPE.search(text) or _SURROGATE.search(text)):
            whole = _without_surrogates(whole)
    except (ValueError, RecursionError):
        raise Unreadable("no JSON") from None
    if not isinstance(whole, dict):
        raise Unreadable("no JSON object")
    if "post_type" in whole and len(text) > LARGEST_EVENT:
        raise Unreadable("an event too large")
    return whole


def sound_answer(data: dict[str, Any]) -> dict[str, Any]:
    """An answer to a call, with the fields that OneBot states alone: NoneBot makes arguments of whatever is in it."""
    return {name: data[name] for name in _ANSWER_FIELDS if name in data}


def sound_event(data: dict[str, Any]) -> dict[str, Any]:
    """The event with its types, ids, message and sender in the types that OneBot states. Raises Unreadable."""
    types = [data[name] for name in _TYPES if data.get(name) is not None]
    if any(not isinstance(one, str) or not _TYPE.fullmatch(one) for one in types):
        raise Unreadable("a type that is no word")
    if any(not _is_whole(data[name], _LARGEST_ID) for name in _IDS if data.get(name) is not None):
        raise Unreadable("an id that is no number")
    if "time" in data and not (_is_whole(data["time"], _LAST_SECOND) and int(data["time"]) >= 0):
        raise Unreadable("a time that is none")
    if data["post_type"] not in ("message", "message_sent"):
        return data
    sender = data.get("sender")
    return {
        **data,
        "message": _sound_message(data.get("message")),
        "sender": sender if isinstance(sender, dict) else {},
    }


def _sound_message(message: Any) -> str | list[dict[str, Any]]:
    if isinstance(message, str):
        if len(message) > LARGEST_CQ_TEXT:
            raise Unreadable("a message too long")
        return message
    if not isinstance(message, list):
        raise Unreadable("a message that is none")
    return [_sound_segment(part) for part in message if isinstance(part, dict) and "type" in part]


def _sound_segment(part: dict[str, Any]) -> dict[str, Any]:
    data = part.get("data")
    fields = dict(data) if isinstance(data, dict) else {}
    if part["type"] == "text":
        text = fields.get("text")
        fields = {"text": text if isinstance(text, str) else ""}
    if part["type"] == "at":
        fields["qq"] = _short(fields.get("qq"))
    return {"type": part["type"] if isinstance(part["type"], str) else "unknown", "data": fields}


def _short(value: Any) -> str:
    """An account as text; nothing where it is none."""
    return value if isinstance(value, str) else str(value) if _is_whole(value, _LARGEST_ID) else ""


def _is_whole(value: Any, below: int) -> bool:
    """Whether `value` is a whole number as JSON or as text, nearer to nought than `below`."""
    if isinstance(value, str):
        return _WHOLE_NUMBER.fullmatch(value) is not None and abs(int(value)) < below
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < below


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_without_surrogates(part) for part in value]
    if isinstance(value, dict):
        return {_without_surrogates(name): _without_surrogates(part) for name, part in value.items()}
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
