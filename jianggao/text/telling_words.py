"""Says which words of a text tell what it is about, and how much each tells.

What a word is (a noun, a numeral) and how rare it is are looked up in jieba's dictionaries, never in a
library: the weight of a word says nothing of any text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import rjieba

from jianggao.text.segmentation import rarity

_LEAST_RARITY = 6.2
"""Words that are more frequent in jieba's corpus stand in texts on any matter (或者, 企业)."""
_MOST_RARITY = 12.0
"""Rarer words tell no more: they are names and the writer's own words."""
_WEIGHTS = {
    **dict.fromkeys(("n", "nz", "vn", "j", "an"), 1.0),
    # Verbs, set phrases and names of people and offices stand beside a matter as often as for it.
    **dict.fromkeys(("v", "l", "nr", "nrt", "nt"), 0.6),
    "i": 0.4,
    "ns": 0.3,
}
"""What a word tells by what it is. Numerals, times, units, pronouns, places such as 门口, adverbs and
adjectives aren't here: they tell nothing."""
_PLACE = "ns"
_VERB, _LEAST_RARITY_OF_VERBS = "v", 7.8
"""Verbs stand in texts on any matter more than nouns as rare do (拿出, 做好); 撂荒 and 讨薪 tell."""
_NUMERALS, _QUANTITIES = frozenset("零〇一二两三四五六七八九十百千万亿"), frozenset("半几每各某多")
_LONG = 4
"""Characters from which on a noun that begins with a numeral is a matter."""
_HAN = re.compile("[一-鿿]{2,}")
_OF_ANY_MATTER = (
    "百分点 百分比 同比 环比 总额 总量 总数 总值 平均数 人次 人数 户数 件数 数字 数量 数目 比例 比重 幅度 增幅 "
    "降幅 增速 人民币 美元 年均 全年 上年 上月 同期 年度 季度 月份 年份 年末 年底 日期 时间表 星期 钟头 工作日 "
    "公斤 公里 公顷 平方米 全国 全省 全市 全县 全区 全镇 全村 省里 市里 县里 区里 镇里 乡里 村里 市县 县区 "
    "同志 开会 散会 在座 讲话 发言 道理 毛病 办法 单子 本子 有没有 好不好 差不多 打招呼 打电话 头一回 要紧"
)
"""Words that say how much, when or where, and words of speaking, which jieba's dictionary has as nouns."""
_ANYWHERE = frozenset(_OF_ANY_MATTER.split())


@dataclass(frozen=True, slots=True)
class TellingWord:
    """A word with its places in a text."""

    weight: float
    """How much one place of it tells, from 0 to 1.5."""
    places: int
    is_place_name: bool


def telling_words(spaced: str) -> dict[str, TellingWord]:
    """Returns the words of a text that tell what it is about, in reading order. `spaced` is the text in
    normal form with blanks for what was left out."""
    # Without HMM, so that only words of the dictionary come out: of these it is known what they are.
    counted = Counter(rjieba.tag(spaced, False))
    return {
        word: TellingWord(_weight(word, tag), places, tag == _PLACE)
        for (word, tag), places in counted.items()
        if tag in _WEIGHTS and len(word) > 1 and _tells(word, tag)
    }


def _tells(word: str, tag: str) -> bool:
    if rarity(word) < (_LEAST_RARITY_OF_VERBS if tag == _VERB else _LEAST_RARITY):
        return False
    if word in _ANYWHERE or word[0] in _QUANTITIES or _HAN.fullmatch(word) is None:
        return False
    # 一家人, 两件事 and 五所 are counted; 三农, 二氧化硫 and 两岸关系 are matters.
    return word[0] not in _NUMERALS or tag == "nz" or (tag == "n" and len(word) >= _LONG)


def _weight(word: str, tag: str) -> float:
    return _WEIGHTS[tag] * min(rarity(word), _MOST_RARITY) / 8
