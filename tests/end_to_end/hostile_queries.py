"""Makes queries that are hard to answer, each kind with its name."""

from __future__ import annotations

import random
from collections.abc import Callable

WORDS = [
    *(
        "乡村振兴",
        "基层治理",
        "台账",
        "干部",
        "群众",
        "安全生产",
        "营商环境",
        "党建",
        "作风",
        "创新",
        "就业",
        "教育",
    ),
    *(
        "河湖",
        "灌渠",
        "产业",
        "项目",
        "落实",
        "担当",
        "生态",
        "数字化",
        "医共体",
        "养老",
        "信访",
        "青年",
        "纪律",
        "问题",
    ),
]
_SYLLABLES = [
    "xian",
    "zhifa",
    "xi",
    "an",
    "ang",
    "ji",
    "ang",
    "shi",
    "zhong",
    "guo",
    "fa",
    "zhan",
    "xiang",
    "cun",
    "zhen",
    "xing",
    "liang",
    "shuang",
    "e",
    "a",
    "o",
    "er",
]
_PATTERNS = (
    r"(.*)+$",
    "[" * 150,
    "\\" * 50,
    "%_%_%",
    "*" * 60,
    '"' * 40,
    "a OR b AND NOT c NEAR(d)",
    "'; DROP TABLE speeches;--",
    "{0.__class__}",
    "%s%n%x",
    "[CQ:at,qq=all]",
    "../../etc/passwd",
    "^^^$$$|||",
    "(?:(?:(?:",
    "\u202e倒过来\u202c",
    "e\u0301" * 60,
    "👨‍👩‍👧‍👦" * 20,
    "\u200b\u200b",
    "××××",
    "　　",
)
_FILTERS = (
    "主题:党建 干部",
    "年份:2025",
    "年份:2025 年份:2024 台账",
    "标题:座谈会",
    "主题:",
    "年份:abc",
    "年份:99999999999",
    "标题:“",
    "主题:党建 主题:党建 主题:党建 年份:1 标题:a",
    "主题：乡村振兴 年份：２０２５",
)


def long_letters(rng: random.Random) -> str:
    """Returns letters that can be cut into pinyin in very many ways, most of them leading nowhere."""
    shape = rng.randrange(4)
    if shape == 0:
        return "xian" * rng.randint(10, 48) + "q"
    if shape == 1:
        return "zhifa" * rng.randint(10, 39)
    if shape == 2:
        return "".join(rng.choices(_SYLLABLES, k=rng.randint(10, 60)))
    return "".join(rng.choices("aeiouxzhg", k=rng.randint(20, 200)))


def query(rng: random.Random) -> tuple[str, str]:
    """Returns a random kind of query, and a query of it."""
    word = rng.choice(WORDS)
    kind = rng.choice(tuple(_QUERIES))
    return kind, _QUERIES[kind](rng, word)


_QUERIES: dict[str, Callable[[random.Random, str], str]] = {
    "words": lambda rng, word: " ".join(rng.sample(WORDS, rng.randint(1, 4))),
    "pinyin": lambda rng, word: rng.choice(("xiangcun", "jcgb", "ganbu", "taizhang", "anquan shengchan")),
    "long letters": lambda rng, word: long_letters(rng),
    "200 characters": lambda rng, word: "".join(
        chr(rng.randint(0x4E00, 0x9FA5)) for _ in range(rng.choice((60, 200)))
    ),
    "many words": lambda rng, word: " ".join(
        rng.choice(WORDS) + rng.choice(WORDS) for _ in range(rng.choice((20, 200)))
    ),
    "filters": lambda rng, word: rng.choice(_FILTERS),
    "phrases": lambda rng, word: rng.choice((f"“{word}”", f"“{word}", "“”", f'"{word}" “' + "“" * 40)),
    "patterns": lambda rng, word: rng.choice(_PATTERNS),
    "one letter": lambda rng, word: rng.choice("aqe的一×1。"),
    "wrong character": lambda rng, word: chr(rng.randint(0x4E00, 0x9FA5)) + word[1:],
    "question": lambda rng, word: f"有没有关于{word}的素材",
    "very long": lambda rng, word: rng.choice(
        (word * 1_000, "。" * 4_000, "1篇" + " " * 4_500, "讲" * 4_500)
    ),
}
