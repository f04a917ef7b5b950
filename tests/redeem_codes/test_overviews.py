"""What operators see of their codes, page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from code_desk import CodeDesk

from jianggao.database import Database
from jianggao.errors import NotFound
from jianggao.membership import administration
from jianggao.redeem_codes import overviews


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[CodeDesk]:
    database = await Database.open(tmp_path / "bot.db")
    yield CodeDesk(database)
    await database.close()


async def test_batches_come_newest_first_in_pages(desk: CodeDesk) -> None:
    for _ in range(5):
        await desk.make()
    async with desk.database.read() as connection:
        page = await overviews.batches(connection, 2, size=2)
        assert [batch.number for batch in page.batches] == [3, 2]
        assert (page.page, page.pages, page.total) == (2, 3, 5)
        with pytest.raises(NotFound, match="共 3 页"):
            await overviews.batches(connection, 4, size=2)


async def test_a_batch_tells_who_used_which_and_what_was_undone(desk: CodeDesk) -> None:
    codes = await desk.make(4)
    for at, code in enumerate(codes[:3]):
        await desk.redeem(code, str(20_001 + at))
    async with desk.database.write() as connection:
        await administration.undo(connection, 2, desk.act("90001"))
    async with desk.database.read() as connection:
        report = await overviews.batch_report(connection, 1, 1, size=2)
        rest = await overviews.batch_report(connection, 1, 2, size=2)
        with pytest.raises(NotFound):
            await overviews.batch_report(connection, 2, 1)
    assert [(line.code.entry, line.code.by, line.undone_by) for line in (*report.used, *rest.used)] == [
        (3, "20003", None),
        (2, "20002", 4),
        (1, "20001", None),
    ]
    assert report.pages == 2 and report.batch.used == 3
