"""Counts the statistics in a passage: amounts with their unit, shares, percentages."""

from __future__ import annotations

import re

_LONGEST_NUMBER = 14
"""Characters of a number: a longer row of digits is no amount."""
_UNITS = (
    "万元|亿元|美元|欧元|港元|日元|元|块|角|毛|公里|千米|厘米|毫米|平方|立方|公顷|公斤|千瓦|千卡|海里|米|亩|吨|斤|克|升|"
    "人次|人|户|名|位|家|个(?!月|小时|钟头|星期|工作日|年头|百分点)|口|件|宗|起|份|笔|项|例|批|单|篇|册|本|字|张|所|座|"
    "栋|幢|套|间|处|台|辆|艘|条|支|只|头|棵|株|匹|架|部|颗|粒|枚|车|箱|趟|场|片|门|班|村|倍|度|盏|场次|里(?![面边头外应])|次(?!会|全会|代表|党代|中央|常务)|遍|标准箱|门次|"
    "平米|户次|件次|台次|街|床|立方米|瓶|包|袋|顶|孔|眼|岗|村民|职工|农户|企业|学生|群众|代表"
)
_MANY = "[多余来几]?"
_SMALL = "一二三四五六七八九两"
_CHINESE = (
    rf"(?:[{_SMALL}][十百千万亿]|十(?=[{_SMALL}万亿几来多余])|十)"
    rf"[{_SMALL}十百千万亿零〇点几多来余]{{0,{_LONGEST_NUMBER}}}"
)
_STATISTIC = re.compile(
    rf"(?<![\d.第×年月])(?:\d{{1,{_LONGEST_NUMBER}}}(?:[,.]\d{{1,{_LONGEST_NUMBER}}})?)"
    rf"(?:[%％‰]|个?百分点|(?:[万亿千百]+){_MANY}(?:{_UNITS})?|{_MANY}(?:{_UNITS}))"
    rf"|[百千万]分之[{_SMALL}十百点零〇\d]{{1,{_LONGEST_NUMBER}}}"
    rf"|(?:[{_SMALL}]|十)个百分点"
    # 三成, 一成三, 六成多; but 三成功 and 五成员 are no shares.
    rf"|[{_SMALL}]成(?:[{_SMALL}半多](?![个项])|(?=[，。；、：的以左右是都归到在做来从]|用|由|给|补))"
    rf"|(?<![第几数年月之{_SMALL}十百千万亿零〇点])"
    rf"(?:{_CHINESE}(?:{_UNITS})|[{_SMALL}十百千]{{1,8}}[万亿](?=[，。；、：的多余来]))"
    # 万元 and 一块八: a price has its unit even where the number is small.
    rf"|(?<![第几数{_SMALL}十百千万亿])[{_SMALL}](?:元|块|毛|公里|亩|吨|斤|倍)(?=[{_SMALL}\d，。；、多]|以)"
)
_NO_AMOUNT = re.compile(r"百姓|千家|万户|十分|一百八十度|百分之百|五湖|四海")


def statistics(text: str) -> frozenset[str]:
    """Returns the different statistics of a text as they are written: 41200座, 百分之十四, 六成.

    Dates, times, ages, ordinals and lengths of time are none, and so is a small number in letters (三件事, 两位老人).
    """
    found = (match.group() for match in _STATISTIC.finditer(text))
    return frozenset(one for one in found if not _NO_AMOUNT.match(one))
