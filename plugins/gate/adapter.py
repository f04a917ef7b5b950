"""The OneBot V11 adapter without what we don't need: no HTTP routes, no waiting for quoted messages, no message
text in the log."""

from __future__ import annotations

from typing import Any

from nonebot import logger
from nonebot.adapters.onebot.v11 import Adapter, Event, Message, MessageEvent
from nonebot.drivers import HTTPServerSetup
from nonebot.exception import NoLogException


class QuietAdapter(Adapter):
    """OneBot V11 over WebSocket alone."""

    def setup_http_server(self, setup: HTTPServerSetup) -> None:
        """Leave the routes out (they answer 404): without a secret anyone could post a superuser's command."""

    @classmethod
    def json_to_event(cls, json_data: Any) -> Event | None:
        """The event. Fields whose absence would drop it are mended; a quotation is taken out of the message, since
        NoneBot would otherwise ask for the quoted message first, and wait for an answer that may not come."""
        event = super().json_to_event(_mended(json_data))
        if isinstance(event, MessageEvent):
            event.message = Message([part for part in event.message if part.type != "reply"])
        return event


def _mended(json_data: Any) -> Any:
    if not isinstance(json_data, dict) or json_data.get("post_type") not in ("message", "message_sent"):
        return json_data
    sender = dict(json_data.get("sender") or {})
    for name in ("level", "title", "card", "area", "role"):
        if sender.get(name) is not None:
            sender[name] = str(sender[name])
    return {"font": 0, "raw_message": "", "sub_type": "normal", **json_data, "sender": sender}


def _log_without_text(event: Event) -> str:
    """What NoneBot logs of each event: nothing; ours names type and ids."""
    ids = {name: getattr(event, name, None) for name in ("group_id", "user_id", "message_id")}
    told = " ".join(f"{name}={value}" for name, value in ids.items() if value is not None)
    logger.debug(f"{event.get_event_name()} {told}")
    raise NoLogException(Adapter.get_name())


Event.get_log_string = _log_without_text  # type: ignore[assignment,method-assign]
