"""Recognises the rows of an official document's end block that say too little by themselves: 报：县委组织部。

Beside a row that no speech has (抄送：县直各部门。 / 共印80份) they belong to the block. All examples in the comments are
made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jianggao.parsing.page_layout import is_imprint

_LONGEST = 200
"""Characters of a row: a block may name every office of a county."""
_MOST_ROWS = 8
_SENT = re.compile(r"(?:此件|本件)?(?:呈?报|呈?送|印?发|抄发?|呈|发至|加?发|并送)\s?[：:]\s?(?=\S)")
# 各乡镇党委，县直各党委（党组）。 but not 送：一碗热饭，一句热话。
_OFFICE = re.compile(
    r"[委局办厅部院室处科站所组]|政府|人大|政协|法院|单位|部门|机关|中心|公司|企业|学校|支部|[省市县区镇乡街村](?:领导|直)|领导|同志|书记|主任|[县市区镇乡局校]长|常委|委员|村民|社区|各[镇乡村县市区]|存档"
)
_PARTS = re.compile(r"[，,、；;。\s]+")
_SPOKEN = re.compile(r"[我你您咱！？!?“”]|大家")


def is_recipients_row(line: str) -> bool:
    """Returns whether the line may be a row of an end block: a word such as 报, 送, 发 or 抄 and whom the paper goes
    to, an office or an official at least in every second part."""
    match = _SENT.match(line)
    if match is None or len(line) > _LONGEST or _SPOKEN.search(line):
        return False
    receivers = [part for part in _PARTS.split(line[match.end() :]) if part]
    return 2 * sum(bool(_OFFICE.search(part)) for part in receivers) >= max(1, len(receivers))


def is_below_imprint(lines: Sequence[str], at: int, start: int) -> bool:
    """Returns whether a sure row of an end block stands above line `at`, not before line `start`, with nothing but such
    rows between: 抄送：县直各部门。 / 发：各乡镇。"""
    for above in range(at - 1, max(start - 1, at - 1 - _MOST_ROWS), -1):
        if is_imprint(lines[above]):
            return True
        if not is_recipients_row(lines[above]):
            return False
    return False
