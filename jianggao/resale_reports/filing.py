"""Files a report: decides who may, finds the case it belongs to, and stores all of it."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import datetime, timedelta, tzinfo

import aiosqlite

from jianggao.database import Database
from jianggao.errors import NotAllowed
from jianggao.resale_reports import evidence_store, store
from jianggao.resale_reports.model import Complaint, Piece, PieceKind, Report
from jianggao.text.normal_form import normal_form

MAX_OPEN = 3
"""Reports of one person that wait for a decision."""
COOLDOWN = timedelta(days=7)
"""How long a person can't report after the first report that was rejected; each further rejection doubles
it."""
LONGEST_COOLDOWN = timedelta(days=365)
MAX_PIECES_OF_A_CASE = 50
MAX_BYTES_OF_A_CASE = 60 * 1024 * 1024
"""Bytes of a case's evidence, which 查看举报 lists and traces together. A report beyond these opens a case of its
own."""
TELLING_CHARACTERS = 20
"""A text shorter than this in its normal form is no sign of the same case: “见图” stands in many reports."""


async def waiting_and_filed(database: Database, person: str, message: str) -> tuple[int, bool]:
    """Returns the bytes of the person's evidence in cases that weren't upheld, and whether the message has
    filed a report."""
    async with database.read() as connection:
        waiting = await evidence_store.bytes_waiting(connection, person)
        return waiting, await store.is_filed(connection, message)


async def file(
    connection: aiosqlite.Connection,
    complaint: Complaint,
    *,
    reporter: str,
    at: datetime,
    message: str,
    zone: tzinfo,
) -> Report:
    """Stores a report with its evidence, joined to the open case of the same matter if there is one.

    Takes the connection of `database.write()`. Raises what `require_may_report` does, and AlreadyProcessed if
    `message` has filed one already.
    """
    await store.require_unused(connection, message)
    await require_may_report(connection, reporter, at, zone)
    joined_to = await _same_case(connection, complaint)
    report = await store.add_report(
        connection, complaint, reporter=reporter, at=at, message=message, joined_to=joined_to
    )
    # One piece in memory at a time: twenty megabytes from each of ten reporters at once would be too much.
    for piece in complaint.pieces:
        whole = await asyncio.to_thread(piece.loaded)
        await evidence_store.add_evidence(connection, report.number, whole, likeness(whole))
    return report


async def require_may_report(
    connection: aiosqlite.Connection, reporter: str, now: datetime, zone: tzinfo
) -> None:
    """Raises NotAllowed for somebody with too many open reports, or whose reports were false lately."""
    waiting = await store.open_reports_of(connection, reporter)
    if waiting >= MAX_OPEN:
        raise NotAllowed(f"你有 {waiting} 件举报还在核实，等有了结果再报新的。")
    until = cooldown_end(await store.rejections_of(connection, reporter))
    if until is not None and now < until:
        raise NotAllowed(
            f"上次的举报没有成立，{until.astimezone(zone):%Y-%m-%d %H:%M} 之后可以再报。谢谢理解。"
        )


def cooldown_end(rejections: list[datetime]) -> datetime | None:
    """Returns when somebody may report again whose reports were rejected at these moments, oldest first; None
    if none were."""
    if not rejections:
        return None
    cooldown: timedelta = COOLDOWN * 2 ** min(len(rejections) - 1, 10)
    return rejections[-1] + min(cooldown, LONGEST_COOLDOWN)


def likeness(piece: Piece) -> str | None:
    """Returns what is the same for the same evidence: the normal form of a text, the bytes of all else. None
    for a text too short to tell."""
    if piece.kind is not PieceKind.TEXT:
        return "bytes:" + (piece.file.sha256 if piece.file else hashlib.sha256(piece.content).hexdigest())
    form = normal_form(piece.text)
    if len(form) < TELLING_CHARACTERS:
        return None
    return "text:" + hashlib.sha256(form.encode("utf-8")).hexdigest()


async def _same_case(connection: aiosqlite.Connection, complaint: Complaint) -> int | None:
    """Returns the open case of the same account, or else of the same evidence. Two accounts that sell one
    text are two sellers, and two cases. A case that is full takes nothing in: the operator looks at all of a
    case at once."""
    if complaint.accused is not None:
        for number in await store.open_cases_against(connection, complaint.accused):
            if await _has_room(connection, number, complaint):
                return number
    likenesses = [known for known in map(likeness, complaint.pieces) if known is not None]
    for number in await store.open_cases_with(connection, likenesses):
        case = await store.case(connection, number)
        assert case is not None
        # The same text from somebody who names another seller is another matter.
        fits = complaint.accused is None or case.accused is None
        if fits and await _has_room(connection, number, complaint):
            return number
    return None


async def _has_room(connection: aiosqlite.Connection, number: int, complaint: Complaint) -> bool:
    pieces, size = await evidence_store.extent_of(connection, number)
    more = sum(piece.size or len(piece.text) for piece in complaint.pieces)
    return pieces + len(complaint.pieces) <= MAX_PIECES_OF_A_CASE and size + more <= MAX_BYTES_OF_A_CASE
