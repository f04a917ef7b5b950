"""What people type, in the forms that a search reads: requests, names of speeches, kinds of passages, everyday
words, long runs and pasted paragraphs, around any words."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jianggao.search.synonyms import read_synonyms

FRAMES = (
    "有没有关于{}的素材",
    "帮我找一段{}的讲话，谢谢",
    "明天领导要讲{}，求一个开头",
    "{}怎么讲比较好？",
    "@机器人 你好，想要{}方面的讲话稿",
    "求{}讲话的结尾",
    "书记在会上要讲{}，有没有现成的排比",
    "急！{}的案例有吗",
    "给我来点{}",
    "请问老师，{}，这个怎么写？",
    "领导{}要讲话，开头怎么写",
    "{}讲话有什么可借鉴的",
    "往年的报告里{}怎么讲的",
)
KINDS = ("开头", "结尾", "过渡", "号召", "排比", "小标题", "数据", "案例", "结束语", "故事")
OTHER_NAMES = (
    "最后那段",
    "打头那段",
    "鼓劲的话",
    "真人真事",
    "排比的结尾",
    "最后号召大家",
    "有数字的段落",
    "几个分标题",
)
YEARS = range(2021, 2027)
_PAUSES = "，。；"


@dataclass(frozen=True)
class Words:
    """What is typed about: locked text, public text, and titles."""

    locked: Sequence[str]
    public: Sequence[str]
    titles: Sequence[str]


Form = Callable[[random.Random, Words], str]


def typed_text(rng: random.Random, words: Words) -> str:
    """Returns what somebody types, in one of the forms."""
    return rng.choice(FORMS)(rng, words)


def _piece(rng: random.Random, words: Words, most: int = 6) -> str:
    """A run without pauses, of locked text mostly."""
    text = rng.choice(words.locked if rng.random() < 0.6 else words.public)
    at = rng.randrange(max(1, len(text) - most))
    return "".join(sign for sign in text[at : at + rng.randint(2, most)] if sign.isalnum()) or "水"


def _request(rng: random.Random, words: Words) -> str:
    return rng.choice(FRAMES).format(_piece(rng, words))


def _named(rng: random.Random, words: Words) -> str:
    title = rng.choice(words.titles)
    start = rng.randrange(max(1, len(title) - 6))
    part = title[start : start + rng.randint(4, 14)]
    if rng.random() < 0.4:  # remembered wrongly
        at = rng.randrange(len(part))
        part = part[:at] + _piece(rng, words, 2) + part[at + 1 :]
    year = f"{rng.choice(YEARS)}年" if rng.random() < 0.5 else ""
    return f"{year}{part}{rng.choice(('', '讲话', ' ' + _piece(rng, words)))}"


def _in_named(rng: random.Random, words: Words) -> str:
    """The name of a speech, and a matter beside it."""
    name = rng.choice(words.titles).removeprefix("在").removesuffix("上的讲话")
    return rng.choice(("{0} {1}", "{1} {0}讲话", "{0} {1} {2}")).format(
        name, _piece(rng, words), _piece(rng, words)
    )


def _of_kind(rng: random.Random, words: Words) -> str:
    kind, about = rng.choice(KINDS), _piece(rng, words)
    forms = ("{0}:{1}", "{1} {0}", "{1}讲话的{0}", "{0}", "{0}: {1} 年份:2025", "{1} {2}:", "{0} {2} {1}")
    return rng.choice(forms).format(kind, about, rng.choice(KINDS))


def _everyday(rng: random.Random, words: Words) -> str:
    everyday = rng.choice(_EVERYDAY)
    if "…" in everyday:  # other words stand between
        everyday = _piece(rng, words, 4).join(everyday.split("…"))
    return rng.choice(("{0}", "{0}{1}", "{1} {0}", "老百姓说{0}怎么办")).format(everyday, _piece(rng, words))


def _official(rng: random.Random, words: Words) -> str:
    """An official term, for which speeches say plain words."""
    return rng.choice(("{0}", "{0} {1}", "{1}的{0}怎么讲")).format(rng.choice(_OFFICIAL), _piece(rng, words))


def _called_otherwise(rng: random.Random, words: Words) -> str:
    """A kind of passage as people call it."""
    return rng.choice(("{1}{0}", "{0} {1}", "{1}会上{0}怎么写")).format(
        rng.choice(OTHER_NAMES), _piece(rng, words)
    )


def _characters(rng: random.Random, words: Words) -> str:
    """Characters of a text, apart: where they are nouns and verbs each counts."""
    return "了".join(_piece(rng, words, 2)[:1] for _ in range(rng.randint(2, 6)))


def _long_run(rng: random.Random, words: Words) -> str:
    return "".join(_piece(rng, words, 24) for _ in range(rng.randint(1, 3)))


def _pasted(rng: random.Random, words: Words) -> str:
    """Paragraphs of one kind of text or of both, as they are or with every tenth letter lost."""
    sources = rng.choice(((words.locked,), (words.public,), (words.locked, words.public)))
    text = "，".join(rng.choice(rng.choice(sources)) for _ in range(3))[: rng.choice((150, 400, 1_500))]
    if rng.random() < 0.4:
        text = "".join(sign for sign in text if rng.random() < 0.9 or sign in _PAUSES)
    return text


_OFFICIAL = tuple(read_synonyms().plain)
_EVERYDAY = tuple(read_synonyms().everyday) + tuple(read_synonyms().words)
FORMS: tuple[Form, ...] = (
    _request,
    _named,
    _in_named,
    _of_kind,
    _everyday,
    _official,
    _called_otherwise,
    _characters,
    _long_run,
    _pasted,
)
