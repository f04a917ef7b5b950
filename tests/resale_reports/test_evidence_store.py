"""Evidence is kept as it came, and counted."""

from __future__ import annotations

import hashlib

from report_desk import LEAK, OTHER, REPORTER, Desk, complaint

from jianggao.resale_reports import evidence_store
from jianggao.resale_reports.case_decisions import Payment
from jianggao.resale_reports.model import Piece, PieceKind

PICTURE = Piece(PieceKind.PICTURE, "截图.jpg", content=b"\xff\xd8 a picture")
TEXT = Piece(PieceKind.TEXT, text=LEAK)
SIZE = len(PICTURE.content) + len(LEAK.encode())


async def test_a_picture_keeps_its_bytes_and_name_and_a_text_its_words(desk: Desk) -> None:
    await desk.file(complaint(None, TEXT, PICTURE))
    case = await desk.case(1)
    assert [(piece.kind, piece.name, piece.text, piece.size) for piece in case.evidence] == [
        (PieceKind.TEXT, "", LEAK, len(LEAK)),
        (PieceKind.PICTURE, "截图.jpg", "", len(PICTURE.content)),
    ]
    assert [piece.sha256 for piece in case.evidence] == [
        hashlib.sha256(content).hexdigest() for content in (LEAK.encode(), PICTURE.content)
    ]
    async with desk.database.read() as connection:
        assert await evidence_store.content(connection, case.evidence[1].id) == PICTURE.content


async def test_the_extent_of_a_case_is_that_of_all_its_reports(desk: Desk) -> None:
    await desk.file(complaint("20001", TEXT))
    await desk.file(complaint("20001", PICTURE), OTHER)
    async with desk.database.read() as connection:
        assert await evidence_store.extent_of(connection, 1) == (2, SIZE)
        assert await evidence_store.extent_of(connection, 99) == (0, 0)


async def test_what_of_a_person_is_not_upheld_waits(desk: Desk) -> None:
    await desk.file(complaint("20001", TEXT, PICTURE))
    async with desk.database.read() as connection:
        assert await evidence_store.bytes_filed(connection) == SIZE
        assert await evidence_store.bytes_waiting(connection, REPORTER) == SIZE
        assert await evidence_store.bytes_waiting(connection, OTHER) == 0
    await desk.uphold(1, Payment.NOTHING)
    async with desk.database.read() as connection:
        assert await evidence_store.bytes_filed(connection) == SIZE
        assert await evidence_store.bytes_waiting(connection, REPORTER) == 0
    await desk.reopen(1)
    await desk.reject(1)
    async with desk.database.read() as connection:
        assert await evidence_store.bytes_waiting(connection, REPORTER) == SIZE
