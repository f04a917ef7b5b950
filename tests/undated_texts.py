"""Texts with and without a date, and the day that the library gives a file."""

from __future__ import annotations

from datetime import date

from speech_texts import PLAIN, numbered

from jianggao.application import Application
from jianggao.library import speech_store

UNDATED = PLAIN.replace("日期：2023-05-12\n\n", "").replace("护士", "会计")
DATED = numbered("防汛", 80)


async def day_of(application: Application, title: str) -> date | None:
    async with application.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT number FROM speeches WHERE version IS NOT NULL")
        speeches = await speech_store.speeches(connection, [row[0] for row in rows])
    return next((row.material_date for row in speeches.values() if title in row.title), None)
