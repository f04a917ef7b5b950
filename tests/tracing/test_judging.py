"""Leaks of texts that stand in the library more than once: by themselves, and in a collection of several."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from archive import BUSINESS, GUILTY, MEMBERS, VILLAGES, Archive, fixed_keys, names, open_application
from traced_texts import LIBRARY

from jianggao.library import speech_store as library_store
from jianggao.parsing.volume_layout import ONE_SPEECH
from jianggao.tracing.alpha_spending import OPERATORS, Share

COLLECTION = "在全省干部学习会上的讲话"


def source(title: str) -> Path:
    return next(path for path in LIBRARY.rglob("*.txt") if title in path.name)


@pytest.fixture
async def collected(tmp_path: Path) -> AsyncIterator[Archive]:
    """Two lectures and a collection of both, each delivered to thirty members."""
    library, data = tmp_path / "library", tmp_path / "data"
    library.mkdir()
    data.mkdir()
    fixed_keys(data)
    for title in (BUSINESS, VILLAGES):
        shutil.copy(source(title), library)
    application = await open_application(data, library)
    await application.importer.run()
    archive = Archive(application)
    async with application.database.read() as connection:
        bodies = [
            await library_store.version_text(connection, await archive.version(title))
            for title in (BUSINESS, VILLAGES)
        ]
    # Whoever wants them as one text says so; otherwise the file would be read as a volume of two speeches.
    text = "\n".join((COLLECTION, "", "同志们：", *bodies, ONE_SPEECH))
    (library / "collection.txt").write_text(text, "utf-8")
    await application.importer.run()
    for title in (BUSINESS, VILLAGES, COLLECTION):
        for account in MEMBERS:
            await archive.deliver(account, title)
    yield archive
    await application.close()


async def test_pieces_of_two_lectures_add_up_though_a_collection_has_both(collected: Archive) -> None:
    """Neither piece tells anything by itself, and who has the collection too has other bits in that."""
    copies = [(await collected.copy(GUILTY, title)).text for title in (BUSINESS, VILLAGES)]
    pieces = [text[len(text) // 3 : len(text) * 53 // 100] for text in copies]
    assert names(await collected.examine("\n".join(pieces))) == [GUILTY]
    for piece in pieces:
        assert names(await collected.examine(piece)) == []


async def test_a_piece_of_the_collection_names_by_the_collection(collected: Archive) -> None:
    text = (await collected.copy(GUILTY, COLLECTION)).text
    found = await collected.examine(text[len(text) // 3 : len(text) * 2 // 3])
    assert names(found) == [GUILTY]
    assert len(found.texts) == 3


async def test_copies_of_two_members_mixed_are_each_judged_alone(collected: Archive) -> None:
    other = MEMBERS[0]
    copies = [(await collected.copy(*one)).text for one in ((GUILTY, BUSINESS), (other, VILLAGES))]
    assert sorted(names(await collected.examine("\n".join(copies)))) == sorted([GUILTY, other])


async def test_what_is_judged_apart_divides_what_the_look_may_spend(collected: Archive) -> None:
    """All three texts, the collection, both lectures, and each of them."""
    found = await collected.examine((await collected.copy(GUILTY, COLLECTION)).text)
    assert names(found) == [GUILTY]
    assert found.named[0].accusation.weight == 5 * Share(OPERATORS, 0, 1).weight
