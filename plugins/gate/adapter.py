"""The OneBot V11 adapter without what we don't need: no HTTP routes, no waiting for quoted messages, no message
text in the log, and no event made of chatter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nonebot import logger
from nonebot.adapters.onebot.v11 import Adapter, Event, Message, MessageEvent
from nonebot.drivers import HTTPServerSetup
from nonebot.exception import NoLogException

from plugins.gate.commands import read_segments, registry


class QuietAdapter(Adapter):
    """OneBot V11 over WebSocket alone."""

    def setup_http_server(self, setup: HTTPServerSetup) -> None:
        """Leave the routes out (they answer 404): without a secret anyone could post a superuser's command."""

    @classmethod
    def json_to_event(cls, json_data: Any) -> Event | None:
        """The event; None for chatter, whose making alone would cost more than a millisecond.

        Fields whose absence would drop an event are mended; a quotation is taken out of the message, since NoneBot
        would otherwise ask for the quoted message first, and wait for an answer that may not come.
        """
        if not isinstance(json_data, dict) or "post_type" not in json_data:
            return super().json_to_event(json_data)
        if json_data["post_type"] in ("message", "message_sent"):
            if _is_chatter(json_data):
                return None
            json_data = _mended(json_data)
        event = cls._parsed(json_data)
        if isinstance(event, MessageEvent):
            event.message = Message([part for part in event.message if part.type != "reply"])
        return event

    @classmethod
    def _parsed(cls, data: dict[str, Any]) -> Event | None:
        """As the adapter parses it, but what can't be parsed is logged without its text."""
        models: list[type[Event]] = [*cls.get_event_model(data), Event]
        for model in models:
            try:
                return model.model_validate(data)
            except ValueError:
                continue
        logger.warning(f"an event of type {data.get('post_type')} could not be parsed")
        return None


@dataclass(frozen=True, slots=True)
class _Segment:
    type: str
    data: dict[str, Any]


def _is_chatter(data: dict[str, Any]) -> bool:
    """Whether a message can't be a command whoever sent it; the front door judges all others exactly."""
    parts = data.get("message")
    if data["post_type"] == "message_sent" or str(data.get("user_id")) == str(data.get("self_id")):
        return True
    if not isinstance(parts, list):
        return not isinstance(parts, str)
    segments = [
        _Segment(str(part.get("type")), part.get("data") or {}) for part in parts if isinstance(part, dict)
    ]
    text, mentions, named = read_segments(segments, str(data.get("self_id")))
    addressed = named or data.get("message_type") != "group"
    return registry.parse(text, addressed=addressed, superuser=True, mentions=mentions) is None


def _mended(data: dict[str, Any]) -> dict[str, Any]:
    sender = dict(data.get("sender") or {})
    for name in ("level", "title", "card", "area", "role"):
        if sender.get(name) is not None:
            sender[name] = str(sender[name])
    return {"font": 0, "raw_message": "", "sub_type": "normal", **data, "sender": sender}


def _log_without_text(event: Event) -> str:
    """What NoneBot logs of each event: nothing; ours names type and ids."""
    ids = {name: getattr(event, name, None) for name in ("group_id", "user_id", "message_id")}
    told = " ".join(f"{name}={value}" for name, value in ids.items() if value is not None)
    logger.debug(f"{event.get_event_name()} {told}")
    raise NoLogException(Adapter.get_name())


Event.get_log_string = _log_without_text  # type: ignore[assignment,method-assign]
