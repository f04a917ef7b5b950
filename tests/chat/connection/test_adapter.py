"""The adapter makes no event of chatter and no HTTP route, and logs no text."""

from __future__ import annotations

from typing import Any

import pytest
from simulated_chat import Chat, group_event


def test_chatter_makes_no_event_at_all(plugins: None) -> None:
    from jianggao.chat.connection.adapter import FilteringAdapter

    assert FilteringAdapter.json_to_event(group_event("今天吃什么")) is None
    assert FilteringAdapter.json_to_event(group_event("检索 台账")) is not None


def test_the_adapter_makes_no_http_route(chat: Chat) -> None:
    """The port refuses posts as well; this one holds whatever listens there."""
    from jianggao.chat.connection.adapter import FilteringAdapter

    class Driver:
        """Takes no route, and none is offered."""

    adapter = object.__new__(FilteringAdapter)
    adapter.driver = Driver()  # type: ignore[assignment]
    setup: Any = object()
    before = dict(vars(adapter))
    adapter.setup_http_server(setup)  # NoneBot's own asks the driver for a route, which this one can't give
    assert vars(adapter) == before


def test_an_error_is_named_by_its_type_and_places_without_its_words(plugins: None) -> None:
    from jianggao.chat.connection.adapter import places

    try:
        raise ValueError("谁也不该读到的话")
    except ValueError as error:
        named = places(error)
    assert named.startswith("ValueError test_adapter.py:") and "不该" not in named


def test_nonebots_log_of_an_event_holds_ids_and_no_text(plugins: None) -> None:
    from nonebot import logger
    from nonebot.exception import NoLogException

    from jianggao.chat.connection.adapter import FilteringAdapter

    event = FilteringAdapter.json_to_event(group_event("检索 台账"))
    assert event is not None
    lines: list[str] = []
    sink = logger.add(lambda line: lines.append(str(line)), level="DEBUG", format="{message}")
    try:
        with pytest.raises(NoLogException):
            event.get_log_string()
    finally:
        logger.remove(sink)
    assert len(lines) == 1 and "group_id=700002" in lines[0] and "台账" not in lines[0]


def test_a_quotation_is_taken_out_of_a_message(plugins: None) -> None:
    """NoneBot would ask for the quoted message first, and wait for the answer."""
    from jianggao.chat.connection.adapter import FilteringAdapter

    data = group_event("检索 台账")
    data["message"].insert(0, {"type": "reply", "data": {"id": "5"}})
    event: Any = FilteringAdapter.json_to_event(data)
    assert [part.type for part in event.message] == ["text"]


def test_what_cannot_be_read_is_dropped_and_counted(plugins: None) -> None:
    from jianggao.chat.connection.adapter import FilteringAdapter
    from jianggao.chat.connection.frames import dropped

    before = dropped.total
    assert FilteringAdapter.json_to_event({"post_type": "message", "time": "gestern"}) is None
    assert dropped.total == before + 1
