"""Knows an unedited copy again by a digest of its lines, and has the notice that stands at its beginning and
end."""

from __future__ import annotations

import hashlib

NOTICE = "本文本含会员识别标记，仅供学习，禁止外传"


def line_digest(text: str) -> str:
    """Returns the SHA-256 (hexadecimal) of a text's lines without blanks around them, empty lines and
    notices: the same however the text was saved or pasted, as long as nothing was edited."""
    lines = [line.strip() for line in text.replace("\ufeff", "").splitlines()]
    return hashlib.sha256("\n".join(line for line in lines if line and line != NOTICE).encode()).hexdigest()
