"""Reads the delivery records of one person, which the program only counts and compares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import aiosqlite

from jianggao.access.deliveries import DeliveryOutcome
from jianggao.clock import from_text
from jianggao.database.statements import fetch_rows


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """A text that was about to leave when this was stored, without how its copy was marked."""

    id: int
    at: datetime
    account: str
    """The account of the person who asked, also where a group was shown the text."""
    version: int
    section: int | None
    """The section's id; None for the full text."""
    place: str
    """The value of a `PlaceKind`."""
    chat: str
    """The group's id, or the friend's account."""
    form: str
    outcome: DeliveryOutcome
    sha256: str | None


async def deliveries_of(connection: aiosqlite.Connection, account: str) -> list[DeliveryRecord]:
    """Returns the records of one person, oldest first."""
    rows = await fetch_rows(connection, "SELECT * FROM deliveries WHERE account = ? ORDER BY id", (account,))
    return [
        DeliveryRecord(
            row["id"],
            from_text(row["at"]),
            row["account"],
            row["version"],
            row["section"],
            row["place"],
            row["chat"],
            row["form"],
            DeliveryOutcome(row["outcome"]),
            row["sha256"],
        )
        for row in rows
    ]
