from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_disks import small_disk_at


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    with small_disk_at(tmp_path / "small", "2m") as folder:
        yield folder
