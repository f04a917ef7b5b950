"""What the ledger holds of rewards for cases."""

from __future__ import annotations

from report_desk import Desk

from jianggao.resale_reports.model import Piece, PieceKind

FILE = Piece(PieceKind.FILE, "讲话.docx", content=b"PK file")


async def rewards(desk: Desk) -> list[tuple[object, ...]]:
    return await desk.rows("SELECT member, note FROM ledger WHERE kind = 'reward' ORDER BY number")
