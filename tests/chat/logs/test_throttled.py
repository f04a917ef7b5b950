"""Warnings that a peer can cause at will."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture
def written(plugins: None) -> Iterator[list[str]]:
    from nonebot import logger

    lines: list[str] = []
    handler = logger.add(lambda message: lines.append(str(message).rstrip("\n")), format="{message}")
    yield lines
    logger.remove(handler)


def test_a_warning_comes_once_a_minute_with_how_many_there_were(written: list[str]) -> None:
    from jianggao.chat.logs.throttled import ThrottledLog

    now = 0.0
    log = ThrottledLog(lambda: now)
    for at in range(100_000):
        now = at / 1_000
        log.warning("wrong token")
    log.warning("no token")
    assert written == ["wrong token", "wrong token (59999 more since the last such line)", "no token"]


def test_made_up_kinds_are_bounded(written: list[str]) -> None:
    from jianggao.chat.logs.throttled import ThrottledLog

    log = ThrottledLog(lambda: 0.0)
    for at in range(5_000):
        log.warning(f"kind {at}")
    assert len(written) == 101


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ([(b"authorization", b"Bearer the-token"), (b"x-self-id", b"10001")], False),
        ([(b"Authorization", b"Bearer the-token"), (b"X-Self-ID", b"10001")], False),
        ([(b"authorization", b"Bearer the-toke"), (b"x-self-id", b"10001")], True),
        ([(b"authorization", b"Bearer \xff\xff"), (b"x-self-id", b"10001")], True),
        ([(b"authorization", b"the-token"), (b"x-self-id", b"10001")], True),
        ([(b"x-self-id", b"10001")], True),
        ([(b"authorization", b"Bearer the-token")], True),
        ([(b"authorization", b"Bearer the-token"), (b"x-self-id", b"10001\xe2")], True),
        ([], True),
    ],
)
def test_who_opens_no_line(
    plugins: None, monkeypatch: pytest.MonkeyPatch, headers: list[tuple[bytes, bytes]], refused: bool
) -> None:
    from types import SimpleNamespace

    from jianggao.chat.connection.adapter import FilteringAdapter

    adapter = FilteringAdapter.__new__(FilteringAdapter)
    adapter.onebot_config = SimpleNamespace(onebot_access_token="the-token")  # type: ignore[assignment]
    assert adapter.refuses(headers) is refused
    adapter.onebot_config = SimpleNamespace(onebot_access_token="")  # type: ignore[assignment]
    assert adapter.refuses(headers) is True
