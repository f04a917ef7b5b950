"""An official document, opened by python-docx, which had no part in making it."""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from speech_blocks import blocks_of, speech_in
from speech_texts import FULL

from jianggao.documents.official import official_document

NOTICE = "仅供学习，禁止外传"
SPEECH = speech_in(FULL)


def make() -> bytes:
    return official_document(blocks_of(SPEECH), title=SPEECH.title, notice=NOTICE)


def reopen(content: bytes) -> Opened:
    return Document(io.BytesIO(content))


def attribute(element: object, path: str, name: str) -> str | None:
    """The attribute of the only element at that path."""
    (found,) = element.xpath(path)  # type: ignore[attr-defined]
    value: str | None = found.get(qn(name))
    return value
