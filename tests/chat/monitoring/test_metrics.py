"""What /metrics counts."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from simulated_chat import Chat


async def test_metrics_count_commands_sends_and_time(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    from nonebot.adapters import Bot
    from nonebot.adapters.onebot.v11.exception import ActionFailed, NetworkError

    from jianggao.chat.connection.frames import dropped
    from jianggao.chat.monitoring.metrics import Metrics

    hooks: dict[str, Any] = {}
    monkeypatch.setattr(
        "jianggao.chat.monitoring.metrics.run_preprocessor", lambda one: hooks.update(before=one)
    )
    monkeypatch.setattr(
        "jianggao.chat.monitoring.metrics.run_postprocessor", lambda one: hooks.update(after=one)
    )
    monkeypatch.setattr(Bot, "on_called_api", lambda one: hooks.update(called=one))
    now = 10.0
    metrics = Metrics(lambda: now)
    metrics.watch()
    dropped.add("no JSON")
    from jianggao.chat.commands.request import STATE_KEY, Request

    request = Request.__new__(Request)
    object.__setattr__(request, "parsed", SimpleNamespace(command=SimpleNamespace(name="检索")))
    state: dict[str, Any] = {STATE_KEY: request}
    await hooks["before"](state)
    now = 10.2
    await hooks["after"](None, state)
    for api, error in (
        ("send_group_msg", None),
        ("upload_private_file", ActionFailed(retcode=1)),
        ("send_private_msg", NetworkError()),
        ("get_file", None),
    ):
        await hooks["called"](chat.bot, error, api, {}, None)
    text = (await metrics.make()).body.decode()
    assert 'jianggao_commands_total{command="检索"} 1.0' in text
    assert 'jianggao_answer_seconds_bucket{le="0.1"} 0.0' in text
    assert 'jianggao_answer_seconds_bucket{le="0.3"} 1.0' in text
    for outcome in ("delivered", "refused", "unknown"):
        assert f'jianggao_sends_total{{outcome="{outcome}"}} 1.0' in text
    assert "jianggao_queue_waiting 0.0" in text and "jianggao_dropped_frames_total{" in text


async def test_before_the_start_and_after_the_end_nothing_waits(plugins: None) -> None:
    from jianggao.chat.monitoring.metrics import Metrics
    from jianggao.chat.running_bot import set_running_bot

    set_running_bot(None)
    page = await Metrics().make()
    text = page.body.decode()
    assert "jianggao_queue_waiting 0.0" in text and "jianggao_imports_total{" not in text
    assert page.is_ok and page.content_type.startswith("text/plain")


async def test_imports_are_counted_by_their_result(chat: Chat) -> None:
    from jianggao.chat.monitoring.metrics import Metrics

    chat.services.imports.add("complete")
    chat.services.imports.add("failed")
    text = (await Metrics().make()).body.decode()
    assert 'jianggao_imports_total{result="complete"} 1.0' in text
    assert 'jianggao_imports_total{result="failed"} 1.0' in text
