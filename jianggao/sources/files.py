"""Reads source files as text: .txt, .md, .html, documents of many kinds, and .zip archives of these.

Nothing in a file raises: what can't be read is a `RefusedFile` with its reason in Chinese. Files are never
written.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from jianggao.sources.archives import TooLarge, read_at_most, read_zip
from jianggao.sources.document_readers import read_document
from jianggao.sources.document_text import MAX_LINES
from jianggao.sources.encodings import decode
from jianggao.sources.html_pages import decode_page
from jianggao.sources.kinds import DOCUMENT_SUFFIXES, FileKind, kind_of
from jianggao.sources.marked_texts import PAGE_SUFFIXES, book_text, looks_like_page, unmarked
from jianggao.sources.mojibake import restored
from jianggao.sources.page_margins import margins_told
from jianggao.sources.source_text import RefusedFile, SourceText
from jianggao.sources.web_archives import page_in

__all__ = ["RefusedFile", "SourceText", "read_sent_file", "read_source", "reason_for_os_error", "text_in"]
MAX_FILE = 20 * 1024 * 1024
"""Bytes."""
MAX_CHARACTERS = 1_000_000
"""Characters of a text, more than any speech has."""
MAX_VOLUME = 8_000_000
"""Characters of a file of the library, which may hold several speeches (`parsing.volumes`)."""
_MAX_BYTES_A_CHARACTER = 4
"""No encoding takes more: a longer file is refused before it is decoded."""
_TOO_LONG = "超过 {} 万字，没有读。请拆成单篇，或拆成几个文件"
_EMPTY = "空文件。请换成有文字的文件"
_NOT_TEXT = "不是文本文件，或编码认不出。请另存为 UTF-8 文本"
_NO_DOCUMENT = "里面不是 {suffix} 文档，也不是文字。请用 Word 打开后另存为 .docx"
_NO_PAGE = "网页存档里没有网页，没有读。请用浏览器或 Word 打开后另存为 .docx"
_NOT_SENT = "这种文件没有读。请用 Word 打开后另存为 .docx，或把文字复制粘贴发来"
_READ_AGAIN = 3
"""How often a file is read in all that changes while it is read."""


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
    except TooLarge:
        return [
            RefusedFile(
                name, f"文件超过 {MAX_FILE // 1024 // 1024} MB，没有读。请去掉里面的图片，或拆成几个文件"
            )
        ]
    except _NoFile:
        return [RefusedFile(name, "不是普通文件（是管道、设备之类），没有读。请移走")]
    except _Changing:
        return [RefusedFile(name, "正在被改写，这次没有读。写完后请重新载入", passing=True)]
    except OSError as error:
        return [RefusedFile(name, f"打不开（{reason_for_os_error(error)}）。请检查后重新载入", passing=True)]
    if path.suffix.lower() == ".zip" and kind_of(content, name) in (FileKind.ARCHIVE, FileKind.TEXT):
        return list(read_zip(content, name, _read_member))
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

    Raises _NoFile, TooLarge, _Changing, OSError.
    """
    # O_NONBLOCK: what has become a pipe since it was listed would wait here for somebody to write.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    for _ in range(_READ_AGAIN):
        with os.fdopen(os.open(path, flags), "rb") as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise _NoFile
            if before.st_size > MAX_FILE:
                raise TooLarge
            content = read_at_most(file, MAX_FILE)
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

    Its bytes decide, whatever it is called: what begins like a .zip is read as a .docx, other documents are
    refused, all else is read as plain text and never as Markdown (a leaked text is compared to the letter).
    The file may have been made to do harm: `isolated_reader` calls this in a process of its own.
    """
    if content.startswith(b"PK"):
        return _read_document(content, name, FileKind.WORD, MAX_CHARACTERS)
    if kind_of(content, "") is not FileKind.TEXT:
        return RefusedFile(name, _NOT_SENT)
    return _read_plain(content, name, MAX_CHARACTERS)


def _read_member(content: bytes, name: str) -> SourceText | RefusedFile:
    """Returns the text of a file of the library, or of a member of an archive there.

    Its bytes decide of what kind it is; its name, whether a text is Markdown or a web page.
    """
    kind = kind_of(content, name)
    if kind is FileKind.TEXT:
        return _read_marked(content, name, PurePosixPath(name).suffix.lower())
    if kind in (FileKind.HTML, FileKind.MHTML):
        page = page_in(content) if kind is FileKind.MHTML else content
        return RefusedFile(name, _NO_PAGE) if page is None else _read_marked(page, name, ".html")
    if kind is FileKind.EPUB:
        book = book_text(content)
        return (
            RefusedFile(name, book)
            if isinstance(book, str)
            else _without_lines(_text(name, book.text, "epub", book.headings, MAX_VOLUME))
        )
    source = _read_document(content, name, kind, MAX_VOLUME)
    return source if isinstance(source, RefusedFile) else _mended(source)


def _mended(source: SourceText) -> SourceText | RefusedFile:
    """Returns a text in its right characters, where a program has written others for them."""
    mended = restored(source.text)
    if mended.refusal:
        return RefusedFile(source.path, mended.refusal)
    return replace(source, text=mended.text, problems=(*source.problems, *mended.problems))


def _read_marked(content: bytes, name: str, suffix: str) -> SourceText | RefusedFile:
    """Returns a text without the marks that such texts have: Markdown, a web page."""
    source = _read_plain(content, name, MAX_VOLUME, is_page=suffix in PAGE_SUFFIXES)
    if isinstance(source, RefusedFile):
        is_no_text = source.reason == _NOT_TEXT and suffix in DOCUMENT_SUFFIXES
        return RefusedFile(name, _NO_DOCUMENT.format(suffix=suffix)) if is_no_text else source
    mended = restored(source.text)
    if mended.refusal:
        return RefusedFile(name, mended.refusal)
    plain = unmarked(mended.text, suffix)
    read = _text(name, plain.text, source.encoding, plain.headings, MAX_VOLUME, mended.problems)
    if isinstance(read, RefusedFile):
        return read
    written = None if looks_like_page(mended.text, suffix) else mended.text
    return replace(read, dropped=tuple(plain.dropped), written="" if plain.text == mended.text else written)


def _read_document(content: bytes, name: str, kind: FileKind, limit: int) -> SourceText | RefusedFile:
    """Returns the text of a document of this kind, of at most `limit` characters."""
    read = read_document(content, name, kind)
    if isinstance(read, RefusedFile):
        return read
    text = _text(name, "\n".join(read.lines), kind.value, read.headings, limit, read.problems)
    if isinstance(text, RefusedFile):
        return text
    return replace(text, written=None, dropped=margins_told(read.margins))


def _without_lines(source: SourceText | RefusedFile) -> SourceText | RefusedFile:
    """Returns the text of a file whose lines no editor shows."""
    return source if isinstance(source, RefusedFile) else replace(source, written=None)


def _read_plain(content: bytes, name: str, limit: int, *, is_page: bool = False) -> SourceText | RefusedFile:
    """Returns a text file of at most `limit` characters as it stands.

    A web page may be longer: its length is judged without its tags.
    """
    if not content.strip():
        return RefusedFile(name, _EMPTY)
    if len(content) > limit * _MAX_BYTES_A_CHARACTER and not is_page:
        return RefusedFile(name, _TOO_LONG.format(limit // 10_000))
    decoded = decode_page(content) if is_page else decode(content)
    if decoded is None:
        return RefusedFile(name, _NOT_TEXT)
    text, encoding = decoded
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return SourceText(name, text, encoding) if is_page else _text(name, text, encoding, {}, limit)


def _text(
    name: str,
    text: str,
    encoding: str,
    headings: Mapping[str, int],
    limit: int,
    problems: Sequence[str] = (),
) -> SourceText | RefusedFile:
    """Returns the text if it is neither empty nor too long. This comes before any pattern runs over it."""
    if len(text) > limit:
        return RefusedFile(name, _TOO_LONG.format(limit // 10_000))
    if not text.strip():
        return RefusedFile(name, _EMPTY)
    if text.count("\n") > MAX_LINES * max(1, len(text) // MAX_CHARACTERS):
        return RefusedFile(name, f"超过 {MAX_LINES // 10_000} 万行，不像一篇讲话。请拆成单篇")
    return SourceText(name, text, encoding, headings, tuple(problems))
