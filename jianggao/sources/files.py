"""Reads source files as text: .txt, .md, .html, .docx, .epub, and .zip archives of these.

Nothing in a file raises: what can't be read is a `RefusedFile` with its reason in Chinese. Files are never
written. Members of a .zip are unpacked in memory and counted while they are: the sizes in a header prove
nothing.
"""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import IO

from jianggao.sources.encodings import decode
from jianggao.sources.html_pages import decode_page
from jianggao.sources.marked_texts import MARKDOWN_SUFFIXES, PAGE_SUFFIXES, book_text, unmarked
from jianggao.sources.mojibake import restored
from jianggao.sources.source_text import RefusedFile, SourceText
from jianggao.sources.word import MAX_ELEMENTS, MAX_LINES, DocumentTooLarge, read_word

__all__ = ["RefusedFile", "SourceText"]
SUFFIXES = frozenset({".txt", ".docx", ".epub", ".zip", *MARKDOWN_SUFFIXES, *PAGE_SUFFIXES})
# Limits in bytes, if no unit is named.
MAX_FILE = 20 * 1024 * 1024
MAX_MEMBER = 20 * 1024 * 1024
MAX_ARCHIVE = 200 * 1024 * 1024
MAX_MEMBERS = 2_000
"""Files in an archive."""
MAX_CHARACTERS = 1_000_000
"""Characters of a text, more than any speech has."""
_MAX_BYTES_A_CHARACTER = 4
"""No encoding takes more: a longer file is refused before it is decoded."""
_TOO_LONG = f"超过 {MAX_CHARACTERS // 10_000} 万字，不像一篇讲话。请拆成单篇"
_TOO_LARGE = "解开后太大，没有读"
_CHUNK = 1 << 16
_READ_AGAIN = 3
"""How often a file is read in all that changes while it is read."""
LONGEST_PART = 255
LONGEST_NAME = 4_000
"""Characters of a name in an archive: no file system takes more, so that nobody can have packed such a file.
"""
_SHOWN_OF_NAME = 60
# Hidden files, Word's lock files, what macOS adds to an archive, a README.
_SKIPPED = re.compile(r"(^|/)(\.|~\$|__MACOSX/)|(^|/)readme\.(md|txt)$", re.IGNORECASE)


class _TooLarge(Exception):
    """A file or an archive holds more bytes than allowed."""


class _NoFile(Exception):
    """The path names a pipe, a device or a folder: nothing that can be read to an end."""


class _Changing(Exception):
    """The file was changed each time while it was read."""


def read_source(path: Path, name: str | None = None) -> list[SourceText | RefusedFile]:
    """Returns the texts of a file, several for an archive, and refusals for what couldn't be read.

    `name` is its path in the library; by default the file's own name.
    """
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
    """Returns what went wrong, in Chinese for the common errors, else as the system says it."""
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
    """Returns the bytes of a regular file, none of which changed while it was read.

    Raises _NoFile, _TooLarge, _Changing, OSError.
    """
    # O_NONBLOCK: what has become a pipe since it was listed would wait here for somebody to write.
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
    """Returns the text of a file that somebody sent, "" where there is none (`read_sent_file`)."""
    source = read_sent_file(content, name)
    return source.text if isinstance(source, SourceText) else ""


def read_sent_file(content: bytes, name: str) -> SourceText | RefusedFile:
    """Returns the text of a file that somebody sent, as it stands.

    Its bytes decide, whatever it is called: what begins like a .zip is read as a .docx, all else as plain
    text and never as Markdown (a leaked text is compared to the letter). The file may have been made to do
    harm: `isolated_reader` calls this in a process of its own.
    """
    return _read_docx(content, name) if content.startswith(b"PK") else _read_plain(content, name)


def _read_member(content: bytes, name: str) -> SourceText | RefusedFile:
    """Returns the text of a file of the library, or of a member of an archive there, by its suffix."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".docx" and content.strip():
        return _read_docx(content, name)
    if suffix == ".epub" and content.strip():
        book = book_text(content)
        return (
            RefusedFile(name, book)
            if isinstance(book, str)
            else _text(name, book.text, "epub", book.headings)
        )
    source = _read_plain(content, name, is_page=suffix in PAGE_SUFFIXES)
    if isinstance(source, RefusedFile):
        return source
    mended = restored(source.text)
    if mended.refusal:
        return RefusedFile(name, mended.refusal)
    plain = unmarked(mended.text, suffix)
    return _text(name, plain.text, source.encoding, plain.headings, mended.problems)


def _read_plain(content: bytes, name: str, *, is_page: bool = False) -> SourceText | RefusedFile:
    """Returns a text file as it stands. A web page may be longer than a text: its length is judged without
    its tags."""
    if not content.strip():
        return RefusedFile(name, "空文件")
    if len(content) > MAX_CHARACTERS * _MAX_BYTES_A_CHARACTER and not is_page:
        return RefusedFile(name, _TOO_LONG)
    decoded = decode_page(content) if is_page else decode(content)
    if decoded is None:
        return RefusedFile(name, "不是文本文件，或编码认不出。请另存为 UTF-8 文本")
    text, encoding = decoded
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return SourceText(name, text, encoding) if is_page else _text(name, text, encoding, {})


def _text(
    name: str, text: str, encoding: str, headings: Mapping[str, int], problems: Sequence[str] = ()
) -> SourceText | RefusedFile:
    """Returns the text if it is neither empty nor too long. This comes before any pattern runs over it."""
    if len(text) > MAX_CHARACTERS:
        return RefusedFile(name, _TOO_LONG)
    if not text.strip():
        return RefusedFile(name, "空文件")
    if text.count("\n") > MAX_LINES:
        return RefusedFile(name, f"超过 {MAX_LINES // 10_000} 万行，不像一篇讲话。请拆成单篇")
    return SourceText(name, text, encoding, headings, tuple(problems))


# --- .docx --------------------------------------------------------------------------------------------------


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
    """Raises _TooLarge for a document that unpacks to more bytes or more XML elements than a speech has."""
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


# --- .zip ---------------------------------------------------------------------------------------------------


def _read_zip(content: bytes, name: str) -> Iterator[SourceText | RefusedFile]:
    """Yields the texts of an archive; stops where what was unpacked exceeds MAX_ARCHIVE in all."""
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
    """Returns a member's text or refusal (None for other kinds of files), and how many bytes it unpacked to.

    `path` is its path in the library, `inner` the one in the archive, `budget` what may still be unpacked.
    """
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


def _read_at_most(stream: IO[bytes], limit: int) -> bytes:
    """Returns all bytes of the stream. Raises _TooLarge if there are more than `limit`."""
    content = bytearray()
    while chunk := stream.read(_CHUNK):
        content += chunk
        if len(content) > limit:
            raise _TooLarge
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
