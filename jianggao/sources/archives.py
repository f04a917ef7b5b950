"""Reads .zip archives, and weighs documents that are archives themselves (.docx, .odt).

Members are unpacked in memory and counted while they are: the sizes in a header prove nothing.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import PurePosixPath
from typing import IO

from jianggao.sources.document_text import MAX_ELEMENTS
from jianggao.sources.kinds import SUFFIXES, is_passed_over
from jianggao.sources.source_text import RefusedFile, SourceText

ReadMember = Callable[[bytes, str], SourceText | RefusedFile]
"""Makes a text of the bytes and the path of a member."""
# Limits in bytes, if no unit is named.
MAX_MEMBER = 20 * 1024 * 1024
MAX_ARCHIVE = 200 * 1024 * 1024
MAX_MEMBERS = 2_000
"""Files in an archive."""
LONGEST_PART = 255
LONGEST_NAME = 4_000
"""Characters of a name in an archive: no file system takes more, so that nobody can have packed such a file.
"""
TOO_LARGE = "解开后太大，没有读。请拆成几个文件，或只留文字"
_OTHER_KIND = "这种文件不读。请另存为 .docx 或 .txt"
_CHUNK = 1 << 16
_SHOWN_OF_NAME = 60


class TooLarge(Exception):
    """A file or an archive holds more bytes than allowed."""


def read_zip(content: bytes, name: str, read: ReadMember) -> Iterator[SourceText | RefusedFile]:
    """Yields the texts of an archive as `read` makes them of its members.

    It stops where what was unpacked exceeds MAX_ARCHIVE in all. Members of kinds that aren't read are refused as
    such; hidden ones and those that programs leave behind don't count.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        yield RefusedFile(name, "不是完好的压缩包（.zip）。请重新压缩")
        return
    with archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > MAX_MEMBERS:
            yield RefusedFile(name, f"压缩包里超过 {MAX_MEMBERS} 个文件。请拆成几个压缩包")
            return
        budget = MAX_ARCHIVE
        names = _distinct(map(member_name, members))
        for member, inner in zip(members, names, strict=True):
            if is_safe_name(inner) and is_passed_over(inner):
                continue
            text, used = _read_zip_member(archive, member, f"{name}/{inner}", inner, read, budget)
            budget -= used
            yield text
            if budget <= 0:
                yield RefusedFile(name, "压缩包解开后太大，后面的没有读。请解开后放进来，或拆成几个压缩包")
                return


def _read_zip_member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    path: str,
    inner: str,
    read: ReadMember,
    budget: int,
) -> tuple[SourceText | RefusedFile, int]:
    """Returns a member's text or refusal, and how many bytes it unpacked to.

    `path` is its path in the library, `inner` the one in the archive, `budget` what may still be unpacked.
    """
    if not is_safe_name(inner):
        return RefusedFile(path, "压缩包里的文件名带有路径记号，没有读。请解开、改名"), 0
    if len(inner) > LONGEST_NAME or max(map(len, inner.split("/"))) > LONGEST_PART:
        return RefusedFile(path[:_SHOWN_OF_NAME] + "…", "压缩包里的文件名太长，没有读。请解开，把名字改短"), 0
    suffix = PurePosixPath(inner).suffix.lower()
    if suffix == ".zip":
        return RefusedFile(path, "压缩包里的压缩包不读。请先解开"), 0
    if suffix not in SUFFIXES:
        return RefusedFile(path, _OTHER_KIND, other_kind=True), 0
    if member.flag_bits & 1:
        return RefusedFile(path, "压缩包加了密码，没有读。请解开后放进来"), 0
    try:
        with archive.open(member) as stream:
            content = read_at_most(stream, min(budget, MAX_MEMBER))
    except TooLarge:
        return RefusedFile(path, TOO_LARGE), min(budget, MAX_MEMBER)
    except MemoryError:
        raise
    except Exception:  # each way of packing raises kinds of its own, and so does a name that differs inside
        return RefusedFile(path, "压缩包里的这个文件坏了。请重新压缩，或把原来的文件放进来"), 0
    return read(content, path), len(content)


def weigh(content: bytes) -> None:
    """Raises TooLarge for a document that unpacks to more bytes or more XML elements than a speech has."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise TooLarge
        budget = MAX_ARCHIVE
        for member in members:
            with archive.open(member) as stream:
                unpacked = read_at_most(stream, min(budget, MAX_MEMBER * 2))
            budget -= len(unpacked)
            if unpacked.count(b"<") > MAX_ELEMENTS:
                raise TooLarge


def read_at_most(stream: IO[bytes], limit: int) -> bytes:
    """Returns all bytes of the stream. Raises TooLarge if there are more than `limit`."""
    content = bytearray()
    while chunk := stream.read(_CHUNK):
        content += chunk
        if len(content) > limit:
            raise TooLarge
    return bytes(content)


def member_name(member: zipfile.ZipInfo) -> str:
    """Returns the name of an archive's member.

    Chinese Windows writes names in GBK, and macOS in UTF-8 without saying so: both come out of `zipfile` as
    cp437.
    """
    # Bit 11 says that the name is UTF-8 (APPNOTE.TXT 4.4.4).
    if member.flag_bits & 0x800:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeError):
            return member.filename.encode("cp437").decode(encoding)
    return member.filename


def _distinct(names: Iterable[str]) -> list[str]:
    """Returns the names of an archive's members, with a number behind each that comes again.

    An archive may hold two files of one name; each is a text of its own.
    """
    seen: set[str] = set()
    distinct = []
    for name in names:
        distinct.append(free_name(name, seen.__contains__))
        seen.add(distinct[-1])
    return distinct


def free_name(path: str, is_taken: Callable[[str], bool]) -> str:
    """Returns `path`, with a number before its suffix where another file has that name: `讲话（2）.txt`."""
    if not is_taken(path):
        return path
    suffix = PurePosixPath(path).suffix
    stem = path[: len(path) - len(suffix)]
    number = 2
    while is_taken(f"{stem}（{number}）{suffix}"):
        number += 1
    return f"{stem}（{number}）{suffix}"


def is_safe_name(name: str) -> bool:
    """Returns whether a member's name is a relative path that leads nowhere else."""
    parts = name.split("/")
    return not (
        name.startswith("/") or "\\" in name or ":" in name or "\0" in name or ".." in parts or "" in parts
    )
