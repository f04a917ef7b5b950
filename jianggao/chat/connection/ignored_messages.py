"""Recognises messages that can't be commands before an event is made of them: most of what people write in a
group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jianggao.chat.commands.command_registry import registry
from jianggao.chat.receiving.carried_codes import is_watched
from jianggao.chat.receiving.messages import read_segments
from jianggao.redeem_codes.code_form import find_codes

LONGEST_OF_QQ = 5_000
"""Characters of a message that QQ takes; in what is longer nobody typed a redeem code."""


@dataclass(frozen=True, slots=True)
class _Segment:
    type: str
    data: dict[str, Any]


def is_chatter(data: dict[str, Any]) -> bool:
    """Returns whether a message can't be a command whoever sent it; `Admission` judges all others exactly."""
    parts = data["message"]
    is_own = data["post_type"] == "message_sent" or str(data.get("user_id")) == str(data.get("self_id"))
    if isinstance(parts, str):
        return is_own and not find_codes(parts)
    segments = [_Segment(part["type"], part["data"]) for part in parts]
    text, mentions, named = read_segments(segments, str(data.get("self_id")))
    is_group = data.get("message_type") == "group"
    # What may carry codes beside its text is looked at by the admission too.
    if is_group and is_watched(segments, is_own=is_own):
        return False
    if is_own:
        return not is_group or not find_codes(text)
    addressed = named or not is_group
    parsed = registry.parse(text, addressed=addressed, superuser=True, mentions=mentions)
    # A redeem code in a group has to be revoked, whatever stands beside it.
    return parsed is None and (len(text) > LONGEST_OF_QQ or not find_codes(text))
