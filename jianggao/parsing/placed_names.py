"""Finds the lines under a title that are a name because of where they stand: 在年中会上的讲话 / 高峰 / 2025年3月18日.

Many names are words, too (高峰, 建国), and by themselves prove nothing. A line of two to four characters that
begins with a surname and stands beside a date, or directly above the salutation, is who spoke. All examples in the
comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import rjieba

from jianggao.parsing.dates import is_bare_date
from jianggao.parsing.occasion_lines import is_surely_occasion
from jianggao.parsing.speaker import is_known_name, is_name
from jianggao.parsing.surnames import BEGIN_WORDS
from jianggao.parsing.title_lines import continues, is_open, names_a_speech
from jianggao.parsing.volume_labels import is_label_not_name

_NAME = re.compile(r"[一-鿿]{2,4}|[一-鿿](?: [一-鿿]){1,3}|[一-鿿]{2} [一-鿿]{1,2}|[一-鿿] [一-鿿]{2}")
_KIND_WORDS = (
    "祝福 祝贺 祝愿 祝酒 贺信 贺卡 谢谢 谢意 谢幕 纪要 纪实 纪念 节选 程序 章程 全文 方案 计划 项目 单位 简介 简报 "
    "简讯 强调 陈述 汇报 党建 水利 金融 林业 商务 农业 农机 安全 平安 安康 和平 时间 时政 时事 时评 元旦 元宵 夏至 "
    "冬至 明天 明年 金秋 丰收 史诗 常委 常务 高校 高中 高考 高速 高效 应急 应邀 马上 花絮 路上 白天 万众 万家 卫生 "
    "宣传 宣讲 房产 房管 车间 车站 巡视 巡察 巡礼 游记 关于 关键 江河 水库 水电 管理 经济 苗木 苗圃"
)
_NO_NAMES = frozenset(_KIND_WORDS.split())
"""Words that stand under a title and name nobody: what kind of text it is, a column of a page, an occasion."""
_SHORTEST = 2
_SAYS_WISHES = "祝贺谢"


def placed_name(lines: Sequence[str], *, is_called: bool) -> int | None:
    """Returns which of the lines above the body is a name by its place alone, None for none or several.

    `is_called` says that a salutation stands directly below the lines.
    """
    found = [at for at in range(1, len(lines)) if _is_placed(lines, at, is_called=is_called)]
    return found[0] if len(found) == 1 else None


def _is_placed(lines: Sequence[str], at: int, *, is_called: bool) -> bool:
    line = lines[at]
    if not _NAME.fullmatch(line) or _is_inside_title(lines, at):
        return False
    beside = (lines[at - 1], *lines[at + 1 : at + 2])
    is_dated = any(map(is_bare_date, beside))
    # Between name and salutation nothing but the date may stand.
    is_last = is_called and all(map(is_bare_date, lines[at + 1 :]))
    if not (is_dated or is_last):
        return False
    name = line.replace(" ", "")
    # No office stands beside it: 章一 is a label here.
    if name in _NO_NAMES or is_label_not_name(name, beside=False) or not is_name(name, beside=True):
        return False
    if is_known_name(name):
        return True
    # 高洁 is an adjective, and 许大山 begins as 许多 does: more must say that such a line is none of the title's.
    is_below_speech = any(map(names_a_speech, lines[:at]))
    return is_dated + is_last + is_below_speech > 1 and name[0] not in _SAYS_WISHES and _may_be_name(name)


def _may_be_name(word: str) -> bool:
    """Returns whether a word that the dictionary knows as something else, or not at all, is as names are."""
    # 高洁 and 马力 are names as well, 方向盘 and 年轻人 are none.
    if rjieba.cut(word, False) == [word]:
        return len(word) == _SHORTEST and word[0] not in BEGIN_WORDS
    # Behind 许 a given name or a place's: 许志强, 许大山, but 许多人 and 从今天 are none.
    tagged = rjieba.tag(word)
    return word[0] not in BEGIN_WORDS or (len(tagged) > 1 and tagged[1][1].startswith(("nr", "ns")))


def _is_inside_title(lines: Sequence[str], at: int) -> bool:
    """Returns whether a title goes on in the line: 在全县水利冬修 / 高峰 / 论坛上的讲话."""
    above = next((each for each in reversed(lines[:at]) if not is_surely_occasion(each)), "")
    return not above or is_open(above) or any(map(continues, lines[at + 1 : at + 2]))
