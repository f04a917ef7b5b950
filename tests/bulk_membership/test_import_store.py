"""Imports are stored as they were shown, and forgotten when they are decided."""

from __future__ import annotations

from datetime import timedelta

from import_desk import ImportDesk
from sent_tables import SHOP, csv_of, order, workbook_of

from jianggao.bulk_membership import import_store
from jianggao.bulk_membership.import_store import ImportKind, ImportState
from jianggao.membership.durations import Duration


async def test_what_is_read_back_is_what_was_shown(desk: ImportDesk) -> None:
    await desk.grant("20002", Duration(months=1))
    await desk.suspend("20002")
    content = csv_of(
        "20001,2026-01-01,1年,,张",
        "20002,,,2027-12-31,“李”\u3000",
        "20002,,,2026-01-01,",
        header="QQ,开始,时长,到期,备注",
    )
    shown = await desk.propose(content)
    async with desk.database.read() as connection:
        stored = await import_store.pending(connection, 1)
    assert stored is not None and stored.effects == shown.effects and len(stored.effects) == 2
    assert (stored.kind, stored.by, stored.at, stored.state) == (
        ImportKind.MEMBERS,
        "90001",
        desk.now,
        ImportState.OPEN,
    )


async def test_only_what_is_too_old_is_dropped(desk: ImportDesk) -> None:
    await desk.propose(csv_of("20001,,1年,"))
    desk.pass_time(hours=1)
    await desk.propose(csv_of("20002,,1年,"))
    async with desk.database.write() as connection:
        await import_store.drop_older(connection, desk.now - timedelta(minutes=1), desk.now)
    async with desk.database.read() as connection:
        assert await import_store.open_numbers(connection) == [2]


async def test_a_decided_import_keeps_no_lines(desk: ImportDesk) -> None:
    await desk.propose(csv_of("20001,,1年,张"))
    await desk.confirm(1)
    async with desk.database.read() as connection:
        (row,) = await connection.execute_fetchall("SELECT lines, state FROM pending_imports")
    assert tuple(row) == ("[]", "done")


async def test_orders_are_found_with_the_undo_of_their_entry(desk: ImportDesk) -> None:
    await desk.propose(workbook_of(SHOP, order("7", "QQ 20001"), order("8", "QQ 20002")))
    await desk.confirm(1)
    await desk.undo(2)
    async with desk.database.read() as connection:
        found = await import_store.granted_orders(connection, ["7", "8", "9"])
    assert {number: (each.entry, each.undone_by) for number, each in found.items()} == {
        "7": (1, None),
        "8": (2, 3),
    }
    await desk.undo(3)
    async with desk.database.read() as connection:
        assert (await import_store.granted_orders(connection, ["8"]))["8"].undone_by is None


async def test_many_orders_are_looked_up_at_once(desk: ImportDesk) -> None:
    async with desk.database.read() as connection:
        assert await import_store.granted_orders(connection, map(str, range(40_000))) == {}
