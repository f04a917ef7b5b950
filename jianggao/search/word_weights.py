"""Tells what a typed word weighs, by the dictionary alone: weights counted in the library would tell a visitor of
locked texts."""

from __future__ import annotations

from collections.abc import Iterator

from jianggao.text.segmentation import is_listed, is_word, rarity, word_class

LIGHTEST, HEAVIEST = 1.5, 11.0
_GENERIC = frozenset(
    " ".join(
        (
            "讲话 工作 会议 问题 情况 方面 要求 内容 怎么 如何 怎样 什么 哪些 有没有 我们 你们 他们 大家 一个",
            "一些 可以 应该 需要 进行 已经 还是 就是 不是 没有 时候 东西 事情 现在 今天 今年 以及 关于 因为",
            "所以 这个 那个 不知 知道 不知道 的话 不要 不能 全文 原文 讲话稿 发言稿 稿子 范文 发言 致辞 几篇 哪篇 左右",
        )
    ).split()
)
"""Words that tell no matter from another, though the dictionary's corpus has them rarely."""
_GENERIC_WEIGHT = 1.0
_BY_CLASS = dict.fromkeys("cdefhkmopqruy", 0.4) | dict.fromkeys("ts", 0.6)
"""What share of its rarity a word weighs by its class: adverbs, pronouns, directions (外面, 旁边) and the like little;
times and places (中午, 屋里) more; nouns and verbs all."""
_JOINTS = frozenset("个要了着过的得地把被给让很太都就才又也还不没口点去来上下")
_JOINED = 0.3
"""The same for two characters that the segmenter only takes for a word, one of them a joint: 看个, 还种."""


_OF_MANY = frozenset(
    " ".join(
        (
            "基层 安全 群众 网络 数字 新型 地下 文明 公共 社会 农村 城市 经济 企业 技术 管理 服务 教育 生产 环境",
            "生态 文化 政策 干部 组织 制度 体系 机制 改革 治理 保障 监管 监督 行业 资源 产业 项目 人员 专业 综合",
            "特色 重点 智能 绿色 传统 精神 移动 人工",
        )
    ).split()
)
"""Halves of so many compounds that none is told by them: 网络 of 网络诈骗, 新型 of 新型基础设施."""
_COMPOUND, _COMPOUND_MORE = 3, 1.0
"""From so many characters on a word that the corpus doesn't list is a compound, which is rarer by so much than its
rarest part: 生活污水."""
_PART_LENGTHS = (2, 3)


def is_generic(word: str) -> bool:
    """Returns whether a word tells no matter from another."""
    return word in _GENERIC


def tells_of_compound(part: str) -> bool:
    """Returns whether a part of a compound tells which compound it is: 账款 of 拖欠账款, not 网络 of 网络诈骗."""
    return part not in _OF_MANY and not is_generic(part)


def word_weight(word: str) -> float:
    """Returns what a word in normal form weighs, 1.0 to 11.0: the rarer in the dictionary's corpus the more, if it is of
    a class that tells of a matter."""
    if is_generic(word):
        return _GENERIC_WEIGHT
    weight = max(LIGHTEST, min(HEAVIEST, rarity(word)) * _class_share(word))
    if len(word) < _COMPOUND or is_listed(word):
        return weight
    return max(weight, min(HEAVIEST, _COMPOUND_MORE + max(map(_listed_weight, _parts(word)), default=0.0)))


def _listed_weight(word: str) -> float:
    return min(HEAVIEST, rarity(word)) * _class_share(word) if is_listed(word) else 0.0


def _parts(word: str) -> Iterator[str]:
    for size in _PART_LENGTHS:
        for at in range(len(word) - size + 1):
            yield word[at : at + size]


def _class_share(word: str) -> float:
    if tag := word_class(word):
        return _BY_CLASS.get(tag[0], 1.0)
    is_made_up = len(word) == 2 and not is_word(word) and not is_listed(word)
    return _JOINED if is_made_up and not _JOINTS.isdisjoint(word) else 1.0
