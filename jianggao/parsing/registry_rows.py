"""Recognises the rows that an office's registry leaves on a text: who drafted, checked and signed it, and stamps.

拟稿：周文 核稿：罗小满, 签发：方大川, 已阅, 渠水县党政办公室 签发：已阅 罗. They stand above a title or behind a text,
and are neither a title nor a paragraph. All examples in the comments are made up.
"""

from __future__ import annotations

import re

from jianggao.parsing.dates import is_bare_date
from jianggao.parsing.site_names import is_office_name
from jianggao.text.remembered_lines import remembered
from jianggao.text.simplified import simplified

_LONGEST = 80
_MOST_CELLS = 12
# 拟稿人：周文; the blank behind a colon belongs to the entry
_WORK = (
    r"(?:(?:拟稿|起草|撰稿|核稿|校核|核签|会签|审签|签发|签批|审核|审定|复核|校对|承办|主办|打印|缮印|用印|归档|批示|阅示)"
    r"(?:人|单位|部门|科室|意见|领导)?|收文(?:号|日期|时间)?|缓急|密级|份号|份数)"
)
_ENTRY = re.compile(rf"{_WORK}\s?[：:]\s?(?P<value>[^：:。；]{{0,12}})")
_WORK_ALONE = re.compile(_WORK)
_STAMP = re.compile(
    r"(?:已[阅核审签校]|同意(?:印发|下发|发|签发)?|拟同意|请?阅示|照[发办印]|速[办印发]|存[档查]|归档|收[文讫]|特急|加急|急件)"
    r"[。.！!]?"
)
# 罗, 罗小满: who stamped it; 2025年3月16日收
_BESIDE = re.compile(
    r"[一-鿿]{1,4}|\d{1,3}|\d{4}年\d{1,2}月\d{1,2}日\s?[收发印阅]|[\d/.\-]{3,10}|件|文件|印章|\(?章\)?"
)
_CELL = re.compile(r"\s*[|｜/／;；、，,]\s*|\s+")
_AFTER_COLON = re.compile(r"(?<=[：:])\s+")
_BEFORE_COLON = re.compile(r"\s+(?=[：:])")
_RECEIVED = re.compile(r"\d{4}\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}\s?日?\s?(?:收(?:文|到|讫)?|阅)")


@remembered
def is_registry_row(line: str) -> bool:
    """Returns whether a line holds nothing but entries and stamps of an office's registry, with the office, names and
    dates beside them: 松坪镇党政办公室 签发：已阅 罗."""
    if len(line) > _LONGEST:
        return False
    line = simplified(line).strip(" （()）【】[]〔〕")
    if _RECEIVED.fullmatch(line):
        return True
    cells = [cell for cell in _CELL.split(_AFTER_COLON.sub("", _BEFORE_COLON.sub("", line))) if cell]
    if not 0 < len(cells) <= _MOST_CELLS:
        return False
    works = [bool(_ENTRY.fullmatch(cell) or _STAMP.fullmatch(cell)) for cell in cells]
    # A table's row of 拟稿 | 周文 | 核稿 | 罗小满 has no colons: two such words are needed.
    bare = sum(bool(_WORK_ALONE.fullmatch(cell)) for cell in cells)
    if not any(works) and bare < 2:
        return False
    return all(work or _stands_beside(cell) for work, cell in zip(works, cells, strict=True))


def _stands_beside(cell: str) -> bool:
    return bool(
        _BESIDE.fullmatch(cell) or _WORK_ALONE.fullmatch(cell) or is_bare_date(cell) or is_office_name(cell)
    )
