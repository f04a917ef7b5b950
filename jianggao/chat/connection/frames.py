"""Reads the frames that an implementation sends, and brings events and answers into the types that OneBot
states. What can't be read raises UnreadableFrame, and is dropped by the adapter.

A frame is untrusted even from an implementation that showed the token: it carries what strangers typed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any, NoReturn

from jianggao.counters import Counters

LARGEST_EVENT = 500_000
"""Characters of a frame that holds an event; QQ's own messages are far shorter. Answers may hold a whole
file."""
LARGEST_CQ_TEXT = 20_000
"""Characters of a message given as one string: NoneBot's pattern for CQ codes is quadratic."""
_LAST_SECOND = 253_000_000_000
"""A Unix time in the year 9987: Python has no dates later than 9999."""
_LARGEST_ID = 1 << 63
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_IDS = ("self_id", "user_id", "group_id", "message_id", "operator_id", "target_id")
_TYPE = re.compile(r"[A-Za-z0-9_.-]{0,40}")
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,20}")
_ANSWER_TEXTS = ("status", "message", "msg", "wording")
_STATUSES = ("ok", "async", "failed")
_BEGUN = 1
"""The return code of a call that goes on after its answer (OneBot: async)."""
_LONGEST_ECHO = 20
_LARGEST_STRUCTURE = 300_000
"""Values in a frame: each takes a hundred bytes of memory, however short it is in the frame. A file is one
value."""
_NOTICES_LISTENED_TO = ("friend_add", "group_ban", "group_increase", "group_decrease", "group_upload")
"""The notices that `event_hook` reads; making an event of any other would be for nothing."""
_LONGEST_SUB_TYPE = 12
"""Characters of a message's sub_type, which is logged: too few for a redeem code."""
_LONGEST_FLAG = 200
_LONGEST_COMMENT = 1_000
"""Characters of a request to join a group; real ones are far shorter."""
_TYPES = ("post_type", "message_type", "notice_type", "request_type", "meta_event_type", "sub_type")


_MESSAGE_FIELDS = (
    *("time", "self_id", "post_type", "message_type", "sub_type", "message_id", "user_id", "group_id"),
    *("message", "anonymous", "sender"),
)
_SENDER_TEXTS = ("nickname", "sex", "card", "area", "level", "role", "title")
_KNOWN_FIELDS = frozenset(
    (
        *(*_TYPES, *_IDS, *_MESSAGE_FIELDS, *_ANSWER_TEXTS, "data", "retcode", "echo", "raw_message", "font"),
        *("interval", "status", "flag", "comment", "duration", "file", "type", "text"),
    )
)
"""Names of fields that may stand in the log. Other names are words of a peer, as its values are."""

dropped = Counters()
"""Frames and events that were dropped since the start, by the reason."""


class UnreadableFrame(Exception):
    """A frame that is dropped; its text says why, in words that hold nothing of the frame, and `shape` what
    it was made of."""

    def __init__(self, reason: str, shape: str = "") -> None:
        super().__init__(reason)
        self.shape = shape


def read_frame(data: object) -> dict[str, Any]:
    """Returns the JSON object in a frame, without lone surrogates. Raises UnreadableFrame."""
    if not isinstance(data, (str, bytes)):
        raise UnreadableFrame("no text", type(data).__name__)
    size = f"{type(data).__name__} of {len(data)}"
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        if len(text) > LARGEST_EVENT and sum(map(text.count, ",[{")) > _LARGEST_STRUCTURE:
            raise UnreadableFrame("too many values", size)
        whole = json.loads(text, parse_constant=_refuse)
        # Bytes with an unescaped surrogate aren't UTF-8 and have failed above; looking for one in a file of
        # 20 MB would take 80 ms.
        is_unescaped = isinstance(data, str) and _SURROGATE.search(text)
        if isinstance(whole, dict) and (is_unescaped or _SURROGATE_ESCAPE.search(text)):
            whole = _without_surrogates(whole)
    except (ValueError, RecursionError):
        raise UnreadableFrame("no JSON", size) from None
    if not isinstance(whole, dict):
        raise UnreadableFrame("no JSON object", type(whole).__name__)
    if "post_type" in whole and len(text) > LARGEST_EVENT:
        raise UnreadableFrame("an event too large", size)
    return whole


def shape(data: dict[str, Any]) -> str:
    """Returns the fields of a frame and the types of their values, for the log: `message:list sub_type:int, 2
    others`."""
    known = sorted((name, value) for name, value in data.items() if name in _KNOWN_FIELDS)
    shapes = [f"{name}:{_shape_of(value)}" for name, value in known]
    others = len(data) - len(known)
    return " ".join(shapes) + (f", {others} others" if others else "") or "nothing"


def _shape_of(value: Any) -> str:
    """Returns the type of a value; for a list those of its first 100 parts, the most frequent one first."""
    if not isinstance(value, list) or not value:
        return type(value).__name__
    kinds = Counter(type(part).__name__ for part in value[:100])
    return f"list[{'|'.join(kind for kind, _ in kinds.most_common())}]"


def sound_answer(data: dict[str, Any]) -> dict[str, Any]:
    """Returns the answer to a call with no other fields than OneBot's: NoneBot makes arguments of whatever is
    in it. Raises UnreadableFrame where it names no call, or doesn't say how the call went: whether something
    was sent is unknown then."""
    echo = data.get("echo")
    if not (isinstance(echo, str) and len(echo) <= _LONGEST_ECHO and echo.isascii() and echo.isdigit()):
        raise UnreadableFrame("an answer to no call", shape(data))
    texts = {name: data[name] for name in _ANSWER_TEXTS if isinstance(data.get(name), str)}
    code = int(data["retcode"]) if _is_whole(data.get("retcode"), _LARGEST_ID) else None
    status = texts.get("status", "").lower()
    if status not in _STATUSES:
        if code is None:
            raise UnreadableFrame("an answer that says nothing", shape(data))
        status = "failed" if code else "ok"
    if status == "ok" and code not in (None, 0, _BEGUN):
        raise UnreadableFrame("an answer that contradicts itself", shape(data))
    texts["status"] = status
    return {**texts, "retcode": code, "data": data.get("data"), "echo": echo}


def sound_event(data: dict[str, Any]) -> dict[str, Any]:
    """Returns the event with its types, ids, message and sender in the types that OneBot states; fields of a
    message that nobody reads are left out. Raises UnreadableFrame."""
    types = [data[name] for name in _TYPES if data.get(name) is not None]
    if any(not isinstance(name, str) or not _TYPE.fullmatch(name) for name in types):
        raise UnreadableFrame("a type that is no word", shape(data))
    if any(not _is_whole(data[name], _LARGEST_ID) for name in _IDS if data.get(name) is not None):
        raise UnreadableFrame("an id that is no number", shape(data))
    if "time" in data and not (_is_whole(data["time"], _LAST_SECOND) and int(data["time"]) >= 0):
        raise UnreadableFrame("a time that is none", shape(data))
    if not is_message(data):
        return _sound_request(data) if _asks_to_join(data) else _with_operator(data)
    try:
        message = _sound_message(data.get("message"))
    except UnreadableFrame as reason:
        raise UnreadableFrame(str(reason), shape(data)) from None
    sound = {name: data[name] for name in _MESSAGE_FIELDS if name in data}
    if len(str(sound.get("sub_type", ""))) > _LONGEST_SUB_TYPE:
        sound["sub_type"] = "other"
    return {
        "sub_type": "normal",
        **sound,
        "font": 0,
        "raw_message": "",
        "message": message,
        "sender": _sound_sender(data.get("sender")),
        "anonymous": _sound_anonymous(data.get("anonymous")),
    }


def is_message(data: dict[str, Any]) -> bool:
    """Returns whether an event is a message, of somebody's or the account's own."""
    return data["post_type"] in ("message", "message_sent")


def has_listener(data: dict[str, Any]) -> bool:
    """Returns whether anybody listens to events of this kind: messages, requests to join a group, who came
    and left, what lifts a hold on a group, files put into groups, and new friends."""
    is_notice = data["post_type"] == "notice" and data.get("notice_type") in _NOTICES_LISTENED_TO
    # A message of another kind would be logged by a word that a peer chose.
    is_read = is_message(data) and data.get("message_type", "group") in ("group", "private")
    return is_read or is_notice or _asks_to_join(data)


def _asks_to_join(data: dict[str, Any]) -> bool:
    """Returns whether somebody asks to join a group; an invitation of the account itself is none."""
    is_request = data["post_type"] == "request" and data.get("request_type") == "group"
    return is_request and data.get("sub_type") == "add"


def _sound_request(data: dict[str, Any]) -> dict[str, Any]:
    """Returns a request with its flag as text, which nobody may cut: it is only handed back. Raises
    UnreadableFrame where it has none."""
    flag, comment = data.get("flag"), data.get("comment")
    if isinstance(flag, bool) or not isinstance(flag, (str, int)) or not 0 < len(str(flag)) <= _LONGEST_FLAG:
        raise UnreadableFrame("a request without a flag", shape(data))
    return {
        **data,
        "flag": str(flag),
        "comment": comment[:_LONGEST_COMMENT] if isinstance(comment, str) else "",
    }


def _with_operator(data: dict[str, Any]) -> dict[str, Any]:
    """Returns a notice with the field that NoneBot wants and some implementations leave out: who let
    somebody in or out."""
    missing = data.get("notice_type") in ("group_increase", "group_decrease") and not data.get("operator_id")
    return {**data, "operator_id": 0} if missing else data


def _sound_sender(sender: Any) -> dict[str, Any]:
    """Returns the sender's fields that have the types that NoneBot wants: a message isn't dropped for an age
    that is no number."""
    if not isinstance(sender, dict):
        return {}
    texts = {name: str(sender[name]) for name in _SENDER_TEXTS if isinstance(sender.get(name), (str, int))}
    numbers = {name: sender[name] for name in ("user_id", "age") if _is_whole(sender.get(name), _LARGEST_ID)}
    return {**texts, **numbers}


def _sound_anonymous(anonymous: Any) -> dict[str, Any] | None:
    """Returns None for a sender who isn't anonymous; for any other value one and the same mark, by which
    `Admission` ignores the message."""
    return {"id": 0, "name": "", "flag": ""} if anonymous else None


def _sound_message(message: Any) -> str | list[dict[str, Any]]:
    if isinstance(message, str):
        if len(message) > LARGEST_CQ_TEXT:
            raise UnreadableFrame("a message too long")
        return message
    if not isinstance(message, list):
        raise UnreadableFrame("a message that is none")
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
    """Returns an account as text; "" for what is none."""
    return value if isinstance(value, str) else str(value) if _is_whole(value, _LARGEST_ID) else ""


def _is_whole(value: Any, below: int) -> bool:
    """Returns whether `value` is a whole number as JSON or as text, of an absolute value under `below`."""
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
