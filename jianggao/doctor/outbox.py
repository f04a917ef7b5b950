"""Counts answers to commands that changed something, and that nobody has got yet."""

from __future__ import annotations

from collections.abc import Iterator

from jianggao.doctor.finding import CheckContext, Finding
from jianggao.outbound.outbox_store import NOT_GIVEN


def check_outbox(context: CheckContext) -> Iterator[Finding]:
    """Yields how many wait. A running bot sends or lists them by itself, so none of it is wrong."""
    count = context.rows(f"SELECT count(*) AS count FROM outbox WHERE {NOT_GIVEN}")[0]["count"]
    noted = f"{count} 条，机器人连上 QQ 后会发出，或列给管理员" if count else "没有"
    yield Finding("等着的回复", noted=noted)
