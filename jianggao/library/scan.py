"""Finds the source files under a folder, what can't be read there, and the names that files are stored under.

A name on Linux is bytes. One that isn't UTF-8 (a Windows .zip unpacked there has GBK names) can stand in no
database and no message: it is stored under a stand-in, and found again by its bytes.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from jianggao.errors import WrongUse
from jianggao.sources.archives import free_name
from jianggao.sources.files import reason_for_os_error
from jianggao.sources.kinds import SUFFIXES, is_passed_over
from jianggao.sources.marked_texts import PAGE_SUFFIXES
from jianggao.text.quoting import visible

_OF_A_PAGE = ("_files", ".files")
"""How browsers and Word call the folder of what belongs to a saved page."""
_ESCAPED = range(0xDC80, 0xDD00)
"""The surrogates by which Python writes bytes that aren't UTF-8 (PEP 383)."""
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Unicode categories of characters that no name of a file has: text with one was not decoded rightly."""
_LINK_OUTSIDE = "是指向资料文件夹外面的链接，没有读。请把文件本身放进来"
_LINK_TO_FOLDER = "是指向别的文件夹的链接，没有进去。请把文件夹本身放进来"
_LINK_TO_NOTHING = "是指向不存在的文件的链接，没有读。请把文件本身放进来"
_NO_FILE = "不是普通文件（是管道、设备之类），没有读。请移走"
_LONGEST_NAMED = 200


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A source file as the folder lists it."""

    path: str
    """Its name in the database."""
    size: int
    modified_ns: int
    location: str
    """Where it lies under the root, as the system writes it.

    It differs from `path` if it is no UTF-8, or if another file has the name.
    """


@dataclass(frozen=True, slots=True)
class UnreadableFile:
    """A file or folder that can't be read, and why. What was read from it before stays as it is."""

    path: str
    reason: str
    location: str
    is_folder: bool


@dataclass(frozen=True, slots=True)
class Scanned:
    """What lies under a root, by path."""

    files: tuple[FoundFile, ...] = ()
    unreadable: tuple[UnreadableFile, ...] = ()
    other_kinds: tuple[str, ...] = ()
    """Paths of files of kinds that aren't read (slides, pictures)."""

    def hides(self, location: str) -> bool:
        """Returns whether a file of that location may well be there, though it wasn't listed."""
        return any(
            location == entry.location or (entry.is_folder and is_within(location, entry.location))
            for entry in self.unreadable
        )

    def has(self, path: str) -> bool:
        """Returns whether a file or folder of that stored name is there."""
        return any(is_within(file.path, path) for file in self.files)


@dataclass(slots=True)
class _Listed:
    """What a walk through the folders has listed so far."""

    files: list[tuple[str, os.stat_result]] = field(default_factory=list)
    """(location, state) of each file."""
    unreadable: list[tuple[str, str, bool]] = field(default_factory=list)
    """(location, reason, is folder) of what could not be read."""
    other_kinds: list[str] = field(default_factory=list)
    """The locations of files of kinds that aren't read."""


def scan(root: Path, known: Mapping[str, str] | None = None) -> Scanned:
    """Returns the source files under `root`. What can't be read there is `unreadable`; nothing raises.

    `known` holds the stored path of each location that was read before: a file keeps its name. Hidden files
    don't count; links to folders aren't followed, nor links out of the root; nothing is opened.
    """
    listed = _Listed()
    folders = [""]
    while folders:
        folders += _scan_folder(root, folders.pop(), listed)
    known = known or {}
    # Names of files in folders that can't be read today are kept for them.
    hidden = Scanned(unreadable=tuple(_unreadable(listed, {})))
    taken = {path for location, path in known.items() if hidden.hides(location)}
    names = _names([location for location, _ in listed.files], known, taken)
    files = [
        FoundFile(names[location], state.st_size, state.st_mtime_ns, location)
        for location, state in listed.files
    ]
    unreadable = _unreadable(listed, known)
    return Scanned(
        tuple(sorted(files, key=lambda file: file.path)),
        tuple(sorted(unreadable, key=lambda entry: entry.path)),
        tuple(sorted(map(readable_name, listed.other_kinds))),
    )


def readable_name(name: str) -> str:
    """Returns `name`, or part by part what stands for it if it isn't valid Unicode.

    Such a part is read as GB18030 if that makes text, else its bytes are written in hexadecimal (`%FF`).
    """
    return "/".join(map(_readable_part, name.split("/")))


def location_bytes(location: str) -> bytes:
    """Returns a location as the database keeps it: the system's own bytes."""
    return os.fsencode(location)


def location_of(stored: bytes) -> str:
    """Returns the location of stored bytes, the inverse of `location_bytes`."""
    return os.fsdecode(stored)


def is_within(location: str, folder: str) -> bool:
    """Returns whether a location is the folder or lies in it; the root is ""."""
    return not folder or location == folder or location.startswith(folder + "/")


def is_folder(path: Path) -> bool:
    """Returns whether a folder is there that may be read."""
    with suppress(OSError, ValueError):
        return path.is_dir()
    return False


def is_there(path: Path) -> bool:
    """Returns whether anything is there that may be looked up."""
    with suppress(OSError, ValueError):
        return path.exists()
    return False


_list_folder = os.scandir
"""The one way to a folder, for tests in which one can't be opened."""


# --- walking the folders ------------------------------------------------------------------------------------


def _scan_folder(root: Path, folder: str, listed: _Listed) -> list[str]:
    """Records the files of a folder; returns the locations of the folders in it.

    The last one is to be walked first.
    """
    try:
        with _list_folder(root / folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        listed.unreadable.append(
            (folder, f"打不开这个文件夹（{reason_for_os_error(error)}）。请检查后重新载入", True)
        )
        return []
    inner = []
    for entry in entries:
        location = f"{folder}/{entry.name}" if folder else entry.name
        try:
            if _is_folder(entry, location, listed):
                inner.append(location)
            elif is_passed_over(entry.name):
                continue
            elif _is_source(entry.name):
                _list_file(root, entry, location, listed)
            elif entry.is_file(follow_symlinks=False):
                listed.other_kinds.append(location)
        except OSError as error:
            listed.unreadable.append(
                (location, f"打不开（{reason_for_os_error(error)}）。请检查后重新载入", False)
            )
    return inner[::-1]


def _is_folder(entry: os.DirEntry[str], location: str, listed: _Listed) -> bool:
    """Returns whether an entry is a folder to go into.

    A link to a folder is recorded as unreadable: a loop of links would never end.
    """
    # .git, .Trash, ~tmp: what programs leave beside people's files.
    if entry.name.startswith((".", "~")) or _belongs_to_page(entry):
        return False
    if entry.is_symlink() and entry.is_dir():
        listed.unreadable.append((location, _LINK_TO_FOLDER, True))
    return entry.is_dir(follow_symlinks=False)


def _belongs_to_page(entry: os.DirEntry[str]) -> bool:
    """Returns whether a folder holds the pictures, scripts and frames of a web page that a browser saved beside
    it: 讲话_files beside 讲话.html."""
    stem = next((entry.name.removesuffix(end) for end in _OF_A_PAGE if entry.name.endswith(end)), "")
    return bool(stem) and any(Path(entry.path).with_name(stem + suffix).is_file() for suffix in PAGE_SUFFIXES)


def _is_source(name: str) -> bool:
    """Returns whether a file of that name is read."""
    return PurePosixPath(name.lower()).suffix in SUFFIXES


def _list_file(root: Path, entry: os.DirEntry[str], location: str, listed: _Listed) -> None:
    try:
        state = entry.stat()
    except FileNotFoundError:
        if not entry.is_symlink():  # deleted since the folder was listed: the caller records that
            raise
        listed.unreadable.append((location, _LINK_TO_NOTHING, False))
        return
    if stat.S_ISDIR(state.st_mode):  # a link to a folder of the name 讲稿.txt, reported as a folder already
        return
    if not stat.S_ISREG(state.st_mode):
        listed.unreadable.append((location, _NO_FILE, False))
    elif entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(root.resolve()):
        listed.unreadable.append((location, _LINK_OUTSIDE, False))
    else:
        listed.files.append((location, state))


def _unreadable(listed: _Listed, known: Mapping[str, str]) -> Iterator[UnreadableFile]:
    for location, reason, is_folder in listed.unreadable:
        path = known.get(location) or readable_name(location) or "资料文件夹"
        yield UnreadableFile(path, reason, location, is_folder)


# --- names --------------------------------------------------------------------------------------------------


def _names(locations: Iterable[str], known: Mapping[str, str], taken: set[str]) -> dict[str, str]:
    """Returns the stored name of each location.

    Files that were read before keep theirs; then come plain names, then stand-ins, each with a number if
    another file has the name.
    """
    names: dict[str, str] = {}
    taken = set(taken)

    def give(location: str, path: str) -> None:
        names[location] = path
        taken.add(path)

    # 会议.txt in UTF-8 and in GBK bytes look the same: the plain name wins, the stand-in becomes 会议
    # (2).txt.
    ordered = sorted(locations, key=lambda location: (readable_name(location) != location, location))
    for location in ordered:
        if location in known:
            give(location, known[location])
    for location in ordered:
        if location not in names:
            give(location, free_name(readable_name(location), taken.__contains__))
    return names


def _readable_part(part: str) -> str:
    if not any(unicodedata.category(character) == "Cs" for character in part):
        return part
    if _is_bytes(part):
        # Bytes of UTF-8 cut in the middle often are valid GB18030 too, but of characters that nobody writes.
        written = part.encode("utf-8", "surrogateescape")
        try:
            decoded = written.decode("gb18030")
        except UnicodeDecodeError:
            decoded = ""
        if decoded and not any(
            ord(character) > 0x7F and unicodedata.category(character) in _UNSEEN for character in decoded
        ):
            return decoded
    return "".join(map(_readable_character, part))


def _readable_character(character: str) -> str:
    if unicodedata.category(character) != "Cs":
        return character
    if ord(character) in _ESCAPED:
        return f"%{ord(character) - 0xDC00:02X}"
    return f"%u{ord(character):04X}"  # a lone surrogate of UTF-16, as Windows allows it in names


def _is_bytes(text: str) -> bool:
    """Returns whether every surrogate in it stands for a byte."""
    return all(ord(character) in _ESCAPED for character in text if unicodedata.category(character) == "Cs")


def scope_in(root: Path, under: Path | None) -> str | None:
    """Returns `under` as a path relative to the root; None for all of it.

    Raises WrongUse if it lies elsewhere (docs/rules.md, Library).
    """
    if under is None:
        return None
    absolute = (under if under.is_absolute() or is_there(under) else root / under).resolve()
    named = shown_name(str(under))
    if not absolute.is_relative_to(root.resolve()):
        raise WrongUse(f"只能导入资料文件夹 {root} 里面的文件。请先把 {named} 放进去。")
    relative = absolute.relative_to(root.resolve()).as_posix()
    return None if relative == "." else relative


def is_in_scope(file: FoundFile, scope: str) -> bool:
    """Returns whether a file lies in the scope, by its location or its stored name."""
    return is_within(file.location, scope) or is_within(file.path, scope)


def shown_name(location: str) -> str:
    """Returns a path that somebody asked for, as it may be quoted to them."""
    return visible(readable_name(location), _LONGEST_NAMED)
