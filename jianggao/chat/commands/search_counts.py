"""Counts members' searches, for what they read of the year when a subscription has ended."""

from __future__ import annotations

from aiosqlite import Connection

from jianggao.access import usage_counts
from jianggao.chat.commands.request import Request


async def record_search(request: Request, connection: Connection, *, is_counted: bool) -> None:
    """Records that the message has acted, and counts the search in the same transaction if it is to be
    counted. Raises AlreadyProcessed."""
    await request.processed_message.record(connection)
    if is_counted:
        year = request.now.astimezone(request.application.settings.timezone).year
        await usage_counts.count_search(connection, request.account, year)
