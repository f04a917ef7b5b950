"""Reads who speaks the words of a host's script (主持词): its host, who in any other text is not the speaker.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from jianggao.parsing.labelled_lines import read_label
from jianggao.parsing.speaker import is_name, speaker_in
from jianggao.parsing.surnames import begins_with_surname
from jianggao.text.simplified import simplified

# 主持词（送审稿）, but not 主持词和总结讲话
_SCRIPT = re.compile(r"(?:主持(?:词|稿|辞|串词)|串[联场]?词)(?:稿)?\s?(?:[（(][^（()）]{1,8}[）)])?$")
_HOST = ("主持人", "主持", "主持者")
_LONGEST = 60
_CALLED = re.compile(r"[一-鿿](?:老师|主任|同学|校长|书记|站长|阿姨|叔叔|师傅)")


def host_of_script(lines: Iterable[str], title: str) -> str:
    """Returns the name behind 主持人： beside the title of a host's script, "" where there is none, or several.

    主持人：副镇长 罗小满 speaks what stands in 植树节启动仪式主持词, but not the speech of a meeting that he leads.
    """
    if not _SCRIPT.search(simplified(title[-_LONGEST:])):
        return ""
    labelled = ((line, read_label(line)) for line in lines if len(line) <= _LONGEST)
    hosts = [
        "" if _names_several(line[label.length :]) else speaker_in(f"主讲人：{line[label.length :]}")
        for line, label in labelled
        if label is not None and simplified(label.word) in _HOST
    ]
    return hosts[0] if len(hosts) == 1 else ""


def _names_several(value: str) -> bool:
    """Returns whether several people stand behind the label: 班主任 梁老师 学生代表 方小川."""
    return sum(map(_is_person, value.split())) > 1


def _is_person(word: str) -> bool:
    called = _CALLED.fullmatch(word)
    return (called is not None and begins_with_surname(word)) or is_name(word, beside=True)
