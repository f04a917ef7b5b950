"""Source files as text: .txt, .md, .docx, and .zip of these. Files are only ever read.

Nothing in a file raises: what can't be read is a `Refusal` with its reason in Chinese. Members of a .zip are read in
memory, never written to disk, and counted while being read: the sizes in a header prove nothing.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from charset_normalizer import from_bytes
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

SUFFIXES = frozenset({".txt", ".md", ".docx", ".zip"})
MAX_FILE = 20 * 1024 * 1024
MAX_MEMBER = 20 * 1024 * 1024
MAX_ARCHIVE = 200 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_CHARACTERS = 1_000_000
_CONTROL_SHARE = 0.01
_CHUNK = 1 << 16
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_SKIPPED = re.compile(r"(^|/)(\.|~\$|__MACOSX/)|(^|/)readme\.(md|txt)$", re.IGNORECASE)
_MARKDOWN = (
    (re.compile(r"^\s{0,3}#{1,6}\s+", re.MULTILINE), ""),
    (re.compile(r"\s#+\s*$", re.MULTILINE), ""),
    (re.compile(r"^\s{0,3}>\s?", re.MULTILINE), ""),
    (re.compile(r"^\s{0,3}[*+-]\s+(?=\S)", re.MULTILINE), ""),
    (re.compile(r"^\s{0,3}(?:[-*_]\s*){3,}$", re.MULTILINE), ""),
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"), ""),
    (re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![*\w])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![*\w])"), r"\1"),
)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text: its path in the library (`folder/a.zip/inner.txt`), its characters with LF line ends, its encoding."""

    path: str
    text: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file or member that is no text of ours, and why."""

    path: str
    reason: str


class _TooLarge(Exception):
    """More bytes than allowed came out of an archive."""


def read_source(path: Path, name: str | None = None) -> list[SourceText | Refusal]:
    """All texts of a file; `name` is its path in the library (the file's own name by default)."""
    name = path.name if name is None else name
    try:
        if path.stat().st_size > MAX_FILE:
            return [Refusal(name, f"文件超过 {MAX_FILE // 1024 // 1024} MB，没有读")]
        content = path.read_bytes()
    except OSError as error:
        return [Refusal(name, f"打不开（{error.strerror or error}）")]
    if path.suffix.lower() == ".zip":
        return list(_read_zip(content, name))
    return [_read_member(content, name)]


def _read_member(content: bytes, name: str) -> SourceText | Refusal:
    suffix = PurePosixPath(name).suffix.lower()
    if not content.strip():
        return Refusal(name, "空文件")
    if suffix == ".docx":
        return _read_docx(content, name)
    decoded = decode(content)
    if decoded is None:
        return Refusal(name, "不是文本文件，或编码认不出。请另存为 UTF-8 文本")
    text, encoding = decoded
    if suffix == ".md":
        text = plain_markdown(text)
    return _text(name, text, encoding)


def _text(name: str, text: str, encoding: str) -> SourceText | Refusal:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return Refusal(name, "空文件")
    if len(text) > MAX_CHARACTERS:
        return Refusal(name, f"超过 {MAX_CHARACTERS // 10_000} 万字，不像一篇讲话。请拆成单篇")
    return SourceText(name, text, encoding)


def decode(content: bytes) -> tuple[str, str] | None:
    """The text and the name of its encoding; None for what is no text. UTF-8, UTF-16 and GB18030 are known."""
    for boms, encoding in (((b"\xef\xbb\xbf",), "utf-8-sig"), (_UTF16_BOMS, "utf-16")):
        if content.startswith(boms):
            return _decode(content, encoding)
    if b"\0" in content:
        return _decode_bare_utf16(content)
    return _decode(content, "utf-8") or _decode(content, "gb18030") or _guess(content)


def _decode(content: bytes, encoding: str) -> tuple[str, str] | None:
    try:
        text = content.decode(encoding)
    except UnicodeError:
        return None
    return (text, encoding) if _is_text(text) else None


def _decode_bare_utf16(content: bytes) -> tuple[str, str] | None:
    """UTF-16 without its mark: the byte order in which the line ends and blanks make sense."""
    if len(content) % 2:
        return None
    found = [_decode(content, encoding) for encoding in ("utf-16-le", "utf-16-be")]
    plausible = [entry for entry in found if entry is not None]
    return max(plausible, key=lambda entry: _chinese_share(entry[0]), default=None)


def _guess(content: bytes) -> tuple[str, str] | None:
    best = from_bytes(content, cp_isolation=["big5", "utf_16", "gb18030", "shift_jis"]).best()
    return None if best is None else _decode(content, best.encoding)


def _is_text(text: str) -> bool:
    control = sum(character < " " and character not in "\t\n\r\f" for character in text)
    return "\ufffd" not in text and control <= _CONTROL_SHARE * len(text) and "\0" not in text


def _chinese_share(text: str) -> float:
    return sum("一" <= character <= "鿿" or character in "，。、\n" for character in text) / max(1, len(text))


def plain_markdown(text: str) -> str:
    """Markdown without its marks; numbers of headings and lists are text and stay."""
    for pattern, replacement in _MARKDOWN:
        text = pattern.sub(replacement, text)
    return text


# --- .docx ------------------------------------------------------------------------------------------------------


def _read_docx(content: bytes, name: str) -> SourceText | Refusal:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            budget = MAX_ARCHIVE
            for member in archive.infolist():
                with archive.open(member) as stream:
                    budget -= len(_read_at_most(stream, min(budget, MAX_MEMBER * 2)))
        lines = list(_docx_lines(content))
    except _TooLarge:
        return Refusal(name, "解开后太大，没有读")
    except Exception:  # python-docx and its XML raise dozens of kinds for a broken file
        return Refusal(name, "不是完好的 Word 文档（.docx）。请用 Word 打开后另存一份")
    if not any(line.strip() for line in lines):
        return Refusal(name, "空文件")
    return _text(name, "\n".join(lines), "docx")


def _docx_lines(content: bytes) -> Iterator[str]:
    for block in Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(block, Paragraph):
            yield from block.text.split("\n")
        elif isinstance(block, Table):
            for row in block.rows:
                yield "　".join(dict.fromkeys(cell.text.strip().replace("\n", " ") for cell in row.cells))


# --- .zip -------------------------------------------------------------------------------------------------------


def _read_zip(content: bytes, name: str) -> Iterator[SourceText | Refusal]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        yield Refusal(name, "不是完好的压缩包（.zip）。请重新压缩")
        return
    with archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > MAX_MEMBERS:
            yield Refusal(name, f"压缩包里超过 {MAX_MEMBERS} 个文件。请拆成几个")
            return
        budget = MAX_ARCHIVE
        for member in members:
            inner = member_name(member)
            if is_safe_name(inner) and _SKIPPED.search(inner):
                continue
            text, used = _read_zip_member(archive, member, f"{name}/{inner}", inner, budget)
            budget -= used
            if text is not None:
                yield text
            if budget <= 0:
                yield Refusal(name, "压缩包解开后太大，后面的没有读")
                return


def _read_zip_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: str, inner: str, budget: int
) -> tuple[SourceText | Refusal | None, int]:
    """The text or refusal of a member (None for kinds that aren't ours), and how many bytes it unpacked to."""
    if not is_safe_name(inner):
        return Refusal(path, "压缩包里的文件名带有路径记号，没有读"), 0
    suffix = PurePosixPath(inner).suffix.lower()
    if suffix == ".zip":
        return Refusal(path, "压缩包里的压缩包不读。请先解开"), 0
    if suffix not in SUFFIXES:
        return None, 0
    if member.flag_bits & 1:
        return Refusal(path, "压缩包加了密码，没有读"), 0
    try:
        with archive.open(member) as stream:
            content = _read_at_most(stream, min(budget, MAX_MEMBER))
    except _TooLarge:
        return Refusal(path, "解开后太大，没有读"), min(budget, MAX_MEMBER)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        return Refusal(path, "压缩包里的这个文件坏了"), 0
    return _read_member(content, path), len(content)


def _read_at_most(stream: IO[bytes], most: int) -> bytes:
    content = bytearray()
    while chunk := stream.read(_CHUNK):
        content += chunk
        if len(content) > most:
            raise _TooLarge
    return bytes(content)


def member_name(member: zipfile.ZipInfo) -> str:
    """A member's name; those that Chinese Windows wrote in GBK come out of `zipfile` as cp437."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def is_safe_name(name: str) -> bool:
    """Whether a member's name is a plain relative path."""
    parts = name.split("/")
    return not (
        name.startswith("/") or "\\" in name or ":" in name or "\0" in name or ".." in parts or "" in parts
    )
