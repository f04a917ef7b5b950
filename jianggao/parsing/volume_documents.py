"""Finds an official document that stands behind a speech in the same file: a notice, a plan, a reply.

It is no speech, and the file isn't split for it; the operator is told, who knows whether it belongs to the
speech. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jianggao.parsing.volume_beginnings import SHORTEST_BODY
from jianggao.parsing.volume_evidence import VolumeEvidence
from jianggao.parsing.volume_titles import LONGEST_TITLE_LINE

_KINDS = (
    r"通知|通报|通告|公告|公示|决定|决议|意见|方案|办法|规定|细则|条例|请示|批复|复函|函|纪要|倡议书|建议书|预案|规划"
    r"|计划|报告"
)
_NO_PROSE = r"[^，。；：！？,;:!?]"
# 渠水县水利局关于做好秋修工作的通知, 关于印发秋修方案的通知, 秋修工作实施方案
_TITLE = re.compile(
    rf"{_NO_PROSE}{{0,30}}关于{_NO_PROSE}{{2,50}}的?(?:{_KINDS})(?:[（(][^（()）]{{1,16}}[）)])?"
    rf"|{_NO_PROSE}{{4,40}}(?:实施方案|工作方案|管理办法|实施细则|实施意见|应急预案|倡议书)(?:[（(][^（()）]{{1,16}}[）)])?"
)
# 渠水发〔2025〕12号
_NUMBER = re.compile(r".{0,14}[〔\[［（(]\s*\d{4}\s*[〕\]］）)]\s*(?:第\s*)?\d{1,4}\s*号")
# 各乡镇、县直各单位：; 各位代表： calls on people who sit in the hall.
_ADDRESSEE = re.compile(
    r"(?!各位)[^。；！？“”]{0,40}(?:各|局|委|办|院|校|处|科|镇|乡|村|单位|部门|公司|政府|小组)[^。；！？“”]{0,30}[：:]"
)
_ISSUED = re.compile(r"(?:特此(?:通知|通报|公告|通告|函复|函告|报告|批复)|此复|妥否，请批示)")
_SECOND_TITLE_LINES = 2
_LINES_BELOW = 4
_LINES_AT_END = 6


def documents_behind(evidence: VolumeEvidence, first: int) -> Iterator[int]:
    """Yields the lines behind line `first`, where a speech begins, that head an official document: its title with
    the number or the addressee that such a document has, or with its last words."""
    end = len(evidence.texts)
    for at in range(first + 1, end):
        if (
            _is_title(evidence, at)
            and min(evidence.prose(first, at), evidence.prose(at + 1, end)) >= SHORTEST_BODY
            # 全文如下： and 附件： announce a part of the speech.
            and evidence.before(at) is not None
            and (_is_addressed(evidence.texts[at + 1 : at + 1 + _LINES_BELOW]) or _is_issued(evidence, at))
        ):
            yield at


def _is_title(evidence: VolumeEvidence, at: int) -> bool:
    """Returns whether the line is a document's title, alone or with the line below it."""
    line = evidence.texts[at]
    if len(line) > LONGEST_TITLE_LINE:
        return False
    joined = "".join(evidence.texts[at : at + _SECOND_TITLE_LINES])
    return bool(_TITLE.fullmatch(line)) or (
        "关于" in line and len(joined) <= LONGEST_TITLE_LINE and bool(_TITLE.fullmatch(joined))
    )


def _is_addressed(below: list[str]) -> bool:
    return any(
        len(line) <= LONGEST_TITLE_LINE and (_NUMBER.fullmatch(line) or _ADDRESSEE.fullmatch(line))
        for line in below
    )


def _is_issued(evidence: VolumeEvidence, at: int) -> bool:
    last = evidence.texts[max(at + 1, len(evidence.texts) - _LINES_AT_END) :]
    return any(len(line) <= LONGEST_TITLE_LINE and _ISSUED.search(line) for line in last)
