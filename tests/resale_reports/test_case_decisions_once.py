"""One verdict is given and one year paid, however much is clicked at once or cut off in the middle."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from case_ledger import FILE, rewards
from report_desk import OTHER, SELLER, Desk, complaint

from jianggao.database import Database
from jianggao.errors import AlreadyProcessed, WrongUse
from jianggao.membership import administration
from jianggao.membership.durations import Duration
from jianggao.resale_reports import case_decisions, decision_store
from jianggao.resale_reports.case_decisions import Upheld
from jianggao.resale_reports.model import Status


async def test_two_clicks_at_once_pay_once(desk: Desk) -> None:
    await desk.file(complaint())
    await desk.look(1)
    clicks = await asyncio.gather(*(desk.uphold(1) for _ in range(8)), return_exceptions=True)
    assert sum(isinstance(one, Upheld) for one in clicks) == 1
    assert sum(isinstance(one, WrongUse) for one in clicks) == 7
    assert len(await rewards(desk)) == 1


async def test_two_cases_of_one_seller_at_once_pay_once(desk: Desk) -> None:
    await desk.file(complaint(None))
    await desk.file(complaint(None, FILE), OTHER)
    done = await asyncio.gather(desk.uphold(1), desk.uphold(2))
    assert sorted(type(one).__name__ for one in done) == ["NotPaid", "Upheld"]
    assert len(await rewards(desk)) == 1


async def test_the_tables_themselves_refuse_a_second_reward(desk: Desk) -> None:
    await desk.file(complaint(None))
    await desk.file(complaint(None, FILE), OTHER)
    await desk.paid(1)
    for case, in_spite in ((1, True), (2, False)):
        with pytest.raises(Exception, match="once for a case and once for a seller"):
            async with desk.database.write() as connection:
                entry = await administration.reward(connection, OTHER, Duration(years=1), desk.act())
                await decision_store.add_reward(
                    connection, entry=entry.entry.number, case=case, seller=SELLER, in_spite=in_spite
                )
    assert len(await rewards(desk)) == 1


@pytest.mark.parametrize("step", ["add_reward", "add_decision"])
async def test_a_failure_in_the_middle_leaves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    await desk.file(complaint())
    await desk.look(1)
    before = await desk.everything()
    with monkeypatch.context() as patched, pytest.raises(asyncio.CancelledError):

        async def cancelled(*_: object, **__: object) -> None:
            raise asyncio.CancelledError

        patched.setattr(decision_store, step, cancelled)
        await desk.uphold(1)
    assert await desk.everything() == before
    await desk.paid(1)
    assert len(await rewards(desk)) == 1


KILLED = """
import asyncio, os, signal, sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo
from jianggao.database import Database
from jianggao.membership.administration import Act
from jianggao.resale_reports import case_decisions, decision_store

async def killed(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

async def main():
    database = await Database.open(Path(sys.argv[1]))
    setattr(decision_store, sys.argv[2], killed)
    act = Act("90001", "killed", datetime.fromisoformat(sys.argv[3]), ZoneInfo("Asia/Shanghai"))
    async with database.write() as connection:
        await case_decisions.uphold(connection, 1, act)
asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("step", ["add_reward", "add_decision"])
async def test_killed_in_the_middle_nothing_is_left_and_the_next_click_pays_once(
    tmp_path: Path, step: str
) -> None:
    path = tmp_path / "bot.db"
    desk = Desk(await Database.open(path))
    await desk.bought(SELLER, Duration(years=1))
    await desk.file(complaint())
    await desk.look(1)
    before = await desk.everything()
    await desk.database.close()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, str(path), step, desk.now.isoformat(), stderr=subprocess.PIPE
    )
    _, errors = await process.communicate()
    assert process.returncode == -9, errors
    desk.database = await Database.open(path)
    try:
        assert await desk.everything() == before
        await desk.paid(1)
        assert len(await rewards(desk)) == 1
    finally:
        await desk.database.close()


async def test_one_message_decides_once(desk: Desk) -> None:
    await desk.file(complaint())
    await desk.file(complaint("20002", FILE), OTHER)
    act = desk.act("同一条")
    async with desk.database.write() as connection:
        await case_decisions.reject(connection, 1, act)
    with pytest.raises(AlreadyProcessed):
        async with desk.database.write() as connection:
            await case_decisions.reject(connection, 2, act)
    assert (await desk.case(2)).status is Status.OPEN
