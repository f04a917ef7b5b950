"""Shows operators their redeem codes: the batches, and who used the codes of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import aiosqlite

from jianggao.membership import ledger_store
from jianggao.membership.ledger import undone_by
from jianggao.membership.overviews import bounds
from jianggao.redeem_codes import code_store
from jianggao.redeem_codes.code_store import CodeBatch, UsedCode
from jianggao.redeem_codes.issuing import existing_batch

_BATCHES_A_PAGE = 10
_CODES_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A page of all batches, newest first."""

    batches: tuple[CodeBatch, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class UsedCodeLine:
    """A used code, and the entry that took the time back again, if one did. The code stays used."""

    code: UsedCode
    undone_by: int | None


@dataclass(frozen=True, slots=True)
class BatchReport:
    """A batch, and a page of its used codes, newest first."""

    batch: CodeBatch
    used: tuple[UsedCodeLine, ...]
    page: int
    pages: int


async def batches(connection: aiosqlite.Connection, page: int, size: int = _BATCHES_A_PAGE) -> BatchPage:
    """Returns a page of 卡密列表. Raises NotFound for a page that doesn't exist."""
    total = await code_store.last_batch(connection)
    skip, pages = bounds(page, total, size)
    found = await code_store.batches(connection, limit=size, skip=skip)
    return BatchPage(tuple(found), page, pages, total)


async def batch_report(
    connection: aiosqlite.Connection, number: int, page: int, size: int = _CODES_A_PAGE
) -> BatchReport:
    """Returns who used the codes of a batch. Raises NotFound for a batch or a page that doesn't exist."""
    batch = await existing_batch(connection, number)
    skip, pages = bounds(page, batch.used, size)
    used = await code_store.used_codes(connection, number, limit=size, skip=skip)
    undone = await undone_entries(connection)
    lines = tuple(UsedCodeLine(code, undone.get(code.entry)) for code in used)
    return BatchReport(batch, lines, page, pages)


async def undone_entries(connection: aiosqlite.Connection) -> Mapping[int, int]:
    """Returns which entries of the ledger were taken back, and by which."""
    return undone_by(await ledger_store.undo_entries(connection))
