"""How the checks are run: what takes long runs in a process of its own, with the same findings."""

from __future__ import annotations

import sqlite3
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing

import pytest
from doctor_cases import NOW, Installation, open_application, wrong_in

from jianggao.doctor import CHECKS, Finding, checks, render
from jianggao.doctor.finding import CheckContext
from jianggao.library import index
from jianggao.library.index import GRAM_TABLES

TERMS = next(check for check in checks.CHECKS if check.takes_long)


@pytest.mark.parametrize(
    "statements", [(), (f"UPDATE {GRAM_TABLES[0]}_data SET block = x'ff' WHERE id > 100",)]
)
async def test_a_process_of_its_own_finds_the_same(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, statements: tuple[str, ...]
) -> None:
    installation.edit(*statements)
    here = await installation.examine()
    made_here = []
    run = checks.run
    monkeypatch.setattr(checks, "run", lambda check, context: made_here.append(check) or run(check, context))
    monkeypatch.setattr(checks, "MANY", 0)
    assert await installation.examine() == here
    assert TERMS not in made_here and len(made_here) == len(checks.CHECKS) - 1
    assert bool(statements) == any(finding.wrong for finding in here)


async def test_where_the_process_is_ended_the_check_is_made_again(
    installation: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    context = CheckContext(installation.settings, NOW)
    ended: Future[list[Finding]] = Future()
    ended.set_exception(BrokenProcessPool("ended"))
    assert checks._ended(TERMS, context, ended) == checks.run(TERMS, context)
    assert "ended with its process" in caplog.text
    context.close()


@pytest.mark.parametrize("quick", [False, True])
async def test_nothing_is_wrong_with_what_is_in_order(sound_installation: Installation, quick: bool) -> None:
    findings = await sound_installation.examine(quick=quick)
    assert wrong_in(findings) == []
    assert all(finding.noted for finding in findings)
    assert {check.what for check in CHECKS if check.in_quick} <= {
        "设置",
        *(finding.what for finding in findings),
    }


async def test_quick_leaves_out_texts_and_tables_of_terms_alone(sound_installation: Installation) -> None:
    quick, full = await sound_installation.examine(quick=True), await sound_installation.examine()
    assert {finding.what for finding in full} - {finding.what for finding in quick} == {
        "正文",
        "索引",
        "检索表",
    }


async def test_a_bot_that_writes_meanwhile_is_neither_disturbed_nor_misread(
    installation: Installation,
) -> None:
    application = await open_application(installation)
    try:
        async with application.database.write() as writing:
            await writing.execute("UPDATE speeches SET taken_down_at = '2026' WHERE number = 1")
            await writing.execute("UPDATE sections SET listed = 0 WHERE speech = 1")
            assert await installation.wrong() == []
            await index.take_out(writing, 1)
        assert await installation.wrong() == []
        with closing(sqlite3.connect(installation.database)) as connection:
            busy, pages, moved = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        assert (busy, moved) == (0, pages)
    finally:
        await application.close()


async def test_lines_hold_nothing_that_a_terminal_obeys(installation: Installation) -> None:
    installation.edit('CREATE TRIGGER "bad\x1b[2J" AFTER INSERT ON ledger BEGIN SELECT 1; END')
    told = list(render(await installation.examine()))
    assert [line for line in told if "bad" in line]
    assert all(line.isprintable() for line in told)


async def test_looking_changes_no_byte(installation: Installation) -> None:
    before = installation.database.read_bytes()
    await installation.examine()
    await installation.examine(quick=True)
    assert installation.database.read_bytes() == before
