"""Makes a title of a file's name: without dates, running numbers, marks of versions and slugs in Latin letters.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_LONGEST_NAME = 255
"""Characters of a file's name that are looked at; a name in an archive can have 65,535."""
_HAN = re.compile(r"[一-鿿]")
_FEWEST_HAN = 2
_EDGES = " \t　_＿-—–－.．、,，;；~～+·"
_PARTING = r"[\s_＿\-—–－.．、,，]"
_YEAR = r"(?:(?:19|20)\d\d|[一二][〇○零O0一二三四五六七八九]{3})"
_NUMERAL = r"[\d一二三四五六七八九十]{1,3}"
# 2025-03-18, 20250318, （2025年3月18日）, 二〇二五年四月二日
_DATE = re.compile(
    rf"[（(\[【]?(?<!\d)(?:{_YEAR}\s?年\s?{_NUMERAL}\s?月\s?{_NUMERAL}\s?[日号]"
    r"|(?:19|20)\d\d[-_.年/]?\d{1,2}[-_.月/]?\d{1,2}日?)(?!\d)"
    r"(?:[上下]午|[\sT_-]?\d{1,2}[:：点时]\d{0,2}分?)?[）)\]】]?"
)
# 2025年3月 在…, 2025.3 在…, 3月18日 在…, but not 2025年3月工作安排
_SHORT_DATE = re.compile(
    rf"^[（(\[【]?(?:{_YEAR}\s?年\s?{_NUMERAL}\s?月|{_YEAR}[.\-_]\d{{1,2}}|{_NUMERAL}月{_NUMERAL}日|{_YEAR}\s?年?)"
    rf"(?:[）)\]】]{_PARTING}*|{_PARTING}+)(?!\d{{1,4}}年)"
)
# 12_, 03、, （12）, [12], No.12, 第12篇 , 讲稿12_, 十二、
_NUMBER = re.compile(
    rf"^(?:[（(\[【]\s?\d{{1,4}}\s?[）)\]】]{_PARTING}*"
    rf"|(?:No\.?|№|#|＃)\s?\d{{1,5}}{_PARTING}*"
    rf"|第\s?{_NUMERAL}\s?(?:篇|号|份|期|份讲稿){_PARTING}*"
    rf"|(?:讲话稿|发言稿|讲稿|讲话|文稿|稿件|材料|范文|文件|附件|文章|领导讲话)\s?\d{{1,5}}{_PARTING}+"
    rf"|\d{{1,6}}(?:{_PARTING}+(?!\d{{1,4}}年)|(?=在|关于|《))|[一二三四五六七八九十]{{1,3}}、)",
    re.IGNORECASE,
)
# notice-becomes-title, doc1, IMG_2034: ended by a blank or a dash, before the first Han character
_SLUG = re.compile(rf"^([a-zA-Z0-9][a-zA-Z0-9_\-. ]*?){_PARTING}+(?=[一-鿿《“【（(])")
_ACRONYM = re.compile(r"[A-Z]{2,5}|[A-Z]?\d?[A-Z]\+?")
# 【防汛】在…, [领导讲话]在…
_TAG = re.compile(rf"^[\[【][^\[\]【】]{{1,12}}[\]】]{_PARTING}*")
_VERSION_WORDS = (
    r"副本|复件|复制|备份|终稿|定稿|最终版|最终稿|最终|终版|正式版|正式稿|修改稿|修改版|修订版|修订稿|改稿|初稿|草稿|审定稿|审定版"
    r"|送审稿|打印稿|打印版|印发稿|清样|电子版|无水印|已校对|校对版|校对稿|新版|旧版|发布版|下载版|整理版|整理稿|改定稿|终审稿|定版"
    r"|完整版|全文版|word版|pdf版|final|copy|backup|bak|rev|draft|new|edit(?:ed)?|docx?|txt|wps|md"
)
# - 副本, (1), _终稿, v2, V2.0, 第3稿
_VERSION = re.compile(
    rf"{_PARTING}*(?:[（(\[【]\s?(?:\d{{1,3}}|(?:{_VERSION_WORDS})\s?\d{{0,3}})\s?[）)\]】]|{_PARTING}v\s?\d{{1,3}}(?:\.\d{{1,3}})*"
    rf"|(?<=[一-鿿])[vV]\d{{1,3}}(?:\.\d{{1,3}})*|第[\d一二三四五六七八九十]{{1,2}}稿|(?:{_VERSION_WORDS})\s?\d{{0,3}}"
    rf"|{_PARTING}\d{{1,3}})$",
    re.IGNORECASE,
)
_MOST_MARKS = 6
"""Marks at one end of a name: `03_讲稿12_…`, `…终稿 - 副本 (2)`."""
_SAYS_NOTHING = re.compile(
    r"(?:新建|未命名|无标题|未标题|微信|下载|文档|文本文档|文字文稿|临时|测试|默认|桌面|复制|粘贴|文件|word|microsoft|文件夹|[\s\d（()）_-])+"
    r"(?:文件|文档|图片)?",
    re.IGNORECASE,
)


def title_from_name(file_name: str) -> str:
    """Returns a title for a text that has none: its file's name without date and number.

    Returns "" for a name that says nothing (`2025-03-18.txt`, `doc1.txt`, `新建文本文档.txt`).
    """
    stem = PurePosixPath(file_name).stem[:_LONGEST_NAME]
    if _SAYS_NOTHING.fullmatch(stem):
        return ""
    # The dates leave blanks, which part what stood around them.
    named = _without_marks(_DATE.sub(_blank_for_date, stem).strip(_EDGES))
    return named if len(_HAN.findall(named)) >= _FEWEST_HAN else ""


def _without_marks(name: str) -> str:
    """Returns the name without numbers, tags and slugs before it and marks of versions behind it."""
    for _ in range(_MOST_MARKS):
        shorter = _cut_before(name)
        if shorter == name:
            break
        name = shorter
    name = without_versions(name)
    for opening, closing in ("《》", "“”", "「」"):
        if name.startswith(opening) and name.endswith(closing) and name.count(opening) == 1:
            name = name[1:-1]
    # A date was cut out of the middle: 在 防汛会上的讲话
    return re.sub(r"(?<=[一-鿿]) +(?=[一-鿿])", _blank_of_date, name).strip()


def without_versions(name: str) -> str:
    """Returns the name without the marks of versions and copies behind it: - 副本, (2), _终稿."""
    for _ in range(_MOST_MARKS):
        version = _VERSION.search(name[-40:])
        shorter = name[: len(name) - len(version[0])].rstrip(_EDGES) if version else name
        if shorter == name or len(_HAN.findall(shorter)) < _FEWEST_HAN:
            break
        name = shorter
    return name


def _blank_for_date(date: re.Match[str]) -> str:
    """Returns a blank for a date, and the date itself where the name is about that day: 做好2025年3月18日前后的…."""
    before, behind = date.string[: date.start()][-1:], date.string[date.end() :][:1]
    inside = _HAN.match(before) and before not in "在于" and _HAN.match(behind)
    return date[0] if inside and "月" in date[0] else " "


def _blank_of_date(blank: re.Match[str]) -> str:
    """Returns nothing for the blank that a date has left behind 在 or 的, else one blank."""
    return "" if blank.string[blank.start() - 1] in "在于的" else " "


def _cut_before(name: str) -> str:
    """Returns the name without one mark at its beginning, the same name where there is none."""
    for pattern in (_NUMBER, _SHORT_DATE, _SLUG, _TAG):
        match = pattern.match(name)
        if match is None:
            continue
        if pattern is _SLUG and _ACRONYM.fullmatch(match[1].strip()):
            continue  # AI 要用在群众排队最长的地方
        shorter = name[match.end() :].lstrip(_EDGES)
        # 【节选】 alone is all that the name says.
        if len(_HAN.findall(shorter)) >= _FEWEST_HAN:
            return shorter
    return name
