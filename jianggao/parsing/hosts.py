"""Reads who speaks the words of a host's script (主持词): its host, who in any other text is not the speaker.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from jianggao.parsing.labelled_lines import read_label
from jianggao.parsing.speaker import speaker_in
from jianggao.text.simplified import simplified

# 主持词（送审稿）, but not 主持词和总结讲话
_SCRIPT = re.compile(r"(?:主持(?:词|稿|辞|串词)|串[联场]?词)(?:稿)?\s?(?:[（(][^（()）]{1,8}[）)])?$")
_HOST = ("主持人", "主持", "主持者")
_LONGEST = 60


def host_of_script(lines: Iterable[str], title: str) -> str:
    """Returns the name behind 主持人： beside the title of a host's script, "" where there is none, or several.

    主持人：副镇长 罗小满 speaks what stands in 植树节启动仪式主持词, but not the speech of a meeting that he leads.
    """
    if not _SCRIPT.search(simplified(title[-_LONGEST:])):
        return ""
    labelled = ((line, read_label(line)) for line in lines if len(line) <= _LONGEST)
    hosts = [
        speaker_in(f"主讲人：{line[label.length :]}")
        for line, label in labelled
        if label is not None and simplified(label.word) in _HOST
    ]
    return hosts[0] if len(hosts) == 1 else ""
