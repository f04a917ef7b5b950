"""Archives as the tests of tracing find them, each test its own."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from archive import BUSINESS, LONG, MEMBERS, SHORT, UNSENT, VILLAGES, Archive, fixed_keys, open_application
from traced_texts import LIBRARY


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample library, and its four longest speeches delivered to thirty members."""
    folder = tmp_path_factory.mktemp("recorded")
    fixed_keys(folder)

    async def prepare() -> None:
        application = await open_application(folder)
        await application.importer.run()
        archive = Archive(application)
        await archive.keep_few_places(SHORT)
        for title in LONG:
            for account in MEMBERS:
                await archive.deliver(account, title)
        await application.close()

    asyncio.run(prepare())
    return folder


@pytest.fixture
async def archive(recorded: Path, tmp_path: Path) -> AsyncIterator[Archive]:
    shutil.copytree(recorded, tmp_path / "data")
    application = await open_application(tmp_path / "data")
    yield Archive(application)
    await application.close()


@pytest.fixture
async def changing(tmp_path: Path) -> AsyncIterator[Archive]:
    """A library of a few speeches that a test changes; the long one has been delivered to thirty members."""
    library = tmp_path / "library"
    for title in (BUSINESS, SHORT, UNSENT, VILLAGES):
        source = next(path for path in LIBRARY.rglob("*.txt") if title in path.name)
        (library / source.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copy(source, library / source.parent.name)
    (tmp_path / "data").mkdir()
    fixed_keys(tmp_path / "data")
    application = await open_application(tmp_path / "data", library)
    await application.importer.run()
    one = Archive(application)
    for account in MEMBERS:
        await one.deliver(account, BUSINESS)
    yield one
    await application.close()
