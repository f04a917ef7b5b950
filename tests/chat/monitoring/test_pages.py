"""Which pages there are."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def pages(plugins: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    from jianggao.chat.monitoring import health, metrics, pages

    monkeypatch.setattr(pages, "watch_presence", lambda: None)
    monkeypatch.setattr(metrics.Metrics, "watch", lambda self: watched.append(self))
    monkeypatch.setattr(health, "checks", {})
    watched: list[Any] = []
    pages.watched = watched
    yield pages
    del pages.watched


def test_health_is_always_there(pages: Any) -> None:
    assert list(pages.local_pages(metrics=False)) == [b"/health"]
    assert pages.watched == []


async def test_metrics_are_there_by_the_setting_and_count_from_then_on(pages: Any) -> None:
    made = pages.local_pages(metrics=True)
    assert list(made) == [b"/health", b"/metrics"] and len(pages.watched) == 1
    assert b"jianggao_accounts_online" in (await made[b"/metrics"]()).body
