"""Furnishes a new home: the folder in which an installed bot keeps its settings, its library and its
database."""

from __future__ import annotations

import shutil
from pathlib import Path

from jianggao.install_paths import IS_INSTALLED, SAMPLE_LIBRARY
from jianggao.settings import Settings


def furnish(
    home: Path, settings: Settings, *, is_installed: bool = IS_INSTALLED, samples: Path = SAMPLE_LIBRARY
) -> str | None:
    """Copies the sample library into a home in which the bot has never run, so that there is something to
    search.

    Returns a Chinese line for the operator; None where nothing was copied: a checkout has the samples in
    place, a library named by LIBRARY_DIR is the operator's own, and where there is a database, a missing
    library is an error to be reported and not to be filled with other texts.
    """
    library = home / "data" / "speeches"
    is_new = not library.exists() and not settings.database_file.exists()
    if not is_installed or settings.library_dir != library or not is_new:
        return None
    library.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copytree(samples, library)
    return f"第一次在这里运行：样例讲稿放在 {library}，换成自己的讲稿就行。"
