"""An exchange that was cut off: the next start goes on with it, and nothing else reads what stands in
between."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from jianggao.backups import back_up, restore
from jianggao.database import Database, Keys
from jianggao.database.restore_exchange import Exchange, is_unfinished
from jianggao.doctor import examine
from jianggao.errors import CannotStart
from jianggao.settings import load_settings


@pytest.fixture
async def live(tmp_path: Path) -> Path:
    database = await Database.open(tmp_path / "data" / "bot.db")
    await Keys.open(database)
    await database.close()
    return database.path


NOW = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)


async def made(path: Path) -> Keys:
    database = await Database.open(path)
    keys = await Keys.open(database)
    await database.close()
    return keys


async def cut_off(live: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A restore that ends between the move of the old database and that of the new one."""

    def ends(self: Exchange) -> Path | None:
        self._move_aside()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Exchange, "carry_on", ends)
        with pytest.raises(KeyboardInterrupt):
            await restore(copy, live, other_database=True)
    assert not live.exists() and is_unfinished(live)


async def test_the_next_start_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live, other, copy = tmp_path / "data" / "bot.db", tmp_path / "other" / "bot.db", tmp_path / "copy.db"
    await made(live)
    old = live.read_bytes()
    keys = await made(other)
    await back_up(other, copy)
    await cut_off(live, copy, monkeypatch)
    assert await made(live) == keys
    kept = list(live.parent.glob("bot.db.before-restore-*/bot.db"))
    assert [path.read_bytes() for path in kept] == [old]
    assert not is_unfinished(live)


async def test_in_between_doctor_and_backup_say_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live, copy = tmp_path / "data" / "bot.db", tmp_path / "copy.db"
    await made(live)
    await back_up(live, copy)
    await cut_off(live, copy, monkeypatch)
    settings = load_settings({"DATABASE_FILE": str(live), "LIBRARY_DIR": str(tmp_path)})
    told = [line for finding in await examine(settings) for line in finding.wrong]
    assert len(told) == 1 and "恢复到一半" in told[0]
    live.write_bytes(b"")
    with pytest.raises(CannotStart, match="恢复到一半"):
        await back_up(live, tmp_path / "second.db")


async def test_two_restores_in_one_second_keep_a_folder_each(tmp_path: Path) -> None:
    live, copy = tmp_path / "data" / "bot.db", tmp_path / "copy.db"
    await made(live)
    await back_up(live, copy)
    kept = []
    for content in (b"first", b"second", b"third"):
        live.write_bytes(content)
        kept.append(await restore(copy, live, clock=lambda: NOW))
    assert [path and path.read_bytes() for path in kept] == [b"first", b"second", b"third"]


async def test_where_there_was_none_nothing_is_kept(tmp_path: Path) -> None:
    await made(tmp_path / "data" / "bot.db")
    await back_up(tmp_path / "data" / "bot.db", tmp_path / "copy.db")
    assert await restore(tmp_path / "copy.db", tmp_path / "new" / "bot.db") is None
    assert not list((tmp_path / "new").glob("*restor*"))


@pytest.mark.parametrize("plan", ["", "{}", "[]", '{"kept": 3}', '{"kept": "../../x"}'])
async def test_a_damaged_plan_of_a_restore_is_told(live: Path, tmp_path: Path, plan: str) -> None:
    await back_up(live, tmp_path / "copy.db")
    exchange = Exchange(live)
    exchange.prepare()
    exchange.plan.write_text(plan)
    with pytest.raises(CannotStart, match="移到别处"):
        await Database.open(live)
    with pytest.raises(CannotStart, match="移到别处"):
        await restore(tmp_path / "copy.db", live)
