"""What the log writes, and what of it is remembered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nonebot import logger

SECRET = "a-secret-of-the-tests"


class Steps:
    """A clock that tests move."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Written:
    """What a sink with the limit has written, at a time that tests move."""

    def __init__(self) -> None:
        from jianggao.chat.logs.setup import TracebackLimit

        self.times = Steps()
        self.limit = TracebackLimit(self.times)
        self.lines: list[str] = []

    def __call__(self, message: str) -> None:
        self.lines.append(str(message))

    def lets(self, record: Any) -> bool:
        self.limit(record)
        return True


@pytest.fixture
def written(plugins: None) -> Iterator[Written]:
    one = Written()
    handlers = [logger.add(one, format="{message}", diagnose=False, filter=one.lets)]
    handlers.append(logger.add(lambda message: None, filter=one.lets))
    yield one
    for handler in handlers:
        logger.remove(handler)


def fail(kind: type[Exception] = ValueError) -> None:
    try:
        raise kind("its words")
    except kind:
        logger.exception("it failed")


def test_a_traceback_is_written_once_a_minute_and_a_line_of_all_others(written: Written) -> None:
    for at in range(1_000):
        written.times.now = at * 0.05
        fail()
    fail(KeyError)
    written.times.now = 61
    fail()
    assert [at for at, text in enumerate(written.lines) if "Traceback" in text] == [0, 1_000, 1_001]
    assert written.lines[1].startswith("it failed (ValueError at ") and written.lines[1].count("\n") == 1


def test_made_up_kinds_of_tracebacks_are_bounded(written: Written) -> None:
    from jianggao.chat.logs.setup import _MOST_TRACEBACKS

    for at in range(_MOST_TRACEBACKS + 50):
        fail(type(f"Made{at}", (Exception,), {}))
    assert len([text for text in written.lines if "Traceback" in text]) == _MOST_TRACEBACKS
    assert len(written.lines) == _MOST_TRACEBACKS + 50
    assert len(written.limit._written_at) == _MOST_TRACEBACKS
    written.times.now = 61
    fail()
    assert "Traceback" in written.lines[-1]


@pytest.fixture
def logging_to(plugins: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The log as the bot sets it up, in a folder of the test's own."""
    from jianggao.chat.logs import setup
    from jianggao.recent_errors import RecentErrors

    added: list[int] = []
    add = logger.add
    monkeypatch.setattr(setup, "recent_errors", RecentErrors())
    monkeypatch.setattr(setup, "_OTHERS", ())
    monkeypatch.setattr(logger, "remove", lambda handler: None)
    monkeypatch.setattr(logger, "add", lambda *given, **named: added.append(add(*given, **named)))
    setup.log_discreetly([SECRET], tmp_path / "logs")
    monkeypatch.undo()
    yield tmp_path / "logs"
    for handler in added:
        logger.remove(handler)


def test_secrets_are_in_no_file_of_the_log(logging_to: Path) -> None:
    from jianggao.nonblocking_output import finish_writing

    with logger.contextualize(nonebot_log_level="DEBUG"):
        logger.warning(f"before {SECRET} after")
        logger.warning("?access_token=mistyped")
    assert finish_writing(30) is None
    text = (logging_to / "bot.log").read_text("utf-8")
    assert "before *** after" in text and SECRET not in text and "mistyped" not in text
    assert text[:4].isdigit()  # a whole date: files are read weeks later


def test_errors_are_remembered_by_kind_and_place_without_their_words(logging_to: Path) -> None:
    from jianggao.nonblocking_output import finish_writing

    fail()
    logger.error("something with words")
    logger.warning("no error")
    finish_writing(30)
    lines = (logging_to / "errors.jsonl").read_text("utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    assert [one["kind"] for one in told] == ["ValueError", "ERROR"]
    assert "test_setup" in told[0]["place"] and "test_setup" in told[1]["place"]
    assert "words" not in "".join(lines)


def test_the_limit_holds_whatever_patches_the_records(logging_to: Path) -> None:
    from nonebot import _log_patcher

    from jianggao.nonblocking_output import finish_writing

    with logger.contextualize(nonebot_log_level="DEBUG"):
        logger.configure(patcher=_log_patcher)  # as `nonebot.init` does behind it
        for _ in range(50):
            fail()
    finish_writing(30)
    text = (logging_to / "bot.log").read_text("utf-8")
    assert text.count("Traceback") == 1 and text.count("as written out before") == 49
    errors = (logging_to / "errors.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(one)["kind"] for one in errors] == ["ValueError"] * 50


def test_events_that_are_not_for_the_bot_have_no_line(logging_to: Path) -> None:
    from jianggao.nonblocking_output import finish_writing

    as_nonebot = logger.patch(lambda record: record.update(name="nonebot"))
    with logger.contextualize(nonebot_log_level="INFO"):
        as_nonebot.info("Event notice.x is ignored")
        as_nonebot.info("Event will be handled")
    finish_writing(30)
    text = (logging_to / "bot.log").read_text("utf-8")
    assert "is ignored" not in text and "will be handled" in text
