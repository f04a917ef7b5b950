"""What is shown with hits: their sections, titles and sources, read from one snapshot."""

from __future__ import annotations

from stored_speeches import AT, prepared, speech_text, store

from jianggao.database import Database
from jianggao.library import hit_store, listing, source_store, speech_store, version_store
from jianggao.library.source_store import SourceRow

CANAL = speech_text("在修渠会上的讲话", "修渠", "修闸")
ROAD = speech_text("在修路会上的讲话", "修路", day="2024年5月6日")


async def test_hits_are_looked_up_in_the_order_asked_for(database: Database) -> None:
    async with database.write() as connection:
        canal = await store(connection, prepared(CANAL))
        road = await store(connection, prepared(ROAD))
        row = await speech_store.require_listed(connection, canal)
        ids = [section.id for section in await speech_store.sections_of_version(connection, row.version)]
        for path in ("丙.txt", "乙.txt"):
            await source_store.put_source(connection, SourceRow(path, path, canal, None, present=True))
        await source_store.put_source(connection, SourceRow("甲.txt", "甲.txt", canal, None, present=False))
        await version_store.set_taken_down(connection, road, AT)
        await listing.list_speech(connection, road)
    asked = [*reversed(ids), 12345, ids[0]]
    looked_up = await database.run_in_snapshot(
        lambda snapshot: hit_store.look_up(snapshot, asked, [canal, road])
    )
    assert list(looked_up.rows) == list(reversed(ids))
    assert list(looked_up.titles) == [canal] and looked_up.titles[canal].title == "在修渠会上的讲话"
    assert looked_up.sources == {canal: min("丙.txt", "乙.txt")}
