"""Makes names for the files that are sent."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_SUFFIX = re.compile(r"[A-Za-z0-9]{1,10}")
_LONGEST = 60
"""Characters of a name: more than enough for a title, and within what every file system takes in UTF-8."""


def file_name(title: str) -> str:
    """Returns the title as a file name without suffix, at most 60 characters; 讲稿 if nothing of it may stand
    in one."""
    return _FORBIDDEN.sub("", title).strip(" .")[:_LONGEST].rstrip(" .") or "讲稿"


def safe_name(name: str) -> str:
    """Returns somebody's name for a file, with its suffix, without what would make it a path, hidden, or more
    than a line."""
    stem, _, suffix = name.rpartition(".")
    return f"{file_name(stem)}.{suffix}" if stem and _SUFFIX.fullmatch(suffix) else file_name(name)
