"""The topics of a speech are those of the folders in which its files lie."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jianggao.library import speech_store
from jianggao.library.speech_topics import settle_topics

TEXT = "在清塘会上的讲话\n同志们：\n一、先看水\n塘里的水浅了一半，先清淤，再补埂，三天之内把账算给大家听。\n"


async def test_the_topics_follow_the_files(open_application: Callable[..., Any], library: Path) -> None:
    for path in library.iterdir():
        shutil.rmtree(path)
    for folder in ("水利", "农业"):
        (library / folder).mkdir()
        (library / folder / "讲话.txt").write_text(TEXT, "utf-8")
    application = await open_application()
    await application.importer.run()
    async with application.database.write() as connection:
        assert {*(await speech_store.require_listed(connection, 1)).topics} == {"水利", "农业"}
        assert await settle_topics(connection, 1) is False
        await connection.execute("UPDATE sources SET present = 0 WHERE path LIKE '农业/%'")
        assert await settle_topics(connection, 1) is True
        assert (await speech_store.require_listed(connection, 1)).topics == ("水利",)
