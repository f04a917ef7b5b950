"""Decides which folder the sandbox may use: an empty one, or one that it has marked as its own; never the
live bot's."""

from __future__ import annotations

from pathlib import Path

from jianggao.database.failures import explain_error
from jianggao.database.private_files import private_folder
from jianggao.errors import CannotStart
from jianggao.install_paths import COMMAND

MARKER = ".jianggao-sandbox"
"""The file that marks a folder as the sandbox's."""
_MARKED = f"这个文件夹归讲稿机器人的沙盒（{COMMAND} --sandbox）用，里面没有正式数据，可以整个删掉。\n"
_EARLIER = frozenset({"clock", "clock.new", "bot.log", "data"})
"""All that the sandbox of the first releases, which left no marker, made in its folder. A live bot makes no
`clock`."""


def claim_folder(folder: Path, live_database: Path, live_library: Path) -> None:
    """Makes a folder the sandbox's and marks it. Raises CannotStart, and touches nothing, if it may not have
    it."""
    refuse_overlap(folder, live_database, live_library)
    if folder.exists() and not folder.is_dir():
        raise CannotStart(f"{folder} 不是文件夹。请给沙盒换一个文件夹。")
    if not (folder / MARKER).is_file() and not _is_free(folder):
        raise CannotStart(f"{folder} 里有别的东西。沙盒只用空文件夹或它自己用过的文件夹，请换一个。")
    try:
        private_folder(folder)
        (folder / MARKER).write_text(_MARKED, "utf-8")
    except OSError as error:
        raise explain_error(error, folder) or CannotStart(
            f"{folder} 用不了（{error.strerror}）。请给沙盒换一个文件夹。"
        ) from None


def refuse_overlap(folder: Path, live_database: Path, live_library: Path) -> None:
    """Raises CannotStart for a folder that holds the live database, is its folder, or overlaps the live
    library.

    Symbolic links are followed on both sides; a hard link of the database counts as the database.
    """
    place, database, library = folder.resolve(), live_database.resolve(), live_library.resolve()
    own = place / "data" / "bot.db"
    holds = database.is_relative_to(place) or own.resolve() == database or _is_same(own, database)
    if holds or place == database.parent or own.resolve().parent == database.parent:
        raise CannotStart(f"{folder} 里是正式机器人的数据（DATABASE_FILE）。请给沙盒换一个文件夹。")
    if place.is_relative_to(library) or library.is_relative_to(place):
        raise CannotStart(f"{folder} 是正式的资料文件夹（LIBRARY_DIR）或和它重叠。请给沙盒换一个文件夹。")


def _is_same(path: Path, other: Path) -> bool:
    return path.exists() and other.exists() and path.samefile(other)


def _is_free(folder: Path) -> bool:
    """Returns whether nothing is in a folder, or only what a sandbox of an earlier release left."""
    names = {path.name for path in folder.iterdir()} if folder.exists() else set()
    data = folder / "data"
    if not names or data.is_symlink():
        return not names
    inside = {path.name for path in data.iterdir()} if data.is_dir() else set()
    return (
        (folder / "clock").is_file() and names <= _EARLIER and all(name.startswith("bot.") for name in inside)
    )
