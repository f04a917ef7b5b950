"""Says which parts of what somebody typed are words, by the dictionary alone: it says nothing of any library."""

from __future__ import annotations

from itertools import accumulate

import rjieba

from jianggao.phrases.quotable_rules import SURNAMES
from jianggao.text.segmentation import dictionary_words, rarity, words
from jianggao.text.telling_words import telling_words

_NAMES = ("nr", "ns", "nt")
"""Tags of people, places and offices."""
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两0123456789")
_IN_ANY_WORD = frozenset("子儿头不再没我你他她它了是就都也很太又还这那")
"""Characters of words of any sense: 李子 and 例子, 再见 and 再奖 have nothing in common."""
_MEANT = frozenset("的了没不别勿莫戒忌慎拒伪")
"""Characters that nobody types by mistake where they stand by themselves."""
_DENYING = frozenset("不没未无")
"""Characters with which words that deny begin or end: 不准, 绝不, 从未, 无法."""
_FORBIDDING = frozenset("别勿莫")
"""Characters with which words begin that forbid: 别谈, 莫说."""
_NEGATIONS = frozenset(
    " ".join(
        (
            "别 勿 莫 并非 绝非 岂 岂能 何必 切勿 请勿 休 拒 禁 戒 忌 慎 难 别再 不再 拒绝 谢绝 严禁",
            "禁止 反对 抵制 停止 停下 停办 暂停 叫停 取消 废止 废除 撤销 放弃 防止 避免 逃避 杜绝 制止 遏制",
            "阻止 缺乏 缺少 负增长 免除 免于 免谈 摆脱 难以 难于 很难 削弱 弱化 淡化 轻视 忽视 放松 唱衰",
            "抹黑 破坏 砍掉 厌恶 伪造 限制 终止 中止 拆除 消除 脱离 否定 远离 抗拒 损害 阻碍 破除 压减 减少",
            "妨碍 违背 背离 丢掉 舍弃 抛弃",
        )
    ).split()
)
"""Other words that deny, forbid or keep off what stands behind them, or say that it is lacking or against it."""
_TURNING = frozenset("负反停防免零缺假伪少非罢弃")
"""Characters that do as well where they stand by themselves, though they may be left over of a word mistyped."""
_DENY_NOTHING = frozenset(
    " ".join(
        (
            "别人 别的 别处 别墅 别致 别样 别名 别扭 别称 别离 别具 未来 不断 不仅 不但 不同 不少 不久 不过",
            "不如 不良 无线 无数 无锡 无非 没落 没收 埋没 淹没 出没 无私 无偿 无边 无穷 无比 无限 无疑 无愧",
            "无畏 不懈 不朽 不平 不幸 不凡 不惜 不愧 不忘",
        )
    ).split()
)
_MOST_TELLING = 12.0
_UNKNOWN = 8.0
"""What a word weighs that isn't in the dictionary: mostly the name for the very matter (哈利波特)."""
_PARTICLE = 5.0
"""Single characters more frequent than this (的, 了, 和, 好) mean little by themselves."""


def is_known(run: str) -> bool:
    """Returns whether the run is one word of the dictionary."""
    return len(run) > 1 and dictionary_words(run) == [run]


def count_loose(run: str) -> int:
    """Returns how many characters of the run belong to no word: 社区食汤 has two, 社区食堂 none."""
    return sum([len(word) == 1 for word in dictionary_words(run)])


def names_in(run: str) -> list[tuple[int, int]]:
    """Returns the spans of the run that are taken for names of people, places or offices."""
    cut = rjieba.tag(run, True)
    stops = accumulate([len(word) for word, _ in cut])
    return [
        (stop - len(word), stop)
        for (word, tag), stop in zip(cut, stops, strict=True)
        if tag.startswith(_NAMES) and len(word) > 1
    ]


def is_unlisted_name(run: str) -> bool:
    """Returns whether the run as a whole is taken for a name that no dictionary lists (张伟)."""
    return (0, len(run)) in names_in(run) and not is_known(run)


def is_person(run: str) -> bool:
    """Returns whether the run is taken for somebody's full name, in a dictionary or not (张铁柱)."""
    return 2 <= len(run) <= 3 and run[0] in SURNAMES and rjieba.tag(run, True)[0] == (run, "nr")


def may_be_person(run: str) -> bool:
    """Returns whether a run of two or three characters may be somebody's full name: it is taken for one, or has no word
    in it (沈望田)."""
    return is_person(run) or (2 <= len(run) <= 3 and all(len(word) == 1 for word in dictionary_words(run)))


def changes_number(run: str, other: str) -> bool:
    """Returns whether the two differ in their numbers: whoever types 2031 means no other year."""
    return [sign for sign in run if sign in _NUMERALS] != [sign for sign in other if sign in _NUMERALS]


def alike_in_writing(run: str, other: str) -> bool:
    """Returns whether the two share a telling character in the same place: 公鹿 and 公路, not 石榴 and 十六, nor 再见 and
    再奖."""
    pairs = zip(run, other, strict=False)
    return any(mine == theirs and mine not in _IN_ANY_WORD for mine, theirs in pairs)


def is_commoner(word: str, other: str) -> bool:
    """Returns whether a word is more frequent than the other in jieba's corpus."""
    return rarity(word) < rarity(other)


def is_telling(run: str) -> bool:
    """Returns whether a run says what a text is about: it has a telling word, or several words, or one that no
    dictionary lists."""
    return len(run) > 1 and (not is_known(run) or bool(telling_words(run)))


def weight(run: str) -> float:
    """Returns how much of what was meant lies in a run; particles have none."""
    return sum(map(_weight_of_word, words(run)))


def leaves_loose(run: str) -> bool:
    """Returns whether the run has characters that belong to no word and are no particles."""
    return any(len(word) == 1 and rarity(word) >= _PARTICLE for word in words(run))


def changed_words(run: str, other: str) -> list[tuple[str, str]]:
    """Returns what stands in a run for the words of another one of its length that are changed, and these: 食汤, 食堂."""
    if run.isascii() or len(run) != len(other):
        return []
    cut = words(other)
    starts = accumulate(map(len, cut), initial=0)
    pairs = [(run[start : start + len(word)], word) for start, word in zip(starts, cut, strict=False)]
    return [(stretch, word) for stretch, word in pairs if stretch != word]


def keeps_common(stretch: str, word: str) -> bool:
    """Returns whether a stretch shares with a word a character that is a word by itself, which everybody uses: 太高 and
    抬高 share 高, so that 太 was meant."""
    pairs = zip(stretch, word, strict=False)
    return any(mine == theirs and rarity(mine) < _PARTICLE for mine, theirs in pairs)


def meant_in(run: str) -> list[int]:
    """Returns the places of characters that stand by themselves and that nobody types by mistake: 的, 没, 别.

    没 of 没人种地 was meant, though 每人 sounds like 没人.
    """
    cut = dictionary_words(run)
    starts = accumulate(map(len, cut), initial=0)
    return [start for start, word in zip(starts, cut, strict=False) if word in _MEANT]


def is_negated(run: str) -> bool:
    """Returns whether a word of the run negates: without 不 of 干部不下乡 its other words say the opposite."""
    return any(map(_is_negation, dictionary_words(run)))


def words_that_turn(run: str) -> list[str]:
    """Returns the words of the run without which its others say something else: 停止 of 停止增长, 免 of 免举债."""
    return [word for word in dictionary_words(run) if word in _TURNING or _is_negation(word)]


def denies_matter(run: str) -> bool:
    """Returns whether what is left without the words that turn the sense is the opposite of what was meant: 禁止种粮, not
    办事难 or 防溺水."""
    return any(len(word) > 1 or word in _MEANT | _DENYING for word in words_that_turn(run))


def turned_parts(run: str) -> list[str]:
    """Returns the words of a run that turn the sense: 不 with the word behind it (不下乡 of 干部不下乡, 不要信访), but
    停止 alone."""
    cut = dictionary_words(run)
    return [
        word + behind if len(word) == 1 or word[0] in _DENYING | _FORBIDDING else word
        for word, behind in zip(cut, [*cut[1:], ""], strict=True)
        if words_that_turn(word)
    ]


def _is_negation(word: str) -> bool:
    if word in _DENY_NOTHING:
        return False
    denies = word[0] in _FORBIDDING or not _DENYING.isdisjoint((word[0], word[-1]))
    return word in _NEGATIONS or (len(word) < 3 and denies)


def _weight_of_word(word: str) -> float:
    if len(word) == 1:
        return _UNKNOWN / 2 if rarity(word) >= _PARTICLE else 0.0
    return min(rarity(word), _MOST_TELLING) if is_known(word) else _UNKNOWN
