"""A database and an application without anything in them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from library_of_texts import opened

from jianggao.application import Application


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Application]:
    """An application on an empty library, in `tmp_path / "lib"`."""
    (tmp_path / "lib").mkdir()
    application = await opened(tmp_path, tmp_path / "lib")
    yield application
    await application.close()
