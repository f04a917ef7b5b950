"""An import is taken back as a whole: what still stands of it, and nothing else."""

from __future__ import annotations

import pytest
from import_desk import ImportDesk
from sent_tables import SHOP, csv_of, order, workbook_of

from jianggao.errors import AlreadyProcessed, NotFound, WrongUse
from jianggao.membership.durations import Duration
from jianggao.membership.ledger import EntryKind

THREE = csv_of("20001,,1年,", "20002,,1年,", "20003,,1年,")


async def test_all_that_stands_is_undone_and_nothing_else(desk: ImportDesk) -> None:
    await desk.grant("20001", Duration(months=1))
    await desk.propose(THREE)
    await desk.confirm(1)
    await desk.propose(csv_of("20001,,1个月,另一份"))
    await desk.confirm(2)
    await desk.undo(3)
    undone = await desk.take_back(1, "m")
    assert (undone.undone, undone.before, undone.first_undo, undone.last_undo) == ((2, 4), 1, 7, 8)
    ledger = await desk.ledger()
    assert [(entry.kind, entry.target, entry.message) for entry in ledger[6:]] == [
        (EntryKind.UNDO, 2, "m#1"),
        (EntryKind.UNDO, 4, "m#2"),
    ]
    assert str((await desk.state("20001")).valid_until) == "2026-05-18"
    assert (await desk.state("20003")).valid_until is None


async def test_nothing_is_undone_twice_nor_by_one_message_twice(desk: ImportDesk) -> None:
    await desk.propose(THREE)
    await desk.confirm(1)
    await desk.take_back(1, "m")
    with pytest.raises(AlreadyProcessed):
        await desk.take_back(1, "m")
    with pytest.raises(WrongUse, match="3 行都已撤销过"):
        await desk.take_back(1)
    await desk.undo(4)  # stands again
    assert (await desk.take_back(1)).undone == (1,)


async def test_what_was_not_carried_out_has_nothing_to_undo(desk: ImportDesk) -> None:
    with pytest.raises(NotFound, match="没有第 1 份导入"):
        await desk.take_back(1)
    await desk.propose(THREE)
    with pytest.raises(WrongUse, match="还没有确认"):
        await desk.take_back(1)
    await desk.drop(1)
    with pytest.raises(WrongUse, match="已作废"):
        await desk.take_back(1)
    assert await desk.ledger() == []


async def test_orders_among_them_are_told(desk: ImportDesk) -> None:
    await desk.propose(workbook_of(SHOP, order("2403", "QQ 20001")))
    await desk.confirm(1)
    assert (await desk.take_back(1)).has_orders
    await desk.propose(THREE)
    await desk.confirm(2)
    assert not (await desk.take_back(2)).has_orders
