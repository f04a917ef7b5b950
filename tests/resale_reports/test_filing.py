"""Filing: all evidence is kept, the same matter is one case, and nobody floods or cries wolf."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import timedelta
from pathlib import Path

import aiosqlite
import pytest
from report_desk import LEAK, OTHER, REPORTER, SELLER, START, ZONE, Desk, complaint

from jianggao.database import Database
from jianggao.database.migrations import known_migrations, migrate
from jianggao.doctor import examine
from jianggao.errors import AlreadyProcessed, NotAllowed
from jianggao.resale_reports import evidence_store, filing, store
from jianggao.resale_reports.filing import COOLDOWN, LONGEST_COOLDOWN, MOST_OPEN
from jianggao.resale_reports.model import Piece, PieceKind
from jianggao.settings import load_settings

PICTURE = Piece(PieceKind.PICTURE, "截图.jpg", content=b"\xff\xd8 picture")
FILE = Piece(PieceKind.FILE, "讲话.docx", content=b"PK file")


def text(words: str) -> Piece:
    return Piece(PieceKind.TEXT, text=words)


async def test_all_evidence_is_kept_with_its_hash(desk: Desk) -> None:
    report = await desk.file(complaint(SELLER, text(LEAK), PICTURE, FILE))
    case = await desk.case(report.number)
    assert case.reports == (report,) and (report.number, report.case, report.accused) == (1, 1, SELLER)
    kept = [(one.kind, one.name, one.text, one.sha256) for one in case.evidence]
    assert kept == [
        (PieceKind.TEXT, "", LEAK, hashlib.sha256(LEAK.encode()).hexdigest()),
        (PieceKind.PICTURE, "截图.jpg", "", hashlib.sha256(PICTURE.content).hexdigest()),
        (PieceKind.FILE, "讲话.docx", "", hashlib.sha256(FILE.content).hexdigest()),
    ]
    assert [one.size for one in case.evidence] == [len(LEAK), len(PICTURE.content), len(FILE.content)]
    async with desk.database.read() as connection:
        assert await evidence_store.content(connection, case.evidence[2].id) == FILE.content


async def test_the_same_account_is_the_same_case(desk: Desk) -> None:
    first = await desk.file(complaint(SELLER))
    again = await desk.file(complaint(SELLER, FILE), OTHER)
    assert (again.number, again.case) == (2, 1)
    case = await desk.case(again.number)
    assert case.first == first and [one.reporter for one in case.reports] == [REPORTER, OTHER]
    assert len(case.evidence) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (text(LEAK), text(LEAK.replace("，", " , ").replace("船", "船\n"))),
        (FILE, Piece(PieceKind.FILE, "换了名字.docx", content=FILE.content)),
        (PICTURE, Piece(PieceKind.FILE, "截图.jpg", content=PICTURE.content)),
    ],
)
async def test_the_same_evidence_is_the_same_case(desk: Desk, one: Piece, other: Piece) -> None:
    await desk.file(complaint(SELLER, one))
    assert (await desk.file(complaint(None, text("另一件"), other), OTHER)).case == 1


async def test_two_accounts_with_one_text_are_two_cases_that_know_of_each_other(desk: Desk) -> None:
    await desk.file(complaint(SELLER))
    assert (await desk.file(complaint("20002"), OTHER)).case == 2
    async with desk.database.read() as connection:
        assert await store.related(connection, 1) == [2]
        assert await store.related(connection, 2) == [1]


async def test_other_evidence_and_a_few_words_are_no_sign_of_the_same_case(desk: Desk) -> None:
    await desk.file(complaint(None, text("见图"), PICTURE))
    assert (await desk.file(complaint(None, text("见图"), FILE), OTHER)).case == 2


async def test_a_decided_case_takes_nothing_in(desk: Desk) -> None:
    await desk.file(complaint(SELLER))
    await desk.reject(1)
    assert (await desk.file(complaint(SELLER), OTHER)).case == 2
    await desk.reopen(1)
    assert (await desk.file(complaint(SELLER, FILE), "30003")).case == 1


async def test_a_later_report_joins_the_case_and_not_a_report_that_joined(desk: Desk) -> None:
    await desk.file(complaint(SELLER))
    await desk.file(complaint(SELLER, FILE), OTHER)
    assert (await desk.file(complaint(None, FILE), "30003")).case == 1


async def test_one_person_has_a_few_open_reports_at_most(desk: Desk) -> None:
    for number in range(MOST_OPEN):
        await desk.file(complaint(f"2000{number}", text(f"{number}{LEAK}")))
    with pytest.raises(NotAllowed, match="还在核实"):
        await desk.file(complaint("20009"))
    await desk.file(complaint("20009"), OTHER)
    await desk.paid(1, note="")
    await desk.file(complaint("20008", FILE))


async def test_who_cried_wolf_waits_and_each_time_twice_as_long(desk: Desk) -> None:
    waits = (COOLDOWN, 2 * COOLDOWN, 4 * COOLDOWN)
    for number, wait in enumerate(waits, 1):
        await desk.file(complaint(SELLER))
        await desk.reject(number)
        desk.now += wait - timedelta(seconds=1)
        with pytest.raises(NotAllowed, match="没有成立"):
            await desk.file(complaint(SELLER))
        desk.now += timedelta(seconds=1)
    await desk.file(complaint(SELLER))


async def test_a_rejection_taken_back_takes_its_wait_back(desk: Desk) -> None:
    await desk.file(complaint(SELLER))
    await desk.reject(1)
    await desk.reopen(1)
    await desk.file(complaint("20002", FILE))


async def test_all_who_reported_a_rejected_case_wait(desk: Desk) -> None:
    await desk.file(complaint(SELLER))
    await desk.file(complaint(SELLER, FILE), OTHER)
    await desk.reject(1)
    for reporter in (REPORTER, OTHER):
        with pytest.raises(NotAllowed):
            await desk.file(complaint("20002"), reporter)


def test_the_wait_has_an_end() -> None:
    assert filing.cooldown_end([START] * 500) == START + LONGEST_COOLDOWN
    assert filing.cooldown_end([]) is None


async def test_one_message_files_once(desk: Desk) -> None:
    async def file() -> None:
        async with desk.database.write() as connection:
            await filing.file(connection, complaint(), reporter=REPORTER, at=START, message="same", zone=ZONE)

    await file()
    with pytest.raises(AlreadyProcessed):
        await file()
    assert len(await desk.rows("SELECT * FROM reports")) == 1


async def test_a_filing_that_fails_in_the_middle_leaves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = evidence_store.add_evidence

    async def fails_at_the_file(
        connection: aiosqlite.Connection, report: int, piece: Piece, like: str
    ) -> None:
        if piece.kind is PieceKind.FILE:
            raise OSError("the disk is full")
        await kept(connection, report, piece, like)

    before = await desk.everything()
    monkeypatch.setattr(evidence_store, "add_evidence", fails_at_the_file)
    with pytest.raises(OSError, match="full"):
        await desk.file(complaint(SELLER, text(LEAK), FILE))
    assert await desk.everything() == before


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM report_evidence",
        "UPDATE report_evidence SET text = '' WHERE id = 1",
        "REPLACE INTO report_evidence (id, report, kind, name, text, sha256) VALUES (1, 1, 'text', '', '', '')",
        "DELETE FROM reports",
        "UPDATE reports SET reporter = '6'",
        "REPLACE INTO reports (number, reporter, told, at, message) VALUES (1, '6', '', '', 'new')",
        "INSERT INTO reports (joined_to, reporter, told, at, message) VALUES (2, '6', '', '', 'new')",
        "UPDATE report_decisions SET kind = 'reject'",
        "DELETE FROM report_decisions",
        "DELETE FROM report_findings",
        "UPDATE report_findings SET accused = '6'",
        "DELETE FROM report_rewards",
        "UPDATE report_rewards SET seller = '6'",
        "UPDATE report_rewards SET taken_back = NULL",
    ],
)
async def test_what_was_entrusted_is_never_changed_or_deleted(desk: Desk, statement: str) -> None:
    await desk.file(complaint(SELLER))
    await desk.file(complaint(SELLER, FILE), OTHER)
    await desk.paid(1)
    before = await desk.everything()
    with pytest.raises(sqlite3.IntegrityError):
        async with desk.database.write() as connection:
            await connection.execute(statement)
    assert await desk.everything() == before


async def test_a_file_of_the_version_before_gets_the_tables(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    earlier = [one for one in known_migrations() if one.number < 6]
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await migrate(connection, earlier)
        await connection.execute(
            "INSERT INTO ledger (kind, member, by_account, at, duration, note, message)"
            " VALUES ('grant', ?, '90001', '2026-03-18T04:00:00.000000+00:00', 'P1Y0M0W0D', '', 'old')",
            (SELLER,),
        )
    database = await Database.open(path)
    try:
        desk = Desk(database)
        await desk.file(complaint(SELLER))
        assert (await desk.case(1)).accused == SELLER
        assert len(await desk.rows("SELECT * FROM ledger")) == 1
    finally:
        await database.close()


async def test_doctor_sees_evidence_that_was_changed(desk: Desk, tmp_path: Path) -> None:
    await desk.file(complaint(SELLER, text(LEAK), PICTURE, FILE))
    settings = load_settings({"DATABASE_FILE": str(desk.database.path), "LIBRARY_DIR": str(tmp_path)})
    looked = {one.what: one for one in await examine(settings)}
    assert (looked["举报"].wrong, looked["举报"].noted) == ((), "3 件材料完好")
    async with desk.database.write() as connection:
        await connection.execute("DROP TRIGGER report_evidence_never_updated")
        await connection.execute("UPDATE report_evidence SET content = x'00' WHERE id = 3")
    looked = {one.what: one for one in await examine(settings)}
    (wrong,) = looked["举报"].wrong
    assert wrong.startswith("第 1 件举报的材料被改动过。请停掉机器人，用备份恢复：")
