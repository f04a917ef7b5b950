"""The digest by which an unedited copy is known again, and the notice that stands at its head and its end."""

from __future__ import annotations

import hashlib

NOTICE = "本文本含会员识别标记，仅供学习，禁止外传"


def line_digest(text: str) -> str:
    """SHA-256 of a text's lines without blanks around them and without empty ones and notices: the same however it was
    saved or pasted, as long as nothing was edited."""
    lines = [line.strip() for line in text.replace("\ufeff", "").splitlines()]
    return hashlib.sha256("\n".join(line for line in lines if line and line != NOTICE).encode()).hexdigest()
