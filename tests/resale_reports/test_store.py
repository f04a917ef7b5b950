"""Finding reports and cases: what belongs together, what is open, and in which order it is listed."""

from __future__ import annotations

import pytest
from report_desk import LEAK, OTHER, REPORTER, SELLER, Desk, complaint

from jianggao.errors import AlreadyProcessed
from jianggao.resale_reports import filing, store
from jianggao.resale_reports.case_decisions import Payment
from jianggao.resale_reports.model import Piece, PieceKind, Status

OTHER_SELLER = "20002"
OTHER_LEAK = "河对岸的磨坊停了三年，磨盘上长出青苔，只有麻雀还在梁上做窝，一年比一年多。"


async def test_a_message_files_or_decides_once(desk: Desk) -> None:
    report = await desk.file(complaint())
    act = desk.act("看不清")
    async with desk.database.write() as connection:
        from jianggao.resale_reports import case_decisions

        await case_decisions.reject(connection, report.number, act)
    filed = str((await desk.rows("SELECT message FROM reports"))[0][0])
    async with desk.database.read() as connection:
        assert await store.is_filed(connection, filed)
        assert not await store.is_filed(connection, act.message)
        await store.require_unused(connection, "another message")
        for message in (filed, act.message):
            with pytest.raises(AlreadyProcessed):
                await store.require_unused(connection, message)


async def test_a_case_is_found_by_the_number_of_any_of_its_reports(desk: Desk) -> None:
    first = await desk.file(complaint())
    later = await desk.file(complaint(), OTHER)
    async with desk.database.read() as connection:
        by_first, by_later = [await store.case(connection, one.number) for one in (first, later)]
        assert await store.case(connection, 99) is None
    assert by_first == by_later and by_first is not None
    assert [report.number for report in by_first.reports] == [first.number, later.number]
    assert [piece.report for piece in by_first.evidence] == [first.number, later.number]


async def test_open_cases_are_found_by_account_and_by_evidence(desk: Desk) -> None:
    named = await desk.file(complaint(SELLER, text=OTHER_LEAK))
    unnamed = await desk.file(complaint(None))
    likeness = filing.likeness(Piece(PieceKind.TEXT, text=LEAK))
    assert likeness is not None
    async with desk.database.read() as connection:
        assert await store.open_cases_against(connection, SELLER) == [named.case]
        assert await store.open_cases_against(connection, OTHER_SELLER) == []
        assert await store.open_cases_with(connection, [likeness, "text:other"]) == [unnamed.case]
        assert await store.open_cases_with(connection, []) == []
    await desk.reject(unnamed.number)
    async with desk.database.read() as connection:
        assert await store.open_cases_with(connection, [likeness]) == []


async def test_cases_of_one_account_or_with_one_text_are_related(desk: Desk) -> None:
    first = await desk.file(complaint(SELLER))
    await desk.reject(first.number)
    desk.advance(days=400)
    second = await desk.file(complaint(SELLER, text=OTHER_LEAK))
    third = await desk.file(complaint(OTHER_SELLER, text=LEAK), OTHER)
    async with desk.database.read() as connection:
        assert await store.related(connection, first.case) == [second.case, third.case]
        assert await store.related(connection, second.case) == [first.case]


async def test_reports_count_as_open_until_their_case_is_decided(desk: Desk) -> None:
    first = await desk.file(complaint())
    await desk.file(complaint(None, text=OTHER_LEAK))
    async with desk.database.read() as connection:
        assert await store.open_reports_of(connection, REPORTER) == 2
    await desk.reject(first.number)
    async with desk.database.read() as connection:
        assert await store.open_reports_of(connection, REPORTER) == 1
        assert await store.open_reports_of(connection, OTHER) == 0


async def test_only_rejections_that_stand_count_and_the_last_of_a_case(desk: Desk) -> None:
    report = await desk.file(complaint())
    await desk.reject(report.number)
    desk.advance(days=1)
    await desk.reopen(report.number)
    async with desk.database.read() as connection:
        assert await store.rejections_of(connection, REPORTER) == []
    desk.advance(days=1)
    await desk.reject(report.number)
    async with desk.database.read() as connection:
        assert await store.rejections_of(connection, REPORTER) == [desk.now]
        assert await store.rejections_of(connection, OTHER) == []


async def test_an_account_is_first_seen_in_the_ledger_or_as_a_reporter(desk: Desk) -> None:
    report = await desk.file(complaint(None))
    async with desk.database.read() as connection:
        assert await store.first_seen(connection, REPORTER) == report.at
        seller = await store.first_seen(connection, SELLER)
        assert seller is not None and seller < report.at
        assert await store.first_seen(connection, OTHER) is None


async def test_the_list_has_open_cases_oldest_first_then_decided_ones_newest_first(desk: Desk) -> None:
    texts = (LEAK, OTHER_LEAK, f"{LEAK}后来渡口也填了。", f"{OTHER_LEAK}后来磨坊也拆了。")
    people = (REPORTER, OTHER, "30003", "30004")
    for text, person in zip(texts, people, strict=True):
        await desk.file(complaint(None, text=text), person)
    await desk.file(complaint(SELLER, text=texts[1]), "30005")
    await desk.reject(1)
    await desk.uphold(3, Payment.NOTHING)
    async with desk.database.read() as connection:
        lines = await store.page(connection, limit=10, skip=0)
        assert await store.count(connection) == (4, 2)
        assert await store.page(connection, limit=1, skip=3) == lines[3:]
    assert [(line.first.number, line.status) for line in lines] == [
        (2, Status.OPEN),
        (4, Status.OPEN),
        (3, Status.UPHELD),
        (1, Status.REJECTED),
    ]
    assert [(line.accused, line.reporters, line.evidence) for line in lines[:2]] == [
        (SELLER, 2, 2),
        (None, 1, 1),
    ]
