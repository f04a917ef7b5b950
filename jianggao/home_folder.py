"""Furnishes a new home: the folder in which an installed bot keeps its settings, its library and its
database."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from jianggao.database.failures import explain_error
from jianggao.database.private_files import private_folder
from jianggao.errors import CannotStart
from jianggao.install_paths import IS_INSTALLED, SAMPLE_LIBRARY
from jianggao.settings import Settings

_UNFINISHED = ".samples-"
"""What the name of a folder begins with in which samples are being copied."""
_LONGEST_COPY = 600
"""Seconds after which a start that copies them has ended, one way or another."""


def furnish(
    home: Path, settings: Settings, *, is_installed: bool = IS_INSTALLED, samples: Path = SAMPLE_LIBRARY
) -> str | None:
    """Copies the sample library into a home in which the bot has never run, so that there is something to
    search.

    Returns a Chinese line for the operator; None where nothing was copied: a checkout has the samples in
    place, a library named by LIBRARY_DIR is the operator's own, and where there is a database, a missing
    library is an error to be reported and not to be filled with other texts.

    Raises CannotStart where they can't be copied; what was copied by then is taken away again.
    """
    library = home / "data" / "speeches"
    is_new = not library.exists() and not library.is_symlink() and not settings.database_file.exists()
    if not is_installed or settings.library_dir != library or not is_new:
        return None
    try:
        private_folder(library.parent)
        with tempfile.TemporaryDirectory(dir=library.parent, prefix=_UNFINISHED) as folder:
            _delete_unfinished(Path(folder))
            _copy(samples, Path(folder) / library.name)
            try:
                (Path(folder) / library.name).rename(library)
            except OSError:
                if not library.exists():  # where it exists another start was faster
                    raise
    except OSError as error:
        raise explain_error(error, library) or CannotStart(
            f"样例讲稿放不进 {library}（{error.strerror}）。请检查这个文件夹，再运行。"
        ) from None
    return f"第一次在这里运行：样例讲稿放在 {library}，换成自己的讲稿就行。"


def _delete_unfinished(own: Path) -> None:
    """Deletes what starts that were killed while they copied have left; what is younger may be another
    start's."""
    for other in own.parent.glob(f"{_UNFINISHED}*"):
        if own.stat().st_mtime - other.stat().st_mtime > _LONGEST_COPY:
            shutil.rmtree(other, ignore_errors=True)


def _copy(folder: Path, target: Path) -> None:
    """Copies a folder. Raises the first OSError: `shutil.copytree` gathers them in one without an errno."""
    target.mkdir()
    for entry in folder.iterdir():
        if entry.is_dir():
            _copy(entry, target / entry.name)
        else:
            # Not `shutil.copyfile`: its errors name the file that was read, on another disk.
            (target / entry.name).write_bytes(entry.read_bytes())
