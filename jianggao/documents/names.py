"""What a speech is called as a file."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST = 60


def file_name(title: str) -> str:
    """The title as a file name without suffix, at most 60 characters; 讲稿 when nothing of it may stand in one."""
    return _FORBIDDEN.sub("", title).strip(" .")[:_LONGEST].rstrip(" .") or "讲稿"
