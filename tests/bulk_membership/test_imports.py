"""A dry run is stored, and carried out once and as a whole, if it still holds."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import aiosqlite
import pytest
from import_desk import ImportDesk
from project_root import ROOT
from sent_tables import SHOP, csv_of, order, workbook_of

from jianggao.bulk_membership import import_store, imports
from jianggao.bulk_membership.imports import DoneImport, Overtaken
from jianggao.database import Database
from jianggao.errors import AlreadyProcessed, NotFound, WrongUse
from jianggao.membership import administration, ledger_store
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import LedgerEntry

THREE = csv_of("20001,2026-01-01,1年,张", "20002,,3个月,", "20003,,1年,")


async def test_a_dry_run_writes_nothing_to_the_ledger(desk: ImportDesk) -> None:
    dry_run = await desk.propose(THREE)
    assert dry_run.number == 1 and len(dry_run.effects) == 3
    assert await desk.ledger() == []


async def test_each_line_is_an_entry_of_its_own(desk: ImportDesk) -> None:
    await desk.propose(THREE)
    done = await desk.confirm(1, "message")
    assert isinstance(done, DoneImport) and (done.first_entry, done.last_entry) == (1, 3)
    entries = await desk.ledger()
    assert [(entry.member, entry.by, entry.note, entry.message) for entry in entries] == [
        ("20001", "90001", "导入1 张", "message#1"),
        ("20002", "90001", "导入1", "message#2"),
        ("20003", "90001", "导入1", "message#3"),
    ]
    for effect, entry in zip(done.effects, entries, strict=True):
        assert (await desk.state(entry.member)).valid_until == effect.valid_until


async def test_nothing_is_given_to_an_account_whose_subscription_was_transferred(desk: ImportDesk) -> None:
    await desk.propose(csv_of("20001,,1年,"))
    await desk.confirm(1)
    async with desk.database.write() as connection:
        await administration.transfer(connection, "20001", "20009", desk.act())
    dry_run = await desk.propose(csv_of("20001,,1年,", "20009,,1年,"))
    first, second = dry_run.effects
    assert first.is_refused and first.reason == "20001 的会员已转移到 20009，要续期请写新号"
    assert not second.is_refused


async def test_a_second_confirmation_does_nothing(desk: ImportDesk) -> None:
    await desk.propose(THREE)
    await desk.confirm(1, "message")
    with pytest.raises(WrongUse, match="确认导入过，这次什么也没做"):
        await desk.confirm(1)
    assert len(await desk.ledger()) == 3


async def test_one_message_cannot_import_twice_whatever_it_confirms(desk: ImportDesk) -> None:
    await desk.propose(THREE)
    await desk.propose(csv_of("20009,,1年,"))
    await desk.confirm(1, "message")
    with pytest.raises(AlreadyProcessed):
        await desk.confirm(2, "message")


async def test_what_moved_meanwhile_is_not_imported_but_shown_anew(desk: ImportDesk) -> None:
    await desk.propose(THREE)
    await desk.grant("20002", Duration(years=1))
    result = await desk.confirm(1)
    assert isinstance(result, Overtaken)
    (change,) = result.changed
    assert (str(change.was.valid_until), str(change.now.valid_until)) == ("2026-06-18", "2027-06-18")
    assert result.anew.number == 2 and len(await desk.ledger()) == 1
    with pytest.raises(WrongUse, match="作废"):
        await desk.confirm(1)
    assert isinstance(await desk.confirm(2), DoneImport)
    assert len(await desk.ledger()) == 4


async def test_a_day_later_what_begins_today_ends_a_day_later_and_is_shown_anew(desk: ImportDesk) -> None:
    await desk.propose(THREE)
    desk.pass_time(hours=13)
    result = await desk.confirm(1)
    assert isinstance(result, Overtaken)
    assert [change.now.line.account for change in result.changed] == ["20002", "20003"]


async def test_a_suspension_meanwhile_is_shown(desk: ImportDesk) -> None:
    await desk.grant("20001", Duration(years=1))
    await desk.propose(csv_of("20001,,1年,"))
    await desk.suspend("20001")
    assert isinstance(await desk.confirm(1), Overtaken)


async def test_where_nothing_is_left_no_new_dry_run_is_stored(desk: ImportDesk) -> None:
    content = csv_of("20001,,,2026-12-31", header="QQ,开始,时长,到期")
    await desk.propose(content)
    await desk.grant("20001", Duration(years=1))
    result = await desk.confirm(1)
    assert isinstance(result, Overtaken) and result.anew.number is None


async def test_a_dry_run_ends_after_a_day_and_its_lines_are_forgotten(desk: ImportDesk) -> None:
    await desk.propose(THREE)
    desk.pass_time(hours=24, seconds=1)
    with pytest.raises(WrongUse, match="超过 24 小时"):
        await desk.confirm(1)
    await desk.propose(csv_of("20009,,1年,"))
    async with desk.database.read() as connection:
        old = await import_store.pending(connection, 1)
    assert old is not None and old.effects == () and old.state is import_store.ImportState.DROPPED


async def test_a_dropped_one_cannot_be_confirmed(desk: ImportDesk) -> None:
    await desk.propose(THREE)
    await desk.drop(1)
    for attempt in (desk.confirm(1), desk.drop(1)):
        with pytest.raises(WrongUse, match="作废"):
            await attempt
    assert await desk.ledger() == []


async def test_a_number_that_is_none_says_which_wait(desk: ImportDesk) -> None:
    with pytest.raises(NotFound, match="现在没有等着确认的"):
        await desk.confirm(1)
    await desk.propose(THREE)
    with pytest.raises(NotFound, match="等着确认的有：1"):
        await desk.confirm(7)


async def test_the_same_file_again_is_told(desk: ImportDesk) -> None:
    await desk.propose(THREE)
    assert (await desk.propose(THREE)).imported_before is None
    await desk.confirm(1)
    assert (await desk.propose(THREE)).imported_before == 1


async def test_an_order_is_granted_once_also_after_its_undoing(desk: ImportDesk) -> None:
    content = workbook_of(SHOP, order("7", "QQ 20001"), order("8", "QQ 20002"))
    await desk.propose(content)
    await desk.propose(workbook_of(SHOP, order("7", "QQ 20003"), order("9", "QQ 20004")))
    await desk.confirm(1)
    overtaken = await desk.confirm(2)
    assert isinstance(overtaken, Overtaken)
    assert [change.now.reason for change in overtaken.changed] == ["订单 7 已由第 1 号记录办过"]
    await desk.undo(1)
    again = await desk.propose(content)
    assert again.number is None and "后来由第 3 号撤销" in again.effects[0].reason


async def test_an_order_is_granted_once_also_behind_the_backs_of_the_checks(desk: ImportDesk) -> None:
    await desk.propose(workbook_of(SHOP, order("7", "QQ 20001")))
    await desk.confirm(1)
    for sql in (
        "INSERT INTO shop_orders VALUES ('7', 1)",
        "INSERT OR REPLACE INTO shop_orders VALUES ('7', 1)",
        "DELETE FROM shop_orders",
        "UPDATE shop_orders SET order_number = '8'",
        "UPDATE pending_imports SET state = 'open', decided_at = NULL",
        "DELETE FROM pending_imports",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            async with desk.database.write() as connection:
                await connection.execute(sql)


STEPS = ("append_all", "add_orders", "decide")
"""What a confirmation calls, in this order, to write."""


async def test_an_import_that_fails_in_its_middle_leaves_nothing(
    desk: ImportDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.propose(THREE)

    async def failing(*args: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(import_store, "decide", failing)
    with pytest.raises(OSError, match="gone"):
        await desk.confirm(1)
    monkeypatch.undo()
    assert await desk.ledger() == []
    assert isinstance(await desk.confirm(1), DoneImport)


async def test_entries_that_do_not_do_what_was_said_stop_the_import(
    desk: ImportDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.propose(THREE)
    append_all = ledger_store.append_all

    async def longer(connection: aiosqlite.Connection, entries: Sequence[LedgerEntry]) -> None:
        await append_all(connection, [replace(entry, duration=Duration(years=2)) for entry in entries])

    monkeypatch.setattr(ledger_store, "append_all", longer)
    with pytest.raises(RuntimeError, match="dry run"):
        await desk.confirm(1)
    assert await desk.ledger() == []


KILLED = """
    import asyncio, os, signal, sys
    from pathlib import Path
    from import_desk import ImportDesk
    from jianggao.bulk_membership import import_store
    from jianggao.database import Database
    from jianggao.membership import administration, ledger_store

    room = ledger_store if hasattr(ledger_store, sys.argv[2]) else import_store
    step = getattr(room, sys.argv[2])

    async def deadly(*args):
        await step(*args)
        os.kill(os.getpid(), signal.SIGKILL)

    async def main():
        setattr(room, sys.argv[2], deadly)
        desk = ImportDesk(await Database.open(Path(sys.argv[1])))
        await desk.confirm(1)

    asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("step", STEPS)
async def test_a_kill_in_the_middle_leaves_nothing(tmp_path: Path, step: str) -> None:
    path = tmp_path / "bot.db"
    database = await Database.open(path)
    await ImportDesk(database).propose(THREE)
    await database.close()
    environment = {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    code = textwrap.dedent(KILLED)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, str(path), step, env=environment
    )
    assert await process.wait() == -9
    database = await Database.open(path)
    try:
        desk = ImportDesk(database)
        assert await desk.ledger() == []
        assert isinstance(await desk.confirm(1), DoneImport)
        assert len(await desk.ledger()) == 3
    finally:
        await database.close()


def test_a_file_is_told_by_its_bytes() -> None:
    assert imports.digest_of(b"a") != imports.digest_of(b"b")


async def test_an_order_is_known_by_each_of_its_numbers(desk: ImportDesk) -> None:
    part = "QQ,规格,{}\n20001,年卡,{}\n"
    await desk.propose(part.format("子订单编号", "99900011").encode())
    await desk.confirm(1)
    (again,) = (await desk.propose(part.format("主订单编号,子订单编号", "999000,99900011").encode())).effects
    assert again.reason == "订单 99900011 已由第 1 号记录办过"
    await desk.propose(part.format("主订单编号,子订单编号", "999001,99900012").encode())
    assert isinstance(await desk.confirm(2), DoneImport)
    for number in ("999001", "99900012", "订单号：999001", "#99900012"):
        (again,) = (await desk.propose(part.format("订单号", number).encode())).effects
        assert "已由第 2 号记录办过" in again.reason


async def test_two_lines_with_one_of_their_orders_numbers_are_the_same(desk: ImportDesk) -> None:
    content = csv_of("20001,年卡,1,11", "20001,年卡,1,12", header="QQ,规格,主订单编号,子订单编号")
    assert [effect.reason for effect in (await desk.propose(content)).effects] == [
        "",
        "和第 2 行是同一个订单",
    ]


async def test_orders_that_were_kept_with_signs_around_them_are_found(desk: ImportDesk) -> None:
    await desk.grant("20001", Duration(years=1))
    async with desk.database.write() as connection:
        await import_store.add_orders(connection, [("订单号：B1", 1), ("#B2;", 1)])
    content = csv_of("20001,年卡,b1", "20001,年卡,B2", "20001,年卡,B3", header="QQ,规格,订单号")
    assert [effect.is_refused for effect in (await desk.propose(content)).effects] == [True, True, False]
