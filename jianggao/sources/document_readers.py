"""Reads documents of every kind as text, and says in Chinese what is wrong with those that can't be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jianggao.sources.archives import TOO_LARGE, TooLarge, weigh
from jianggao.sources.document_text import DocumentText, DocumentTooLarge, NoOffice, UnreadableDocument
from jianggao.sources.kinds import FileKind
from jianggao.sources.odt import read_odt
from jianggao.sources.office import read_by_office
from jianggao.sources.pdf_process import read_pdf_apart
from jianggao.sources.rtf import read_rtf
from jianggao.sources.source_text import RefusedFile
from jianggao.sources.word import read_word

_NO_PROCESS = "这次没有读成（系统没有给程序起新的进程）。请稍后重新载入"
_TOO_HUNGRY = "读起来太占内存，没有读。请把文字另存成 .txt，还读不了就拆成单篇"
_REASONS: Mapping[FileKind, str] = {
    FileKind.ENCRYPTED: "文档加了密码，没有读。请取消密码后另存一份",
    FileKind.OTHER: "不是文字文档（是演示文稿或表格），没有读。请另存为 .docx 或 .txt",
    FileKind.MAIL: "是邮件，没有读。请打开邮件，把讲话另存为 .docx 或 .txt",
    FileKind.ARCHIVE: "是压缩包，后缀写错了，没有读。请把后缀改成 .zip",
}
_BROKEN: Mapping[FileKind, str] = {
    FileKind.WORD: "不是完好的 Word 文档（.docx）。请用 Word 打开后另存一份",
    FileKind.ODT: "不是完好的文档（.odt）。请用原来的程序打开后另存为 .docx",
    FileKind.RTF: "不是完好的文档（.rtf）。请用 Word 打开后另存为 .docx",
    FileKind.PDF: "不是完好的 PDF。请重新导出，或另存为 .docx",
    FileKind.OFFICE: "不是完好的文档。请用 Word 或 WPS 打开后另存为 .docx",
}


def read_document(content: bytes, name: str, kind: FileKind) -> DocumentText | RefusedFile:
    """Returns the text of a document of this kind. Nothing in it raises: what can't be read is refused."""
    if kind in _REASONS:
        return RefusedFile(name, _REASONS[kind])
    try:
        return _reader(kind, name)(content)
    except TooLarge:
        return RefusedFile(name, TOO_LARGE)
    except NoOffice as reason:
        # It may be there the next time, while the file stays as it is.
        return RefusedFile(name, str(reason), passing=True, other_kind=True)
    except (DocumentTooLarge, UnreadableDocument) as reason:
        return RefusedFile(name, str(reason))
    except MemoryError:
        return RefusedFile(name, _TOO_HUNGRY)
    except OSError:  # the system starts no process (`pdf_process`)
        return RefusedFile(name, _NO_PROCESS, passing=True)
    except Exception:  # each library raises dozens of kinds for a broken file
        return RefusedFile(name, _BROKEN[kind])


def _reader(kind: FileKind, name: str) -> Callable[[bytes], DocumentText]:
    readers: Mapping[FileKind, Callable[[bytes], DocumentText]] = {
        FileKind.WORD: _read_word,
        FileKind.ODT: _read_odt,
        FileKind.RTF: read_rtf,
        FileKind.PDF: read_pdf_apart,
        FileKind.OFFICE: lambda content: read_by_office(content, name),
    }
    return readers[kind]


def _read_word(content: bytes) -> DocumentText:
    if content.startswith(b"PK"):
        weigh(content)
    return read_word(content)


def _read_odt(content: bytes) -> DocumentText:
    if content.startswith(b"PK"):
        weigh(content)
    return read_odt(content)
