"""When the names that come with messages are stored, and when nothing is written for them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from jianggao.chat.receiving.seen_names import SeenNames
from jianggao.database import Database
from jianggao.database.failures import explain_error
from jianggao.errors import CannotWrite
from jianggao.people import people_store

DAY = date(2026, 3, 18)


def event(nickname: Any = "小张", card: Any = None, account: int = 20001) -> Any:
    return SimpleNamespace(user_id=account, sender=SimpleNamespace(nickname=nickname, card=card))


class Days:
    today = DAY

    def __call__(self) -> date:
        return self.today


def test_a_name_is_stored_when_it_changes_and_once_a_day() -> None:
    days = Days()
    seen: Any = SeenNames(SimpleNamespace(), days)  # type: ignore[arg-type]
    assert seen.note(event()) == ("20001", "小张", "")
    assert seen.note(event()) is None
    assert seen.note(event(card="甲县 张三")) == ("20001", "小张", "甲县 张三")
    assert seen.note(event()) is None, "private messages have no card"
    assert seen.note(event("老张")) == ("20001", "老张", "甲县 张三")
    days.today += timedelta(days=1)
    assert seen.note(event("老张")) is not None
    assert seen.note(event("老张")) is None


@pytest.mark.parametrize("name", ["", None, 12, "\u202e\u200b"])
def test_a_name_that_says_nothing_is_not_stored(name: Any) -> None:
    seen: Any = SeenNames(SimpleNamespace(), lambda: DAY)  # type: ignore[arg-type]
    assert seen.note(event(name)) is None


async def test_what_was_noted_is_stored_and_what_can_not_be_comes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = await Database.open(tmp_path / "bot.db")
    seen = SeenNames(database, lambda: DAY)
    noted = seen.note(event())
    assert noted is not None
    explanation = explain_error(OSError(28, "full"), tmp_path / "bot.db")
    with monkeypatch.context() as patched:

        async def refused(*_: Any) -> None:
            assert explanation is not None
            raise CannotWrite(explanation)

        patched.setattr(people_store, "remember_names", refused)
        await seen.store(noted)
    again = seen.note(event())
    assert again == noted
    await seen.store(again)
    async with database.read() as connection:
        assert (await people_store.names_of(connection, ["20001"]))["20001"].nickname == "小张"
    await database.close()


def test_deleted_names_are_stored_anew() -> None:
    seen: Any = SeenNames(SimpleNamespace(), lambda: DAY)  # type: ignore[arg-type]
    seen.note(event())
    seen.forget("20001")
    assert seen.note(event()) is not None
