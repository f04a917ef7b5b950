"""What the log writes, and what of it is remembered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from nonebot import logger

SECRET = "a-secret-of-the-tests"


class Steps:
    """A clock that tests move."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def written(plugins: None) -> Iterator[list[str]]:
    lines: list[str] = []
    handler = logger.add(lambda message: lines.append(str(message)), format="{message}", diagnose=False)
    yield lines
    logger.remove(handler)
    logger.configure(patcher=None)


def fail(kind: type[Exception] = ValueError) -> None:
    try:
        raise kind("its words")
    except kind:
        logger.exception("it failed")


def test_a_traceback_is_written_once_a_minute_and_a_line_of_all_others(written: list[str]) -> None:
    from plugins.quiet_log import TracebackLimit

    times = Steps()
    logger.configure(patcher=TracebackLimit(times))
    for at in range(1_000):
        times.now = at * 0.05
        fail()
    fail(KeyError)
    times.now = 61
    fail()
    assert [at for at, text in enumerate(written) if "Traceback" in text] == [0, 1_000, 1_001]
    assert written[1].startswith("it failed (ValueError at ") and written[1].count("\n") == 1


def test_made_up_kinds_of_tracebacks_are_bounded(written: list[str]) -> None:
    from plugins.quiet_log import _MOST_TRACEBACKS, TracebackLimit

    limit = TracebackLimit(Steps())
    logger.configure(patcher=limit)
    for at in range(_MOST_TRACEBACKS + 50):
        fail(type(f"Made{at}", (Exception,), {}))
    assert len([text for text in written if "Traceback" in text]) <= _MOST_TRACEBACKS
    assert len(limit._written_at) == _MOST_TRACEBACKS


@pytest.fixture
def logging_to(plugins: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The log as the bot sets it up, in a folder of the test's own."""
    from jianggao.recent_errors import RecentErrors
    from plugins import quiet_log

    added: list[int] = []
    add = logger.add
    monkeypatch.setattr(quiet_log, "recent_errors", RecentErrors())
    monkeypatch.setattr(quiet_log, "_OTHERS", ())
    monkeypatch.setattr(logger, "remove", lambda handler: None)
    monkeypatch.setattr(logger, "add", lambda *given, **named: added.append(add(*given, **named)))
    quiet_log.log_discreetly([SECRET], tmp_path / "logs")
    monkeypatch.undo()
    yield tmp_path / "logs"
    for handler in added:
        logger.remove(handler)
    logger.configure(patcher=None)


def test_secrets_are_in_no_file_of_the_log(logging_to: Path) -> None:
    from plugins.unblocked import finish_writing

    with logger.contextualize(nonebot_log_level="DEBUG"):
        logger.warning(f"before {SECRET} after")
        logger.warning("?access_token=mistyped")
    assert finish_writing(30) is None
    text = (logging_to / "bot.log").read_text("utf-8")
    assert "before *** after" in text and SECRET not in text and "mistyped" not in text
    assert text[:4].isdigit()  # a whole date: files are read weeks later


def test_errors_are_remembered_by_kind_and_place_without_their_words(logging_to: Path) -> None:
    from plugins.unblocked import finish_writing

    fail()
    logger.error("something with words")
    logger.warning("no error")
    finish_writing(30)
    lines = (logging_to / "errors.jsonl").read_text("utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    assert [one["kind"] for one in told] == ["ValueError", "ERROR"]
    assert "test_quiet_log" in told[0]["place"] and "test_quiet_log" in told[1]["place"]
    assert "words" not in "".join(lines)


def test_events_that_are_not_for_the_bot_have_no_line(logging_to: Path) -> None:
    from plugins.unblocked import finish_writing

    logger.patch(lambda record: record.update(name="nonebot")).info("Event notice.x is ignored")
    logger.patch(lambda record: record.update(name="nonebot")).info("Event will be handled")
    finish_writing(30)
    text = (logging_to / "bot.log").read_text("utf-8")
    assert "is ignored" not in text and "will be handled" in text
