"""Knows what the theme of a speech begins with, and the name of a column, an office or a course doesn't.

All examples in the comments are made up.
"""

from __future__ import annotations

import re

_BEGINS_THEME = re.compile(
    r"[让把用以为向从在做当办开护写讲读走爱争抓强谱奋凝聚助推提唱敢勇愿谁这那你他]|建[设好成强起]|兴[修办]|扬[帆起]|守[好护住望正]"
    r"|创[建新造先]|学[好习会懂做先]|树[立牢起]|一[起同心切]|不[忘负能]|我们|如何|怎|关于|打[造好]|全[力心]|坚[持定守]|深[入化]|加[强快]"
)


def begins_as_theme(line: str) -> bool:
    """Returns whether a line (simplified) begins as a theme does: 让路灯亮到村口, 办好每一所学校."""
    return _BEGINS_THEME.match(line) is not None
