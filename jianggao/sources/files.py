"""Source files as text: .txt, .md, .docx, and .zip of these. Files are only ever read.

Nothing in a file raises: what can't be read is a `RefusedFile` with its reason in Chinese. Members of a .zip are read in
memory, never written to disk, and counted while being read: the sizes in a header prove nothing.
"""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from jianggao.sources.encodings import decode
from jianggao.sources.markdown import looks_like_markdown, markdown_headings, plain_markdown
from jianggao.sources.word import MAX_ELEMENTS, MAX_LINES, DocumentTooLarge, read_word

SUFFIXES = frozenset({".txt", ".md", ".docx", ".zip"})
MAX_FILE = 20 * 1024 * 1024
MAX_MEMBER = 20 * 1024 * 1024
MAX_ARCHIVE = 200 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_CHARACTERS = 1_000_000
_MOST_BYTES_A_CHARACTER = 4
_TOO_LONG = f"超过 {MAX_CHARACTERS // 10_000} 万字，不像一篇讲话。请拆成单篇"
_TOO_LARGE = "解开后太大，没有读"
_CHUNK = 1 << 16
_READ_AGAIN = 3
"""A file that changes while it is read is read again so many times in all."""
LONGEST_PART = 255
LONGEST_NAME = 4_000
"""Characters of a name in an archive: no file system takes more, so that nobody can have packed such a file."""
_SHOWN_OF_NAME = 60
_SKIPPED = re.compile(r"(^|/)(\.|~\$|__MACOSX/)|(^|/)readme\.(md|txt)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text: its path in the library (`folder/a.zip/inner.txt`), its characters with LF line ends, its encoding, and
    the lines that the file itself sets as headings (Word's Heading 1, ##), with how deep."""

    path: str
    text: str
    encoding: str
    headings: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file or member that is no text of ours, and why. `passing`: it may well be readable another time as it is."""

    path: str
    reason: str
    passing: bool = False


class _TooLarge(Exception):
    """More bytes than allowed came out of a file or an archive."""


class _NoFile(Exception):
    """A pipe, a device, a folder: nothing that ends."""


class _Changing(Exception):
    """Somebody writes the file while it is read."""


def read_source(path: Path, name: str | None = None) -> list[SourceText | RefusedFile]:
    """All texts of a file; `name` is its path in the library (the file's own name by default)."""
    name = path.name if name is None else name
    try:
        content = _whole_content(path)
    except _TooLarge:
        return [RefusedFile(name, f"文件超过 {MAX_FILE // 1024 // 1024} MB，没有读")]
    except _NoFile:
        return [RefusedFile(name, "不是普通文件，没有读")]
    except _Changing:
        return [RefusedFile(name, "正在被改写，这次没有读。写完后请重新载入", passing=True)]
    except OSError as error:
        return [RefusedFile(name, f"打不开（{reason_for_os_error(error)}）", passing=True)]
    if path.suffix.lower() == ".zip":
        return list(_read_zip(content, name))
    return [_read_member(content, name)]


def reason_for_os_error(error: OSError) -> str:
    """What the system says, for the operator."""
    known = {
        errno.ENOENT: "刚才还在，读的时候不见了",
        errno.EACCES: "没有读取权限",
        errno.EPERM: "没有读取权限",
        errno.ELOOP: "链接绕回了自己",
        errno.EIO: "磁盘读不出来",
        errno.ENAMETOOLONG: "路径太长",
    }
    return known.get(error.errno or 0) or str(error.strerror or type(error).__name__)


def _whole_content(path: Path) -> bytes:
    """The bytes of a regular file, none of which changed meanwhile. What has become a pipe or device since it was listed
    is opened without waiting for anybody, and not read."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    for _ in range(_READ_AGAIN):
        with os.fdopen(os.open(path, flags), "rb") as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise _NoFile
            if before.st_size > MAX_FILE:
                raise _TooLarge
            content = _read_at_most(file, MAX_FILE)
            after = os.fstat(file.fileno())
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) and (
            len(content) == after.st_size
        ):
            return content
    raise _Changing


def text_in(content: bytes, name: str) -> str:
    """The text of a file that somebody sent, or "" where there is none (`read_sent_file`)."""
    found = read_sent_file(content, name)
    return found.text if isinstance(found, SourceText) else ""


def read_sent_file(content: bytes, name: str) -> SourceText | RefusedFile:
    """The text of a file that somebody sent: a .docx by its bytes, else text as it stands and never Markdown, whatever
    it is called. Who may have made the file to do harm is read in a process of its own (`isolated_reader`)."""
    return _read_docx(content, name) if content.startswith(b"PK") else _read_plain(content, name)


def _read_member(content: bytes, name: str) -> SourceText | RefusedFile:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".docx" and content.strip():
        return _read_docx(content, name)
    found = _read_plain(content, name)
    if isinstance(found, SourceText) and (suffix == ".md" or looks_like_markdown(found.text)):
        return _text(name, plain_markdown(found.text), found.encoding, markdown_headings(found.text))
    return found


def _read_plain(content: bytes, name: str) -> SourceText | RefusedFile:
    """A text file as it stands."""
    if not content.strip():
        return RefusedFile(name, "空文件")
    if len(content) > MAX_CHARACTERS * _MOST_BYTES_A_CHARACTER:
        return RefusedFile(name, _TOO_LONG)
    decoded = decode(content)
    if decoded is None:
        return RefusedFile(name, "不是文本文件，或编码认不出。请另存为 UTF-8 文本")
    text, encoding = decoded
    return _text(name, text.replace("\r\n", "\n").replace("\r", "\n"), encoding, {})


def _text(name: str, text: str, encoding: str, headings: Mapping[str, int]) -> SourceText | RefusedFile:
    """The text, if it is of a length that may be looked at: this is asked before any pattern runs."""
    if len(text) > MAX_CHARACTERS:
        return RefusedFile(name, _TOO_LONG)
    if not text.strip():
        return RefusedFile(name, "空文件")
    if text.count("\n") > MAX_LINES:
        return RefusedFile(name, f"超过 {MAX_LINES // 10_000} 万行，不像一篇讲话。请拆成单篇")
    return SourceText(name, text, encoding, headings)


# --- .docx ------------------------------------------------------------------------------------------------------


def _read_docx(content: bytes, name: str) -> SourceText | RefusedFile:
    try:
        _weigh(content)
        word = read_word(content)
    except _TooLarge:
        return RefusedFile(name, _TOO_LARGE)
    except DocumentTooLarge as reason:
        return RefusedFile(name, str(reason))
    except MemoryError:
        return RefusedFile(name, "读起来太占内存，没有读。请拆成单篇")
    except Exception:  # python-docx and its XML raise dozens of kinds for a broken file
        return RefusedFile(name, "不是完好的 Word 文档（.docx）。请用 Word 打开后另存一份")
    return _text(name, "\n".join(word.lines), "docx", word.headings)


def _weigh(content: bytes) -> None:
    """Raise _TooLarge for a document that unpacks to more bytes or more XML than a speech has."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise _TooLarge
        budget = MAX_ARCHIVE
        for member in members:
            with archive.open(member) as stream:
                unpacked = _read_at_most(stream, min(budget, MAX_MEMBER * 2))
            budget -= len(unpacked)
            if unpacked.count(b"<") > MAX_ELEMENTS:
                raise _TooLarge


# --- .zip -------------------------------------------------------------------------------------------------------


def _read_zip(content: bytes, name: str) -> Iterator[SourceText | RefusedFile]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        yield RefusedFile(name, "不是完好的压缩包（.zip）。请重新压缩")
        return
    with archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > MAX_MEMBERS:
            yield RefusedFile(name, f"压缩包里超过 {MAX_MEMBERS} 个文件。请拆成几个")
            return
        budget = MAX_ARCHIVE
        names = _distinct(map(member_name, members))
        for member, inner in zip(members, names, strict=True):
            if is_safe_name(inner) and _SKIPPED.search(inner):
                continue
            text, used = _read_zip_member(archive, member, f"{name}/{inner}", inner, budget)
            budget -= used
            if text is not None:
                yield text
            if budget <= 0:
                yield RefusedFile(name, "压缩包解开后太大，后面的没有读")
                return


def _read_zip_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: str, inner: str, budget: int
) -> tuple[SourceText | RefusedFile | None, int]:
    """The text or refusal of a member (None for kinds that aren't ours), and how many bytes it unpacked to."""
    if not is_safe_name(inner):
        return RefusedFile(path, "压缩包里的文件名带有路径记号，没有读"), 0
    if len(inner) > LONGEST_NAME or max(map(len, inner.split("/"))) > LONGEST_PART:
        return RefusedFile(path[:_SHOWN_OF_NAME] + "…", "压缩包里的文件名太长，没有读"), 0
    suffix = PurePosixPath(inner).suffix.lower()
    if suffix == ".zip":
        return RefusedFile(path, "压缩包里的压缩包不读。请先解开"), 0
    if suffix not in SUFFIXES:
        return None, 0
    if member.flag_bits & 1:
        return RefusedFile(path, "压缩包加了密码，没有读"), 0
    try:
        with archive.open(member) as stream:
            content = _read_at_most(stream, min(budget, MAX_MEMBER))
    except _TooLarge:
        return RefusedFile(path, _TOO_LARGE), min(budget, MAX_MEMBER)
    except MemoryError:
        raise
    except Exception:  # each way of packing raises kinds of its own, and so does a name that differs inside
        return RefusedFile(path, "压缩包里的这个文件坏了"), 0
    return _read_member(content, path), len(content)


def _read_at_most(stream: IO[bytes], most: int) -> bytes:
    content = bytearray()
    while chunk := stream.read(_CHUNK):
        content += chunk
        if len(content) > most:
            raise _TooLarge
    return bytes(content)


def member_name(member: zipfile.ZipInfo) -> str:
    """A member's name. What Chinese Windows writes in GBK, and macOS in UTF-8 without saying so, comes out of `zipfile`
    as cp437."""
    if member.flag_bits & 0x800:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeError):
            return member.filename.encode("cp437").decode(encoding)
    return member.filename


def _distinct(names: Iterable[str]) -> list[str]:
    """The names of an archive's members, with a number where one comes again: each is a text of its own."""
    seen: set[str] = set()
    distinct = []
    for name in names:
        distinct.append(free_name(name, seen.__contains__))
        seen.add(distinct[-1])
    return distinct


def free_name(path: str, is_taken: Callable[[str], bool]) -> str:
    """`path`, with a number before its suffix where another file has that name."""
    if not is_taken(path):
        return path
    suffix = PurePosixPath(path).suffix
    stem = path[: len(path) - len(suffix)]
    number = 2
    while is_taken(f"{stem}（{number}）{suffix}"):
        number += 1
    return f"{stem}（{number}）{suffix}"


def is_safe_name(name: str) -> bool:
    """Whether a member's name is a plain relative path."""
    parts = name.split("/")
    return not (
        name.startswith("/") or "\\" in name or ":" in name or "\0" in name or ".." in parts or "" in parts
    )
