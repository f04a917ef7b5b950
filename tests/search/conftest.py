"""A house on the sample library, imported once for all tests that only read it."""

from __future__ import annotations

import random
import shutil
from collections.abc import AsyncIterator
from datetime import datetime, timezone
from pathlib import Path

import pytest
import pytest_asyncio
from project_root import ROOT

from jianggao.application import Application
from jianggao.deadline import TimeLimit
from jianggao.settings import load_settings

SAMPLES = ROOT / "data" / "speeches"
REPORTS = ROOT.parent / "shared" / "corpus"
NOW = datetime(2026, 11, 20, 4, 0, tzinfo=timezone.utc)


async def house_on(library: Path, folder: Path) -> Application:
    settings = load_settings({"LIBRARY_DIR": str(library), "DATABASE_FILE": str(folder / "bot.db")})
    application = await Application.open(
        settings, clock=lambda: NOW, rng=random.Random(1), workers=0, time_limit=TimeLimit(seconds=3_600)
    )
    await application.importer.run()
    return application


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def samples(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Application]:
    application = await house_on(SAMPLES, tmp_path_factory.mktemp("samples"))
    yield application
    await application.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def everything(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Application]:
    """The sample library and, where they are present, real reports."""
    folder = tmp_path_factory.mktemp("everything")
    shutil.copytree(SAMPLES, folder / "library")
    if REPORTS.is_dir():
        shutil.copytree(REPORTS, folder / "library" / "报告")
    application = await house_on(folder / "library", folder)
    yield application
    await application.close()
